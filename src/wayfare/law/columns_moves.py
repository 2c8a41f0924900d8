"""The six moves over int64 columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from wayfare.law.columns_scan import scan, scan_end
from wayfare.law.columns_slices import hang, slice_key, slices
from wayfare.law.columns_years import span
from wayfare.law.unknown import either, join, split

if TYPE_CHECKING:
    from wayfare.law.columns import People
    from wayfare.law.law import Value

__all__ = ["MOVES"]


# ---- look up
def look_up(people: People, value: Value, level: str) -> Any:
    finder = people.plan.finders[value.name]
    out, unknown = finder.columns([people.v[k, level] for k in finder.names])
    if np.ndim(out) == 0:
        if unknown is not None and bool(unknown):
            return join(np.zeros(people.shape(level), np.int64), np.ones(people.shape(level), bool))
        return int(out)
    return join(out, None if unknown is None else np.broadcast_to(unknown, out.shape))


def find(people: People, value: Value, level: str) -> Any:
    x, of = value.declared, value.declared.of
    key, bad_key = split(people.v[x.key, of])
    owner = people.link(of, "person")
    key = np.broadcast_to(key, owner.shape)
    known = slice(None) if bad_key is None else ~people.full(bad_key, of)
    low, high = _range(key[known], people.plan.bounds[x.key])
    at = np.full((people.size["person"], high - low + 1), -1)
    at[owner[known], key[known] - low] = np.arange(people.size[of])[known]
    by, unknown = split(people.v[x.by, level])
    by = np.broadcast_to(by, people.shape(level)).reshape(-1)
    outside = (by < low) | (by > high)
    mine = people.link(level, "person")
    row = np.where(outside, -1, at[mine, np.where(outside, 0, by - low)])
    found, bad = split(people.v[x.value, of])
    none, bad_none = split(people.v[x.none, level]) if isinstance(x.none, str) else (int(x.none), None)
    none = people.full(none, level) if isinstance(none, np.ndarray) else none
    bad_none = None if bad_none is None else people.full(bad_none, level)
    unknown = None if unknown is None else people.full(unknown, level)
    has = row >= 0
    out = np.where(has, people.at(found, of, np.maximum(row, 0)) if people.size[of] else 0, none)
    if bad is not None and people.size[of]:
        unknown = either(unknown, has & bad[np.maximum(row, 0)])
    if bad_none is not None:
        unknown = either(unknown, ~has & bad_none)
    persons = either(people.taint.get(of), people.persons(of, bad_key))
    un = either(unknown, None if persons is None else persons[mine])
    return join(out.reshape(people.shape(level)), None if un is None else un.reshape(people.shape(level)))


# ---- rows
def distinct(people: People, value: Value, level: str) -> Any:
    x, of, above = value.declared, value.declared.of, value.declared.within
    key, unknown = split(people.v[x.by, of])
    low, high = _range(key, people.plan.bounds[x.by]) if unknown is None else people.plan.bounds[x.by]
    persons = either(people.taint.get(of), people.persons(of, unknown))
    if persons is not None:
        people.taint[level] = people.loose[of, level] = persons
    wide = high - low + 1
    up = people.link(of, above)
    key = people.full(key, of)
    unknown = None if unknown is None else people.full(unknown, of)
    code = up * wide
    code += (key if unknown is None else np.where(unknown, low, key)) - low if low or unknown is not None else key
    if (of, above) in people.holes:
        return _distinct_with_holes(people, level, of, above, code, up < 0, wide, low)
    found, people.links[of, level] = _numbered(code, people.size[above] * wide)
    return _made(people, level, above, found, wide, low)


def _range(key: Any, bounds: tuple[int, int]) -> tuple[int, int]:
    """The least and the greatest number that occur, which lie close in a population; narrow bounds as they are."""
    is_narrow = bounds[1] - bounds[0] < 100
    return bounds if is_narrow or not np.size(key) else (int(np.min(key)), int(np.max(key)))


def _numbered(code: Any, cells: int) -> tuple[Any, Any]:
    """The codes that occur, ascending, and each row's place among them."""
    if cells > 8 * max(len(code), 1):
        return np.unique(code, return_inverse=True)
    present = np.zeros(cells, bool)  # few keys: mark and number them, no sort
    present[code] = True
    found = np.flatnonzero(present)
    number = np.empty(cells, np.int32)
    number[found] = np.arange(len(found), dtype=np.int32)
    return found, number[code].astype(np.int64)  # gathers over links are slow unless they are wide


def _made(people: People, level: str, above: str, found: Any, wide: int, low: int) -> Any:
    people.size[level] = len(found)
    people.links[level, above] = found // wide
    people.flat.add((level, above))
    return found - people.links[level, above] * wide + low


def _distinct_with_holes(
    people: People, level: str, of: str, above: str, code: Any, nowhere: Any, wide: int, low: int
) -> Any:
    found, inverse = np.unique(code[~nowhere], return_inverse=True)
    link = np.full(len(code), -1)
    link[~nowhere] = inverse
    people.links[of, level] = link
    people.holes.add((of, level))
    return _made(people, level, above, found, wide, low)


def expand(people: People, value: Value, level: str) -> Any:
    x, finder = value.declared, people.plan.finders[value.name]
    lists = people.plan.lists[value.name]
    key, unknown = finder.columns([people.v[k, x.within] for k in finder.names])
    key = np.broadcast_to(key, people.shape(x.within)).reshape(-1)
    if unknown is not None:
        unknown = np.broadcast_to(unknown, people.shape(x.within)).reshape(-1)
        key = np.where(unknown, 0, key)
    persons = either(people.taint.get(x.within), people.persons(x.within, unknown))
    if persons is not None:
        people.taint[level] = persons
    counts = np.array([len(k) for k in lists])
    first = np.concatenate([[0], np.cumsum(counts)])
    rows = np.array([r for k in lists for r in k], np.int64)
    count = counts[key]
    up = np.repeat(np.arange(len(key)), count)
    people.size[level], people.links[level, x.within] = len(up), up
    people.flat.add((level, x.within))
    return rows[np.arange(len(up)) - (np.cumsum(count) - count - first[key])[up]]


def column(people: People, value: Value, level: str) -> Any:
    maker, name = value.declared
    table = people.law.parameters[people.law.values[maker].declared.table]
    at = [c for c, _ in table.columns].index(name)
    numbers = np.array([r.columns[at] for r in table.rows] or [0], np.int64)
    rows, unknown = split(people.v[maker, level])
    return join(numbers[rows], unknown)


# ---- total
def add(people: People, x: Any, of: str, level: str) -> Any:
    """Sums of a column over the rows of `of` inside each row of `level`, exact."""
    info = people.law.levels[of]
    if not isinstance(x, np.ndarray) and not info.is_grid:
        return int(x) * people.sizes(of, level)
    if info.is_grid or of in people.years:
        inside = info.above[0]
        out = np.broadcast_to(x, people.shape(of)).sum(0, dtype=np.int64) if info.is_grid else people.years[of].sums(x)
        return out if inside == level else add(people, out, inside, level)
    x = x.astype(np.int64, copy=False)
    if (of, level) in people.flat:
        return _runs(x, people.starts(of, level)).reshape(people.shape(level))
    out = np.zeros(int(np.prod(people.shape(level))) + 1, np.int64)  # the last is for rows that belong nowhere
    link = people.link(of, level)
    may_be_alone = len(link) < len(out)  # else each row above has several
    if may_be_alone and 2 * len(more := people.more(of, level)) < len(link):
        out[link] = x
        link, x = link[more], x[more]
    np.add.at(out, link, x)  # exact, and faster than bincount with its float weights
    return out[:-1].reshape(people.shape(level))


def _runs(x: Any, starts: Any) -> Any:
    """Sums of the rows from each start to the next."""
    if len(x) and (starts[1:] > starts[:-1]).all():
        return np.add.reduceat(x, starts[:-1])
    running = np.zeros(len(x) + 1, np.int64)  # a difference of running sums stays right even if they wrap
    np.cumsum(x, out=running[1:])
    return running[starts[1:]] - running[starts[:-1]]


def some(people: People, marks: Any, of: str, level: str) -> Any:
    """Whether any of the rows of `of` inside each row of `level` is marked; marks are few, so they are listed."""
    if not isinstance(marks, np.ndarray) or people.law.levels[of].is_grid:
        return add(people, marks, of, level) > 0
    rows = people.link(of, level)[np.flatnonzero(marks)]
    out = np.zeros(int(np.prod(people.shape(level))), bool)
    out[rows[rows >= 0] if (of, level) in people.holes else rows] = True
    return out.reshape(people.shape(level))


def total(people: People, value: Value, level: str) -> Any:
    x, of = value.declared, people.plan.lower(value)
    number, bad = split(people.v[x.value, of]) if x.value else (1, None)
    where, unsure = split(people.v[x.where, of]) if x.where else (None, None)
    if x.how == "sum":
        out, unknown = _sum(people, of, level, number, bad, where, unsure)
    elif x.how == "share":
        out, unknown = _share(people, of, level, number, bad, where, unsure)
    else:
        holds = (number, bad) if x.how != "all" else (np.equal(number, 0), bad)
        held, in_doubt = _both(holds, (where, unsure))
        unknown = None if in_doubt is None else some(people, in_doubt, of, level)
        if x.how == "count":
            out = add(people, held, of, level)
        else:
            out = some(people, held, of, level)
            unknown = None if unknown is None else unknown & ~out
            out = out if x.how == "any" else ~out
    return join(out, either(unknown, people.doubt(of, level)))


def _both(a: tuple[Any, Any], b: tuple[Any, Any]) -> tuple[Any, Any]:
    """Rows where both hold for sure, and rows where that is in doubt, by Kleene; a missing condition holds."""
    (x, ux), (w, uw) = a, b
    yes_x, yes_w = _holds(x), True if w is None else _holds(w)
    if ux is None and uw is None:
        return (yes_x if yes_w is True else yes_x & yes_w), None
    may_x = yes_x if ux is None else yes_x | ux
    may_w = yes_w if uw is None else yes_w | uw
    sure_x = yes_x if ux is None else yes_x & ~ux
    sure_w = yes_w if uw is None else yes_w & ~uw
    sure = sure_x & sure_w
    return sure, may_x & may_w & ~sure


def _holds(x: Any) -> Any:
    return x if isinstance(x, np.ndarray) and x.dtype == bool else np.not_equal(x, 0)


def _sum(people: People, of: str, level: str, x: Any, ux: Any, w: Any, uw: Any) -> tuple[Any, Any]:
    out = add(people, x if w is None else x * w, of, level)
    if ux is None and uw is None:
        return out, None
    counted = True if w is None else np.not_equal(w, 0)
    unknown = either(uw, None if ux is None else ux & counted)
    return out, some(people, unknown, of, level)


def _share(people: People, of: str, level: str, x: Any, ux: Any, w: Any, uw: Any) -> tuple[Any, Any]:
    held, doubt = _both((x, ux), (w, uw))
    every, more = _both((1, None), (w, uw))
    hold, rows = add(people, held, of, level), add(people, every, of, level)
    in_doubt = either(doubt, more)
    unknown = None if in_doubt is None else some(people, in_doubt, of, level)
    return (hold * 10_000 + rows // 2) // np.maximum(rows, 1), unknown


# ---- pick
def pick(people: People, value: Value, level: str) -> Any:
    x, of = value.declared, people.plan.lower(value)
    number, bad = split(people.v[x.value, of])
    where, unsure = split(people.v[x.where, of]) if x.where else (None, None)
    m = people.size[of]
    keys = [split(people.v[k, of]) for k in x.by]
    for _, unknown in keys:  # a candidate with an unknown key may be the one
        if unknown is not None:
            may = unknown if where is None else unknown & np.not_equal(where, 0)
            unsure = either(unsure, may)
    if where is None and not keys and (of, level) in people.flat:
        best = _end(people.starts(of, level), x.first)
    else:
        best = _best(people, x, of, level, where, [k for k, _ in keys])
    none, bad_none = split(people.v[x.none, level]) if isinstance(x.none, str) else (int(x.none), None)
    none = np.broadcast_to(none, people.shape(level)).reshape(-1) if isinstance(none, np.ndarray) else none
    has, at = best >= 0, np.maximum(best, 0)
    out = np.where(has, people.at(number, of, at) if m else 0, none)
    unknown = has & people.at(bad, of, at) if bad is not None and m else None
    if bad_none is not None:
        unknown = either(unknown, ~has & people.full(bad_none, level))
    shape = people.shape(level)
    unknown = None if unknown is None else unknown.reshape(shape)
    if unsure is not None:
        unknown = either(unknown, some(people, unsure, of, level))
    return join(out.reshape(shape), either(unknown, people.doubt(of, level)))


def _end(starts: Any, first: bool) -> Any:
    """The first or the last row of each run, -1 for an empty one."""
    return np.where(starts[1:] > starts[:-1], starts[:-1] if first else starts[1:] - 1, -1)


def _best(people: People, x: Any, of: str, level: str, where: Any, keys: list[Any]) -> Any:
    """For each row above the winning row of `of`, or -1."""
    link = people.link(of, level)
    rows = np.arange(people.size[of]) if where is None else np.flatnonzero(people.full(where, of))
    mine = link if where is None else link[rows]
    if (of, level) in people.holes:
        inside = mine >= 0
        rows, mine = rows[inside], mine[inside]
    best = np.full(int(np.prod(people.shape(level))), -1)
    if not len(rows):
        return best
    years = people.ties(of, level)
    if not keys and years is None:
        best[mine[::-1] if x.first else mine] = rows[::-1] if x.first else rows  # the last one written stays
        return best
    keys = [people.at(k, of, rows) if len(rows) < people.size[of] else _flat(people, k, of) for k in keys]
    ranges = [people.plan.bounds[k] for k in x.by]
    m = max(people.size[of], 1)
    room = m
    for low, high in ranges:
        room *= high - low + 1
    number = rows if years is None else years.number[rows]
    number = number if not x.first else m - 1 - number
    if room >= 2**62:  # the keys do not fit one number: sort
        columns = [np.broadcast_to(k, rows.shape) for k in keys]
        order = rows[np.lexsort([number, *reversed([-c if x.first else c for c in columns])])]
        best[link[order]] = order
        return best
    rank: Any = 0
    for (low, high), key in zip(ranges, keys, strict=True):
        place = key - low if not x.first else high - key
        rank = rank * (high - low + 1) + place
    rank = rank * m + number
    if (of, level) in people.flat:
        first = np.flatnonzero(np.concatenate([[True], mine[1:] != mine[:-1]]))
        best[mine[first]] = np.maximum.reduceat(rank, first)
    else:
        np.maximum.at(best, mine, rank)
    found = best % m if not x.first else m - 1 - best % m
    return np.where(best < 0, -1, found if years is None else years.by_year[found])


def _flat(people: People, x: Any, of: str) -> Any:
    """A column with one entry a row; a plain number stays one."""
    return people.full(x, of) if isinstance(x, np.ndarray) else x


def given(people: People, value: Value, level: str) -> Any:
    """Whether the plan takes the value as given, which is the same for every person."""
    return int(value.declared.value in people.plan.given)


MOVES: dict[str, Callable[[Any, Any, str], Any]] = {
    "look_up": look_up, "find": find, "distinct": distinct, "span": span, "expand": expand, "column": column,
    "slices": slices, "slice_key": slice_key, "hang": hang, "total": total, "pick": pick, "scan": scan,
    "scan_end": scan_end, "given": given,
}  # fmt: skip
