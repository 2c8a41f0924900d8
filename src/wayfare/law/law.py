"""A rulebook put together: levels and their links, values by name, parameters, questions.

Names are the wiring. Putting a law together refuses what does not fit (an unknown level, a name given twice, a value
below the level that needs it); units, bounds, order and the text in force are worked out per question by `plan`.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from wayfare.kernel.status import Mode
from wayfare.law import declare as d
from wayfare.law.errors import BadDeclaration, UnknownValue
from wayfare.law.labels import Labels
from wayfare.law.places import PlaceTree
from wayfare.law.tables import FOR_EVER, FROM_EVER, Cells, Parameter, Row, resolve
from wayfare.law.trace import operations, show, trace

__all__ = ["Law", "Text", "Value"]

ASKED_DAY = "asked_day"  # the day asked about picks the law unless a clause says otherwise


@dataclass(frozen=True)
class Text:
    """One text of a clause: the function, its tree, and the value that each of its arguments stands for."""

    clause: d.Clause
    tree: Any
    names: tuple[tuple[str, str], ...]  # argument, value

    @cached_property
    def operations(self) -> int:
        """How many operations its function has."""
        return operations(self.tree)


@dataclass(frozen=True)
class Value:
    """A value of the law: where it lives, what kind of thing gives it, and the declaration or texts behind it."""

    name: str
    level: str
    kind: str
    declared: Any = None
    texts: tuple[Text, ...] = ()
    tree: Any = None

    @property
    def shown(self) -> str:
        """The name for people: a look-up that a clause implied is called as its table."""
        return self.name.partition("[")[0]


@dataclass(frozen=True)
class LevelInfo:
    """The levels above a level, how many rows it has at most in a row of the first of them, what makes its rows."""

    above: tuple[str, ...]
    most: int
    maker: str | None = None
    span: tuple[int, int] | None = None
    is_grid: bool = False  # a span whose years are the same for every row above
    stands_alone: bool = False  # a given value brings a row with it where the facts have none


@dataclass(frozen=True)
class Law:
    """The declarations of a rulebook under their names, checked and wired."""

    tree: PlaceTree
    levels: Mapping[str, LevelInfo]
    links: Mapping[tuple[str, str], str]  # (level, level above) -> the value that makes the link, if a move does
    values: Mapping[str, Value]
    parameters: Mapping[str, Parameter]
    questions: Mapping[str, d.Question] = field(default_factory=dict)
    levers: Mapping[str, d.Lever] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sentences: Mapping[str, Any] = field(default_factory=dict)
    labels: Labels = field(default_factory=Labels)
    version: str = ""
    homes: Mapping[str, str] = field(default_factory=dict)  # the folder that each value and parameter stands in
    _plans: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    _cells: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls, declared: Mapping[str, Any], *, parameters: Iterable[Parameter] = (), tree: PlaceTree | None = None,
        sentences: Mapping[str, Any] | None = None, version: str = "",
    ) -> Law:  # fmt: skip
        """Puts a law together from declarations by name (for a module: `vars(module)`)."""
        from wayfare.law.assemble import Assembly

        return Assembly(declared, parameters, tree or PlaceTree.flat(1)).law(sentences or {}, version)

    @cached_property
    def last_checked(self) -> str:
        """The last day on which a figure was held against its source, 2026-11-21; empty where none says."""
        return max((row.checked for table in self.parameters.values() for row in table.rows), default="")

    def stands_for(self, name: str) -> list[str]:
        """The values that a name stands for: itself, or the look-ups of a parameter of that name."""
        return [
            v.name for v in self.values.values() if v.name == name or (v.kind == "look_up" and v.declared.table == name)
        ]

    def path(self, level: str, to: str) -> list[tuple[str, str]] | None:
        """The shortest way up from a level to one above it, as links; None where there is none.

        A link that a move makes rests on the rows' own way up, so it is no short cut to the level that the rows it
        leads to stand in; only where there is no other way does the way go through it.
        """
        return self._shortest(level, to, short_cuts=False) or self._shortest(level, to, short_cuts=True)

    def _shortest(self, level: str, to: str, *, short_cuts: bool) -> list[tuple[str, str]] | None:
        ways: list[tuple[str, list[tuple[str, str]]]] = [(level, [])]
        seen = {(level, False)}
        while ways:
            here, way = ways.pop(0)
            if here == to:
                return way
            was_made = bool(way) and way[-1] in self.links and not short_cuts
            above = self.levels[here].above
            for up in above[1:] if was_made else above:  # the first is what a made row stands in
                state = up, (here, up) in self.links
                if state not in seen:
                    seen.add(state)
                    ways.append((up, [*way, (here, up)]))
        return None

    def most(self, level: str, to: str) -> int:
        """The most rows of a level inside one row of a level above."""
        if level == to:
            return 1
        info = self.levels[level]
        way = self.path(level, to)
        if way is None:
            raise BadDeclaration(f"{to} is not above {level}.", next_step="Move values with total or pick.")
        if info.above and (way[0][1] == info.above[0] or to == "person"):  # every way up ends at the same person
            return info.most * self.most(info.above[0], to)
        maker = self.values.get(self.links.get(way[0], ""))
        if maker is not None and maker.kind == "hang" and self.levels[way[0][1]].span:
            return self._most_in_a_year(level, way[0][1]) * self.most(way[0][1], to)
        return self.most(level, "person")

    def _most_in_a_year(self, level: str, under: str) -> int:
        """Slices by year give one piece a year for each spell; other rows may all fall in one year."""
        info, within = self.levels[level], self.levels[under].above[0]
        maker = self.values.get(info.maker or "")
        if maker is not None and maker.kind == "slices" and maker.declared.by == "year":
            level = maker.declared.of
        return self.most(level, within if self.path(level, within) is not None else "person")

    def plan(
        self, goals: Iterable[str], *, given: Iterable[str] = (), mode: Mode = Mode.DECISION,
        rows_given: Iterable[str] = (),
    ) -> Any:  # fmt: skip
        """The order in which a question's values are found, checked once and kept."""
        from wayfare.law.plan import Plan

        key = tuple(goals), frozenset(given), mode, frozenset(rows_given)
        if key not in self._plans:
            self._plans[key] = Plan(self, *key)
        return self._plans[key]

    def kept(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What plans of this law have in common, such as a table laid out for a mode, made once."""
        if key not in self._cells:
            self._cells[key] = make()
        return self._cells[key]

    def cells(self, name: str, mode: Mode) -> Cells:
        """A parameter laid out for a mode, once."""
        found: Cells = self.kept(("table", name, mode), lambda: resolve(self.parameters[name], self.tree, mode))
        return found

    def replaced(
        self, *, parameters: Mapping[str, Parameter | Iterable[Row]] | None = None,
        clauses: Mapping[str, Any] | None = None,
    ) -> Law:  # fmt: skip
        """A scenario: other rows, tables or clause functions under the same names; this law stays as it is."""
        tables = dict(self.parameters)
        for name, table in (parameters or {}).items():
            if name not in tables:
                raise UnknownValue(f"There is no parameter {name} to replace.", next_step="See wayfare law list.")
            tables[name] = table if isinstance(table, Parameter) else tables[name].replaced(table)
        values = dict(self.values)
        for name, step in (clauses or {}).items():
            values[name] = self._with_clause(name, step)
        changed = sorted([*(parameters or {}), *(clauses or {})])
        version = f"{self.version}+{','.join(changed)}" if changed else self.version
        kept = {key: made for key, made in self._cells.items() if _laid_out(key) not in changed}
        return dataclasses.replace(self, parameters=tables, values=values, version=version, _plans={}, _cells=kept)

    def _with_clause(self, name: str, step: Any) -> Value:
        if name not in self.values or self.values[name].kind != "clause":
            raise UnknownValue(f"There is no clause {name} to replace.", next_step="See wayfare law list.")
        old = self.values[name]
        step = step.step if isinstance(step, d.Clause) else step
        names = {argument: value for text in old.texts for argument, value in text.names}
        wired = {n: names.get(n, n) for n in d.arguments(step)}
        unknown = sorted(set(wired.values()) - set(self.values))
        if unknown:
            raise UnknownValue(f"Nothing gives {', '.join(unknown)}.", next_step="See wayfare law list.")
        clause = dataclasses.replace(old.texts[0].clause, step=step, since=None, until=None, place=())
        return dataclasses.replace(old, texts=(Text(clause, trace(step, wired), tuple(wired.items())),))

    def with_pack(self, rows: Mapping[str, Iterable[Row]], name: str) -> Law:
        """The same law with an assumption pack: its rows fill gaps, in mode estimate only."""
        tables = dict(self.parameters)
        for table, more in rows.items():
            if table not in tables:
                raise UnknownValue(
                    f"The pack {name} fills {table}, which is no parameter.", next_step="See wayfare law list."
                )
            tables[table] = dataclasses.replace(tables[table], pack=tuple(more))
        return dataclasses.replace(self, parameters=tables, version=f"{self.version}/{name}", _plans={}, _cells={})

    def fingerprint(self) -> str:
        """A hash of everything that decides an answer: texts, moves, rows and their sources."""
        digest = hashlib.sha256()
        for name in sorted(self.values):
            value = self.values[name]
            dates = [(t.clause.since, t.clause.until, t.clause.place, t.clause.source) for t in value.texts]
            trees = [t.tree for t in value.texts] or ([value.tree] if value.tree else [])
            told = "; ".join(map(show, trees)) + ("" if value.texts else _told(value.declared))
            digest.update(f"{name}|{value.level}|{value.kind}|{told}|{dates}\n".encode())
        digest.update(repr(self.tree.codes).encode())
        for name in sorted(self.parameters.keys() - {"province_of", "city_of"}):
            table = self.parameters[name]
            for r in (*table.rows, *table.pack):
                days = r.since if r.since != FROM_EVER else "", r.until if r.until != FOR_EVER else ""
                digest.update(f"{name}|{r.value}|{days}|{r.places}|{r.key}|{r.columns}|{r.source}\n".encode())
        return digest.hexdigest()[:16]


def _laid_out(key: tuple[Any, ...]) -> str:
    """The table or the value whose texts lie behind what is kept under a key."""
    return str(key[1][1] if isinstance(key[1], tuple) else key[1])


def _told(declared: Any) -> str:
    """A declaration without the function it may hold, whose address differs from run to run."""
    if isinstance(declared, tuple):
        return ", ".join(map(_told, declared))
    if not dataclasses.is_dataclass(declared):
        return repr(declared)
    parts = {f.name: getattr(declared, f.name) for f in dataclasses.fields(declared) if f.name != "step"}
    return repr(sorted(parts.items(), key=lambda p: p[0]))
