"""Interval arithmetic over expression trees: overflow is excluded by proof, not by luck.

Every fact, parameter and level size declares its bounds; a clause that could pass 64 bits, divide by zero or round a
negative number for any allowed input is refused when the rulebook loads.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wayfare.law.errors import BoundsError
from wayfare.law.trace import show
from wayfare.law.words import (
    COMPARISONS,
    DIVISIONS,
    EPOCH_YEAR,
    FIRST_DAY,
    FIRST_MONTH,
    LAST_DAY,
    LAST_MONTH,
    LAST_YEAR,
    OPERATIONS,
    Symbol,
)  # fmt: skip

__all__ = ["Interval", "bounds"]

Interval = tuple[int, int]
LIMIT = 2**63
_TRUTHS = COMPARISONS | {"&", "|", "no"}
_SETS = {"joined": (0, 4095), "shared": (0, 4095), "without": (0, 4095), "months_in": (0, 12), "month_weights": (0, 78)}
_CALENDAR = {"month_of": (FIRST_DAY, LAST_DAY), "first_day": (FIRST_MONTH, LAST_MONTH)}
_RISING = frozenset({"month_of", "first_day", "year_of", "first_month"})


def bounds(tree: Any, of: Callable[[str], Interval]) -> Interval:
    """Least and greatest value of a tree for all allowed inputs. Raises BoundsError."""
    if not isinstance(tree, Symbol):
        return int(tree), int(tree)
    if tree.operation == "name":
        return of(tree.arguments[0])
    parts = [bounds(a, of) for a in tree.arguments]
    out = _bounds_of(tree, parts)
    if out[0] < -LIMIT or out[1] >= LIMIT:
        raise BoundsError(
            f"{show(tree)} may reach {max(-out[0], out[1]):.3g}, which passes 64 bits.",
            next_step="Narrow the bounds of what it uses, cap it with least(...), or round earlier if the law does.",
        )
    return out


def _bounds_of(tree: Symbol, parts: list[Interval]) -> Interval:
    operation = tree.operation
    if operation in _TRUTHS:
        return 0, 1
    if operation in _SETS:
        return _SETS[operation]
    if operation in _RISING:
        (low, high), (first, last) = parts[0], _CALENDAR.get(operation, parts[0])
        if low < first or high > last:
            raise BoundsError(
                f"In {show(tree)} the date may be {low if low < first else high}, outside {EPOCH_YEAR} to {LAST_YEAR}.",
                next_step="Narrow the bounds of the date.",
            )
        return int(OPERATIONS[operation](low)), int(OPERATIONS[operation](high))
    if operation == "when":
        (_, _), (a, b), (c, d) = parts
        return min(a, c), max(b, d)
    (a, b), (c, d) = parts
    if operation in DIVISIONS:
        return _quotient(tree, parts)
    if operation == "+":
        return a + c, b + d
    if operation == "-":
        return a - d, b - c
    if operation == "*":
        corners = [x * y for x in (a, b) for y in (c, d)]
        return min(corners), max(corners)
    return (min(a, c), min(b, d)) if operation == "least" else (max(a, c), max(b, d))


def _quotient(tree: Symbol, parts: list[Interval]) -> Interval:
    (a, b), (c, d) = parts
    if c <= 0:
        raise BoundsError(
            f"In {show(tree)} the divisor may be {c}.", next_step="Bound it with greatest(..., 1) if the law allows."
        )
    if a < 0 and tree.operation == "half_up":
        raise BoundsError(
            f"In {show(tree)} the dividend may be {a}.",
            next_step="Bound it with greatest(..., 0), or say half_up_signed where the law rounds signed money.",
        )
    if max(abs(a), abs(b)) + d >= LIMIT:
        raise BoundsError(f"{show(tree)} may pass 64 bits.", next_step="Narrow the bounds of what it uses.")
    call = OPERATIONS[tree.operation]
    corners = [int(call(x, y)) for x in (a, b) for y in (c, d)]
    return min(corners), max(corners)
