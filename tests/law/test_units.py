"""Units are powers of base names: no fen plus months, no product of places, and no scale of a rate lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfare.law.errors import BadGiven, UnitError
from wayfare.law.trace import trace
from wayfare.law.units import outside, parse_unit, read_number, unit_of, write_number, write_unit
from wayfare.law.words import (
    DAYS_A_YEAR,
    MONTHS_A_YEAR,
    PER_10_000,
    PER_100,
    ZERO_FEN,
    first_day,
    first_month,
    greatest,
    half_up,
    joined,
    least,
    month_of,
    month_weights,
    months_in,
    no,
    started,
    when,
    whole,
    year_of,
)  # fmt: skip


def found(step: Callable[..., Any], **units: str) -> str:
    """The unit of what a clause gives when its arguments have these units."""
    powers = unit_of(trace(step), units.__getitem__)
    return "fits any" if powers is None else write_unit(powers)


@pytest.mark.parametrize(
    ("text", "powers"),
    [("count", {}), ("fen", {"fen": 1}), ("fen/months", {"fen": 1, "months": -1}), ("fen*fen", {"fen": 2}),
     ("basis_points/years", {"basis_points": 1, "years": -1}), ("count/fen", {"fen": -1})],
)  # fmt: skip
def test_a_unit_is_read_as_powers_and_written_back(text: str, powers: dict[str, int]) -> None:
    assert parse_unit(text) == powers
    assert parse_unit(write_unit(powers)) == powers


@pytest.mark.parametrize(
    ("step", "units", "unit"),
    [
        (lambda a, b: a + b, {"a": "fen", "b": "fen"}, "fen"),
        (lambda a, b: a * b, {"a": "fen/months", "b": "months"}, "fen"),
        (lambda a, b: a * b, {"a": "fen", "b": "basis_points"}, "basis_points*fen"),
        (lambda a, b: half_up(a * b, PER_10_000), {"a": "fen", "b": "basis_points"}, "fen"),
        (lambda a, b: half_up(a * b, PER_100), {"a": "fen", "b": "percent"}, "fen"),
        (lambda a: half_up(a, MONTHS_A_YEAR), {"a": "months"}, "years"),
        (lambda a: whole(a, DAYS_A_YEAR), {"a": "days"}, "years"),
        (lambda a: started(a, MONTHS_A_YEAR) * MONTHS_A_YEAR, {"a": "months"}, "months"),
        (lambda a, b: a - b, {"a": "month", "b": "month"}, "months"),
        (lambda a, b: a - b, {"a": "day", "b": "day"}, "days"),
        (lambda a, b: a + b, {"a": "month", "b": "months"}, "month"),
        (lambda a, b: b + a, {"a": "day", "b": "days"}, "day"),
        (lambda a, b: a - b, {"a": "year", "b": "years"}, "year"),
        (lambda a: a + 1, {"a": "month"}, "month"),
        (lambda a: month_of(a), {"a": "day"}, "month"),
        (lambda a: first_day(a), {"a": "month"}, "day"),
        (lambda a: year_of(a), {"a": "month"}, "year"),
        (lambda a: first_month(a), {"a": "year"}, "month"),
        (lambda a: months_in(a), {"a": "month_set"}, "months"),
        (lambda a: month_weights(a), {"a": "month_set"}, "months"),
        (lambda a, b: joined(a, b), {"a": "month_set", "b": "month_set"}, "month_set"),
        (lambda a, b: a >= b, {"a": "fen", "b": "fen"}, "truth"),
        (lambda a, b: a == b, {"a": "place", "b": "place"}, "truth"),
        (lambda a, b: (a > 0) & no(b), {"a": "fen", "b": "truth"}, "truth"),
        (lambda a, b: when(a, b, 0), {"a": "truth", "b": "fen"}, "fen"),
        (lambda a: when(a, ZERO_FEN, 0), {"a": "truth"}, "fen"),
        (lambda a: greatest(a, 0), {"a": "points"}, "points"),
        (lambda a: when(a > 0, 1, 0), {"a": "fen"}, "fits any"),
    ],
)  # fmt: skip
def test_a_clause_gives_the_unit_that_its_arguments_make(step: Any, units: dict[str, str], unit: str) -> None:
    assert found(step, **units) == unit


@pytest.mark.parametrize(
    ("step", "units", "text"),
    [
        (lambda a, b: a + b, {"a": "fen", "b": "months"}, "Units differ in (a + b): fen and months."),
        (lambda a, b: a - b, {"a": "fen/months", "b": "fen"}, "Units differ in (a - b): fen/months and fen."),
        (lambda a, b: a + b, {"a": "month", "b": "days"}, "Units differ in (a + b): month and days."),
        (lambda a, b: a + b, {"a": "month", "b": "month"}, "(a + b) adds month and month."),
        (lambda a, b: a + b, {"a": "truth", "b": "truth"}, "(a + b) adds truth and truth."),
        (lambda a, b: a + b, {"a": "place", "b": "place"}, "(a + b) adds place and place."),
        (lambda a, b: a * b, {"a": "place", "b": "count"}, "(a * b) multiplies or divides place and count."),
        (lambda a, b: a * b, {"a": "truth", "b": "fen"}, "(a * b) multiplies or divides truth and fen."),
        (lambda a, b: a * b, {"a": "day", "b": "count"}, "(a * b) multiplies or divides day and count."),
        (lambda a, b: a >= b, {"a": "place", "b": "year"}, "Units differ in (a >= b): place and year."),
        (lambda a, b: least(a, b), {"a": "fen", "b": "days"}, "Units differ in least(a, b): fen and days."),
        (lambda a, b: when(a, b, 0), {"a": "fen", "b": "fen"}, "when asks for a truth, not a."),
        (lambda a, b, c: when(a, b, c), {"a": "truth", "b": "fen", "c": "points"}, "Units differ in when(a, b, c): "),
        (lambda a, b: a & b, {"a": "truth", "b": "fen"}, "Units differ in (a & b): truth and fen."),
        (lambda a, b: a | b, {"a": "fen", "b": "fen"}, "| asks for truths in (a | b)."),
        (lambda a: no(a), {"a": "count"}, "no asks for truths in no(a)."),
        (lambda a: month_of(a), {"a": "month"}, "month_of(a) asks for a day."),
        (lambda a: months_in(a), {"a": "months"}, "months_in(a) asks for a month_set."),
        (lambda a, b: joined(a, b), {"a": "count", "b": "count"}, "joined asks for sets of months in joined(a, b)."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_units(step: Any, units: dict[str, str], text: str) -> None:
    with pytest.raises(UnitError) as refused:
        found(step, **units)
    assert str(refused.value).startswith(f"WF-LAW-004  {text}")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (30_600_000, "fen", "306000.00"), (-5, "fen", "-0.05"), (6119, "basis_points", "0.6119"),
        (8, "percent", "0.08"),
        (3133, "percent", "31.33"), (24293, "month", "2024-06"), (739_000, "day", "2024-04-24"), (1, "truth", "yes"),
        (0, "truth", "no"), (120, "months", "120"), (5, "tenths", "0.5"), (12_000, "percent*points", "120"),
        (1_050, "percent*points", "10.5"), (9_075, "percent*points", "90.75"), (0, "percent*points", "0"),
        (1250, "fen/months", "12.50"),
    ],
)  # fmt: skip
def test_a_number_is_written_for_people_and_read_back(value: int, unit: str, text: str) -> None:
    assert write_number(value, unit) == text
    assert read_number(text, unit, name="x") == value


@given(
    value=st.integers(-(10**15), 10**15), unit=st.sampled_from(["fen", "basis_points", "months", "points", "percent"])
)
def test_writing_and_reading_a_number_changes_nothing(value: int, unit: str) -> None:
    assert read_number(write_number(value, unit), unit, name="x") == value


@pytest.mark.parametrize(
    ("text", "unit"),
    [("1.005", "fen"), ("one", "fen"), ("nan", "fen"), ("Infinity", "fen"), ("", "months"), ("1.5", "months"),
     (None, "fen"), ("true", "truth"), ("2024-13", "month"), ("2024-02-30", "day"), ("2024", "month"), (["1"], "fen")],
)  # fmt: skip
def test_what_is_no_number_of_the_unit_is_refused_with_its_field(text: Any, unit: str) -> None:
    with pytest.raises(BadGiven) as refused:
        read_number(text, unit, name="pooled_wages")
    assert refused.value.field == "given.pooled_wages"
    assert f"WF-LAW-011  pooled_wages is given as {text!r}, which is no value in {unit}." in str(refused.value)


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [(24_733, "month", "x is 2061-02, which lies outside 1900-01 to 2060-12."),
     (700_000, "day", "x is 1917-07-15, which lies outside 1900-01-01 to 2060-12-31."),
     (30_000_000, "fen/months", "x is 300000.00, which lies outside 0.00 to 200000.00 yuan/month."),
     (481, "months", "x is 481, which lies outside 0 to 480 months."),
     (2, "sex", "x is 2, which lies outside 0 to 1."),
     (10**9, "day", "x is 1000000000, which lies outside 1900-01-01 to 2060-12-31.")],
)  # fmt: skip
def test_what_lies_outside_its_bounds_is_told_in_its_unit(value: int, unit: str, told: str) -> None:
    bounds = {"month": (22_800, 24_731), "day": (693_596, 752_400), "fen/months": (0, 20_000_000), "months": (0, 480)}
    assert outside("x", value, bounds.get(unit, (0, 1)), unit) == told
