"""What a report is made of: transfers as lines, and accounts by what they are for.

A line is one transfer with the batch it belongs to. An account's purpose is the first part of its name and its
counterpart the rest; purposes fall into the classes of a trial balance. Balances are credits less debits, so what a
fund holds for people or owes is positive, and what is owed to it or lies in its bank is negative.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wayfare.kernel import Money, Month

__all__ = ["MEMBER", "AccountClass", "Line", "class_of", "counterpart_of", "matter_of", "month_of", "purpose_of"]

MEMBER = "account"
"""The purpose of members' own accounts, and the name under which reports of a fund join them."""


class AccountClass(StrEnum):
    """The classes of a trial balance, in its order."""

    POOL = "pool"
    MEMBERS = "members"
    OWED_BY_THE_FUND = "owed_by_the_fund"
    OWED_TO_THE_FUND = "owed_to_the_fund"
    ON_THE_WAY = "on_the_way"
    BANK = "bank"
    OUTSIDE = "outside"


_CLASSES = {
    "pooled_fund": AccountClass.POOL,
    "reserve": AccountClass.POOL,
    "rounding": AccountClass.POOL,
    MEMBER: AccountClass.MEMBERS,
    "benefits_payable": AccountClass.OWED_BY_THE_FUND,
    "claims_payable": AccountClass.OWED_BY_THE_FUND,
    "payable": AccountClass.OWED_BY_THE_FUND,
    "contribution_clearing": AccountClass.OWED_TO_THE_FUND,
    "claims_receivable": AccountClass.OWED_TO_THE_FUND,
    "receivable": AccountClass.OWED_TO_THE_FUND,
    "recovery": AccountClass.OWED_TO_THE_FUND,
    "prepaid": AccountClass.OWED_BY_THE_FUND,
    "in_transit": AccountClass.ON_THE_WAY,
    "in_transit_in": AccountClass.ON_THE_WAY,
    "in_transit_out": AccountClass.ON_THE_WAY,
    "suspense": AccountClass.ON_THE_WAY,
    "bank": AccountClass.BANK,
}
_PHASES = {"sent", "received", "paid", "confirmed", "released", "prepared", "settled", "back"}


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


def purpose_of(account: str) -> str:
    """What an account is for: the first part of its name."""
    return account.partition(":")[0]


def counterpart_of(account: str) -> str:
    """Whom an account is with: the rest of its name; empty for an account that stands alone."""
    return account.partition(":")[2]


def class_of(account: str) -> AccountClass:
    """The class of a trial balance that an account belongs to; an unknown purpose lies outside the fund."""
    return _CLASSES.get(purpose_of(account), AccountClass.OUTSIDE)


def matter_of(key: str) -> str:
    """The matter that a batch is about: its key without the phase, `relation:W-104:1:sent` is `relation:W-104:1`."""
    head, _, last = key.rpartition(":")
    return head if last in _PHASES else key


def month_of(period: int) -> Month:
    """A month written yyyymm."""
    return Month.at(period // 100 * 12 + period % 100 - 1)
