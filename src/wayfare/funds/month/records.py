"""The records of an office as CSV: which columns each kind has, and what a line says.

A file is read line by line. A good line becomes a record; a bad one is reported with its line, a code and what to do,
and costs no other line anything. docs/how-to/run-a-month.md lists the columns for people.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from wayfare.funds.month.errors import ImportFileWrong, LineContradicts, LineWrong
from wayfare.kernel import Money, Month, Place
from wayfare.kernel.errors import WayfareError

__all__ = ["DUE_DAY", "KINDS", "OPEN_MONTH", "Kind", "Problem", "Record", "month_of", "read_records", "yyyymm"]

DUE_DAY: Final = "due_day"
"""The rule by which day of the month after a month is to be paid: the office's own, which no clause reads."""
OPEN_MONTH: Final = 219912  # the end of an enrolment that still runs
HIGHEST_WAGE_FEN: Final = 20_000_000  # as the law's facts are bounded
_NAME = re.compile(r"[^\s:]{1,64}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMOUNT = re.compile(r"[0-9]{1,13}\.[0-9]{2}")
_OF_EXCEL = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+")
_AS_UTF_8 = "Save the file as UTF-8; Excel calls it CSV UTF-8."
_TEXT_MOST = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that was left out: its number in the file, and why."""

    line: int
    error: WayfareError

    def as_document(self) -> dict[str, Any]:
        """Line, code, message with its next step, and the column."""
        return {**self.error.as_document(), "line": self.line}


@dataclass(frozen=True, slots=True)
class Record:
    """A good line: its number in the file, what it is about, and what it says of that."""

    line: int
    key: tuple[Any, ...]
    content: tuple[Any, ...]


@dataclass(frozen=True)
class Kind:
    """A kind of record: its table, the table's key and other columns, and the CSV columns that give them, in order."""

    name: str
    table: str
    key: tuple[str, ...]
    content: tuple[str, ...]
    columns: Mapping[str, Callable[[str], Any]]
    optional: tuple[str, ...] = ()
    can_change: bool = True
    check: Callable[[dict[str, Any]], None] = lambda _: None


def read_records(kind: Kind, lines: Iterable[str]) -> Iterator[Record | Problem]:
    """Each line of a CSV file as a record or a problem. Raises ImportFileWrong when the heading does not fit.

    A line that says again what an earlier one said is a record once more; one that says otherwise is a problem.
    """
    numbered = enumerate(lines, start=1)
    heading = _heading(kind, next(numbered, (1, ""))[1])
    said: dict[int, int] = {}
    for number, line in numbered:
        try:
            fields = _fields(line)
        except csv.Error as fault:
            yield Problem(number, _wrong(f"The line cannot be read: {fault}.", "Quote its fields as CSV."))
            continue
        if any(field.strip() for field in fields):
            yield _once(said, _record(kind, heading, fields, number))


def _fields(line: str) -> list[str]:
    """The fields of one line: no field goes on in the next, so a quote left open costs its own line alone."""
    return next(csv.reader([line], strict=True), [])


def yyyymm(month: Month) -> int:
    """A month as the books write it, 202406."""
    return month.index // 12 * 100 + month.index % 12 + 1


def month_of(yyyymm: int) -> Month:
    """The month of the books' number, 202406."""
    return Month.at(yyyymm // 100 * 12 + yyyymm % 100 - 1)


def _heading(kind: Kind, line: str) -> list[str]:
    try:
        heading = [name.strip().lower() for name in _fields(line)]
    except csv.Error:
        heading = [line.strip()]
    lacking = [name for name in kind.columns if name not in heading and name not in kind.optional]
    more = [name for name in heading if name not in kind.columns]
    if lacking or more or len(set(heading)) != len(heading):
        found = ", ".join(heading).encode("utf-8", "replace").decode() or "nothing"
        raise ImportFileWrong(
            f"The heading of a file of {kind.name} does not fit; it says {found}.",
            next_step=f"Write {', '.join(kind.columns)} in the first line; {', '.join(kind.optional) or 'none'} may "
            "be left out. Save it as UTF-8, with commas between the fields.",
        )
    return heading


def _record(kind: Kind, heading: list[str], fields: list[str], line: int) -> Record | Problem:
    try:
        if len(fields) != len(heading):
            raise _wrong(f"The line has {len(fields)} fields, the heading {len(heading)}.", "Quote fields with commas.")
        said = {name: field.strip() for name, field in zip(heading, fields, strict=True)}
        values = {name: _value(name, read, said.get(name, "")) for name, read in kind.columns.items()}
        kind.check(values)
    except WayfareError as fault:
        return Problem(line, fault)
    return Record(line, _columns(kind.key, values), _columns(kind.content, values))


def _columns(names: tuple[str, ...], values: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of columns of the table, which files may call otherwise."""
    return tuple(next(values[name] for name in _IN_FILES.get(column, (column,)) if name in values) for column in names)


def _value(name: str, read: Callable[[str], Any], text: str) -> Any:
    if any("\ud800" <= c <= "\udfff" or c < " " for c in text):
        raise _wrong(f"{name} holds bytes that are not UTF-8 text.", _AS_UTF_8, name)
    try:
        return read(text)
    except WayfareError as fault:
        raise _wrong(f"{name}: {fault.found}", fault.next_step, name) from fault


def _once(said: dict[int, int], found: Record | Problem) -> Record | Problem:
    """The record, unless the file has said otherwise about the same thing; hashes keep a large file's memory small."""
    if isinstance(found, Problem):
        return found
    first = said.setdefault(hash(found.key), hash(found.content))
    if first == hash(found.content):
        return found
    shown = ", ".join(_shown(part) for part in found.key if part is not None)
    return Problem(
        found.line,
        LineContradicts(
            f"An earlier line of this file says otherwise about {shown}.",
            next_step="Keep the line that is right; a correction comes in a later file.",
        ),
    )


def _shown(part: Any) -> str:
    """A part of a key as the file writes it: months with a hyphen."""
    return f"{part // 100}-{part % 100:02}" if isinstance(part, int) else str(part)


def _wrong(found: str, next_step: str, field: str | None = None) -> LineWrong:
    return LineWrong(found, next_step=next_step, field=field)


# ---- what a field says
def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise _wrong(f"{text!r} is no name.", "Write up to 64 characters without spaces and colons.")
    if _OF_EXCEL.fullmatch(text):
        raise _wrong(
            f"{text!r} is a number that a spreadsheet has cut short.", "Make the column text and type it anew."
        )
    if not text.isprintable() or not (text.isascii() or unicodedata.is_normalized("NFKC", text)):
        raise _wrong(
            f"{text!r} holds full-width or hidden characters, and would be another name.",
            "Write letters and digits in half width: SH-0001.",
        )
    return text


def _name_or_none(text: str) -> str | None:
    return _name(text) if text else None


def _text(text: str) -> str:
    if not text:
        raise _wrong("there is nothing.", "Write a short text.")
    return _any_text(text)


def _any_text(text: str) -> str:
    if len(text) > _TEXT_MOST:
        raise _wrong(f"the text has {len(text)} characters.", f"Write at most {_TEXT_MOST}.")
    return text


def _place(text: str) -> int:
    return int(Place(text).code)


def _place_or_none(text: str) -> int | None:
    return _place(text) if text else None


def _month(text: str) -> int:
    return yyyymm(Month(text))


def _month_or_none(text: str) -> int | None:
    return _month(text) if text else None


def _end(text: str) -> int:
    return _month(text) if text else OPEN_MONTH


def _basis(text: str) -> str:
    if text not in ("employee", "flexible"):
        raise _wrong(f"{text!r} is no basis.", "Write employee or flexible.")
    return text


def _day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise _wrong(f"{text!r} is no day.", "Write year, month and day: 2024-07-15.")


def _amount(text: str) -> int:
    if not _AMOUNT.fullmatch(text):
        raise _wrong(f"{text!r} is no amount.", "Write yuan with two decimals and no other sign: 1234.50.")
    return Money.yuan(text).amount_fen


def _paid(text: str) -> int:
    fen = _amount(text)
    if fen == 0:
        raise _wrong("a payment of nothing is none.", "Leave the line out.")
    return fen


def _wage(text: str) -> int:
    fen = _amount(text)
    if fen > HIGHEST_WAGE_FEN:
        raise _wrong(f"{text} is above {HIGHEST_WAGE_FEN // 100} yuan a month.", "Correct the wage.")
    return fen


def _enrolment_fits(values: dict[str, Any]) -> None:
    if (values["basis"] == "flexible") != (values["employer"] is None):
        raise _wrong(
            "An employee has an employer; who pays alone has none.", "Correct employer or basis.", "employer"
        )
    if values["to"] < values["from"]:
        raise _wrong("The enrolment ends before it begins.", "Write in `to` the first month not covered.", "to")


def _rule_fits(values: dict[str, Any]) -> None:
    if values["name"] == DUE_DAY and not (values["value"].isdigit() and 1 <= int(values["value"]) <= 31):
        raise _wrong(f"{values['value']!r} is no day of a month.", "Write 1 to 31; 31 is the last day.", "value")


_IN_FILES: Final = {
    "from_month": ("from",), "to_month": ("to",), "on_day": ("on",), "payer_reference": ("payer",),
    "fen": ("wage", "amount"),
}  # fmt: skip
"""Columns of the tables and what files call them."""

KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        Kind("employers", "office.employer", ("id",), ("name", "place", "credit_code"),
             {"id": _name, "name": _text, "place": _place_or_none, "credit_code": _name_or_none},
             ("place", "credit_code")),
        Kind("enrolments", "office.enrolment", ("member", "employer", "from_month"), ("basis", "place", "to_month"),
             {"member": _name, "employer": _name_or_none, "basis": _basis, "place": _place_or_none, "from": _month,
              "to": _end}, ("place", "to"), check=_enrolment_fits),
        Kind("wages", "office.wage", ("member", "month"), ("fen",),
             {"member": _name, "month": _month, "wage": _wage}),
        Kind("payments", "office.payment", ("id",),
             ("bank_account", "on_day", "fen", "payer_reference", "for_month", "text"),
             {"id": _name, "bank_account": _name, "on": _day, "amount": _paid, "payer": _any_text,
              "for_month": _month_or_none, "text": _any_text}, ("for_month", "text"), can_change=False),
        Kind("rules", "office.rule", ("name", "from_month"), ("value", "source"),
             {"name": _name, "from": _month, "value": _text, "source": _text}, check=_rule_fits),
    )
}  # fmt: skip
