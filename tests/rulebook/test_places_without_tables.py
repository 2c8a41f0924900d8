"""A place without a table answers with a declared gap in both languages, never with another place's numbers."""

from __future__ import annotations

from typing import Any

import pytest

from wayfare.decisions import ask
from wayfare.facts import CHOICES, read_document
from wayfare.kernel.regions import codes_ever, region
from wayfare.law.errors import GapInLaw
from wayfare.rulebook import load_rulebook

PROVINCES = sorted(code for code in codes_ever() if code.endswith("0000") and code < "700000")
CAPITALS = [f"{code[:2]}0100" for code in PROVINCES if region(f"{code[:2]}0100") is not None]
OWN_TABLE = {
    "residence.points": ("11", "31", "44"),
    "services.school": ("11", "31", "510108"),
    "medical.reimbursement": ("31", "35", "36", "33", "51"),
}
ASKED = [
    (question, place) for question, own in OWN_TABLE.items() for place in (*PROVINCES, *CAPITALS)
    if not place.startswith(own)
]  # fmt: skip


def somebody_at(place: str, question: str) -> dict[str, Any]:
    """Somebody who has lived, worked and been insured there for ten years, with a child, a stay and every paper."""
    stay = {"place": place, "from": "2015-11-02", "to": "2015-11-12", "kind": "inpatient", "hospital_level": 3,
            "bill": "30000.00", "outside_catalogue": "0.00", "over_limit": "0.00", "own_share_first": "0.00",
            "scheme": "employee_medical", "insured_place": place}  # fmt: skip
    schemes = ("employee_pension", "employee_medical")
    facts = {
        "person": {"id": "p1", "sex": "female", "born": "1985-03-01", "retirement_group": "female_50",
                   "education": [{"level": "master", "degree": True, "from": "2003-09-01", "to": "2009-07-01"}]},
        "hukou": [{"place": "341225", "kind": "agricultural", "from": "1985-03-01", "to": None}],
        "residence": [{"place": place, "from": "2006-01-01", "to": None, "basis": "rent", "lease_in_own_name": True}],
        "work": [{"place": place, "from": "2006-01-01", "to": None, "kind": "employee", "monthly_wage": "9000.00",
                  "contract": {"kind": "open_ended"}}],
        "insurance": [{"scheme": scheme, "place": place, "basis": "employee", "from": "2006-01", "to": None,
                       "base": "9000.00"} for scheme in schemes],
        "people": [{"id": "kid", "relation": "child", "born": "2009-05-01"}],
        "permits": [{"kind": "residence_permit", "place": place, "from": "2016-01-10", "to": None}],
        "papers": [{"kind": kind} for kind in CHOICES["paper_kind"]],
        "claims": [stay],
    }  # fmt: skip
    return {"question": question, "on": "2016-06-01", "facts": facts, "given": {"service_place": place}}


@pytest.mark.parametrize(("question", "place"), ASKED)
def test_a_place_without_a_table_answers_with_its_gap(question: str, place: str) -> None:
    document = somebody_at(place, question)
    answer = ask(read_document(document | {"mode": "estimate"}), load_rulebook())
    assert answer.answer.value is None and not answer.closed and not answer.changes
    gaps = [m for m in answer.missing if m["kind"] == "gap"]
    assert gaps and all(m["say"]["en"] and m["say"]["zh"] for m in gaps)
    with pytest.raises(GapInLaw):
        ask(read_document(document | {"mode": "decision"}), load_rulebook())


@pytest.mark.parametrize(("question", "place"), [("residence.points", "310000"), ("services.school", "110000")])
def test_the_same_person_is_answered_where_there_is_a_table(question: str, place: str) -> None:
    answer = ask(read_document(somebody_at(place, question) | {"mode": "estimate"}), load_rulebook())
    assert answer.answer.value is not None
