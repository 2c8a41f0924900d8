"""Money by year: what moves in January is what the law says, and no fen is lost on the way."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from scenarios.rates import with_rates_known
from scenarios.told_lives import life, paid
from wayfare.decisions import ask, world_of
from wayfare.facts import read_document
from wayfare.kernel import Money, Month, Place
from wayfare.kernel.status import Mode
from wayfare.law import as_columns
from wayfare.scenarios import MoneyYear, as_recorded, average_wages, draw_population, money_years

EXAMPLE_LIVES = Path(__file__).resolve().parents[2] / "examples" / "lives"

HENAN, SHANGHAI, GUANGDONG, LIAONING = "410000", "310000", "440000", "210000"


def years_of(law, *documents, stated: int = 0) -> list[MoneyYear]:
    world = as_columns(world_of(documents, law))
    members = [document.facts.person.id for document in documents]
    return list(money_years(law, world, members, until=2026, stated=stated))


def moves_of(years):
    return [move for year in years for move in year.moves]


def balances(years, members=("p1",)) -> dict[tuple[str, str], int]:
    """Every account and pool after all years, added up from what the years say; none is ever overdrawn."""
    held: dict[tuple[str, str], int] = defaultdict(int)
    for year in years:
        for fund, stretches in year.contributions.items():
            for each in stretches:
                held[fund, "pool"] += each.pooled
                held[fund, members[each.person]] += each.account_by_employer + each.account_by_person
        for subsidies, by_fund in (
            (year.interest_subsidies, year.interest), (year.move_subsidies, year.corrections)
        ):  # fmt: skip
            for fund, amount in subsidies.items():
                held[fund, "pool"] += amount
            for fund, fen in by_fund.items():
                held[fund, "pool"] -= sum(fen.values())
                for member, amount in fen.items():
                    held[fund, member] += amount
            assert min(held.values(), default=0) >= 0
        for phase, sign in (("sender", -1), ("receiver", 1)):
            for move in year.moves:
                held[getattr(move, phase), "pool"] += sign * move.pooled.amount_fen
                held[getattr(move, phase), move.member] += sign * move.account.amount_fen
            assert min(held.values(), default=0) >= 0
    return held


def test_what_moves_is_what_the_law_answers_for_one_person(law):
    told = life(paid(SHANGHAI, "2011-03", "2015-08"), paid(GUANGDONG, "2015-09", "2023-01"))
    (move,) = moves_of(years_of(law, told))
    asked = told.model_copy(update={"question": "pension.transfer", "on": date(2016, 1, 1)})
    values = ask(asked, law).values
    assert (str(move.pooled), str(move.account)) == (values["pooled_transfer"].value, values["account_transfer"].value)
    assert (move.sender[:6], move.receiver[:6], move.relation) == (SHANGHAI, GUANGDONG, "relation:p1:2016:310000")
    assert (move.effective_from, move.effective_months) == (201103, 53)


@pytest.mark.parametrize("path", sorted(EXAMPLE_LIVES.glob("*.json")), ids=lambda path: path.stem)
def test_what_moves_for_a_documented_life_is_what_the_law_answers_on_its_record_of_that_january(law, path):
    told = read_document(path.read_bytes())
    for year in years_of(law, told, stated=1):
        if year.moves:
            record = as_recorded(told, Month.at((year.year + 1) * 12))
            asked = record.model_copy(update={"question": "pension.transfer"})
            values, posted = ask(asked, law).values, ask(asked, with_rates_known(law)).values
            assert str(Money.total(move.pooled for move in year.moves)) == values["pooled_transfer"].value
            by_law = [Money.yuan(found["account_transfer"].value) for found in (values, posted)]
            # what was posted at a year's own rate, where that is higher than the last announced, moves with the rest
            assert Money.total(move.account for move in year.moves) == max(by_law)


def test_before_the_measures_nothing_moves_and_then_all_is_gathered(law):
    told = life(
        paid(SHANGHAI, "2001-01", "2003-01"), paid(GUANGDONG, "2003-02", "2006-01"), paid(HENAN, "2006-02", "2014-01")
    )  # fmt: skip
    moves = moves_of(years_of(law, told))
    assert [(move.sender[:6], move.receiver[:6], move.relation[-11:-7]) for move in moves] == [
        (SHANGHAI, HENAN, "2011"), (GUANGDONG, HENAN, "2011"),
    ]  # fmt: skip


def test_the_pooled_parts_of_two_senders_add_up_to_the_laws_total(law):
    told = life(
        paid(SHANGHAI, "2001-01", "2003-01", base="1234.56"), paid(GUANGDONG, "2003-02", "2006-01", base="777.77"),
        paid(HENAN, "2006-02", "2014-01"),
    )  # fmt: skip
    moves = moves_of(years_of(law, told))
    asked = told.model_copy(update={"question": "pension.transfer", "on": date(2011, 1, 1)})
    assert str(Money.total(move.pooled for move in moves)) == ask(asked, law).values["pooled_transfer"].value


def test_who_moves_on_takes_along_what_came_before(law):
    told = life(
        paid(SHANGHAI, "2011-01", "2013-01"), paid(GUANGDONG, "2013-02", "2016-01"), paid(HENAN, "2016-02", "2020-01")
    )  # fmt: skip
    first, second = moves_of(years_of(law, told))
    assert (first.sender[:6], first.receiver[:6]) == (SHANGHAI, GUANGDONG)
    assert (second.sender[:6], second.receiver[:6]) == (GUANGDONG, HENAN)
    assert second.pooled > first.pooled and second.effective_months == 24 + 35


def test_who_returns_gets_back_what_had_left_and_keeps_what_is_new(law):
    told = life(
        paid(SHANGHAI, "2011-01", "2013-01"), paid(HENAN, "2013-02", "2016-01"), paid(SHANGHAI, "2016-02", "2020-01")
    )  # fmt: skip
    years = years_of(law, told)
    out, back = moves_of(years)
    assert (out.sender[:6], out.receiver[:6]) == (SHANGHAI, HENAN)
    assert (back.sender[:6], back.receiver[:6]) == (HENAN, SHANGHAI)
    held = balances(years)
    assert held[f"{HENAN}:employee_pension", "p1"] == 0
    answer = ask(told.model_copy(update={"question": "pension.account"}), law)
    assert str(Money.fen(held[f"{SHANGHAI}:employee_pension", "p1"])) == answer.answer.value


def test_a_person_past_the_age_opens_a_temporary_account_and_nothing_moves(law):
    told = life(paid(HENAN, "2005-01", "2013-01"), paid(GUANGDONG, "2013-02", "2016-01"), sex="female",
                group="female_50", born="1971-05-10")  # fmt: skip
    years = years_of(law, told)
    assert [year.opened for year in years if year.opened] == [{0: Place(GUANGDONG)}]
    early = [move for year in years if year.year < 2020 for move in year.moves]
    assert early == []


def test_at_the_age_of_the_law_a_temporary_account_is_gathered_too(law):
    told = life(paid(HENAN, "2005-01", "2013-01"), paid(GUANGDONG, "2013-02", "2016-01"), sex="female",
                group="female_50", born="1971-05-10")  # fmt: skip
    (move,) = moves_of(years_of(law, told))
    assert (move.sender[:6], move.receiver[:6], move.relation) == (GUANGDONG, HENAN, "relation:p1:2022:440000")


def test_nobody_paying_means_nothing_to_move(law):
    assert moves_of(years_of(law, life(paid(HENAN, "2024-01", "2024-05")))) == []


def test_a_document_that_says_ordinary_is_taken_at_its_word(law):
    told = life(paid(HENAN, "2005-01", "2013-01"), paid(GUANGDONG, "2013-02", "2016-01"), sex="female",
                group="female_50", born="1971-05-10")  # fmt: skip
    assert all(not year.opened for year in years_of(law, told, stated=1))


def test_an_account_credited_too_little_is_corrected_before_it_moves(law):
    told = life(paid(LIAONING, "2003-01", "2005-01", base="1000.00"), paid(HENAN, "2009-01", "2012-01"), hukou=LIAONING)
    (corrected,) = [year for year in years_of(law, told) if year.corrections]
    lacking = corrected.corrections[f"{LIAONING}:employee_pension"]["p1"]
    assert corrected.year == 2010 and lacking >= 72_000  # 3 % of 24,000 yuan, and its interest


def test_a_pool_that_lacks_money_is_subsidised_by_the_difference(law):
    told = life(paid(SHANGHAI, "2006-01", "2020-01", basis="flexible"), paid(HENAN, "2020-02", "2022-01"))
    years = years_of(with_rates_known(law), told)
    subsidies = sum(sum(each.values()) for year in years for each in (year.interest_subsidies, year.move_subsidies))
    interest = sum(fen["p1"] for year in years if year.year <= 2020
                   for fund, fen in year.interest.items() if fund.startswith(SHANGHAI))  # fmt: skip
    assert subsidies == interest > 0
    assert balances(years)[f"{SHANGHAI}:employee_pension", "pool"] == 0


@pytest.mark.parametrize("born", ["1958-02-03", "1970-05-10"])
def test_all_accounts_together_hold_what_the_law_answers(law, born):
    told = life(
        paid(SHANGHAI, "2001-01", "2008-01", base="1777.77"), paid(GUANGDONG, "2008-02", "2012-05"),
        paid(HENAN, "2012-06", "2014-01"), paid(GUANGDONG, "2014-02", "2017-01", base="5123.45"), born=born,
    )  # fmt: skip
    held = balances(years_of(law, told))
    answer = ask(told.model_copy(update={"question": "pension.account"}), law)
    assert str(Money.fen(sum(fen for (_, who), fen in held.items() if who == "p1"))) == answer.answer.value


@pytest.mark.parametrize("seed", [1, 2])
def test_for_drawn_lives_no_account_is_overdrawn_and_all_accounts_hold_what_the_law_says(law, seed):
    drawn = [each for chunk in draw_population(150, seed=seed, wages=average_wages(law), on=date(2026, 1, 1))
             for each in chunk]  # fmt: skip
    world = as_columns(world_of(drawn, law))
    members = [each.facts.person.id for each in drawn]
    years = list(money_years(law, world, members, until=2026))
    held = balances(years, members)
    due = law.plan(["account_balance"], mode=Mode.ESTIMATE).population(world).value("account_balance")
    corrected = sum(sum(fen.values()) for year in years for fen in year.corrections.values())
    assert any(year.moves for year in years)
    assert sum(fen for (_, who), fen in held.items() if who != "pool") == int(due.sum()) + corrected
