"""State: put to the law, at once, the questions that a person's statement answers, and keep nothing.

A question that the law cannot answer for this person (a gap that matters in a decision, a rule of another place) does
not stop the others: its refusal is handed back beside the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from wayfare.decisions import Answer, ask
from wayfare.decisions.errors import BadOutlook
from wayfare.decisions.paths import Paths, find_paths
from wayfare.facts import Document
from wayfare.kernel import Month
from wayfare.kernel.errors import WayfareError
from wayfare.law import Law
from wayfare.law.errors import GapInLaw

__all__ = ["QUESTIONS", "Stated", "state", "ways_ahead"]

QUESTIONS: Final = (
    "pension.place",
    "pension.retirement",
    "pension.short_years",
    "pension.monthly",
    "pension.account",
    "pension.transfer",
    "pension.resident",
    "pension.link",
)
"""The questions in the order in which a statement answers them; one that the rulebook does not have is left out."""

_NEEDS: Final[Mapping[str, str]] = {
    "pension.short_years": "employee_pension",
    "pension.account": "employee_pension",
    "pension.transfer": "employee_pension",
    "pension.resident": "resident_pension",
    "pension.link": "resident_pension",
}
"""Questions that are only asked of a person who has a record in that scheme, and does not draw a benefit of it yet."""


@dataclass(frozen=True)
class Stated:
    """A document, what the law answers to it, and the questions that it could not answer with why."""

    document: Document
    answers: tuple[Answer, ...]
    law: str
    """The version of the law that answered."""
    refused: Mapping[str, WayfareError] = field(default_factory=dict)
    paths: Paths | None = None
    """The ways from here, always an estimate; None when they cannot be told."""


def state(document: Document, law: Law) -> Stated:
    """The statement's answers to one document, on its day and in its mode. Raises BadGiven and BadFact."""
    open_schemes = {spell.scheme for spell in document.facts.insurance} - _drawn(document)
    answers, refused = [], {}
    for question in QUESTIONS:
        if question in law.questions and _NEEDS.get(question, "") in {"", *open_schemes}:
            try:
                answers.append(ask(document.model_copy(update={"question": question}), law))
            except GapInLaw as gap:
                refused[question] = gap
    return Stated(document, tuple(answers), law.version, refused, ways_ahead(document, law))


def _drawn(document: Document) -> set[str]:
    """The schemes that pay the person on the day asked about: their accounts are being paid out, and nothing moves."""
    month = Month.of(document.on)
    return {each.scheme for each in document.facts.benefits if each.spell.contains(month)}


def ways_ahead(document: Document, law: Law) -> Paths | None:
    """The paths, where the document names a registration or an insurance to start from and the figures reach so far."""
    if not (document.facts.hukou or document.facts.insurance) or "employee_pension" in _drawn(document):
        return None
    try:
        return find_paths(document, law)
    except (BadOutlook, GapInLaw):
        return None
