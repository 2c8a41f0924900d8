"""CSV: UTF-8 with a mark that spreadsheets know, amounts as decimal text, and no text that a spreadsheet would run.

A text that begins with = + - @ or a tab is written with an apostrophe before it, which a spreadsheet hides.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, Final

from wayfare.app.funds.export.table import ExportTable, Kind
from wayfare.kernel import Money

__all__ = ["inert", "write_csv"]

_RUN: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(path: Path, table: ExportTable) -> int:
    """Write a table; the number of its rows."""
    rows = 0
    kinds = [column.kind for column in table.columns]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in table.columns])
        for chunk in table.chunks:
            writer.writerows([_cell(kind, value) for kind, value in zip(kinds, row, strict=True)] for row in chunk)
            rows += len(chunk)
    return rows


def inert(text: str) -> str:
    """A text as a spreadsheet shows it and never runs it."""
    return f"'{text}" if text.startswith(_RUN) else text


def _cell(kind: Kind, value: Any) -> Any:
    if value is None:
        return ""
    if kind is Kind.MONEY:
        return str(Money.fen(value))
    return inert(value) if kind is Kind.TEXT else value
