"""A facts document as rows for the engine: places by their number in the law's tree, given values in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wayfare.facts import Document, fact_tables
from wayfare.kernel.status import Mode
from wayfare.law import Law, Rows
from wayfare.law.errors import BadGiven
from wayfare.law.units import read_number

__all__ = ["given_levels", "read_given", "world_of"]


def world_of(documents: Sequence[Document], law: Law, given: Mapping[str, Any] | None = None) -> dict[str, Rows]:
    """The rows of some people; `given` values (in small units) stand at their levels for every person."""
    world = {}
    for level, table in fact_tables(documents).items():
        columns = {name: _in_law(law, name, column) for name, column in table.columns.items()}
        world[level] = Rows(len(table.refs), columns, table.above, table.assumed, table.refs)
    alone = given_levels(law, list(given or {}), documents)
    for name, x in (given or {}).items():
        for value, level in _stands_at(law, name):
            if level not in alone:
                level = level if level in world else "person"
                rows = world[level]
                world[level] = Rows(
                    rows.size, {**rows.columns, value: [x] * rows.size}, rows.above, rows.assumed, rows.refs
                )
            else:  # the value's rows come with it: one for each person
                n = len(documents)
                held = world[level].columns if level in world and world[level].size else {}
                columns = {**held, value: [x] * n}
                world[level] = Rows(n, columns, {"person": list(range(n))}, {}, [f"given:{name}"] * n)
    return world


def _in_law(law: Law, name: str, column: Sequence[int | None]) -> list[int | None]:
    value = law.values.get(name)
    if value is None or value.kind != "fact" or value.declared.unit != "place":
        return list(column)
    return [None if code is None else law.tree.number(code) for code in column]


def _stands_at(law: Law, name: str) -> list[tuple[str, str]]:
    return [(v, law.values[v].level) for v in law.stands_for(name)]


def given_levels(law: Law, names: Sequence[str], documents: Sequence[Document] = ()) -> frozenset[str]:
    """Levels whose rows come with the given values, because the documents hold no facts to make them from."""
    levels = {level for name in names for _, level in _stands_at(law, name)}
    tables = fact_tables(documents) if levels else {}
    alone = (x for x in levels if law.levels[x].maker or law.levels[x].stands_alone)
    return frozenset(x for x in alone if not _has_facts(law, x, tables))


def _has_facts(law: Law, level: str, tables: Mapping[str, Any]) -> bool:
    while maker := law.levels[level].maker:
        declared = law.values[maker].declared
        level = declared.of if hasattr(declared, "of") else declared.within
    return level == "person" or bool(level in tables and tables[level].refs)


def read_given(law: Law, given: Mapping[str, str]) -> dict[str, int]:
    """Given text in small units. Raises BadGiven for a name that no value has or a text that is no number of it."""
    out = {}
    for name, text in given.items():
        stands = law.stands_for(name)
        if not stands:
            raise BadGiven(
                f"{name} is given, but no value has that name.",
                next_step="wayfare law show QUESTION lists the names.",
                field=f"given.{name}",
            )
        unit = unit_of_value(law, stands[0])
        if unit == "place":
            out[name] = law.tree.number(text)
        elif unit in law.choices and text in law.choices[unit]:
            out[name] = law.choices[unit].index(text)
        else:
            out[name] = read_number(text, unit, name=name)
    return out


def unit_of_value(law: Law, name: str) -> str:
    """The unit of a value, whatever gives it."""
    value = law.values[name]
    if value.kind == "fact":
        return str(value.declared.unit)
    if value.kind == "look_up":
        return law.parameters[value.declared.table].unit
    plan = law.plan([name], mode=Mode.ESTIMATE)
    return str(plan.units[name])
