"""A question asked of facts and law: the answer, its status, what is missing, and what a decision refuses."""

from __future__ import annotations

import copy
import json
from datetime import UTC, date, datetime

import pytest

from wayfare.decisions import BadQuestion, OtherLaw, ask, compare, decide, replay
from wayfare.decisions.smallest import smallest_document
from wayfare.facts import read_document
from wayfare.kernel import AsOf
from wayfare.kernel.status import Status
from wayfare.law import row
from wayfare.law.errors import BadGiven, GapInLaw
from wayfare.rulebook import load_rulebook

COOK = {
    "question": "pension.place",
    "on": "2025-07-01",
    "mode": "decision",
    "facts": {
        "person": {"id": "p1", "sex": "female", "born": "1975-03-12", "retirement_group": "female_50"},
        "hukou": [{"place": "341225", "kind": "agricultural", "from": "1975-03-12", "to": None}],
        "insurance": [
            {"scheme": "employee_pension", "place": "310000", "basis": "employee", "relation": "ordinary",
             "from": "2009-02", "to": "2013-06", "base": "2140.00"},
            {"scheme": "employee_pension", "place": "320500", "basis": "employee", "relation": "ordinary",
             "from": "2013-08", "to": "2023-06", "base": "3140.00"},
        ],
    },
}  # fmt: skip


def cook(**changes):
    document = copy.deepcopy(COOK)
    facts = changes.pop("facts", {})
    document["facts"] |= facts
    return read_document(document | changes)


def walked(reasons):
    for r in reasons:
        yield r
        yield from walked(r.children)


def test_the_answer_names_the_clauses_the_facts_and_how_much_was_short() -> None:
    answer = ask(cook(), load_rulebook())
    assert (answer.answer.value, answer.answer.unit, answer.answer.status) == ("340000", "place", Status.VERIFIED)
    short = [r for r in walked(answer.reasons) if r.clause == "has_ten_years" and r.shortfall]
    assert {(r.holds, r.shortfall.short_by, r.shortfall.asked) for r in short} >= {(False, "2", "120")}
    assert any("insurance:2" in r.facts and "6" in r.article for r in short)
    assert not answer.assumed and not answer.missing


def test_what_would_change_it_is_the_smallest_change_that_does() -> None:
    insurance = copy.deepcopy(COOK["facts"]["insurance"])
    insurance[1]["to"] = None
    (turn,) = ask(cook(facts={"insurance": insurance}, on="2023-05-01"), load_rulebook()).changes
    assert (turn.answer, [s["by"] for s in turn.steps]) == ("320000", ["3"])


def test_nobody_is_told_to_go_on_paying_where_they_no_longer_pay() -> None:
    answer = ask(cook(), load_rulebook())
    assert answer.changes == () and not answer.closed


def test_a_registration_that_has_ended_is_asked_for_again() -> None:
    ended = [COOK["facts"]["hukou"][0] | {"to": "2005-01-01"}]
    answer = ask(cook(facts={"hukou": ended}), load_rulebook())
    assert answer.answer.value is None
    assert "registered_place" in {m["name"] for m in answer.missing}


def test_given_values_are_listed_and_what_else_is_unknown_is_missing() -> None:
    answer = ask(cook(given={"place_of_benefit": "440000"}), load_rulebook())
    assert answer.as_document()["given"] == {"place_of_benefit": "440000"}
    transfer = ask(cook(question="pension.transfer"), load_rulebook())
    assert transfer.values["account_transfer"].value is None
    assert "account_interest_rate" in {m["name"] for m in transfer.missing}


def test_an_answer_is_json_and_says_law_day_and_mode() -> None:
    document = json.loads(json.dumps(ask(cook(), load_rulebook()).as_document()))
    assert list(document)[:5] == ["question", "on", "known_at", "mode", "answer"]
    assert document["law"] == load_rulebook().version
    assert document["values"]["can_be_benefit_place"]["rows"] == [
        {"of": "310000", "value": "no"}, {"of": "320000", "value": "no"},
    ]  # fmt: skip


def test_a_decision_refuses_a_gap_that_an_estimate_fills_and_lists() -> None:
    with pytest.raises(GapInLaw) as refusal:
        ask(cook(question="pension.account"), load_rulebook())
    assert refusal.value.code == "WF-LAW-002" and "account_interest_rate" in refusal.value.found
    estimate = ask(cook(question="pension.account", mode="estimate"), load_rulebook())
    assert estimate.answer.value is not None and estimate.answer.status is Status.ASSUMED
    assert {a["name"] for a in estimate.assumed} >= {"account_interest_rate"}
    assert all(a["status"] not in ("official", "verified") and a["why"] for a in estimate.assumed)


def test_a_fact_that_the_document_only_assumes_decides_nothing() -> None:
    insurance = copy.deepcopy(COOK["facts"]["insurance"])
    insurance[1]["assumed"] = ["place"]
    answer = ask(cook(facts={"insurance": insurance}), load_rulebook())
    assert answer.answer.value is None
    assert {(m["kind"], m.get("fact")) for m in answer.missing} >= {("assumed fact", "insurance:2")}
    estimate = ask(cook(facts={"insurance": insurance}, mode="estimate"), load_rulebook())
    assert estimate.answer.value == "340000" and estimate.answer.status is Status.ASSUMED


def test_what_nobody_stated_is_asked_for() -> None:
    person = {"id": "p1", "sex": "female", "born": "1975-03-12"}
    answer = ask(cook(question="pension.retirement", facts={"person": person}), load_rulebook())
    assert answer.answer.value is None
    assert [m["name"] for m in answer.missing] == ["retirement_group"]
    assert answer.next_step["en"].startswith("Women:")


def test_given_wages_are_enough_for_the_pooled_money() -> None:
    given = {"pooled_wages": "306000.00"}
    document = read_document({"question": "pension.transfer", "on": "2024-06-01", "given": given})
    answer = ask(document, load_rulebook())
    assert answer.values["pooled_transfer"].value == "36720.00"


def test_an_award_form_is_checked_from_given_values_alone() -> None:
    given = {
        "benefit_base": "7000.00", "average_index": "0.8000", "contribution_years": "20",
        "account_balance": "55600.00", "payout_months": "139", "transitional_pension": "0.00",
        "place_of_benefit": "340000", "retirement_month": "2024-06", "retirement_age_months": "720",
    }  # fmt: skip
    document = read_document({"question": "pension.monthly", "on": "2024-06-01", "given": given})
    answer = ask(document, load_rulebook())
    parts = [answer.values[n].value for n in ("basic_pension", "account_pension", "pension")]
    assert parts == ["1260.00", "400.00", "1660.00"]
    given_base = [r for r in walked(answer.reasons) if r.facts == ("given:benefit_base",)]
    assert given_base[0].sentence["en"] == "Benefit base is given: 7000.00"


@pytest.mark.parametrize(
    ("given", "told"),
    [({"nothing": "1"}, "no value has that name"), ({"benefit_base": "a lot"}, "no value in fen"),
     ({"average_index": "0.12345"}, "no value in basis_points")],
)  # fmt: skip
def test_a_wrong_given_value_is_refused_by_name(given, told) -> None:
    with pytest.raises(BadGiven, match=told) as refusal:
        ask(read_document({"question": "pension.monthly", "on": "2024-06-01", "given": given}), load_rulebook())
    assert refusal.value.field == f"given.{next(iter(given))}"


def test_a_question_nobody_answers_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadQuestion, match=r"no question 'pension\.nix'") as refusal:
        ask(cook(question="pension.nix"), load_rulebook())
    assert refusal.value.code == "WF-DEC-001" and "pension.place" in refusal.value.next_step


def test_a_kept_decision_is_replayed_and_a_changed_one_tells_where() -> None:
    law = load_rulebook()
    as_of = AsOf(law=date(2025, 7, 1), known=datetime(2025, 7, 1, tzinfo=UTC))
    kept = decide(cook(), law, as_of)
    assert replay(kept, law) == []
    other = law.replaced(parameters={"benefit_place_months": [row(100, since="2010-01-01")]})
    with pytest.raises(OtherLaw, match="was made by the law of version") as refusal:
        replay(kept, other)
    assert refusal.value.code == "WF-DEC-002"
    changed = compare(kept.answer, ask(cook(), other).as_document())
    assert {d.name for d in changed} >= {"law", "answer", "place_of_benefit", "reason has_ten_years"}


@pytest.mark.parametrize(
    "question", ["pension.place", "pension.retirement", "pension.monthly", "pension.transfer", "residence.permit"]
)
def test_from_the_smallest_document_nothing_can_be_left_out(question: str) -> None:
    law = load_rulebook()
    document = smallest_document(law, question)
    whole = ask(read_document(document), law).answer.value
    assert whole not in (None, "0.00")
    for section in list(document["facts"]):
        if section != "person":
            less = {**document, "facts": {k: v for k, v in document["facts"].items() if k != section}}
            assert ask(read_document(less), law).answer.value != whole


def test_a_given_value_is_marked_as_given_and_named_in_both_languages() -> None:
    values = ask(cook(given={"place_of_benefit": "440000"}), load_rulebook()).as_document()["values"]
    assert values["place_of_benefit"]["given"] and values["place_of_benefit"]["status"] == "verified"
    assert values["place_of_benefit"]["label"] == {"en": "Place that pays", "zh": "待遇领取地"}
    assert "given" not in values["can_be_benefit_place"]


def test_a_day_ahead_is_answered_by_the_law_as_it_was_last_read_and_the_answer_says_so() -> None:
    law = load_rulebook()
    (ahead,) = (a for a in ask(cook(on="2035-07-01"), law).assumed if a["name"] == "law_of_the_day")
    assert (ahead["value"], ahead["status"]) == (law.last_checked, "assumed")
    assert law.last_checked in ahead["say"]["zh"] and "may change" in ahead["why"]
    assert not ask(cook(on=law.last_checked), law).assumed


def test_what_is_missing_and_what_stands_out_is_told_in_chinese_too() -> None:
    answer = ask(cook(facts={"hukou": []}), load_rulebook()).as_document()
    (place,) = (m for m in answer["missing"] if m["name"] == "registered_place")
    assert place["label"]["zh"] == "户籍所在地" and place["say"]["zh"] == "还没有人说明"
    assert {f["say"]["zh"] for f in answer["findings"]} == {"这些月份的户籍所在地不清楚。"}


def test_a_gap_is_told_in_the_language_of_its_reason() -> None:
    early = [COOK["facts"]["insurance"][0] | {"from": "1996-01", "to": "1997-01"}]
    answer = ask(cook(question="pension.account", mode="estimate", facts={"insurance": early}), load_rulebook(None))
    (gap,) = (m for m in answer.as_document()["missing"] if m["name"] == "account_credit_rate")
    assert gap["say"]["en"] == gap["why"] and gap["say"]["zh"] in answer.next_step["zh"]
    assert gap["label"]["zh"] in answer.next_step["zh"]


def test_what_is_not_known_yet_is_not_claimed() -> None:
    reasons = ask(cook(facts={"hukou": []}), load_rulebook()).reasons
    open_ones = [r.sentence for r in walked(reasons) if r.holds is None]
    assert open_ones and all(s["en"].startswith("Not known yet: ") for s in open_ones)
    assert all(s["zh"].startswith("还不能确定：") and "unknown" not in s["zh"] for s in open_ones)


def test_rates_are_said_per_cent_and_choices_by_their_names() -> None:
    reasons = list(walked(ask(cook(question="pension.transfer"), load_rulebook()).reasons))
    (pooled,) = (r.sentence for r in reasons if r.clause == "pooled_transfer")
    assert "12 % of" in pooled["en"] and "乘以12%" in pooled["zh"]
    kinds = [r.sentence["zh"] for r in reasons if r.clause == "account_kind"]
    assert kinds and all("ordinary" not in text and "temporary" not in text for text in kinds)
