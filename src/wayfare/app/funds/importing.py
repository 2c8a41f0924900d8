"""Take a CSV file of an office's records in: good lines are kept, each bad one is told, and again is harmless.

A file that comes again adds nothing that it has added, and does not undo what was corrected since. A file is one
transaction, there as far as its report says or not at all, and read in chunks, so that its size does not matter.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from wayfare.app.sessions import at_work
from wayfare.funds.month import KINDS, Kind, Problem, Record, read_records
from wayfare.funds.month.errors import ImportFileWrong, LineContradicts, LineUnknownName, LineWrong
from wayfare.funds.month.records import month_of
from wayfare.funds.month.rules import check_rule
from wayfare.kernel.errors import WayfareError
from wayfare.kernel.regions import ever_known
from wayfare.law import Law
from wayfare.ledger import check_fund
from wayfare.ledger.chart import chart_of
from wayfare.ledger.errors import AccountWrong
from wayfare.storage import Database, Role
from wayfare.storage.office_store import OfficeStore

__all__ = ["Imported", "import_records"]

_CHUNK: Final = 5_000


@dataclass
class Imported:
    """What came of a file: lines that were new, that corrected, that say what is held already, and those left out."""

    kind: str
    fund: str
    added: int = 0
    corrected: int = 0
    repeated: int = 0
    is_again: bool = False
    problems: list[Problem] = field(default_factory=list)

    def as_document(self) -> dict[str, Any]:
        """The counts, and each problem with its line."""
        counts = {"lines": self.lines, "added": self.added, "corrected": self.corrected, "repeated": self.repeated}
        problems = [each.as_document() for each in self.problems]
        about = {"kind": self.kind, "fund": self.fund, "again": self.is_again}
        return {**about, **counts, "left_out": len(problems), "problems": problems}

    @property
    def lines(self) -> int:
        """How many lines the file has below its heading."""
        return self.added + self.corrected + self.repeated + len(self.problems)


def import_records(
    database: Database, law: Law, fund: str, kind: str, path: Path, *, progress: Callable[[int], None] = lambda _: None
) -> Imported:
    """Take a file in; `progress` is told how many lines were read. Raises ImportFileWrong and AccountWrong."""
    check_office(fund)
    file_kind, out = KINDS[kind], Imported(kind, fund)
    with _opened(path) as lines, at_work(database, Role.POSTER, f"import {kind}") as session:
        office = _Office(OfficeStore(session.connection), fund, law)
        office.store.keep_others_out(fund)
        content = hashlib.file_digest(lines.buffer, "sha256").digest()
        lines.buffer.seek(0)
        out.is_again = office.store.knows_file(fund, kind, content)
        for found in _chunks(read_records(file_kind, lines)):
            out.problems += [each for each in found if isinstance(each, Problem)]
            _take(office, file_kind, [each for each in found if isinstance(each, Record)], out)
            progress(out.lines)
        if out.added or out.corrected:
            office.store.add_file(fund, kind, content, added=out.added, corrected=out.corrected)
    out.problems.sort(key=lambda each: each.line)
    return out


def check_office(fund: str) -> None:
    """Raise AccountWrong unless the fund's place is on record and its insurance has a chart.

    So a slip of the pen makes no new fund.
    """
    check_fund(fund)
    place, _, insurance = fund.partition(":")
    chart_of(insurance)
    if not ever_known(place):
        raise AccountWrong(f"No place has the code {place}.", next_step="Write the six digits of the fund's place.")


def _opened(path: Path) -> Any:
    try:
        return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
    except OSError as fault:
        raise ImportFileWrong(f"{path} cannot be read: {fault.strerror}.", next_step="Check the name.") from fault


def _chunks(found: Iterator[Record | Problem]) -> Iterator[list[Record | Problem]]:
    while chunk := list(itertools.islice(found, _CHUNK)):
        yield chunk


def _take(office: _Office, kind: Kind, records: Sequence[Record], out: Imported) -> None:
    records, problems = office.checked(kind, records)
    once = list({each.key: each for each in records}.values())
    out.repeated += len(records) - len(once)
    new: list[Record] = []
    for record, held in zip(once, office.store.held(out.fund, kind, [each.key for each in once]), strict=True):
        if held == record.content or (held is not None and out.is_again and kind.can_change):
            out.repeated += 1  # a file that comes again does not undo what was corrected since
        elif held is not None and not kind.can_change:
            problems.append(Problem(record.line, _says_otherwise(record)))
        else:
            out.corrected += held is not None
            out.added += held is None
            new.append(record)
    out.problems += problems
    if new:
        office.store.add(out.fund, kind, new)


def _says_otherwise(record: Record) -> LineContradicts:
    return LineContradicts(
        f"{record.key[0]} is recorded already, with other content.",
        next_step="What the bank said stays; give a payment of its own another id.",
    )


@dataclass(frozen=True)
class _Office:
    """What the fund knows, against which lines are held."""

    store: OfficeStore
    fund: str
    law: Law

    def checked(self, kind: Kind, records: Sequence[Record]) -> tuple[list[Record], list[Problem]]:
        """The records that name only what the fund knows, with their places filled in, and the others' problems."""
        checks = {"employers": self._employers, "enrolments": self._enrolments, "wages": self._wages,
                  "rules": self._rules}  # fmt: skip
        found = checks.get(kind.name, list)(records)
        good = [each for each in found if isinstance(each, Record)]
        return good, [each for each in found if isinstance(each, Problem)]

    def _employers(self, records: Sequence[Record]) -> list[Record | Problem]:
        return [self._placed(each, each.content[1], at=1) for each in records]

    def _enrolments(self, records: Sequence[Record]) -> list[Record | Problem]:
        places = {employer.id: employer.place for employer in self.store.employers(self.fund)}
        out: list[Record | Problem] = []
        for each in records:
            employer = each.key[1]
            if employer is not None and employer not in places:
                out.append(_unknown(each, f"employer {employer}", "employers"))
            else:
                out.append(self._placed(each, each.content[1] or places.get(employer), at=1))
        return out

    def _wages(self, records: Sequence[Record]) -> list[Record | Problem]:
        unknown = self.store.unknown_members(self.fund, [each.key[0] for each in records])
        return [
            _unknown(each, f"member {each.key[0]}", "enrolments") if each.key[0] in unknown else each
            for each in records
        ]

    def _rules(self, records: Sequence[Record]) -> list[Record | Problem]:
        return [self._rule(each) for each in records]

    def _rule(self, record: Record) -> Record | Problem:
        name, since = record.key
        try:
            check_rule(self.law, self.fund, month_of(since), name, record.content[0])
        except WayfareError as fault:
            return Problem(record.line, fault)
        return record

    def _placed(self, record: Record, place: int | None, *, at: int) -> Record | Problem:
        """The record with its place, which is that of the fund where none is said, and lies in it."""
        whole = self.fund[:6]
        inside = whole[:2] if whole[2:] == "0000" else whole[:4] if whole[4:] == "00" else whole
        place = int(whole) if place is None else place
        if not str(place).startswith(inside):
            return Problem(
                record.line,
                LineWrong(
                    f"{place} does not lie in {whole}, the place of the fund.", next_step="Correct the place, or take "
                    "the line to the fund it belongs to.", field="place",
                ),
            )  # fmt: skip
        return replace(record, content=(*record.content[:at], place, *record.content[at + 1 :]))


def _unknown(record: Record, who: str, kind: str) -> Problem:
    error = LineUnknownName(
        f"The fund has no record of {who}.", next_step=f"Take the {kind} in first, then this file again."
    )
    return Problem(record.line, error)
