"""What the oracle reckons with: exact fractions, one rounding, months as numbers, and truths that may be unknown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from math import floor

HALF = Fraction(1, 2)


class NotKnown(Exception):  # it is an answer, not a fault
    """A fact that nobody stated, or a figure that the law does not have."""


def half_up(x: Fraction | int) -> int:
    """The nearest whole number, a half going up."""
    return floor(x + HALF)


def month(text: str) -> int:
    """2024-06, or the month of 2024-06-15, as a number of months."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def january(year: int) -> int:
    return year * 12


def first_of(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def all_of(*parts: Callable[[], bool]) -> bool:
    """Whether all are so: one that is not settles it, whatever is not known about the others."""
    return not any_of(*(lambda part=part: not part() for part in parts))


def any_of(*parts: Callable[[], bool]) -> bool:
    """Whether one is so: it settles it, whatever is not known about the others."""
    doubt = False
    for part in parts:
        try:
            if part():
                return True
        except NotKnown:
            doubt = True
    if doubt:
        raise NotKnown
    return False
