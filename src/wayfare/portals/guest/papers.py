"""The papers that a person holds, as one list to tick: every kind that some service asks for, by its everyday name."""

from __future__ import annotations

from collections.abc import Mapping

from wayfare.facts import CHOICES, Document, read_document
from wayfare.law import Law
from wayfare.law.labels import member_of
from wayfare.portals.language import Language

__all__ = ["held_papers", "paper_choices", "with_papers"]


def paper_choices(law: Law, language: Language) -> list[tuple[str, str]]:
    """Every kind of paper that the law at hand has a name for, with the name."""
    named = ((kind, member_of(law, "paper_kind", kind, language.value)) for kind in CHOICES["paper_kind"])
    return [(kind, _sentence_case(name)) for kind, name in named if name != kind]


def held_papers(document: Document) -> frozenset[str]:
    """The kinds that the document says are held."""
    return frozenset(paper.kind for paper in document.facts.papers if paper.held)


def with_papers(document: Document, held: Mapping[str, bool]) -> Document:
    """The document with these kinds held or not; what it says of a paper that cannot be had stays."""
    shape = document.as_document()
    before = shape.get("facts", {}).get("papers", [])
    kept = [each for each in before if held.get(each["kind"], True) == each.get("held", True)]
    known = {each["kind"] for each in kept}
    added = [{"kind": kind, "held": True} for kind, is_held in held.items() if is_held and kind not in known]
    shape.setdefault("facts", {})["papers"] = kept + added
    return read_document(shape)


def _sentence_case(name: str) -> str:
    return name[:1].upper() + name[1:]
