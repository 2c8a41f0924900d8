"""Parquet: amounts as exact decimals and as whole fen beside them, days as days, a chunk of rows at a time.

A column of money gives two: `amount` with two decimals and `amount_fen` as an integer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from wayfare.app.funds.export.table import Column, ExportTable, Kind

__all__ = ["write_parquet"]

_DECIMAL: Final = pa.decimal128(19, 2)
"""Wide enough for every amount of 64 bits of fen."""

_TYPES: Final = {Kind.TEXT: pa.string(), Kind.DAY: pa.date32(), Kind.COUNT: pa.int64()}


def write_parquet(path: Path, table: ExportTable) -> int:
    """Write a table; the number of its rows."""
    schema = pa.schema([field for column in table.columns for field in _fields(column)])
    rows = 0
    with pq.ParquetWriter(path, schema) as writer:
        for chunk in table.chunks:
            arrays = [array for place, column in enumerate(table.columns) for array in _arrays(column, place, chunk)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            rows += len(chunk)
    return rows


def _fields(column: Column) -> list[pa.Field]:
    if column.kind is Kind.MONEY:
        return [pa.field(column.name, _DECIMAL), pa.field(f"{column.name}_fen", pa.int64())]
    return [pa.field(column.name, _TYPES[column.kind])]


def _arrays(column: Column, place: int, chunk: Sequence[Sequence[Any]]) -> Iterator[pa.Array]:
    values = [row[place] for row in chunk]
    if column.kind is not Kind.MONEY:
        yield pa.array(values, type=_TYPES[column.kind])
        return
    fen = np.array(values, np.int64)
    # A decimal with two places is stored as its whole number of hundredths in 128 bits: the fen with their sign before.
    wide = np.column_stack([fen, fen >> 63])
    yield pa.Array.from_buffers(_DECIMAL, len(fen), [None, pa.py_buffer(np.ascontiguousarray(wide))])
    yield pa.array(fen)
