"""What a document says that cannot be so, beyond the form of each field.

Two registrations at once, a month recorded twice, work before birth: these are faults, and the document is refused.
What can be so but asks for a rule of law, such as two funds in one month, is a finding instead (`findings`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, TypeVar

from wayfare.facts import errors
from wayfare.facts.bounds import ROWS_MAX
from wayfare.facts.contributions import months_in_year, resident_years, runs
from wayfare.facts.document import Document, Facts
from wayfare.facts.errors import FactsError
from wayfare.facts.items import InsuranceSpell, Item, Person
from wayfare.facts.medical import ThisYear
from wayfare.facts.service_tables import insured_stretches
from wayfare.facts.vocabulary import OPEN_MONTH
from wayfare.kernel import Money, Month

__all__ = ["faults", "items_of"]

Point = TypeVar("Point", date, Month)
Numbered = tuple[int, Point, Point | None]
"""A spell by its number in its section, with its start and end."""


_SECTIONS: Final = (
    "people", "hukou", "residence", "work", "insurance", "accounts", "benefits", "permits", "papers", "points",
    "conduct", "pay", "claims", "filings",
)  # fmt: skip
"""The lists of items of a document."""


def faults(document: Document) -> list[FactsError]:
    """Every fault between the fields of a document that is right in form, in the order of the rules below."""
    facts, asked = document.facts, document.on
    return [
        *_ids_twice(facts),
        *_people(facts, asked),
        *_before_birth(facts),
        *_overlaps("hukou", [(number, spell.start, spell.end) for number, spell in enumerate(facts.hukou)]),
        *_same_insurance(facts),
        *_months(facts, Month.of(asked)),
        *_papers(facts),
        *_evidence(facts),
        *_bills(facts),
    ]


def items_of(facts: Facts) -> Iterator[tuple[str, Item]]:
    """Every item with the path of its place in the document."""
    yield "person", facts.person
    if facts.this_year != ThisYear():
        yield "this_year", facts.this_year
    for part in ("education", "skills"):
        yield from ((f"person.{part}[{inner}]", below) for inner, below in enumerate(getattr(facts.person, part)))
    for section in _SECTIONS:
        for number, item in enumerate(getattr(facts, section)):
            yield f"{section}[{number}]", item
            for part in ("years", "education", "skills"):
                for inner, below in enumerate(getattr(item, part, ())):
                    yield f"{section}[{number}].{part}[{inner}]", below


def _ids_twice(facts: Facts) -> Iterator[FactsError]:
    seen: dict[str, str] = {}
    for path, item in items_of(facts):
        if item.id is None:
            continue
        if item.id in seen:
            yield errors.IdentifierTwice(
                f'"{item.id}" is already the id of {seen[item.id]}.',
                next_step="Give each item an id of its own, or none.",
                field=f"{path}.id",
            )
        seen.setdefault(item.id, path)


def _people(facts: Facts, asked: date) -> Iterator[FactsError]:
    people: list[tuple[str, Person]] = [("person", facts.person)]
    people += [(f"people[{number}]", person) for number, person in enumerate(facts.people)]
    for path, person in people:
        born = person.birth_stated
        if born is not None and born > asked:
            yield errors.BornAfterQuestion(
                f"Born on {born}, after the day asked about, {asked}.",
                next_step="Check the year of birth, or ask about a later day (`on`).",
                field=f"{path}.{'born' if person.born else 'identity_number'}",
            )
        sex, group = person.sex_stated, person.retirement_group
        if sex and group and (group == "male") != (sex == "male"):
            yield errors.WrongGroup(
                f"The retirement group {group} does not go with the sex {sex}.",
                next_step="A man's group is male, a woman's female_50 or female_55; leave it out when it is not known.",
                field=f"{path}.retirement_group",
            )


def _before_birth(facts: Facts) -> Iterator[FactsError]:
    born = facts.person.birth_stated
    if born is None:
        return
    starts: list[tuple[str, date | Month]] = []
    for section in ("hukou", "residence", "work", "claims", "filings"):
        starts += [(f"{section}[{number}].from", spell.start) for number, spell in enumerate(getattr(facts, section))]
    starts += [(f"insurance[{number}].from", spell.start) for number, spell in enumerate(facts.insurance)]
    starts += [(f"benefits[{number}].from", spell.start) for number, spell in enumerate(facts.benefits)]
    starts += [(f"pay[{number}].month", pay.month) for number, pay in enumerate(facts.pay)]
    starts += [("person.died", facts.person.died)] if facts.person.died else []
    starts += [
        (f"permits[{number}].from", permit.start) for number, permit in enumerate(facts.permits) if not permit.holder
    ]
    starts += [(f"accounts[{number}].on", account.on) for number, account in enumerate(facts.accounts)]
    for path, start in starts:
        earliest = Month.of(born) if isinstance(start, Month) else born
        if start < earliest:  # type: ignore[operator]
            yield errors.BeforeBirth(
                f"{start} is before the birth of the person on {born}.",
                next_step="Check this date and the date of birth.",
                field=path,
            )


def _papers(facts: Facts) -> Iterator[FactsError]:
    """Permits of nobody, and papers of one kind stated twice."""
    people = {person.id for person in facts.people}
    for number, permit in enumerate(facts.permits):
        if permit.holder is not None and permit.holder not in people:
            yield errors.HolderUnknown(
                f'Nobody among `people` has the id "{permit.holder}".',
                next_step="Give that person this id, or leave `holder` out when the permit is the person's own.",
                field=f"permits[{number}].holder",
            )
    kinds: set[str] = set()
    for number, paper in enumerate(facts.papers):
        if paper.kind in kinds:
            yield errors.PaperTwice(
                f"The paper {paper.kind} is stated twice.",
                next_step="State each kind once.",
                field=f"papers[{number}].kind",
            )
        kinds.add(paper.kind)


def _evidence(facts: Facts) -> Iterator[FactsError]:
    """Items of the points tables that are stated twice."""
    seen: set[str] = set()
    for number, evidence in enumerate(facts.points):
        if evidence.item in seen:
            yield errors.EvidenceTwice(
                f"The item {evidence.item} is stated twice.",
                next_step="State each item once, with its whole amount.",
                field=f"points[{number}].item",
            )
        seen.add(evidence.item)


def _same_insurance(facts: Facts) -> Iterator[FactsError]:
    alike = defaultdict(list)
    for number, spell in enumerate(facts.insurance):
        alike[spell.scheme, spell.place, spell.basis].append((number, spell.start, spell.end))
    for spells in alike.values():
        yield from _overlaps("insurance", spells)


def _overlaps(section: str, spells: Iterable[Numbered[Point]]) -> Iterator[FactsError]:
    """Spells of which only one can be so at a time: each that begins inside an earlier one."""
    longest: Numbered[Point] | None = None
    for spell in sorted(spells, key=lambda spell: (spell[1], spell[0])):
        number, start, end = spell
        if longest is None or (longest[2] is not None and longest[2] <= start):
            longest = spell
            continue
        yield errors.ExclusiveOverlap(
            f"{section}[{number}] begins on {start}, inside {section}[{longest[0]}], which runs to "
            f"{longest[2] or 'this day'}.",
            next_step="Only one can be so at a time: end the earlier one where the later begins.",
            field=f"{section}[{number}].from",
        )
        if longest[2] is not None and (end is None or end > longest[2]):
            longest = spell


def _months(facts: Facts, asked: Month) -> Iterator[FactsError]:
    rows: defaultdict[str, int] = defaultdict(int)
    for number, spell in enumerate(facts.insurance):
        path = f"insurance[{number}]"
        yield from _months_of_years(spell, path, asked)
        for level, size in _rows_of(spell, asked).items():
            rows[level] += size
        full = next((level for level, size in rows.items() if size > ROWS_MAX[level]), None)
        if full is not None:
            yield errors.TooMany(
                f"Up to this spell the contributions make {rows[full]} stretches of equal months.",
                next_step=f"One person can have {ROWS_MAX[full]}; check that this is one person's record.",
                field=path,
            )
            return


def _rows_of(spell: InsuranceSpell, asked: Month) -> dict[str, int]:
    """How many rows of which levels the spell makes in the law's tables."""
    rows = {"insured_run": len(insured_stretches(spell, until=asked + 1))}
    if spell.scheme == "resident_pension":
        rows["resident_contribution"] = len(resident_years(spell, until=asked))
    elif spell.scheme == "employee_pension":
        rows["contribution"] = len(runs(spell, until=asked))
    return rows


def _months_of_years(spell: InsuranceSpell, path: str, asked: Month) -> Iterator[FactsError]:
    seen: set[int] = set()
    first, end = spell.start.index, OPEN_MONTH if spell.end is None else spell.end.index
    for number, year in enumerate(spell.years):
        months = months_in_year(spell, year, until=asked)
        outside = [month for month in months if not first <= month < end]
        field = f"{path}.years[{number}].{'year' if year.months is None else 'months'}"
        if outside or not _touches(spell, year.year):
            yield errors.MonthOutsideSpell(
                f"{Month.at(outside[0]) if outside else year.year} lies outside the spell {spell.spell}.",
                next_step="Correct the months of the year, or the `from` and `to` of the insurance spell.",
                field=field,
            )
        twice = seen.intersection(months)
        if twice:
            yield errors.MonthTwice(
                f"{Month.at(min(twice))} is recorded twice in this spell.",
                next_step="List each month in one entry of `years`; two funds that record it are two insurance spells.",
                field=field,
            )
        seen.update(months)


def _touches(spell: InsuranceSpell, year: int) -> bool:
    return spell.start.year <= year and (spell.end is None or (spell.end - 1).year >= year)


def _bills(facts: Facts) -> Iterator[FactsError]:
    """Claims whose parts that no fund looks at come to more than the bill."""
    for number, claim in enumerate(facts.claims):
        parts = Money.fen(sum(part.amount_fen for part in claim.parts))
        if claim.bill is not None and parts > claim.bill:
            yield errors.PartsOverBill(
                f"The parts outside the catalogue, over a limit and paid first come to {parts}, "
                f"the bill to {claim.bill}.",
                next_step="Each part belongs to the bill: check the amounts on the settlement sheet.",
                field=f"claims[{number}].bill",
            )
