"""The questions of a statement, put to the law at once: one that is refused does not stop the others."""

from __future__ import annotations

from wayfare.app.stating import QUESTIONS, state
from wayfare.facts import read_document
from wayfare.rulebook import load_rulebook

LAW = load_rulebook()
PAID = {"scheme": "employee_pension", "place": "310000", "basis": "employee", "from": "2000-01", "to": None}


def document(mode, **facts):
    person = {"id": "p", "sex": "male", "born": "1980-05-01"}
    hukou = [{"place": "340000", "kind": "agricultural", "from": "1980-05-01", "to": None}]
    whole = {"question": "pension.place", "on": "2026-11-01", "mode": mode}
    return read_document(whole | {"facts": {"person": person, "hukou": hukou} | facts})


def test_answers_come_in_the_order_of_the_questions_and_carry_the_version_of_the_law():
    stated = state(document("estimate", insurance=[PAID | {"base": "5000.00"}]), LAW)
    asked = [each.question for each in stated.answers]
    assert asked == [each for each in QUESTIONS if each in asked]
    assert {"pension.place", "pension.retirement", "pension.monthly", "pension.account"} <= set(asked)
    assert stated.law == LAW.version


def test_what_concerns_a_scheme_is_not_asked_of_somebody_who_was_never_in_it():
    asked = [each.question for each in state(document("estimate"), LAW).answers]
    assert "pension.account" not in asked and "pension.transfer" not in asked


def test_in_a_decision_a_gap_refuses_one_question_and_the_others_are_answered():
    stated = state(document("decision", insurance=[PAID | {"base": "5000.00"}]), LAW)
    assert "pension.monthly" in stated.refused
    assert stated.refused["pension.monthly"].code == "WF-LAW-002"
    assert "pension.retirement" in [each.question for each in stated.answers]
