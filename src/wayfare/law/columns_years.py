"""A span in which each row above has its own years: how its rows lie, and the sums and spreads that use it.

Rows above with the most years come first; then all first years lie together, then all second years, and so on. So
the rows of one step of a walk are a slice, those above them are the first so many, and nothing has to be gathered.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from wayfare.law.unknown import Unsure, both, either, split

if TYPE_CHECKING:
    from wayfare.law.columns import People
    from wayfare.law.law import Value

__all__ = ["OwnYears", "down", "span"]


class OwnYears:
    """The layout: which row above comes at which place, and where the first, the second and each later year begins."""

    def __init__(self, first: Any, count: Any) -> None:
        self.first, self.count = first, count
        self.order = np.argsort(-count, kind="stable")
        self.place = np.empty(len(first), np.int64)
        self.place[self.order] = np.arange(len(first))
        most = int(count.max(initial=0))
        self.widths = len(first) - np.searchsorted(np.sort(count), np.arange(most), "right")
        self.edges = np.concatenate([[0], np.cumsum(self.widths)])
        self.size = int(self.edges[-1])

    def spread(self, x: Any) -> Any:
        """A column of the rows above as a column of the rows of years."""
        if not len(self.widths):
            return np.zeros(0, x.dtype)
        ordered = x[self.order]
        return np.concatenate([ordered[:n] for n in self.widths])

    def link(self) -> Any:
        """For each row its row above."""
        return self.spread(np.arange(len(self.first)))

    def years(self) -> Any:
        """The year of each row."""
        return self.spread(self.first) + np.repeat(np.arange(len(self.widths)), self.widths)

    @cached_property
    def by_year(self) -> Any:
        """The rows in the order of the level: by year, then as the rows above come. It decides ties."""
        return np.lexsort([self.link(), self.years()])

    @cached_property
    def number(self) -> Any:
        """Each row's number in that order."""
        out = np.empty(self.size, np.int64)
        out[self.by_year] = np.arange(self.size)
        return out

    def blocks(self) -> list[slice]:
        """The first years, the second years, and so on; the rows above them are as many of `order`."""
        return [slice(a, b) for a, b in zip(self.edges[:-1].tolist(), self.edges[1:].tolist(), strict=True)]

    def sums(self, x: Any) -> Any:
        """The sum of a column over the years of each row above."""
        ordered = np.zeros(len(self.first), np.int64)
        for block, n in zip(self.blocks(), self.widths, strict=True):
            ordered[:n] += x[block]
        return ordered[self.place]

    def row_of(self, up: Any, year: Any) -> Any:
        """The row of a year of a row above, -1 where that has no such year or there is no row above."""
        if not len(self.first):
            return np.full(len(up), -1)
        number = year - self.first[up]
        inside = (number >= 0) & (number < self.count[up]) & (up >= 0)
        return np.where(inside, self.edges[np.where(inside, number, 0)] + self.place[up], -1)


def span(people: People, value: Value, level: str) -> Any:
    """Rows of years: a grid where all rows above have the same years, else each row's own."""
    x, within = value.declared, value.declared.within
    persons = people.taint.get(within)
    if x.narrowed:
        since, bad_since = _bound(people, x.since, x.within, x.low)
        until, bad_until = _bound(people, x.until, x.within, x.high)
        first = np.maximum(since, x.low)
        count = np.maximum(np.minimum(until, x.high) + 1 - first, 0)
        unknown = either(bad_since, bad_until)
        if unknown is not None:
            count = np.where(unknown, 0, count)
            persons = either(persons, people.persons(within, unknown))
        years = people.years[level] = OwnYears(first, count)
        people.size[level], people.links[level, within] = years.size, years.link()
    else:
        people.size[level] = people.size[within] * (x.high - x.low + 1)
    if persons is not None:
        people.taint[level] = persons
    return years.years() if x.narrowed else np.arange(x.low, x.high + 1)[:, None]


def _bound(people: People, name: str | None, within: str, otherwise: int) -> tuple[Any, Any]:
    """The first or last year of each row above, and where it is not known."""
    number, unknown = split(people.v[name, within]) if name else (otherwise, None)
    return people.full(number, within), None if unknown is None else people.full(unknown, within)


def down(people: People, x: Any, up: str, level: str) -> Any:
    """A column from a level above spread over the years of each row."""
    inside, years = people.law.levels[level].above[0], people.years[level]
    if up != inside:
        link = people.link(inside, up)
        x = both(lambda part: people.at(part, up, link), x)
    return both(years.spread, x) if isinstance(x, (np.ndarray, Unsure)) else x
