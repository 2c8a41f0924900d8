"""Rules of kept decisions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from storage.lives import COOK
from wayfare.storage import decision_store as decisions
from wayfare.storage import registry_store as registry
from wayfare.storage.errors import DecisionRefused, PersonNotInView

WHEN = datetime(2024, 6, 3, 8, 30, tzinfo=UTC)


def place_decision(**changed: Any) -> dict[str, Any]:
    """A decision on where the cook's pension is paid."""
    return {
        "question": "pension.place",
        "person": "cook",
        "as_of_law": date(2024, 6, 1),
        "as_of_known": WHEN,
        "mode": "decision",
        "law_version": "abc123",
        "document": {"answer": {"value": "510000"}, "reasons": [{"clause": "第六条", "holds": True}]},
        "facts": COOK,
    } | changed


@pytest.fixture
def session(as_officer):
    with as_officer() as session:
        registry.save(session, COOK)
        yield session


def test_a_decision_reads_back_as_it_was_kept_with_its_facts(session):
    identity = decisions.keep(session, **place_decision())
    kept = decisions.load(session, identity)
    assert {name: getattr(kept, name) for name in place_decision()} == place_decision()
    assert (identity, kept.replaces, kept.replaced_by) == ("D-2024-000001", None, None)


def test_a_decision_is_about_the_facts_of_then_whatever_the_record_says_later(session):
    identity = decisions.keep(session, **place_decision())
    registry.correct(session, {**COOK, "work": []}, reason="work was another person's")
    assert decisions.load(session, identity).facts == COOK


def test_a_changed_answer_is_a_new_decision_that_replaces_the_earlier(session):
    first = decisions.keep(session, **place_decision())
    second = decisions.keep(session, **place_decision(document={"answer": {"value": "350000"}}, replaces=first))
    assert (decisions.load(session, first).replaced_by, decisions.load(session, second).replaces) == (second, first)


def test_a_decision_is_replaced_once(session):
    first = decisions.keep(session, **place_decision())
    decisions.keep(session, **place_decision(replaces=first))
    with pytest.raises(DecisionRefused, match=f"WF-STO-034  Decision {first} was replaced already."):
        decisions.keep(session, **place_decision(document={}, replaces=first))


def test_a_decision_replaces_only_one_about_the_same_person(session):
    other = {**COOK, "person": {"id": "other"}}
    registry.save(session, other)
    first = decisions.keep(session, **place_decision())
    with pytest.raises(DecisionRefused, match=f"decision {first} is not one of this person"):
        decisions.keep(session, **place_decision(person="other", replaces=first))


def test_keeping_the_same_decision_again_is_harmless(session):
    kept = [decisions.keep(session, **place_decision(identity="D-1")) for _ in range(2)]
    assert (kept, len(decisions.list_decisions(session, "cook"))) == (["D-1", "D-1"], 1)


def test_another_decision_under_a_taken_identity_is_refused(session):
    decisions.keep(session, **place_decision(identity="D-1"))
    with pytest.raises(DecisionRefused, match="decision D-1 is kept with other content"):
        decisions.keep(session, **place_decision(identity="D-1", document={}))


def test_a_decision_about_nobody_recorded_names_the_place_that_keeps_it(session):
    identity = decisions.keep(session, **place_decision(person=None, scope="510000"))
    assert decisions.load(session, identity).person is None


def test_a_decision_about_a_person_without_a_record_is_refused(session):
    with pytest.raises(PersonNotInView, match="WF-STO-033"):
        decisions.keep(session, **place_decision(person="unknown"))


def test_a_decision_that_is_not_in_view_is_refused(session):
    with pytest.raises(DecisionRefused, match="WF-STO-034  No decision D-9 is in this viewer's view"):
        decisions.load(session, "D-9")


def test_reading_a_decision_is_a_look_at_the_person(session):
    decisions.load(session, decisions.keep(session, **place_decision(identity="D-1")))
    assert registry.list_looks(session, "cook")[-1]["subject"] == "decision D-1"
