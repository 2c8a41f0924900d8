"""Overflow, division by zero and the rounding of negative numbers are excluded by interval arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfare.law.bounds import bounds
from wayfare.law.errors import BoundsError
from wayfare.law.trace import trace
from wayfare.law.unknown import solve
from wayfare.law.words import (
    PER_100,
    first_day,
    greatest,
    half_up,
    half_up_signed,
    least,
    month_of,
    months_in,
    no,
    started,
    when,
    whole,
    year_of,
)  # fmt: skip

LARGE = (0, 10**10)


def box(step: Callable[..., Any], **intervals: tuple[int, int]) -> tuple[int, int]:
    """Least and greatest value that a clause can give."""
    return bounds(trace(step), intervals.__getitem__)


@pytest.mark.parametrize(
    ("step", "intervals", "expected"),
    [
        (lambda a, b: a + b, {"a": (1, 5), "b": (-3, 2)}, (-2, 7)),
        (lambda a, b: a - b, {"a": (1, 5), "b": (-3, 2)}, (-1, 8)),
        (lambda a, b: a * b, {"a": (-4, 5), "b": (-3, 2)}, (-15, 12)),
        (lambda a, b: half_up(a, b), {"a": (0, 10), "b": (1, 4)}, (0, 10)),
        (lambda a: half_up_signed(a, PER_100), {"a": (-150, 149)}, (-2, 1)),
        (lambda a, b: whole(a, b), {"a": (-7, 7), "b": (2, 3)}, (-4, 3)),
        (lambda a, b: started(a, b), {"a": (-7, 7), "b": (2, 3)}, (-3, 4)),
        (lambda a: least(a, 1), {"a": (-7, 7)}, (-7, 1)),
        (lambda a: greatest(a, 0), {"a": (-7, 7)}, (0, 7)),
        (lambda a, b: when(a, b, 1), {"a": (0, 1), "b": (5, 9)}, (1, 9)),
        (lambda a, b: a > b, {"a": (-7, 7), "b": (0, 0)}, (0, 1)),
        (lambda a: no(a), {"a": (0, 1)}, (0, 1)),
        (lambda a: months_in(a), {"a": (0, 4095)}, (0, 12)),
        (lambda a: year_of(a), {"a": (24_000, 24_293)}, (2000, 2024)),
        (lambda a: month_of(a), {"a": (738_000, 739_000)}, (24_258, 24_291)),
        (lambda a: first_day(a), {"a": (24_258, 24_291)}, (737_972, 738_977)),
    ],
)
def test_a_clause_has_the_bounds_of_its_corners(step: Any, intervals: Any, expected: tuple[int, int]) -> None:
    assert box(step, **intervals) == expected


@pytest.mark.parametrize(
    ("step", "intervals", "text"),
    [
        (lambda a, b: a * b, {"a": LARGE, "b": LARGE}, "(a * b) may reach 1e+20, which passes 64 bits."),
        (lambda a, b: a * a * b - b, {"a": (0, 10**9), "b": LARGE}, "may reach 1e+28, which passes 64 bits."),
        (lambda a: a - 1, {"a": (-(2**63), 0)}, "(a - 1) may reach 9.22e+18, which passes 64 bits."),
        (lambda a, b: half_up(a, b), {"a": LARGE, "b": (0, 5)}, "In half_up(a, b) the divisor may be 0."),
        (lambda a, b: whole(a, b), {"a": LARGE, "b": (-1, 5)}, "In whole(a, b) the divisor may be -1."),
        (lambda a, b: half_up(a, b), {"a": (-1, 5), "b": (1, 5)}, "In half_up(a, b) the dividend may be -1."),
        (lambda a, b: half_up(a, b), {"a": (0, 2**63 - 3), "b": (1, 9)}, "half_up(a, b) may pass 64 bits."),
        (
            lambda a: month_of(a),
            {"a": (690_000, 735_000)},
            "In month_of(a) the date may be 690000, outside 1900 to 2250.",
        ),
        (
            lambda a: first_day(a),
            {"a": (24_000, 27_001)},
            "In first_day(a) the date may be 27001, outside 1900 to 2250.",
        ),
    ],
)
def test_what_could_go_wrong_for_some_allowed_input_is_refused(step: Any, intervals: Any, text: str) -> None:
    with pytest.raises(BoundsError) as refused:
        box(step, **intervals)
    assert "WF-LAW-005" in str(refused.value)
    assert text in str(refused.value)


def test_a_divisor_bounded_from_below_is_allowed() -> None:
    assert box(lambda a, b: half_up(a, greatest(b, 1)), a=(0, 10), b=(0, 5)) == (0, 10)


NUMBERS = st.integers(-(10**6), 10**6)
INTERVALS = st.tuples(NUMBERS, NUMBERS).map(lambda pair: (min(pair), max(pair)))
STEPS = [
    lambda a, b, c: when(a > b, a * c, b - c),
    lambda a, b, c: least(greatest(a, b), c) * a,
    lambda a, b, c: half_up_signed(a * b, greatest(c, 1)),
    lambda a, b, c: whole(a, greatest(b, 1)) + started(c, greatest(b, 1)),
    lambda a, b, c: half_up(greatest(a, 0), greatest(b, 1)) - c,
    lambda a, b, c: when((a >= b) & no(b == c), a, 0) + when((a < c) | (b != c), 1, 0) * b,
]


@settings(max_examples=200)
@given(which=st.integers(0, len(STEPS) - 1), data=st.data())
def test_no_value_leaves_the_bounds(which: int, data: st.DataObject) -> None:
    intervals = {name: data.draw(INTERVALS) for name in "abc"}
    values = {name: data.draw(st.integers(*interval)) for name, interval in intervals.items()}
    tree = trace(STEPS[which])
    low, high = bounds(tree, intervals.__getitem__)
    assert low <= solve(tree, values) <= high
