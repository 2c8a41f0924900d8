"""The scan over int64 columns: an ordered walk with a carry, all groups of rows side by side."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from wayfare.law.columns_years import OwnYears
from wayfare.law.unknown import Unsure, both, either, join, part, solve_columns, split
from wayfare.law.words import Scale

if TYPE_CHECKING:
    from wayfare.law.columns import People
    from wayfare.law.law import Value

__all__ = ["scan", "scan_end"]


class Kept:
    """A column being written, with a mask only from the first unknown on."""

    def __init__(self, shape: tuple[int, ...], start: Any = 0) -> None:
        value, unknown = split(start)
        self.value = np.full(shape, value, np.int64)
        self.unknown = None if unknown is None else np.array(np.broadcast_to(unknown, shape))

    def put(self, at: Any, x: Any) -> None:
        value, unknown = split(x)
        self.value[at] = value
        if unknown is not None and self.unknown is None:
            self.unknown = np.zeros(self.value.shape, bool)
        if self.unknown is not None:
            self.unknown[at] = False if unknown is None else unknown

    def take(self, rows: Any) -> Any:
        if self.unknown is None:
            return self.value[rows]
        return join(self.value[rows], self.unknown[rows])

    def column(self, shape: tuple[int, ...]) -> Any:
        return join(self.value.reshape(shape), None if self.unknown is None else self.unknown.reshape(shape))


def _begin(people: People, start: Scale | str, within: str) -> Any:
    """What a carry starts from: one number, or a value with one entry for each row of `within`."""
    found = int(start) if isinstance(start, Scale) else people.v[start, within]
    return both(people.full, found, within) if isinstance(found, (np.ndarray, Unsure)) else found


def scan(people: People, value: Value, level: str) -> None:
    x = value.declared
    names = list(x.start)
    inputs = {n: people.v[n, level] for n in x.names.values() if n not in x.start}
    starts = {k: _begin(people, s, x.within) for k, s in x.start.items()}
    info = people.law.levels[level]
    by_year = (info.is_grid or level in people.years) and info.above[0] == x.within and not x.order
    shape = people.shape(level) if by_year else (people.size[level],)
    emit = {k: Kept(shape) for k in names if (k, level) in people.plan.wanted}
    last = {k: Kept((people.size[x.within],), both(np.ravel, starts[k])) for k in x.leaves}

    def step(carry: dict[str, Any], rows: dict[str, Any]) -> list[Any]:
        now = carry | rows
        if Unsure in map(type, now.values()):
            pairs = {n: split(v) for n, v in now.items()}
            return [_pair(*solve_columns(t, pairs)) for t in value.tree]
        out = x.step(**{a: now[n] for a, n in x.names.items()})
        return list(out) if isinstance(out, tuple) else [out]

    unsure = None
    if by_year:
        _scan_years(people, level, names, inputs, starts, step, emit, last)
    else:
        unsure = _scan_rows(people, x, level, names, inputs, starts, step, emit, last)
    doubt = either(people.doubt(level, x.within), unsure)
    unknown = _below(people, doubt, level, x.within)
    for k, kept in emit.items():
        out = kept.column(people.shape(level))
        people.v[k, level] = out if unknown is None else people.masked(out, level, unknown)
    for k, final in x.leaves.items():
        out = last[k].column(people.shape(x.within))
        people.v[final, x.within] = out if doubt is None else people.masked(out, x.within, doubt)


def _below(people: People, doubt: Any, level: str, within: str) -> Any:
    """Mask of the rows whose group is in doubt, or that belong to no group."""
    holes = (level, within) in people.holes
    if doubt is None and not holes:
        return None
    link = people.link(level, within)
    nowhere = link < 0 if holes else False
    out = nowhere if doubt is None else doubt.reshape(-1)[np.maximum(link, 0)] | nowhere
    return np.asarray(out).reshape(people.shape(level))


def _scan_years(
    people: People, level: str, names: list[str], inputs: dict[str, Any], starts: dict[str, Any], step: Any,
    emit: dict[str, Kept], last: dict[str, Kept],
) -> None:  # fmt: skip
    """Years lie one below the other, so the walk is a loop over rows of the grid."""
    if level in people.years:
        _scan_own_years(people.years[level], names, inputs, starts, step, emit, last)
        return
    years = people.shape(level)[0]
    pieces = {n: _by_year(a, years) for n, a in inputs.items()}
    carry = dict(starts)
    for k in range(years):
        carry = dict(zip(names, step(carry, {n: p[k] for n, p in pieces.items()}), strict=True))
        for name, kept in emit.items():
            kept.put(k, carry[name])
    for name, kept in last.items():
        kept.put(slice(None), carry[name])


def _scan_own_years(
    years: OwnYears, names: list[str], inputs: dict[str, Any], starts: dict[str, Any], step: Any,
    emit: dict[str, Kept], last: dict[str, Kept],
) -> None:  # fmt: skip
    """All first years take their step at once, then all second years: fewer and fewer rows above have any left."""
    carry = {k: part(start, years.order) for k, start in starts.items()}
    for block, n in zip(years.blocks(), years.widths, strict=True):
        before = {k: part(c, slice(n)) for k, c in carry.items()}
        carry = dict(zip(names, step(before, {k: part(a, block) for k, a in inputs.items()}), strict=True))
        for name, kept in emit.items():
            kept.put(block, carry[name])
        for name, kept in last.items():
            kept.put(years.order[:n], carry[name])


def _by_year(column: Any, years: int) -> list[Any]:
    """A column of a span in pieces, one a year; what is the same for all rows of a year is a plain number."""
    value, unknown = split(column)
    if not isinstance(value, np.ndarray):
        return [value] * years
    if unknown is not None:
        pieces = [Unsure(v, u) for v, u in zip(value, unknown, strict=True)]
    else:
        pieces = value[:, 0].tolist() if value.shape[1] == 1 else list(value)
    return pieces * years if len(pieces) < years else pieces


def _pair(value: Any, unknown: Any) -> Any:
    """A carry on the way; its unknown rows are cleared when the walk is over."""
    return value if unknown is None else Unsure(value, unknown)


def _scan_rows(
    people: People, x: Any, level: str, names: list[str], inputs: dict[str, Any], starts: dict[str, Any], step: Any,
    emit: dict[str, Kept], last: dict[str, Kept],
) -> Any:  # fmt: skip
    """The first rows of all groups take their step at once, then the second rows, and so on."""
    link = people.link(level, x.within)
    known, unsure = _orders(people, x, level)
    single, order, new = _in_order(people, x, level, known)

    def walk(rows: Any, carry: dict[str, Any]) -> list[Any]:
        out: list[Any] = step(carry, {n: both(people.at, a, level, rows) for n, a in inputs.items()})
        for k, result in zip(names, out, strict=True):
            if k in emit:
                emit[k].put(rows, result)
            if k in last:
                last[k].put(link[rows], result)
        return out

    firsts = np.concatenate([single, order[new]])
    out = walk(firsts, {k: part(s, link[firsts]) for k, s in starts.items()})
    carried = {k: Kept((len(firsts) - len(single),)) for k in names}
    for k, result in zip(names, out, strict=True):
        carried[k].put(slice(None), both(lambda r: r[len(single) :] if isinstance(r, np.ndarray) else r, result))
    for rows, group in _by_rank(order, new):
        out = walk(rows, {k: c.take(group) for k, c in carried.items()})
        for k, result in zip(names, out, strict=True):
            carried[k].put(group, result)
    return unsure


def _in_order(people: People, x: Any, level: str, known: bool) -> tuple[Any, Any, Any]:
    """Rows alone in their group; the other rows by group and order; and where among these a group begins."""
    link, holes = people.link(level, x.within), (level, x.within) in people.holes
    size = people.sizes(level, x.within).reshape(-1)
    size = np.where(link < 0, 0, size[np.maximum(link, 0)]) if holes else size[link]
    many = np.flatnonzero(size > 1)
    order = _sorted(people, x, level, many, link[many], known)
    group = link[order]
    new = np.ones(len(order), bool)
    new[1:] = group[1:] != group[:-1]
    return np.flatnonzero(size == 1), order, new


def _sorted(people: People, x: Any, level: str, rows: Any, group: Any, known: bool) -> Any:
    """Rows by group, then by the order's columns, then as they come."""
    columns = [people.at(split(people.v[k, level])[0], level, rows) for k in x.order]
    ranges = [people.plan.bounds[k] for k in x.order]
    most = max(people.size[level], 1)
    room = most * int(np.prod(people.shape(x.within))) * math.prod(high - low + 1 for low, high in ranges)
    if not known or room >= 2**62:  # an unknown key may lie outside its bounds
        keys = [np.broadcast_to(c, rows.shape) for c in reversed(columns)]
        years = people.ties(level, x.within)
        return rows[np.lexsort([rows if years is None else years.number[rows], *keys, group])]
    code = group
    for (low, high), column in zip(ranges, columns, strict=True):
        code = code * (high - low + 1) + (column - low)
    years = people.ties(level, x.within)
    code = code * most + (rows if years is None else years.number[rows])
    code.sort()  # one number holds all, and numbers sort faster than their places
    return code % most if years is None else years.by_year[code % most]


def _by_rank(order: Any, new: Any) -> Iterator[tuple[Any, Any]]:
    """The second rows of their groups, then the third and so on, each with the numbers of their groups."""
    later = np.flatnonzero(~new)
    if not len(later):
        return
    group = np.cumsum(new, dtype=np.int64)[later] - 1
    rank = later - np.flatnonzero(new)[group]
    by_rank = np.argsort(rank.astype(np.int16) if rank.max() < 2**15 else rank, kind="stable")
    edges = np.searchsorted(rank[by_rank], np.arange(1, rank.max() + 2))
    for i, j in itertools.pairwise(edges):
        rows = by_rank[i:j]
        yield order[later[rows]], group[rows]


def _orders(people: People, x: Any, level: str) -> tuple[bool, Any]:
    """Whether every row's place in the order is known, and the groups in which it is not for some row."""
    unknown = either(*(split(people.v[k, level])[1] for k in x.order))
    if unknown is None:
        return True, None
    groups = np.zeros(int(np.prod(people.shape(x.within))), bool)
    link = people.link(level, x.within)
    groups[link[people.full(unknown, level) & (link >= 0)]] = True
    return False, groups.reshape(people.shape(x.within))


def scan_end(people: People, value: Value, level: str) -> Any:
    return people.v[value.name, level]
