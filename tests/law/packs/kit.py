"""A pack: a law, random worlds for it, an oracle, and the comparison of the engine's two back ends with the oracle."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from law.packs import raw
from wayfare.kernel.status import Mode
from wayfare.law.law import Law
from wayfare.law.places import PlaceTree
from wayfare.law.unknown import Unsure
from wayfare.law.world import Rows, as_columns

World = dict[str, Rows]
Answers = dict[str, list[int | None]]
LAST = len(raw.PLACES) - 1
TREE = PlaceTree.of(raw.PLACES)


@dataclass(frozen=True, repr=False)
class Pack:
    """A small law with what is asked of it, a drawer of random lives, and an oracle that answers by other means."""

    name: str
    law: Law
    goals: tuple[str, ...]
    draw: Callable[[Draw, int], World]
    oracle: Callable[[World, Mapping[str, Any], bool], Answers]
    spells: tuple[str, str, str] | None = None  # a level whose spells may be split, and its start and end
    by_spell: tuple[str, ...] = ()  # goals that count spells, which splitting may change

    def __repr__(self) -> str:
        return self.name


class Draw(random.Random):
    """Seeded draws in which any fact may be unknown, and a few are assumed; the share is the world's own."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.share = self.choice((0.0, 0.0, 0.02, 0.1, 0.4))

    def maybe(self, value: Any, of: float = 1.0) -> Any:
        """The value, or None as often as this world asks."""
        return None if self.random() < self.share * of else value

    def place(self) -> int:
        """Any place of the tree."""
        return self.randint(0, LAST)

    def day(self, low: str, high: str) -> int:
        """A day from `low` to `high`, both in."""
        return self.randint(raw.day(low), raw.day(high))

    def rows_of(self, n: int, most: int) -> list[int]:
        """For each row of a level below, the row above it, ascending."""
        return [up for up in range(n) for _ in range(self.randint(0, most))]


def rows(above: Mapping[str, list[int]] | None = None, *, size: int | None = None, **columns: list[Any]) -> Rows:
    """Rows of a level from columns of equal length."""
    count = size if size is not None else len(next(iter(columns.values())))
    return Rows(count, columns, dict(above or {}))


def drawn(pack: Pack, seed: int, most: int = 9) -> World:
    """A world of this pack; some of its entries are assumed, so that a decision may not use them."""
    draw = Draw(seed)
    world = pack.draw(draw, draw.randint(1, most))
    if draw.random() < 0.7:
        return world
    return {level: _some_assumed(draw, given) for level, given in world.items()}


def _some_assumed(draw: Draw, given: Rows) -> Rows:
    marks = {name: [draw.random() < 0.1 for _ in column] for name, column in given.columns.items()}
    return replace(given, assumed=marks)


def decided(world: World) -> World:
    """The same world with what is assumed struck out."""
    return {level: _struck(given) for level, given in world.items()}


def _struck(given: Rows) -> Rows:
    sure = [False] * given.size
    columns = {
        name: [None if drop else x for x, drop in zip(column, given.assumed.get(name, sure), strict=True)]
        for name, column in given.columns.items()
    }
    return replace(given, assumed={}, columns=columns)


def as_list(column: Any) -> list[int | None]:
    """A column of the engine as ints and None."""
    if isinstance(column, Unsure):
        pairs = zip(column.value.reshape(-1), column.unknown.reshape(-1), strict=True)
        return [None if unknown else int(value) for value, unknown in pairs]
    return [None if x is None else int(x) for x in column]


def on_ints(pack: Pack, world: World, mode: Mode) -> Answers:
    """The goals through the back end of one life."""
    found = pack.law.plan(list(pack.goals), given=(), mode=mode).lives(world)
    return {goal: as_list(found.value(goal)) for goal in pack.goals}


def on_columns(pack: Pack, world: World, mode: Mode) -> Answers:
    """The goals through the back end of many lives."""
    found = pack.law.plan(list(pack.goals), given=(), mode=mode).population(as_columns(world))
    return {goal: as_list(found.value(goal)) for goal in pack.goals}


def by_oracle(pack: Pack, world: World, mode: Mode) -> Answers:
    """The goals by the oracle, which in a decision does not see what is assumed."""
    decision = mode is Mode.DECISION
    texts = {name: [text.clause for text in value.texts] for name, value in pack.law.values.items() if value.texts}
    found = pack.oracle(decided(world) if decision else world, {**pack.law.parameters, **texts}, decision)
    return {goal: as_list(found[goal]) for goal in pack.goals}


def compare(pack: Pack, world: World) -> None:
    """Ints, columns and the oracle give the same in both modes; else AssertionError naming pack, mode and goal."""
    for mode in (Mode.ESTIMATE, Mode.DECISION):
        expected = by_oracle(pack, world, mode)
        for way in (on_ints, on_columns):
            found = way(pack, world, mode)
            for goal in pack.goals:
                assert found[goal] == expected[goal], f"{pack.name}.{goal}, {mode.value}, {way.__name__}"


def split_spells(draw: Draw, pack: Pack, world: World) -> World:
    """The same facts with some spells written as two that touch."""
    assert pack.spells is not None
    level, start, end = pack.spells
    given = world[level]
    order: list[tuple[int, Any, Any]] = []
    for i, (a, b) in enumerate(zip(given.columns[start], given.columns[end], strict=True)):
        cut = None if a is None or b is None or b - a < 2 or draw.random() < 0.5 else draw.randint(a + 1, b - 1)
        order += [(i, a, b)] if cut is None else [(i, a, cut), (i, cut, b)]
    columns = {name: [column[i] for i, _, _ in order] for name, column in given.columns.items()}
    columns |= {start: [a for _, a, _ in order], end: [b for _, _, b in order]}
    above = {up: [link[i] for i, _, _ in order] for up, link in given.above.items()}
    return {**world, level: Rows(len(order), columns, above)}


def only(world: World, people: list[int]) -> World:
    """The world with only these people, in this order."""
    kept = {"person": people}
    out: World = {"person": _rows_at(world["person"], people, {})}
    for level, given in world.items():
        if level == "person":
            continue
        (up,) = given.above
        place = {old: new for new, old in enumerate(kept[up])}
        mine = sorted((i for i in range(given.size) if given.above[up][i] in place),
                      key=lambda i: (place[given.above[up][i]], i))  # fmt: skip
        kept[level] = mine
        out[level] = _rows_at(given, mine, {up: [place[given.above[up][i]] for i in mine]})
    return out


def _rows_at(given: Rows, at: list[int], above: dict[str, list[int]]) -> Rows:
    pick = lambda columns: {name: [column[i] for i in at] for name, column in columns.items()}  # noqa: E731
    return Rows(len(at), pick(given.columns), above, pick(given.assumed))


def afresh(pack: Pack) -> Pack:
    """The pack with nothing planned or laid out yet, so that what is changed in the engine is seen."""
    kept = {f.name: {} for f in fields(pack.law) if f.name.startswith("_")}
    return replace(pack, law=replace(pack.law, **kept))
