"""Every fault a document can have: its code, the field it names, and what it tells people to do."""

from __future__ import annotations

import inspect
import json
import re
from typing import Any

import pytest

from facts.documents import WHOLE, about, changed, insured, without
from wayfare.facts import errors, read_document
from wayfare.facts.errors import FactsError

HUKOU = {"place": "341225", "from": "1990-01-01", "to": "2000-01-01"}
MANY_MONTHS = [
    {
        "scheme": "employee_pension",
        "place": place,
        "from": "1990-01",
        "to": "2020-01",
        "years": [
            {"year": year, "months": months, "base": base}
            for year in range(1990, 2020)
            for months, base in (("1,3,5,7,9,11", "1.00"), ("2,4,6,8,10,12", "2.00"))
        ],
    }
    for place in ("110000", "120000", "130000", "140000")
]

MANY_YEARS = [
    {"scheme": "resident_pension", "place": spell["place"], "from": "1960-01", "to": "2020-01"} for spell in MANY_MONTHS
]
CLAIM = {"place": "330100", "from": "2025-03-01", "to": "2025-03-09", "bill": "5000.00"}
FILING = {"category": "referred", "place": "330000", "from": "2025-02-01"}
BENEFIT = {"scheme": "resident_pension", "place": "510681", "from": "2010-01", "to": "2011-01"}

Case = tuple[Any, str, str | None, str]
"""A document, the code, the field, and words of the message."""

PERMIT = {"kind": "residence_permit", "place": "110000", "from": "2016-02-01"}


def wrong(field: str, value: object, code: str, words: str) -> Case:
    """The whole document with one wrong value below `facts`, and what is said of that field."""
    return changed(f"facts.{field}", value), code, re.sub(r"\.([0-9]+)", r"[\1]", field), words


CASES: list[Case] = [
    ('{"question": "养老"}'.encode("gbk"), "WF-FAC-001", None, "it could be GBK"),
    ("{}".encode("utf-16"), "WF-FAC-001", None, "begins like UTF-16"),
    (b"\xff\xff\xff", "WF-FAC-001", None, "Save the document as UTF-8"),
    (b"\xef\xbb\xbf{}", "WF-FAC-001", None, "byte order mark"),
    ('{"question": "pension.place",\n "on": }', "WF-FAC-002", None, "line 2, column 8"),
    ("", "WF-FAC-002", None, "line 1, column 1"),
    ('{"question": "pension.place"} {}', "WF-FAC-002", None, "Extra data"),
    ('{"facts": {"person": {"sex": "male", "sex": "female"}}}', "WF-FAC-003", "person.sex", "Keep one of the two"),
    ("[]", "WF-FAC-004", None, "is a list, not an object"),
    ("null", "WF-FAC-004", None, "is null, not an object"),
    (" " * 4_000_001, "WF-FAC-005", None, "4,000,001 long"),
    ("[" * 100_000, "WF-FAC-006", None, "more than 32 deep"),
    ('{"a":' * 40 + "1" + "}" * 40, "WF-FAC-006", "a.a.a", "more than 32 deep"),
    ('{"question": NaN}', "WF-FAC-007", "question", "is not finite"),
    ('{"given": {"average_index": -Infinity}}', "WF-FAC-007", "given.average_index", "is not finite"),
    ('{"given": {"average_index": 1e999}}', "WF-FAC-007", "given.average_index", "is not finite"),
    ('{"on": 1' + "0" * 5000 + "}", "WF-FAC-007", "on", "more digits"),
    ({"on": 10**5000}, "WF-FAC-007", "on", "more digits"),
    wrong("insurance.0.years.1.bse", "1.00", "WF-FAC-008", 'Did you mean "base"?'),
    wrong("land", [], "WF-FAC-008", "does not read this section yet"),
    (changed("hukou", []), "WF-FAC-008", "hukou", "write it as facts.hukou"),
    wrong("person.shoe_size", 41, "WF-FAC-008", "The fields here are"),
    (without("question"), "WF-FAC-009", "question", "is missing"),
    (without("facts.hukou.0.place"), "WF-FAC-009", "hukou[0].place", "is missing"),
    wrong("work.0.monthly_wage", 3500, "WF-FAC-010", 'as in "2140.00"'),
    wrong("insurance", {}, "WF-FAC-010", "Write a list"),
    wrong("insurance.0.years.0.year", "2009", "WF-FAC-010", "Write it as a number"),
    wrong("insurance.0.years.0.year", True, "WF-FAC-010", "not a year"),
    wrong("residence.0.lease_in_own_name", "no", "WF-FAC-010", "true or false"),
    wrong("person", None, "WF-FAC-010", "Write an object"),
    wrong("person.sex", 1, "WF-FAC-010", "Write text"),
    ({"question": object()}, "WF-FAC-010", "question", "object is not a value that JSON has"),
    ({1: "question"}, "WF-FAC-010", None, "names a field but is not text"),
    wrong("insurance.0.years.0.base", "abc", "WF-FAC-011", '"abc" is not an amount'),
    wrong("insurance.0.years.0.base", "2140", "WF-FAC-011", "two decimals"),
    wrong("insurance.0.years.0.base", "2,140.00", "WF-FAC-011", "two decimals"),
    wrong("person.born", "1975-02-30", "WF-FAC-012", "not a day of the calendar"),
    (changed("on", "2025/07/01"), "WF-FAC-012", "on", 'Write it like "2024-06-01"'),
    (changed("on", "٢٠٢٥-07-01"), "WF-FAC-012", "on", "is not a day"),
    wrong("insurance.0.from", "2009-13", "WF-FAC-013", "no such month"),
    wrong("insurance.0.to", "2013-06-01", "WF-FAC-013", "is not a month"),
    wrong("insurance.0.years.0.months", "12-2", "WF-FAC-014", "fails at 12-2"),
    wrong("insurance.0.years.0.months", "1-3,3", "WF-FAC-014", "fails at 3"),
    wrong("insurance.0.years.0.months", "0-13", "WF-FAC-014", "months 1 to 12"),
    wrong("insurance.0.years.0.months", "all", "WF-FAC-014", "list of months"),
    wrong("hukou.0.place", "310199", "WF-FAC-015", "310151"),
    wrong("hukou.0.place", "000000", "WF-FAC-015", "not a place code"),
    wrong("hukou.0.place", "Chengdu", "WF-FAC-015", "not a place code"),
    wrong("hukou.0.kind", "agriculural", "WF-FAC-016", 'Did you mean "agricultural"?'),
    (changed("mode", "guess"), "WF-FAC-016", "mode", '"decision" or "estimate"'),
    wrong("work.0.monthly_wage", "900000.00", "WF-FAC-017", "0.00 to 200000.00"),
    wrong("work.0.monthly_wage", "-1.00", "WF-FAC-017", "outside"),
    wrong("person.born", "1875-03-12", "WF-FAC-017", "1900-01-01"),
    wrong("insurance.0.years.0.year", 2900, "WF-FAC-017", "1950 to 2199"),
    wrong("insurance.0.from", "1900-01", "WF-FAC-017", "1950 to 2199"),
    (changed("question", "When can I retire?"), "WF-FAC-018", "question", "the name of a question"),
    wrong("work.0.trade", "", "WF-FAC-018", "not plain text"),
    wrong("work.0.trade", "x" * 1001, "WF-FAC-018", "1001 characters"),
    (changed("given", {"Average index": "1"}), "WF-FAC-018", 'given["Average index"]', "the name of a value"),
    ('{"question": "\\ud800"}', "WF-FAC-018", "question", "half of a character"),
    wrong("person.identity_number", "110105194912310021", "WF-FAC-019", "X would"),
    wrong("hukou.0.to", "1975-03-12", "WF-FAC-020", "still running"),
    wrong("insurance.0.to", "2008-01", "WF-FAC-020", "holds nothing"),
    (about(hukou=[HUKOU, {**HUKOU, "from": "1999-12-31"}]), "WF-FAC-021", "hukou[1].from", "inside hukou[0]"),
    (
        about(insurance=[insured("2009-02", None), insured("2012-01", "2013-01")]),
        "WF-FAC-021",
        "insurance[1].from",
        "inside insurance[0], which runs to this day",
    ),
    (changed("on", "1970-01-01"), "WF-FAC-022", "person.born", "after the day asked about"),
    wrong("work.0.from", "1974-01-01", "WF-FAC-023", "before the birth"),
    wrong("person.died", "1975-03-11", "WF-FAC-023", "before the birth"),
    (changed("facts.benefits", [{**BENEFIT, "from": "1974-01"}]), "WF-FAC-023", "benefits[0].from", "before the birth"),
    (changed("facts.benefits", [{**BENEFIT, "to": "2010-01"}]), "WF-FAC-020", "benefits[0].to", "holds nothing"),
    (changed("facts.benefits", [BENEFIT] * 201), "WF-FAC-030", "benefits", "more than 200 items"),
    wrong("insurance.0.years.0.months", "1-2", "WF-FAC-024", "2009-01"),
    (changed("facts.insurance.0.years.0.year", 2014), "WF-FAC-024", "insurance[0].years[0].months", "2014-02"),
    (
        about(insurance=[insured("2009-02", "2010-02", years=[{"year": 2014}])]),
        "WF-FAC-024",
        "insurance[0].years[0].year",
        "2014 lies outside",
    ),
    (
        about(insurance=[insured("2009-02", None, years=[{"year": 2010}, {"year": 2010, "months": "12"}])]),
        "WF-FAC-025",
        "insurance[0].years[1].months",
        "2010-12 is recorded twice",
    ),
    wrong("hukou.0.id", "p1", "WF-FAC-026", "already the id of person"),
    wrong("hukou.0.assumed", ["wage"], "WF-FAC-027", "place, from, to, kind"),
    (changed("known_at", "2025-07-01"), "WF-FAC-028", "known_at", "2024-06-03T00:00:00Z"),
    (changed("known_at", "2025-07-01T25:00:00Z"), "WF-FAC-028", "known_at", "Check its day and its time"),
    (changed("facts.person.sex", "male"), "WF-FAC-029", "person.retirement_group", "does not go with the sex male"),
    (about(hukou=[HUKOU] * 101), "WF-FAC-030", "hukou", "more than 100 items"),
    (
        about(insurance=[insured("2007-02", "2008-02", surrendered="2007-12-20")]),
        "WF-FAC-031",
        "insurance[0].surrendered",
        "surrendered on 2007-12-20, but its months run to 2008-02",
    ),
    (
        about(insurance=[insured("2007-02", None, surrendered="2007-12-20")]),
        "WF-FAC-031",
        "insurance[0].surrendered",
        "months run on",
    ),
    (about(permits=[{**PERMIT, "holder": "anna"}]), "WF-FAC-032", "permits[0].holder", 'has the id "anna"'),
    (about(permits=[{**PERMIT, "endorsed": "2016-01-31"}]), "WF-FAC-033", "permits[0].endorsed", "was issued on"),
    (about(permits=[{**PERMIT, "counted_from": "2015-02-01"}]), "WF-FAC-033", "permits[0].counted_from", "issued on"),
    (about(papers=[{"kind": "photograph"}] * 2), "WF-FAC-034", "papers[1].kind", "photograph is stated twice"),
    (changed("facts.permits", [{**PERMIT, "from": "1974-01-01"}]), "WF-FAC-023", "permits[0].from", "before the birth"),
    (about(insurance=MANY_MONTHS), "WF-FAC-030", "insurance[3]", "1440 stretches"),
    (about(insurance=MANY_YEARS), "WF-FAC-030", "insurance[3]", "240 stretches"),
    (
        about(claims=[{**CLAIM, "outside_catalogue": "4000.00", "over_limit": "1000.00", "own_share_first": "0.01"}]),
        "WF-FAC-040",
        "claims[0].bill",
        "come to 5000.01, the bill to 5000.00",
    ),
    (about(claims=[{**CLAIM, "hospital_level": 4}]), "WF-FAC-017", "claims[0].hospital_level", "0 to 3"),
    (about(claims=[{**CLAIM, "hospital_level": "3"}]), "WF-FAC-010", "claims[0].hospital_level", "as in 3"),
    (about(claims=[{**CLAIM, "to": "2025-03-01"}]), "WF-FAC-020", "claims[0].to", "holds nothing"),
    (about(claims=[{**CLAIM, "scheme": "injury"}]), "WF-FAC-016", "claims[0].scheme", "rural_medical"),
    (about(claims=[CLAIM] * 101), "WF-FAC-030", "claims", "more than 100 items"),
    (about(filings=[FILING] * 101), "WF-FAC-030", "filings", "more than 100 items"),
    (about(filings=[{**FILING, "category": "refered"}]), "WF-FAC-016", "filings[0].category", '"referred"'),
    (about(this_year={"stays": 400}), "WF-FAC-017", "this_year.stays", "0 to 366"),
    (about(person={"born": "2025-06-01"}, claims=[CLAIM]), "WF-FAC-023", "claims[0].from", "before the birth"),
    (about(points=[{"item": "entrepreneur", "amount": 1}] * 2), "WF-FAC-035", "points[1].item", "stated twice"),
    (
        about(person={"education": [{"level": "senior_middle", "degree": True}]}),
        "WF-FAC-036",
        "person.education[0].degree",
        "which gives none",
    ),
    (about(points=[{"item": "entrepreneur", "amount": "-1"}]), "WF-FAC-011", "points[0].amount", "not an amount"),
    (about(points=[{"item": "entrepreneur", "amount": 1.5}]), "WF-FAC-011", "points[0].amount", "text with at most"),
]


@pytest.mark.parametrize(("source", "code", "field", "words"), CASES)
def test_a_fault_gives_its_code_its_field_and_what_to_do(source: Any, code: str, field: str | None, words: str) -> None:
    with pytest.raises(FactsError) as refusal:
        read_document(source)
    fault = refusal.value
    assert (fault.code, fault.field) == (code, field)
    assert words in str(fault)
    assert fault.next_step


def test_every_code_has_a_case_and_a_page() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, FactsError)]
    codes = {kind.code for kind in kinds}
    assert codes - {"WF-FAC-000"} == {code for _, code, _, _ in CASES}
    assert len(codes) == len(kinds)
    assert all(kind.__doc__ and re.fullmatch("WF-FAC-[0-9]{3}", kind.code) for kind in kinds)


def test_all_faults_of_a_document_are_told_at_once() -> None:
    document = changed("facts.person.sex", "man")
    document["facts"]["hukou"][0]["to"] = "1970-01-01"
    document["given"]["average_index"] = 0.6
    with pytest.raises(FactsError) as refusal:
        read_document(document)
    assert [fault.field for fault in refusal.value.all()] == ["person.sex", "hukou[0].to", "given.average_index"]
    assert [fault["code"] for fault in refusal.value.as_document()["others"]] == ["WF-FAC-020", "WF-FAC-010"]


def test_a_long_registration_is_seen_behind_a_short_one() -> None:
    hukou = [HUKOU, {**HUKOU, "from": "1991-01-01", "to": "1992-01-01"}, {**HUKOU, "from": "1999-01-01"}]
    with pytest.raises(FactsError) as refusal:
        read_document(about(hukou=hukou))
    assert [fault.field for fault in refusal.value.all()] == ["hukou[1].from", "hukou[2].from"]


@pytest.mark.parametrize("number", ["110105194912310021", 110105194912310021, ["110105194912310021"]])
def test_an_identity_number_is_not_repeated_in_a_message(number: object) -> None:
    with pytest.raises(FactsError) as refusal:
        read_document(changed("facts.person.identity_number", number))
    assert refusal.value.code == "WF-FAC-019"
    assert "1949" not in json.dumps(refusal.value.as_document())


def test_the_whole_document_has_no_fault() -> None:
    assert read_document(WHOLE).facts.person.id == "p1"
