"""Permits and school places of random families: by ints, by columns and by an oracle that shares no code with them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.engine import column_of, law
from rulebook.families import family, without_open
from rulebook.oracle.services import answer, completions
from wayfare.decisions.world import given_levels, read_given, world_of
from wayfare.facts import read_document
from wayfare.law import as_columns
from wayfare.law.units import write_number
from wayfare.rulebook import FOLDER

BY_WAY = {"permit_ground_is_open": "permit_ground", "school_way_is_open": "school_way"}
NAMES = (
    "permit_is_eligible", "permit_is_within_reach", "permit_papers_missing", "permit_ground_relied_on",
    "permit_standing", "permit_residence_months", "school_is_eligible", "school_papers_missing", "school_papers_most",
    *BY_WAY,
)  # fmt: skip


@cache
def plan_of(given: tuple[str, ...]) -> Any:
    """The plan for the values given, made once: to plan takes longer than to run."""
    book = law()
    computed = [name for name in given if book.values[name].kind != "fact"]
    return book.plan([*NAMES, *BY_WAY.values()], given=computed, rows_given=given_levels(book, computed))


def asked(document: Mapping[str, Any], *, columns: bool = False) -> dict[str, Any]:
    """What the engine says, in the form in which the oracle says it."""
    read = read_document(document)
    given = read_given(law(), read.given)
    plan, world = plan_of(tuple(sorted(given))), world_of([read], law(), given)
    run = plan.population(as_columns(world), keep=True) if columns else plan.lives(world)
    found = {name: _told(run, name) for name in NAMES}
    for name, by in BY_WAY.items():
        found[name] = dict(zip(_told(run, by), found[name], strict=True))
    return {name: x if name in BY_WAY else x[0] for name, x in found.items()}


def _told(run: Any, name: str) -> list[Any]:
    unit = run.plan.units[name]
    return [None if x is None else _value(unit, int(x)) for x in column_of(run, name)]


def _value(unit: str, x: int) -> Any:
    if unit in law().choices:
        return law().choices[unit][x]
    return bool(x) if unit == "truth" else int(write_number(x, unit))


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_a_familys_answers_are_those_of_the_oracle(seed):
    document = family(Random(seed)).document
    found = asked(document)
    assert found == answer(document, FOLDER)
    assert asked(document, columns=True) == found


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_what_is_known_with_facts_left_open_holds_however_they_are_stated(seed):
    drawn = family(Random(seed), holes=3)
    found = asked(without_open(drawn))
    assert asked(without_open(drawn), columns=True) == found
    for document in completions(drawn.document, drawn.holes):
        stated = answer(document, FOLDER)
        for name, x in found.items():
            if name in BY_WAY:
                assert all(each is None or each == stated[name][way] for way, each in x.items()), name
            else:
                assert x is None or x == stated[name], name


def test_the_families_reach_both_answers_of_every_value():
    """A generator that never opens a way would prove nothing."""
    stated = [answer(family(Random(seed)).document, FOLDER) for seed in range(400)]
    for name in ("permit_is_eligible", "school_is_eligible", "permit_is_within_reach"):
        assert {True, False} <= {each[name] for each in stated}, name
    assert {each["permit_standing"] for each in stated} == {"no_permit", "in_force", "suspended"}
    opened = {way for each in stated for way, is_open in each["school_way_is_open"].items() if is_open}
    assert opened == {"beijing_papers", "shanghai_permit", "shanghai_flexible", "chengdu_permit", "chengdu_temporary"}
    assert {g for each in stated for g, is_open in each["permit_ground_is_open"].items() if is_open} == {
        "residence", "employment", "study",
    }  # fmt: skip
