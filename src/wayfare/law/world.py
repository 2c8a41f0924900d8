"""What is put into the engine: rows of facts by level, as lists for a few lives or as columns for many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from wayfare.law.unknown import Unsure

__all__ = ["Rows", "World", "as_columns", "as_lists", "stated"]


@dataclass(frozen=True)
class Rows:
    """The rows of one level: for each level above the row that each belongs to, ascending, and the stated values.

    A column is a list of ints with None for what is not known, or an int64 array, or an `Unsure`. `assumed` marks
    entries that the document assumes: in mode decision they are not known. `refs` say which fact a row comes from.
    """

    size: int
    columns: Mapping[str, Any] = field(default_factory=dict)
    above: Mapping[str, Any] = field(default_factory=dict)
    assumed: Mapping[str, Any] = field(default_factory=dict)
    refs: Sequence[str] = ()


World = Mapping[str, Rows]


def stated(world: World, value: Any, level: str) -> tuple[Rows | None, Any]:
    """The rows of a level and the column of a value in them; a look-up also goes by its table's name."""
    rows = world.get(level)
    if rows is None:
        return None, None
    table = value.declared.table if value.kind == "look_up" else ""
    return rows, rows.columns.get(value.name, rows.columns.get(table))


def as_columns(world: World) -> dict[str, Rows]:
    """The same rows on int64 columns."""
    return {
        level: Rows(
            rows.size,
            {name: _column(x) for name, x in rows.columns.items()},
            {name: np.asarray(x, np.int64) for name, x in rows.above.items()},
            {name: np.asarray(x, bool) for name, x in rows.assumed.items()},
            rows.refs,
        )
        for level, rows in world.items()
    }


def as_lists(world: World) -> dict[str, Rows]:
    """The same rows on lists of Python ints."""
    return {
        level: Rows(
            rows.size,
            {name: _list(x) for name, x in rows.columns.items()},
            {name: [int(i) for i in x] for name, x in rows.above.items()},
            {name: [bool(i) for i in x] for name, x in rows.assumed.items()},
            rows.refs,
        )
        for level, rows in world.items()
    }


def _column(x: Any) -> Any:
    if isinstance(x, (np.ndarray, Unsure)):
        return x
    unknown = np.array([v is None for v in x], bool)
    value = np.array([0 if v is None else int(v) for v in x], np.int64)
    return Unsure(value, unknown) if unknown.any() else value


def _list(x: Any) -> list[int | None]:
    if isinstance(x, Unsure):
        return [None if u else int(v) for v, u in zip(x.value, x.unknown, strict=True)]
    return [None if v is None else int(v) for v in x]
