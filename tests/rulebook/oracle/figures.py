"""The numbers a lawmaker chose, from the raw YAML and CSV of the rulebook and of the pack `base`.

A row holds on a day, in a place and under keys. The narrowest place that has one wins, also where a decision may not
rest on it; the pack speaks only where no row of the law does.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from rulebook.oracle.numbers import NotKnown, month

SURE = ("official", "verified")
EVER, NEVER = date.min, date.max


@dataclass(frozen=True)
class Figure:
    """One row: its value, when and where it holds, how sure it is, and whether it is an assumption of the pack."""

    value: Fraction | int
    since: date
    until: date
    place: str
    status: str
    packed: bool


@dataclass(frozen=True)
class Figures:
    """All rows by name and keys; `stepped` are the tables whose last key is the greatest one not above."""

    rows: Mapping[str, Mapping[tuple[Any, ...], list[Figure]]]
    stepped: frozenset[str]

    def find(self, name: str, on: date, place: str, *keys: Any, sure: bool) -> Fraction | int:
        """The value in force; raises NotKnown where there is none, or none that is sure enough."""
        best = self._in_force(name, on, place, keys)
        if sure and (best.packed or best.status not in SURE):
            raise NotKnown
        return best.value

    def status(self, name: str, on: date, place: str, *keys: Any) -> str:
        """How sure the figure in force is; raises NotKnown."""
        return self._in_force(name, on, place, keys).status

    def _in_force(self, name: str, on: date, place: str, keys: tuple[Any, ...]) -> Figure:
        fits = [f for f in self._under(name, place, on, keys) if f.since <= on < f.until]
        found = [f for f in fits if not f.packed] or [f for f in fits if f.packed]
        if not found:
            raise NotKnown
        return max(found, key=lambda f: len(f.place.rstrip("0")))

    def _under(self, name: str, place: str, on: date, keys: tuple[Any, ...]) -> Iterator[Figure]:
        rows = self.rows[name]
        around = {"", place, place[:4] + "00", place[:2] + "0000"}
        if name not in self.stepped:
            yield from (f for f in rows.get(keys, ()) if f.place in around)
            return
        for own in around:
            for packed in (False, True):
                mine = [(k, f) for k, found in rows.items() for f in found if f.place == own and f.packed is packed]
                steps = [k for k, f in mine if k[-1] <= keys[-1] and f.since <= on < f.until]
                yield from (f for k, f in mine if steps and k == max(steps))


def read_figures(folder: Path) -> Figures:
    """Every parameter of the rules about pensions, with the base assumptions."""
    rows: dict[str, dict[tuple[Any, ...], list[Figure]]] = {}
    specs: dict[str, Any] = {}
    programmes = (folder / "national" / name for name in ("life", "pension", "residents"))
    for path in sorted(path for programme in programmes for path in programme.rglob("parameters.yaml")):
        for name, spec in (yaml.safe_load(path.read_text("utf-8")) or {}).items():
            specs[name] = spec
            rows[name] = {}
            for key, figure in _rows_of(spec, spec["unit"], path.parent, packed=False):
                rows[name].setdefault(key, []).append(figure)
    pack = yaml.safe_load((folder / "assumptions" / "base.yaml").read_text("utf-8"))
    for name, found in ((name, found) for name, found in pack["values"].items() if name in specs):
        spec = found if isinstance(found, dict) else {"values": found}
        for key, figure in _rows_of(spec, specs[name]["unit"], folder / "assumptions", packed=True):
            rows[name].setdefault(key, []).append(figure)
    return Figures(rows, frozenset(name for name, spec in specs.items() if spec.get("steps")))


def _rows_of(spec: Any, unit: str, folder: Path, *, packed: bool) -> Iterator[tuple[tuple[Any, ...], Figure]]:
    for row in spec.get("values", ()):
        if "columns" in row:  # a row that becomes a row of a level is no figure
            continue
        table = row["table"] if "table" in row else {None: row["value"]}
        for key, cell in table.items():
            for keys, value in _cells(key, cell):
                yield keys, _figure(row, _number(value, unit), packed)
    if "rows_from" in spec:
        with (folder / spec["rows_from"]).open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                row = {name: text for name, text in line.items() if text}
                keys = (int(line["year"]),) if "year" in line else ()
                yield keys, _figure(row, _number(line["value"], unit), packed)


def _cells(key: Any, cell: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if key is None:
        yield (), cell
    elif isinstance(cell, list):
        yield from (((key, i), value) for i, value in enumerate(cell))
    else:
        yield (key,), cell


def _figure(row: Mapping[str, Any], value: Fraction | int, packed: bool) -> Figure:
    place = str(row.get("place", ""))
    return Figure(value, _day(row.get("from"), EVER), _day(row.get("until"), NEVER), place, row["status"], packed)


def _day(written: Any, otherwise: date) -> date:
    if written is None:
        return otherwise
    return written if isinstance(written, date) else date.fromisoformat(str(written))


def _number(value: Any, unit: str) -> Fraction | int:
    """A written value as the quantity it means: shares as fractions, money in fen, months as numbers."""
    kind = unit.partition("/")[0].partition("*")[0]
    if kind == "month":
        return month(str(value))
    if kind == "day":
        return _day(value, EVER).toordinal()
    if isinstance(value, str):
        if value in ("yes", "no"):
            return int(value == "yes")
        return Fraction(value) * (100 if kind == "fen" else 1)
    if isinstance(value, bool):
        return int(value)
    return Fraction(value, {"basis_points": 10_000, "percent": 100}.get(kind, 1))
