"""State: put to the law, at once, the questions that a person's statement answers, and keep nothing.

A question that the law cannot answer for this person (a gap that matters in a decision, a rule of another place) does
not stop the others: its refusal is handed back beside the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from wayfare.decisions import Answer, ask
from wayfare.facts import Document
from wayfare.kernel.errors import WayfareError
from wayfare.law import Law
from wayfare.law.errors import GapInLaw

__all__ = ["QUESTIONS", "Stated", "state"]

QUESTIONS: Final = (
    "pension.place",
    "pension.retirement",
    "pension.monthly",
    "pension.account",
    "pension.transfer",
    "pension.resident",
    "pension.link",
)
"""The questions in the order in which a statement answers them; one that the rulebook does not have is left out."""

_NEEDS: Final[Mapping[str, str]] = {
    "pension.account": "employee_pension",
    "pension.transfer": "employee_pension",
    "pension.resident": "resident_pension",
    "pension.link": "resident_pension",
}
"""Questions that are only asked of a person who has a record in that scheme."""


@dataclass(frozen=True)
class Stated:
    """A document, what the law answers to it, and the questions that it could not answer with why."""

    document: Document
    answers: tuple[Answer, ...]
    law: str
    """The version of the law that answered."""
    refused: Mapping[str, WayfareError] = field(default_factory=dict)


def state(document: Document, law: Law) -> Stated:
    """The statement's answers to one document, on its day and in its mode. Raises BadGiven and BadFact."""
    schemes = {spell.scheme for spell in document.facts.insurance}
    answers, refused = [], {}
    for question in QUESTIONS:
        if question in law.questions and _NEEDS.get(question, "") in {"", *schemes}:
            try:
                answers.append(ask(document.model_copy(update={"question": question}), law))
            except GapInLaw as gap:
                refused[question] = gap
    return Stated(document, tuple(answers), law.version, refused)
