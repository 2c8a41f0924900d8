"""Copies of one person's rows in which some fact is unknown, assumed or stated in another way, to be asked at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from random import Random

from rulebook.histories import CITIES, HOMES
from wayfare.law import Law, Rows
from wayfare.law.show import facts_behind
from wayfare.rulebook import load_rulebook

World = Mapping[str, Rows]
Cell = tuple[str, str, int]  # level, column, row
LEVELS = ("person", "hukou_spell", "work_spell", "contribution", "account_record")
NEVER_ASKED = ("asked_day", "asked_month", "contribution_number", "relation_number")
"""Columns that no document can leave out."""


@dataclass(frozen=True)
class Fact:
    """Cells that one statement of the document fills: they are unknown together."""

    cells: tuple[Cell, ...]


def facts_of(world: World) -> list[Fact]:
    """Every fact of the rows that the law of pensions reads, each alone; a birth fills the day and the month."""
    found, read = [], _read_by_pensions()
    for level in LEVELS:
        for name in world[level].columns:
            if name in (*NEVER_ASKED, "birth_month") or name not in read:
                continue
            names = (name, "birth_month") if name == "born" else (name,)
            found += [Fact(tuple((level, n, i) for n in names)) for i in range(world[level].size)]
    return found


@cache
def _read_by_pensions() -> frozenset[str]:
    law = load_rulebook()
    return frozenset(n for q in law.questions if q.startswith("pension.") for n in facts_behind(law, q))


def columns_of(world: World) -> list[Fact]:
    """Whole columns of the rows, each unknown in all rows."""
    grouped: dict[tuple[str, str], list[Cell]] = {}
    for fact in facts_of(world):
        level, name, _ = fact.cells[0]
        grouped.setdefault((level, name), []).extend(fact.cells)
    return [Fact(tuple(cells)) for cells in grouped.values()]


def without(world: World, fact: Fact) -> World:
    """The rows with the fact not stated."""
    return _with(world, dict.fromkeys(fact.cells))


def assumed(world: World, fact: Fact) -> World:
    """The rows with the fact marked as an assumption of the document."""
    out = dict(world)
    for level, name, i in fact.cells:
        rows = out[level]
        marks = list(rows.assumed.get(name, [False] * rows.size))
        marks[i] = True
        out[level] = replace(rows, assumed={**rows.assumed, name: marks})
    return out


def filled(world: World, fact: Fact, law: Law, draw: Random) -> World:
    """The rows with the fact stated in some other way that it could be."""
    return _with(world, {cell: _other(world, cell, law, draw) for cell in fact.cells if cell[1] != "birth_month"})


def _other(world: World, cell: Cell, law: Law, draw: Random) -> int:
    level, name, i = cell
    value, declared = world[level].columns[name][i], law.values[name].declared
    if law.values[name].kind != "fact":  # a truth given in place of what the record would show
        return 1 - int(value)
    if declared.unit == "place":
        return law.tree.number(draw.choice((*CITIES, *HOMES)))
    if declared.high - declared.low <= 3:
        return draw.randint(declared.low, declared.high)
    if name in ("first_month", "end_month"):
        end = world[level].columns["end_month"][i] if name == "first_month" else value + 60
        start = world[level].columns["first_month"][i] + 1 if name == "end_month" else max(1984 * 12, value - 60)
        return draw.randint(start, max(start, min(end - 1, start + 300)))
    return max(declared.low, min(declared.high, draw.choice([0, value + draw.randint(-400, 400), value * 2])))


def _with(world: World, cells: Mapping[Cell, int | None]) -> World:
    out = dict(world)
    for (level, name, i), value in cells.items():
        rows = out[level]
        column = list(rows.columns[name])
        column[i] = value
        out[level] = replace(rows, columns={**rows.columns, name: column})
        if name == "born" and value is not None:
            out[level] = _born(out[level], i, value)
    return out


def _born(rows: Rows, i: int, day: int) -> Rows:
    born = date.fromordinal(day)
    months = list(rows.columns["birth_month"])
    months[i] = born.year * 12 + born.month - 1
    return replace(rows, columns={**rows.columns, "birth_month": months})


def joined(worlds: Sequence[World]) -> dict[str, Rows]:
    """Many people's rows in one world, in order."""
    out = {}
    for level in worlds[0]:
        parts = [world[level] for world in worlds]
        columns = {name: [x for rows in parts for x in rows.columns[name]] for name in parts[0].columns}
        marked = {name for rows in parts for name in rows.assumed}
        marks = {name: [m for r in parts for m in r.assumed.get(name, [False] * r.size)] for name in marked}
        people = [p for p, rows in enumerate(parts) for _ in range(rows.size)]
        above = {} if level == "person" else {"person": people}
        out[level] = Rows(len(people), columns, above, marks, [ref for rows in parts for ref in rows.refs])
    return out
