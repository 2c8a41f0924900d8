"""The law that a question about paths is put to: one law, one plan for each set of values, some lives at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from wayfare.decisions.world import given_levels, world_of
from wayfare.facts import Document
from wayfare.kernel.status import Mode
from wayfare.law import Law, Row
from wayfare.law.units import read_number

__all__ = ["AskedLaw", "with_growth"]

GROWN = ("average_wage", "announced_benefit_base")


@dataclass(frozen=True)
class AskedLaw:
    """A law with the values that are given in every path, in small units; always in mode estimate."""

    law: Law
    given: Mapping[str, int]

    def lives(
        self, documents: Sequence[Document], goals: Sequence[str], person: Mapping[str, int] | None = None
    ) -> Any:
        """The lives of some documents, each value kept. A document's `chosen_month` is its own; `person` is for all."""
        law = self.law
        computed = [n for n in self.given if law.values.get(n) is None or law.values[n].kind != "fact"]
        levels = given_levels(law, computed, documents)
        plan = law.plan(list(goals), given=computed, mode=Mode.ESTIMATE, rows_given=levels)
        world = world_of(documents, law, self.given)
        chosen = [_chosen(document) for document in documents]
        columns = {"chosen_month": chosen} | {n: [x] * len(documents) for n, x in (person or {}).items()}
        world["person"] = replace(world["person"], columns={**world["person"].columns, **columns})
        return plan.lives(world)


def _chosen(document: Document) -> int:
    text = document.given.get("chosen_month")
    return 0 if text is None else read_number(text, "month", name="chosen_month")


def with_growth(law: Law, growth: int, after: int) -> Law:
    """The law with average wages and benefit bases that grow at one rate after a year; `growth` in basis points."""
    tables = {}
    for name in GROWN:
        table = law.parameters[name]
        last = {r.places: r.value for rows in (table.pack, table.rows) for r in rows if r.key[0] == after}
        tables[name] = replace(table, pack=tuple(_grown(r, last, growth, after) for r in table.pack))
    version = f"{law.version}+wage_growth={growth}"
    return replace(law.replaced(parameters=tables), version=version)


def _grown(row: Row, last: Mapping[tuple[int, ...], int], growth: int, after: int) -> Row:
    years = row.key[0] - after
    if years <= 0 or row.places not in last:
        return row
    return replace(row, value=round(last[row.places] * Fraction(10_000 + growth, 10_000) ** years))
