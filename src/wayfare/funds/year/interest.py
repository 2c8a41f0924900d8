"""The interest of a fund's members for a year, from the fund's own book, by the clauses of the rulebook.

What is due for a year is what the law gives for the account as it is known now, less what was credited for that year
before. So a month that was paid late brings the interest of the year it is for, with the batch of the year in which it
came; and a second run of a year would find nothing due.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayfare.funds.year.accounts import AccountYear, Kind, Movements
from wayfare.funds.year.errors import YearNotReady
from wayfare.funds.year.rates import WEIGHTS, AccountRule, YearRate

__all__ = ["Due", "YearInterest", "interest_of_year"]

Ints = NDArray[np.int64]

_ONE: Final = np.int64(1)
_ALL_YEAR: Final = 12
_WEIGHTS: Final = np.array((0, *WEIGHTS), np.int64)  # by month, January is 1


@dataclass(frozen=True, eq=False)
class Due:
    """Fen due to accounts for a year, and what the year's interest comes to for all of them before rounding."""

    year: int
    account: Ints
    fen: Ints
    exact: Fraction


@dataclass(frozen=True, eq=False)
class YearInterest:
    """What the batch of a year credits: fen by account and year, and the total that the pool pays.

    `earlier` is what of it belongs to years before, for late items; `residue` is what rounding members left.
    """

    rate: YearRate
    account: Ints
    years: Ints
    fen: Ints
    total: int

    @property
    def credited(self) -> int:
        """Fen credited to members, earlier years included."""
        return int(self.fen.sum())

    @property
    def residue(self) -> int:
        """Fen that go to `rounding`, or come from it where negative."""
        return self.total - self.credited

    @property
    def earlier(self) -> int:
        """Fen of it that belong to earlier years."""
        return int(self.fen[self.years != self.rate.year].sum())

    @property
    def members(self) -> int:
        """How many accounts it touches; sorting finds them far sooner than NumPy's own way."""
        return int(np.count_nonzero(np.diff(np.sort(self.account), prepend=-1)))


def interest_of_year(
    rule: AccountRule, rates: Mapping[int, int], rate: YearRate, plain: AccountYear, walked: Sequence[Movements] = ()
) -> YearInterest:
    """The interest of a year: of accounts that only paid in, and of those walked month by month.

    `rates` has the basis points at which earlier years were credited. Raises YearNotReady where a walk needs one more.
    """
    known = {**rates, rate.year: rate.basis_points}
    found = [_of_sums(rule, rate, plain)]
    for movements in walked:
        found += _walk(rule, known, rate.year, movements)
    moved = [each.fen != 0 for each in found]
    exact = sum((each.exact for each in found if each.year == rate.year), Fraction(0))
    before = sum(int(each.fen.sum()) for each in found if each.year != rate.year)
    return YearInterest(
        rate,
        np.concatenate([each.account[kept] for each, kept in zip(found, moved, strict=True)]),
        np.concatenate([np.full(kept.sum(), each.year) for each, kept in zip(found, moved, strict=True)]),
        np.concatenate([each.fen[kept] for each, kept in zip(found, moved, strict=True)]),
        floor(exact + Fraction(1, 2)) + before,
    )


def _of_sums(rule: AccountRule, rate: YearRate, plain: AccountYear) -> Due:
    start, bp = plain.start * _ALL_YEAR, rate.basis_points
    fen = rule.earned(start, plain.product, plain.credited, bp)
    exact = rule.exact(int(start.sum()), int(plain.product.sum()), int(plain.credited.sum()), bp)
    return Due(rate.year, plain.account, fen, exact)


def _walk(rule: AccountRule, rates: Mapping[int, int], last: int, movements: Movements) -> Iterator[Due]:
    """Year by year, with what stands there by the law carried on; due is what was not credited for the year before."""
    rows = movements.since_emptied().by_month()
    standing = rows.start + _sums(rows, (rows.kind == Kind.INTEREST) & (rows.month // 100 < rows.first_year), _ONE)[0]
    for year in range(rows.first_year, last + 1):
        credits = (rows.kind == Kind.CREDIT) & (rows.month // 100 == year)
        money = (rows.kind != Kind.CREDIT) & (rows.kind != Kind.INTEREST) & (rows.period // 100 == year)
        came, product = _sums(rows, credits, _WEIGHTS[rows.month[credits] % 100])
        moved, weighted = _sums(rows, money, _months_of_money(rows, money))
        given, _ = _sums(rows, (rows.kind == Kind.INTEREST) & (rows.month // 100 == year), _ONE)
        start = standing * _ALL_YEAR + weighted
        product, start = np.maximum(product + np.minimum(start, 0), 0), np.maximum(start, 0)
        credited = np.maximum(came, 0)
        earned = np.zeros(len(standing), np.int64)
        if start.any() or product.any():
            earned = rule.earned(start, product, credited, _known(rates, year))
        held = standing + came + moved + earned
        fen = np.maximum(earned - given, -np.maximum(held, 0))  # never takes back more than stands there
        exact = rule.exact(int(start.sum()), int(product.sum()), int(credited.sum()), rates.get(year, 0))
        yield Due(year, rows.account, fen, exact + int((fen - earned).sum()))
        standing = held


def _sums(rows: Movements, chosen: NDArray[np.bool_], weights: Ints | np.int64) -> tuple[Ints, Ints]:
    """Amounts of some rows by account, plain and times their weights."""
    plain, weighted = np.zeros(len(rows.account), np.int64), np.zeros(len(rows.account), np.int64)
    np.add.at(plain, rows.owner[chosen], rows.amount[chosen])
    np.add.at(weighted, rows.owner[chosen], rows.amount[chosen] * weights)
    return plain, weighted


def _months_of_money(rows: Movements, chosen: NDArray[np.bool_]) -> Ints:
    """Months of the year for which money that moved did or did not stand there."""
    booked, kind = _WEIGHTS[rows.period[chosen] % 100], rows.kind[chosen]
    return np.where(kind == Kind.TAKEN_OVER, _ALL_YEAR, np.where(kind == Kind.RECORDED, booked - 1, booked))


def _known(rates: Mapping[int, int], year: int) -> int:
    if year not in rates:
        raise YearNotReady(
            f"The interest of {year} was never credited, and late items reach back to it.",
            next_step=f"Credit {year} first.",
        )
    return rates[year]
