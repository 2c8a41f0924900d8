"""Reimbursement equals the oracle on ints and on columns, never gives a wrong number, and adds up."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.lives import Life, as_list, law
from rulebook.medical.oracle import answers
from rulebook.medical.stays import forgetful, people, yuan
from wayfare.decisions import ask
from wayfare.decisions.world import world_of
from wayfare.facts import read_document
from wayfare.kernel.status import Rank
from wayfare.law import as_columns
from wayfare.law.errors import GapInLaw

BY_CLAIM = {"fund": "fund_part", "supplement": "supplement_part", "own": "own_of_stay"}
IN_ALL = ("fund_pays", "supplement_pays", "person_pays")
STAY = {
    "place": "360102", "from": "2026-02-05", "to": "2026-02-20", "hospital_level": 3, "bill": "50800.00",
    "outside_catalogue": "0.00", "over_limit": "0.00", "own_share_first": "0.00",
}  # fmt: skip
INSURED = [{"scheme": "employee_medical", "place": "360100", "from": "2020-01", "to": None}]


@cache
def plan(mode: Any) -> Any:
    return law().plan((*BY_CLAIM.values(), *IN_ALL), mode=mode)


def engine(document: dict[str, Any], *, columns: bool = False) -> dict[str, Any]:
    """The engine's answers in the form of the oracle's, in fen."""
    read = read_document(document)
    world = world_of([read], law())
    run = plan(read.mode).population(as_columns(world), keep=True) if columns else plan(read.mode).lives(world)
    by_claim = {name: as_list(run.value(value)) for name, value in BY_CLAIM.items()}
    return by_claim | {name: as_list(run.value(name))[0] for name in IN_ALL}


def told(*claims: dict[str, Any], on: str = "2026-12-31", **more: Any) -> dict[str, Any]:
    facts = {"insurance": INSURED, "claims": [STAY | claim for claim in claims], **more}
    return {"question": "medical.reimbursement", "on": on, "facts": facts}


def every(reason: Any) -> Iterator[Any]:
    """A reason and all that lie below it."""
    yield reason
    for child in reason.children:
        yield from every(child)


@settings(max_examples=200)
@given(people())
def test_any_stays_are_paid_alike_by_ints_by_columns_and_by_the_oracle(document):
    expected = answers(document)
    assert engine(document) == expected
    assert engine(document, columns=True) == expected


@settings(max_examples=150)
@given(forgetful())
def test_a_fact_that_is_not_known_never_gives_another_number(both):
    whole, less = both
    expected, found = answers(whole), engine(less)
    assert engine(less, columns=True) == found
    for name in BY_CLAIM:
        assert all(x in (None, y) for x, y in zip(found[name], expected[name], strict=True))
    assert all(found[name] in (None, expected[name]) for name in IN_ALL)


@settings(max_examples=200)
@given(people())
def test_what_fund_supplement_and_person_pay_is_the_bill_and_never_less_than_nothing(document):
    found = engine(document)
    bills = [round(float(claim["bill"]) * 100) for claim in document["facts"]["claims"]]
    for bill, fund, supplement, own in zip(bills, *(found[name] for name in BY_CLAIM), strict=True):
        assert all(x is None or 0 <= x <= bill for x in (fund, supplement, own))
        assert own is None or fund + supplement + own == bill


@settings(max_examples=100)
@given(people(), st.integers(1, 5_000_000))
def test_a_dearer_bill_never_lowers_what_the_fund_pays(document, more):
    if not document["facts"]["claims"]:
        return
    before = engine(document)["fund"][0]
    claim = document["facts"]["claims"][0]
    claim["bill"] = yuan(round(float(claim["bill"]) * 100) + more)
    after = engine(document)["fund"][0]
    assert (before is None) == (after is None)
    assert before is None or after >= before


@settings(max_examples=60)
@given(st.lists(st.integers(100_000, 12_000_000), min_size=1, max_size=6))
def test_the_stays_of_a_year_never_pass_its_cap_and_meet_it_when_they_are_dear_enough(bills):
    claims = [{"from": f"2026-{i:02d}-01", "to": f"2026-{i:02d}-09", "bill": yuan(b)} for i, b in enumerate(bills, 1)]
    due = sum((b - 80_000) * 85 // 100 + ((b - 80_000) * 85 % 100 >= 50) for b in bills)
    assert engine(told(*claims))["fund_pays"] == min(due, 10_000_000)


def test_what_is_used_before_stands_for_the_earlier_stays_of_the_year():
    first, second = {"from": "2026-01-05", "to": "2026-01-09", "bill": "90000.00"}, {}
    both = engine(told(first, second))
    alone = engine(told(first))
    used = {"stays": 1, "eligible": "90000.00", "deductible_borne": "800.00", "supplement_paid": "0.00"}
    later = engine(told(second, this_year={**used, "fund_paid": yuan(alone["fund_pays"])}))
    assert later["fund_pays"] + alone["fund_pays"] == both["fund_pays"] == 10_000_000


def test_the_order_of_the_document_changes_nothing_between_stays_of_different_days():
    first, second = {"from": "2026-01-05", "to": "2026-01-09", "bill": "90000.00"}, {}
    assert engine(told(first, second))["fund"] == engine(told(second, first))["fund"][::-1]


def test_a_place_without_a_table_gives_its_reason_and_no_number():
    document = told({}, on="2026-02-20") | {"mode": "decision"}
    document["facts"]["insurance"] = [INSURED[0] | {"place": "430100"}]
    with pytest.raises(GapInLaw, match="no other place lends its numbers"):
        ask(read_document(document), law())


def test_a_declared_gap_speaks_for_its_own_place():
    answer = ask(read_document(told({"bill": "150800.00"})), law())
    assert [m["why"] for m in answer.missing] == [
        "Which share is paid is known for Nanchang's residents and for Shanghai; for Nanchang's employees two accounts "
        "differ."
    ]


def test_while_the_stay_lasts_a_filing_still_changes_what_is_paid_and_says_how_much():
    away = told({"place": "330106", "bill": "27000.00"}, on="2026-02-10")
    answer = ask(read_document(away), law())
    assert answer.answer.value == "17680.00"
    ways = {turn.answer: turn.steps[0]["to"] for turn in answer.changes}
    assert ways == {"22270.00": "long_term", "19975.00": "referred"}
    assert all(turn.steps[0]["fact"] == "claims:1" for turn in answer.changes)


def test_what_was_told_to_change_gives_what_was_told():
    away = told({"place": "330106", "bill": "27000.00"}, on="2026-02-10")
    for turn in ask(read_document(away), law()).changes:
        step = turn.steps[0]
        changed = told({"place": "330106", "bill": "27000.00", step["name"]: step["to"]}, on="2026-02-10")
        assert ask(read_document(changed), law()).answer.value == turn.answer


def test_after_the_discharge_nothing_is_told_that_could_still_change():
    assert ask(read_document(told({"place": "330106"}, on="2026-02-20")), law()).changes == ()


def test_before_the_stay_a_smaller_hospital_is_told():
    answer = ask(read_document(told({"bill": "10000.00"}, on="2026-02-01")), law())
    assert {(t.steps[0]["name"], t.answer) for t in answer.changes} == {
        ("hospital_level", "8550.00"), ("hospital_level", "9310.00"),
    }  # fmt: skip


def test_without_a_stay_the_stay_is_asked_for():
    answer = ask(read_document({"question": "medical.reimbursement", "on": "2026-02-01"}), law())
    assert answer.answer.value is None
    assert answer.next_step["en"].startswith("State the stay under claims")


def test_the_reasons_show_the_steps_in_words():
    answer = ask(read_document(told({"place": "330106", "bill": "30000.00", "own_share_first": "3000.00"})), law())
    said = " ".join(reason.sentence.get("en", "") for top in answer.reasons for reason in every(top))
    steps = ("27000.00 yuan lie within the catalogue", "first pay 5400.00 yuan", "the first 800.00 yuan", "17680.00")
    for step in steps:
        assert step in said


def test_the_reasons_cite_the_text_of_each_figure():
    answer = ask(read_document(told({"place": "330106"})), law())
    cited = {(reason.clause, reason.source) for top in answer.reasons for reason in every(top)}
    nanchang = "洪医保发〔2025〕27号及南昌市职工医保住院报销标准"
    assert {("deductible_by_table", nanchang), ("ratio_at_start", nanchang), ("cap_of_year", nanchang)} <= cited
    assert ("share_in_network", "江西省跨省异地就医直接结算报销政策明白卡（2025年11月）") in cited


def test_a_survey_says_that_it_is_no_text_of_law():
    facts = {
        "insurance": [{"scheme": "rural_medical", "place": "341225", "from": "2008-01", "to": None}],
        "claims": [{"place": "330100", "from": "2012-04-16", "to": "2012-04-20", "bill": "5000.00"}],
    }
    answer = ask(read_document({"question": "medical.reimbursement", "on": "2012-04-20", "facts": facts}), law())
    survey = next(r for top in answer.reasons for r in every(top) if r.clause == "surveyed_ratio")
    assert survey.rank is Rank.PRACTICE
    assert "not a text of law" in survey.sentence["en"]


def test_given_values_alone_are_one_stay():
    terms = {"eligible_bill": "12000.00", "deductible": "1000.00", "reimbursement_ratio": "0.70"}
    life = Life({"on": "2026-01-31", "given": terms}, law())
    assert life.ask(("fund_pays", "person_pays")) == life.ask(("fund_pays", "person_pays"), columns=True)
    assert life.ask(("fund_pays",)) == {"fund_pays": "7700.00"}
