"""A bank's statement read from CSV by the import contract: good lines are kept, each bad one is told with its line.

Columns: `id` (unique in the account), `on` (2024-06-30), `amount` (yuan; a minus is money out) or the two columns `in`
and `out`, and if the bank gives them `balance`, `payer`, `reference`, `text`. Where it gives `balance`, the statement's
opening and closing follow from its first and last line, and each line is checked against the one before.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from wayfare.funds.reports.errors import BankColumnsMissing, BankLineWrong
from wayfare.kernel import Money
from wayfare.kernel.errors import WayfareError

__all__ = ["BankLine", "BankStatement", "read_bank_statement"]


@dataclass(frozen=True, slots=True)
class BankLine:
    """One line of a bank statement; money into the account is positive."""

    id: str
    on: date
    amount: Money
    payer: str = ""
    reference: str = ""
    text: str = ""

    def as_document(self) -> dict[str, Any]:
        """The line with its amount in yuan as text."""
        return {
            "id": self.id, "on": self.on.isoformat(), "amount": str(self.amount), "payer": self.payer,
            "reference": self.reference, "text": self.text,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class BankStatement:
    """A bank account from one day to another with the balances the bank states, and its lines."""

    fund: str
    account: str
    first: date
    last: date
    opening: Money
    closing: Money
    lines: tuple[BankLine, ...]

    @property
    def difference(self) -> Money:
        """Opening plus lines less closing; zero for a whole statement."""
        return self.opening + Money.total(line.amount for line in self.lines) - self.closing


@dataclass(frozen=True, slots=True)
class _Row:
    line: BankLine
    number: int
    balance: Money | None


def read_bank_statement(
    text: str, *, first: date | None = None, last: date | None = None
) -> tuple[list[BankLine], tuple[Money, Money] | None, list[BankLineWrong]]:
    """The good lines in their order, opening and closing where the bank prints balances, and the bad lines.

    A line before the first or after the last day of the statement is a bad one. Raises BankColumnsMissing when no line
    could be read for want of a column.
    """
    reader = csv.DictReader(StringIO(text.lstrip("\ufeff"), newline=""), restkey="more")
    _check_columns([name.strip() for name in reader.fieldnames or ()])
    good, bad, seen = [], list[BankLineWrong](), dict[str, int]()
    for found in reader:
        number = reader.line_num
        try:
            row = _row({str(name).strip(): value for name, value in found.items()}, number)
            if row.line.id in seen:
                raise _wrong(f"its id {row.line.id} is also that of line {seen[row.line.id]}", number, "id")
            if (first is not None and row.line.on < first) or (last is not None and row.line.on > last):
                raise _wrong(f"{row.line.on} is not among the days of the statement", number, "on")
            seen[row.line.id] = number
            good.append(row)
        except BankLineWrong as fault:
            bad.append(fault)
    return [row.line for row in good], _balances(good, bad), bad


def _check_columns(names: Iterable[str]) -> None:
    found = set(names)
    missing = {"id", "on"} - found
    if "amount" not in found and not {"in", "out"} <= found:
        missing.add("amount")
    if missing:
        raise BankColumnsMissing(
            f"The statement has no column {', '.join(sorted(missing))}; it has {', '.join(sorted(found)) or 'none'}.",
            next_step="Name its columns id, on, amount (or in and out), and balance, payer, reference, text if any.",
        )


def _row(found: Mapping[str, Any], number: int) -> _Row:
    if found.get("more") or any(value is None for value in found.values()):
        raise _wrong("it has another number of columns than the head", number, None)
    cells = {name: str(value).strip() for name, value in found.items()}
    if not cells["id"]:
        raise _wrong("it has no id", number, "id")
    try:
        on = date.fromisoformat(cells["on"])
    except ValueError:
        raise _wrong(f"{cells['on']!r} is not a day such as 2024-06-30", number, "on") from None
    amount = _amount(cells, number)
    if not amount:
        raise _wrong("it moves nothing", number, "amount")
    line = BankLine(cells["id"], on, amount, *(cells.get(name, "") for name in ("payer", "reference", "text")))
    return _Row(line, number, _yuan(cells["balance"], number, "balance") if cells.get("balance") else None)


def _amount(cells: Mapping[str, str], number: int) -> Money:
    if "amount" in cells:
        return _yuan(cells["amount"], number, "amount")
    paid_in, paid_out = (_yuan(cells[name], number, name) if cells[name] else Money.ZERO for name in ("in", "out"))
    if paid_in < Money.ZERO or paid_out < Money.ZERO:
        raise _wrong("in and out are amounts without a minus", number, "in")
    return paid_in - paid_out


def _yuan(text: str, number: int, field: str) -> Money:
    try:
        return Money.yuan(text.replace(",", ""))
    except WayfareError:
        raise _wrong(f"{text[:40]!r} is not an amount in yuan", number, field) from None


def _balances(rows: list[_Row], bad: list[BankLineWrong]) -> tuple[Money, Money] | None:
    """Opening and closing as the bank prints them; a break between two good lines is told at the later one."""
    if bad or not rows or any(row.balance is None for row in rows):
        return None
    balance = opening = (rows[0].balance or Money.ZERO) - rows[0].line.amount
    for row in rows:
        balance += row.line.amount
        if balance != row.balance:
            found = f"the bank prints a balance of {row.balance}, the lines make {balance}"
            bad.append(_wrong(found, row.number, "balance"))
            return None
    return opening, balance


def _wrong(what: str, line: int, field: str | None) -> BankLineWrong:
    return BankLineWrong(
        f"Line {line} is not taken: {what}.",
        next_step="Correct the line and import the file again.",
        field=field,
        line=line,
    )
