"""One fund's book: its accounts, its batches with their marks, the money on the way, and the sum, which is zero.

The values come from the ledger as they are; a book whose accounts do not add up is refused, never shown. Members'
accounts stand as one line, for nobody's balance belongs on a page about the fund.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from wayfare.kernel import Money, Place
from wayfare.portals.errors import BookUnbalanced
from wayfare.portals.language import Language, Words
from wayfare.portals.page import Links, render

__all__ = ["BatchKind", "BatchLine", "FundAccount", "FundBook", "InTransit", "account_lines", "fund_book_page"]

BATCHES_SHOWN: Final = 24
"""How many of the last batches stand open on the page; those before them are folded."""

MARK_SHOWN: Final = 16
"""How many characters of a mark the list shows; the last mark stands in full."""

_MEMBER: Final = "account"
_PLACE: Final = re.compile(r"\d{6}")


class BatchKind(StrEnum):
    """What a batch is about."""

    CONTRIBUTIONS = "contributions"
    INTEREST = "interest"
    TRANSFER_OUT = "transfer_out"
    TRANSFER_IN = "transfer_in"
    PENSION = "pension"
    REVERSAL = "reversal"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FundAccount:
    """An account of the fund, or several of one kind as one line; `purpose` and `counterpart` are its name's parts."""

    purpose: str
    balance: Money
    counterpart: str | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch as posted: its number in the fund, the day it counts for, its rows, their total, and its mark."""

    number: int
    on: date
    kind: BatchKind
    rows: int
    total: Money
    mark: str


@dataclass(frozen=True, slots=True)
class InTransit:
    """Money sent to or expected from another fund that has not been booked on both sides."""

    counterpart: str
    is_outgoing: bool
    amount: Money
    since: date | None = None


@dataclass(frozen=True, slots=True)
class FundBook:
    """The book of one fund on a day. Raises BookUnbalanced unless the accounts add up to zero."""

    place: Place
    insurance: str
    on: date
    accounts: tuple[FundAccount, ...]
    batches: tuple[BatchLine, ...] = ()
    in_transit: tuple[InTransit, ...] = ()

    def __post_init__(self) -> None:
        total = Money.total(account.balance for account in self.accounts)
        if total:
            raise BookUnbalanced(
                f"The accounts of {self.place}:{self.insurance} add up to {total} yuan, not to zero.",
                next_step="Give every account of the trial balance, also those outside the fund, and check the book.",
            )

    def balance_of(self, purpose: str) -> Money:
        """What all accounts of a purpose hold together."""
        return Money.total(account.balance for account in self.accounts if account.purpose == purpose)

    def members(self) -> int:
        """How many members have an own account."""
        return sum(account.count for account in self.accounts if account.purpose == _MEMBER)

    def by_year(self) -> Mapping[int, Mapping[BatchKind, Money]]:
        """The totals of the batches by year and kind, in order of years."""
        years: dict[int, dict[BatchKind, Money]] = {}
        for batch in self.batches:
            kinds = years.setdefault(batch.on.year, {})
            kinds[batch.kind] = kinds.get(batch.kind, Money.ZERO) + batch.total
        return dict(sorted(years.items()))


def account_lines(trial_balance: Mapping[str, Money]) -> tuple[FundAccount, ...]:
    """The accounts of a trial balance by name, the members' joined into one line that counts them."""
    members = [balance for name, balance in trial_balance.items() if name.partition(":")[0] == _MEMBER]
    lines = [
        FundAccount(purpose, balance, counterpart or None)
        for name, balance in trial_balance.items()
        for purpose, _, counterpart in [name.partition(":")]
        if purpose != _MEMBER
    ]
    joined = [FundAccount(_MEMBER, Money.total(members), count=len(members))] if members else []
    return (*joined, *lines)


def fund_name(book: FundBook, words: Words) -> str:
    """What the fund is called: Shanghai, Employees’ pension fund."""
    return words.say("book.name", place=words.place(book.place), insurance=words.say(f"insurance.{book.insurance}"))


def fund_book_page(book: FundBook, language: Language, links: Links) -> str:
    """The book as one self-contained HTML file."""
    words = Words(language)
    name = fund_name(book, words)
    years = book.by_year()
    return render(
        "fund_book.html.jinja",
        words=words,
        links=links,
        title=words.say("book.title", fund=name),
        book=book,
        name=name,
        pooled=book.balance_of("pooled_fund"),
        members=book.balance_of(_MEMBER),
        transit=Money.total(each.amount for each in book.in_transit),
        accounts=_by_purpose(book, words),
        years=years,
        kinds=[kind for kind in BatchKind if any(kind in totals for totals in years.values())],
        paid_in=_paid_in(years),
        moves=[(_named(each.counterpart, words), each) for each in book.in_transit],
        shown=book.batches[-BATCHES_SHOWN:],
        earlier=book.batches[:-BATCHES_SHOWN],
        mark_shown=MARK_SHOWN,
    )


def _by_purpose(book: FundBook, words: Words) -> list[tuple[str, FundAccount]]:
    """Each account with its name: what the fund owns and owes first, where it came from last."""
    named = [
        (words.say(f"account.{_purpose(each)}", **{"with": _named(each.counterpart or "", words)}), each)
        for each in book.accounts
    ]
    return sorted(named, key=lambda pair: (pair[1].balance < Money.ZERO, -abs(pair[1].balance.amount_fen)))


def _purpose(account: FundAccount) -> str:
    """What an account is for; what passed through transit was sent when it stands with a plus, else received."""
    if account.purpose != "in_transit":
        return account.purpose
    return "in_transit_in" if account.balance < Money.ZERO else "in_transit_out"


def _named(counterpart: str, words: Words) -> str:
    """A counterpart in words: the place of another fund, or one of the known outsiders, else as it is written."""
    if _PLACE.match(counterpart):
        return words.place(Place(counterpart[:6]))
    key = f"account.with.{counterpart.rpartition(':')[2]}"
    return words.say(key) if words.says(key) else counterpart


def _paid_in(years: Mapping[int, Mapping[BatchKind, Money]]) -> list[tuple[int, Money, float]]:
    """Each year with its contributions and their share of the greatest year, as a width of 100."""
    amounts: dict[int, Money] = defaultdict(lambda: Money.ZERO)
    for year, kinds in years.items():
        if kinds.get(BatchKind.CONTRIBUTIONS):
            amounts[year] = kinds[BatchKind.CONTRIBUTIONS]
    most = max((amount.amount_fen for amount in amounts.values()), default=0)
    return [(year, amount, 100 * amount.amount_fen / most) for year, amount in amounts.items()]
