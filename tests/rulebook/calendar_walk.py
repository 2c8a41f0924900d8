"""A walk over the law's own points of change, for every place with a rule and every key that a look-up can have.

It works on the tables as a plan lays them out, without the assumption pack: each cell that a look-up can reach between
1992 and 2040 and that holds no row is a hole, unless a declared gap gives its reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from wayfare.kernel.status import Mode
from wayfare.law import Law
from wayfare.law.finder import Finder
from wayfare.law.tables import Gap, KeyAxis

FIRST_YEAR, LAST_YEAR = 1992, 2040
BEGINS, ENDS = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR + 1, 1, 1).toordinal()
Hole = tuple[str, str, str]  # the look-up or clause, its place, the first day
Span = tuple[int, int]  # the first day in, the first day after
Spans = tuple[Span, ...]
ALWAYS: Span = BEGINS, ENDS


def holes(law: Law, of: Collection[str] | None = None) -> list[Hole]:
    """Each place and stretch of days without a row or a text in force and without a declared gap.

    `of` names the values whose look-ups are walked; all of the law's when left out.
    """
    return sorted({hole for walk in _walks(law, of or law.values) for hole in walk.holes()})


def _walks(law: Law, of: Collection[str]) -> Iterator[_Walk]:
    for name, finder in law.plan(of, mode=Mode.ESTIMATE).finders.items():
        value = law.values[name]
        if value.kind != "clause" and value.declared.table in ("province_of", "city_of"):
            continue  # the tree of places itself
        if value.kind == "clause":
            first = min((text.clause.since or date.min).toordinal() for text in value.texts)
            before = Gap(date.min.toordinal(), first, (), "the first text has not begun")
            gaps = (before, *_gaps_of_rows(law, value.level))
            yield _Walk(law, name, finder, len(value.texts), (), gaps)
        else:
            table = law.parameters[value.declared.table]
            yield _Walk(law, name, finder, len(table.rows), table.by, table.gaps)


def _gaps_of_rows(law: Law, level: str) -> Iterator[Gap]:
    """Where the rows of a level come from a table, there are none in the gaps of the table."""
    while (maker := law.values.get(law.levels[level].maker or "")) is not None and maker.kind == "expand":
        yield from law.parameters[maker.declared.table].gaps
        level = maker.declared.within


@dataclass(frozen=True)
class _Walk:
    """One look-up or clause; `own` counts the rows that are not assumed, `by` names the table's keys."""

    law: Law
    name: str
    finder: Finder
    own: int
    by: Sequence[str]
    gaps: Sequence[Gap]

    def holes(self) -> Iterator[Hole]:
        cells = self.finder.cells
        dated = [cells.dates] if cells.dates else []
        kinds = [*("place" for _ in cells.places), *("date" for _ in dated), *self.by]
        axes = [*cells.places, *dated, *cells.keys]
        found = [reach.cells(axis.size).tolist() for reach, axis in zip(self.finder.reaches, axes, strict=True)]
        spans = [_spans(kind, axis, of) for kind, axis, of in zip(kinds, axes, found, strict=True)]
        reached = [[i for i in of if span[i]] for of, span in zip(found, spans, strict=True)]
        empty = (cells.row < 0) | (cells.row >= self.own)
        stretches = set()
        for at in np.argwhere(empty[np.ix_(*reached)]).tolist():
            cell = [of[i] for of, i in zip(reached, at, strict=True)]
            places = zip(cells.places, cell, strict=False)
            place = tuple(self.law.tree.code(axis.named[i - 1]) for axis, i in places if i)
            dates = [(kind, span[i]) for kind, span, i in zip(kinds, spans, cell, strict=True)]
            stretches.add((place, tuple(span for kind, span in dates if kind in ("date", "year")) or ((ALWAYS,),)))
        for place, when in stretches:
            yield from self._undeclared(place, when)

    def _undeclared(self, place: tuple[int, ...], when: tuple[Spans, ...]) -> Iterator[Hole]:
        """The first day that no gap declares; of a table by date and year either may lie in one."""
        chain = {self.law.tree.code(n) for code in place for n in self.law.tree.chain(self.law.tree.number(code))}
        gaps = [gap for gap in self.gaps if chain.issuperset(gap.places)]
        left = [next((day for span in spans if (day := _first_left(span, gaps))), None) for spans in when]
        if None not in left:
            yield self.name, "-".join(f"{code:06}" for code in place), date.fromordinal(left[0]).isoformat()


def _spans(kind: str, axis: Any, found: Sequence[int]) -> dict[int, Spans]:
    """For each cell of an axis its days inside the years walked; none for a cell that lies outside them."""
    if kind == "date":
        days = [BEGINS, *axis.days.tolist(), ENDS]
        raw = {i: [(days[i] if i else BEGINS, days[i + 1])] for i in found}
    elif kind == "year":
        raw = {i: _years(axis, i) for i in found}
    else:
        raw = {i: [ALWAYS] for i in found}
    inside = {i: [(max(since, BEGINS), min(until, ENDS)) for since, until in spans] for i, spans in raw.items()}
    return {i: tuple(span for span in spans if span[0] < span[1]) for i, spans in inside.items()}


def _years(axis: KeyAxis, cell: int) -> list[Span]:
    """The days of a key that is a year; the last cell stands for all years that no row names."""
    known = axis.thresholds.tolist() if axis.thresholds is not None else range(axis.low, axis.low + axis.size - 1)
    first = [date(int(year), 1, 1).toordinal() for year in known]
    after = [*first[1:], ENDS] if axis.thresholds is not None else [date(y + 1, 1, 1).toordinal() for y in known]
    if cell == axis.size - 1:
        return [(BEGINS, min(first, default=ENDS)), (max(after, default=ENDS), ENDS)]
    return [(first[cell], after[cell])]


def _first_left(span: Span, gaps: Sequence[Gap]) -> int | None:
    """The first day of a span that no gap covers."""
    day, end = span
    while day < end:
        until = max((gap.until for gap in gaps if gap.since <= day < gap.until), default=None)
        if until is None:
            return day
        day = until
    return None
