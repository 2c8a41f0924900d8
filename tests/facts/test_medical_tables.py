"""Medical facts as rows: a claim as it was stated, and beside it every insurance and every filing of the person."""

from __future__ import annotations

from datetime import date
from typing import Any

from facts.documents import about
from wayfare.facts import CHOICES, OPEN_DAY, OPEN_MONTH, FactTable, fact_tables, read_document
from wayfare.facts.medical_tables import THIS_YEAR

STAY = {"place": "330100", "from": "2025-03-01", "to": "2025-03-09"}
HOME = {"scheme": "resident_medical", "place": "341225", "from": "2020-01", "to": None}
FILED = {"category": "long_term", "place": "330000", "from": "2025-02-01"}


def _table(level: str, *people: dict[str, Any]) -> FactTable:
    return fact_tables([read_document(each) for each in people])[level]


def _column(level: str, name: str, **facts: Any) -> list[int | None]:
    return list(_table(level, about(**facts)).columns[name])


def _month(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:]) - 1


def test_a_claim_says_what_it_states_and_nothing_more() -> None:
    row = _table("claim", about(claims=[STAY])).columns
    stated = {name: values[0] for name, values in row.items() if values[0] is not None}
    assert stated == {
        "claim_place": 330100,
        "claim_from": date(2025, 3, 1).toordinal(),
        "claim_to": date(2025, 3, 9).toordinal(),
        "claim_kind": CHOICES["claim_kind"].index("inpatient"),
        "names_scheme": 0,
        "names_place": 0,
        "is_emergency": 0,
        "is_referred": 0,
        "in_network": 1,
        "filed_as": CHOICES["filed_as"].index("as_filed"),
        "claim_number": 1,
    }


def test_amounts_of_a_claim_are_fen_and_a_stay_without_an_end_lasts() -> None:
    claim = {**STAY, "to": None, "bill": "5000.05", "own_share_first": "1.00", "assumed": ["bill"]}
    table = _table("claim", about(claims=[claim]))
    assert (table.columns["bill"], table.columns["own_share_first"]) == ([500005], [100])
    assert table.columns["claim_to"] == [OPEN_DAY]
    assert table.assumed == {"bill": [True]}


def test_every_medical_insurance_and_every_filing_stands_beside_every_claim() -> None:
    whole = about(claims=[STAY, STAY], insurance=[HOME, {**HOME, "scheme": "injury"}], filings=[FILED, FILED])
    bare = about(insurance=[HOME], filings=[FILED])
    covers, filings = _table("claim_cover", bare, whole, whole), _table("claim_filing", bare, whole, whole)
    assert covers.above == {"claim": [0, 1, 2, 3]}
    assert filings.above == {"claim": [0, 0, 1, 1, 2, 2, 3, 3]}
    assert covers.refs[:2] == ["insurance:1", "insurance:1"]
    assert filings.refs[:2] == ["filings:1", "filings:2"]


def test_insurance_that_runs_goes_on_and_listed_years_cover_the_months_they_list() -> None:
    listed = {**HOME, "place": "510681", "years": [{"year": 2024, "months": "1-3,7"}, {"year": 2025}]}
    facts = {"claims": [STAY], "insurance": [HOME, listed]}
    cover = _table("claim_cover", about(**facts)).columns
    assert list(zip(cover["cover_from"], cover["cover_to"], strict=True)) == [
        (_month("2020-01"), OPEN_MONTH),
        (_month("2024-01"), _month("2024-04")),
        (_month("2024-07"), _month("2024-08")),
        (_month("2025-01"), _month("2025-08")),
    ]


def test_nothing_was_used_before_unless_something_is_said_and_then_the_rest_is_not_known() -> None:
    said = {"year": 2024, "deductible_borne": "800.00", "assumed": ["year"]}
    assert [_column("person", name)[0] for name in THIS_YEAR] == [2025, 0, 0, 0, 0, 0]
    assert [_column("person", name, this_year=said)[0] for name in THIS_YEAR] == [2024, None, None, 80000, None, None]
    assert _table("person", about(this_year=said)).assumed == {"carry_year": [True]}
