"""What a fund's book says about its members' accounts in a year, as columns with a row for each account.

Nearly every member only pays in, month by month, so sums by member are enough. Members whom money left, or for whom
something came late, are walked month by month from their single rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["AccountYear", "Kind", "Movements"]

Ints = NDArray[np.int64]


class Kind(IntEnum):
    """What a row does to an account, told by its batch and by the account on its other side."""

    CREDIT = 0  # contributions and their reversals: they count in the month they are for
    MONEY = 1  # paid out, moved on, or come back: counts in the month it was booked
    TAKEN_OVER = 2  # from another fund: as it stood at the end of the year before
    RECORDED = 3  # an opening balance: holds all interest up to the end of the month it was booked in
    INTEREST = 4
    PENSION = 5  # paid out month by month: counts as money does, but who draws does not leave


@dataclass(frozen=True, eq=False)
class AccountYear:
    """Accounts (ascending) that only paid in: what stood there when the year began, and the year's credits.

    `product` is the credits times the months that each earns. All in fen.
    """

    account: Ints
    start: Ints
    credited: Ints
    product: Ints


@dataclass(frozen=True, eq=False)
class Movements:
    """Single rows of some accounts; a positive amount comes in. `start` is what stood there before the first of them.

    `account` is ascending; `owner` is the place of a row's account in it; `period` is the month in which a row was
    booked, `month` the first of the `months` it is for (yyyymm). The walk begins with `first_year`.
    """

    account: Ints
    start: Ints
    first_year: int
    owner: Ints
    period: Ints
    amount: Ints
    month: Ints
    months: Ints
    kind: Ints

    def chosen(self, kept: NDArray[np.bool_], start: Ints | None = None) -> Movements:
        """Some of the rows, by a mask."""
        rows = (getattr(self, name)[kept] for name in ("owner", "period", "amount", "month", "months", "kind"))
        return Movements(self.account, self.start if start is None else start, self.first_year, *rows)

    def by_month(self) -> Movements:
        """A row for each month that a credit is for: it stands evenly for all, and the parts add up to the whole."""
        if not np.any(self.months > 1):
            return self
        times = np.where(self.kind == Kind.CREDIT, self.months, 1)
        at = np.repeat(np.arange(len(times)), times)
        nth = np.arange(len(at)) - np.repeat(np.cumsum(times) - times, times)
        n, whole = times[at], self.amount[at]
        split = np.sign(whole) * (np.abs(whole) * (nth + 1) // n - np.abs(whole) * nth // n)
        index = self.month[at] // 100 * 12 + self.month[at] % 100 - 1 + nth
        months: Any = index // 12 * 100 + index % 12 + 1
        one = np.ones(len(at), np.int64)
        return Movements(
            self.account, self.start, self.first_year, self.owner[at], self.period[at], split, months, one,
            self.kind[at],
        )  # fmt: skip

    def since_emptied(self) -> Movements:
        """Without what came before an account last paid out all it held, for then it begins anew.

        Who leaves takes all along: the interest of the year is the receiving fund's to reckon (Renshebufa [2010] 70).
        Who draws a pension does not leave: what stood there earns until the payroll has used it up.
        """
        if not len(self.owner):
            return self
        order = np.lexsort((self.period, self.owner))
        owner, period, amount = self.owner[order], self.period[order], self.amount[order]
        begins = np.r_[True, owner[1:] != owner[:-1]]
        running = np.cumsum(amount)
        before = np.repeat((running - amount)[begins], np.diff(np.r_[np.flatnonzero(begins), len(owner)]))
        balance = running - before + self.start[owner]
        ends = np.r_[(owner[1:] != owner[:-1]) | (period[1:] != period[:-1]), True]
        left = (self.kind[order] == Kind.MONEY) & (amount < 0)
        leaving = np.unique(owner[left] * 1_000_000 + period[left])
        emptied = ends & (balance == 0) & np.isin(owner * 1_000_000 + period, leaving)
        last = np.zeros(len(self.account), np.int64)
        np.maximum.at(last, owner[emptied], period[emptied])
        return self.chosen(self.period > last[self.owner], np.where(last > 0, 0, self.start))
