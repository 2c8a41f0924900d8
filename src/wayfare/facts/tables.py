"""The same facts as tables for the law: rows of integers by level, for one person or for many.

A value that is not known is None; a spell still running ends at OPEN_DAY or OPEN_MONTH, and so does a life of which no
death is stated; choices, places, months and money are encoded as `vocabulary` says. Every row names the fact it comes
from, so that a reason can show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wayfare.facts.cells import Cell, Row, choice_of, day_cells, day_of, fen_of, numbered, reference
from wayfare.facts.contributions import ResidentYear, Run, resident_years, runs
from wayfare.facts.document import Document
from wayfare.facts.items import Account, InsuranceSpell, Person
from wayfare.facts.medical_tables import (
    MEDICAL_BELOW,
    MEDICAL_LEVELS,
    MEDICAL_ROWS,
    THIS_YEAR,
    LinkedRow,
    this_year_cells,
)
from wayfare.facts.points_tables import POINTS_LEVELS, POINTS_ROWS
from wayfare.facts.service_tables import SERVICE_LEVELS, SERVICE_ROWS
from wayfare.facts.vocabulary import OPEN_DAY, OPEN_MONTH
from wayfare.facts.work_tables import ENDING_COLUMNS, WORK_LEVELS, WORK_ROWS, ending_cells
from wayfare.kernel import Month

__all__ = ["LEVELS", "FactTable", "fact_tables", "reference"]

LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "person": (
        "born",
        "birth_month",
        "sex",
        "retirement_group",
        "asked_day",
        "asked_month",
        "died_day",
        "is_special_work",
        *THIS_YEAR,
    ),
    "hukou_spell": ("hukou_place", "hukou_kind", "hukou_from", "hukou_to"),
    "residence_spell": ("residence_place", "residence_from", "residence_to", "residence_basis", "lease_is_own"),
    "work_spell": (
        "work_place",
        "work_kind",
        "work_from",
        "work_to",
        "monthly_wage",
        "flexible_registered_day",
        *ENDING_COLUMNS,
    ),
    "contribution": (
        "contribution_place",
        "first_month",
        "end_month",
        "base",
        "contribution_basis",
        "is_temporary",
        "contribution_kind",
        "contribution_number",
        "relation_number",
        "is_kept",
        "surrendered_day",
    ),
    "account_record": ("account_place", "account_day", "record_balance"),
    "resident_contribution": (
        "resident_place",
        "resident_year",
        "resident_set",
        "resident_contribution",
        "resident_subsidy",
        "resident_collective",
        "resident_kind",
    ),
    "resident_record": (
        "resident_record_place",
        "resident_record_day",
        "resident_record_balance",
        "resident_record_subsidy",
    ),
    "benefit": ("benefit_scheme", "benefit_place", "benefit_from", "benefit_to", "benefit_amount"),
    **SERVICE_LEVELS,
    **POINTS_LEVELS,
    **WORK_LEVELS,
    **MEDICAL_LEVELS,
}
"""Each level of the facts and its columns; all but `person` have links to the person, or to a level between."""


@dataclass(frozen=True, slots=True)
class FactTable:
    """One level of the facts, a column of integers for each of its values.

    `above` gives for each level above the row number that a row belongs to, ascending. `assumed` has only the columns
    in which some value is assumed. `refs` names the fact behind each row: `insurance:2`, or the id the item has.
    """

    level: str
    above: Mapping[str, Sequence[int]]
    columns: Mapping[str, Sequence[int | None]]
    assumed: Mapping[str, Sequence[bool]]
    refs: Sequence[str]


def fact_tables(documents: Sequence[Document]) -> dict[str, FactTable]:
    """The facts of many people as one table for each level, people in the order given."""
    of_people = {level: _table(level, "person", _by_person(documents, rows_of)) for level, rows_of in _ROWS.items()}
    below = {
        level: _table(level, above, _by_row(documents, of_people[above], rows_of))
        for level, (above, rows_of) in MEDICAL_BELOW.items()
    }
    return of_people | below


def _by_person(documents: Sequence[Document], rows_of: Callable[[Document], Iterable[Row]]) -> Iterator[LinkedRow]:
    for person, document in enumerate(documents):
        yield from ((person, ref, cells) for ref, cells in rows_of(document))


def _by_row(
    documents: Sequence[Document], above: FactTable, rows_of: Callable[[Document], Iterable[LinkedRow]]
) -> Iterator[LinkedRow]:
    """Rows below the rows of another level; each document counts its own from 0."""
    first = {person: row for row, person in reversed(list(enumerate(above.above["person"])))}
    for person, document in enumerate(documents):
        yield from ((first[person] + row, ref, cells) for row, ref, cells in rows_of(document))


def _table(level: str, up: str, rows: Iterable[LinkedRow]) -> FactTable:
    names = LEVELS[level]
    above: list[int] = []
    refs: list[str] = []
    columns: tuple[list[int | None], ...] = tuple([] for _ in names)
    assumed: tuple[list[bool], ...] = tuple([] for _ in names)
    for row, ref, cells in rows:
        above.append(row)
        refs.append(ref)
        for number, (value, is_assumed) in enumerate(cells):
            columns[number].append(value)
            assumed[number].append(is_assumed)
    return FactTable(
        level=level,
        above={} if level == "person" else {up: above},
        columns=dict(zip(names, columns, strict=True)),
        assumed={name: flags for name, flags in zip(names, assumed, strict=True) if any(flags)},
        refs=refs,
    )


def _person_rows(document: Document) -> Iterable[Row]:
    person, asked = document.facts.person, document.on
    born, birth_assumed = person.birth_stated, person.assumes("born" if person.born else "identity_number")
    sex, sex_assumed = person.sex_stated, person.assumes("sex" if person.sex else "identity_number")
    group, group_assumed = person.retirement_group, person.assumes("retirement_group")
    if group is None and sex == "male":
        group, group_assumed = "male", sex_assumed
    yield (
        person.id or "person",
        (
            (day_of(born), birth_assumed),
            (Month.of(born).index if born else None, birth_assumed),
            (choice_of("sex", sex), sex_assumed),
            (choice_of("retirement_group", group), group_assumed),
            (asked.toordinal(), False),
            (Month.of(asked).index, False),
            _died(person),
            _special_work(person),
            *this_year_cells(document),
        ),
    )


def _died(person: Person) -> Cell:
    """The day of death; a life of which none is stated goes on."""
    if person.died is None:
        return OPEN_DAY, "died" in person.assumed
    return person.died.toordinal(), person.assumes("died")


def _special_work(person: Person) -> Cell:
    """Whether there are years of special work; nobody has them of whom none are stated."""
    if person.special_work is None:
        return 0, "special_work" in person.assumed
    return int(person.special_work), person.assumes("special_work")


def _hukou_rows(document: Document) -> Iterable[Row]:
    for ref, spell in numbered("hukou", document.facts.hukou):
        place, start, end = day_cells(spell)
        yield ref, (place, (choice_of("hukou_kind", spell.kind), spell.assumes("kind")), start, end)


def _residence_rows(document: Document) -> Iterable[Row]:
    for ref, spell in numbered("residence", document.facts.residence):
        basis_from = "basis" if spell.basis else "lease_in_own_name"
        basis = choice_of("residence_basis", spell.basis_stated), spell.assumes(basis_from)
        lease = None if spell.lease_in_own_name is None else int(spell.lease_in_own_name)
        yield ref, (*day_cells(spell), basis, (lease, spell.assumes("lease_in_own_name")))


def _work_rows(document: Document) -> Iterable[Row]:
    for ref, spell in numbered("work", document.facts.work):
        place, start, end = day_cells(spell)
        kind = choice_of("work_kind", spell.kind), spell.assumes("kind")
        wage = fen_of(spell.monthly_wage), spell.assumes("monthly_wage")
        registered = spell.registered_flexible_from
        since = OPEN_DAY if registered is None else registered.toordinal()
        flexible = since, spell.assumes("registered_flexible_from")
        yield ref, (place, kind, start, end, wage, flexible, *ending_cells(spell))


def _contribution_rows(document: Document) -> Iterable[Row]:
    row_number = 0
    for relation_number, (ref, spell) in enumerate(numbered("insurance", document.facts.insurance), start=1):
        if spell.scheme != "employee_pension":
            continue
        for run in runs(spell, until=Month.of(document.on)):
            row_number += 1
            yield ref, _contribution_cells(spell, run, row_number, relation_number)


def _contribution_cells(spell: InsuranceSpell, run: Run, row_number: int, relation_number: int) -> tuple[Cell, ...]:
    return (
        (spell.place.number, spell.assumes("place")),
        (run.first, "month" in run.assumed),
        (run.end, "month" in run.assumed),
        (fen_of(run.base), "base" in run.assumed),
        (choice_of("contribution_basis", spell.basis), spell.assumes("basis")),
        (int(spell.relation == "temporary"), spell.assumes("relation")),
        (choice_of("contribution_kind", run.kind), "kind" in run.assumed),
        (row_number, False),
        (relation_number, False),
        (int(spell.kept), spell.assumes("kept")),
        (OPEN_DAY if spell.surrendered is None else spell.surrendered.toordinal(), spell.assumes("surrendered")),
    )


def _account_rows(document: Document) -> Iterable[Row]:
    for ref, account in numbered("accounts", document.facts.accounts):
        if account.scheme == "employee_pension":
            yield ref, _balance_cells(account)


def _balance_cells(account: Account) -> tuple[Cell, Cell, Cell]:
    """Place, day and balance."""
    return (
        (account.place.number, account.assumes("place")),
        (account.on.toordinal(), account.assumes("on")),
        (account.balance.amount_fen, account.assumes("balance")),
    )


def _resident_rows(document: Document) -> Iterable[Row]:
    for ref, spell in numbered("insurance", document.facts.insurance):
        if spell.scheme == "resident_pension":
            for year in resident_years(spell, until=Month.of(document.on)):
                yield ref, _resident_cells(spell, year)


def _resident_cells(spell: InsuranceSpell, year: ResidentYear) -> tuple[Cell, ...]:
    return (
        (spell.place.number, spell.assumes("place")),
        (year.year, "month" in year.assumed),
        (year.months, "month" in year.assumed),
        (fen_of(year.contribution), "contribution" in year.assumed),
        (fen_of(year.subsidy), "subsidy" in year.assumed),
        (0 if year.collective is None else year.collective.amount_fen, "collective" in year.assumed),
        (choice_of("resident_kind", year.kind), "kind" in year.assumed),
    )


def _resident_record_rows(document: Document) -> Iterable[Row]:
    for ref, account in numbered("accounts", document.facts.accounts):
        if account.scheme == "resident_pension":
            yield ref, (*_balance_cells(account), (fen_of(account.subsidy), account.assumes("subsidy")))


def _benefit_rows(document: Document) -> Iterable[Row]:
    for ref, spell in numbered("benefits", document.facts.benefits):
        yield (
            ref,
            (
                (choice_of("benefit_scheme", spell.scheme), spell.assumes("scheme")),
                (spell.place.number, spell.assumes("place")),
                (spell.start.index, spell.assumes("from")),
                (OPEN_MONTH if spell.end is None else spell.end.index, spell.assumes("to")),
                (fen_of(spell.monthly), spell.assumes("monthly")),
            ),
        )


_ROWS: Final[Mapping[str, Callable[[Document], Iterable[Row]]]] = {
    "person": _person_rows,
    "hukou_spell": _hukou_rows,
    "residence_spell": _residence_rows,
    "work_spell": _work_rows,
    "contribution": _contribution_rows,
    "account_record": _account_rows,
    "resident_contribution": _resident_rows,
    "resident_record": _resident_record_rows,
    "benefit": _benefit_rows,
    **SERVICE_ROWS,
    **POINTS_ROWS,
    **WORK_ROWS,
    **MEDICAL_ROWS,
}
