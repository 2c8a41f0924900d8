"""A table that is exported: its columns by kind, and its rows as a stream of chunks.

Money travels as whole fen and each format writes it exactly: as decimal text, as a decimal type, or as a number with
two decimals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

__all__ = ["Column", "ExportTable", "Kind"]


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its name and kind."""

    name: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class ExportTable:
    """A table's name, columns and number of rows, and its rows a chunk at a time."""

    name: str
    columns: tuple[Column, ...]
    count: int
    chunks: Iterator[Sequence[Sequence[Any]]]
