"""Finding the cell of a table: each key becomes a gather over the bounds that the key can have.

Dates, inherited places, exact keys and steps all come down to one small array per key, made when the plan is made, so
finding a row costs one gather for each key, for one life and for a column alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayfare.law.errors import BadDeclaration
from wayfare.law.tables import Cells, DateAxis, PlaceAxis
from wayfare.law.unknown import either, split
from wayfare.law.words import first_day

__all__ = ["Finder"]

GATHER_MOST = 400_000  # wider keys are searched for instead


@dataclass(frozen=True)
class Reach:
    """One key: the value that names it, its lowest number, and the cell for each number from there on."""

    name: str
    low: int
    high: int
    gather: NDArray[np.int64] | None  # None: the cell is the number less `shift`
    shift: int
    stride: int
    search: Callable[[Any], Any] | None


class Finder:
    """A laid-out table with its keys' values; `names` are the values to pass, in order."""

    def __init__(
        self, cells: Cells, names: Sequence[str], bounds: Callable[[str], tuple[int, int]], unit: Callable[[str], str]
    ) -> None:
        self.cells, self.names = cells, tuple(names)
        axes: list[Any] = [*cells.places, *([cells.dates] if cells.dates else []), *cells.keys]
        if len(axes) != len(names):
            raise BadDeclaration(
                f"A table with {len(axes)} keys is asked with {', '.join(names) or 'none'}.",
                next_step="Name a value for each key, the date (at) and the place (where).",
            )
        strides = [math.prod(a.size for a in axes[i + 1 :]) for i in range(len(axes))]
        self.reaches = [
            self._reach(axis, name, bounds(name), unit(name), stride)
            for axis, name, stride in zip(axes, names, strides, strict=True)
        ]
        self.value, self.gap, self.row = cells.value.reshape(-1), cells.gap.reshape(-1), cells.row.reshape(-1)
        self.has_gap = bool(self.gap.any())
        self._cell_lists = [None if r.gather is None else r.gather.tolist() for r in self.reaches]
        self._values, self._gaps = self.value.tolist(), self.gap.tolist()

    @staticmethod
    def _reach(axis: Any, name: str, bounds: tuple[int, int], unit: str, stride: int) -> Reach:
        low, high = bounds
        cell: Callable[[Any], Any]
        if isinstance(axis, PlaceAxis):
            cell, (low, high) = axis.classes.__getitem__, (0, len(axis.classes) - 1)
        elif isinstance(axis, DateAxis):
            cell = _date_cell(axis, unit, name)
        else:
            cell = axis.at
        if high - low > GATHER_MOST:
            return Reach(name, low, high, None, 0, stride, cell)
        gather = np.asarray(cell(np.arange(low, high + 1)), np.int64)
        shift = low - int(gather[0])
        straight = bool((gather == np.arange(low, high + 1) - shift).all())
        return Reach(name, low, high, None if straight else gather, shift, stride, None)

    def at_ints(self, keys: Sequence[Any]) -> int | None:
        """Cell for one row's keys; None where a key is not known."""
        cell = 0
        for reach, cells, key in zip(self.reaches, self._cell_lists, keys, strict=True):
            if key is None:
                return None
            if cells is not None:
                cell += cells[key - reach.low] * reach.stride
            else:
                cell += int(reach.search(np.array([key]))[0] if reach.search else key - reach.shift) * reach.stride
        return cell

    def at_columns(self, keys: Sequence[Any]) -> tuple[Any, Any]:
        """Cells for columns of keys, and the mask of rows with an unknown key."""
        cell: Any = 0
        masks = []
        for reach, column in zip(self.reaches, keys, strict=True):
            key, unknown = split(column)
            if unknown is not None:
                key = np.where(unknown, reach.low, key)
            masks.append(unknown)
            found = reach.search(key) if reach.search else key - reach.shift
            if reach.gather is not None:
                found = reach.gather[key - reach.low] if reach.low else reach.gather[key]
            cell = cell + (found * reach.stride if reach.stride != 1 else found)
        return cell, either(*masks)

    def ints(self, keys: Sequence[Any]) -> int | None:
        """Value for one row's keys; None for a gap or an unknown key."""
        cell = self.at_ints(keys)
        return None if cell is None or self._gaps[cell] else self._values[cell]

    def columns(self, keys: Sequence[Any]) -> tuple[Any, Any]:
        """Values for columns of keys, and the mask of gaps and unknown keys."""
        cell, unknown = self.at_columns(keys)
        return self.value[cell], either(unknown, self.gap[cell] if self.has_gap else None)


def _date_cell(axis: DateAxis, unit: str, name: str) -> Callable[[Any], Any]:
    first: dict[str, Callable[[Any], Any]] = {
        "day": lambda day: day, "month": first_day, "year": lambda year: first_day(year * 12),
    }  # fmt: skip
    if unit not in first:
        raise BadDeclaration(f"{name} is a {unit}, which dates nothing.", next_step="Use a day, a month or a year.")
    return lambda key: np.searchsorted(axis.days, first[unit](key), "right")
