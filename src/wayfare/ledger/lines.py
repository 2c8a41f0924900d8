"""A line: one transfer as a fund's book shows it, with the batch it belongs to and the matter it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from wayfare.kernel import Money, Month

__all__ = ["Line", "matter_of", "month_of"]

_PHASES: Final = {"sent", "received", "paid", "confirmed", "released", "prepared", "settled", "back"}


@dataclass(frozen=True, slots=True)
class Line:
    """One transfer of a fund's book; `reverses` is the key of the batch that its batch takes back."""

    fund: str
    batch: int
    key: str
    on: date
    decision: str | None
    reverses: str | None
    line: int
    debit: str
    credit: str
    amount: Money
    effective_from: int
    effective_months: int
    member: str | None

    @property
    def matter(self) -> str:
        """The matter it is about; a batch that takes another back is about the same matter."""
        return matter_of(self.reverses or self.key)

    def change(self, account: str) -> Money:
        """What the line changes on an account: its amount when credited, less it when debited."""
        if account == self.credit:
            return self.amount
        return -self.amount if account == self.debit else Money.ZERO

    def other(self, account: str) -> str:
        """The account on the other side."""
        return self.debit if account == self.credit else self.credit

    def months(self) -> str:
        """The months it is for: `2024-06`, or `2024-01..2024-12`."""
        first = month_of(self.effective_from)
        return str(first) if self.effective_months == 1 else f"{first}..{first + (self.effective_months - 1)}"


def matter_of(key: str) -> str:
    """The matter that a batch is about: its key without the phase, `relation:W-104:1:sent` is `relation:W-104:1`."""
    head, _, last = key.rpartition(":")
    return head if last in _PHASES else key


def month_of(period: int) -> Month:
    """A month written yyyymm."""
    return Month.at(period // 100 * 12 + period % 100 - 1)
