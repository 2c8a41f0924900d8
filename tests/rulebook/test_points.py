"""The points engine equals an exhaustive search over the lawful choices of items, whatever is known of an applicant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import pytest

from rulebook.applicants import SYSTEMS, applicant, without_a_fact
from rulebook.engine import column_of
from rulebook.lives import law
from rulebook.points_oracle import score
from wayfare.decisions.world import read_given, world_of
from wayfare.facts import read_document
from wayfare.law import Law, as_columns

Documents = Sequence[Mapping[str, Any]]
ASKED = ("points", "points_sum", "points_counted")


@cache
def applicants(system: str, seed: int, count: int) -> list[dict[str, Any]]:
    draw = Random(seed)
    return [applicant(draw, system) for _ in range(count)]


def run_of(documents: Documents, *, columns: bool, book: Law | None = None) -> Any:
    """All of one table's applicants in one run."""
    book, read = book or law(), [read_document(document) for document in documents]
    given = read_given(book, read[0].given)
    plan = book.plan(ASKED, given=sorted(given))
    world = world_of(read, book, given)
    return plan.population(as_columns(world), keep=True) if columns else plan.lives(world)


def points_of(documents: Documents, *, columns: bool, book: Law | None = None) -> list[Decimal | None]:
    found = column_of(run_of(documents, columns=columns, book=book), "points")
    return [None if x is None else Decimal(x) / 100 for x in found]


@pytest.mark.parametrize("columns", [False, True], ids=["ints", "columns"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_score_is_the_best_of_all_lawful_choices(system, columns):
    documents = applicants(system, 4, 100)
    for document, found in zip(documents, points_of(documents, columns=columns), strict=True):
        assert found == score(document, system), document


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_rows_that_count_make_the_score(system):
    run = run_of(applicants(system, 5, 60), columns=False)
    made: dict[int, int] = defaultdict(int)
    unknown = set()
    for person, points in zip(run.link("points_row", "person"), column_of(run, "points_counted"), strict=True):
        made[person] += points or 0
        unknown |= {person} if points is None else set()
    for person, total in enumerate(column_of(run, "points_sum")):
        assert total is None or person in unknown or made[person] == total


@pytest.mark.parametrize("columns", [False, True], ids=["ints", "columns"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_score_stands_only_where_what_is_unknown_cannot_change_it(system, columns):
    draw = Random(6)
    whole = [applicant(draw, system) for _ in range(60)]
    known = [without_a_fact(draw, document) for document in whole]
    for document, found in zip(known, points_of(known, columns=columns), strict=True):
        if found is not None:
            assert {score(each, system) for each in completions(document)} == {found}, document


def completions(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Ways in which what is not stated may be: each unknown fact with a few of its values."""
    out = [dict(document["facts"])]
    for change in (_births, _degrees, _homes, _spells):
        out = [each for facts in out for each in change(facts)]
    return [{**document, "facts": facts} for facts in out]


def _births(facts: dict[str, Any]) -> list[dict[str, Any]]:
    if "born" in facts["person"]:
        return [facts]
    return [facts | {"person": facts["person"] | {"born": born}} for born in ("1957-01-01", "1975-01-01", "1990-01-01")]


def _filled(items: list[dict[str, Any]], name: str, values: Sequence[Any], needs: Any) -> list[list[dict[str, Any]]]:
    out: list[list[dict[str, Any]]] = [[]]
    for item in items:
        options = [{**item, name: value} for value in values] if name not in item and needs(item) else [item]
        out = [[*before, option] for before in out for option in options]
    return out


def _degrees(facts: dict[str, Any]) -> list[dict[str, Any]]:
    ways = _filled(
        facts["person"]["education"], "degree", (True, False), lambda s: s["level"] in ("bachelor", "master", "doctor")
    )
    return [facts | {"person": facts["person"] | {"education": way}} for way in ways]


def _homes(facts: dict[str, Any]) -> list[dict[str, Any]]:
    ways = _filled(facts["residence"], "basis", ("own", "rent", "family"), lambda _: True)
    return [facts | {"residence": way} for way in ways]


def _spells(facts: dict[str, Any]) -> list[dict[str, Any]]:
    based = _filled(facts["insurance"], "base", ("2000.00", "60000.00"), lambda _: True)
    ways = [way for spells in based for way in _filled(spells, "basis", ("employee", "flexible"), lambda _: True)]
    return [facts | {"insurance": way} for way in ways]
