"""What answers about work tell as a way, carried out and asked again: the employer owes, the contract stands."""

from __future__ import annotations

from typing import Any

from rulebook.lives import law
from wayfare.decisions import as_told, ask
from wayfare.facts import Document, read_document


def worker(question: str, **more: Any) -> Document:
    """Somebody who still works in Shanghai, paid 90 yuan below the minimum wage in May 2025, and means to resign."""
    job = {
        "place": "310115", "from": "2020-03-01", "to": None, "kind": "employee", "monthly_wage": "2600.00",
        "contract": {"kind": "none"}, "ended": {"how": "resignation"},
    }  # fmt: skip
    hours = {f"overtime_hours_{kind}": "0" for kind in ("workday", "rest_day", "holiday")}
    pay = {"month": "2025-05", "paid": "2600.00", "overtime_paid": "0.00", **hours}
    return read_document({"question": question, "on": "2025-06-10", "facts": {"work": [job | more], "pay": [pay]}})


def test_who_is_underpaid_may_leave_for_that_reason_and_is_then_owed_severance() -> None:
    document = worker("work.ending")
    before = ask(document, law())
    (way,) = before.changes
    after = ask(as_told(document, way.steps, law()), law())
    assert [before.values["ending_pays"].value, after.values["ending_pays"].value] == ["no", "yes"]
    assert after.values["ending_pay"].value == after.answer.value == "14795.00"


def test_who_is_paid_in_full_has_no_such_way_and_is_told_what_closes_it() -> None:
    document = worker("work.ending", monthly_wage="2600.00", to="2025-06-01")
    answer = ask(document, law())
    assert (answer.changes, answer.closed) == ((), True)
    assert answer.closed_by


def test_a_contract_that_is_signed_stands() -> None:
    document = worker("work.contract")
    (way,) = ask(document, law()).changes
    assert way.steps[0]["who"] == "employer"
    after = ask(as_told(document, way.steps, law()), law())
    assert after.values["has_written_contract"].value == "yes"
