"""A refusal of a service tells a way to a yes that works when it is carried out, or what closes every way."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from rulebook.engine import law
from rulebook.families import family
from wayfare.decisions import Answer, as_told, ask
from wayfare.facts import Document, read_document
from wayfare.law.errors import GapInLaw

QUESTIONS = ("residence.permit", "services.school")


def answered(seed: int, question: str) -> tuple[Document, Answer | None]:
    """A random family's question and its answer; none where the place has no table."""
    document = read_document(family(Random(seed)).document | {"question": question})
    try:
        return document, ask(document, law())
    except GapInLaw:
        return document, None


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_way_that_is_told_leads_to_a_yes_and_a_closed_answer_names_what_closes_it(question):
    found = set()
    for seed in range(40):
        document, answer = answered(seed, question)
        if answer is None or answer.answer.value != "no":
            continue
        found.add("ways" if answer.changes else "closed")
        assert bool(answer.changes) != answer.closed
        assert answer.changes or answer.closed_by
        for turn in answer.changes:
            assert turn.steps
            assert ask(as_told(document, turn.steps, law()), law()).answer.value == "yes"
    assert found == {"ways", "closed"}


def told(facts: dict[str, Any], question: str, on: str, **given: str) -> Answer:
    return ask(read_document({"question": question, "on": on, "facts": facts, "given": given}), law())


TENANT: dict[str, Any] = {
    "person": {"born": "1985-05-01"},
    "hukou": [{"place": "341225", "from": "1985-05-01"}],
    "residence": [{"place": "310115", "from": "2016-08-01", "basis": "rent", "lease_in_own_name": False}],
    "papers": [{"kind": "identity_card"}, {"kind": "photograph"}],
}


def test_a_tenant_without_a_lease_is_told_of_the_lodging_proof_and_of_the_lease():
    answer = told(TENANT, "residence.permit", "2017-03-01")
    steps = {turn.steps[0]["fact"]: turn.steps[0] for turn in answer.changes if len(turn.steps) == 1}
    assert set(steps) == {"papers:lodging_proof", "residence:1"}
    assert steps["papers:lodging_proof"]["say"]["en"].startswith("Get this paper: Lodging proof")
    assert steps["residence:1"]["who"] == "landlord"


def test_who_has_not_lived_there_for_half_a_year_is_told_how_much_is_short_and_to_stay():
    facts = TENANT | {"papers": [*TENANT["papers"], {"kind": "lodging_proof"}]}
    answer = told(facts, "residence.permit", "2016-12-01")
    assert [(step["name"], step["becomes"]) for step in answer.changes[0].steps] == [("waits_months", "2")]
    assert "4 months" in str(answer.reasons) and "6 months" in str(answer.reasons)


def test_who_is_registered_in_the_city_is_told_that_this_closes_it():
    facts = TENANT | {"hukou": [{"place": "310101", "from": "1985-05-01"}]}
    answer = told(facts, "residence.permit", "2017-03-01")
    assert answer.closed
    assert "registered in this city" in str(answer.closed_by)


def test_a_right_that_cannot_be_reached_names_the_paper_and_the_fact_that_keeps_it():
    facts = TENANT | {
        "people": [{"relation": "child", "born": "2010-03-01"}],
        "residence": [{"place": "110105", "from": "2013-08-01", "basis": "rent", "lease_in_own_name": True}],
        "work": [{"place": "110105", "from": "2013-08-01", "kind": "informal", "contract": {"kind": "none"}}],
    }
    answer = told(facts, "services.school", "2016-05-10", service_place="110000")
    assert answer.closed
    assert answer.values["school_right_is_equal"].value == "yes"
    states = {row["of"]: row["value"] for row in answer.values["school_paper_state"].rows}
    assert [kind for kind, state in states.items() if state == "cannot_be_had"] == ["employment_proof"]


def test_a_place_without_a_table_is_refused_with_its_reason_and_no_other_places_numbers():
    with pytest.raises(GapInLaw, match="those of this place and year are not in it"):
        told(TENANT | {"people": [{"relation": "child", "born": "2010-03-01"}]}, "services.school", "2016-05-10",
             service_place="440300")  # fmt: skip


def test_before_2016_a_permit_is_refused_with_its_reason():
    with pytest.raises(GapInLaw, match="Before 2016 each city had its own permits"):
        told(TENANT, "residence.permit", "2015-12-01")
