"""Slices and the links to them, over int64 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wayfare.law.unknown import either, join, split

if TYPE_CHECKING:
    from wayfare.law.columns import People
    from wayfare.law.law import Value

__all__ = ["hang", "slice_key", "slices"]


def slices(people: People, value: Value, level: str) -> Any:
    x, of = value.declared, value.declared.of
    start, bad_start = split(people.v[x.start, of])
    end, bad_end = split(people.v[x.end, of])
    start, end = people.full(start, of), people.full(end, of)
    unknown = either(bad_start, bad_end)
    days, bad_day = _days(people, x) if x.at_rows else (None, None)
    unknown = either(unknown, bad_day)
    if unknown is not None:
        low = people.plan.bounds[x.start][0]
        start, end = np.where(unknown, low, start), np.where(unknown, low + 1, end)
    persons = either(people.taint.get(of), people.persons(of, unknown))
    if persons is not None:
        people.taint[level] = persons
    spell, out, key = _by_year(start, end) if x.by == "year" else _by_day(people, x, start, end, days)
    people.size[level], people.links[level, of] = len(spell), spell
    people.flat.add((level, of))
    people.v[x.key, level] = join(key, None if persons is None else people.of_person(persons, level))
    return out


def _by_year(start: Any, end: Any) -> tuple[Any, Any, Any]:
    """Each spell's pieces, a year each: the spell, its months as a set of 12 bits, the year."""
    first = start // 12
    count = np.where(end > start, (end - 1) // 12 - first + 1, 0)
    if count.max(initial=0) <= 1:  # records by the year need no counting
        spell = np.flatnonzero(count)
        year = first[spell]
    else:
        spell = np.repeat(np.arange(len(start)), count)
        year = np.arange(len(spell)) - (np.cumsum(count) - count - first)[spell]
    months = (1 << np.minimum(end[spell] - 12 * year, 12)) - (1 << np.maximum(start[spell] - 12 * year, 0))
    return spell, months, year


def _days(people: People, x: Any) -> tuple[Any, Any]:
    """Pairs (row of the spells, day) from the other rows that meet them, and the spells that meet an unknown day."""
    rows, day = x.at_rows
    meet = people.plan.shared(rows, x.of)
    number, unknown = split(people.v[day, rows])
    number = people.full(number, rows)
    theirs, mine = people.link(rows, meet), people.link(x.of, meet)
    order = np.argsort(theirs, kind="stable")
    first = np.searchsorted(theirs[order], mine, "left")
    count = np.searchsorted(theirs[order], mine, "right") - first
    spell = np.repeat(np.arange(len(mine)), count)
    at = order[np.arange(len(spell)) - (np.cumsum(count) - count - first)[spell]]
    if unknown is None:
        return (spell, number[at]), None
    bad = np.zeros(len(mine), bool)
    bad[spell[unknown[at]]] = True
    return (spell, number[at]), bad


def _by_day(people: People, x: Any, start: Any, end: Any, days: Any) -> tuple[Any, Any, Any]:
    """Each spell's pieces between points of change: the spell, the first day, the first day after."""
    spells, points = [np.arange(len(start))], [start]
    if x.at_table:
        change = np.array(people.law.parameters[x.at_table].days_of_change(), np.int64)
        first = np.searchsorted(change, start, "right")
        count = np.maximum(np.searchsorted(change, end, "left") - first, 0)
        spell = np.repeat(np.arange(len(start)), count)
        spells.append(spell)
        points.append(change[np.arange(len(spell)) - (np.cumsum(count) - count - first)[spell]])
    if days is not None:
        spell, day = days
        inside = (day > start[spell]) & (day < end[spell])
        spells.append(spell[inside])
        points.append(day[inside])
    spell, point = np.concatenate(spells), np.concatenate(points)
    kept = start[spell] < end[spell]
    order = np.lexsort([point[kept], spell[kept]])
    spell, point = spell[kept][order], point[kept][order]
    fresh = np.r_[True, (spell[1:] != spell[:-1]) | (point[1:] != point[:-1])] if len(spell) else np.zeros(0, bool)
    spell, point = spell[fresh], point[fresh]
    last = np.r_[spell[1:] != spell[:-1], True] if len(spell) else np.zeros(0, bool)
    after = np.where(last, end[spell], np.r_[point[1:], 0]) if len(spell) else point
    return spell, point, after


def slice_key(people: People, value: Value, level: str) -> Any:
    return people.v[value.name, level]


def hang(people: People, value: Value, level: str) -> Any:
    x = value.declared
    key, unknown = split(people.v[x.by, x.of])
    info, edge = people.law.levels[x.under], (x.of, x.under)
    if unknown is not None:
        people.loose[edge] = people.persons(x.of, unknown)
    if x.under in people.years:
        link = people.years[x.under].row_of(people.link(x.of, info.above[0]), people.full(key, x.of))
        people.links[edge] = link if unknown is None else np.where(unknown, -1, link)
        if people.links[edge].min(initial=0) < 0:
            people.holes.add(edge)
    elif info.span is not None:
        low, high = info.span
        inside = info.above[0]
        up = people.link(x.of, inside)
        link = (key - low) * people.size[inside] + up
        bound_low, bound_high = people.plan.bounds[x.by]
        if unknown is not None or bound_low < low or bound_high > high or (x.of, inside) in people.holes:
            nowhere = (key < low) | (key > high) | (up < 0)
            nowhere = nowhere if unknown is None else nowhere | unknown
            if nowhere.any():
                link = np.where(nowhere, -1, link)
                people.holes.add(edge)
        people.links[edge] = link
    else:
        people.links[edge] = _piece_of(people, x, str(info.maker), people.full(key, x.of), unknown)
        people.holes.add(edge)
    return 0


def _piece_of(people: People, x: Any, maker_name: str, key: Any, unknown: Any) -> Any:
    """The slice by day in which each row's day falls, -1 for none."""
    maker = people.law.values[maker_name].declared
    meet = people.plan.shared(x.of, maker.of)
    theirs, mine = people.link(x.under, meet), people.link(x.of, meet)
    start, bad = split(people.v[maker_name, x.under])
    end = split(people.v[maker.key, x.under])[0]
    if not len(start):
        return np.full(len(key), -1)
    base, room = int(min(start.min(), key.min(initial=0))), int(max(end.max(), key.max(initial=0))) + 2
    code = theirs * room + (start - base)
    order = np.argsort(code, kind="stable")
    at = np.maximum(np.searchsorted(code[order], mine * room + (key - base), "right") - 1, 0)
    piece = order[at]
    inside = (theirs[piece] == mine) & (start[piece] <= key) & (key < end[piece])
    inside &= True if unknown is None else ~unknown
    inside &= True if bad is None else ~bad[piece]
    return np.where(inside, piece, -1)
