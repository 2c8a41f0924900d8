"""What a report is made of: transfers as lines, and accounts by what they are for.

An account's purpose is the first part of its name and its counterpart the rest; purposes fall into the classes of a
trial balance. Balances are credits less debits, so what a fund holds for people or owes is positive, and what is owed
to it or lies in its bank is negative.
"""

from __future__ import annotations

from enum import StrEnum

from wayfare.ledger import Line, matter_of, month_of

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


def purpose_of(account: str) -> str:
    """What an account is for: the first part of its name."""
    return account.partition(":")[0]


def counterpart_of(account: str) -> str:
    """Whom an account is with: the rest of its name; empty for an account that stands alone."""
    return account.partition(":")[2]


def class_of(account: str) -> AccountClass:
    """The class of a trial balance that an account belongs to; an unknown purpose lies outside the fund."""
    return _CLASSES.get(purpose_of(account), AccountClass.OUTSIDE)
