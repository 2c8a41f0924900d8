"""What is paid each month: figures that stand in two places agree, and who bears a stretch is said of each."""

from __future__ import annotations

from datetime import date

import pytest

from rulebook.lives import Life, law
from wayfare.decisions import ask
from wayfare.facts import read_document

LIFE = {
    "question": "pension.contributions",
    "on": "2026-01-10",
    "facts": {
        "person": {"id": "p", "born": "1966-03-02", "sex": "male"},
        "insurance": [
            {"scheme": "employee_pension", "place": "310000", "basis": "employee", "from": "1990-01", "to": "1993-01",
             "kind": "deemed"},
            {"scheme": "employee_pension", "place": "310000", "basis": "employee", "from": "2001-01", "to": "2001-07",
             "base": "1500.00", "kind": "back_paid"},
            {"scheme": "employee_pension", "place": "310000", "basis": "flexible", "from": "2015-01", "to": None,
             "base": "6000.00"},
        ],
    },
}  # fmt: skip


def in_force(table: str, day: date) -> set[int]:
    """The national figures of a table on a day."""
    rows = law().parameters[table].rows
    return {r.value for r in rows if not r.places and r.since <= day.toordinal() < r.until}


@pytest.mark.parametrize("day", [date(2006, 1, 1), date(2019, 5, 1), date(2026, 11, 21)])
def test_since_2006_the_account_takes_what_the_employee_pays(day):
    assert in_force("employee_rate", day) == in_force("account_credit_rate", day) == {800}


@pytest.mark.parametrize("day", [date(2006, 1, 1), date(2026, 11, 21)])
def test_a_flexible_workers_rate_is_that_of_the_account_and_that_of_the_pool(day):
    (account,), (pool,) = in_force("employee_rate", day), in_force("flexible_pooled_rate", day)
    assert in_force("flexible_rate", day) == {account + pool}


def test_a_place_announces_floor_and_ceiling_for_the_same_days():
    floors, ceilings = (law().parameters[f"announced_base_{name}"].rows for name in ("floor", "ceiling"))
    days = {(r.places, r.since, r.until) for r in floors if r.value}
    assert {(r.places, r.since, r.until) for r in ceilings if r.value} <= days
    highest = {(r.places, r.since): r.value for r in ceilings if r.value}
    assert all(r.value < highest.get((r.places, r.since), r.value + 1) for r in floors)


def test_each_stretch_says_who_bears_it():
    answer = ask(read_document(LIFE), law())
    assert [row["value"] for row in answer.values["payer"].rows] == ["government", "employer_and_person", "person"]


def test_the_reasons_for_a_balance_say_what_was_paid_back():
    reasons = ask(read_document({**LIFE, "question": "pension.account", "mode": "estimate"}), law()).reasons
    assert "is_back_paid" in str(reasons)


@pytest.mark.parametrize("columns", [False, True])
def test_of_two_relations_that_go_on_the_one_that_keeps_the_months_says_who_pays(columns):
    other = {"scheme": "employee_pension", "place": "440300", "basis": "employee", "from": "2012-01", "to": None,
             "base": "4000.00"}  # fmt: skip
    facts = {**LIFE["facts"], "insurance": [*LIFE["facts"]["insurance"], other]}
    told = Life({**LIFE, "facts": facts}, law()).ask(["contribution_base", "paying_place"], columns=columns)
    assert told == {"contribution_base": "4000.00", "paying_place": "440300"}  # an employee's month before a flexible one
