"""Parameters: dated, placed and cited rows, and how one of them is found.

Inheritance of places and dates is worked out when a plan is made: `resolve` lays the rows out densely, the narrower
place over the wider, so that finding a row is a gather for one life and for a column alike. A cell without a row is a
gap in the law; in mode decision a row that is not sure enough is a gap too, and never lets a wider row show through.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayfare.kernel.status import Mode, Rank, Status
from wayfare.law.declare import Source
from wayfare.law.errors import BadRulebook, TwoTextsInForce
from wayfare.law.places import PlaceTree

__all__ = ["Cells", "Gap", "Parameter", "Row", "parameter", "resolve", "row"]

FROM_EVER, FOR_EVER = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True)
class Row:
    """One figure: its value in small units, from and until when, where, under which keys, and where it is written.

    `since` and `until` are days as ordinals; `places` are codes: none for the nation, one, or an agreed pair.
    """

    value: int
    since: int
    until: int
    places: tuple[int, ...]
    key: tuple[int, ...]
    source: Source
    checked: str = ""
    note: str = ""
    columns: tuple[int, ...] = ()  # further columns of a table whose rows become a level

    @property
    def status(self) -> Status:
        return self.source.status


@dataclass(frozen=True)
class Gap:
    """A stretch without a row that is meant, with its reason: in English, and in each language it was written in."""

    since: int
    until: int
    places: tuple[int, ...]
    reason: str
    say: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Parameter:
    """A table of figures under one name. `by` names its keys; `steps` are matched by the greatest key not above."""

    name: str
    unit: str
    rows: tuple[Row, ...]
    by: tuple[str, ...] = ()
    steps: frozenset[str] = frozenset()
    gaps: tuple[Gap, ...] = ()
    label: Mapping[str, str] = field(default_factory=dict)
    open_question: str = ""
    columns: tuple[tuple[str, str], ...] = ()  # (name, unit) of the columns of a table of rows
    pack: tuple[Row, ...] = ()  # rows of an assumption pack: they fill gaps and nothing else
    bounds: tuple[int, int] | None = None  # least and greatest figure that may be given where no row is at hand

    @cached_property
    def is_dated(self) -> bool:
        """Whether the date decides the row."""
        rows = (*self.rows, *self.pack)
        return any(r.since != FROM_EVER or r.until != FOR_EVER for r in rows)

    @cached_property
    def places(self) -> int:
        """How many places decide the row: none, one, or a pair."""
        return max((len(r.places) for r in (*self.rows, *self.pack)), default=0)

    def days_of_change(self) -> list[int]:
        """Every day on which a row begins or ends."""
        days = {d for r in (*self.rows, *self.pack) for d in (r.since, r.until)}
        return sorted(days - {FROM_EVER, FOR_EVER})

    def replaced(self, rows: Iterable[Row]) -> Parameter:
        """A scenario's version of the table."""
        return replace(self, rows=tuple(rows), pack=())


def row(
    value: int, *, since: str | None = None, until: str | None = None, place: int | Sequence[int] = (),
    key: int | Sequence[int] = (), text: str = "test", article: str = "", rank: str = "rule", status: str = "verified",
    columns: Sequence[int] = (), note: str = "",
) -> Row:  # fmt: skip
    """A row written in Python, for packs, scenarios and tests."""
    places = (place,) if isinstance(place, int) else tuple(place)
    keys = (key,) if isinstance(key, int) else tuple(key)
    source = Source(text, article, Rank(rank), Status(status))
    days = _ordinal(since, FROM_EVER), _ordinal(until, FOR_EVER)
    return Row(value, *days, places, keys, source, note=note, columns=tuple(columns))


def parameter(
    name: str, unit: str, rows: Iterable[Row], *, by: str | Sequence[str] = (), steps: Iterable[str] = (),
    columns: Mapping[str, str] | None = None,
) -> Parameter:  # fmt: skip
    """A parameter written in Python; `columns` (name to unit) for a table whose rows become a level."""
    keys = (by,) if isinstance(by, str) else tuple(by)
    return Parameter(name, unit, tuple(rows), keys, frozenset(steps), columns=tuple((columns or {}).items()))


def _ordinal(text: str | None, otherwise: int) -> int:
    return otherwise if text is None else date.fromisoformat(text).toordinal()


@dataclass(frozen=True)
class PlaceAxis:
    """Each place's class: the nearest place that some row names, or 0; `named` are those places in class order."""

    classes: NDArray[np.int64]
    named: tuple[int, ...]
    within: Mapping[int, Sequence[int]]  # the classes that lie in each named place, its own among them

    @property
    def size(self) -> int:
        return len(self.named) + 1


@dataclass(frozen=True)
class DateAxis:
    """Days on which something changes; step 0 lies before the first."""

    days: NDArray[np.int64]

    @property
    def size(self) -> int:
        return len(self.days) + 1

    @cached_property
    def _list(self) -> list[int]:
        return [int(day) for day in self.days]

    def in_force(self, r: Row) -> range:
        """The steps in which a row is in force."""
        low = 0 if r.since == FROM_EVER else bisect_right(self._list, r.since)
        return range(low, self.size if r.until == FOR_EVER else bisect_right(self._list, r.until))


@dataclass(frozen=True)
class KeyAxis:
    """A key of the table: exact numbers from `low`, or thresholds; the last cell is the gap for all other keys."""

    low: int
    size: int
    thresholds: NDArray[np.int64] | None

    def at(self, key: Any) -> Any:
        """Cell of a key (an int or a column)."""
        cell = key - self.low if self.thresholds is None else np.searchsorted(self.thresholds, key, "right") - 1
        outside = (cell < 0) | (cell >= self.size - 1)
        if isinstance(key, np.ndarray):
            return np.where(outside, self.size - 1, cell)
        return self.size - 1 if outside else int(cell)


@dataclass(frozen=True)
class Cells:
    """A table laid out: the value, the row and the gap of every cell; the axes are places, then the date, then keys."""

    rows: tuple[Row, ...]
    places: tuple[PlaceAxis, ...]
    dates: DateAxis | None
    keys: tuple[KeyAxis, ...]
    value: NDArray[np.int64]
    row: NDArray[np.int32]  # -1 where there is none
    gap: NDArray[np.bool_]

    def bounds(self) -> tuple[int, int]:
        """Least and greatest value of the cells that count."""
        sure = self.value[~self.gap]
        return (int(sure.min()), int(sure.max())) if sure.size else (0, 0)


def resolve(table: Parameter, tree: PlaceTree, mode: Mode) -> Cells:
    """Lays a table out for one mode. Raises TwoTextsInForce when two rows meet in one cell under one place."""
    every = (*table.rows, *table.pack)
    axes = tuple(_place_axis(every, tree, n) for n in range(table.places))
    days = table.days_of_change()
    dates = DateAxis(np.array(days, np.int64)) if days else None
    keys = tuple(_key_axis(every, i, name in table.steps) for i, name in enumerate(table.by))
    shape = (*(a.size for a in axes), *([dates.size] if dates else []), *(k.size for k in keys))
    if len(shape) == 1 and len(keys) == 1 and not table.steps and not table.columns:
        base = _fill_keys(table, keys[0])
    else:
        base = _fill(table, table.rows, tree, axes, dates, keys, shape)
    if table.pack:
        assumed = _fill(table, table.pack, tree, axes, dates, keys, shape)
        base = np.where((base < 0) & (assumed >= 0), assumed + len(table.rows), base)
    values = np.array([r.value for r in every] or [0], np.int64)
    counts = np.array([mode is Mode.ESTIMATE or r.status.decides for r in every] or [False])
    gap = (base < 0) | ~counts[base]
    return Cells(every, axes, dates, keys, np.where(gap, 0, values[base]), base, gap)


def _place_axis(rows: Sequence[Row], tree: PlaceTree, n: int) -> PlaceAxis:
    named = sorted({tree.number(r.places[n]) for r in rows if len(r.places) > n})
    own = np.zeros(len(tree) + 1, np.int64)
    own[named] = np.arange(1, len(named) + 1)
    nearest, up = own[:-1].copy(), np.arange(len(tree))
    while (up >= 0).any():  # one step up the tree at a time, until every place has met the nation
        nearest = np.where(nearest == 0, own[up], nearest)
        up = np.where(up < 0, -1, tree.parents[up])
    within: dict[int, list[int]] = {place: [] for place in named}
    for number, place in enumerate(named, start=1):
        for wider in tree.chain(place):
            if wider in within:
                within[wider].append(number)
    return PlaceAxis(nearest, tuple(named), within)


def _key_axis(rows: Sequence[Row], i: int, step: bool) -> KeyAxis:
    found = sorted({r.key[i] for r in rows})
    if step:
        return KeyAxis(0, len(found) + 1, np.array(found, np.int64))
    if found and found[-1] - found[0] > 100_000:
        raise BadRulebook(f"Keys run from {found[0]} to {found[-1]}.", next_step="Use a step key or smaller numbers.")
    return KeyAxis(found[0] if found else 0, (found[-1] - found[0] + 2) if found else 1, None)


def _fill(
    table: Parameter, rows: Sequence[Row], tree: PlaceTree, axes: Sequence[PlaceAxis], dates: DateAxis | None,
    keys: Sequence[KeyAxis], shape: tuple[int, ...],
) -> NDArray[np.int32]:  # fmt: skip
    """The row of every cell: the rows of each place laid out, the narrower place over the wider."""
    out = np.full(shape, -1, np.int32)
    reach = np.full(shape, -1, np.int16)  # how narrow the place of the row in a cell is
    groups: dict[tuple[int, ...], list[int]] = {}
    for i, r in enumerate(rows):
        groups.setdefault(r.places, []).append(i)
    first_key = len(shape) - len(keys)
    for places in sorted(groups, key=lambda p: _narrowness(p, tree)):
        block = [*_place_cells(rows[groups[places][0]], tree, axes), *(range(n) for n in shape[len(axes) :])]
        mine = np.full([len(cells) for cells in block], -1, np.int32)
        for i in groups[places]:
            at: Any = (..., *_slices_of(rows[i], dates, keys))
            if not table.columns and (mine[at] >= 0).any():
                raise _two(table, rows[i], rows[int(mine[at].max())])
            mine[at] = i
        for n, name in enumerate(table.by):
            if name in table.steps:
                _carry_steps(mine, first_key + n)
        narrow, there = _narrowness(places, tree), np.ix_(*block)
        clash = (mine >= 0) & (reach[there] == narrow)
        if clash.any() and not table.columns:
            raise _two(table, rows[int(mine[clash][0])], rows[int(out[there][clash][0])])
        out[there] = np.where(mine >= 0, mine, out[there])
        reach[there] = np.where(mine >= 0, np.int16(narrow), reach[there])
    return out


def _fill_keys(table: Parameter, axis: KeyAxis) -> NDArray[np.int32]:
    """The same for a table that has one exact key and nothing else, which may be long."""
    cells = np.array([r.key[0] for r in table.rows], np.int64) - axis.low
    out = np.full(axis.size, -1, np.int32)
    out[cells] = np.arange(len(cells))
    twice = np.flatnonzero(out[cells] != np.arange(len(cells)))
    if twice.size:
        raise _two(table, table.rows[int(twice[0])], table.rows[int(out[cells[twice[0]]])])
    return out


def _carry_steps(mine: NDArray[np.int32], axis: int) -> None:
    """A row under a step key reaches to the next threshold of the rows in force beside it."""
    cells = np.moveaxis(mine, axis, 0)
    for k in range(1, len(cells) - 1):
        cells[k] = np.where(cells[k] < 0, cells[k - 1], cells[k])


def _two(table: Parameter, one: Row, other: Row) -> TwoTextsInForce:
    return TwoTextsInForce(
        f"{table.name} has two rows in force: {told(one)} and {told(other)}.",
        next_step="End the older one with until:, or give one a narrower place.",
    )


def _narrowness(places: tuple[int, ...], tree: PlaceTree) -> int:
    depth = sum(len(tree.chain(tree.number(p))) for p in places)
    return depth + (100 if len(places) == 2 else 0)


def _cells_of(
    r: Row, tree: PlaceTree, axes: Sequence[PlaceAxis], dates: DateAxis | None, keys: Sequence[KeyAxis]
) -> list[Sequence[int]]:
    dated = [] if dates is None else [dates.in_force(r)]
    return [*_place_cells(r, tree, axes), *dated, *([int(key.at(r.key[i]))] for i, key in enumerate(keys))]


def _place_cells(r: Row, tree: PlaceTree, axes: Sequence[PlaceAxis]) -> list[Sequence[int]]:
    return [
        axis.within[tree.number(r.places[n])] if len(r.places) > n else range(axis.size) for n, axis in enumerate(axes)
    ]


def _slices_of(r: Row, dates: DateAxis | None, keys: Sequence[KeyAxis]) -> list[slice]:
    """The same along the date and the keys, as slices."""
    steps = [] if dates is None else [dates.in_force(r)]
    cells = [int(key.at(r.key[i])) for i, key in enumerate(keys)]
    return [*(slice(s.start, s.stop) for s in steps), *(slice(c, c + 1) for c in cells)]


def told(r: Row) -> str:
    """A row in words: value, days and places, for messages."""
    since = "ever" if r.since == FROM_EVER else date.fromordinal(r.since).isoformat()
    until = "" if r.until == FOR_EVER else f" until {date.fromordinal(r.until).isoformat()}"
    where = f" in {'-'.join(f'{p:06}' for p in r.places)}" if r.places else ""
    return f"{r.value}{where} from {since}{until}"


def lists_in_force(table: Parameter, tree: PlaceTree, mode: Mode) -> tuple[Cells, list[list[int]]]:
    """For a table whose rows become a level: cells that hold the number of a list, and the rows of each list.

    All rows under the narrowest place that has any are in force together, in the table's order.
    """
    every = table.rows
    single = resolve(replace(table, rows=tuple(replace(r, value=0) for r in every), pack=()), tree, mode)
    holds: dict[tuple[int, ...], tuple[int, list[int]]] = {}
    for i, r in enumerate(every):
        narrow = _narrowness(r.places, tree)
        for cell in itertools.product(*_cells_of(r, tree, single.places, single.dates, single.keys)):
            best, found = holds.get(cell, (-1, []))
            if narrow > best:
                holds[cell] = (narrow, [i])
            elif narrow == best:
                found.append(i)
    lists: dict[tuple[int, ...], int] = {(): 0}
    value = np.zeros(single.value.shape, np.int64)
    gap = np.ones(single.value.shape, np.bool_)
    for cell, (_, found) in holds.items():
        value[cell] = lists.setdefault(tuple(found), len(lists))
        gap[cell] = mode is Mode.DECISION and not all(every[i].status.decides for i in found)
    return replace(single, value=value, gap=gap), [list(k) for k in lists]
