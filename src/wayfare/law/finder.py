"""Finding the cell of a table: each key becomes a gather over the bounds that the key can have.

Dates, inherited places, exact keys and steps all come down to one small array per key, made when the plan is made, so
finding a row costs one gather for each key, for one life and for a column alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayfare.law.errors import BadDeclaration
from wayfare.law.tables import Cells, DateAxis, PlaceAxis
from wayfare.law.unknown import either, split
from wayfare.law.words import first_day

__all__ = ["Finder"]

GATHER_MOST = 400_000  # wider keys are searched for instead
PAD_MOST = 4096  # so many empty entries before a table spare the subtraction of a key's lowest number


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

    @cached_property
    def _padding(self) -> tuple[NDArray[np.int64], int]:
        """The gather times the stride, from number 0 on where that is near, and else what to subtract first."""
        assert self.gather is not None
        return _pad(self.gather * self.stride, self.low)

    def cells(self, size: int) -> NDArray[np.int64]:
        """The cells, of `size`, that the key's bounds let it find."""
        if self.search is not None:
            first, last = self.search(np.array([self.low, self.high])).tolist()
            # Cells rise with the key; only the last cell stands for keys that lie outside on either side.
            return np.arange(first, last + 1) if first <= last < size - 1 else np.arange(size)
        if self.gather is None:
            return np.arange(self.low, self.high + 1) - self.shift
        return np.flatnonzero(np.bincount(self.gather, minlength=size))

    def found(self, key: Any) -> Any:
        """This key's part of the cell's number, for a column."""
        if self.gather is not None:
            table, less = self._padding
            return table[key - less if less else key]
        found = self.search(key) if self.search else key
        return found * self.stride if self.stride != 1 else found


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
        reached = [r.cells(axis.size) for r, axis in zip(self.reaches, axes, strict=True)]
        self.has_gap = bool(cells.gap[np.ix_(*reached)].any())  # a gap that no key can reach costs nothing
        shifts = [r.shift * r.stride for r in self.reaches if r.gather is None and r.search is None]
        self._offset = sum(shifts)  # of a cell's number as columns find it
        self._padded, self._less = _pad(self.value, self._offset)

    @staticmethod
    def _reach(axis: Any, name: str, bounds: tuple[int, int], unit: str, stride: int) -> Reach:
        low, high = bounds
        cell: Callable[[Any], Any]
        if isinstance(axis, PlaceAxis):
            return Reach(name, 0, len(axis.classes) - 1, axis.classes, 0, stride, None)
        cell = _date_cell(axis, unit, name) if isinstance(axis, DateAxis) else axis.at
        if high - low > GATHER_MOST:
            return Reach(name, low, high, None, 0, stride, cell)
        keys = np.arange(low, high + 1)
        gather = np.asarray(cell(keys), np.int64)
        shift = low - int(gather[0])
        if int(gather[-1]) == high - shift and bool((gather == keys - shift).all()):
            return Reach(name, low, high, None, shift, stride, None)
        return Reach(name, low, high, gather, shift, stride, None)

    def at_ints(self, keys: Sequence[Any]) -> int | None:
        """Cell for one row's keys; None where a key is not known."""
        cell = 0
        for reach, key in zip(self.reaches, keys, strict=True):
            if key is None:
                return None
            if reach.gather is not None:
                cell += int(reach.gather[key - reach.low]) * reach.stride
            else:
                cell += int(reach.search(np.array([key]))[0] if reach.search else key - reach.shift) * reach.stride
        return cell

    def at_columns(self, keys: Sequence[Any]) -> tuple[Any, Any]:
        """Cells for columns of keys, and the mask of rows with an unknown key."""
        cell, unknown = self._found(keys)
        return cell - self._offset if self._offset else cell, unknown

    def _found(self, keys: Sequence[Any]) -> tuple[Any, Any]:
        cell: Any = None
        masks = []
        for reach, column in zip(self.reaches, keys, strict=True):
            key, unknown = split(column)
            if unknown is not None and not reach.low <= 0 <= reach.high:  # an unknown row holds 0
                key = np.where(unknown, reach.low, key)
            masks.append(unknown)
            found = reach.found(key + 0 if np.asarray(key).dtype == bool else key)  # a truth would pick, not count
            cell = found if cell is None else cell + found
        return 0 if cell is None else cell, either(*masks)

    def ints(self, keys: Sequence[Any]) -> int | None:
        """Value for one row's keys; None for a gap or an unknown key."""
        cell = self.at_ints(keys)
        return None if cell is None or self.gap[cell] else int(self.value[cell])

    def columns(self, keys: Sequence[Any]) -> tuple[Any, Any]:
        """Values for columns of keys, and the mask of gaps and unknown keys."""
        cell, unknown = self._found(keys)
        value = self._padded[cell - self._less if self._less else cell]
        if not self.has_gap:
            return value, unknown
        return value, either(unknown, self.gap[cell - self._offset if self._offset else cell])


def _pad(table: NDArray[np.int64], low: int) -> tuple[NDArray[np.int64], int]:
    """A table whose first entry stands for `low`, made to begin at number 0; else what to subtract from a number."""
    if not 0 <= low <= PAD_MOST:
        return table, low
    return np.concatenate([np.zeros(low, np.int64), table]), 0


def _date_cell(axis: DateAxis, unit: str, name: str) -> Callable[[Any], Any]:
    first: dict[str, Callable[[Any], Any]] = {
        "day": lambda day: day, "month": first_day, "year": lambda year: first_day(year * 12),
    }  # fmt: skip
    if unit not in first:
        raise BadDeclaration(f"{name} is a {unit}, which dates nothing.", next_step="Use a day, a month or a year.")
    return lambda key: np.searchsorted(axis.days, first[unit](key), "right")
