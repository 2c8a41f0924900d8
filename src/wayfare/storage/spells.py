"""A facts document as the rows of the record, and back.

Each item of each list is one row with the days on which it was so; the sex and the name of the person are rows of
their own, because only one of each holds at a time. What is left, with the lists empty, is the row `document`. Put
together again the rows give the same document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from wayfare.storage.errors import FactsNotStorable

__all__ = ["SpellRow", "document_of", "person_of", "rows_of", "scope_of", "storable_json"]

OF_PERSON = ("sex", "name")
_MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, slots=True)
class SpellRow:
    """One row: its place in the list of its kind, its first day and the day after, and the keys of insurance."""

    kind: str
    item: int
    first: str | None
    after: str | None
    detail: Any
    scheme: str = ""
    fund: str = ""
    basis: str = ""

    def as_document(self) -> dict[str, Any]:
        return asdict(self)


def person_of(facts: Mapping[str, Any]) -> str:
    """The identity under which a person is recorded. Raises FactsNotStorable."""
    person = facts.get("person")
    identity = person.get("id") if isinstance(person, Mapping) else None
    if not isinstance(identity, str) or not identity:
        raise FactsNotStorable(
            "The facts name no person to record them under.", next_step="Give person.id as text.", field="person.id"
        )
    return identity


def scope_of(facts: Mapping[str, Any]) -> str:
    """The place whose viewers may see the record: the last residence, else the last registration.

    Raises FactsNotStorable.
    """
    for section in ("residence", "hukou"):
        items = facts.get(section)
        if isinstance(items, list) and items:
            latest = max(items, key=lambda item: str(item.get("from", "")))
            return str(latest["place"])
    raise FactsNotStorable(
        "The facts name neither a residence nor a registration, so no place is responsible for the record.",
        next_step="Add one of them, or name the place when you save.",
        field="residence",
    )


def rows_of(facts: Mapping[str, Any]) -> list[SpellRow]:
    """The rows of a document. Raises FactsNotStorable, naming the field."""
    rest = {name: [] if isinstance(value, list) else value for name, value in facts.items()}
    person = dict(facts["person"])
    rows = []
    for name in OF_PERSON:
        if name in person:
            born = _day(person.get("born"), "person.born")
            rows.append(SpellRow(name, 0, born, None, person.pop(name)))
    rows.append(SpellRow("document", 0, None, None, {**rest, "person": person}))
    for section, items in facts.items():
        if isinstance(items, list):
            rows += [_row(section, position, item) for position, item in enumerate(items)]
    return rows


def document_of(rows: Iterable[tuple[str, int, Any]]) -> dict[str, Any]:
    """The document of rows (kind, position in the list, detail) in the order of their positions."""
    held = sorted(rows, key=lambda row: row[1])
    facts: dict[str, Any] = next(detail for kind, _, detail in held if kind == "document")
    for kind, _, detail in held:
        if kind in OF_PERSON:
            facts["person"][kind] = detail
        elif kind != "document":
            facts[kind].append(detail)
    return facts


def storable_json(value: Any) -> str:
    """JSON that the database gives back exactly. Raises FactsNotStorable.

    Numbers with a fraction or an exponent are refused: the database would give some of them back as other numbers.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, default=_no_json)
        text.encode()
        json.loads(text, parse_float=_no_json, parse_constant=_no_json)
    except (TypeError, ValueError) as error:
        raise FactsNotStorable(
            f"The document cannot be kept exactly: {error}.",
            next_step="Give texts, whole numbers, truths, lists and objects; money and rates as text.",
        ) from error
    if "\\u0000" in text.replace("\\\\", ""):
        raise FactsNotStorable(
            "A text holds the character U+0000, which the database cannot keep.", next_step="Remove it from the text."
        )
    return text


def _no_json(value: object) -> Any:
    raise ValueError(f"{value!r} is no text, whole number, truth, list or object")


def _row(section: str, position: int, item: Any) -> SpellRow:
    if section in (*OF_PERSON, "document") or not isinstance(item, Mapping):
        raise FactsNotStorable(
            f"{section}[{position}] is not an item of a facts document.",
            next_step="Give each section as a list of objects, under its name in the schema (`wayfare facts schema`).",
            field=f"{section}[{position}]",
        )
    where = f"{section}[{position}]"
    if "on" in item:
        first = _day(item["on"], f"{where}.on")
        after = (date.fromisoformat(first) + timedelta(days=1)).isoformat() if first else None
    else:
        first, after = _day(item.get("from"), f"{where}.from"), _day(item.get("to"), f"{where}.to")
        if first is not None and after is not None and after <= first:
            raise FactsNotStorable(
                f"{where} runs from {first} until before {after}, so it holds no day.",
                next_step="Give as `to` the first day after it, or null while it is running.",
                field=f"{where}.to",
            )
    if section != "insurance":
        return SpellRow(section, position, first, after, dict(item))
    scheme = str(item.get("scheme") or "")
    basis = str(item.get("basis") or "")
    return SpellRow(section, position, first, after, dict(item), scheme, f"{item.get('place') or ''}:{scheme}", basis)


def _day(value: Any, field: str) -> str | None:
    """A day or the first day of a month, as the database takes it."""
    if value is None:
        return None
    text = f"{value}-01" if isinstance(value, str) and _MONTH.fullmatch(value) else value
    try:
        return date.fromisoformat(text).isoformat()
    except (TypeError, ValueError):
        raise FactsNotStorable(
            f"{field} is {value!r}, which is neither a day nor a month.",
            next_step='Write a day as "2024-06-01" and a month as "2024-06".',
            field=field,
        ) from None
