"""The cash book of a bank account: day by day what came in and what went out, and what lies there after each line.

Money in the bank stands with a minus in the books, for it is what others hold for the fund; the cash book shows it as
the bank does. A batch of many payments is one line with their number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from wayfare.funds.reports.lines import Line
from wayfare.funds.reports.meaning import meaning_of
from wayfare.kernel import Money

__all__ = ["CashBook", "CashLine", "cash_book"]


@dataclass(frozen=True, slots=True)
class CashLine:
    """What one batch did to the bank account: `other` is the account on the other side where it is only one."""

    on: date
    batch: int
    key: str
    meaning: str
    other: str
    transfers: int
    paid_in: Money
    paid_out: Money
    balance: Money

    def as_document(self) -> dict[str, Any]:
        """The row with amounts in yuan as text."""
        return {
            "on": self.on.isoformat(), "batch": self.batch, "key": self.key, "meaning": self.meaning,
            "other": self.other, "transfers": self.transfers, "in": str(self.paid_in), "out": str(self.paid_out),
            "balance": str(self.balance),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class CashBook:
    """A bank account from one day to another, both included."""

    fund: str
    account: str
    first: date
    last: date
    opening: Money
    lines: tuple[CashLine, ...]

    @property
    def paid_in(self) -> Money:
        """All that came in."""
        return Money.total(line.paid_in for line in self.lines)

    @property
    def paid_out(self) -> Money:
        """All that went out."""
        return Money.total(line.paid_out for line in self.lines)

    @property
    def closing(self) -> Money:
        """What lies there at the end."""
        return self.opening + self.paid_in - self.paid_out

    def as_document(self) -> dict[str, Any]:
        """What --json prints."""
        return {
            "fund": self.fund, "account": self.account, "from": self.first.isoformat(), "to": self.last.isoformat(),
            "opening": str(self.opening), "lines": [line.as_document() for line in self.lines],
            "in": str(self.paid_in), "out": str(self.paid_out), "closing": str(self.closing),
        }  # fmt: skip


def cash_book(
    fund: str, account: str, first: date, last: date, *, balance_before: Money, lines: Iterable[Line]
) -> CashBook:
    """The cash book of these lines in the order of days; `balance_before` is the book's, credits less debits."""
    balance, out = -balance_before, []
    ordered = sorted(lines, key=lambda line: (line.on, line.batch, line.line))
    for (on, batch), group in groupby(ordered, key=lambda line: (line.on, line.batch)):
        rows = list(group)
        paid_in = Money.total(row.amount for row in rows if row.debit == account)
        paid_out = Money.total(row.amount for row in rows if row.credit == account)
        balance = balance + paid_in - paid_out
        others = {row.other(account) for row in rows}
        meanings = list(dict.fromkeys(meaning_of(row) for row in rows))
        out.append(
            CashLine(
                on, batch, rows[0].key, meanings[0] if len(meanings) == 1 else "several",
                others.pop() if len(others) == 1 else "", len(rows), paid_in, paid_out, balance,
            )
        )  # fmt: skip
    return CashBook(fund, account, first, last, -balance_before, tuple(out))
