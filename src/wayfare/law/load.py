"""Reading a rulebook from its folders: rule.py, parameters.yaml and say.yaml of each rule.

YAML is read strictly: a bare on, yes or no, a float, an unknown field, an undated or uncited number is refused with
the file and the name, so that nothing slips into the law by a typing slip.
"""

from __future__ import annotations

import csv
import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from wayfare.kernel.status import Rank, Status
from wayfare.law.declared import Declaration, Source
from wayfare.law.errors import BadGiven, BadRulebook
from wayfare.law.labels import Labels, read_labels
from wayfare.law.law import Law
from wayfare.law.places import PlaceTree
from wayfare.law.tables import FOR_EVER, FROM_EVER, Gap, Parameter, Row
from wayfare.law.units import read_number

__all__ = ["load_folders", "read_pack", "read_parameters", "read_yaml"]

PARAMETER_FIELDS = {"label", "unit", "by", "steps", "values", "rows_from", "gaps", "open_question", "columns", "note",
                    "bounds"}  # fmt: skip
VALUE_FIELDS = {
    "from", "until", "place", "places", "key", "value", "table", "status", "checked", "source", "note", "columns",
    "why",
}  # fmt: skip
CSV_FIELDS = {"place", "value", "from", "until", "status", "source", "article", "rank", "note"}


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML without the words that quietly become truths, and without floats; read in C where possible."""


def _refuse_truth(loader: _StrictLoader, node: yaml.ScalarNode) -> Any:
    if node.value in ("true", "false"):
        return node.value == "true"
    raise BadRulebook(
        f"{node.start_mark.name}, line {node.start_mark.line + 1}: a bare {node.value}.", next_step='Quote it: "on".'
    )


def _refuse_float(loader: _StrictLoader, node: yaml.ScalarNode) -> Any:
    raise BadRulebook(
        f"{node.start_mark.name}, line {node.start_mark.line + 1}: the float {node.value}.",
        next_step='Write it as text, "0.12", or as a whole number of the unit.',
    )


def _refuse_double(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    out: dict[Any, Any] = {}
    loader.flatten_mapping(node)
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in out:
            raise BadRulebook(
                f"{node.start_mark.name}, line {key_node.start_mark.line + 1}: {key} stands twice.",
                next_step="Remove one of the two.",
            )
        out[key] = loader.construct_object(value_node, deep=True)
    return out


_StrictLoader.add_constructor("tag:yaml.org,2002:bool", _refuse_truth)
_StrictLoader.add_constructor("tag:yaml.org,2002:float", _refuse_float)
_StrictLoader.add_constructor("tag:yaml.org,2002:map", _refuse_double)


def read_yaml(path: Path) -> Any:
    """A YAML file read strictly; raises BadRulebook with file and line."""
    try:
        with path.open(encoding="utf-8") as text:
            return yaml.load(text, _StrictLoader)  # a safe loader, made stricter
    except yaml.YAMLError as fault:
        raise BadRulebook(f"{path.name} is not YAML: {fault}", next_step="Correct the line it names.") from fault


def load_folders(root: Path, package: str, *, tree: PlaceTree) -> Law:
    """The law of all rule folders below `root`, which is the folder of the Python package `package`."""
    declared: dict[str, Any] = {}
    homes: dict[str, str] = {}
    folders = sorted(p.parent for p in root.rglob("rule.py"))
    for folder in folders:
        home = folder.relative_to(root).as_posix()
        module = importlib.import_module(".".join([package, *folder.relative_to(root).parts, "rule"]))
        for name, x in vars(module).items():
            if not isinstance(x, Declaration):
                continue
            if declared.get(name, x) is not x:
                raise BadRulebook(f"{name} is declared in {homes[name]} and in {home}.", next_step="Rename one.")
            declared[name] = x
            homes.setdefault(name, home)
    choices = _choices(declared)
    tables: dict[str, Parameter] = {}
    sentences: dict[str, Any] = {}
    labels = Labels()
    for folder in folders:
        home = folder.relative_to(root).as_posix()
        for table in read_parameters(folder / "parameters.yaml", choices, tree):
            if table.name in tables:
                raise BadRulebook(f"{table.name} stands in {homes[table.name]} and in {home}.", next_step="Rename one.")
            tables[table.name] = table
            homes[table.name] = home
        sentences |= _words(folder / "say.yaml")
        labels = labels.joined(read_labels(_words(folder / "labels.yaml"), f"{home}/labels.yaml"))
    law = Law.of(declared, parameters=tables.values(), tree=tree, sentences=sentences)
    return replace(law, homes=homes, labels=labels)


def _choices(declared: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Members by key name: a key that is a fact with choices, or of a unit that is a choice."""
    out: dict[str, tuple[str, ...]] = {}
    for name, x in declared.items():
        if members := getattr(x, "choices", ()):
            out[name] = members
        elif type(x).__name__ == "Choice":
            out[x.unit] = x.members
    return out


def _words(path: Path) -> dict[str, Any]:
    return dict(read_yaml(path) or {}) if path.exists() else {}


def read_parameters(path: Path, choices: Mapping[str, Sequence[str]], tree: PlaceTree) -> list[Parameter]:
    """The parameters of a file, each row dated and cited. Raises BadRulebook."""
    if not path.exists():
        return []
    return [_Reader(path, name, spec, choices, tree).parameter() for name, spec in (read_yaml(path) or {}).items()]


def read_pack(path: Path, law: Law) -> dict[str, list[Row]]:
    """The rows of an assumption pack by parameter; they take unit and keys from the law. Raises BadRulebook."""
    spec = read_yaml(path)
    out: dict[str, list[Row]] = {}
    for name, rows in spec["values"].items():
        table = law.parameters.get(name)
        if table is None:
            raise BadRulebook(f"{path.name} fills {name}, which is no parameter.", next_step="See wayfare law list.")
        choices = {k: law.choices[k] for k in table.by if k in law.choices}
        shape = {"unit": table.unit, "by": list(table.by), "steps": sorted(table.steps)}
        more = {"rows_from": rows["rows_from"]} if isinstance(rows, dict) else {"values": rows}
        out[name] = list(_Reader(path, name, shape | more, choices, law.tree, pack=True).parameter().rows)
    return out


class _Reader:
    """One parameter of one file."""

    def __init__(
        self, path: Path, name: str, spec: Any, choices: Mapping[str, Sequence[str]], tree: PlaceTree, *,
        pack: bool = False,
    ) -> None:  # fmt: skip
        self.path, self.name, self.choices, self.tree, self.pack = path, name, choices, tree, pack
        if not isinstance(spec, dict) or "unit" not in spec:
            raise self.wrong("has no unit", "Write unit: and values:.")
        self.fields(spec, PARAMETER_FIELDS)
        self.spec, self.unit = spec, str(spec["unit"])
        self.by = tuple(spec.get("by") or ())

    def wrong(self, found: str, next_step: str) -> BadRulebook:
        return BadRulebook(f"{self.path.parent.name}/{self.path.name}: {self.name} {found}.", next_step=next_step)

    def fields(self, spec: Mapping[str, Any], known: set[str]) -> None:
        unknown = sorted(set(spec) - known)
        if unknown:
            raise self.wrong(f"has the unknown field {unknown[0]}", f"Use one of {', '.join(sorted(known))}.")

    def parameter(self) -> Parameter:
        label = self.spec.get("label")
        if not self.pack and not (isinstance(label, dict) and {"en", "zh"} <= set(label)):
            raise self.wrong("has no label in both languages", "Write label: {en: ..., zh: ...}.")
        rows = [r for value in self.spec.get("values") or () for r in self.rows(value)]
        if "rows_from" in self.spec:
            rows += self.csv_rows(self.path.parent / str(self.spec["rows_from"]))
        gaps = tuple(self.gap(g) for g in self.spec.get("gaps") or ())
        columns = tuple((str(c), str(u)) for c, u in (self.spec.get("columns") or {}).items())
        return Parameter(
            self.name, self.unit, tuple(rows), self.by, frozenset(self.spec.get("steps") or ()), gaps,
            label or {}, str(self.spec.get("open_question") or ""), columns, bounds=self.bounds(),
        )  # fmt: skip

    def bounds(self) -> tuple[int, int] | None:
        """The least and the greatest figure that may be given; none stated where the rows' own suffice."""
        found = self.spec.get("bounds")
        if found is None:
            return None
        if not isinstance(found, list) or len(found) != 2:
            raise self.wrong(f"has the bounds {found!r}", "Write bounds: [least, greatest].")
        low, high = map(self.number, found)
        return low, high

    def rows(self, value: Any) -> Iterator[Row]:
        if not isinstance(value, dict):
            raise self.wrong(f"has the value {value!r} without a date and a source", "Write from:, value:, source:.")
        self.fields(value, VALUE_FIELDS)
        base = self.base(value)
        if "table" in value:
            for key, found in value["table"].items():
                entries = enumerate(found) if isinstance(found, list) else [(None, found)]
                for second, number in entries:
                    keys = (self.key(0, key), *([] if second is None else [second]))
                    yield replace(base, value=self.number(number), key=keys)
            return
        key = value.get("key", ())
        listed = key if isinstance(key, list) else [] if key == () else [key]
        keys = tuple(self.key(i, k) for i, k in enumerate(listed))
        if len(keys) != len(self.by):
            asked = ", ".join(self.by)
            raise self.wrong(f"asks for the keys {asked}, but a value has {len(keys)}", "Write key: [...].")
        columns = tuple(self.column(c, x) for c, x in (value.get("columns") or {}).items())
        yield replace(base, value=self.number(value.get("value", 0 if columns else None)), key=keys, columns=columns)

    def base(self, value: Mapping[str, Any]) -> Row:
        """What all rows of an entry share: the days, the places, the source."""
        since, until = self.day(value.get("from"), FROM_EVER), self.day(value.get("until"), FOR_EVER)
        if since == FROM_EVER and "year" not in self.by and not self.pack:
            raise self.wrong("has a value without a first day", "Write from:.")
        if since >= until:
            raise self.wrong("has a value that ends before it begins", "Correct from: and until:.")
        source = value.get("source")
        if self.pack and source is None:
            source = {"text": str(value.get("why", "")), "rank": "practice"}
        if not isinstance(source, dict) or not source.get("text"):
            raise self.wrong("has a value without a source", "Write source: {text, article, rank}.")
        try:
            status = Status(value.get("status", "assumed" if self.pack else ""))
            rank = Rank(source.get("rank", "rule"))
            cited = Source(str(source["text"]), str(source.get("article", "")), rank, status)
        except ValueError as fault:
            raise self.wrong(f"has a value with an unknown word: {fault}", "See Status and Rank.") from fault
        note = str(value.get("note") or value.get("why") or "")
        return Row(0, since, until, self.places(value), (), cited, str(value.get("checked", "")), note)

    def places(self, value: Mapping[str, Any]) -> tuple[int, ...]:
        found = value.get("places") or ([value["place"]] if value.get("place") else [])
        return tuple(self.tree.code(self.tree.number(p)) for p in found)

    def day(self, given: Any, otherwise: int) -> int:
        if given in (None, ""):
            return otherwise
        if isinstance(given, date):
            return given.toordinal()
        try:
            return date.fromisoformat(str(given)).toordinal()
        except ValueError as fault:
            raise self.wrong(f"has the day {given!r}", "Write it as 2010-01-01.") from fault

    def key(self, i: int, key: Any) -> int:
        name = self.by[i] if i < len(self.by) else ""
        members = self.choices.get(name)
        if members is not None and key in members:
            return list(members).index(key)
        if isinstance(key, int):
            return key
        raise self.wrong(f"has the key {key!r}", f"Write a whole number{' or one of ' + ', '.join(members or ())}.")

    def number(self, given: Any, unit: str | None = None) -> int:
        unit = unit or self.unit
        if unit in self.choices and given in self.choices[unit]:
            return list(self.choices[unit]).index(given)
        if unit == "truth" and isinstance(given, bool):
            return int(given)
        if unit == "place":
            return self.tree.number(given)
        if isinstance(given, int) and not isinstance(given, bool):
            return given
        try:
            return read_number(given, unit, name=self.name)
        except BadGiven as fault:
            raise self.wrong(f"has the value {given!r}, no number in {unit}", fault.next_step) from fault

    def column(self, name: str, given: Any) -> int:
        return self.number(given, str(self.spec["columns"][name]))

    def gap(self, given: Mapping[str, Any]) -> Gap:
        self.fields(given, {"from", "until", "place", "places", "reason"})
        since, until = self.day(given.get("from"), FROM_EVER), self.day(given.get("until"), FOR_EVER)
        reason = given.get("reason")
        say = reason if isinstance(reason, dict) else {"en": str(reason or "")}
        if not all(say.values()) or "en" not in say or set(say) - {"en", "zh"}:
            raise self.wrong("has a gap without a reason", "Write reason: {en: ..., zh: ...}.")
        return Gap(since, until, self.places(given), say["en"], say)

    def csv_rows(self, path: Path) -> list[Row]:
        with path.open(encoding="utf-8", newline="") as text:
            lines = list(csv.DictReader(text))
        out = []
        for line in lines:
            self.fields(line, CSV_FIELDS | set(self.by))
            value = {k: line[k] for k in ("from", "until", "place", "status", "note") if line.get(k)}
            rank = line.get("rank") or "rule"
            value["source"] = {"text": line["source"], "article": line.get("article") or "", "rank": rank}
            keys = tuple(self.key(i, line[k] if k in self.choices else int(line[k])) for i, k in enumerate(self.by))
            out.append(replace(self.base(value), value=self.number(line["value"]), key=keys))
        return out
