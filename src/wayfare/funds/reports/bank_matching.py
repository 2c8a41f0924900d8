"""The bank's lines matched with the fund's cash book, and what remains on either side.

A line of the bank meets the book's first by the id in the batch's key (`payment:<id>`), then by reference, then by
amount and the nearest day; each line once, always to the fen, never further apart than the window. A batch of many
payments may meet one line of the bank by its total. The rest explains the difference between bank and book, fully.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from wayfare.funds.reports.bank import BankLine, BankStatement
from wayfare.funds.reports.lines import Line
from wayfare.kernel import Money

__all__ = ["WINDOW_DAYS", "BankMatching", "BookItem", "Match", "book_items", "match_bank"]

WINDOW_DAYS: Final = 5
"""How many days bank and book may lie apart for a match without id: a habit of offices, no law."""


@dataclass(frozen=True, slots=True)
class BookItem:
    """One line of the cash book, or a batch's whole (`transfers` > 1); money into the bank account is positive."""

    batch: int
    key: str
    on: date
    amount: Money
    lines: tuple[int, ...]

    def as_document(self) -> dict[str, Any]:
        """The item with its amount in yuan as text."""
        return {
            "batch": self.batch, "key": self.key, "on": self.on.isoformat(), "amount": str(self.amount),
            "transfers": len(self.lines),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """A line of the bank and its item of the book; `by` says how they met: id, reference, amount or total."""

    bank: BankLine
    book: BookItem
    by: str


@dataclass(frozen=True, slots=True)
class BankMatching:
    """A bank account on a day: matches, what only one side has, and the balances of both."""

    fund: str
    account: str
    on: date
    matches: tuple[Match, ...]
    only_bank: tuple[BankLine, ...]
    only_book: tuple[BookItem, ...]
    opening: Money
    bank_closing: Money
    book_closing: Money
    gaps: tuple[str, ...] = ()

    @property
    def lines_difference(self) -> Money:
        """Opening plus all lines of the bank less its closing; zero when no line is missing."""
        lines = Money.total([*(match.bank.amount for match in self.matches), *(line.amount for line in self.only_bank)])
        return self.opening + lines - self.bank_closing

    @property
    def unexplained(self) -> Money:
        """Bank less book, less what only the bank has, plus what only the book has; zero when all is explained."""
        only_bank = Money.total(line.amount for line in self.only_bank)
        only_book = Money.total(item.amount for item in self.only_book)
        return self.bank_closing - self.book_closing - only_bank + only_book

    def as_document(self) -> dict[str, Any]:
        """What --json prints."""
        matches = [
            {"bank": match.bank.as_document(), "book": match.book.as_document(), "by": match.by}
            for match in self.matches
        ]
        return {
            "fund": self.fund, "account": self.account, "on": self.on.isoformat(), "opening": str(self.opening),
            "bank_closing": str(self.bank_closing), "book_closing": str(self.book_closing), "matches": matches,
            "only_bank": [line.as_document() for line in self.only_bank],
            "only_book": [item.as_document() for item in self.only_book],
            "lines_difference": str(self.lines_difference), "unexplained": str(self.unexplained),
            "gaps": list(self.gaps),
        }  # fmt: skip


def book_items(account: str, lines: Iterable[Line]) -> list[BookItem]:
    """The lines of a bank account as the bank sees them, in the order of days.

    A payment that was taken back and booked again (`payment:L-1:2`) is there once, for the bank saw it once.
    """
    rows = list(lines)
    gone = _booked_again(rows)
    found = [
        BookItem(row.batch, row.key, row.on, -row.change(account), (row.line,))
        for row in rows if (row.reverses or row.key) not in gone
    ]  # fmt: skip
    return sorted(found, key=lambda item: (item.on, item.batch, item.lines))


def match_bank(
    statements: Sequence[BankStatement], items: Iterable[BookItem], *, on: date, window_days: int = WINDOW_DAYS
) -> BankMatching:
    """The matching of all statements of one account up to a day, in the order of days; there is at least one.

    What the book holds from before the first statement, and no line of the bank is, lies in that statement's opening.
    """
    first, last = statements[0], statements[-1]
    book = list(items)
    book_closing = Money.total(item.amount for item in book)
    bank = [line for statement in statements for line in statement.lines if line.on <= on]
    found = _Finder(bank, book, window_days)
    found.run()
    only_book = tuple(item for item in found.book if item.on >= first.first)
    return BankMatching(
        first.fund, first.account, on, tuple(found.matches), tuple(found.bank), only_book, first.opening, last.closing,
        book_closing, tuple(_gaps(statements)),
    )  # fmt: skip


class _Finder:
    """Takes matches out of both sides, the surest first."""

    def __init__(self, bank: list[BankLine], book: list[BookItem], window_days: int) -> None:
        self.bank = sorted(bank, key=lambda line: (line.on, line.id))
        self.book, self.window, self.matches = book, window_days, list[Match]()
        self._lines_of = Counter(item.batch for item in book)

    def run(self) -> None:
        self._pass("id", _is_named)
        self._totals(_is_named, "id")
        self._pass("reference", lambda line, item: self._near(line, item) and _refers(line, item))
        self._pass("amount", self._near)
        self._totals(self._near, "total")
        self.matches.sort(key=lambda match: (match.bank.on, match.bank.id))

    def _near(self, line: BankLine, item: BookItem) -> bool:
        return abs((line.on - item.on).days) <= self.window

    def _pass(self, by: str, meets: Callable[[BankLine, BookItem], bool]) -> None:
        """Each line of the bank takes the item of its amount that meets it and lies nearest."""
        by_amount: dict[Money, list[BookItem]] = {}
        for item in self.book:
            by_amount.setdefault(item.amount, []).append(item)
        taken, left = set[int](), []
        for line in self.bank:
            free = [item for item in by_amount.get(line.amount, ()) if meets(line, item)]
            if not free:
                left.append(line)
                continue
            item = min(free, key=lambda item: (abs((line.on - item.on).days), item.batch, item.lines))
            taken.add(id(item))
            by_amount[line.amount].remove(item)
            self.matches.append(Match(line, item, by))
        self.bank, self.book = left, [item for item in self.book if id(item) not in taken]

    def _totals(self, meets: Callable[[BankLine, BookItem], bool], by: str) -> None:
        """The same with batches of several lines that are all still open, each as one item."""
        parts: dict[int, list[BookItem]] = {}
        for item in self.book:
            parts.setdefault(item.batch, []).append(item)
        wholes = [_whole(items) for batch, items in parts.items() if 1 < len(items) == self._lines_of[batch]]
        single, before = self.book, len(self.matches)
        self.book = wholes
        self._pass(by, meets)
        met = {match.book.batch for match in self.matches[before:]}
        self.book = [item for item in single if item.batch not in met]


def _whole(items: list[BookItem]) -> BookItem:
    first = items[0]
    lines = tuple(line for item in items for line in item.lines)
    return BookItem(first.batch, first.key, first.on, Money.total(item.amount for item in items), lines)


def _booked_again(rows: Iterable[Line]) -> set[str]:
    """The keys of payments that were taken back and booked again later."""
    last, back = dict[str, int](), dict[str, int]()
    for row in rows:
        if row.key.startswith("payment:"):
            payment = ":".join(row.key.split(":")[:2])
            last[payment] = max(row.batch, last.get(payment, 0))
        elif row.reverses is not None and row.reverses.startswith("payment:"):
            back[row.reverses] = row.batch
    return {key for key, batch in back.items() if last.get(":".join(key.split(":")[:2]), 0) > batch}


def _is_named(line: BankLine, item: BookItem) -> bool:
    """Whether the batch's key ends in the id of the bank's line, or in a number after it (`payment:L-1:2`)."""
    return item.key.endswith(f":{line.id}") or item.key.startswith(f"payment:{line.id}:")


def _refers(line: BankLine, item: BookItem) -> bool:
    """Whether the bank's reference or text names the batch: its key, or the last part of it."""
    last = item.key.rpartition(":")[2]
    return any(said and (item.key in said or said == last) for said in (line.reference, line.text))


def _gaps(statements: Sequence[BankStatement]) -> list[str]:
    """Where one statement does not go on from the one before: days left out, or another balance."""
    out = []
    for before, after in pairwise(statements):
        if (after.first - before.last).days != 1 or after.opening != before.closing:
            out.append(f"{before.last}..{after.first}")
    return out
