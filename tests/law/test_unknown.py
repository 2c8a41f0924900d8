"""What is not known spreads only where it matters, on ints and on columns alike."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfare.law.trace import trace
from wayfare.law.unknown import Unsure, both, either, join, solve, solve_columns, split
from wayfare.law.words import (
    first_day,
    greatest,
    half_up,
    joined,
    least,
    month_of,
    month_weights,
    months_in,
    no,
    one_of,
    started,
    when,
    whole,
    without,
)  # fmt: skip

MAYBE = (True, False, None)


def on_ints(step: Callable[..., Any], **values: Any) -> Any:
    """The value of a clause on one life."""
    return solve(trace(step), values)


def on_columns(step: Callable[..., Any], **columns: list[Any]) -> list[Any]:
    """The values of a clause on columns that hold None where a row is not known."""
    pairs = {
        name: (np.array([0 if x is None else int(x) for x in c], np.int64), np.array([x is None for x in c]))
        for name, c in columns.items()
    }
    value, mask = split(join(*solve_columns(trace(step), pairs)))
    rows = len(next(iter(columns.values())))
    value, mask = np.broadcast_to(value, rows), np.broadcast_to(False if mask is None else mask, rows)
    return [None if unknown else int(x) for x, unknown in zip(value, mask, strict=True)]


@pytest.mark.parametrize(("a", "b"), list(itertools.product(MAYBE, MAYBE)))
def test_and_and_or_go_by_kleene(a: bool | None, b: bool | None) -> None:
    sure = {x for x in MAYBE if x is not None}
    ways = [(x, y) for x in ({a} - {None} or sure) for y in ({b} - {None} or sure)]
    for step, join_ in ((lambda a, b: a & b, all), (lambda a, b: a | b, any)):
        outcomes = {join_(way) for way in ways}
        expected = outcomes.pop() if len(outcomes) == 1 else None
        assert on_ints(step, a=a, b=b) == expected
        assert on_columns(step, a=[a], b=[b]) == [expected if expected is None else int(expected)]


def test_when_takes_the_side_it_takes_and_the_other_may_be_unknown() -> None:
    step = lambda c, a, b: when(c, a, b)  # noqa: E731
    cases = [(1, 5, None), (0, None, 7), (1, None, 7), (0, 5, None), (None, 5, 5)]
    expected = [5, 7, None, None, None]
    assert [on_ints(step, c=c, a=a, b=b) for c, a, b in cases] == expected
    c, a, b = (list(column) for column in zip(*cases, strict=True))
    assert on_columns(step, c=c, a=a, b=b) == expected


def test_anything_else_is_unknown_as_soon_as_one_part_is() -> None:
    steps = [lambda a, b: a + b, lambda a, b: a * b, lambda a, b: a >= b, lambda a, b: least(a, b), lambda a, b: a == b]
    for step in steps:
        assert on_ints(step, a=None, b=0) is None
        assert on_columns(step, a=[None, 1], b=[0, None]) == [None, None]


def test_an_unknown_divisor_divides_nothing_by_zero() -> None:
    for step in (lambda a, b: half_up(a, b), lambda a, b: whole(a, b), lambda a, b: started(a, b)):
        assert on_columns(step, a=[9, 9], b=[None, 3]) == [None, 3]


def test_an_unknown_date_is_no_date_of_the_calendar_and_no_error() -> None:
    assert on_columns(lambda a: month_of(a), a=[None, 739_000]) == [None, 24_291]
    assert on_columns(lambda a: first_day(a), a=[None, 24_291]) == [None, 738_977]


def test_an_unknown_set_of_months_is_no_set() -> None:
    assert on_columns(lambda a: months_in(a), a=[None, 0b111]) == [None, 3]
    assert on_columns(lambda a: month_weights(a), a=[None, 1]) == [None, 12]
    assert on_columns(lambda a, b: months_in(without(joined(a, b), b)), a=[None, 0b111], b=[1, 1]) == [None, 2]


STEPS = [
    lambda a, b, c: when(a > b, a * c, b - c),
    lambda a, b, c: when((a >= b) & no(b == c), a, c),
    lambda a, b, c: when((a < c) | (b != c), half_up(greatest(a, 0), greatest(b, 1)), whole(c, greatest(a, 1))),
    lambda a, b, c: one_of(a, b, c) | (b > c),
    lambda a, b, c: when(no(one_of(a, b)), least(b, c), started(c, greatest(b, 1))) + 1,
]
COLUMN = st.lists(st.none() | st.integers(-5, 5), min_size=6, max_size=6)


@settings(max_examples=150)
@given(which=st.integers(0, len(STEPS) - 1), a=COLUMN, b=COLUMN, c=COLUMN)
def test_columns_say_what_ints_say(which: int, a: list[Any], b: list[Any], c: list[Any]) -> None:
    step = STEPS[which]
    lives = [on_ints(step, a=x, b=y, c=z) for x, y, z in zip(a, b, c, strict=True)]
    assert on_columns(step, a=a, b=b, c=c) == [None if x is None else int(x) for x in lives]


@settings(max_examples=150)
@given(which=st.integers(0, len(STEPS) - 1), values=st.tuples(*[st.none() | st.integers(-5, 5)] * 3))
def test_a_known_answer_holds_whatever_the_unknown_turns_out_to_be(which: int, values: tuple[Any, ...]) -> None:
    answer = on_ints(STEPS[which], **dict(zip("abc", values, strict=True)))
    if answer is None:
        return
    for filled in itertools.product(*[range(-5, 6) if v is None else (v,) for v in values]):
        assert on_ints(STEPS[which], **dict(zip("abc", filled, strict=True))) == answer


def test_a_column_with_unknown_rows_refuses_plain_arithmetic() -> None:
    column = Unsure(np.array([1, 0]), np.array([False, True]))
    with pytest.raises(TypeError, match="a column with unknown rows reached a plain operation"):
        np.array([1, 2]) + column


def test_a_mask_that_marks_nothing_is_dropped() -> None:
    column = np.array([1, 2])
    assert join(column, np.array([False, False])) is column
    assert join(column, None) is column


def test_an_unknown_row_holds_nought() -> None:
    value, mask = split(join(np.array([7, 8]), np.array([True, False])))
    assert value.tolist() == [0, 8]
    assert mask.tolist() == [True, False]


def test_a_mask_spreads_over_the_shape_of_the_column() -> None:
    value, mask = split(join(np.array([[1, 2], [3, 4]]), np.array([[True, False]])))
    assert (value.tolist(), mask.tolist()) == ([[0, 2], [0, 4]], [[True, False], [True, False]])


def test_a_cut_is_made_to_both_halves() -> None:
    value, mask = split(both(lambda x: x[1:], Unsure(np.array([1, 0, 3]), np.array([False, True, False]))))
    assert (value.tolist(), mask.tolist()) == ([0, 3], [True, False])


def test_masks_join_and_none_marks_nothing() -> None:
    assert either(None, None) is None
    assert either(None, np.array([True, False])).tolist() == [True, False]
    assert either(np.array([True, False]), np.array([[False, False], [False, True]])).tolist() == [
        [True, False],
        [True, True],
    ]
