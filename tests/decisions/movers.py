"""People who may move, for the tests of paths: short facts documents, and their paths under the rulebook."""

from __future__ import annotations

from typing import Any

from wayfare.decisions.paths import Path, Paths, find_paths
from wayfare.facts import Document, read_document
from wayfare.rulebook import load_rulebook

HENAN, SICHUAN, GUANGDONG, SHANGHAI, GUIZHOU = "410000", "510000", "440000", "310000", "520000"
SCHEME = "employee_pension"


def paid(place: str, start: str, end: str | None, base: str = "5000.00", **more: str) -> dict[str, Any]:
    return {"scheme": SCHEME, "place": place, "basis": "employee", "from": start, "to": end, "base": base, **more}


def mover(
    *spells: dict[str, Any], born: str = "1978-03-10", sex: str = "male", home: str = HENAN, on: str = "2026-07-01",
    group: str | None = None, **given: str,
) -> Document:  # fmt: skip
    """A person registered at `home` with the spells paid, asked about on a day, under the settings given."""
    person = {"id": "p", "sex": sex, "born": born} | ({"retirement_group": group} if group else {})
    hukou = [{"place": home, "kind": "agricultural", "from": born, "to": None}]
    facts = {"person": person, "hukou": hukou, "insurance": list(spells)}
    return read_document({"question": "pension.paths", "on": on, "mode": "estimate", "facts": facts, "given": given})


def paths(document: Document) -> Paths:
    return find_paths(document, load_rulebook())


def path(found: Paths, name: str) -> Path:
    return next(p for p in found.paths if p.name.value == name)
