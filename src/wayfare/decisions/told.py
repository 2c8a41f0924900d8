"""A way that an answer told, carried out: the document with the steps of the way taken.

A person who is told what would change an answer can ask again as if they had done it. What stands for the person as a
whole is given; what is an item of the document, or can become one (a paper, a kind of points), is written there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from wayfare.facts import Document, read_document
from wayfare.law import Law

__all__ = ["as_told"]

KEYS: Final = {"papers": "kind", "points": "item"}
"""Sections of which every kind is a fact whether it is listed or not, and the field that names the kind."""

FIELDS: Final = {
    "paper_is_held": "held",
    "points_amount": "amount",
    "lease_is_own": "lease_in_own_name",
    "contract_kind": "contract.kind",
    "ending_kind": "ended.how",
}
"""Values whose field of an item has another name than they."""


def as_told(document: Document, steps: Iterable[Mapping[str, Any]], law: Law) -> Document:
    """The document after the steps of one way, as an answer lists them (`changes[].steps`)."""
    shape = document.as_document()
    facts = shape.setdefault("facts", {})
    for step in steps:
        value = law.values[step["name"]]
        if value.level == "person":
            shape.setdefault("given", {})[step["name"]] = step["becomes"]
            continue
        field = FIELDS.get(step["name"], step["name"])
        item, (*way, last) = _item(facts, step["fact"]), field.split(".")
        for part in way:
            item = item.setdefault(part, {})
        item[last] = step["becomes"] == "yes" if step["unit"] == "truth" else step["becomes"]
        if step["name"] == "contract_kind":
            item["signed"] = document.on.isoformat()  # a contract of which no day is stated counts from the first day
    return read_document(shape)


def _item(facts: dict[str, Any], ref: str) -> dict[str, Any]:
    """The item of the document that a reference names; one that is not listed yet is added."""
    for section in facts.values():
        for item in section if isinstance(section, list) else ():
            if item.get("id") == ref:
                found: dict[str, Any] = item
                return found
    section, _, tail = ref.partition(":")
    items: list[dict[str, Any]] = facts.setdefault(section, [])
    if tail.isdigit():
        return items[int(tail) - 1]
    key = KEYS[section]
    if not any(item[key] == tail for item in items):
        items.append({key: tail})
    return next(item for item in items if item[key] == tail)
