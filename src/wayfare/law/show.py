"""The law as lists: every value behind a question, every value of the rulebook, and what differs between two days."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from wayfare.kernel.status import Mode
from wayfare.law.errors import UnknownValue
from wayfare.law.law import Law, Value
from wayfare.law.tables import FOR_EVER, FROM_EVER, Parameter, Row, told
from wayfare.law.trace import show
from wayfare.law.units import write_number

__all__ = ["Entry", "behind", "differences", "entries", "facts_behind"]


@dataclass(frozen=True)
class Entry:
    """One value of the law: name, kind, level, unit, where it stands, its texts or rows, from when, how sure."""

    name: str
    kind: str
    level: str
    unit: str
    home: str
    text: str
    dates: str
    status: str
    source: str

    def as_document(self) -> dict[str, str]:
        return {k: getattr(self, k) for k in self.__dataclass_fields__}


def behind(law: Law, question: str) -> list[Entry]:
    """Every value behind a question, in the order in which it is found. Raises UnknownValue."""
    asked = law.questions.get(question)
    if asked is None:
        raise UnknownValue(f"There is no question {question!r}.", next_step=f"Ask {', '.join(sorted(law.questions))}.")
    plan = law.plan(asked.shown, mode=Mode.ESTIMATE)
    own = [s.value for s in plan.steps if s.value.level == s.level]
    return [_entry(law, v, plan.units[v.name]) for v in own]


def facts_behind(law: Law, question: str) -> list[str]:
    """The facts that a question may need."""
    return [e.name for e in behind(law, question) if e.kind == "fact"]


def entries(law: Law) -> list[Entry]:
    """Every value and parameter of the rulebook by name; units of computed values are left to `behind`."""
    values = [_entry(law, v, _stated_unit(law, v)) for v in law.values.values() if v.name == v.shown]
    tables = [_table_entry(law, p) for p in law.parameters.values()]
    return sorted([*values, *tables], key=lambda e: (e.home, e.kind != "parameter", e.name))


def _stated_unit(law: Law, value: Value) -> str:
    return str(getattr(value.declared, "unit", ""))


def _entry(law: Law, value: Value, unit: str) -> Entry:
    if value.kind == "look_up":
        found = _table_entry(law, law.parameters[value.declared.table])
        return Entry(value.shown, "look up", value.level, found.unit, found.home, found.text, found.dates, found.status,
                     found.source)  # fmt: skip
    sources = [t.clause.source for t in value.texts] or [s for s in [getattr(value.declared, "source", None)] if s]
    dates = "; ".join(_days(t.clause.since, t.clause.until) for t in value.texts)
    text = "; ".join(show(t.tree) for t in value.texts) or (show(value.tree) if value.tree else "")
    return Entry(
        value.shown, value.kind.replace("_", " "), value.level, unit, law.homes.get(value.shown, ""), text, dates,
        _several(s.status.value for s in sources), _several(f"{s.text} {s.article}".strip() for s in sources),
    )  # fmt: skip


def _table_entry(law: Law, table: Parameter) -> Entry:
    rows = (*table.rows, *table.pack)
    text = write_number(rows[0].value, table.unit) if len(rows) == 1 else f"{len(table.rows)} rows"
    text += f" and {len(table.pack)} assumed" if table.pack else ""
    days = [r.since for r in rows if r.since != FROM_EVER]
    begins = date.fromordinal(min(days)).isoformat() if days else ""
    return Entry(
        table.name, "parameter", "", table.unit, law.homes.get(table.name, ""), text,
        f"from {begins}" if begins else "", _several(r.status.value for r in rows),
        _several(r.source.text for r in table.rows),
    )  # fmt: skip


def _several(found: Iterable[str]) -> str:
    each = list(dict.fromkeys(found))
    return ", ".join(each[:4]) + (f" and {len(each) - 4} more" if len(each) > 4 else "")


def _days(since: date | None, until: date | None) -> str:
    return f"from {since or 'ever'}" + (f" until {until}" if until else "")


def differences(law: Law, before: date, after: date) -> list[dict[str, Any]]:
    """What is in force on one day and not on the other: rows and texts that end or begin in between."""
    out: list[dict[str, Any]] = []
    for table in law.parameters.values():
        out += _row_differences(law, table, before.toordinal(), after.toordinal())
    for value in law.values.values():
        for text in value.texts:
            c = text.clause
            was, now = (_in_force(c.since, c.until, day) for day in (before, after))
            if was != now:
                cited = f"{show(text.tree)} ({c.source.text} {c.source.article})"
                out.append(_change(value.shown, ",".join(c.place), now, cited))
    return _folded(sorted(out, key=lambda d: (d["name"], d["change"], d["place"])))


def _folded(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Many rows of one table that begin or end together are one line with the first and the last."""
    out = []
    for _, group in itertools.groupby(found, key=lambda d: (d["name"], d["change"], d["place"])):
        rows = list(group)
        if len(rows) > 4:
            rows = [rows[0] | {"text": f"{len(rows)} rows: {rows[0]['text']} ... {rows[-1]['text']}"}]
        out += rows
    return out


def _row_differences(law: Law, table: Parameter, before: int, after: int) -> list[dict[str, Any]]:
    out = []
    for row in table.rows:
        was, now = (row.since <= day < row.until for day in (before, after))
        if was != now:
            places = ",".join(f"{p:06}" for p in row.places)
            out.append(_change(table.name, places, now, _told(law, table, row)))
    return out


def _change(name: str, place: str, begins: bool, text: str) -> dict[str, Any]:
    return {"name": name, "place": place, "change": "begins" if begins else "ends", "text": text}


def _told(law: Law, table: Parameter, row: Row) -> str:
    members = [law.choices.get(name, ()) for name in table.by]
    named = [m[k] if k < len(m) else str(k) for m, k in zip(members, row.key, strict=True)]
    keys = f" for {', '.join(named)}" if named else ""
    until = "" if row.until == FOR_EVER else told(row)[told(row).rfind(" until") :]
    cited = f"{row.source.text} {row.source.article}".strip()
    return f"{write_number(row.value, table.unit)}{keys}{until} ({cited})"


def _in_force(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day < until)
