"""Both pension schemes, linking, too few years and a surrender equal the oracle to the fen; planted faults are seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from rulebook.engine import column_of, figures, law, plan_and_world
from rulebook.oracle import BOTH_SCHEMES, BY_WAY, Figures, answers_of_both
from rulebook.oracle.figures import EVER, NEVER, Figure
from rulebook.resident_lives import resident_life, resident_lives
from wayfare.law import Law, as_columns, row

NAMES = (*BOTH_SCHEMES, *BY_WAY)
RATES = {"": 137, "430000": 322, "340000": 251, "440000": 408}
"""Yearly rates in basis points: hardly one is known, and an account without interest would show no fault in its walk."""
YEARS = range(2009, 2061)


@cache
def with_rates() -> Law:
    """The rulebook with a rate of residents' accounts for every year, in some provinces one of their own."""
    rows = [
        row(rate + year % 5, key=year, place=int(place) if place else ())
        for place, rate in RATES.items() for year in YEARS
    ]  # fmt: skip
    return law().replaced(parameters={"resident_interest_rate": rows})


@cache
def figures_with_rates() -> Figures:
    """The same rates among the oracle's rows."""
    rates = {
        (year,): [Figure(Fraction(rate + year % 5, 10_000), EVER, NEVER, place, "verified", False)
                  for place, rate in RATES.items()]
        for year in YEARS
    }  # fmt: skip
    found = figures()
    return replace(found, rows={**found.rows, "resident_interest_rate": rates})


def told(document: dict[str, Any], book: Law, *, columns: bool) -> dict[str, Any]:
    """Each value of the person; what hangs on a way, by the way."""
    plan, world = plan_and_world(document, book, (*NAMES, "way"))
    run = plan.population(as_columns(world), keep=True) if columns else plan.lives(world)
    found: dict[str, Any] = {name: column_of(run, name)[0] for name in BOTH_SCHEMES}
    place, tree = found["link_place"], book.tree
    found["link_place"] = None if place is None else f"{tree.code(place):06}"
    ways = [book.choices["short_way"][number] for number in column_of(run, "way") if number is not None]
    return found | {name: dict(zip(ways, column_of(run, name), strict=True)) for name in BY_WAY}


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(resident_lives())
def test_a_random_life_in_both_schemes_is_answered_alike_by_ints_by_columns_and_by_the_oracle(document):
    expected = answers_of_both(document, figures())
    assert told(document, law(), columns=False) == expected
    assert told(document, law(), columns=True) == expected


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(resident_lives())
def test_interest_at_made_up_rates_is_walked_alike(document):
    expected = answers_of_both(document, figures_with_rates())
    assert told(document, with_rates(), columns=False) == expected
