"""The tables of what services look at: relatives, permits, papers, and the insured months of every scheme.

Papers are a roster: one row for each kind, stated or not, so that a rule finds each and a lever can turn any. A permit
names its holder by number: 0 is the person, others are counted as `people` lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from wayfare.facts.bounds import BOUNDS
from wayfare.facts.cells import Cell, Row, choice_of, day_cells, day_of, numbered
from wayfare.facts.contributions import paid_months
from wayfare.facts.document import Document
from wayfare.facts.items import InsuranceSpell
from wayfare.facts.service_items import Permit
from wayfare.facts.vocabulary import CHOICES
from wayfare.kernel import Month

__all__ = ["SERVICE_LEVELS", "SERVICE_ROWS", "insured_stretches"]

NO_PLACE: Final[Cell] = BOUNDS["paper_place"][0], False
"""The place of a paper that is not about one place; `paper_is_local` says that it means nothing."""

SERVICE_LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "relative": ("relative_number", "relative_kind", "relative_born"),
    "permit": (
        "permit_kind",
        "permit_place",
        "permit_from",
        "permit_to",
        "permit_endorsed",
        "permit_counted_from",
        "permit_holder",
    ),
    "paper_record": (
        "paper_kind",
        "paper_is_stated",
        "paper_is_held",
        "paper_can_be_had",
        "paper_is_local",
        "paper_place",
    ),
    "insured_run": (
        "insured_scheme",
        "insured_place",
        "insured_from",
        "insured_to",
        "insured_basis",
        "insured_goes_on",
    ),
}


def _relative_rows(document: Document) -> Iterable[Row]:
    for number, (ref, person) in enumerate(numbered("people", document.facts.people), start=1):
        born = day_of(person.birth_stated), person.assumes("born" if person.born else "identity_number")
        kind = choice_of("relative_kind", person.relation), person.assumes("relation")
        yield ref, ((number, False), kind, born)


def _permit_rows(document: Document) -> Iterable[Row]:
    numbers = {person.id: number for number, person in enumerate(document.facts.people, start=1)}
    for ref, permit in numbered("permits", document.facts.permits):
        place, start, end = day_cells(permit)
        holder = numbers[permit.holder] if permit.holder else 0
        yield (
            ref,
            (
                (choice_of("permit_kind", permit.kind), permit.assumes("kind")),
                *(place, start, end),
                (day_of(permit.endorsed), permit.assumes("endorsed")),
                (day_of(permit.counted_from or permit.start), _counted_is_assumed(permit)),
                (holder, permit.assumes("holder")),
            ),
        )


def _counted_is_assumed(permit: Permit) -> bool:
    """Whether the day from which years are counted is assumed: the day stated, or else that of the issue."""
    return permit.assumes("counted_from") or (permit.counted_from is None and permit.assumes("from"))


def _paper_rows(document: Document) -> Iterable[Row]:
    """One row for every kind; a kind that nobody states is not held and can be had."""
    stated = {paper.kind: paper for paper in document.facts.papers}
    for number, kind in enumerate(CHOICES["paper_kind"]):
        if kind not in stated:
            yield f"papers:{kind}", ((number, False), (0, False), (0, False), (1, False), (0, False), NO_PLACE)
            continue
        paper = stated[kind]
        yield (
            paper.id or f"papers:{kind}",
            (
                (number, False),
                (1, False),
                (int(paper.held), paper.assumes("held")),
                (int(paper.can_be_had), paper.assumes("can_be_had")),
                (int(paper.place is not None), paper.assumes("place")),
                (paper.place.number, paper.assumes("place")) if paper.place else NO_PLACE,
            ),
        )


def insured_stretches(spell: InsuranceSpell, *, until: Month) -> list[tuple[int, int, bool]]:
    """The spell's months, whatever was paid for them: first month, first month after, and whether one is assumed."""
    found: list[tuple[int, int, bool]] = []
    for paid in paid_months(spell, until=until):
        is_assumed = "month" in paid.assumed
        if found and found[-1][1] == paid.month:
            found[-1] = found[-1][0], paid.month + 1, found[-1][2] or is_assumed
        else:
            found.append((paid.month, paid.month + 1, is_assumed))
    return found


def _insured_rows(document: Document) -> Iterable[Row]:
    for ref, spell in numbered("insurance", document.facts.insurance):
        asked = Month.of(document.on)
        for first, end, is_assumed in insured_stretches(spell, until=asked):
            yield (
                ref,
                (
                    (choice_of("insured_scheme", spell.scheme), spell.assumes("scheme")),
                    (spell.place.number, spell.assumes("place")),
                    (first, is_assumed),
                    (end, is_assumed),
                    (choice_of("insured_basis", spell.basis), spell.assumes("basis")),
                    (int(spell.end is None and end == asked.index), spell.assumes("to")),
                ),
            )


SERVICE_ROWS: Final[Mapping[str, Callable[[Document], Iterable[Row]]]] = {
    "relative": _relative_rows,
    "permit": _permit_rows,
    "paper_record": _paper_rows,
    "insured_run": _insured_rows,
}
