"""A table that is exported: its columns by kind, and its rows as a stream of chunks.

Money travels as whole fen and each format writes it exactly: as decimal text, as a decimal type, or as a number with
two decimals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, TypeVar

__all__ = ["Column", "ExportTable", "Kind", "Progress", "told"]

Progress = Callable[[int, int], None]
"""Told how many rows are written, of how many."""

Rows = TypeVar("Rows", bound=Sequence[Any])


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

    def telling(self, progress: Progress) -> ExportTable:
        """The same table, which tells how many of its rows were taken."""
        return replace(self, chunks=told(self.chunks, self.count, progress))


def told(chunks: Iterable[Rows], count: int, progress: Progress) -> Iterator[Rows]:
    """The chunks, with the number of rows taken told before each."""
    done = 0
    for chunk in chunks:
        progress(done, count)
        yield chunk
        done += len(chunk)
    progress(done, count)
