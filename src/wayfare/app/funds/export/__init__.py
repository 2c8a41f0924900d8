"""Export a fund's book to a file: CSV, Parquet, Excel, or a journal that Beancount accepts.

The file appears whole or not at all. Whoever takes out what names people leaves one access record for the whole of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from wayfare.app.funds.export.csv_file import write_csv
from wayfare.app.funds.export.excel_file import write_excel
from wayfare.app.funds.export.journal import write_journal
from wayfare.app.funds.export.parquet_file import write_parquet
from wayfare.app.funds.export.table import ExportTable, Progress
from wayfare.app.funds.export.tables import TABLES
from wayfare.app.sessions import at_work
from wayfare.funds.reports.errors import ExportNotWritten, ExportUnknown
from wayfare.funds.reports.words import ReportWords
from wayfare.kernel import Month
from wayfare.storage import Database, Role
from wayfare.storage.report_store import ReportStore

__all__ = ["FORMATS", "Exported", "export", "format_of"]

FORMATS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"csv": (".csv",), "parquet": (".parquet",), "xlsx": (".xlsx",), "beancount": (".beancount", ".bean")}
)
"""The formats with the endings of their files."""

_WRITERS: Final[Mapping[str, Callable[[Path, ExportTable], int]]] = MappingProxyType(
    {"csv": write_csv, "parquet": write_parquet, "xlsx": write_excel}
)


@dataclass(frozen=True, slots=True)
class Exported:
    """A written file and how many rows it holds."""

    file: Path
    what: str
    format: str
    rows: int


def format_of(path: Path, named: str | None = None) -> str:
    """The format of a file by its ending, or as named. Raises ExportUnknown."""
    for name, endings in FORMATS.items():
        if name == named or (named is None and path.suffix.lower() in endings):
            return name
    found = named or path.suffix or path.name
    raise ExportUnknown(
        f"{found} is no format that books are exported to.",
        next_step=f"End the file in one of {' '.join(end for ends in FORMATS.values() for end in ends)}.",
    )


def export(
    database: Database, path: Path, fund: str, what: str, first: Month, last: Month, *, format: str | None = None,
    language: str = "en", progress: Progress = lambda done, total: None,
) -> Exported:  # fmt: skip
    """Write what a fund's book says of some months; `progress` is told of how many rows how many are written.

    Raises NothingBooked, ExportUnknown, ExportTooLong and ExportNotWritten.
    """
    chosen = format_of(path, format)
    if what not in TABLES or (chosen == "beancount" and what != "transfers"):
        held = "transfers" if chosen == "beancount" else ", ".join(TABLES)
        raise ExportUnknown(f"{what} cannot be written as {chosen}.", next_step=f"It holds {held}.")
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with at_work(database, Role.POSTER, f"export of {what} of {fund}") as session:
            store = ReportStore(session)
            store.check(fund)
            store.record_look(f"export of {what} of {fund} {first}..{last}")
            if chosen == "beancount":
                rows = write_journal(draft, store, fund, first, last, ReportWords(language), progress)
            else:
                rows = _WRITERS[chosen](draft, TABLES[what](store, fund, first, last).telling(progress))
        draft.replace(path)
    except OSError as fault:
        raise ExportNotWritten(
            f"{path} could not be written: {fault.strerror or fault}.",
            next_step="Choose a directory that exists and that you may write to.",
        ) from fault
    finally:
        draft.unlink(missing_ok=True)
    return Exported(path, what, chosen, rows)
