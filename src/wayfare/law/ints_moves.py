"""The six moves over lists of Python ints."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wayfare.law.unknown import solve
from wayfare.law.words import Scale

if TYPE_CHECKING:
    from wayfare.law.ints import Lives
    from wayfare.law.law import Value

__all__ = ["MOVES"]

Column = list[Any]


# ---- look up
def look_up(lives: Lives, value: Value, level: str) -> Column:
    finder = lives.plan.finders[value.name]
    keys = [lives.v[k, level] for k in finder.names]
    rows = zip(*keys, strict=True) if keys else [()] * lives.size[level]
    cells = [finder.at_ints(row) for row in rows]
    lives.which[value.name] = cells
    return [None if c is None or finder.gap[c] else int(finder.value[c]) for c in cells]


def find(lives: Lives, value: Value, level: str) -> Column:
    x = value.declared
    keys, found = lives.v[x.key, x.of], lives.v[x.value, x.of]
    people = lives.link(x.of, "person")
    unsure = {p for p, k in zip(people, keys, strict=True) if k is None} | lives.taint.get(x.of, set())
    rows = {(p, k): v for p, k, v in zip(people, keys, found, strict=True) if k is not None}
    out = []
    for i, (p, k) in enumerate(zip(lives.link(level, "person"), lives.v[x.by, level], strict=True)):
        none = lives.v[x.none, level][i] if isinstance(x.none, str) else int(x.none)
        out.append(None if k is None or p in unsure else rows.get((p, k), none))
    return out


# ---- rows
def distinct(lives: Lives, value: Value, level: str) -> Column:
    x = value.declared
    keys = lives.v[x.by, x.of]
    _unsure_rows(lives, level, x.of, [k is None for k in keys], loose=(x.of, level))
    low = lives.plan.bounds[x.by][0]
    pairs = [(up, low if k is None else k) for up, k in zip(lives.link(x.of, x.within), keys, strict=True)]
    found = sorted({p for p in pairs if p[0] >= 0})
    number = {p: i for i, p in enumerate(found)}
    lives.links[x.of, level] = [number.get(p, -1) for p in pairs]
    lives.links[level, x.within] = [up for up, _ in found]
    lives.size[level] = len(found)
    return [k for _, k in found]


def span(lives: Lives, value: Value, level: str) -> Column:
    x, inside = value.declared, lives.size[value.declared.within]
    since = lives.v[x.since, x.within] if x.since else [x.low] * inside
    until = lives.v[x.until, x.within] if x.until else [x.high] * inside
    _unsure_rows(lives, level, x.within, [None in years for years in zip(since, until, strict=True)])
    rows = [
        (i, year) for year in range(x.low, x.high + 1) for i in range(inside)
        if None not in (since[i], until[i]) and since[i] <= year <= until[i]
    ]  # fmt: skip
    lives.size[level], lives.links[level, x.within] = len(rows), [i for i, _ in rows]
    return [year for _, year in rows]


def expand(lives: Lives, value: Value, level: str) -> Column:
    x, finder = value.declared, lives.plan.finders[value.name]
    lists = lives.plan.lists[value.name]
    keys = [lives.v[k, x.within] for k in finder.names]
    found = [finder.ints(row) for row in zip(*keys, strict=True)] if keys else [finder.ints(())] * lives.size[x.within]
    _unsure_rows(lives, level, x.within, [k is None for k in found])
    pairs = [(i, r) for i, k in enumerate(found) for r in lists[k or 0]]
    lives.size[level], lives.links[level, x.within] = len(pairs), [i for i, _ in pairs]
    return [r for _, r in pairs]


def column(lives: Lives, value: Value, level: str) -> Column:
    maker, name = value.declared
    table = lives.law.parameters[lives.law.values[maker].declared.table]
    at = [c for c, _ in table.columns].index(name)
    return [None if r is None else table.rows[r].columns[at] for r in lives.v[maker, level]]


def _unsure_rows(
    lives: Lives, level: str, of: str, unknown: list[bool], loose: tuple[str, str] | None = None
) -> None:
    """Persons for whom the rows of a made level cannot be told."""
    people = lives.link(of, "person")
    persons = {p for p, u in zip(people, unknown, strict=True) if u} | lives.taint.get(of, set())
    if persons:
        lives.taint[level] = lives.taint.get(level, set()) | persons
        if loose:
            lives.loose[loose] = lives.loose.get(loose, set()) | persons


# ---- slices
def slices(lives: Lives, value: Value, level: str) -> Column:
    x = value.declared
    starts, ends = lives.v[x.start, x.of], lives.v[x.end, x.of]
    unknown = [a is None or b is None for a, b in zip(starts, ends, strict=True)]
    low = lives.plan.bounds[x.start][0]
    spells = [(low, low + 1) if u else (a, b) for a, b, u in zip(starts, ends, unknown, strict=True)]
    if x.by == "year":
        years = [(i, a, b, y) for i, (a, b) in enumerate(spells) if a < b for y in range(a // 12, (b - 1) // 12 + 1)]
        pieces = [(i, _months(a, b, y), y) for i, a, b, y in years]
    else:
        pieces = [piece for i, spell in enumerate(spells) for piece in _cut(lives, x, i, spell, unknown)]
    _unsure_rows(lives, level, x.of, unknown)
    lives.size[level], lives.links[level, x.of] = len(pieces), [i for i, _, _ in pieces]
    person = lives.link(x.of, "person")
    taint = lives.taint.get(level, set())
    lives.v[x.key, level] = [None if person[i] in taint else k for i, _, k in pieces]
    return [m for _, m, _ in pieces]


def _months(start: int, end: int, year: int) -> int:
    """The months of a spell in a year as a set of 12 bits."""
    return (1 << min(end - 12 * year, 12)) - (1 << max(start - 12 * year, 0))


def _cut(lives: Lives, x: Any, row: int, spell: tuple[int, int], unknown: list[bool]) -> list[tuple[int, int, int]]:
    start, end = spell
    points = set()
    if x.at_table:
        points |= set(lives.law.parameters[x.at_table].days_of_change())
    if x.at_rows:
        rows, day = x.at_rows
        meet = lives.plan.shared(rows, x.of)
        mine = lives.link(x.of, meet)[row]
        for up, d in zip(lives.link(rows, meet), lives.v[day, rows], strict=True):
            if up == mine and d is None:
                unknown[row] = True
            elif up == mine:
                points.add(d)
    edges = [start, *sorted(p for p in points if start < p < end), end]
    return [(row, a, b) for a, b in itertools.pairwise(edges)] if start < end else []


def slice_key(lives: Lives, value: Value, level: str) -> Column:
    return lives.v[value.name, level]


def hang(lives: Lives, value: Value, level: str) -> Column:
    x = value.declared
    keys, info = lives.v[x.by, x.of], lives.law.levels[x.under]
    persons = {p for p, k in zip(lives.link(x.of, "person"), keys, strict=True) if k is None}
    if persons:
        lives.loose[x.of, x.under] = persons
    if info.span:
        years = zip(lives.link(x.under, info.above[0]), lives.v[str(info.maker), x.under], strict=True)
        row = {(up, year): i for i, (up, year) in enumerate(years) if year is not None}
        ups = lives.link(x.of, info.above[0])
        lives.links[x.of, x.under] = [row.get((up, k), -1) for up, k in zip(ups, keys, strict=True)]
        return [0] * lives.size[level]
    maker = lives.law.values[str(info.maker)].declared
    meet = lives.plan.shared(x.of, maker.of)
    starts, ends = lives.v[str(info.maker), x.under], lives.v[maker.key, x.under]
    pieces = list(zip(range(len(starts)), lives.link(x.under, meet), starts, ends, strict=True))
    lives.links[x.of, x.under] = [
        next((i for i, up, a, b in pieces if up == mine and None not in (a, b, k) and a <= k < b), -1)
        for k, mine in zip(keys, lives.link(x.of, meet), strict=True)
    ]
    return [0] * lives.size[level]


# ---- total
def total(lives: Lives, value: Value, level: str) -> Column:
    x, of = value.declared, lives.plan.lower(value)
    link, ones = lives.link(of, level), [1] * lives.size[of]
    numbers = lives.v[x.value, of] if x.value else ones
    where = lives.v[x.where, of] if x.where else ones
    groups: list[list[tuple[Any, Any]]] = [[] for _ in range(lives.size[level])]
    for up, number, counts in zip(link, numbers, where, strict=True):
        if up >= 0:
            groups[up].append((number, counts))
    out = [_TOTALS[x.how](rows) for rows in groups]
    doubt = lives.doubt(of, level)
    return out if doubt is None else [None if d else y for y, d in zip(out, doubt, strict=True)]


def _and(a: Any, b: Any) -> Any:
    """Both, by Kleene."""
    if (a is not None and not a) or (b is not None and not b):
        return False
    return None if a is None or b is None else True


def _sum(rows: list[tuple[Any, Any]]) -> Any:
    out = 0
    for number, counts in rows:
        if counts is None or (counts and number is None):
            return None
        out += number if counts else 0
    return out


def _count(rows: list[tuple[Any, Any]]) -> Any:
    """How many rows hold and count."""
    held = [_and(number, counts) for number, counts in rows]
    return None if None in held else sum(held)


def _any(rows: list[tuple[Any, Any]]) -> Any:
    held = [_and(number, counts) for number, counts in rows]
    return True if True in held else None if None in held else False


def _all(rows: list[tuple[Any, Any]]) -> Any:
    """No row that counts fails to hold."""
    some_fails = _any([(None if number is None else not number, counts) for number, counts in rows])
    return None if some_fails is None else not some_fails


def _share(rows: list[tuple[Any, Any]]) -> Any:
    """Of the rows that count those that hold, in basis points rounded half up; 0 where none counts."""
    held, of = _count(rows), _count([(1, counts) for _, counts in rows])
    return None if held is None or of is None else (held * 10_000 + of // 2) // max(of, 1)


_TOTALS: dict[str, Callable[[list[tuple[Any, Any]]], Any]] = {
    "sum": _sum, "count": _count, "any": _any, "all": _all, "share": _share,
}  # fmt: skip


# ---- pick
def pick(lives: Lives, value: Value, level: str) -> Column:
    x, of = value.declared, lives.plan.lower(value)
    numbers, keys = lives.v[x.value, of], [lives.v[k, of] for k in x.by]
    where = lives.v[x.where, of] if x.where else [1] * lives.size[of]
    out = list(lives.v[x.none, level]) if isinstance(x.none, str) else [int(x.none)] * lives.size[level]
    best: dict[int, list[Any]] = {}
    unsure: set[int] = set()
    for i, up in enumerate(lives.link(of, level)):
        if up < 0:
            continue
        key = [k[i] for k in keys]
        if where[i] is None or (where[i] and None in key):
            unsure.add(up)
        elif where[i] and (up not in best or (key < best[up] if x.first else key >= best[up])):
            best[up], out[up] = key, numbers[i]
    doubt = lives.doubt(of, level) or [False] * lives.size[level]
    return [None if i in unsure or doubt[i] else y for i, y in enumerate(out)]


# ---- scan
def scan(lives: Lives, value: Value, level: str) -> Column | None:
    x, names = value.declared, list(value.declared.start)
    link = lives.link(level, x.within)
    orders = [lives.v[k, level] for k in x.order]
    width = lives.size[x.within]
    starts = [[int(s)] * width if isinstance(s, Scale) else lives.v[s, x.within] for s in x.start.values()]
    carry = [list(now) for now in zip(*starts, strict=True)]
    unsure = {link[i] for i in range(lives.size[level]) if any(k[i] is None for k in orders)}
    inputs = {n: lives.v[n, level] for n in x.names.values() if n not in x.start}
    out: list[Column] = [[None] * lives.size[level] for _ in names]
    rows = [i for i in range(lives.size[level]) if link[i] >= 0 and link[i] not in unsure]
    for i in sorted(rows, key=lambda i: [k[i] for k in orders]) if orders else rows:
        now = dict(zip(names, carry[link[i]], strict=True)) | {n: c[i] for n, c in inputs.items()}
        carry[link[i]] = _step(x, value.tree, now)
        for column_, result in zip(out, carry[link[i]], strict=True):
            column_[i] = result
    _leave(lives, value, level, carry, unsure)
    doubt = lives.doubt(level, x.within)
    for name, result in zip(names, out, strict=True):
        lives.v[name, level] = (
            result if doubt is None else [None if u < 0 or doubt[u] else r for r, u in zip(result, link, strict=True)]
        )
    return None


def _step(x: Any, tree: Any, now: dict[str, Any]) -> list[Any]:
    arguments = {a: now[n] for a, n in x.names.items()}
    if None in arguments.values():
        return [solve(t, now) for t in tree]
    out = x.step(**arguments)
    return list(out) if isinstance(out, tuple) else [out]


def _leave(lives: Lives, value: Value, level: str, carry: list[list[Any]], unsure: set[int]) -> None:
    x = value.declared
    doubt = lives.doubt(level, x.within) or [False] * lives.size[x.within]
    for i, name in enumerate(x.start):
        if name in x.leaves:
            lives.v[x.leaves[name], x.within] = [
                None if doubt[up] or up in unsure else now[i] for up, now in enumerate(carry)
            ]


def scan_end(lives: Lives, value: Value, level: str) -> Column:
    return lives.v[value.name, level]


def given(lives: Lives, value: Value, level: str) -> list[int]:
    """Whether the plan takes the value as given, which is the same for every person."""
    return [int(value.declared.value in lives.plan.given)] * lives.size[level]


MOVES: dict[str, Callable[[Any, Any, str], Any]] = {
    "look_up": look_up, "find": find, "distinct": distinct, "span": span, "expand": expand, "column": column,
    "slices": slices, "slice_key": slice_key, "hang": hang, "total": total, "pick": pick, "scan": scan,
    "scan_end": scan_end, "given": given,
}  # fmt: skip
