"""Putting declarations together into a law: every name given once, every level known, every argument wired.

A clause's argument that names a parameter becomes a look-up at the highest level where its keys are known, with the
clause's own date and place; so the same figure is found once for a person even when many rows use it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayfare.kernel.status import Rank
from wayfare.law import declare as d
from wayfare.law.errors import BadDeclaration, UnknownValue
from wayfare.law.law import ASKED_DAY, Law, LevelInfo, Text, Value
from wayfare.law.places import PlaceTree
from wayfare.law.tables import FOR_EVER, FROM_EVER, Parameter, Row
from wayfare.law.trace import trace
from wayfare.law.words import EPOCH_YEAR, LAST_YEAR

__all__ = ["Assembly"]

PROVINCE_OF, CITY_OF = "province_of", "city_of"  # tables that every law has: the province and the city of a place


class Assembly:
    """One pass over the declarations by kind; `law()` hands out the result."""

    def __init__(self, declared: Mapping[str, Any], parameters: Iterable[Parameter], tree: PlaceTree) -> None:
        self.tree = tree
        self.declared = {n: x for n, x in declared.items() if isinstance(x, d.Declaration)}
        self.parameters = {p.name: p for p in parameters}
        self.parameters.setdefault(PROVINCE_OF, _above(PROVINCE_OF, tree.province))
        self.parameters.setdefault(CITY_OF, _above(CITY_OF, tree.city))
        self.levels: dict[str, LevelInfo] = {"person": LevelInfo((), 1)}
        self.links: dict[tuple[str, str], str] = {}
        self.values: dict[str, Value] = {}

    def law(self, sentences: Mapping[str, Any], version: str) -> Law:
        """The law, or BadDeclaration, UnknownValue, ClauseError for what does not fit."""
        self._levels()
        for name, x in self.declared.items():
            self._plain_value(name, x)
        self._clauses()
        self._scans()
        self._check_needs()
        self._check_questions()
        chosen = {x.unit: x.members for x in self.declared.values() if isinstance(x, d.Choice)}
        chosen |= {x.unit: x.choices for x in self.declared.values() if isinstance(x, d.Fact) and x.choices}
        made = Law(
            self.tree, self.levels, self.links, self.values, self.parameters,
            questions={x.name: x for x in self.declared.values() if isinstance(x, d.Question)},
            levers={n: x for n, x in self.declared.items() if isinstance(x, d.Lever)},
            choices=chosen, sentences=sentences, version=version,
        )  # fmt: skip
        return made if version else dataclasses.replace(made, version=made.fingerprint())

    # ---- levels
    def _levels(self) -> None:
        for x in self.declared.values():
            if isinstance(x, d.Level):
                self._level(x.name, LevelInfo(x.above, x.most, stands_alone=x.stands_alone))
        made = {n: x for n, x in self.declared.items() if isinstance(x, (d.Distinct, d.Span, d.Expand, d.Slices))}
        while made:  # a level may be made from a level that a move makes
            ready = [n for n, x in made.items() if self._base(x) in self.levels]
            if not ready:
                name, x = next(iter(made.items()))
                raise BadDeclaration(f"{name} makes rows from {self._base(x)}, no level.", next_step="Declare it.")
            for name in ready:
                self._made_level(name, made.pop(name))
        for name, x in self.declared.items():
            if isinstance(x, d.Hang):
                self._link(name, x.of, x.under)

    @staticmethod
    def _base(x: Any) -> str:
        return str(x.of if isinstance(x, (d.Distinct, d.Slices)) else x.within)

    def _made_level(self, name: str, x: Any) -> None:
        if isinstance(x, d.Span):
            self._level(x.level, LevelInfo((x.within,), x.high - x.low + 1, name, (x.low, x.high), not x.narrowed))
        elif isinstance(x, d.Expand):
            table = self.parameters.get(x.table)
            if table is None:
                raise UnknownValue(f"{name} expands {x.table}, no table.", next_step="Add it to parameters.yaml.")
            self._level(x.level, LevelInfo((x.within,), max(len(table.rows), 1), name))
        elif isinstance(x, d.Slices):
            years = LAST_YEAR - EPOCH_YEAR if x.by == "year" else 400
            self._level(x.level, LevelInfo((x.of,), x.most or years, name))
        else:
            self._level(x.level, LevelInfo((x.within,), x.most or self.levels[x.of].most, name))
            self._link(name, x.of, x.level)

    def _level(self, name: str, info: LevelInfo) -> None:
        if name in self.levels:
            raise BadDeclaration(f"The level {name} is declared twice.", next_step="Give one another name.")
        for up in info.above:
            if up not in self.levels:
                raise BadDeclaration(f"{name} lies below {up}, which is no level.", next_step="Declare it first.")
        self.levels[name] = info

    def _link(self, name: str, of: str, under: str) -> None:
        for level in (of, under):
            if level not in self.levels:
                raise BadDeclaration(f"{name} links {level}, which is no level.", next_step="Declare it with level().")
        info = self.levels[of]
        self.levels[of] = dataclasses.replace(info, above=(*info.above, under))
        self.links[of, under] = name

    # ---- values
    def _value(self, value: Value) -> None:
        if value.level not in self.levels:
            raise BadDeclaration(f"{value.name} lives at {value.level}, which is no level.", next_step="Declare it.")
        if value.name in self.values or value.name in self.parameters:
            raise BadDeclaration(f"{value.name} is given twice.", next_step="Give one another name.")
        self.values[value.name] = value

    def _plain_value(self, name: str, x: Any) -> None:
        kinds = {
            d.Fact: "fact", d.LookUp: "look_up", d.Find: "find", d.Distinct: "distinct", d.Span: "span",
            d.Total: "total", d.Pick: "pick",
        }  # fmt: skip
        kind = kinds.get(type(x))
        if kind is not None:
            self._value(Value(name, x.level, kind, x))
        elif isinstance(x, d.Given):
            self._value(Value(name, "person", "given", x))
        elif isinstance(x, d.Hang):
            self._value(Value(name, x.of, "hang", x))
        elif isinstance(x, d.Slices):
            self._value(Value(name, x.level, "slices", x))
            self._value(Value(x.key, x.level, "slice_key", dataclasses.replace(x, key=name)))
        elif isinstance(x, d.Expand):
            self._value(Value(name, x.level, "expand", x))
            for column, value in x.columns.items():
                self._value(Value(value, x.level, "column", (name, column)))

    def _clauses(self) -> None:
        groups: dict[str, list[d.Clause]] = {}
        for x in self.declared.values():
            if isinstance(x, d.Clause):
                groups.setdefault(x.value, []).append(x)
        for name, texts in groups.items():
            if len({(x.level, x.at, x.where) for x in texts}) > 1:
                raise BadDeclaration(
                    f"The texts of {name} differ in level, at or where.", next_step="Give all of them the same."
                )
            self._value(Value(name, texts[0].level, "clause", texts[0]))
        for name, texts in groups.items():
            self.values[name] = dataclasses.replace(self.values[name], texts=tuple(map(self._text, texts)))

    def _text(self, x: d.Clause) -> Text:
        names = {a: self._wire(a, x) for a in d.arguments(x.step)}
        return Text(x, trace(x.step, names), tuple(names.items()))

    def _wire(self, argument: str, x: d.Clause) -> str:
        """The value that a clause's argument stands for; a parameter becomes a look-up."""
        if argument not in self.parameters:
            return argument
        table = self.parameters[argument]
        at = (x.at or ASKED_DAY) if table.is_dated or not table.rows else None  # a pack may bring dated rows
        where = x.where if table.places else ()
        if table.places > len(where):
            raise BadDeclaration(
                f"{x.value} uses {argument}, whose rows have places, but names no place.", next_step="Add where=."
            )
        keys = [*table.by, *([at] if at else []), *where]
        name = f"{argument}[{', '.join(keys)}]"
        if name not in self.values:
            found = d.LookUp(argument, x.level, {k: k for k in table.by}, at, where)
            self._value(Value(name, self._highest(keys, x.level), "look_up", found))
        return name

    def _highest(self, keys: list[str], below: str) -> str:
        """The highest level at which all the keys are known."""
        levels = {self._find(k).level for k in keys} or {"person"}
        probe = Law(self.tree, self.levels, {}, {}, {})
        for candidate in levels:
            if all(probe.path(candidate, other) is not None for other in levels):
                return candidate
        return below

    def _find(self, name: str) -> Value:
        if name not in self.values:
            raise UnknownValue(
                f"Nothing gives {name}.", next_step="Declare a fact, a clause or a move of that name, or a parameter."
            )
        return self.values[name]

    def _scans(self) -> None:
        for name, x in self.declared.items():
            if not isinstance(x, d.Scan):
                continue
            names = {a: x.names.get(a, a) for a in d.arguments(x.step)}
            tree = trace(x.step, names)
            tree = tree if isinstance(tree, tuple) else (tree,)
            if len(tree) != len(x.start):
                raise BadDeclaration(
                    f"The step of {name} returns {len(tree)} values for {len(x.start)} carries.",
                    next_step="Return one value for each name of start, in its order.",
                )
            x = dataclasses.replace(x, names=names)
            for carry in x.start:
                self._value(Value(carry, x.level, "scan", x, tree=tree))
            for carry, leaves in x.leaves.items():
                self._value(Value(leaves, x.within, "scan_end", (x, carry)))

    def _check_needs(self) -> None:
        for value in list(self.values.values()):
            for text in value.texts:
                for _, name in text.names:
                    self._find(name)
            if value.kind == "given":
                self._find(value.declared.value)
            if value.kind == "scan":
                for name in value.declared.names.values():
                    self._find(name)

    def _check_questions(self) -> None:
        """A question shows and turns values that the law has, by levers that it has."""
        for x in self.declared.values():
            if not isinstance(x, d.Question):
                continue
            for name in dict.fromkeys([*x.shown, *x.turned]):
                self._find(name)
            for name in x.levers:
                if not isinstance(self.declared.get(name), d.Lever):
                    raise UnknownValue(f"{x.name} has no lever {name}.", next_step="Declare it with lever().")


def _above(name: str, places: NDArray[np.int64]) -> Parameter:
    """A table that gives for each place one above it."""
    source = d.Source("GB/T 2260", rank=Rank.REGULATION)
    rows = tuple(Row(int(above), FROM_EVER, FOR_EVER, (), (i,), source) for i, above in enumerate(places))
    return Parameter(name, "place", rows, ("place",))
