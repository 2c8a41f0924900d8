"""The rows that points tables read: studies, skills, evidence by item, and conduct.

There is a row for every item of evidence there is, with the amount nought where nobody stated one, so that a way to
more points can name the item that would have to grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from wayfare.facts.cells import Cell, Row, choice_of, day_of, numbered
from wayfare.facts.document import Document
from wayfare.facts.items import NO_DEGREE, Study
from wayfare.facts.points_items import Evidence
from wayfare.facts.vocabulary import CHOICES, FIRST_DAY, OPEN_DAY

__all__ = ["POINTS_LEVELS", "POINTS_ROWS"]

POINTS_LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "study": ("study_level", "study_degree", "study_from", "study_to", "study_done_day"),
    "skill": ("skill_kind", "skill_day"),
    "points_evidence": ("evidence_kind", "points_amount"),
    "conduct": ("conduct_kind", "conduct_day"),
}

_SINCE_EVER: Final = FIRST_DAY.toordinal()


def _study_rows(document: Document) -> Iterable[Row]:
    for ref, study in numbered("education", document.facts.person.education):
        degree = 0 if study.level in NO_DEGREE else None if study.degree is None else int(study.degree)
        start, end = (day_of(study.start), study.assumes("from")), (day_of(study.end), study.assumes("to"))
        level = choice_of("study_level", study.level), study.assumes("level")
        yield ref, (level, (degree, study.assumes("degree", "level")), start, end, _done(study))


def _done(study: Study) -> Cell:
    """The first day on which the education is finished."""
    if study.end is not None:
        return study.end.toordinal(), study.assumes("to")
    return (_SINCE_EVER if study.start is None else OPEN_DAY), study.assumes("from", "to")


def _skill_rows(document: Document) -> Iterable[Row]:
    for ref, skill in numbered("skills", document.facts.person.skills):
        held_since = _SINCE_EVER if skill.on is None else skill.on.toordinal()
        yield ref, ((choice_of("skill_kind", skill.kind), skill.assumes("kind")), (held_since, skill.assumes("on")))


def _evidence_rows(document: Document) -> Iterable[Row]:
    stated: Mapping[str, Evidence] = {evidence.item: evidence for evidence in document.facts.points}
    for number, kind in enumerate(CHOICES["evidence_kind"]):
        evidence = stated.get(kind)
        if evidence is None:
            yield f"points:{kind}", ((number, False), (0, False))
        else:
            amount = int(evidence.amount), evidence.assumes("amount")
            yield evidence.id or f"points:{kind}", ((number, evidence.assumes("item")), amount)


def _conduct_rows(document: Document) -> Iterable[Row]:
    for ref, conduct in numbered("conduct", document.facts.conduct):
        kind = choice_of("conduct_kind", conduct.kind), conduct.assumes("kind")
        yield ref, (kind, (conduct.on.toordinal(), conduct.assumes("on")))


POINTS_ROWS: Final[Mapping[str, Callable[[Document], Iterable[Row]]]] = {
    "study": _study_rows,
    "skill": _skill_rows,
    "points_evidence": _evidence_rows,
    "conduct": _conduct_rows,
}
