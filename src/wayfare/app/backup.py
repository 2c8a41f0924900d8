"""Back the books up and restore them elsewhere, with the proof that what came back is what was kept.

A restored database is verified row by row, and every fund must stand exactly where the manifest says that it stood in
the snapshot of the dump.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from wayfare.app.funds.verify import Finding, Report, verify_funds
from wayfare.app.sessions import at_work
from wayfare.storage import Role, Settings, open_database
from wayfare.storage.backup import Backup, back_up, read_backup, restore
from wayfare.storage.root_store import RootStore

__all__ = ["Restored", "back_up_books", "restore_books"]

Told = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that came back, and what its verification found."""

    backup: Backup
    report: Report


def back_up_books(settings: Settings, target: Path, *, on: date, told: Told = _silent) -> Backup:
    """A backup in a new folder; `on` is the day that its manifest bears. Raises as `storage.backup.back_up` does."""
    return back_up(settings, target, on=on, told=told)


def restore_books(
    settings: Settings, source: Path, *, into: Path | None = None, name: str = "wayfare",
    told: Told = _silent, verifying: Told = _silent,
) -> Restored:  # fmt: skip
    """Restore a backup into an empty database, of the state directory `into` where one is named, and verify it all.

    Raises BackupDamaged before anything is touched, RestoreRefused, and the refusals of opening a database.
    """
    if into is not None:
        settings = replace(settings, state=into, database=None)
    backup = read_backup(source)
    restore(settings, backup, name=name, told=told)
    with open_database(settings, name=name) as database:
        report = verify_funds(database, root=backup.heads, progress=verifying)
        with at_work(database, Role.POSTER, "compare with the manifest") as session:
            heads = RootStore(session.connection).heads()
    if heads != backup.heads.heads:
        what = "The funds do not stand where the manifest of the backup says."
        report.findings.append(Finding(None, None, None, "manifest", what))
    return Restored(backup, report)
