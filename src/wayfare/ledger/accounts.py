"""The accounts of a fund: their names, numbers and floors.

An account is known by its name in the chart, and is stored under a number that is computed from the name: negative for
a control account, positive for a member's individual account. So a batch can be sealed, hashed and checked without
asking any database, and a changed name no longer fits its number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from wayfare.ledger.chart import FUND_NAME, is_account_name, line_of
from wayfare.ledger.errors import AccountWrong

__all__ = [
    "GOVERNMENT",
    "PERSON",
    "Account",
    "account_number",
    "account_numbers",
    "bank_account",
    "check_fund",
    "employer_clearing",
    "member_account",
]

PERSON, GOVERNMENT = "contribution_clearing:person", "contribution_clearing:government"
"""What persons and government owe to a fund and pay to it."""
_MEMBER = "account:"


@dataclass(frozen=True, slots=True)
class Account:
    """An account of one fund; `floor` is the lowest balance allowed in fen, None when it may go negative.

    A balance is what was credited less what was debited, so money that a fund owns or owes is positive and the
    outside world, from which contributions come, is negative.
    """

    name: str
    floor: int | None

    def __post_init__(self) -> None:
        account_number(self.name)
        if self.floor is not None and self.floor > 0:
            raise AccountWrong(
                f"{self.name} cannot open with a floor of {self.floor} fen, for it opens empty.",
                next_step="Open it with a floor of zero, below zero, or none.",
            )

    @classmethod
    def named(cls, name: str) -> Account:
        """The account with the usual floor of its purpose: pooled fund, reserve and members never below zero."""
        line = line_of(name)
        return cls(name, line.floor if line else None)

    @property
    def number(self) -> int:
        """The number it is stored under."""
        return account_number(self.name)


def member_account(member: str) -> str:
    """The name of a member's individual account."""
    return _MEMBER + member


def employer_clearing(employer: str) -> str:
    """The name of the account of what an employer owes to a fund and pays to it."""
    return f"contribution_clearing:employer:{employer}"


def bank_account(account: str) -> str:
    """The name of the account that mirrors a bank account of the fund."""
    return f"bank:{account}"


@lru_cache(maxsize=65_536)
def account_number(name: str) -> int:
    """The number of an account: 63 bits of the hash of its name, positive for members, negative for control accounts.

    Raises AccountWrong when the name is not in the chart.
    """
    if not is_account_name(name):
        raise AccountWrong(
            f"{name!r} is not an account name.",
            next_step="Use a name of the chart: pooled_fund, account:<member>, in_transit_out:<fund> ...",
        )
    number = int.from_bytes(sha256(name.encode()).digest()[:8], "big") >> 1
    return number if name.startswith(_MEMBER) else -number


def account_numbers(names: Iterable[str]) -> NDArray[np.int64]:
    """The numbers of many accounts, in the order given."""
    return np.fromiter((account_number(name) for name in names), dtype=np.int64)


def check_fund(fund: str) -> None:
    """Raise AccountWrong unless the name is a place code and an insurance."""
    if not FUND_NAME.fullmatch(fund):
        raise AccountWrong(
            f"{fund!r} is not the name of a fund.", next_step="Write place code and insurance: 440000:employee_pension."
        )
