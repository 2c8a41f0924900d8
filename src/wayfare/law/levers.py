"""What would change an answer: a small column of counterfactual lives, run by the same evaluator.

Levers say which facts someone can change, to what, how long it takes and what it costs. Every set of up to three
changes becomes one life; the sets that turn the answer are kept, the smaller before the larger, the cheaper before
the dearer. None at all means closed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from wayfare.law.declared import Lever
from wayfare.law.errors import UnknownValue
from wayfare.law.unknown import Unsure, split
from wayfare.law.world import Rows, World, as_columns

if TYPE_CHECKING:
    from wayfare.law.ints import Lives
    from wayfare.law.plan import Plan

__all__ = ["Change", "Way", "changes_of", "what_would_change"]

SETS_MOST = 4_000  # counterfactual lives in one run


@dataclass(frozen=True)
class Change:
    """One change to one fact of one row: to a value, or by an amount; days it takes, cost in fen, who can make it."""

    fact: str
    row: int
    to: int | None = None
    by: int | None = None
    days: int = 0
    cost: int = 0
    who: str = "person"
    say: Mapping[str, str] = field(default_factory=dict, compare=False, hash=False)
    ref: str = ""

    @property
    def size(self) -> int:
        return abs(self.by) if self.by is not None else 0


@dataclass(frozen=True)
class Way:
    """A set of changes that turns the answer, with the answer it gives; `days` is that of the slowest change."""

    changes: tuple[Change, ...]
    answer: int
    days: int
    cost: int


def changes_of(lives: Lives, levers: Mapping[str, Lever]) -> list[Change]:
    """The changes that levers allow in this one life: for each row of the fact, and each amount."""
    out = []
    for lever in levers.values():
        level = lives.law.values[lever.fact].level
        for row in range(lives.size[level]):
            if lever.where is not None and not _holds(lives, lever.where, level, row):
                continue
            refs = lives.world[level].refs if level in lives.world else ()
            about: dict[str, Any] = {
                "cost": lever.cost, "who": lever.who, "say": lever.say, "ref": refs[row] if row < len(refs) else "",
            }  # fmt: skip
            if lever.to is not None:
                out.append(Change(lever.fact, row, to=lever.to, days=lever.days, **about))
            out += [Change(lever.fact, row, by=n, days=lever.days + n * lever.days_each, **about) for n in lever.by]
    return [c for c in out if _is_possible(lives, c)]


def _holds(lives: Lives, where: str, level: str, row: int) -> bool:
    if (where, level) not in lives.v:
        raise UnknownValue(
            f"A lever holds where {where}, which this plan does not find.", next_step="Add it to the plan's goals."
        )
    return bool(lives.v[where, level][row])


def _is_possible(lives: Lives, change: Change) -> bool:
    """Whether the changed fact stays within its bounds."""
    value = lives.law.values[change.fact]
    column = lives.v.get((change.fact, value.level))
    now = column[change.row] if column is not None else value.declared.absent
    if change.to is not None:
        new = change.to
    elif isinstance(now, int):
        new = now + int(change.by or 0)
    else:
        return False  # nobody knows from what to count
    return int(value.declared.low) <= new <= int(value.declared.high)


def what_would_change(
    plan: Plan, world: World, goal: str, changes: Sequence[Change], *, want: int | None = None, most: int = 3
) -> list[Way]:
    """The ways to another answer for one life, cheapest first; empty when it is closed.

    A truth is to become true; any other value is to become `want`, or anything known but what it is.
    """
    sets = list(_sets(changes, most))
    many = _counterfactuals(plan, world, sets)
    answer, unknown = split(plan.population(many).value(goal))
    known = np.ones(len(answer), bool) if unknown is None else ~unknown
    if plan.units[goal] == "truth":
        turned = known & np.not_equal(answer, 0)
    else:
        turned = known & (answer == want if want is not None else answer != answer[0])
    good = [(sets[i], int(answer[i])) for i in np.flatnonzero(turned)]
    least = [(s, a) for s, a in good if not any(frozenset(o) < frozenset(s) for o, _ in good)]
    ways = [Way(tuple(s), a, max((c.days for c in s), default=0), sum(c.cost for c in s)) for s, a in least]
    ways.sort(key=lambda w: (w.cost, w.days, len(w.changes), sum(c.size for c in w.changes)))
    first: dict[Any, Way] = {}
    for way in ways:  # of several amounts of one change the smallest that does it
        first.setdefault((frozenset((c.fact, c.row) for c in way.changes), way.answer), way)
    return [w for w in first.values() if w.changes]


def _sets(changes: Sequence[Change], most: int) -> Iterable[tuple[Change, ...]]:
    count = 0
    for size in range(most + 1):
        for chosen in itertools.combinations(changes, size):
            if len({(c.fact, c.row) for c in chosen}) == size:
                count += 1
                if count > SETS_MOST:
                    return
                yield chosen


def _counterfactuals(plan: Plan, world: World, sets: Sequence[tuple[Change, ...]]) -> dict[str, Rows]:
    """The one life as often as there are sets, each with its changes made."""
    n = len(sets)
    columns = as_columns(world)
    touched = {c.fact for s in sets for c in s}
    out: dict[str, Rows] = {}
    for level, rows in columns.items():
        held = dict(rows.columns)
        for fact in touched:
            value = plan.law.values[fact]
            if value.level == level and fact not in held:
                absent = value.declared.absent
                number = np.full(rows.size, 0 if absent == "ask" else absent, np.int64)
                held[fact] = Unsure(number, np.ones(rows.size, bool)) if absent == "ask" else number
        tiled = {name: _tiled(x, n) for name, x in held.items()}
        for i, chosen in enumerate(sets):
            for change in chosen:
                if plan.law.values[change.fact].level == level:
                    tiled[change.fact] = _changed(tiled[change.fact], i * rows.size + change.row, change)
        above = {
            up: np.tile(link, n) + np.repeat(np.arange(n) * columns[up].size, rows.size)
            for up, link in rows.above.items()
        }
        marks = {name: np.tile(x, n) for name, x in rows.assumed.items()}
        out[level] = Rows(rows.size * n, tiled, above, marks)
    return out


def _tiled(x: Any, n: int) -> Any:
    value, unknown = split(x)
    return np.tile(value, n) if unknown is None else Unsure(np.tile(value, n), np.tile(unknown, n))


def _changed(x: Any, at: int, change: Change) -> Any:
    """The entry changed in place; a fact set to a value is then known."""
    value, unknown = split(x)
    if change.to is not None:
        value[at] = change.to
        if unknown is not None:
            unknown[at] = False
    else:
        value[at] += change.by
    return x
