"""The order in which the values behind some goals are found, with everything worked out that does not need facts.

A plan is made once for a law, its goals, what is given and the mode. It follows the dependency graph of values, so a
value may go up, down and up again; it checks units and bounds, lays out tables for the mode, and knows each value's
last use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from wayfare.kernel.status import Mode
from wayfare.law.errors import BadDeclaration, BadGiven, CycleInLaw, UnknownValue
from wayfare.law.finder import Finder
from wayfare.law.law import ASKED_DAY, Law, Value
from wayfare.law.measure import bound, unit
from wayfare.law.tables import FOR_EVER, FROM_EVER, Cells, Parameter, Row, lists_in_force, resolve

__all__ = ["Plan", "Step"]

Key = tuple[str, str]  # value, level


class Step(NamedTuple):
    """One value at one level; `kind` is that of the value, or "down" where a value comes down from a level above."""

    value: Value
    level: str
    kind: str
    needs: tuple[Key, ...]


class Plan:
    """What the goals need, in order. `given` are values that are put in instead of computed.

    `rows_given` are levels whose rows are put in although a move would make them: a value given at such a level then
    needs no facts below it.
    """

    def __init__(
        self, law: Law, goals: Iterable[str], given: Iterable[str] = (), mode: Mode = Mode.DECISION,
        rows_given: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self.law, self.mode, self.rows_given = law, mode, frozenset(rows_given)
        self.given = self._stand_for(given)
        self.steps: list[Step] = []
        self.units: dict[str, str] = {}
        self.bounds: dict[str, tuple[int, int]] = {}
        self.finders: dict[str, Finder] = {}
        self.lists: dict[str, list[list[int]]] = {}
        self._open: list[Key] = []
        self._cut_off: set[str] = set()
        self._done: set[Key] = set()
        self.goals: list[Key] = [(g, self._value(g).level) for g in goals]
        for goal in self.goals:
            self._visit(*goal)
        self._last_uses()

    # ---- order
    def _stand_for(self, given: Iterable[str]) -> frozenset[str]:
        """A given parameter stands for each of its look-ups."""
        out: set[str] = set()
        for name in given:
            stands = self.law.stands_for(name)
            if not stands:
                raise BadGiven(
                    f"{name} is given, but no value has that name.",
                    next_step="See wayfare law list.",
                    field=f"given.{name}",
                )
            out.update(stands)
        return frozenset(out)

    def _value(self, name: str) -> Value:
        if name not in self.law.values:
            by = f", which {self._open[-1][0]} needs" if self._open else ""
            raise UnknownValue(f"Nothing gives {name}{by}.", next_step="See wayfare law list for the names.")
        return self.law.values[name]

    def is_put_in(self, value: Value) -> bool:
        """Whether facts or the caller give it, so that nothing is computed."""
        made_elsewhere = value.level in self.rows_given and self.law.levels[value.level].maker == value.name
        return value.kind == "fact" or value.name in self.given or made_elsewhere

    def _visit(self, name: str, level: str) -> None:
        """Puts a value's step after those of all it needs; chains are long, so the stack is ours."""
        walks = [self._begin((name, level))] if (name, level) not in self._done else []
        while walks:
            needed = next(walks[-1], None)
            if needed is None:
                walks.pop()
                self._done.add(self._open.pop())
            elif needed not in self._done:
                walks.append(self._begin(needed))

    def _begin(self, key: Key) -> Iterator[Key]:
        """Opens a value: what it needs comes out one by one, and its step is written when all of that is there."""
        name, level = key
        if key in self._open:
            names = [n for n, _ in self._open[self._open.index(key) :]]
            told = " -> ".join([*names, name])
            raise CycleInLaw(f"{name} needs itself: {told}.", next_step="Break the circle, or use a scan.")
        value = self._value(name)
        self._open.append(key)
        return self._walk_down(value, level) if value.level != level else self._walk_own(value, level)

    def _walk_down(self, value: Value, level: str) -> Iterator[Key]:
        way = self.law.path(level, value.level)
        if way is None:
            raise BadDeclaration(
                f"{value.name} lives at {value.level}, which is not above {level}.",
                next_step="Move it with total or pick.",
            )
        yield from self._makers([level, *(up for _, up in way)], way)
        if self._is_cut(way):
            self.steps.append(Step(value, level, "unknown", ()))
            return
        needs = ((value.name, value.level),)
        yield needs[0]
        self.steps.append(Step(value, level, "down", needs))

    def _walk_own(self, value: Value, level: str) -> Iterator[Key]:
        put_in = self.is_put_in(value)
        if value.kind == "clause" and not put_in:
            yield from ((key, level) for key in self._chart_keys(value))
            self._chart(value)
        needs = () if put_in else self._needs(value)
        way: list[Key] = [] if put_in else self._ways(value)
        yield from self._makers([level, *(x for edge in way for x in edge)], way, skip=value.name)
        if self._is_cut(way):
            self._cut(value)
            return
        yield from needs
        self.steps.append(Step(value, level, "put_in" if put_in else value.kind, tuple(needs)))
        if put_in and value.kind != "fact":
            self._measure_apart(value)
            return
        self.units[value.name] = unit(self, value)
        if value.kind in ("look_up", "expand"):
            self._find(value)
        self.bounds[value.name] = bound(self, value)

    def _measure_apart(self, value: Value) -> None:
        """Unit and bounds of a value that this plan does not compute."""
        full = self.law.plan([value.name], mode=Mode.ESTIMATE)
        self.units[value.name], self.bounds[value.name] = full.units[value.name], full.bounds[value.name]
        if value.name in self.given:  # a form may say yes or no, and name any place, whatever the rule would say
            whole = {"truth": (0, 1), "place": (0, len(self.law.tree) - 1)}
            self.bounds[value.name] = whole.get(self.units[value.name], self.bounds[value.name])

    def _is_cut(self, way: Iterable[Key]) -> bool:
        """Whether rows that are put in leave a link that a move would have made unmade."""
        made = [edge for edge in way if edge in self.law.links]
        return any(edge[1] in self.rows_given or self.law.links[edge] in self._cut_off for edge in made)

    def _cut(self, value: Value) -> None:
        """What lies behind a missing link is not known."""
        self._cut_off.add(value.name)
        self._measure_apart(value)
        if value.kind not in ("hang", "distinct", "slices", "expand", "span"):
            self.steps.append(Step(value, value.level, "unknown", ()))

    def _makers(self, levels: Iterable[str], way: Iterable[Key], skip: str = "") -> Iterator[Key]:
        """Rows and links exist before values are moved over them."""
        makers = [self.law.levels[x].maker for x in levels if x not in self.rows_given]
        makers += [self.law.links.get(edge) for edge in way if edge[1] not in self.rows_given]
        for maker in dict.fromkeys(m for m in makers if m and m != skip):
            key = maker, self.law.values[maker].level
            if key not in self._open:
                yield key

    def _ways(self, value: Value) -> list[Key]:
        """The links that a move goes over."""
        x = value.declared
        if value.kind in ("total", "pick"):
            return self._way(self.lower(value), value.level)
        if value.kind == "scan":
            return self._way(value.level, x.within)
        if value.kind == "find":
            return [*self._way(x.of, "person"), *self._way(value.level, "person")]
        if value.kind in ("slices", "hang", "distinct"):
            return self._ways_to_shared(value)
        return [(value.level, x.within)] if value.kind in ("span", "expand") else []

    def _ways_to_shared(self, value: Value) -> list[Key]:
        x = value.declared
        if value.kind == "distinct":
            return self._way(x.of, x.within)
        if value.kind == "slices":
            if not x.at_rows:
                return []
            meet = self.shared(x.at_rows[0], x.of)
            return [*self._way(x.at_rows[0], meet), *self._way(x.of, meet)]
        within = self.law.levels[x.under].above[0]
        shared = within if self.law.levels[x.under].span else self.shared(x.of, within)
        return [*self._way(x.of, shared), *self._way(x.under, shared)]

    def shared(self, level: str, other: str) -> str:
        """The lowest level that the rows of both belong to by their own first links, not by the link being made."""
        mine = self._own_chain(level)
        return next(x for x in self._own_chain(other) if x in mine)

    def _own_chain(self, level: str) -> list[str]:
        out = [level]
        while above := self.law.levels[out[-1]].above:
            out.append(above[0])
        return out

    def _way(self, level: str, to: str) -> list[Key]:
        way = self.law.path(level, to)
        if way is None:
            raise BadDeclaration(f"{to} is not above {level}.", next_step="Declare the link, or move in steps.")
        return way

    def lower(self, value: Value) -> str:
        """The level whose rows a total or a pick takes."""
        x = value.declared
        of = x.of or (self._value(x.value or x.where).level if x.value or x.where else None)
        if of is None or of == value.level or self.law.path(of, value.level) is None:
            raise BadDeclaration(
                f"{value.name} takes rows of {of}, which does not lie below {value.level}.", next_step="Say of=."
            )
        return str(of)

    def _needs(self, value: Value) -> list[Key]:
        x, level = value.declared, value.level
        if value.kind == "clause":
            names = [n for t in value.texts for _, n in t.names]
            return [(n, level) for n in dict.fromkeys([*names, *self._chart_keys(value)])]
        if value.kind == "look_up":
            return [(n, level) for n in self._keys(x)]
        if value.kind == "expand":
            return [(n, x.within) for n in self._keys(x)]
        if value.kind in ("total", "pick"):
            of = self.lower(value)
            named = [x.value, x.where, *(x.by if value.kind == "pick" else ())]
            below: list[Key] = [(n, of) for n in named if n]
            none = getattr(x, "none", None)
            return [*below, *([(none, level)] if isinstance(none, str) else [])]
        return self._needs_of_makers(value)

    def _needs_of_makers(self, value: Value) -> list[Key]:
        x, level = value.declared, value.level
        if value.kind == "scan":
            first = next(iter(x.start))
            if value.name != first:  # the carries of a scan come out together
                return [(first, level)]
            rows = [n for n in dict.fromkeys([*x.names.values(), *x.order]) if n not in x.start]
            starts = [(s, x.within) for s in x.start.values() if isinstance(s, str)]
            return [*((n, level) for n in rows), *starts]
        if value.kind == "scan_end":
            return [(next(iter(x[0].start)), x[0].level)]
        if value.kind == "find":
            none = [(x.none, level)] if isinstance(x.none, str) else []
            return [(x.by, level), (x.key, x.of), (x.value, x.of), *none]
        if value.kind in ("slices",):
            rows = [(x.at_rows[1], x.at_rows[0])] if x.at_rows else []
            return [(x.start, x.of), (x.end, x.of), *rows]
        if value.kind == "slice_key":
            return [(x.key, level)]
        if value.kind == "column":
            return [(x[0], level)]
        if value.kind == "span":
            return [(name, x.within) for name in x.narrowed]
        return [(x.by, x.of)] if value.kind in ("distinct", "hang") else []

    def _last_uses(self) -> None:
        last: dict[Key, int] = {}
        for i, step in enumerate(self.steps):
            for key in (*step.needs, (step.value.name, step.level)):
                last[key] = i
        kept = set(self.goals)
        self.dead: list[list[Key]] = [[] for _ in self.steps]
        for key, i in last.items():
            if key not in kept:
                self.dead[i].append(key)
        self.wanted = {k for s in self.steps if s.kind != "scan_end" for k in s.needs} | kept

    # ---- tables and texts in force
    def _keys(self, x: Any) -> list[str]:
        table = self._table(x.table)
        keys = [x.by.get(k, k) for k in table.by]
        dates = [x.at or ASKED_DAY] if table.is_dated else []
        if table.places > len(x.where):
            raise BadDeclaration(f"{x.table} has rows by place, but no place is named.", next_step="Add where=.")
        return [*x.where[: table.places], *dates, *keys]

    def _table(self, name: str) -> Parameter:
        if name not in self.law.parameters:
            raise UnknownValue(f"There is no table {name}.", next_step="Add it to parameters.yaml.")
        return self.law.parameters[name]

    def _find(self, value: Value) -> None:
        x = value.declared
        table = self._table(x.table)
        if value.kind == "expand":
            laid_out = "list", x.table, self.mode
            cells, self.lists[value.name] = self.law.kept(
                laid_out, lambda: lists_in_force(table, self.law.tree, self.mode)
            )
        else:
            laid_out = "table", x.table, self.mode
            cells = self.law.cells(x.table, self.mode)
        self.finders[value.name] = self._finder(cells, laid_out, self._keys(x))

    def _chart_table(self, value: Value) -> Parameter | None:
        """The texts of a clause as a table whose value is the text's number; None where one text holds for ever."""
        kept: Parameter | None = self.law.kept(("chart", value.name, self.mode), lambda: self._made_chart(value))
        return kept

    def _made_chart(self, value: Value) -> Parameter | None:
        rows = []
        for i, text in enumerate(value.texts):
            c = text.clause
            places = tuple(int(p) for p in c.place)
            rows.append(Row(i, _ordinal(c.since, FROM_EVER), _ordinal(c.until, FOR_EVER), places, (), c.source))
        table = Parameter(value.name, "count", tuple(rows))
        if len(rows) == 1 and not table.is_dated and not table.places:
            return None if self.mode is Mode.ESTIMATE or rows[0].status.decides else table
        return table

    def _chart_keys(self, value: Value) -> list[str]:
        table = self._chart_table(value)
        if table is None:
            return []
        x = value.texts[0].clause
        if table.places > len(x.where):
            raise BadDeclaration(f"Texts of {value.name} have places, but no place is named.", next_step="Add where=.")
        return [*x.where[: table.places], *([x.at or ASKED_DAY] if table.is_dated else [])]

    def _chart(self, value: Value) -> None:
        table = self._chart_table(value)
        if table is not None:
            keys = self._chart_keys(value)
            laid_out = "laid out", value.name, self.mode
            self.finders[value.name] = self._finder(
                self.law.kept(laid_out, lambda: resolve(table, self.law.tree, self.mode)), laid_out, keys
            )

    def _finder(self, cells: Cells, laid_out: tuple[Any, ...], keys: list[str]) -> Finder:
        """The finder of a table under keys; plans of one law share those whose keys have the same reach."""
        reach = tuple((name, self.bounds[name], self.units[name]) for name in keys)
        made: Finder = self.law.kept(
            ("finder", laid_out, reach), lambda: Finder(cells, keys, self.bounds.__getitem__, self.units.__getitem__)
        )
        return made

    # ---- running
    def lives(self, world: Any) -> Any:
        """Decides a few lives on Python ints and keeps every value (`wayfare.law.ints.Lives`)."""
        from wayfare.law.ints import Lives

        return Lives(self, world)

    def population(self, world: Any, *, keep: bool = False) -> Any:
        """Runs many lives on int64 columns (`wayfare.law.columns.People`); `keep` keeps every value."""
        from wayfare.law.columns import People

        return People(self, world, keep=keep)


def _ordinal(day: date | None, otherwise: int) -> int:
    return otherwise if day is None else day.toordinal()


