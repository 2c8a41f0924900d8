"""The law behind a year's interest: which clauses walk an account, and at which rate the year is credited.

A rate is a figure of the rulebook that a decision may rest on, or one that an officer gives with its notice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wayfare.funds.year.errors import NoAccountInterest, RateNotDecided, RateWrong
from wayfare.law import Law, Row
from wayfare.law.words import MONTHS_A_YEAR, PER_10_000, TWO, month_weights
from wayfare.rulebook.national.pension.individual_account import rule as employees
from wayfare.rulebook.national.pension.resident_account import rule as residents

__all__ = [
    "HOW_INTEREST_GOES",
    "AccountRule",
    "YearRate",
    "account_rule",
    "decided_rate",
    "given_rate",
    "told_rate",
    "why_not_decided",
]

GIVEN: Final = "given"
HOW_INTEREST_GOES: Final = ("interest_by_month", "annual_method_time")
"""The figures beside the rate that a year's interest rests on."""
WEIGHTS: Final = tuple(int(month_weights(1 << month)) for month in range(12))
"""Months that what comes in a month earns in its year: twelve for January, one for December."""

_RATE = re.compile(r"0\.\d{1,4}|0")


@dataclass(frozen=True, slots=True)
class YearRate:
    """The rate of a year in basis points, the text it stands in, and how sure it is (`given`: by an officer)."""

    year: int
    basis_points: int
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class AccountRule:
    """How accounts of an insurance earn: the figure with the rate, the question it answers, and the clauses of a year.

    `credits_earn` says whether a credit earns in its own year; `by_month` and `time` say how.
    """

    figure: str
    question: str
    credits_earn: bool
    by_month: bool = True
    time: int = 0

    def earned(
        self, start: NDArray[np.int64], product: NDArray[np.int64], credited: NDArray[np.int64], rate: int
    ) -> Any:
        """Interest of a year, fen by account, by the clauses of the rulebook: each part rounded once.

        `start` is what stood there times its months (twelve unless money left), `product` the credits times theirs.
        """
        months_of_start = 1  # so much for so many months earns what so many times as much earns in one
        if not self.credits_earn:
            grown, _ = residents.line_walk.step(
                line_balance=start, line_subsidised=np.int64(0), line_rate=rate, line_months=months_of_start,
                line_payment=0, line_subsidy=0,
            )  # fmt: skip
            return grown - start
        on_credits = employees.credit_interest(
            year_credit=credited, year_weighted=product, credit_rate=int(PER_10_000), year_rate=rate,
            interest_months=int(MONTHS_A_YEAR), interest_by_month=self.by_month, annual_method_time=self.time,
        )  # fmt: skip
        (grown,) = employees.account_walk.step(
            year_balance=start, year_rate=rate, interest_months=months_of_start, year_credit=0,
            credit_interest=on_credits,
        )  # fmt: skip
        return grown - start

    def exact(self, start: int, product: int, credited: int, rate: int) -> Fraction:
        """The same for a fund as a whole, not rounded."""
        months = Fraction(rate, MONTHS_A_YEAR * PER_10_000)
        if not self.credits_earn:
            return start * months
        if self.by_month:
            return (start + product) * months
        return start * months + Fraction(credited * rate * self.time, TWO * PER_10_000 * PER_10_000)


def account_rule(law: Law, insurance: str, place: str, year: int) -> AccountRule:
    """How accounts of an insurance earn interest in a year. Raises NoAccountInterest."""
    if insurance == "resident_pension":
        return AccountRule("resident_interest_rate", "pension.resident", credits_earn=False)
    if insurance == "employee_pension":
        last = date(year, 12, 31)
        by_month, time = (_in_force(law, name, place, last, ()) for name in HOW_INTEREST_GOES)
        if by_month is not None and time is not None:
            return AccountRule("account_interest_rate", "pension.account", True, bool(by_month.value), time.value)
    raise NoAccountInterest(
        f"No rule at hand says how accounts of {insurance} earned interest in {year}.",
        next_step="Credit interest of employee_pension or resident_pension, of 1998 or later.",
    )


def decided_rate(law: Law, rule: AccountRule, place: str, year: int) -> YearRate:
    """The rate of the rulebook for a place and year. Raises RateNotDecided where it is a gap or not sure enough."""
    row, why = _in_force(law, rule.figure, place, date(year, 12, 31), (year,)), why_not_decided(law, rule, place, year)
    if row is not None and not why:
        article = f" {row.source.article}" if row.source.article else ""
        return YearRate(year, row.value, row.source.text + article, row.status.value)
    raise RateNotDecided(
        f"{rule.figure} of {year} has no value for {place} that interest may rest on: {why['en']}",
        next_step="Give the rate with the notice it stands in: --rate 0.0262 --source 'the notice'.",
        field="rate",
    )


def why_not_decided(law: Law, rule: AccountRule, place: str, year: int) -> Mapping[str, str]:
    """Why the rulebook's rate of a year decides nothing for a place, by language; empty where it does."""
    row = _in_force(law, rule.figure, place, date(year, 12, 31), (year,))
    if row is not None and row.status.decides:
        return {}
    if row is not None:
        return {"en": f"what is known of it is only {row.status.value}.", "zh": "现有数字不够确定。"}
    day = date(year, 12, 31).toordinal()
    gap = next((gap for gap in law.parameters[rule.figure].gaps if gap.since <= day < gap.until), None)
    return {"en": "no figure is at hand.", "zh": "没有查到。"} if gap is None else {"en": gap.reason, **gap.say}


def given_rate(year: int, rate: str, source: str) -> YearRate:
    """A rate given as text, "0.0262", with the text it stands in. Raises RateWrong."""
    if not source.strip():
        found = f"A rate of {rate} was given without its source."
        raise RateWrong(found, next_step="Name the notice with --source.", field="source")
    if not _RATE.fullmatch(rate):
        raise RateWrong(
            f"{rate!r} is no rate.", next_step="Write 2.62 % as 0.0262: at most four decimals.", field="rate"
        )
    return YearRate(year, int(Decimal(rate) * PER_10_000), source.strip(), GIVEN)


def told_rate(rate: YearRate) -> str:
    """A rate as text: 0.0262."""
    return f"{Decimal(rate.basis_points) / PER_10_000:.4f}"


def _in_force(law: Law, name: str, place: str, on: date, key: tuple[int, ...]) -> Row | None:
    """The row of a figure for a place, a day and a key; that of the narrower place goes before one of a wider."""
    day = on.toordinal()
    rows = [row for row in law.parameters[name].rows if row.key == key and row.since <= day < row.until]
    for number in law.tree.chain(law.tree.number(place)):
        found = next((row for row in rows if row.places == (law.tree.code(number),)), None)
        if found is not None:
            return found
    return next((row for row in rows if not row.places), None)
