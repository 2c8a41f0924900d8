"""The engine's answers to the five questions, by ints and by columns, in the form in which the oracle gives its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from rulebook.oracle import KINDS, VALUES, Figures, read_figures
from wayfare.decisions.world import given_levels, read_given, world_of
from wayfare.facts import read_document
from wayfare.law import Law, Rows, as_columns
from wayfare.law.columns import as_list
from wayfare.rulebook import FOLDER, load_rulebook

BY_PROVINCE = "can_be_benefit_place"
NAMES = (*VALUES, BY_PROVINCE)
World = dict[str, Rows]
_PLANS: dict[Any, tuple[Law, Any]] = {}


@cache
def figures() -> Figures:
    """The raw rows, read once."""
    return read_figures(FOLDER)


def law() -> Law:
    """The rulebook with the base assumptions."""
    return load_rulebook()


def plan_and_world(
    document: Mapping[str, Any], book: Law | None = None, names: Sequence[str] = NAMES
) -> tuple[Any, World]:
    """The plan of all five questions, or of other values, and the rows of one person."""
    book = book or law()
    read = read_document(document)
    given = read_given(book, read.given)
    computed = [n for n in given if n not in book.values or book.values[n].kind != "fact"]
    plan = book.plan(names, given=computed, mode=read.mode, rows_given=given_levels(book, computed))
    return plan, world_of([read], book, given)


def by_ints(document: Mapping[str, Any]) -> dict[str, Any]:
    plan, world = plan_and_world(document)
    return told(plan.lives(world))[0]


def by_columns(document: Mapping[str, Any]) -> dict[str, Any]:
    plan, world = plan_and_world(document)
    return told(plan.population(as_columns(world), keep=True))[0]


def some_of(
    document: Mapping[str, Any], names: Sequence[str], *, columns: bool = False, book: Law | None = None
) -> dict[str, Any]:
    """Some of a person's values, by ints or by columns."""
    book, read = book or law(), read_document(document)
    given = read_given(book, read.given)
    computed = tuple(sorted(n for n in given if n not in book.values or book.values[n].kind != "fact"))
    plan = _plan(book, tuple(names), computed, read.mode, given_levels(book, computed, [read]))
    world = world_of([read], book, given)
    run = plan.population(as_columns(world), keep=True) if columns else plan.lives(world)
    return {name: _told(run, name)[0] for name in names}


def _plan(book: Law, names: tuple[str, ...], given: tuple[str, ...], mode: Any, rows_given: frozenset[str]) -> Any:
    """The plan, kept with its rulebook: to plan takes longer than to run."""
    key = id(book), names, given, mode, rows_given
    if key not in _PLANS:
        _PLANS[key] = book, book.plan(names, given=given, mode=mode, rows_given=rows_given)
    return _PLANS[key][1]


def of_many(documents: Sequence[Mapping[str, Any]], book: Law) -> list[dict[str, Any]]:
    """Many people's answers in one run; their documents have one mode and give the same facts."""
    read = [read_document(document) for document in documents]
    plan, given = book.plan(NAMES, mode=read[0].mode), read_given(book, read[0].given)
    return told(plan.population(as_columns(world_of(read, book, given)), keep=True))


def told(run: Any) -> list[dict[str, Any]]:
    """Each person's values, places as codes, and what hangs on a province by the province."""
    columns = {name: _told(run, name) for name in VALUES}
    people: list[dict[str, Any]] = [
        {name: column[i] for name, column in columns.items()} | {BY_PROVINCE: {}}
        for i in range(len(columns["pension"]))
    ]
    rows = zip(_persons(run), _told(run, "relation_province"), _told(run, BY_PROVINCE), strict=True)
    for person, province, can in rows:
        people[person][BY_PROVINCE][province] = can
    return people


def _persons(run: Any) -> list[int]:
    """Whose each relation is."""
    return [int(i) for i in run.link("relation", "person")]


def column_of(run: Any, name: str) -> list[int | None]:
    """A value's column as a list, whichever back end worked it out."""
    column = run.value(name)
    return column if isinstance(column, list) else as_list(column)


def _told(run: Any, name: str) -> list[Any]:
    unit, tree = run.plan.units[name], run.plan.law.tree
    words = {"place": lambda x: f"{tree.code(x):06}", "account_kind": lambda x: KINDS[x]}.get(unit, int)
    return [None if x is None else words(x) for x in column_of(run, name)]
