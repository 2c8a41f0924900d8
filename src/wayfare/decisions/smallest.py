"""The smallest document that answers a question: found by leaving out what does not change the answer."""

from __future__ import annotations

import copy
from typing import Any

from wayfare.decisions.asking import ask
from wayfare.facts import read_document
from wayfare.kernel.errors import WayfareError
from wayfare.law import Law

__all__ = ["smallest_document"]

FULL: dict[str, Any] = {
    "on": "2025-07-01",
    "mode": "estimate",
    "facts": {
        "person": {"id": "p1", "sex": "female", "born": "1975-03-12", "retirement_group": "female_50"},
        "hukou": [{"place": "341225", "kind": "agricultural", "from": "1975-03-12", "to": None}],
        "insurance": [
            {
                "scheme": "employee_pension", "place": "310000", "basis": "employee", "relation": "ordinary",
                "from": "2009-02", "to": "2025-02", "base": "4140.00",
            }
        ],
    },
}  # fmt: skip


def smallest_document(law: Law, question: str) -> dict[str, Any]:
    """A document from which nothing can be left out without losing the answer that the whole of it gives."""
    document: dict[str, Any] = {"question": question, **copy.deepcopy(FULL)}
    whole = _answer(law, document)
    about_person = [("facts", "person", field) for field in FULL["facts"]["person"]]
    for path in (("facts", "insurance"), ("facts", "hukou"), *about_person, ("mode",)):
        without = copy.deepcopy(document)
        holder = without
        for step in path[:-1]:
            holder = holder[step]
        holder.pop(path[-1], None)
        if _answer(law, without) == whole:
            document = without
    return document


def _answer(law: Law, document: dict[str, Any]) -> str | None:
    """The value that answers it; None where something is missing or the law has a gap."""
    try:
        answer = ask(read_document(document), law)
    except WayfareError:
        return None
    return None if answer.missing else answer.answer.value
