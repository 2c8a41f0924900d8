"""What one fund says it owes another against what the other says it is owed.

Each account with a counterpart has its mirror in the counterpart's book: what is sent in what is received, claims to
pay in claims to get. Both sides say the same sum once all is booked; where they differ, the matters that only one of
them has booked, or both with other amounts, are named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wayfare.funds.reports.ageing import OpenItem, open_in_transit
from wayfare.funds.reports.lines import Line, counterpart_of, purpose_of
from wayfare.kernel import Money

__all__ = ["Pair", "Side", "is_mirrored", "mirror_of", "pair_of"]

_MIRRORS = {
    "in_transit_out": "in_transit_in",
    "in_transit_in": "in_transit_out",
    "claims_payable": "claims_receivable",
    "claims_receivable": "claims_payable",
    "payable": "receivable",
    "receivable": "payable",
    "in_transit": "in_transit",
}
_OWING = ("in_transit_out", "claims_payable", "payable")


@dataclass(frozen=True, slots=True)
class Side:
    """One fund's account of a pair with what it holds and its lines; an account never opened holds nothing."""

    fund: str
    account: str
    balance: Money
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two funds' accounts that mirror each other; `items` are the matters that make the difference."""

    owing: Side
    owed: Side
    items: tuple[OpenItem, ...]

    @property
    def said_to_be_owed(self) -> Money:
        """What the owing fund's book says."""
        return self.owing.balance

    @property
    def said_to_be_due(self) -> Money:
        """What the other fund's book says it is to get, or has got."""
        return -self.owed.balance

    @property
    def difference(self) -> Money:
        """The first less the second; the items add up to it."""
        return self.said_to_be_owed - self.said_to_be_due

    def as_document(self) -> dict[str, Any]:
        """The pair with amounts in yuan as text."""
        items = [
            {"matter": item.matter, "since": item.since.isoformat(), "amount": str(item.amount)} for item in self.items
        ]
        return {
            "fund": self.owing.fund, "account": self.owing.account, "owes": str(self.said_to_be_owed),
            "other_fund": self.owed.fund, "other_account": self.owed.account, "is_owed": str(self.said_to_be_due),
            "difference": str(self.difference), "items": items,
        }  # fmt: skip


def is_mirrored(account: str) -> bool:
    """Whether another fund keeps the mirror of an account."""
    other = counterpart_of(account)
    is_place = purpose_of(account) == "in_transit" and other.isdigit()
    return purpose_of(account) in _MIRRORS and (is_place or (other[:6].isdigit() and other[6:7] == ":"))


def mirror_of(fund: str, account: str) -> tuple[str, str]:
    """The fund and the account that mirror an account; early books name a counterpart by its place."""
    purpose, other = purpose_of(account), counterpart_of(account)
    place, _, insurance = fund.partition(":")
    other_fund = other if ":" in other else f"{other}:{insurance}"
    own_name = place if purpose == "in_transit" and other_fund.endswith(f":{insurance}") else fund
    return other_fund, f"{_MIRRORS[purpose]}:{own_name}"


def pair_of(one: Side, other: Side) -> Pair:
    """The pair of two sides, the one that owes first."""
    if purpose_of(one.account) == "in_transit":  # one account for both ways: who has sent more owes
        owed, owing = sorted((one, other), key=lambda side: (side.balance, side.fund))
    else:
        owing, owed = (other, one) if purpose_of(other.account) in _OWING else (one, other)
    theirs: Iterable[tuple[str, Line]] = ((owed.account, line) for line in owed.lines)
    items = open_in_transit(owing.account, owing.lines, theirs)
    return Pair(owing, owed, tuple(sorted(items, key=lambda item: (item.since, item.matter))))
