"""Medical facts as rows for the law: claims, and for each claim the insurance and the filings that may belong to it.

Which insurance covered a stay, and which filing counts for it, are questions of law; the tables only set every medical
insurance and every filing beside every claim. An empty `this_year` means that
nothing was used before the claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from wayfare.facts.cells import Cell, Row, choice_of, day_cells, fen_of, numbered
from wayfare.facts.document import Document
from wayfare.facts.items import InsuranceSpell
from wayfare.facts.medical import Claim, ThisYear
from wayfare.facts.service_tables import insured_stretches
from wayfare.facts.vocabulary import CHOICES, OPEN_MONTH
from wayfare.kernel import Month

__all__ = ["MEDICAL_BELOW", "MEDICAL_LEVELS", "MEDICAL_ROWS", "THIS_YEAR", "LinkedRow", "this_year_cells"]

LinkedRow = tuple[int, str, tuple[Cell, ...]]
"""The number of the claim that a row belongs to, counted from 0 in its document; the fact; the cells."""

THIS_YEAR: Final = (
    "carry_year",
    "stays_before",
    "eligible_before",
    "deductible_before",
    "fund_paid_before",
    "supplement_before",
)

MEDICAL_LEVELS: Final = {
    "claim": (
        "claim_place",
        "claim_from",
        "claim_to",
        "claim_kind",
        "hospital_level",
        "hospital_grade",
        "names_scheme",
        "claim_scheme",
        "names_place",
        "claim_insured_place",
        "bill",
        "outside_catalogue",
        "over_limit",
        "own_share_first",
        "is_emergency",
        "is_referred",
        "in_network",
        "filed_as",
        "claim_number",
    ),
    "claim_cover": ("cover_scheme", "cover_place", "cover_from", "cover_to"),
    "claim_filing": ("filing_category", "filing_place", "filing_from", "filing_to"),
}
"""The medical levels and their columns; `claim_cover` and `claim_filing` are linked to `claim`."""


def this_year_cells(document: Document) -> tuple[Cell, ...]:
    """What the year had used before the claims."""
    used = document.facts.this_year
    if used == ThisYear():
        return ((document.on.year, False), *[(0, False)] * (len(THIS_YEAR) - 1))
    return (
        (used.year or document.on.year, used.assumes("year")),
        (used.stays, used.assumes("stays")),
        (fen_of(used.eligible), used.assumes("eligible")),
        (fen_of(used.deductible_borne), used.assumes("deductible_borne")),
        (fen_of(used.fund_paid), used.assumes("fund_paid")),
        (fen_of(used.supplement_paid), used.assumes("supplement_paid")),
    )


def _claim_rows(document: Document) -> Iterable[Row]:
    """One row for each claim."""
    for number, (ref, claim) in enumerate(numbered("claims", document.facts.claims), start=1):
        where = (*day_cells(claim), *_where(claim), *_insured(claim))
        yield ref, (*where, *_money(claim), *_filed(claim), (number, False))


def _where(claim: Claim) -> tuple[Cell, ...]:
    return (
        (choice_of("claim_kind", claim.kind), claim.assumes("kind")),
        (claim.hospital_level, claim.assumes("hospital_level")),
        (choice_of("hospital_grade", claim.hospital_grade), claim.assumes("hospital_grade")),
    )


def _insured(claim: Claim) -> tuple[Cell, ...]:
    place = claim.insured_place
    return (
        (int(claim.scheme is not None), claim.assumes("scheme")),
        (choice_of("claim_scheme", claim.scheme), claim.assumes("scheme")),
        (int(place is not None), claim.assumes("insured_place")),
        (None if place is None else place.number, claim.assumes("insured_place")),
    )


def _money(claim: Claim) -> tuple[Cell, ...]:
    names = ("bill", "outside_catalogue", "over_limit", "own_share_first")
    return tuple((fen_of(getattr(claim, name)), claim.assumes(name)) for name in names)


def _filed(claim: Claim) -> tuple[Cell, ...]:
    return (
        (int(claim.is_emergency), claim.assumes("is_emergency")),
        (int(claim.is_referred), claim.assumes("is_referred")),
        (int(claim.in_network), claim.assumes("in_network")),
        (choice_of("filed_as", claim.filed_as), claim.assumes("filed_as")),
    )


def _claim_covers(document: Document) -> Iterator[LinkedRow]:
    """For each claim one row for each stretch of medical insurance on record."""
    stretches = [(ref, cells) for ref, spell in numbered("insurance", document.facts.insurance)
                 for cells in _stretches(spell, document)]  # fmt: skip
    for claim in range(len(document.facts.claims)):
        yield from ((claim, ref, cells) for ref, cells in stretches)


def _stretches(spell: InsuranceSpell, document: Document) -> Iterator[tuple[Cell, ...]]:
    """The months a medical insurance covers; one that still runs without `years` goes on."""
    if spell.scheme not in CHOICES["cover_scheme"]:
        return
    months = insured_stretches(spell, until=Month.of(document.on) + 1)
    if not spell.years:
        end = OPEN_MONTH if spell.end is None else spell.end.index
        months = [(spell.start.index, end, spell.assumes("from", "to"))]
    for first, after, is_assumed in months:
        yield (
            (choice_of("cover_scheme", spell.scheme), spell.assumes("scheme")),
            (spell.place.number, spell.assumes("place")),
            (first, is_assumed),
            (after, is_assumed),
        )


def _claim_filings(document: Document) -> Iterator[LinkedRow]:
    """For each claim one row for each filing."""
    rows = [
        (ref, ((choice_of("filing_category", filing.category), filing.assumes("category")), *day_cells(filing)))
        for ref, filing in numbered("filings", document.facts.filings)
    ]
    for claim in range(len(document.facts.claims)):
        yield from ((claim, ref, cells) for ref, cells in rows)


MEDICAL_ROWS: Final[Mapping[str, Callable[[Document], Iterable[Row]]]] = {"claim": _claim_rows}
MEDICAL_BELOW: Final[Mapping[str, tuple[str, Callable[[Document], Iterable[LinkedRow]]]]] = {
    "claim_cover": ("claim", _claim_covers),
    "claim_filing": ("claim", _claim_filings),
}
"""The levels below claims: the level above each, and its rows."""
