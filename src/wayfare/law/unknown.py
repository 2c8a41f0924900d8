"""Values that are not known: they spread only where they matter.

`when` takes the side it takes, `&` and `|` go by Kleene, and everything else is unknown as soon as one part is. On
ints unknown is None; a column with unknown rows is an `Unsure`, and a plain column pays nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayfare.law.words import DIVISIONS, FIRST_DAY, FIRST_MONTH, OPERATIONS, Symbol

__all__ = ["Unsure", "both", "join", "part", "solve", "solve_columns", "split"]

Mask = NDArray[np.bool_]
# Words that read a table stand on these where a row is unknown: such a row holds anything while a tree is solved.
STAND_IN = {"month_of": FIRST_DAY, "first_day": FIRST_MONTH, "months_in": 0, "month_weights": 0}


@dataclass(frozen=True, slots=True)
class Unsure:
    """A column some of whose rows are unknown; those rows hold 0."""

    value: NDArray[Any]
    unknown: Mask

    def __array__(self, *_: Any, **__: Any) -> Any:  # else NumPy quietly reads the pair as a 2-D column
        raise TypeError("a column with unknown rows reached a plain operation")


def split(column: Any) -> tuple[Any, Any]:
    """Values and mask; the mask is None where no row can be unknown."""
    return (column.value, column.unknown) if type(column) is Unsure else (column, None)


def join(value: Any, unknown: Any) -> Any:
    """The inverse of `split`; a mask that marks nothing is dropped."""
    if unknown is None or not unknown.any():
        return value
    shape = np.broadcast_shapes(np.shape(unknown), np.shape(value))
    return Unsure(np.where(unknown, 0, value), np.broadcast_to(unknown, shape))


def both(change: Callable[..., Any], column: Any, *rest: Any) -> Any:
    """The same change made to a column, to both halves where it is unsure."""
    if type(column) is Unsure:
        return Unsure(change(column.value, *rest), change(column.unknown, *rest))
    return change(column, *rest)


def part(column: Any, rows: Any) -> Any:
    """Some rows of a column; a plain number is the same for all."""
    return both(lambda x: x[rows], column) if isinstance(column, (np.ndarray, Unsure)) else column


def either(*masks: Any) -> Any:
    """Unknown where any is."""
    present = [m for m in masks if m is not None]
    if len(present) < 2:
        return present[0] if present else None
    return functools.reduce(np.logical_or, present)


def solve(tree: Any, values: Mapping[str, Any]) -> Any:
    """Value of a tree on one life, None where it is unknown."""
    if not isinstance(tree, Symbol):
        return int(tree)
    if tree.operation == "name":
        return values[tree.arguments[0]]
    if tree.operation == "when":
        condition = solve(tree.arguments[0], values)
        return None if condition is None else solve(tree.arguments[1 if condition else 2], values)
    parts = [solve(a, values) for a in tree.arguments]
    if tree.operation in ("&", "|"):
        decides = tree.operation == "|"
        if any(p is not None and bool(p) == decides for p in parts):
            return decides
    return None if None in parts else OPERATIONS[tree.operation](*parts)


def solve_columns(tree: Any, values: Mapping[str, tuple[Any, Any]]) -> tuple[Any, Any]:
    """The same on columns of (value, mask) pairs; unknown rows of the result hold anything until `join` clears them."""
    if not isinstance(tree, Symbol):
        return tree, None
    if tree.operation == "name":
        return values[tree.arguments[0]]
    pairs = [solve_columns(a, values) for a in tree.arguments]
    numbers, masks = [p[0] for p in pairs], [p[1] for p in pairs]
    if tree.operation in DIVISIONS and masks[1] is not None:
        numbers[1] = np.where(masks[1], 1, numbers[1])  # an unknown divisor may hold 0
    elif tree.operation in STAND_IN and masks[0] is not None:
        numbers[0] = np.where(masks[0], STAND_IN[tree.operation], numbers[0])
    value = OPERATIONS[tree.operation](*numbers)
    if all(m is None for m in masks):
        return value, None
    return value, _mask(tree.operation, numbers, masks)


def _mask(operation: str, numbers: list[Any], masks: list[Any]) -> Any:
    if operation == "when":
        condition, yes, other = masks
        mask = np.where(numbers[0], False if yes is None else yes, False if other is None else other)
        return mask if condition is None else mask | condition
    mask = either(*masks)
    if operation in ("&", "|"):
        decides = np.not_equal if operation == "|" else np.equal
        for number, unknown in zip(numbers, masks, strict=True):
            sure = decides(number, 0)
            mask = mask & ~(sure if unknown is None else sure & ~unknown)
    return mask
