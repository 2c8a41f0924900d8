"""What services look at, as tables: relatives, permits and their holders, the roster of papers, insured months."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given

from facts.documents import about, insurance_spells, insured
from wayfare.facts import CHOICES, LEVELS, OPEN_DAY, FactTable, fact_tables, paid_months, read_document
from wayfare.facts.service_tables import NO_PLACE, insured_stretches
from wayfare.kernel import Month

KINDS = CHOICES["paper_kind"]


def _table(level: str, **facts: Any) -> FactTable:
    return fact_tables([read_document(about(**facts))])[level]


def _rows(table: FactTable, *names: str) -> list[tuple[int | None, ...]]:
    return list(zip(*(table.columns[name] for name in names or LEVELS[table.level]), strict=True))


def test_a_relative_has_a_number_a_kinship_and_a_birth() -> None:
    people = [{"id": "mei", "relation": "child", "born": "2010-03-01"}, {"relation": "spouse"}, {}]
    table = _table("relative", people=people)
    assert _rows(table) == [(1, 0, date(2010, 3, 1).toordinal()), (2, 1, None), (3, None, None)]
    assert table.refs == ["mei", "people:2", "people:3"]


def test_a_permit_names_its_holder_by_number_and_the_person_is_nought() -> None:
    permit = {"kind": "temporary_residence_permit", "place": "310000", "from": "2014-05-01"}
    later = {"kind": "residence_permit", "place": "310115", "from": "2016-02-01", "to": "2017-02-01"}
    table = _table("permit", people=[{"id": "mei"}], permits=[{**permit, "holder": "mei"}, later])
    issued, second = date(2014, 5, 1).toordinal(), date(2016, 2, 1).toordinal()
    assert _rows(table) == [
        (1, 310000, issued, OPEN_DAY, None, issued, 1),
        (0, 310115, second, date(2017, 2, 1).toordinal(), None, second, 0),
    ]


def test_years_of_a_permit_are_counted_from_its_issue_unless_stated() -> None:
    permit = {"kind": "residence_permit", "place": "310000", "from": "2014-05-01", "endorsed": "2016-07-01"}
    late = {**permit, "counted_from": "2015-06-20"}
    assert _rows(_table("permit", permits=[permit, late]), "permit_endorsed", "permit_counted_from") == [
        (date(2016, 7, 1).toordinal(), date(2014, 5, 1).toordinal()),
        (date(2016, 7, 1).toordinal(), date(2015, 6, 20).toordinal()),
    ]
    assumed = _table("permit", permits=[{**permit, "assumed": ["from"]}, {**late, "assumed": ["from"]}]).assumed
    assert assumed == {"permit_from": [True, True], "permit_counted_from": [True, False]}


def test_every_kind_of_paper_has_a_row_and_what_nobody_states_is_not_held_and_can_be_had() -> None:
    table = _table("paper_record")
    assert _rows(table) == [(number, 0, 0, 1, 0, NO_PLACE[0]) for number in range(len(KINDS))]
    assert table.refs == [f"papers:{kind}" for kind in KINDS]
    papers = [
        {"kind": "lease_contract", "held": False, "can_be_had": False, "why": "The landlord signs none."},
        {"id": "card", "kind": "identity_card", "place": "310000", "assumed": ["held"]},
    ]
    table = _table("paper_record", papers=papers)
    lease, card = KINDS.index("lease_contract"), KINDS.index("identity_card")
    assert [_rows(table)[row] for row in (lease, card)] == [
        (lease, 1, 0, 0, 0, NO_PLACE[0]),
        (card, 1, 1, 1, 1, 310000),
    ]
    assert (table.refs[lease], table.refs[card]) == ("papers:lease_contract", "card")
    assert [row for row, flag in enumerate(table.assumed["paper_is_held"]) if flag] == [card]


def test_the_basis_of_a_home_and_the_contract_of_a_job_are_told_where_stated() -> None:
    home = {"place": "310115", "from": "2009-02-01"}
    homes = _table("residence_spell", residence=[{**home, "basis": "rent", "lease_in_own_name": False}, home])
    assert _rows(homes, "residence_basis", "lease_is_own") == [(0, 0), (None, None)]
    home |= {"lease_in_own_name": True, "assumed": ["lease_in_own_name"]}
    leased = _table("residence_spell", residence=[home])
    assert _rows(leased, "residence_basis", "lease_is_own") == [(0, 1)]
    assert leased.assumed == {"residence_basis": [True], "lease_is_own": [True]}
    job = {"place": "310115", "from": "2009-02-01"}
    work = {**job, "contract": {"kind": "none"}, "registered_flexible_from": "2013-01-01"}
    jobs = _table("work_spell", work=[work, job])
    registered = date(2013, 1, 1).toordinal()
    assert _rows(jobs, "contract_kind", "flexible_registered_day") == [(0, registered), (None, OPEN_DAY)]


def test_insured_months_are_told_for_every_scheme() -> None:
    medical = insured("2010-01", "2011-01", scheme="employee_medical", years=[{"year": 2010, "months": "1-3,7"}])
    resident = {**insured("2024-01", None), "scheme": "resident_medical", "place": "510681"}
    table = _table("insured_run", insurance=[medical, resident])
    assert _rows(table, "insured_place", "insured_from", "insured_to", "insured_goes_on") == [
        (310000, 24120, 24123, 0),
        (310000, 24126, 24127, 0),
        (510681, 24288, 2025 * 12 + 6, 1),
    ]
    schemes = [CHOICES["scheme"][number or 0] for number in table.columns["insured_scheme"]]
    assert schemes == ["employee_medical", "employee_medical", "resident_medical"]


@given(insurance_spells())
def test_stretches_hold_the_months_that_were_paid_and_no_others(spell: dict[str, Any]) -> None:
    item = read_document(about(insurance=[spell])).facts.insurance[0]
    found = insured_stretches(item, until=Month("2025-07"))
    months = [month for first, end, _ in found for month in range(first, end)]
    assert months == [paid.month for paid in paid_months(item, until=Month("2025-07"))]
    assert all(first < end for first, end, _ in found)
