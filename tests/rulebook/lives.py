"""Asking the rulebook about a life that is written as a facts document: one person, values in, text out.

The helper knows nothing of the rules. It reads the document as any other door does, puts the facts under the law's levels, and
writes each value as people write it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayfare.facts.reading import read_document
from wayfare.facts.tables import FactTable, fact_tables
from wayfare.kernel.status import Mode
from wayfare.law import Law, Rows, as_columns
from wayfare.law.units import read_number, write_number
from wayfare.rulebook import load_rulebook

RENAMED = {"account_balance": "record_balance"}  # the question's value has the name of the facts' column


@cache
def law() -> Law:
    """The rulebook with the base assumptions."""
    return load_rulebook()


@dataclass(frozen=True)
class Life:
    """A document's facts under the law, ready to be asked."""

    document: Mapping[str, Any]
    rulebook: Law

    def ask(self, names: Iterable[str], *, columns: bool = False) -> dict[str, Any]:
        """Each value as text, None where it is not known; for a value of relations, by province."""
        wanted = tuple(names)
        read = read_document({"question": "pension.account", "given": {}, **self.document})
        given = dict(read.given)
        plan = self.rulebook.plan(wanted, given=tuple(given), mode=Mode(read.mode.value))
        world = world_of(self.rulebook, fact_tables([read]), given)
        run = plan.population(as_columns(world), keep=True) if columns else plan.lives(world)
        return {name: self._written(run, name) for name in wanted}

    def _written(self, run: Any, name: str) -> Any:
        value, unit = self.rulebook.values[name], run.plan.units[name]
        found = [self._text(x, unit) for x in as_list(run.value(name))]
        if value.level == "person":
            return found[0]
        keys = [self._text(x, "place") for x in as_list(run.value(self.rulebook.levels[value.level].maker))]
        return dict(zip(keys, found, strict=True))

    def _text(self, number: int | None, unit: str) -> str | None:
        if number is None:
            return None
        if unit == "place":
            return f"{self.rulebook.tree.code(number):06}"
        if unit in self.rulebook.choices:
            return self.rulebook.choices[unit][number]
        return write_number(number, unit)


def as_list(column: Any) -> list[int | None]:
    """A column of either back end as a list."""
    if hasattr(column, "unknown"):
        return [None if u else int(x) for x, u in zip(column.value, column.unknown, strict=True)]
    return [None if x is None else int(x) for x in column]


def world_of(rulebook: Law, tables: Mapping[str, FactTable], given: Mapping[str, str]) -> dict[str, Rows]:
    """The facts under the law's levels, with the given values in their units."""
    world = {}
    for level, table in tables.items():
        if level not in rulebook.levels:
            continue
        columns = {RENAMED.get(n, n): coded(rulebook, n, c) for n, c in table.columns.items()}
        world[level] = Rows(len(table.refs), columns, table.above, refs=table.refs)
    person = world["person"]
    stated = {name: [given_number(rulebook, name, text)] for name, text in given.items()}
    world["person"] = Rows(1, {**person.columns, **stated}, person.above, refs=person.refs)
    return world


def coded(rulebook: Law, name: str, column: Iterable[int | None]) -> list[int | None]:
    """Places as their numbers in the tree of places; all else as it is."""
    if not name.endswith("_place"):
        return list(column)
    return [None if x is None else rulebook.tree.number(x) for x in column]


def given_number(rulebook: Law, name: str, text: str) -> int:
    """A given value in small units."""
    table = rulebook.parameters.get(name)
    unit = table.unit if table else rulebook.plan([name], mode=Mode.ESTIMATE).units[name]
    return rulebook.tree.number(text) if unit == "place" else read_number(text, unit, name=name)
