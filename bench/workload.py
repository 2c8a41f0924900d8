"""Workload W written as a rule file: yearly credit and interest, transfer, place, index and pension.

The tables have the shape of real ones and are not official figures; see notes in bench/README.md.
"""

from __future__ import annotations

from bench.tables import FIRST, LAST, PLACES
from wayfare.law import (
    MONTHS_A_YEAR,
    PER_10_000,
    PER_100,
    TWO,
    ZERO_FEN,
    Law,
    PlaceTree,
    clause,
    distinct,
    fact,
    greatest,
    half_up,
    hang,
    level,
    look_up,
    parameter,
    pick,
    row,
    scan,
    span,
    total,
    when,
)  # fmt: skip

records = level("record", most=LAST - FIRST + 1)
hukou = fact("person", "place", 0, PLACES - 1)
age = fact("person", "years", 50, 60)
year = fact("record", "year", FIRST, LAST)
pool = fact("record", "place", 0, PLACES - 1)
months = fact("record", "months", 1, 12)
wage = fact("record", "fen", 0, 2 * 10**8)

fund = distinct("relation", of="record", by="pool")
calendar_year = span("calendar", low=FIRST, high=LAST)
calendar_of_record = hang("record", under="calendar", by="year")

avg_wage = look_up("wage_of_place", level="record", by={"place": "pool", "wage_year": "year"})
credit_pct = look_up("credit_rate", level="record", by={"credit_year": "year"})
rate_bp = look_up("interest_rate", level="calendar", by={"interest_year": "calendar_year"})
place_wage = look_up("last_wage", level="person", by={"place": "place_of_benefit"})
payout_months = look_up("payout", level="person", by={"payout_age": "age"})


@clause("workload W", level="record")
def credit(wage, credit_pct):
    return half_up(wage * credit_pct, PER_100)


@clause("workload W", level="record")
def index_of_year(wage, avg_wage):
    return half_up(wage * PER_10_000, avg_wage)


credit_in_year = total("credit", level="calendar", of="record")


@scan("workload W", level="calendar", within="person", start={"balance": ZERO_FEN}, leaves={"balance": "final_balance"})
def account(balance, credit_in_year, rate_bp):
    return half_up(balance * (PER_10_000 + rate_bp), PER_10_000) + credit_in_year


total_months = total("months", level="person")
index_sum = total("index_of_year", level="person")
years_counted = total(level="person", of="record", how="count")
last_pool = pick("pool", level="person", none="hukou")
relation_months = total("months", level="relation")
relation_wage = total("wage", level="relation")
relation_year = pick("year", level="relation", none="first_year")
first_year = look_up("epoch", level="relation")


@clause("workload W", level="relation")
def transfer_out(fund, last_pool, relation_wage, transfer_pct):
    return when(fund == last_pool, 0, half_up(relation_wage * transfer_pct, PER_100))


@clause("workload W", level="relation")
def is_ten_years(relation_months, ten_years):
    return relation_months >= ten_years


@clause("workload W", level="relation")
def current_and_ten(fund, last_pool, is_ten_years):
    return (fund == last_pool) & is_ten_years


transfer = total("transfer_out", level="person")
current_has_ten = total("current_and_ten", level="person", how="any")
latest_ten = pick("fund", level="person", by="relation_year", where="is_ten_years", none="hukou")


@clause("workload W", level="person")
def place_of_benefit(hukou, last_pool, current_has_ten, latest_ten):
    return when(last_pool == hukou, hukou, when(current_has_ten, last_pool, latest_ten))


@clause("workload W", level="person")
def average_index(index_sum, years_counted):
    return half_up(index_sum, greatest(years_counted, 1))


@clause("workload W", level="person")
def wage_base(place_wage):
    return half_up(place_wage, MONTHS_A_YEAR)


@clause("workload W", level="person")
def base_pension(wage_base, average_index, total_months, accrual_bp):
    return half_up(
        wage_base * (PER_10_000 + average_index) * total_months * accrual_bp,
        TWO * MONTHS_A_YEAR * PER_10_000 * PER_10_000,
    )


@clause("workload W", level="person")
def account_pension(final_balance, payout_months):
    return half_up(final_balance, payout_months)


@clause("workload W", level="person")
def pension(base_pension, account_pension):
    return base_pension + account_pension


GOALS = (
    "last_pool", "total_months", "transfer", "final_balance", "place_of_benefit", "average_index", "base_pension",
    "account_pension", "pension",
)  # fmt: skip


def law(wages, credit, rates, payout) -> Law:
    """The workload's law for tables given as lists: wages by place and year in fen, percent, basis points, months."""
    years = range(FIRST, LAST + 1)
    tables = [
        parameter(
            "wage_of_place",
            "fen",
            [row(int(wages[p][y - FIRST]), key=(p, y)) for p in range(PLACES) for y in years],
            by=("place", "wage_year"),
        ),
        parameter("credit_rate", "percent", [row(credit[y], key=y) for y in years], by="credit_year"),
        parameter("interest_rate", "basis_points", [row(rates[y], key=y) for y in years], by="interest_year"),
        parameter("payout", "months", [row(m, key=a) for a, m in payout.items()], by="payout_age"),
        parameter("last_wage", "fen/years", [row(int(wages[p][-1]), key=p) for p in range(PLACES)], by="place"),
        parameter("transfer_pct", "percent", [row(12)]),
        parameter("ten_years", "months", [row(120)]),
        parameter("accrual_bp", "basis_points/years", [row(100)]),
        parameter("epoch", "year", [row(FIRST)]),
    ]
    return Law.of(globals(), parameters=tables, tree=PlaceTree.flat(PLACES))
