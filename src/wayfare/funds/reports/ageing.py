"""What stands open and since when: money in suspense, and money on the way between two funds.

Lines about one matter settle each other. What is then left in suspense is settled oldest first, for a payment that was
matched need not name the one it came from. Money on the way is open while only one of the two funds has booked it,
so the lines of both are laid together; what is open adds up to what the accounts of both hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wayfare.funds.moves import KnownMove
from wayfare.funds.reports.errors import ReportUnbalanced
from wayfare.funds.reports.lines import Line, counterpart_of
from wayfare.kernel import Money

__all__ = ["BUCKETS", "Ageing", "OpenItem", "ageing", "bucket_of", "open_in_suspense", "open_in_transit"]

BUCKETS: Mapping[str, int | None] = {"0-30": 30, "31-90": 90, "91-365": 365, "over 365": None}
"""The stretches of age with their last day."""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One matter that is open: with whom, since when, and how much; a minus is money that arrived unannounced."""

    account: str
    counterpart: str
    matter: str
    since: date
    amount: Money

    def days(self, on: date) -> int:
        """How many days it has been open."""
        return (on - self.since).days

    def as_document(self, on: date) -> dict[str, Any]:
        """The item with its age on a day."""
        return {
            "account": self.account, "counterpart": self.counterpart, "matter": self.matter,
            "since": self.since.isoformat(), "days": self.days(on), "amount": str(self.amount),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ageing:
    """The open items of a fund on a day, and what its accounts (with the other side's) hold: the two are equal.

    `set_aside` waits to move and has not: it is no part of either.
    """

    fund: str
    on: date
    items: tuple[OpenItem, ...]
    balance: Money
    other_side: Money
    set_aside: tuple[KnownMove, ...] = ()

    @property
    def total(self) -> Money:
        """All that is open."""
        return Money.total(item.amount for item in self.items)

    def table(self) -> dict[tuple[str, str], dict[str, Money]]:
        """By account and counterpart what is open in each stretch of age."""
        found: dict[tuple[str, str], dict[str, Money]] = {}
        for item in self.items:
            row = found.setdefault((item.account, item.counterpart), dict.fromkeys(BUCKETS, Money.ZERO))
            row[bucket_of(item.days(self.on))] += item.amount
        return found

    def as_document(self) -> dict[str, Any]:
        """What --json prints."""
        rows = [
            {"account": account, "counterpart": other, **{name: str(amount) for name, amount in row.items()}}
            for (account, other), row in self.table().items()
        ]
        return {
            "fund": self.fund, "on": self.on.isoformat(), "rows": rows,
            "items": [item.as_document(self.on) for item in self.items], "total": str(self.total),
            "balance": str(self.balance), "other_side": str(self.other_side),
            "set_aside": [move.as_document(self.on) for move in self.set_aside],
        }  # fmt: skip


def bucket_of(days: int) -> str:
    """The stretch of age that so many days fall into."""
    return next(name for name, last in BUCKETS.items() if last is None or days <= last)


def ageing(
    fund: str, on: date, items: Iterable[OpenItem], *, balance: Money, other_side: Money = Money.ZERO,
    set_aside: Iterable[KnownMove] = (),
) -> Ageing:  # fmt: skip
    """The report of these open items. Raises ReportUnbalanced unless they add up to the balances."""
    ordered = sorted(items, key=lambda item: (item.account, item.counterpart, item.since, item.matter))
    found = Ageing(fund, on, tuple(ordered), balance, other_side, tuple(set_aside))
    if found.total != balance + other_side:
        raise ReportUnbalanced(
            f"Open items of {fund} add up to {found.total} yuan; the accounts hold {balance + other_side}.",
            next_step="Read the book back with wayfare fund verify before anything is posted to it.",
        )
    return found


def open_in_suspense(account: str, lines: Iterable[Line]) -> list[OpenItem]:
    """What is open on an account: by matter first, then debits use up the oldest credits."""
    found = _by_matter(account, ((line, line.change(account), _reference(line)) for line in lines))
    credits = sorted((item for item in found if item.amount > Money.ZERO), key=lambda item: item.since)
    debits = sorted((item for item in found if item.amount < Money.ZERO), key=lambda item: item.since)
    return _used_up(credits, debits)


def open_in_transit(account: str, own: Iterable[Line], other: Iterable[tuple[str, Line]]) -> list[OpenItem]:
    """What one fund sent or received and the other has not booked; `other` are the other fund's account and lines."""
    both = [(line, line.change(account), line.matter) for line in own]
    both += [(line, line.change(theirs), line.matter) for theirs, line in other]
    return _by_matter(account, both)


def _reference(line: Line) -> str:
    """What a payment and its matches have in common: its id; else the batch's key without its first word."""
    head, *rest = line.matter.split(":")
    return rest[0] if rest and head in ("payment", "match", "unmatch") else ":".join(rest) or line.key


def _by_matter(account: str, lines: Iterable[tuple[Line, Money, str]]) -> list[OpenItem]:
    found: dict[str, OpenItem] = {}
    for line, change, matter in lines:
        item = found.get(matter) or OpenItem(account, counterpart_of(account), matter, line.on, Money.ZERO)
        found[matter] = replace(item, since=min(item.since, line.on), amount=item.amount + change)
    return [item for item in found.values() if item.amount]


def _used_up(credits: list[OpenItem], debits: list[OpenItem]) -> list[OpenItem]:
    """The oldest credits are used first; debits beyond all credits stay open with a minus."""
    left = sum(-item.amount.amount_fen for item in debits)
    out = []
    for item in credits:
        used = min(left, item.amount.amount_fen)
        left -= used
        if used < item.amount.amount_fen:
            out.append(replace(item, amount=item.amount - Money.fen(used)))
    for item in reversed(debits):
        short = min(left, -item.amount.amount_fen)
        left -= short
        if short:
            out.append(replace(item, amount=Money.fen(-short)))
    return out
