"""The bounds of a walk over very many rows: where what still moves only adds up, they are reached without the walk."""

from __future__ import annotations

from typing import Any

import pytest

from wayfare.law.declare import fact, level, scan
from wayfare.law.errors import BoundsError
from wayfare.law.law import Law
from wayfare.law.words import ZERO_MONTHS, Scale, greatest, least

SHAPE = "walks, shape only"
MANY = 600_000
NO_MONTH, A_YEAR = Scale(0, "month"), Scale(12, "months")


def bounds_of(step: Any, start: dict[str, Scale], most: int) -> dict[str, tuple[int, int]]:
    """The bounds of the carries of a walk over at most so many rows, each with a month and some months."""
    declared: dict[str, Any] = {
        "asked_day": fact("person", "day", 1, 800_000), "stays": level("stay", most=most),
        "stay_month": fact("stay", "month", 100, 900), "stay_months": fact("stay", "months", 2, 7),
    }  # fmt: skip
    leaves = {name: f"{name}_at_last" for name in start}
    declared["walk"] = scan(SHAPE, level="stay", within="person", start=start, leaves=leaves)(step)
    plan = Law.of(declared).plan(tuple(leaves.values()))
    return {name: plan.bounds[name] for name in start}


def added_up(until, months_sum, stay_month, stay_months):
    return greatest(until, stay_month), months_sum + stay_months


def added_up_to_a_year(until, months_sum, stay_month, stay_months):
    return greatest(until, stay_month), least(months_sum + stay_months, A_YEAR)


def added_up_twice(first_sum, second_sum, stay_months):
    return first_sum + stay_months, second_sum + first_sum


MONTHS = {"until": NO_MONTH, "months_sum": ZERO_MONTHS}


def test_a_sum_over_very_many_rows_is_bounded_at_once() -> None:
    assert bounds_of(added_up, MONTHS, MANY) == {"until": (100, 900), "months_sum": (2, 7 * MANY)}


@pytest.mark.parametrize("most", [1, 2, 3, 4, 9])
def test_the_bounds_of_few_rows_are_those_of_the_walk(most: int) -> None:
    assert bounds_of(added_up, MONTHS, most)["months_sum"] == (2, 7 * most)


def test_a_sum_with_a_cap_stops_at_it() -> None:
    assert bounds_of(added_up_to_a_year, MONTHS, 50)["months_sum"] == (2, 12)


@pytest.mark.parametrize("most", [3, 8])
def test_a_sum_that_another_reads_is_walked_row_by_row(most: int) -> None:
    found = bounds_of(added_up_twice, {"first_sum": ZERO_MONTHS, "second_sum": ZERO_MONTHS}, most)
    assert found == {"first_sum": (2, 7 * most), "second_sum": (0, 7 * most * (most - 1) // 2)}


def test_a_sum_that_passes_64_bits_over_its_rows_is_refused() -> None:
    with pytest.raises(BoundsError):
        bounds_of(added_up, MONTHS, 2**62)
