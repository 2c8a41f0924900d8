"""What the oracles stand on: raw rows read one after another, exact fractions, and unknowns as None.

Nothing here uses the engine's tables, plan or moves, so that what its two back ends share (inheritance of places,
dates, modes, order) is held against this too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

PLACES = (
    (440000, None), (440100, 440000), (440300, 440000),
    (510000, None), (510100, 510000),
    (340000, None), (341200, 340000), (341225, 341200),
)  # fmt: skip
CODES = [code for code, _ in PLACES]
WIDER = dict(PLACES)
SURE = ("official", "verified")


def number(code: int) -> int:
    """What the engine calls a place."""
    return CODES.index(code)


def upward(code: int | None) -> list[int]:
    """A place and those around it, the narrowest first."""
    return [] if code is None else [code, *upward(WIDER[code])]


def province(place: int | None) -> int | None:
    """Number of the province of a place given by its number."""
    return None if place is None else number(upward(CODES[place])[-1])


def day(text: str) -> int:
    """A day as the number that facts carry."""
    return date.fromisoformat(text).toordinal()


def month(text: str) -> int:
    """A month as the number that facts carry."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def month_of(ordinal: int) -> int:
    """Month of a day."""
    found = date.fromordinal(ordinal)
    return found.year * 12 + found.month - 1


def first_day(months: int) -> int:
    """First day of a month."""
    return date(months // 12, months % 12 + 1, 1).toordinal()


def _fits(row: Any, on: int | None, at: tuple[int, ...], key: tuple[int, ...], steps: tuple[bool, ...]) -> bool:
    if on is not None and not row.since <= on < row.until:
        return False
    if any(code not in upward(CODES[place]) for code, place in zip(row.places, at, strict=False)):
        return False
    return all(k <= asked if step else k == asked for k, asked, step in zip(row.key, key, steps, strict=True))


def _rank(row: Any, steps: tuple[bool, ...]) -> tuple[Any, ...]:
    narrow = len(row.places) == 2, sum(len(upward(p)) for p in row.places)
    return (*narrow, *(k for k, step in zip(row.key, steps, strict=True) if step))


def figure(table: Any, *, on: Any = 0, at: Any = (), key: Any = (), decision: bool = False) -> int | None:
    """The figure in force on a day in a place (or a pair of places) under a key; None for a gap or an unknown key.

    `on` is left out for a table without dates. The narrowest place that has a row wins, then the greatest step; a row
    that is not sure is a gap in a decision; the rows of a pack fill what no row of the table covers.
    """
    if on is None or None in at or None in key:
        return None
    steps = tuple(name in table.steps for name in table.by)
    for rows in (table.rows, table.pack):
        found = [r for r in rows if _fits(r, on or None, at, key, steps)]
        if found:
            best = max(found, key=lambda r: _rank(r, steps))
            return None if decision and best.source.status.value not in SURE else int(best.value)
    return None


def listed(table: Any, *, on: int, at: tuple[int, ...] = (), key: tuple[int, ...] = (), decision: bool = False) -> Any:
    """All rows in force under the narrowest place that has any, as dicts by column; None where there is none."""
    exact = (False,) * len(key)
    found = [r for r in table.rows if _fits(r, on or None, at, key, exact)]
    best = max((_rank(r, exact) for r in found), default=None)
    found = [r for r in found if _rank(r, exact) == best]
    if not found or (decision and any(r.source.status.value not in SURE for r in found)):
        return None
    return [dict(zip((name for name, _ in table.columns), r.columns, strict=True)) for r in found]


def text_in_force(
    texts: Iterable[Any], on: int | None, at: tuple[int | None, ...] = (), decision: bool = False
) -> Any:  # fmt: skip
    """The declared text of a clause in force on a day in a place or a pair; None in a gap, or in a decision unsure."""
    if on is None or None in at:
        return None
    found = []
    for text in texts:
        since, until = text.since and text.since.toordinal(), text.until and text.until.toordinal()
        dated = (since is None or since <= on) and (until is None or on < until)
        here = [int(p) for p in text.place]
        if dated and all(p in upward(CODES[a]) for p, a in zip(here, at, strict=False)):
            found.append((len(here) == 2, sum(len(upward(p)) for p in here), text))
    best = max(found, key=lambda f: f[:2])[2] if found else None
    return None if best is None or (decision and best.source.status.value not in SURE) else best


# ---- unknowns


def known(change: Callable[..., Any], *parts: Any) -> Any:
    """The change of the parts; None as soon as one is None."""
    return None if None in parts else change(*parts)


def every(truths: Iterable[Any]) -> bool | None:
    """Whether all hold: one that does not decides; else one unknown leaves it open."""
    found = list(truths)
    if any(t is not None and not t for t in found):
        return False
    return None if None in found else True


def some(truths: Iterable[Any]) -> bool | None:
    """Whether any holds: one that does decides; else one unknown leaves it open."""
    found = list(truths)
    if any(found):
        return True
    return None if None in found else False


def added(numbers: Iterable[Any]) -> int | None:
    """The sum; None as soon as one is None."""
    found = list(numbers)
    return None if None in found else sum(found)


def rounded(top: int, bottom: int) -> int:
    """Halves up, by an exact fraction."""
    return math.floor(Fraction(top, bottom) + Fraction(1, 2))


# ---- rows of a world


def lives(world: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A dict for each person: its facts, and under the name of each level below it a list of such dicts."""
    rows = {level: [_row(given, i) for i in range(given.size)] for level, given in world.items()}
    for level, given in world.items():
        for up, links in given.above.items():
            for row in rows[up]:
                row[level] = []
            for i, above in enumerate(links):
                rows[up][above][level].append(rows[level][i])
    return rows["person"]


def _row(given: Any, i: int) -> dict[str, Any]:
    return {name: column[i] for name, column in given.columns.items()} | {"row": i}
