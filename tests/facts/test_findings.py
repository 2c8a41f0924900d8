"""What stands out in the facts is a value with its months and its facts, never a refusal."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from facts.documents import WHOLE, about, insured, lives
from wayfare.facts import FINDINGS, findings, read_document

BORN = {"born": "1980-01-01", "sex": "male"}
HUKOU = [{"place": "510681", "from": "1980-01-01"}]


def _found(**facts: Any) -> list[tuple[str, list[str], tuple[str, ...]]]:
    document = read_document(about(person=BORN, **{"hukou": HUKOU, **facts}))
    return [(each.code, [str(months) for months in each.months], each.items) for each in findings(document)]


def test_a_month_that_two_funds_record_is_a_finding() -> None:
    other = insured("2012-04", "2013-01", place="440300", id="shenzhen")
    assert _found(insurance=[insured("2010-01", "2012-06"), other]) == [
        ("two_funds", ["2012-04/2012-06"], ("insurance:1", "shenzhen"))
    ]


def test_only_months_that_were_paid_overlap() -> None:
    paid = insured("2010-01", "2012-06", years=[{"year": 2010}, {"year": 2012, "months": "4"}])
    assert _found(insurance=[paid, insured("2011-01", "2013-01", place="440300")]) == [
        ("two_funds", ["2012-04/2012-05"], ("insurance:1", "insurance:2"))
    ]


def test_employees_and_residents_pension_in_one_month_is_a_finding() -> None:
    resident = insured("2012-01", "2013-01", scheme="resident_pension", place="510681", basis="resident")
    assert _found(insurance=[insured("2012-06", None), resident]) == [
        ("two_schemes", ["2012-06/2013-01"], ("insurance:1", "insurance:2"))
    ]


def test_pension_and_medical_insurance_go_together() -> None:
    assert _found(insurance=[insured("2012-06", None), insured("2012-06", None, scheme="employee_medical")]) == []


def test_one_fund_and_two_bases_is_a_finding() -> None:
    assert _found(insurance=[insured("2012-01", "2012-03"), insured("2012-02", "2012-05", basis="flexible")]) == [
        ("two_bases", ["2012-02/2012-03"], ("insurance:1", "insurance:2"))
    ]


def test_months_worked_as_an_employee_and_not_insured_are_a_gap() -> None:
    work = {"place": "310115", "kind": "employee", "from": "2010-01-15", "to": "2011-01-01"}
    seller = {"place": "310115", "kind": "informal", "from": "2011-01-01", "to": "2012-01-01"}
    paid = insured("2010-03", "2010-06")
    assert _found(work=[work, seller], insurance=[paid]) == [
        ("worked_not_insured", ["2010-01/2010-03", "2010-06/2011-01"], ("work:1",))
    ]


def test_months_without_a_known_registration_are_a_finding() -> None:
    hukou = [
        {"place": "510681", "from": "1980-01-01", "to": "2010-05-20"},
        {"place": "510100", "from": "2010-09-01"},
    ]
    assert _found(hukou=hukou) == [("hukou_unknown", ["2010-06/2010-09"], ("person",))]
    assert _found(hukou=[]) == [("hukou_unknown", ["1980-01/2025-07"], ("person",))]


def test_a_residents_and_an_employees_pension_in_one_month_is_a_finding() -> None:
    resident = {"scheme": "resident_pension", "place": "510681", "from": "2020-02", "to": None}
    employee = {"scheme": "employee_pension", "place": "310000", "from": "2021-01", "to": "2021-04"}
    jobless = {"scheme": "unemployment", "place": "310000", "from": "2021-01", "to": "2021-04"}
    assert _found(benefits=[jobless, resident, employee]) == [
        ("two_pensions", ["2021-01/2021-04"], ("benefits:2", "benefits:3"))
    ]


def test_what_is_recorded_after_a_death_is_a_finding() -> None:
    drawn = {"scheme": "employee_pension", "place": "310000", "from": "2020-01", "to": "2021-04"}
    paid = insured("2019-10", "2020-03")
    found = findings(read_document(about(person={"died": "2020-01-31"}, insurance=[paid], benefits=[drawn])))
    assert [(each.code, [str(months) for months in each.months], each.items) for each in found] == [
        ("after_death", ["2020-02/2020-03"], ("insurance:1",)),
        ("after_death", ["2020-02/2021-04"], ("benefits:1",)),
    ]


def test_an_identity_number_that_says_another_birth_is_a_finding() -> None:
    person = {"identity_number": "11010519491231002X", "born": "1950-01-01", "sex": "female"}
    found = findings(read_document(about(person=person)))
    assert [each.code for each in found] == ["hukou_unknown", "identity_differs"]


def test_an_identity_number_that_agrees_is_no_finding() -> None:
    person = {"identity_number": "11010519491231002X", "sex": "female"}
    hukou = [{"place": "110105", "from": "1949-12-31"}]
    assert findings(read_document(about(person=person, hukou=hukou))) == ()


def test_the_whole_document_works_uninsured_after_its_last_paid_month() -> None:
    found = findings(read_document(WHOLE))
    assert [(each.code, [str(months) for months in each.months]) for each in found] == [
        ("worked_not_insured", ["2010-04/2010-07", "2010-08/2025-07"])
    ]


@given(lives())
def test_every_finding_has_a_meaning_and_never_refuses(life: dict[str, Any]) -> None:
    assert all(each.code in FINDINGS and each.items for each in findings(read_document(life)))
