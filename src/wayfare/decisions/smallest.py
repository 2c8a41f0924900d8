"""The smallest document that answers a question: found by leaving out what does not change the answer."""

from __future__ import annotations

import copy
from dataclasses import replace
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
        "residence": [
            {"place": "330100", "from": "2013-07-01", "to": None, "basis": "rent", "lease_in_own_name": True}
        ],
        "papers": [{"kind": "identity_card"}, {"kind": "photograph"}],
        "work": [
            {
                "place": "330100", "from": "2013-07-01", "to": None, "kind": "employee", "monthly_wage": "5200.00",
                "contract": {"kind": "fixed_term"},
            },
        ],
        "insurance": [
            {
                "scheme": "resident_pension", "place": "341225", "basis": "resident",
                "from": "2009-09", "to": "2010-01",
                "years": [{"year": 2009, "months": "9-12", "contribution": "100.00", "subsidy": "30.00"}],
            },
            {
                "scheme": "employee_pension", "place": "310000", "basis": "employee", "relation": "ordinary",
                "from": "2010-01", "to": "2013-06", "base": "2740.00",
            },
            {
                "scheme": "employee_pension", "place": "330100", "basis": "employee", "relation": "ordinary",
                "from": "2013-07", "to": "2025-02", "base": "4140.00",
            },
        ],
        "claims": [
            {
                "place": "360100", "from": "2025-06-20", "to": "2025-07-01", "hospital_level": 3, "bill": "9000.00",
                "outside_catalogue": "0.00", "over_limit": "0.00", "own_share_first": "0.00",
                "scheme": "employee_medical", "insured_place": "360100",
            },
        ],
    },
}  # fmt: skip


def smallest_document(law: Law, question: str) -> dict[str, Any]:
    """A document from which nothing can be left out without losing the answer that the whole of it gives."""
    law = _without_ways(law)
    document: dict[str, Any] = {"question": question, **copy.deepcopy(FULL)}
    whole = _answer(law, document)
    about_person = [("facts", "person", field) for field in FULL["facts"]["person"]]
    spells = [("facts", "insurance", i) for i in reversed(range(len(FULL["facts"]["insurance"])))]
    sections = [("facts", name) for name in ("hukou", "residence", "papers", "work", "claims")]
    for path in (("facts", "insurance"), *spells, *sections, *about_person, ("mode",)):
        if path[1:2] == ("insurance",) and "insurance" not in document["facts"]:
            continue
        without = copy.deepcopy(document)
        holder: Any = without
        for step in path[:-1]:
            holder = holder[step]
        holder.pop(path[-1])
        if whole is not None and _answer(law, without) == whole:
            document = without
    return document


def _without_ways(law: Law) -> Law:
    """The law with questions that look for no way to another answer: here only the answer counts."""
    return replace(law, questions={name: replace(q, levers=()) for name, q in law.questions.items()})


def _answer(law: Law, document: dict[str, Any]) -> str | None:
    """The value that answers it; None where something is missing or the law has a gap."""
    try:
        answer = ask(read_document(document), law)
    except WayfareError:
        return None
    return None if answer.missing else answer.answer.value
