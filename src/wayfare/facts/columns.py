"""Fact tables as NumPy columns, for many people at once.

Each column is int64. Where some value is not known the column has a mask beside it, true where it is unknown, and
holds its lowest lawful value there, so that arithmetic over the whole column stays inside its bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from wayfare.facts.bounds import BOUNDS
from wayfare.facts.tables import FactTable

__all__ = ["FactColumns", "fact_columns"]

Values = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class FactColumns(NamedTuple):
    """One level: how many rows, the row of each level above, and each column with its mask (None when all is known)."""

    size: int
    links: Mapping[str, Values]
    columns: Mapping[str, tuple[Values, Mask | None]]


def fact_columns(tables: Mapping[str, FactTable]) -> dict[str, FactColumns]:
    """Every level of the tables as columns."""
    return {
        level: FactColumns(
            size=len(table.refs),
            links={above: np.asarray(rows, dtype=np.int64) for above, rows in table.above.items()},
            columns={name: _column(values, BOUNDS[name][0]) for name, values in table.columns.items()},
        )
        for level, table in tables.items()
    }


def _column(values: Sequence[int | None], unknown: int) -> tuple[Values, Mask | None]:
    if None not in values:
        return np.asarray(values, dtype=np.int64), None
    filled = [unknown if value is None else value for value in values]
    return np.asarray(filled, dtype=np.int64), np.asarray([value is None for value in values], dtype=np.bool_)
