"""The figures of the law as documents: each row with its days, place, keys, source and a name to cite it by.

A row's name is made from what it says (place, first day, keys), so a link to it still holds when other rows come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from wayfare.kernel import region
from wayfare.kernel.regions import ever_known
from wayfare.law import Law, Parameter, Row, Source
from wayfare.law.errors import UnknownValue
from wayfare.law.labels import LANGUAGES, labels_of, written_in
from wayfare.law.tables import FOR_EVER, FROM_EVER, Gap
from wayfare.law.units import spoken_unit, write_number

__all__ = ["day_or_none", "figure_document", "figures_document", "in_force", "place_document", "source_document"]


def figures_document(law: Law) -> list[dict[str, Any]]:
    """Every figure, without its rows."""
    return [_head(law, table) for _, table in sorted(law.parameters.items()) if _is_told(law, table)]


def figure_document(law: Law, name: str, *, on: date | None = None, place: str | None = None) -> dict[str, Any]:
    """One figure with its rows, those that fill gaps in estimates, and its gaps; `on` keeps what is in force that day.

    `place` keeps the rows of a place, of those around it and of the nation. Raises UnknownValue.
    """
    table = law.parameters.get(name)
    if table is None or not _is_told(law, table):
        raise UnknownValue(f"There is no figure {name!r}.", next_step="wayfare law list names every one.", field="name")
    near = _near(law, place)
    return _head(law, table) | {
        "on": on.isoformat() if on else None,
        "rows": list(_rows(law, table, _kept(table.rows, on, near))),
        "assumed": list(_rows(law, table, _kept(table.pack, on, near), "assumed-")),
        "gaps": [gap_document(gap) for gap in _kept(table.gaps, on, near)],
        "open_question": " ".join(table.open_question.split()),
    }


def _is_told(law: Law, table: Parameter) -> bool:
    """The tree of places is no figure: it has no folder, and no lawmaker chose it."""
    return table.name in law.homes


def _head(law: Law, table: Parameter) -> dict[str, Any]:
    return {
        "name": table.name, "label": labels_of(law, table.name), "unit": spoken_unit(table.unit),
        "rule": law.homes[table.name], "by": list(table.by), "steps": sorted(table.steps),
        "columns": [name for name, _ in table.columns], "row_count": len(table.rows), "assumed_count": len(table.pack),
    }  # fmt: skip


def _near(law: Law, place: str | None) -> set[int] | None:
    if place is None:
        return None
    if not ever_known(place):
        raise UnknownValue(f"There is no place {place!r}.", next_step="Name a place by six digits.", field="place")
    return {law.tree.code(number) for number in law.tree.chain(law.tree.number(place))}


def _kept(found: Iterable[Any], on: date | None, near: set[int] | None) -> list[Any]:
    """Rows or gaps that hold on a day and at a place, where these are asked for."""
    kept = [each for each in found if near is None or near.issuperset(each.places)]
    return [each for each in kept if on is None or each.since <= on.toordinal() < each.until]


def _rows(law: Law, table: Parameter, rows: Sequence[Row], prefix: str = "") -> Iterator[dict[str, Any]]:
    used: Counter[str] = Counter()
    for row in rows:
        name = prefix + _name(law, table, row)
        used[name] += 1
        yield {
            "id": name if used[name] == 1 else f"{name}-{used[name]}", **in_force(row.since, row.until),
            "places": [place_document(code) for code in row.places],
            "key": {by: _said(law, by, key, table) for by, key in zip(table.by, row.key, strict=True)},
            **_values(law, table, row),
            "source": source_document(row.source), "checked": row.checked or None, "note": row.note,
        }  # fmt: skip


def _name(law: Law, table: Parameter, row: Row) -> str:
    places = "-".join(f"{code:06}" for code in row.places) or "nation"
    days = [] if row.since == FROM_EVER else [date.fromordinal(row.since).isoformat()]
    keys = [_member(law, by, key) for by, key in zip(table.by, row.key, strict=True)]
    return "-".join(["row", places, *days, *keys])


def _member(law: Law, choice: str, key: int) -> str:
    members = law.choices.get(choice, ())
    return members[key] if 0 <= key < len(members) else str(key)


def _said(law: Law, by: str, key: int, table: Parameter) -> dict[str, str]:
    member = _member(law, by, key)
    return {"value": member} | {language: written_in(law, by, member, language) for language in LANGUAGES}


def _values(law: Law, table: Parameter, row: Row) -> dict[str, Any]:
    """The value of a row, or its columns where its rows become a level."""
    if not row.columns:
        return _value(law, row.value, table.unit)
    columns = {
        name: _value(law, x, unit) | {"unit": spoken_unit(unit), "label": labels_of(law, name)}
        for (name, unit), x in zip(table.columns, row.columns, strict=True)
    }
    return {"value": None, "columns": columns}


def _value(law: Law, x: int, unit: str) -> dict[str, Any]:
    if unit == "place":
        place = place_document(law.tree.code(x))
        return {"value": place["code"], "said": {language: place[language] for language in LANGUAGES}}
    members = law.choices.get(unit, ())
    written = members[x] if 0 <= x < len(members) else write_number(x, unit)
    said = {language: written_in(law, unit, written, language) for language in LANGUAGES}
    return {"value": written} | ({"said": said} if set(said.values()) != {written} else {})


def gap_document(gap: Gap) -> dict[str, Any]:
    """A stretch that is meant to have no row, with its reason."""
    return {
        **in_force(gap.since, gap.until), "places": [place_document(code) for code in gap.places],
        "why": {"en": gap.reason, **gap.say},
    }  # fmt: skip


def in_force(since: int, until: int) -> dict[str, str | None]:
    """From which day and until which day, not included; null for ever."""
    return {"from": day_or_none(since, FROM_EVER), "until": day_or_none(until, FOR_EVER)}


def day_or_none(ordinal: int, open_end: int) -> str | None:
    """A day as text; None for an open end."""
    return None if ordinal == open_end else date.fromordinal(ordinal).isoformat()


def place_document(code: int | str) -> dict[str, str]:
    """A place with its names."""
    found = region(f"{int(code):06}")
    return {"code": f"{int(code):06}", "en": found.name_en, "zh": found.name_zh}


def source_document(source: Source) -> dict[str, str]:
    """The document and article, how binding it is, and how sure we are of it."""
    return {"text": source.text, "article": source.article, "rank": source.rank.value, "status": source.status.value}
