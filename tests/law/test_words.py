"""The words of a clause say the same on ints, on columns and in exact fractions, and know the calendar."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfare.law.words import (
    FIRST_DAY,
    LAST_DAY,
    MONTHS_A_YEAR,
    PER_10_000,
    PER_100,
    Scale,
    first_day,
    first_month,
    greatest,
    half_up,
    half_up_signed,
    joined,
    least,
    month_of,
    month_weights,
    months_after,
    months_in,
    no,
    one_of,
    shared,
    started,
    when,
    whole,
    whole_months,
    without,
    year_of,
)  # fmt: skip

AMOUNTS = st.integers(-(10**12), 10**12)
DIVISORS = st.integers(1, 10**6)
SETS = st.integers(0, 4095)


def both_ways(word: Callable[..., Any], *arguments: int) -> int:
    """What a word gives, which must be the same on ints and on columns."""
    one = word(*arguments)
    many = word(*(np.array([a]) for a in arguments))
    assert int(many[0]) == int(one)
    return int(one)


@given(a=st.integers(0, 10**12), b=DIVISORS)
def test_half_up_rounds_halves_up(a: int, b: int) -> None:
    assert both_ways(half_up, a, b) == math.floor(Fraction(a, b) + Fraction(1, 2))


@given(a=AMOUNTS, b=DIVISORS)
def test_half_up_signed_rounds_halves_away_from_nought(a: int, b: int) -> None:
    size = math.floor(abs(Fraction(a, b)) + Fraction(1, 2))
    assert both_ways(half_up_signed, a, b) == (size if a >= 0 else -size)


@given(a=AMOUNTS, b=DIVISORS)
def test_whole_goes_down_and_started_goes_up(a: int, b: int) -> None:
    assert both_ways(whole, a, b) == math.floor(Fraction(a, b))
    assert both_ways(started, a, b) == math.ceil(Fraction(a, b))


@given(a=AMOUNTS, b=AMOUNTS)
def test_least_greatest_and_when_choose(a: int, b: int) -> None:
    assert both_ways(least, a, b) == min(a, b)
    assert both_ways(greatest, a, b) == max(a, b)
    assert both_ways(when, int(a > b), a, b) == max(a, b)


def test_no_turns_a_truth_round_and_is_not_a_bit() -> None:
    assert (no(True), no(False), no(1), no(0)) == (False, True, False, True)
    assert no(np.array([True, False])).tolist() == [False, True]
    assert no(np.array([1, 0])).tolist() == [False, True]


@given(st.integers(FIRST_DAY, LAST_DAY - 40_100), st.integers(0, 1_200), st.integers(0, 40_000))
def test_months_are_complete_from_a_day_to_the_same_day_of_a_month(day: int, months: int, days: int) -> None:
    later = both_ways(months_after, day, months)
    same = date.fromordinal(day).day
    assert date.fromordinal(later).day in (same, 1)
    assert month_of(later) == month_of(day) + months + (date.fromordinal(later).day != same)
    whole = both_ways(whole_months, day, day + days)
    assert months_after(day, whole) <= day + days < months_after(day, whole + 1)


def test_months_run_over_the_end_of_a_month_that_is_too_short() -> None:
    ordinal = [date(*ymd).toordinal() for ymd in ((2023, 1, 31), (2023, 3, 1), (2023, 2, 28), (2024, 2, 29))]
    january, march, february, leap = ordinal
    assert (months_after(january, 1), whole_months(january, march), whole_months(january, february)) == (march, 1, 0)
    assert months_after(leap, 12) == date(2025, 3, 1).toordinal()


def test_one_of_finds_a_member_among_any_number() -> None:
    assert [bool(one_of(x, 2, 4, 6)) for x in (2, 3, 6)] == [True, False, True]
    assert one_of(np.array([2, 3, 6]), 2, 4, 6).tolist() == [True, False, True]


@given(a=SETS, b=SETS)
def test_sets_of_months_are_sets(a: int, b: int) -> None:
    months = [{m for m in range(12) if s >> m & 1} for s in (a, b)]
    one, other = months
    for word, expected in ((joined, one | other), (shared, one & other), (without, one - other)):
        found = both_ways(word, a, b)
        assert both_ways(months_in, found) == len(expected)
        assert both_ways(month_weights, found) == sum(12 - m for m in expected)


@given(st.integers(FIRST_DAY, LAST_DAY - 1))
def test_a_day_lies_in_its_month_and_its_year(ordinal: int) -> None:
    day = date.fromordinal(ordinal)
    month = both_ways(month_of, ordinal)
    assert month == day.year * 12 + day.month - 1
    assert both_ways(first_day, month) == day.replace(day=1).toordinal()
    assert both_ways(year_of, month) == day.year
    assert both_ways(first_month, day.year) == day.year * 12


def test_the_first_and_the_last_day_of_the_calendar_are_known() -> None:
    assert month_of(FIRST_DAY) == 1900 * 12
    assert first_day(month_of(LAST_DAY)) == LAST_DAY


@pytest.mark.parametrize(
    ("product", "number", "unit"),
    [(MONTHS_A_YEAR * PER_100, 1200, "months*percent/years"), (PER_100 * PER_10_000, 10**6, "percent*basis_points")],
)
def test_scales_multiply_to_a_scale_with_both_units(product: Any, number: int, unit: str) -> None:
    assert (type(product), int(product), product.unit) == (Scale, number, unit)
