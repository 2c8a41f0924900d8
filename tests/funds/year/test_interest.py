"""Rules of a year's interest: it is the law's to the fen, for every account at once, and late months get theirs."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfare.decisions import ask
from wayfare.facts import read_document
from wayfare.funds.year import (
    AccountYear,
    Kind,
    Movements,
    YearRate,
    account_rule,
    decided_rate,
    given_rate,
    interest_of_year,
)
from wayfare.funds.year.errors import NoAccountInterest, RateNotDecided, RateWrong, YearNotReady
from wayfare.rulebook import load_rulebook

YEARS = (2021, 2022, 2023, 2024)
FOSHAN, GUANGDONG = "440600", "440000"

months_of_years = st.sampled_from([year * 100 + month for year in YEARS for month in range(1, 13)])
paid = st.dictionaries(months_of_years, st.integers(1, 30_000), min_size=1, max_size=20)
delays = st.lists(st.sampled_from([0, 0, 0, 0, 1, 5, 14]), min_size=20, max_size=20)


@pytest.fixture(scope="module")
def law():
    return load_rulebook()


@pytest.fixture(scope="module")
def employees(law):
    return account_rule(law, "employee_pension", GUANGDONG, 2024)


def columns(*values):
    return np.array(values, np.int64)


def movements(rows, *, start=(0,), first_year=YEARS[0]):
    """Rows as (owner, booked, fen, month, months, kind), of accounts numbered from 1."""
    one = [np.array([row[i] for row in rows], np.int64) for i in range(6)]
    return Movements(np.arange(1, len(start) + 1), columns(*start), first_year, *one)


def only_paid_in(*accounts):
    """Accounts as (start, {month: fen})."""
    credited = [sum(months.values()) for _, months in accounts]
    product = [sum(fen * (13 - month % 100) for month, fen in months.items()) for _, months in accounts]
    start = [start for start, _ in accounts]
    return AccountYear(np.arange(1, len(accounts) + 1), columns(*start), columns(*credited), columns(*product))


NOBODY = AccountYear(*(np.empty(0, np.int64) for _ in range(4)))


def later(month, by):
    index = month // 100 * 12 + month % 100 - 1 + by
    return index // 12 * 100 + index % 12 + 1


def by_the_question(law, bases, year):
    """`pension.account` of who paid these months (base in yuan by month), when the year is over."""
    runs = [
        {"scheme": "employee_pension", "place": FOSHAN, "basis": "employee", "base": f"{base}.00",
         "from": f"{month // 100}-{month % 100:02}", "to": f"{later(month, 1) // 100}-{later(month, 1) % 100:02}"}
        for month, base in sorted(bases.items())
    ]  # fmt: skip
    document = {
        "question": "pension.account", "on": f"{year + 1}-01-01", "mode": "decision",
        "facts": {"person": {"id": "p1", "sex": "male", "born": "1985-03-02"}, "insurance": runs},
    }  # fmt: skip
    return round(Fraction(ask(read_document(document), law).answer.value) * 100)


# ---------------------------------------------------------------- the law's own answer


@settings(max_examples=25)
@given(bases=paid, late=delays)
def test_the_account_of_a_book_is_the_answer_of_the_question_at_every_year_end(law, employees, bases, late):
    booked = {month: later(month, by) for month, by in zip(bases, late, strict=False)}
    rows = [(0, booked[month], bases[month] * 8, month, 1, Kind.CREDIT) for month in bases]
    rates = {year: decided_rate(law, employees, GUANGDONG, year) for year in YEARS}
    before = {}
    for year in YEARS:
        known = [row for row in rows if row[1] <= year * 100 + 12]
        found = interest_of_year(employees, before, rates[year], NOBODY, [movements(known)])
        given = zip(found.years.tolist(), found.fen.tolist(), strict=True)
        rows += [(0, (year + 1) * 100 + 6, fen, of * 100 + 1, 12, Kind.INTEREST) for of, fen in given]
        before[year] = rates[year].basis_points
        held = sum(fen for _, period, fen, _, _, kind in rows if kind == Kind.INTEREST or period <= year * 100 + 12)
        asked = {month: base for month, base in bases.items() if booked[month] <= year * 100 + 12}
        assert held == (by_the_question(law, asked, year) if asked else 0)


@settings(max_examples=25)
@given(lives=st.lists(st.tuples(st.integers(0, 10**9), paid), min_size=1, max_size=6), year=st.sampled_from(YEARS))
def test_sums_of_a_year_give_the_same_as_its_rows_one_by_one(law, employees, lives, year):
    rate = decided_rate(law, employees, GUANGDONG, year)
    lives = [(start, {year * 100 + month % 100: fen for month, fen in months.items()}) for start, months in lives]
    rows = [(i, m, fen, m, 1, Kind.CREDIT) for i, (_, months) in enumerate(lives) for m, fen in months.items()]
    walked = movements(rows, start=[start for start, _ in lives], first_year=year)
    sums = interest_of_year(employees, {}, rate, only_paid_in(*lives))
    singly = interest_of_year(employees, {}, rate, NOBODY, [walked])
    assert sums.fen.tolist() == singly.fen.tolist() and sums.total == singly.total
    assert abs(sums.residue) <= len(lives)


# ---------------------------------------------------------------- money that leaves


def half_up(x):
    return floor(x + Fraction(1, 2))


def by_standing_months(start, months, out, rate):
    """Interest of what stood there month by month: what comes in a month earns in it, what leaves in it does not."""
    products, came, went = [0, 0], 0, 0
    for month in range(1, 13):
        came, went = came + months.get(month, 0), went + out.get(month, 0)
        products = [products[0] + start - went, products[1] + came]
    return sum(half_up(Fraction(product * rate, 120_000)) for product in products)


@settings(max_examples=60)
@given(
    start=st.integers(10**7, 10**9), rate=st.integers(0, 900),
    months=st.dictionaries(st.integers(1, 12), st.integers(1, 10**6)),
    out=st.dictionaries(st.integers(1, 12), st.integers(1, 10**5)),
)  # fmt: skip
def test_what_is_paid_out_stops_earning_with_its_month(employees, start, rate, months, out):
    rows = [(0, 202400 + month, fen, 202400 + month, 1, Kind.CREDIT) for month, fen in months.items()]
    rows += [(0, 202400 + month, -fen, 202400 + month, 1, Kind.MONEY) for month, fen in out.items()]
    walked = movements(rows, start=[start], first_year=2024)
    found = interest_of_year(employees, {}, YearRate(2024, rate, "a test", "given"), NOBODY, [walked])
    assert found.credited == by_standing_months(start, months, out, rate)


RATE = YearRate(2024, 262, "a test", "given")


def earned(employees, rows, *, start=(0,), rate=RATE, rates=None):
    walked = movements(rows, start=start, first_year=2024 if rates is None else 2023)
    return interest_of_year(employees, rates or {}, rate, NOBODY, [walked])


def test_who_left_with_all_of_it_gets_no_interest_here(employees):
    assert earned(employees, [(0, 202405, -90_000, 202001, 50, Kind.MONEY)], start=[90_000]).credited == 0


def test_who_comes_back_after_that_earns_on_what_came_since(employees):
    rows = [(0, 202405, -90_000, 202001, 50, Kind.MONEY), (0, 202412, 120_000, 202412, 1, Kind.CREDIT)]
    assert earned(employees, rows, start=[90_000]).credited == half_up(Fraction(120_000 * 262, 120_000))


def test_a_balance_taken_over_earns_the_whole_year_here(employees):
    rows = [(0, 202405, 100_000, 202001, 50, Kind.TAKEN_OVER)]
    assert earned(employees, rows).credited == 2620


def test_an_opening_balance_holds_the_interest_up_to_its_month(employees):
    assert earned(employees, [(0, 202406, 100_000, 202406, 1, Kind.RECORDED)]).credited == 1310
    assert earned(employees, [(0, 202412, 100_000, 202412, 1, Kind.RECORDED)]).credited == 0


def test_a_credit_that_is_taken_back_earned_nothing(employees):
    rows = [(0, 202402, 8000, 202402, 1, Kind.CREDIT), (0, 202409, -8000, 202402, 1, Kind.CREDIT)]
    assert earned(employees, rows).credited == 0


def test_a_row_for_several_months_stands_evenly_for_each(employees):
    rows = [(0, 202406, 12_000, 202401, 12, Kind.CREDIT)]
    assert earned(employees, rows).credited == half_up(Fraction(1000 * 78 * 262, 120_000))


def test_a_month_taken_back_later_takes_the_interest_of_its_year_back(employees):
    rows = [
        (0, 202312, 100_000, 202301, 1, Kind.CREDIT), (0, 202406, 3970, 202301, 12, Kind.INTEREST),
        (0, 202407, -50_000, 202301, 1, Kind.CREDIT),
    ]  # fmt: skip
    found = earned(employees, rows, rates={2023: 397})
    assert dict(zip(found.years.tolist(), found.fen.tolist(), strict=True)) == {2023: -1985, 2024: 1362}
    assert found.earlier == -1985


def test_interest_is_never_taken_back_beyond_what_stands_there(employees):
    rows = [
        (0, 202312, 100_000, 202301, 1, Kind.CREDIT), (0, 202406, 3970, 202301, 12, Kind.INTEREST),
        (0, 202406, -103_000, 202406, 1, Kind.MONEY), (0, 202407, -900, 202301, 1, Kind.CREDIT),
    ]  # fmt: skip
    found = earned(employees, rows, rates={2023: 397})
    assert 70 + found.credited >= 0


def test_late_items_that_reach_back_to_a_year_without_interest_wait_for_it(employees):
    with pytest.raises(YearNotReady, match="2023 was never credited"):
        earned(employees, [(0, 202403, 800, 202301, 1, Kind.CREDIT)], rates={2022: 612})


# ---------------------------------------------------------------- rules and rates


def test_the_pool_pays_the_exact_interest_and_rounding_is_left_over(employees):
    found = interest_of_year(employees, {}, replace(RATE, basis_points=100), only_paid_in(*[(50, {})] * 5))
    assert found.credited == 5 and found.total == 3 and found.residue == -2


def test_a_resident_s_payment_earns_from_the_next_january(law):
    rule = account_rule(law, "resident_pension", "430000", 2026)
    rate = given_rate(2026, "0.0322", "湘人社规〔2026〕1号")
    assert interest_of_year(rule, {}, rate, only_paid_in((100_000, {202603: 50_000}))).credited == 3220


def test_the_yearly_formula_counts_where_the_law_says_so(employees):
    yearly = replace(employees, by_month=False, time=10_830)
    found = interest_of_year(yearly, {}, RATE, only_paid_in((0, {202401: 100_000})))
    assert found.credited == half_up(Fraction(100_000 * 262 * 10_830, 2 * 10**8)) == found.total


def test_a_rate_comes_with_its_source_and_how_sure_it_is(law, employees):
    rate = decided_rate(law, employees, GUANGDONG, 2024)
    assert (rate.basis_points, rate.status) == (262, "verified") and "人社部发〔2017〕31号" in rate.source
    assert decided_rate(law, employees, "310000", 2014).basis_points == 425


def test_a_rate_that_is_a_gap_decides_nothing(law, employees):
    with pytest.raises(RateNotDecided, match="2026 and later years is not yet announced"):
        decided_rate(law, employees, GUANGDONG, 2026)
    with pytest.raises(RateNotDecided, match="Before 2016 each province set its own"):
        decided_rate(law, employees, GUANGDONG, 2014)
    residents = account_rule(law, "resident_pension", GUANGDONG, 2024)
    with pytest.raises(RateNotDecided, match="only Hunan's of 2026"):
        decided_rate(law, residents, GUANGDONG, 2024)


def test_a_recalled_rate_decides_nothing(law, employees):
    table = law.parameters["account_interest_rate"]
    rows = [replace(row, source=replace(row.source, status=type(row.status)("recalled"))) for row in table.rows]
    recalled = replace(law, parameters={**law.parameters, table.name: replace(table, rows=tuple(rows))})
    with pytest.raises(RateNotDecided, match="only recalled"):
        decided_rate(recalled, employees, GUANGDONG, 2024)


@pytest.mark.parametrize(("rate", "source"), [("0.0262", " "), ("2.62", "a notice"), ("0.02625", "a notice")])
def test_a_given_rate_has_a_source_and_four_decimals(rate, source):
    with pytest.raises(RateWrong):
        given_rate(2024, rate, source)


def test_an_insurance_without_a_rule_of_interest_gets_none(law):
    with pytest.raises(NoAccountInterest, match="employee_medical"):
        account_rule(law, "employee_medical", GUANGDONG, 2024)
    with pytest.raises(NoAccountInterest, match="1997"):
        account_rule(law, "employee_pension", GUANGDONG, 1997)


def test_the_parts_of_a_month_add_up_to_the_whole():
    rows = movements([(0, 202406, -1001, 202311, 7, Kind.CREDIT), (0, 202406, 50, 202406, 9, Kind.MONEY)]).by_month()
    assert rows.amount.tolist() == [-143] * 7 + [50]
    assert rows.month.tolist() == [202311, 202312, 202401, 202402, 202403, 202404, 202405, 202406]
