"""Warnings before a step that loses something: each is the difference of two answers, and both can be asked again."""

from __future__ import annotations

import pytest

from decisions.movers import GUANGDONG, GUIZHOU, HENAN, SHANGHAI, mover, paid, path, paths
from wayfare.decisions import ask
from wayfare.decisions.paths import Path, Warned
from wayfare.decisions.paths.sentences import sentences
from wayfare.kernel import Money
from wayfare.rulebook import load_rulebook


def warning(found: Path, code: str) -> Warned:
    (only,) = [w for w in found.warnings if w.code == code]
    return only


def pension(document) -> Money:
    return Money.yuan(ask(document, load_rulebook()).answer.value)


def place(document) -> str:
    document = document.model_copy(update={"question": "pension.place"})
    return ask(document, load_rulebook()).answer.value


def assert_loses(found: Path, warned: Warned) -> None:
    """The law, asked again with the step and without it, pays less with it."""
    assert found.document is not None
    assert pension(warned.without).amount_fen > pension(found.document).amount_fen
    assert warned.loss.amount_fen > 0
    assert (place(found.document), place(warned.without)) == (warned.pays_with.code, warned.pays_without.code)


# 130 months in Shanghai, then 100 in Guizhou by June 2026; the 120th falls in February 2028.
RICH_THEN_POOR = (
    paid(SHANGHAI, "2007-03", "2018-01", "6000.00"), paid(GUIZHOU, "2018-03", None, "4000.00"),
)  # fmt: skip


def test_the_120th_month_in_a_poorer_province_moves_the_place_that_pays():
    found = path(paths(mover(*RICH_THEN_POOR)), "settle")
    warned = warning(found, "tenth_year_elsewhere")
    assert (warned.place.code, str(warned.month)) == (GUIZHOU, "2028-02")
    assert (warned.pays_with.code, warned.pays_without.code) == (GUIZHOU, SHANGHAI)
    assert "120 months in Guizhou" in warned.say["en"] and "2028年2月" in warned.say["zh"]
    assert_loses(found, warned)


def test_the_120th_month_in_a_richer_province_is_nothing_to_warn_of():
    rich = mover(paid(GUIZHOU, "2007-03", "2018-01"), paid(SHANGHAI, "2018-03", None, "9000.00"))
    assert "tenth_year_elsewhere" not in {w.code for w in path(paths(rich), "settle").warnings}


HOME_THEN_RICH = paid(HENAN, "2005-01", "2018-08", "2500.00"), paid(SHANGHAI, "2018-08", None, "9000.00")
LEAVES = {"born": "1970-03-10", "stay_months": "15", "home_insured_share": "0"}


def test_leaving_a_richer_province_a_few_months_before_the_120th_is_warned_of():
    # 95 months in Shanghai by June 2026 and 15 ahead: ten short when the person goes home and is insured no more.
    found = path(paths(mover(*HOME_THEN_RICH, near_months="12", **LEAVES)), "return_home")
    warned = warning(found, "leaving_before_ten_years")
    assert (warned.place.code, str(warned.month)) == (SHANGHAI, "2027-09")
    assert (warned.pays_with.code, warned.pays_without.code) == (HENAN, SHANGHAI)
    assert "10 short of the 120" in warned.say["en"]
    assert_loses(found, warned)


def test_a_departure_further_from_the_120th_than_asked_is_not_warned_of():
    document = mover(*HOME_THEN_RICH, near_months="9", **LEAVES)
    assert "leaving_before_ten_years" not in {w.code for w in path(paths(document), "return_home").warnings}


@pytest.mark.parametrize(
    ("sex", "born", "group", "limit"),
    [("male", "1979-05-30", None, "2029-05"), ("female", "1990-05-30", "female_55", "2030-05")],
)
def test_men_of_fifty_and_women_of_forty_get_a_temporary_account_in_a_new_place(sex, born, group, limit):
    document = mover(paid(GUIZHOU, "2012-03", None, "4000.00"), sex=sex, born=born, group=group, next_place=SHANGHAI,
                     stay_months="60")  # fmt: skip
    found = path(paths(document), "move_on")
    assert [s.is_temporary for s in found.stays] == [False, True]
    warned = warning(found, "temporary_account")
    assert (warned.place.code, str(warned.month), warned.pays_without.code) == (SHANGHAI, "2031-07", SHANGHAI)
    assert limit in warned.say["en"]
    assert_loses(found, warned)


def test_who_is_past_the_age_now_is_not_told_to_hurry():
    document = mover(paid(GUIZHOU, "2012-03", None, "4000.00"), born="1974-05-30", next_place=SHANGHAI, stay_months="0")
    warned = warning(path(paths(document), "move_on"), "temporary_account")
    assert "past that age now" in warned.say["en"] and "before" not in warned.say["en"]


def test_who_moves_below_the_age_limit_gets_an_ordinary_account():
    arrives = {"34": True, "33": False}  # in May 2029, the month of the fiftieth birthday, and in the month before
    for stay_months, is_temporary in arrives.items():
        document = mover(paid(GUIZHOU, "2012-03", None, "4000.00"), born="1979-05-30", next_place=SHANGHAI,
                         stay_months=stay_months)  # fmt: skip
        assert [s.is_temporary for s in path(paths(document), "move_on").stays] == [False, is_temporary]


# A man of January 1968 may retire at 60 and 10 months, in November 2028, with 180 months; this one has 172 then.
SHORT = mover(paid(GUANGDONG, "2014-08", None, "5000.00"), born="1968-01-14", home=GUANGDONG)


def test_retiring_a_few_months_short_brings_no_pension():
    found = path(paths(SHORT), "settle")
    assert (str(found.award_month), found.counted_months, found.minimum_months) == ("2028-11", 172, 180)
    assert found.pension == Money.fen(0) and found.missing_months == 8
    warned = warning(found, "short_of_minimum")
    assert "172 of the 180 months asked for, 8 too few" in warned.say["en"]
    assert_loses(found, warned)


def test_ending_the_relation_with_the_account_paid_out_costs_the_months():
    found = path(paths(SHORT), "settle")
    warned = warning(found, "account_paid_out")
    assert "172 months are gone" in warned.say["en"] and "172个月的缴费年限全部作废" in warned.say["zh"]
    assert_loses(found, warned)


def test_who_would_be_too_old_for_the_payout_table_is_warned_with_the_part_that_is_known():
    document = mover(paid(GUANGDONG, "2012-01", "2019-01"), born="1968-01-14", home=GUANGDONG, insured_share="0.5")
    found = path(paths(document), "settle")
    warned = warning(found, "short_of_minimum")
    assert warned.loss.amount_fen > 0 and "no table at hand" in warned.say["en"]
    assert {m["name"] for m in ask(warned.without, load_rulebook()).as_document()["missing"]} == {"payout_by_month"}


def test_no_sentence_of_a_warning_lacks_a_language_or_a_code():
    texts = sentences()["warnings"]
    assert all({"en", "zh"} == set(text) for kind in sentences().values() for text in kind.values())
    assert {name.removesuffix("_at_least").removesuffix("_late") for name in texts} == {
        "tenth_year_elsewhere", "leaving_before_ten_years", "temporary_account", "short_of_minimum", "minimum_rises",
        "account_paid_out", "more_months_less_pension",
    }  # fmt: skip


def test_the_minimum_rises_from_2030_so_retiring_later_may_lose_the_pension():
    # Born in June 1969: the month of the law is August 2030, which asks for 186 months; any of 2029 asks for 180.
    document = mover(paid(GUANGDONG, "2010-01", "2025-03", "5000.00"), born="1969-06-14", home=GUANGDONG)
    found = path(paths(document), "settle")
    assert (str(found.award_month), found.counted_months, found.minimum_months) == ("2030-08", 182, 186)
    warned = warning(found, "minimum_rises")
    assert str(warned.month) == "2029-12" and "need only 180" in warned.say["en"]
    assert_loses(found, warned)


def test_an_early_year_that_asks_for_as_many_months_is_nothing_to_warn_of():
    document = mover(paid(GUANGDONG, "2014-08", None, "5000.00"), born="1968-01-14", home=GUANGDONG)
    assert "minimum_rises" not in {w.code for w in path(paths(document), "settle").warnings}


def test_more_months_at_home_can_lower_the_pension():
    """The known exception: a few months paid at home make home pay instead of the richer province with ten years."""
    document = mover(paid(SHANGHAI, "2007-03", None, "9000.00"), born="1966-12-10", stay_months="6")
    found = path(paths(document), "return_home")
    warned = warning(found, "more_months_less_pension")
    assert (warned.place.code, warned.pays_with.code, warned.pays_without.code) == (HENAN, HENAN, SHANGHAI)
    assert_loses(found, warned)


GANSU = "620000"  # one of the provinces that leave deemed months out of the mean


def test_months_at_a_low_wage_can_lower_the_pension_of_who_has_many_deemed_years():
    """The index is the mean of paid months, and deemed years are counted at that mean: low months pull them down."""
    document = mover(
        paid(GANSU, "1986-01", "1998-07", kind="deemed"), paid(GANSU, "2022-07", None, "24000.00"),
        born="1968-01-14", home=GANSU, wage_ratio="0.6",
    )  # fmt: skip
    found = path(paths(document), "settle")
    warned = warning(found, "more_months_less_pension")
    assert str(warned.month) == "2026-07" and warned.pays_with.code == warned.pays_without.code == GANSU
    assert_loses(found, warned)


def test_months_at_the_same_wage_never_lower_it():
    document = mover(
        paid(GANSU, "1986-01", "1998-07", kind="deemed"), paid(GANSU, "2022-07", None, "24000.00"),
        born="1968-01-14", home=GANSU,
    )  # fmt: skip
    assert "more_months_less_pension" not in {w.code for w in path(paths(document), "settle").warnings}
