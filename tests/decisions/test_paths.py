"""Five directions of mobility under one law: what each comes to, by hand; and what holds for every life."""

from __future__ import annotations

import json

import pytest
from hypothesis import given as drawn
from hypothesis import settings, strategies

from decisions.movers import GUANGDONG, GUIZHOU, HENAN, SCHEME, SHANGHAI, SICHUAN, mover, paid, path, paths
from wayfare.decisions import ask
from wayfare.decisions.errors import BadOutlook, OutlookTooFar
from wayfare.decisions.paths import PathsAnswer
from wayfare.decisions.paths.settings import declared_settings
from wayfare.facts import paid_months
from wayfare.kernel import Money
from wayfare.kernel.status import Mode
from wayfare.law.errors import BadGiven
from wayfare.rulebook import load_rulebook

NAMES = ["settle", "move_on", "return_home", "circulate", "undecided"]

# An award by hand: a base of 10,000, an index of 1 and 117,000 in the account. At 63 the account is paid out over 117
# months: 1,000 a month. Each year adds 1 % of (10,000 + 10,000) / 2, which is 100 a month.
AWARD = {"benefit_base": "10000.00", "average_index": "1.0000", "account_balance": "117000.00", "inflation": "0"}

# A man of March 1978 retires at 63, in March 2041: 177 months ahead from July 2026, the last one paid.
WORKER = mover(paid(GUANGDONG, "2014-07", None), next_place=SHANGHAI, **AWARD)


def test_each_path_comes_to_what_the_law_gives_by_hand():
    found = paths(WORKER)
    # 144 months on record and 177 ahead are 321: 26.75 years, 2,675 and 1,000 yuan.
    for name in NAMES:
        each = path(found, name)
        assert (str(each.award_month), each.counted_months, each.contribution_years) == ("2041-03", 321, "26.7500")
        assert [str(x) for x in (each.pension, each.basic_pension, each.account_pension)] == [
            "3675.00", "2675.00", "1000.00"
        ]  # fmt: skip
        assert str(each.lost_value) == "0.00"


def test_who_pays_follows_from_the_months_in_each_place():
    found = paths(WORKER)
    # 204 months in Guangdong, then 117 in Shanghai, which are too few; at home the last relation decides.
    assert {name: path(found, name).place_of_benefit.code for name in NAMES} == {
        "settle": GUANGDONG, "move_on": GUANGDONG, "return_home": HENAN, "circulate": GUANGDONG, "undecided": GUANGDONG,
    }  # fmt: skip
    stays = path(found, "move_on").stays
    assert [(s.place.code, str(s.start), str(s.end), s.insured_months) for s in stays] == [
        (GUANGDONG, "2026-07", "2031-07", 60), (SHANGHAI, "2031-07", "2041-04", 117)
    ]  # fmt: skip


def test_what_is_lost_is_the_gap_to_the_best_path_over_the_payout_months():
    # At home every second month is paid: 117 months at home bring 58, so 59 fewer than the best path.
    found = paths(mover(paid(GUANGDONG, "2014-07", None), home_insured_share="0.5", **AWARD))
    home = path(found, "return_home")
    assert home.counted_months == 144 + 60 + 58
    # 262 months are 21.8333 years: 2,183.33 a month instead of 2,675.00, over 117 months.
    assert (str(home.basic_pension), str(home.loss.basic)) == ("2183.33", "57525.39")
    assert (str(home.loss.account), str(home.lost_value)) == ("0.00", "57525.39")
    assert (found.best.value, str(path(found, "settle").lost_value)) == ("settle", "0.00")


def test_prices_of_today_are_those_of_then_without_the_rise_of_the_years_between():
    plain, risen = paths(WORKER), paths(mover(paid(GUANGDONG, "2014-07", None), **AWARD | {"inflation": "0.02"}))
    then = path(risen, "settle")
    assert then.pension_then == path(plain, "settle").pension == Money.yuan("3675.00")
    assert str(then.pension) == "2730.58"  # 3,675.00 over 1.02 to the power of 15


def test_who_gets_no_pension_is_shown_the_account_that_is_paid_once():
    found = paths(mover(paid(GUANGDONG, "2014-07", None), home_insured_share="0", stay_months="12", **AWARD))
    home, best = path(found, "return_home"), path(found, "settle")
    assert (home.counted_months, home.minimum_months, str(home.pension)) == (156, 240, "0.00")
    # 2,675 and 1,000 over 117 months are lost, 117,000 are paid once.
    assert [str(x) for x in (home.loss.basic, home.loss.account, home.loss.account_paid_once, home.lost_value)] == [
        "312975.00", "117000.00", "-117000.00", "312975.00"
    ]  # fmt: skip
    assert str(best.lost_value) == "0.00"


def test_the_undecided_stay_as_now_and_see_the_range_of_the_others():
    found = paths(mover(paid(GUANGDONG, "2014-07", None), home_insured_share="0.5", **AWARD))
    assert path(found, "undecided").same_as.value == "settle"
    assert [str(x) for x in found.range] == ["3183.33", "3675.00"]


def test_a_path_that_lacks_its_place_asks_for_it_and_the_others_are_answered():
    found = paths(mover(paid(GUANGDONG, "2014-07", None)))
    onward = path(found, "move_on")
    assert onward.pension is None and [m["name"] for m in onward.missing] == ["next_place"]
    assert all(path(found, name).pension is not None for name in NAMES if name != "move_on")


def test_nothing_is_guessed_where_the_law_needs_a_fact():
    document = mover(paid(GUANGDONG, "2014-07", None), sex="female")
    found = ask(document, load_rulebook())
    assert found.answer.value is None and found.next_step is not None
    assert "retirement_group" in {m["name"] for m in found.missing}
    assert all(row["value"] is None for row in found.values["pension"].rows)


def test_without_a_registration_the_place_that_pays_is_asked_for():
    shape = mover(paid(GUANGDONG, "2024-07", None), born="1968-01-14").as_document()
    del shape["facts"]["hukou"]
    found = ask(mover().model_validate(shape), load_rulebook())
    assert {"home_place", "registered_place"} <= {m["name"] for m in found.missing}


def test_who_does_not_pay_now_is_taken_not_to_pay_later_and_shown_what_paying_would_bring():
    found = paths(mover(paid(GUANGDONG, "2005-07", "2020-07"), born="1970-03-10", **AWARD))
    settled = path(found, "settle")
    assert settled.counted_months == 180 and found.notes[0]["en"].startswith("You do not pay")
    assert {t.code for t in settled.changes} == {"insured_throughout"}


def test_a_registration_that_follows_makes_the_new_home_pay():
    spells = paid(GUIZHOU, "2010-07", "2025-01"), paid(SHANGHAI, "2025-01", None)
    stays, follows = (paths(mover(*spells, born="1968-01-14", hukou_follows=word)) for word in ("no", "yes"))
    assert path(stays, "settle").place_of_benefit.code == GUIZHOU
    assert path(follows, "settle").place_of_benefit.code == path(follows, "settle").stays[0].place.code == SHANGHAI


def test_wages_that_grow_faster_make_a_higher_pension():
    documents = (mover(paid(GUANGDONG, "2014-07", None), wage_growth=growth) for growth in ("0.02", "0.05"))
    slow, fast = (path(paths(document), "settle") for document in documents)
    assert fast.pension.amount_fen > slow.pension.amount_fen


def test_a_chosen_month_is_the_end_of_every_path():
    found = paths(mover(paid(GUANGDONG, "2014-07", None), chosen_month="2038-03", **AWARD))
    assert {str(p.award_month) for p in found.paths if p.pension is not None} == {"2038-03"}


def test_who_has_retired_has_one_path_left():
    found = paths(mover(paid(GUANGDONG, "2003-07", "2024-04"), born="1964-03-10"))
    assert [p.name.value for p in found.paths] == ["settle"] and "2024-03" in found.notes[0]["en"]


@pytest.mark.parametrize(
    ("given", "told"),
    [({"stay_months": "601"}, "stay_months is 601, which is more than 600."),
     ({"round_here_months": "0"}, "round_here_months is 0, which is less than 1."),
     ({"next_place": "999999"}, "next_place is 999999, which is not and never was the code of a place."),
     ({"chosen_month": "2037-12"}, "Retirement in 2037-12 is not open; the law allows 2038-03 to 2044-03.")],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused_and_named(given, told):
    with pytest.raises(BadOutlook) as fault:
        paths(mover(paid(GUANGDONG, "2014-07", None), **given))
    assert (fault.value.found, fault.value.field) == (told, f"given.{next(iter(given))}")


def test_a_place_without_wages_is_refused():
    with pytest.raises(BadOutlook, match="no average wage for 810000"):
        paths(mover(paid(GUANGDONG, "2014-07", None), next_place="810000"))


def test_a_given_value_that_no_law_has_is_refused():
    with pytest.raises(BadGiven):
        paths(mover(paid(GUANGDONG, "2014-07", None), no_such_setting="1"))


def test_a_retirement_after_the_last_figure_is_refused():
    with pytest.raises(OutlookTooFar) as fault:
        paths(mover(paid(GUANGDONG, "2024-07", None), born="2004-03-10"))
    assert fault.value.found == "Retirement falls in 2067-03; the figures and assumptions end in 2060-12."


# ---- the answer
def test_the_answer_is_an_estimate_with_rows_by_path_and_every_setting_listed():
    found = ask(WORKER.model_copy(update={"mode": Mode.DECISION}), load_rulebook())
    assert isinstance(found, PathsAnswer) and found.mode is Mode.ESTIMATE
    assert (found.answer.value, found.answer.unit) == ("settle", "direction")
    assert [row["of"] for row in found.values["place_of_benefit"].rows] == NAMES
    listed = [a["name"] for a in found.assumed]
    assert set(listed) >= {"inflation", "stay_months", "insured_share", "wage_ratio", "near_months"}
    shape = json.loads(json.dumps(found.as_document()))
    assert [p["name"] for p in shape["paths"]] == NAMES and shape["paths"][0]["lost_parts"]["basic"] == "0.00"


def test_what_a_path_rests_on_is_listed_with_the_projected_facts_by_name():
    found = ask(mover(paid(GUANGDONG, "2014-07", None), next_place=SHANGHAI), load_rulebook())
    facts = {a["fact"] for a in found.assumed if "fact" in a}
    assert {"settle.1", "move_on.1", "move_on.2", "circulate.2"} <= facts
    assert {"average_wage", "announced_benefit_base", "account_interest_rate"} <= {a["name"] for a in found.assumed}


@pytest.mark.parametrize("name", NAMES)
def test_each_path_asked_again_as_a_document_gives_the_same(name):
    found = path(paths(mover(paid(GUANGDONG, "2014-07", None), next_place=SHANGHAI, chosen_month="2040-05")), name)
    again = ask(found.document, load_rulebook())
    assert again.answer.value == str(found.pension_then) and not again.missing
    where = ask(found.document.model_copy(update={"question": "pension.place"}), load_rulebook())
    assert where.answer.value == found.place_of_benefit.code


def test_every_setting_speaks_both_languages_and_has_a_value_a_source_or_a_question():
    for each in declared_settings().values():
        assert {"en", "zh"} <= set(each.label) and (each.why or each.ask)
        assert all({"en", "zh"} <= set(text) for text in (each.why, each.ask) if text)


# ---- what holds for every life
PLACES = strategies.sampled_from([HENAN, SICHUAN, GUANGDONG, SHANGHAI, GUIZHOU])


@strategies.composite
def movers(draw):
    """Somebody paid in one to three provinces until now, with settings of their own."""
    changes = sorted(draw(strategies.sets(strategies.integers(2006, 2025), min_size=1, max_size=3)))
    ends = [f"{year}-05" for year in changes[1:]] + [None]
    spells = [paid(draw(PLACES), f"{year}-05", end) for year, end in zip(changes, ends, strict=True)]
    months = strategies.integers(1, 150).map(str)
    return mover(
        *spells, born=draw(strategies.dates(*_births())).isoformat(), home=draw(PLACES), next_place=draw(PLACES),
        stay_months=draw(months), round_here_months=draw(strategies.integers(3, 60).map(str)),
        round_home_months=draw(strategies.integers(1, 60).map(str)),
    )  # fmt: skip


def _births():
    from datetime import date

    return date(1968, 1, 1), date(1985, 12, 31)


@settings(max_examples=5)
@drawn(movers())
def test_where_a_person_goes_never_changes_how_many_months_count_and_one_place_pays(document):
    found = paths(document)
    assert len({p.counted_months for p in found.paths}) == 1
    for each in found.paths:
        assert each.place_of_benefit is not None and each.pension is not None
        months = [m.month for s in each.document.facts.insurance if s.scheme == SCHEME
                  for m in paid_months(s, until=each.award_month + 1)]  # fmt: skip
        assert len(months) == len(set(months)) == each.counted_months
        assert each.lost_value == each.loss.total and each.lost_value.amount_fen >= -1
        for warned in each.warnings:
            assert warned.loss.amount_fen > 0
    assert found.range[1].amount_fen >= found.range[0].amount_fen
