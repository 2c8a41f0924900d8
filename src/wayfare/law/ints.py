"""The back end for a few lives: every move over lists of Python ints, written plainly, and every value kept.

None is a value that is not known. The columns back end does the same on int64 arrays; property tests hold the two
against each other and both against oracles that share nothing with them.
"""

from __future__ import annotations

from typing import Any

from wayfare.kernel.status import Mode
from wayfare.law.errors import BadFact
from wayfare.law.ints_moves import MOVES
from wayfare.law.plan import Plan, Step
from wayfare.law.units import outside
from wayfare.law.unknown import solve
from wayfare.law.world import World, as_lists, stated

__all__ = ["Lives"]


class Lives:
    """The values of some lives, by (name, level); rows lie in the order of their level."""

    def __init__(self, plan: Plan, world: World) -> None:
        self.plan, self.law = plan, plan.law
        self.world = as_lists(world)
        self.size: dict[str, int] = {}
        self.links: dict[tuple[str, str], list[int]] = {}
        self.v: dict[tuple[str, str], list[Any]] = {}
        self.which: dict[str, list[int | None]] = {}  # the text or the row in force, by value and row
        self.taint: dict[str, set[int]] = {}  # persons whose rows of a level are not known for sure
        self.loose: dict[tuple[str, str], set[int]] = {}  # persons whose links of a level are not
        for level, rows in self.world.items():
            self.size[level] = rows.size
            for up, link in rows.above.items():
                self.links[level, up] = link
        for level in plan.law.levels:
            if plan.law.levels[level].maker is None:
                self.size.setdefault(level, 0)
                for up in plan.law.levels[level].above:
                    if (level, up) not in plan.law.links:
                        self.links.setdefault((level, up), [])
        for step in plan.steps:
            self._run(step)

    def value(self, name: str, level: str | None = None) -> list[Any]:
        """The value of every row of its level: ints, truths as 0 or 1, None where it is not known."""
        at = level or self.law.values[name].level
        return [None if x is None else int(x) for x in self.v[name, at]]

    def _run(self, step: Step) -> None:
        name, level = step.value.name, step.level
        if (name, level) in self.v:
            return
        if step.kind == "down":
            out = self._down(step)
        elif step.kind == "unknown":
            out = [None] * self.size[level]
        elif step.kind == "put_in":
            out = self._put_in(step)
        elif step.kind == "clause":
            out = self._clause(step)
        else:
            out = MOVES[step.kind](self, step.value, level)
        if out is None:
            return
        taint = self.taint.get(level)
        if taint:
            person = self.link(level, "person")
            out = [None if p in taint else x for x, p in zip(out, person, strict=True)]
        self.v[name, level] = out

    # ---- links
    def link(self, of: str, to: str) -> list[int]:
        """For each row of a level the row of a level above; -1 where it has none."""
        if of == to:
            return list(range(self.size[of]))
        if (of, to) not in self.links:
            way = self.law.path(of, to)
            if way is None:
                raise BadFact(f"{to} is not above {of}.", next_step="Check the levels of the facts.")
            out = list(range(self.size[of]))
            for edge in way:
                up = self._edge(edge)
                out = [up[i] if i >= 0 else -1 for i in out]
            self.links[of, to] = out
        return self.links[of, to]

    def _edge(self, edge: tuple[str, str]) -> list[int]:
        if edge not in self.links:
            of, up = edge
            if not self.law.levels[of].is_grid:
                raise BadFact(f"The rows of {of} do not say which row of {up} they belong to.", next_step="Add above=.")
            self.links[edge] = [i % self.size[up] for i in range(self.size[of])]
        return self.links[edge]

    def doubt(self, of: str, to: str) -> list[bool] | None:
        """For each row of `to` whether it is in doubt which rows of `of` belong to it; None where none is."""
        persons = set(self.taint.get(of, ()))
        for edge in self.law.path(of, to) or ():
            persons |= self.loose.get(edge, set()) | self.taint.get(edge[1], set())
        if not persons:
            return None
        return [p in persons for p in self.link(to, "person")]

    # ---- values
    def _put_in(self, step: Step) -> list[Any]:
        value, level = step.value, step.level
        rows, column = stated(self.world, value, level)
        size = self.size.get(level, 0)
        if column is None and level != "person":  # given for the person: it holds for all of their rows
            _, whole = stated(self.world, value, "person")
            column = None if whole is None else [whole[p] for p in self.link(level, "person")]
        if column is None:
            absent = value.declared.absent if value.kind == "fact" else "ask"
            return [None if absent == "ask" else absent] * size
        low, high = self.plan.bounds[value.name]
        for i, x in enumerate(column):
            if x is not None and not low <= x <= high:
                ref = f" ({rows.refs[i]})" if rows and i < len(rows.refs) else ""
                told = outside(f"{value.name}{ref}", x, (low, high), self.plan.units[value.name])
                raise BadFact(told, next_step="Correct the fact.", field=value.name)
        assumed = rows.assumed.get(value.name) if rows else None
        if assumed is not None and self.plan.mode is Mode.DECISION:
            return [None if a else x for x, a in zip(column, assumed, strict=True)]
        return list(column)

    def _down(self, step: Step) -> list[Any]:
        column = self.v[step.value.name, step.value.level]
        return [None if i < 0 else column[i] for i in self.link(step.level, step.value.level)]

    def _clause(self, step: Step) -> list[Any]:
        value, level = step.value, step.level
        finder = self.plan.finders.get(value.name)
        if finder is None:
            return self._call(value.texts[0], level, range(self.size[level]))
        keys = [self.v[k, level] for k in finder.names]
        rows = zip(*keys, strict=True) if keys else [()] * self.size[level]
        self.which[value.name] = [finder.ints(row) for row in rows]
        return [
            None if k is None else self._call(value.texts[k], level, (i,))[0]
            for i, k in enumerate(self.which[value.name])
        ]

    def _call(self, text: Any, level: str, rows: Any) -> list[Any]:
        names = [n for _, n in text.names]
        if not names:
            return [text.clause.step()] * len(rows)
        columns = [self.v[n, level] for n in names]
        step, out = text.clause.step, []
        for i in rows:
            now = tuple([c[i] for c in columns])
            out.append(solve(text.tree, dict(zip(names, now, strict=True))) if None in now else step(*now))
        return out
