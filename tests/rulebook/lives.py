"""Asking the rulebook about a life that is written as a facts document: names in, text out.

The helper knows nothing of the rules. It reads the document as any other door does, puts the facts under the law's
levels, and writes each value as people write it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from wayfare.decisions.world import given_levels, read_given, world_of
from wayfare.facts import read_document
from wayfare.law import Law, as_columns
from wayfare.law.units import write_number
from wayfare.rulebook import load_rulebook


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
        """Each value as text, None where it is not known; of relations by province, of facts in their order."""
        wanted = tuple(names)
        read = read_document({"question": "pension.account", **self.document})
        given = read_given(self.rulebook, read.given)
        computed = [n for n in given if n not in self.rulebook.values or self.rulebook.values[n].kind != "fact"]
        plan = self.rulebook.plan(
            wanted, given=computed, mode=read.mode, rows_given=given_levels(self.rulebook, computed, [read])
        )
        world = world_of([read], self.rulebook, given)
        run = plan.population(as_columns(world), keep=True) if columns else plan.lives(world)
        return {name: self._written(run, name) for name in wanted}

    def _written(self, run: Any, name: str) -> Any:
        value, unit = self.rulebook.values[name], run.plan.units[name]
        found = [self._text(x, unit) for x in as_list(run.value(name))]
        if value.level == "person":
            return found[0]
        made_by = self.rulebook.levels[value.level].maker
        if made_by is None:  # rows of facts: in the order of the document
            return found
        maker = self.rulebook.values[made_by]
        key = next(iter(maker.declared.columns.values())) if maker.kind == "expand" else maker.name
        key_unit = run.plan.units[key] if maker.kind == "expand" else "place"
        keys = [self._text(x, key_unit) for x in as_list(run.value(key))]
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
