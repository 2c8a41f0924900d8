"""Verify the books of funds against themselves, and against the roots kept here and elsewhere.

Every row is read back; each fund gives one finding at most, the first batch that differs. The root of a day is made
once and can then be printed and handed to others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wayfare.app.sessions import at_work
from wayfare.ledger import check_fund
from wayfare.ledger.errors import BookDiffers, RootDiffers
from wayfare.ledger.roots import DailyRoot
from wayfare.storage import Database, Role, Session
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.ledger_verify import verify_book
from wayfare.storage.root_store import RootStore

__all__ = ["Finding", "Report", "root_of_day", "verify_funds"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What differs: the fund (None: the roots), the first batch by number and key where it is one, and in what."""

    fund: str | None
    number: int | None
    key: str | None
    what: str
    message: str


@dataclass
class Report:
    """What was read, and what differs; well when nothing does."""

    funds: int = 0
    batches: int = 0
    transfers: int = 0
    roots: int = 0
    heads: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        """Whether everything is as it was sealed."""
        return not self.findings

    def as_document(self) -> dict[str, Any]:
        """The report as JSON says it."""
        return {
            "well": self.is_well, "funds": self.funds, "batches": self.batches, "transfers": self.transfers,
            "roots": self.roots, "heads": self.heads,
            "findings": [
                {"fund": f.fund, "number": f.number, "key": f.key, "what": f.what, "message": f.message}
                for f in self.findings
            ],
        }  # fmt: skip


def verify_funds(
    database: Database, fund: str | None = None, *, root: DailyRoot | bytes | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:  # fmt: skip
    """Read back the book of a fund, or of every fund; and the roots, also one that was kept elsewhere.

    `root` is that root with its parts, or its 32 bytes alone, which must be one of those kept here.
    """
    if fund is not None:
        check_fund(fund)
    report = Report()
    with at_work(database, Role.POSTER, "verify the books") as session:
        names = LedgerStore(session.connection).funds() if fund is None else (fund,)
        total = sum(head.batches for head in RootStore(session.connection).heads() if head.fund in names)
    for name in names:
        _verify_fund(database, name, report, lambda batches: progress(report.batches + batches, total))
    with at_work(database, Role.POSTER, "verify the roots") as session:
        _verify_roots(session, fund, root, report)
    return report


def root_of_day(database: Database, day: date) -> DailyRoot:
    """The root of a day over all funds, made and kept when it is the first. Raises RootDiffers."""
    with at_work(database, Role.POSTER, f"root of {day}") as session:
        return RootStore(session.connection).keep(day)


def _verify_fund(database: Database, name: str, report: Report, told: Callable[[int], None]) -> None:
    """One fund in a transaction of its own, so that no other fund waits."""
    report.funds += 1
    with at_work(database, Role.POSTER, f"verify {name}") as session:
        try:
            found = verify_book(session.connection, name, told=told)
        except BookDiffers as error:
            report.findings.append(Finding(name, error.number, error.key, error.what, error.found))
            return
    report.batches += found.batches
    report.transfers += found.transfers
    report.heads[name] = found.head.hex()


def _verify_roots(session: Session, fund: str | None, root: DailyRoot | bytes | None, report: Report) -> None:
    store = RootStore(session.connection)
    try:
        kept = store.roots()
        report.roots = len(kept)
        for day, _ in kept:
            found = store.kept(day)
            assert found is not None
            store.check(found, fund)
        if fund is None:
            store.check_added()
        if isinstance(root, DailyRoot):
            store.check(root, fund)
        elif root is not None and root not in [each for _, each in kept]:
            raise RootDiffers(
                f"No root kept here is {root.hex()}.",
                next_step="The roots, or the books with them, were rewritten. Compare with the last backup.",
            )
    except RootDiffers as error:
        report.findings.append(Finding(None, None, None, "root", error.found))
