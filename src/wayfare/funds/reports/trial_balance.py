"""A fund's trial balance over a stretch of months: every control account, and all members' accounts as one line.

What an account held before, what was debited and credited, and what it holds after; classes have their subtotals, and
the whole adds up to zero or is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from wayfare.funds.reports.errors import ReportUnbalanced
from wayfare.funds.reports.lines import AccountClass, class_of
from wayfare.kernel import Money, Month

__all__ = ["Movement", "TrialBalance", "trial_balance"]


@dataclass(frozen=True, slots=True)
class Movement:
    """What an account held before, what was debited and credited; `accounts` counts joined members' accounts."""

    account: str
    opening: Money
    debits: Money
    credits: Money
    accounts: int = 0

    @property
    def closing(self) -> Money:
        """What it holds after."""
        return self.opening + self.credits - self.debits

    def as_document(self) -> dict[str, Any]:
        """The row with amounts in yuan as text."""
        found = {"account": self.account, "opening": str(self.opening), "debits": str(self.debits)}
        found |= {"credits": str(self.credits), "closing": str(self.closing)}
        return found | ({"accounts": self.accounts} if self.accounts else {})


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The movements of a fund's accounts from one month to another, both included, in the order of their classes."""

    fund: str
    first: Month
    last: Month
    rows: tuple[Movement, ...]

    @property
    def total(self) -> Movement:
        """The sum over all accounts; opening and closing are zero, debits equal credits."""
        return _sum("", self.rows)

    def classes(self) -> Iterator[tuple[AccountClass, tuple[Movement, ...], Movement]]:
        """Each class with its rows and its subtotal."""
        for found, rows in groupby(self.rows, key=lambda row: class_of(row.account)):
            members = tuple(rows)
            yield found, members, _sum(found.value, members)

    def as_document(self) -> dict[str, Any]:
        """What --json prints."""
        return {
            "fund": self.fund, "from": str(self.first), "to": str(self.last),
            "classes": [
                {"class": found.value, "rows": [row.as_document() for row in rows], "subtotal": total.as_document()}
                for found, rows, total in self.classes()
            ],
            "total": self.total.as_document(),
        }  # fmt: skip


def trial_balance(fund: str, first: Month, last: Month, movements: Iterable[Movement]) -> TrialBalance:
    """The trial balance of these movements. Raises ReportUnbalanced unless they add up to zero."""
    order = list(AccountClass)
    rows = sorted(movements, key=lambda row: (order.index(class_of(row.account)), row.account))
    found = TrialBalance(fund, first, last, tuple(rows))
    total = found.total
    if total.opening or total.closing or total.debits != total.credits:
        raise ReportUnbalanced(
            f"The accounts of {fund} from {first} to {last} add up to {total.closing} yuan, not to zero.",
            next_step="Read the book back with wayfare fund verify before anything is posted to it.",
        )
    return found


def _sum(name: str, rows: Iterable[Movement]) -> Movement:
    found = list(rows)
    return Movement(
        name, Money.total(row.opening for row in found), Money.total(row.debits for row in found),
        Money.total(row.credits for row in found), sum(row.accounts for row in found),
    )  # fmt: skip
