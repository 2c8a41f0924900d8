"""The back end for a population: the same moves over int64 columns, a column dropped after its last use.

A level is a table with links, as row numbers, to the levels above it. A span of years is kept 2-D, years first, so
that broadcasting down to it copies nothing. Columns with unknown rows are `Unsure`; a plain column pays nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from wayfare.kernel.status import Mode
from wayfare.law.columns_moves import MOVES
from wayfare.law.columns_years import OwnYears, down
from wayfare.law.errors import BadFact
from wayfare.law.plan import Plan, Step
from wayfare.law.units import outside
from wayfare.law.unknown import Unsure, both, either, join, part, solve_columns, split
from wayfare.law.world import World, stated

if TYPE_CHECKING:
    from wayfare.law.law import Text

__all__ = ["People", "as_list"]

BLOCK = 16_384  # rows whose intermediate columns fit the second cache
FEW_OPERATIONS = 3  # for fewer it does not pay to put blocks together again


class People:
    """The values of a population, by (name, level)."""

    def __init__(self, plan: Plan, world: World, *, keep: bool = False) -> None:
        self.plan, self.law, self.world = plan, plan.law, world
        self.size: dict[str, int] = {}
        self.links: dict[tuple[str, str], Any] = {}
        self.flat: set[tuple[str, str]] = set()  # links in ascending order
        self.holes: set[tuple[str, str]] = set()  # links in which some row belongs nowhere
        self.years: dict[str, OwnYears] = {}  # how the rows lie of spans whose years differ
        self.taint: dict[str, Any] = {}  # mask of persons whose rows of a level are not known for sure
        self.loose: dict[tuple[str, str], Any] = {}
        self.v: dict[tuple[str, str], Any] = {}
        self._starts: dict[tuple[str, str], Any] = {}
        self._more: dict[tuple[str, str], Any] = {}
        self._take_in(world)
        for step, dead in zip(plan.steps, plan.dead, strict=True):
            self._run(step)
            if not keep:
                for key in dead:
                    self.v.pop(key, None)

    def value(self, name: str, level: str | None = None) -> Any:
        """The column of a value at its level, flat, with one entry a row."""
        at = level or self.law.values[name].level
        return both(lambda x: self.full(x, at), self.v[name, at])

    def _take_in(self, world: World) -> None:
        for level, rows in world.items():
            self.size[level] = rows.size
            for up, link in rows.above.items():
                self.links[level, up] = link
                self.flat.add((level, up))
        for level, info in self.law.levels.items():
            if info.maker is None or level in self.plan.rows_given:
                self.size.setdefault(level, 0)
                for up in info.above:
                    if (level, up) not in self.law.links and (level, up) not in self.links:
                        self.links[level, up] = np.zeros(0, np.int64)
                        self.flat.add((level, up))

    def _run(self, step: Step) -> None:
        key = step.value.name, step.level
        if key in self.v:
            return
        if step.kind == "down":
            out = self._down(step)
        elif step.kind == "unknown":
            shape = self.shape(step.level)
            out = join(np.zeros(shape, np.int64), np.ones(shape, bool))
        elif step.kind == "put_in":
            out = self._put_in(step)
        elif step.kind == "clause":
            out = self._clause(step)
        else:
            out = MOVES[step.kind](self, step.value, step.level)
        if out is None:
            return
        taint = self.taint.get(step.level)
        self.v[key] = out if taint is None else self.masked(out, step.level, self.of_person(taint, step.level))

    # ---- shapes and links
    def shape(self, level: str) -> tuple[int, ...]:
        """A grid of years is (years, rows above); any other level is (rows,)."""
        info = self.law.levels[level]
        if info.span is None or not info.is_grid:
            return (self.size[level],)
        return (info.span[1] - info.span[0] + 1, self.size[info.above[0]])

    def full(self, x: Any, level: str) -> Any:
        """A column of any shape that broadcasts, as one entry a row."""
        return np.broadcast_to(x, self.shape(level)).reshape(-1)

    def at(self, x: Any, level: str, rows: Any) -> Any:
        """Some rows of a column, whatever its shape."""
        if not isinstance(x, np.ndarray):
            return x
        if x.ndim == 1 or x.shape == self.shape(level):
            return x.reshape(-1)[rows]
        width = self.shape(level)[1]
        return x[0][rows % width] if x.shape[0] == 1 else x[:, 0][rows // width]

    def link(self, of: str, to: str) -> Any:
        """For each row of a level the row of a level above; -1 where it has none."""
        if of == to:
            return np.arange(self.size[of])
        if (of, to) not in self.links:
            way = self.law.path(of, to)
            if way is None:
                raise BadFact(f"{to} is not above {of}.", next_step="Check the levels of the facts.")
            out = self._edge(way[0])
            for edge in way[1:]:
                up = self._edge(edge)
                out = up[out] if way[0] not in self.holes else np.where(out < 0, -1, up[np.maximum(out, 0)])
            self.links[of, to] = out
            if way[0] in self.holes:
                self.holes.add((of, to))
            if all(e in self.flat for e in way):
                self.flat.add((of, to))
        return self.links[of, to]

    def _edge(self, edge: tuple[str, str]) -> Any:
        if edge not in self.links:
            of, up = edge
            if not self.law.levels[of].is_grid:
                raise BadFact(f"The rows of {of} do not say which row of {up} they belong to.", next_step="Add above=.")
            self.links[edge] = np.arange(self.size[of]) % max(self.size[up], 1)
        return self.links[edge]

    def starts(self, of: str, to: str) -> Any:
        """Where the rows of each row above begin, for ascending links."""
        if (of, to) not in self._starts:
            self._starts[of, to] = np.concatenate([[0], np.cumsum(self.sizes(of, to))])
        return self._starts[of, to]

    def sizes(self, of: str, to: str) -> Any:
        """How many rows lie in each row above, in the shape of the level above."""
        if (of, to) in self._starts:
            return np.diff(self._starts[of, to])
        link, width = self.link(of, to), int(np.prod(self.shape(to)))
        inside = link[link >= 0] if (of, to) in self.holes else link
        return np.bincount(inside, minlength=width).reshape(self.shape(to))

    def more(self, of: str, to: str) -> Any:
        """The rows that do not write last when each row of `of` is written into its row of `to`."""
        if (of, to) not in self._more:
            link = self.link(of, to)
            last = np.empty(int(np.prod(self.shape(to))) + 1, np.int64)
            rows = np.arange(len(link))
            last[link] = rows
            self._more[of, to] = np.flatnonzero(last[link] != rows)
        return self._more[of, to]

    def ties(self, of: str, to: str) -> OwnYears | None:
        """The layout that numbers the rows of a level where they do not lie in its order inside each row of `to`."""
        return self.years.get(of) if to != (self.law.levels[of].above or ("",))[0] else None

    def of_person(self, mask: Any, level: str) -> Any:
        """A mask of persons as a mask of the rows of a level, in its shape."""
        if level == "person":
            return mask
        info = self.law.levels[level]
        if info.is_grid:
            return np.broadcast_to(self.of_person(mask, info.above[0])[None, :], self.shape(level))
        return mask[self.link(level, "person")]

    def persons(self, of: str, rows: Any) -> Any:
        """The persons who own some of the rows of a mask; None where there is no mask."""
        if rows is None:
            return None
        out = np.zeros(self.size["person"], bool)
        out[self.link(of, "person")[self.full(rows, of)]] = True
        return out

    def masked(self, x: Any, level: str, unknown: Any) -> Any:
        """A column with more rows unknown."""
        value, before = split(x)
        if not isinstance(value, np.ndarray):
            value = np.full(self.shape(level), value)
        return join(value, either(before, unknown))

    def doubt(self, of: str, to: str) -> Any:
        """Mask of the rows of `to` for which it is in doubt which rows of `of` belong to them; None where none is."""
        if not self.taint and not self.loose:
            return None
        masks = [self.taint.get(of)]
        for edge in self.law.path(of, to) or ():
            masks += [self.loose.get(edge), self.taint.get(edge[1])]
        persons = either(*masks)
        return None if persons is None else self.of_person(persons, to)

    # ---- values
    def _put_in(self, step: Step) -> Any:
        value, level = step.value, step.level
        rows, column = stated(self.world, value, level)
        if column is None and level != "person":  # given for the person: it holds for all of their rows
            _, whole = stated(self.world, value, "person")
            if whole is not None:
                people = self.link(level, "person")
                return both(lambda x: x[people].reshape(self.shape(level)), whole)
        if rows is None or column is None:
            absent = value.declared.absent if value.kind == "fact" else "ask"
            if absent != "ask":
                return int(absent)
            n = self.size.get(level, 0)
            return join(np.zeros(n, np.int64), np.ones(n, bool))
        assumed = rows.assumed.get(value.name)
        if assumed is not None and self.plan.mode is Mode.DECISION:
            column = self.masked(column, level, np.asarray(assumed, bool))
        return self._within_bounds(value.name, column, rows.size)

    def _within_bounds(self, name: str, column: Any, size: int) -> Any:
        """The column, as one number where all rows hold the same: what rests on it alone is then found once."""
        number, unknown = split(column)
        low, high = self.plan.bounds[name]
        if len(number) != size:
            raise BadFact(
                f"{name} has {len(number)} entries for {size} rows.", next_step="Correct the column.", field=name
            )
        if unknown is not None:
            number = number[~unknown]
        if not number.size:
            return column
        least, most = int(number.min()), int(number.max())
        if least < low or most > high:
            row = int(np.flatnonzero((number < low) | (number > high))[0])
            told = outside(name, int(number[row]), (low, high), self.plan.units[name])
            raise BadFact(told, next_step="Correct the fact.", field=name)
        return least if unknown is None and least == most else column

    def _down(self, step: Step) -> Any:
        name, up, level = step.value.name, step.value.level, step.level
        x, unknown = split(self.v[name, up])
        if not isinstance(x, np.ndarray):
            return x
        info = self.law.levels[level]
        if level in self.years:
            return down(self, self.v[name, up], up, level)
        if info.is_grid:
            inside = info.above[0]
            if up != inside:
                x = self.at(x, up, self.link(inside, up))
                unknown = None if unknown is None else self.at(unknown, up, self.link(inside, up))
            return x[None, :] if unknown is None else Unsure(x[None, :], unknown[None, :])
        link = self.link(level, up)
        if (level, up) in self.holes:
            nowhere, link = link < 0, np.maximum(link, 0)
            if not x.size:
                return join(np.zeros(self.size[level], np.int64), nowhere)
            unknown = nowhere if unknown is None else nowhere | self.at(unknown, up, link)
            return join(self.at(x, up, link), unknown)
        return join(self.at(x, up, link), None if unknown is None else self.at(unknown, up, link))

    def _clause(self, step: Step) -> Any:
        value, level = step.value, step.level

        def get(name: str) -> Any:
            return self.v[name, level]

        finder = self.plan.finders.get(value.name)
        if finder is None:
            return self._call(value.texts[0], get)
        cell, unknown = finder.at_columns([get(k) for k in finder.names])
        unknown = either(unknown, finder.gap[cell] if finder.has_gap else None)
        which = np.asarray(finder.value[cell])
        if which.ndim == 0 or (which.size and (which == which.flat[0]).all()):
            out = self._call(value.texts[int(which.flat[0])], get)
            if unknown is None or not np.any(unknown):
                return out
            return self.masked(out, level, np.broadcast_to(unknown, self.shape(level)))
        return self._by_text(value, level, get, which, unknown)

    def _by_text(self, value: Any, level: str, get: Any, which: Any, unknown: Any) -> Any:
        """One cheap sort of the rows by their text, then each text on its rows."""
        shape = self.shape(level)
        which = np.broadcast_to(which, shape).reshape(-1)
        out, mask = np.zeros(which.shape, np.int64), np.zeros(which.shape, bool)
        if unknown is not None:
            mask |= np.broadcast_to(unknown, shape).reshape(-1)
        order = np.argsort(which.astype(np.int16), kind="stable")
        edges = np.searchsorted(which[order], np.arange(len(value.texts) + 1))
        for k in np.flatnonzero(np.diff(edges)):
            rows = order[edges[k] : edges[k + 1]]
            got = self._call(value.texts[k], lambda n: both(self.at, get(n), level, rows))  # noqa: B023  used at once
            out[rows], more = split(got)
            if more is not None:
                mask[rows] |= more
        return join(out.reshape(shape), mask.reshape(shape))

    @staticmethod
    def _call(text: Any, get: Any) -> Any:
        """A text on its inputs; what is long is worked out in blocks, whose steps stay in the processor's cache."""
        inputs = {a: get(n) for a, n in text.names}
        sizes = {np.shape(part) for x in inputs.values() for part in split(x) if isinstance(part, np.ndarray)}
        shape = sizes.pop() if len(sizes) == 1 else ()
        if len(shape) != 1 or shape[0] < 2 * BLOCK or text.operations < FEW_OPERATIONS:
            return join(*_solved(text, inputs))
        return join(*_in_blocks(text, inputs, shape[0]))


def _solved(text: Text, inputs: Mapping[str, Any]) -> tuple[Any, Any]:
    """The value of a text, and the mask of rows in which it is unknown."""
    if any(type(x) is Unsure for x in inputs.values()):
        return solve_columns(text.tree, {n: split(inputs[a]) for a, n in text.names})
    return text.clause.step(**inputs), None


def _in_blocks(text: Text, inputs: Mapping[str, Any], size: int) -> tuple[Any, Any]:
    pairs = []
    for start in range(0, size, BLOCK):
        rows = slice(start, min(start + BLOCK, size))
        found = _solved(text, {a: part(x, rows) for a, x in inputs.items()})
        pairs.append([None if x is None else np.broadcast_to(x, rows.stop - start) for x in found])
    value, unknown = (None if p[0] is None else np.concatenate(p) for p in zip(*pairs, strict=True))
    return value, unknown


def as_list(column: Any, size: int | None = None) -> list[int | None]:
    """A column as ints, None where it is not known."""
    value, unknown = split(column)
    if not isinstance(value, np.ndarray):
        return [int(value)] * (size or 1)
    if unknown is None:
        return [int(v) for v in value.reshape(-1)]
    return [None if u else int(v) for v, u in zip(value.reshape(-1), unknown.reshape(-1), strict=True)]
