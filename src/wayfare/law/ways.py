"""What would change an answer: a small column of counterfactual lives, run by the same evaluator.

Every set of a few changes becomes one life, and so does what is left of all changes when the dearest are taken back
one after another for as long as the answer stays turned. Of the sets that turn it those are kept from which nothing
can be left out, the cheaper before the dearer. None at all means closed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wayfare.law.levers import Change, Way
from wayfare.law.unknown import Unsure, split
from wayfare.law.world import Rows, World, as_columns

if TYPE_CHECKING:
    from wayfare.law.ints import Lives
    from wayfare.law.plan import Plan

__all__ = ["all_changed", "what_would_change"]

SETS_MOST = 4_000  # counterfactual lives in one run
OTHERS_MOST = 4  # how often a way is sought again without one of the changes of the first

Changes = tuple[Change, ...]


def what_would_change(
    plan: Plan, world: World, goal: str, changes: Sequence[Change], *, want: int | None = None, most: int = 3,
    answer: str = "",
) -> list[Way]:  # fmt: skip
    """The ways to another answer for one life, cheapest first; empty when no way was found.

    A truth is to become true; any other value is to become `want`, or anything known but what it is. All sets of up to
    `most` changes are tried; of larger ones those that are left of all changes, so that five missing papers are found
    too. A way tells the value of `answer` (of `goal`, where it is empty) that it gives.
    """
    trial = _Trial(plan, world, goal, want)
    found = trial.turning(list(_sets(changes, most)))
    least = _without_supersets(found)
    if len({(c.fact, c.row) for c in changes}) > most:
        least = _without_supersets([*least, *_from_all(trial, changes)])
    told, turned = (trial.values(least, name) for name in (answer or goal, goal))
    ways = [(_way(s, x), to) for s, x, to in zip(least, told, turned, strict=True)]
    ways.sort(key=lambda w: (w[0].cost, w[0].days, len(w[0].changes), sum(c.size for c in w[0].changes)))
    first: dict[Any, Way] = {}
    for way, to in ways:  # of several amounts of one change the smallest that does it
        first.setdefault((frozenset((c.fact, c.row) for c in way.changes), to), way)
    return [w for w in first.values() if w.changes]


def all_changed(plan: Plan, world: World, changes: Sequence[Change]) -> Lives:
    """The life with every change made, each by its greatest amount: what still fails there, nobody can change."""
    lives: Lives = plan.lives(_counterfactuals(plan, world, [_all(changes, last=True)]))
    return lives


def _way(changes: Changes, answer: int | None) -> Way:
    days = max((c.days for c in changes), default=0)
    return Way(changes, 0 if answer is None else answer, days, sum(c.cost for c in changes))


def _without_supersets(found: Iterable[Changes]) -> list[Changes]:
    sets = list({frozenset(s): s for s in found}.items())
    return [s for key, s in sets if not any(other < key for other, _ in sets)]


def _sets(changes: Sequence[Change], most: int) -> Iterable[Changes]:
    count = 0
    for size in range(most + 1):
        for chosen in itertools.combinations(changes, size):
            if len({(c.fact, c.row) for c in chosen}) == size:
                count += 1
                if count > SETS_MOST:
                    return
                yield chosen


@dataclass(frozen=True)
class _Trial:
    """One life, the value that is to turn, and the evaluator that says whether sets of changes turn it."""

    plan: Plan
    world: World
    goal: str
    want: int | None

    def values(self, sets: Sequence[Sequence[Change]], name: str) -> list[int | None]:
        """What a value is after each set of changes; None where it is not known."""
        if not sets:
            return []
        people = self.plan.population(_counterfactuals(self.plan, self.world, sets))
        value, unknown = split(people.value(name))
        return [None if unknown is not None and unknown[i] else int(value[i]) for i in range(len(sets))]

    def turning(self, sets: Sequence[Changes]) -> list[Changes]:
        """Those of the sets that turn the answer."""
        before, *after = self.values([(), *sets], self.goal)
        is_truth = self.plan.units[self.goal] == "truth"
        good: Callable[[int], bool] = bool
        if not is_truth:
            good = (lambda x: x == self.want) if self.want is not None else (lambda x: x != before)
        return [s for s, x in zip(sets, after, strict=True) if x is not None and good(x)]


def _from_all(trial: _Trial, changes: Sequence[Change]) -> list[Changes]:
    """What is left of all changes: the cheapest first, then others that do without one of its changes."""
    first = _left(trial, changes)
    if first is None:
        return []
    found = [first]
    for banned in first[:OTHERS_MOST]:
        rest = [c for c in changes if (c.fact, c.row) != (banned.fact, banned.row)]
        other = _left(trial, rest)
        found += [] if other is None else [other]
    return found


def _left(trial: _Trial, changes: Sequence[Change]) -> Changes | None:
    """A set from which nothing can be left out and no amount made smaller; None where all changes turn nothing."""
    starts = trial.turning([_all(changes, last=True), _all(changes, last=False)])
    if not starts:
        return None
    kept: list[Change] = []
    rest = sorted(starts[0], key=lambda c: (-c.cost, -c.days, -c.size))
    while rest:  # how many of the dearest can go at once: as many lives as there are answers to that
        tries = [(*kept, *rest[n:]) for n in range(1, len(rest) + 1)]
        good = {frozenset(s) for s in trial.turning(tries)}
        gone = next((n for n, s in enumerate(tries) if frozenset(s) not in good), len(tries))
        kept, rest = [*kept, *rest[gone : gone + 1]], rest[gone + 1 :]
    return _smaller(trial, tuple(kept), changes)


def _smaller(trial: _Trial, chosen: Changes, changes: Sequence[Change]) -> Changes:
    """The set with each amount as small as it can be."""
    for at, change in enumerate(chosen):
        same = [c for c in changes if (c.fact, c.row) == (change.fact, change.row)]
        tries = [(*chosen[:at], c, *chosen[at + 1 :]) for c in sorted(same, key=lambda c: (c.cost, c.days, c.size))]
        chosen = next(iter(trial.turning(tries)), chosen) if len(tries) > 1 else chosen
    return chosen


def _all(changes: Sequence[Change], *, last: bool) -> Changes:
    """Every change at once, of several amounts of one the greatest or the least."""
    slots: dict[tuple[str, int], list[Change]] = {}
    for c in changes:
        slots.setdefault((c.fact, c.row), []).append(c)
    return tuple(sorted(same, key=lambda c: c.size)[-1 if last else 0] for same in slots.values())


def _counterfactuals(plan: Plan, world: World, sets: Sequence[Sequence[Change]]) -> dict[str, Rows]:
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
