"""Excel: numbers as numbers with two decimals, days as days, the head frozen, written row by row in constant memory.

Text is written as text and never as a formula. A sheet holds 1,048,576 rows; what is longer is refused before anything
is written. An amount with more digits than Excel keeps is written as text, so that no fen is lost.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import xlsxwriter

from wayfare.app.funds.export.table import ExportTable, Kind
from wayfare.funds.reports.errors import ExportTooLong
from wayfare.kernel import Money

__all__ = ["ROWS_MOST", "write_excel"]

ROWS_MOST: Final = 1_048_575
"""The rows of a sheet below its head."""

_EXACT_FEN: Final = 10**15
"""Amounts below it have at most the fifteen digits that Excel keeps."""

_WIDTHS: Final = {Kind.TEXT: 30, Kind.DAY: 12, Kind.COUNT: 10, Kind.MONEY: 18}


def write_excel(path: Path, table: ExportTable) -> int:
    """Write a table as the one sheet of a workbook; the number of its rows. Raises ExportTooLong."""
    if table.count > ROWS_MOST:
        raise ExportTooLong(
            f"{table.name} has {table.count:,} rows, and a sheet of Excel holds {ROWS_MOST:,}.",
            next_step="Export fewer months (--month, --from, --to), or to .parquet or .csv, which have no limit.",
        )
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False}) as book:
        return _Sheet(book, table).write(table)


class _Sheet:
    """The one sheet with its formats."""

    def __init__(self, book: xlsxwriter.Workbook, table: ExportTable) -> None:
        self._sheet = book.add_worksheet(table.name[:31])
        self._text = book.add_format({"quote_prefix": True})
        self._money = book.add_format({"num_format": "#,##0.00"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._kinds = [column.kind for column in table.columns]
        head = book.add_format({"bold": True, "bottom": 1})
        for place, column in enumerate(table.columns):
            self._sheet.set_column(place, place, _WIDTHS[column.kind])
            self._sheet.write_string(0, place, column.name, head)
        self._sheet.freeze_panes(1, 0)

    def write(self, table: ExportTable) -> int:
        """Write all rows; their number."""
        number = 0
        for chunk in table.chunks:
            for row in chunk:
                number += 1
                for place, value in enumerate(row):
                    if value is not None:
                        self._cell(number, place, value)
        return number

    def _cell(self, row: int, place: int, value: Any) -> None:
        kind = self._kinds[place]
        if kind is Kind.MONEY and abs(value) < _EXACT_FEN:
            self._sheet.write_number(row, place, value / 100, self._money)
        elif kind is Kind.MONEY:
            self._sheet.write_string(row, place, str(Money.fen(value)), self._text)
        elif kind is Kind.COUNT:
            self._sheet.write_number(row, place, value)
        elif kind is Kind.DAY:
            self._sheet.write_datetime(row, place, value, self._day)
        else:
            self._sheet.write_string(row, place, value, self._text)
