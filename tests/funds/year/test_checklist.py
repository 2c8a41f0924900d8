"""Rules of the checklist: what must be right, what can be explained, what is only told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wayfare.funds.moves import KnownMove
from wayfare.funds.reports.ageing import OpenItem
from wayfare.funds.reports.trial_balance import Movement
from wayfare.funds.year.checklist import (
    BankState,
    MonthFacts,
    State,
    checklist,
    explained,
    refuse_stopped,
    rows_hash,
)
from wayfare.funds.year.errors import CloseStopped
from wayfare.kernel import Money, Month

FUND, JUNE, DECEMBER = "440000:employee_pension", Month("2024-06"), Month("2024-12")


def yuan(text):
    return Money.yuan(text)


def held(key, *, expires):
    return KnownMove(FUND, key, "510000:employee_pension", None, date(2024, 5, 1), expires, "open", None, yuan("9.00"))


ROWS = (
    Movement("account", yuan("10.00"), Money.ZERO, yuan("5.00"), 2),
    Movement("contribution_clearing:employer:E-1", yuan("-10.00"), yuan("5.00"), Money.ZERO),
)
RIGHT = MonthFacts(
    fund=FUND, month=JUNE, today=date(2024, 7, 3), closed_through=202405, first=202401, enrolled=2, charged=2,
    runs=("contributions:2024-06",), pensioners=1, payroll=True, open_items=(), banks=(), holds=(), rows=ROWS,
    running={"contribution_clearing:employer:E-1": yuan("-15.00"), "suspense": Money.ZERO}, interest="none", chain=7,
)  # fmt: skip


def item(name, **changes):
    return next(each for each in checklist(replace(RIGHT, **changes)) if each.name == name)


def test_a_month_with_everything_in_place_can_close():
    items = checklist(RIGHT)
    refuse_stopped(FUND, JUNE, items)
    assert {each.state for each in items} == {State.DONE, State.DOES_NOT_APPLY}
    assert [each.name for each in items if each.state is State.DOES_NOT_APPLY] == ["bank", "interest"]


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("earlier_months", {"closed_through": 202404}),
        ("trial_balance", {"running": {"contribution_clearing:employer:E-1": yuan("-14.99")}}),
        ("members", {"rows": (replace(ROWS[0], credits=yuan("5.01")), ROWS[1])}),
    ],
)
def test_what_must_be_right_stops_the_close_and_nobody_can_explain_it(name, changes):
    items = checklist(replace(RIGHT, **changes))
    with pytest.raises(CloseStopped, match=name):
        refuse_stopped(FUND, JUNE, items)
    with pytest.raises(CloseStopped, match="no open item that can be explained"):
        explained(items, {name: "it is late"})


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("contributions", {"runs": ()}),
        ("contributions", {"charged": 0}),
        ("payroll", {"payroll": False}),
        ("bank", {"banks": (BankState("bank:1", date(2024, 6, 30), 2, Money.ZERO),)}),
        ("bank", {"banks": (BankState("bank:1", date(2024, 6, 29), 0, Money.ZERO),)}),
        ("bank", {"banks": (BankState("bank:1", None, 0, Money.ZERO),)}),
        ("bank", {"banks": (BankState("bank:1", date(2024, 6, 30), 0, yuan("0.01")),)}),
        ("holds", {"holds": (held("move:1", expires=date(2024, 7, 3)),)}),
        ("interest", {"month": DECEMBER, "interest": "due", "closed_through": 202411}),
        ("chain", {"chain": None}),
    ],
)
def test_what_must_be_there_stops_the_close_until_the_officer_explains_it(name, changes):
    items = checklist(replace(RIGHT, **changes))
    with pytest.raises(CloseStopped, match=f"{name}: .*"):
        refuse_stopped(FUND, JUNE, items)
    done = explained(items, {name: " asked on 2 July "})
    refuse_stopped(FUND, JUNE, done)
    found = next(each for each in done if each.name == name)
    assert (found.state, found.explanation) == (State.EXPLAINED, "asked on 2 July")


def test_the_first_month_says_so_and_a_run_says_how_many_of_the_enrolled_it_charged():
    first = item("earlier_months", closed_through=0, first=202406)
    assert (first.state, first.found["zh"]) == (State.DONE, "此前没有记账，这是第一个要结账的月份。")
    late = item("earlier_months", closed_through=0)
    assert (late.state, late.found["en"]) == (State.OPEN, "No month is closed yet, and earlier ones are booked.")
    assert item("contributions", charged=1).found["en"].endswith("Charged: 1 of 2 people enrolled.")


def test_an_explanation_without_words_explains_nothing():
    with pytest.raises(CloseStopped):
        explained(checklist(replace(RIGHT, runs=())), {"contributions": " "})


def test_money_in_suspense_and_on_the_way_is_told_with_its_age_and_stops_nothing():
    open_items = (
        OpenItem("suspense", "", "payment:1", date(2024, 6, 1), yuan("3.00")),
        OpenItem("in_transit_out:510000:employee_pension", "510000", "relation:W-1", date(2024, 5, 31), yuan("8.00")),
    )
    suspense, transit = (item(name, open_items=open_items) for name in ("suspense", "in_transit"))
    assert (suspense.state, suspense.stops, suspense.found["en"]) == (
        State.OPEN, False, "1 open, 3.00 yuan, the oldest for 29 days.",
    )  # fmt: skip
    assert transit.found["zh"] == "在途1笔，8.00元，最久30天。" and not transit.stops
    assert transit.details == ("in_transit_out:510000:employee_pension relation:W-1 2024-05-31 30 d 8.00",)


def test_a_hold_that_runs_on_stops_nothing():
    holds = (
        held("move:1", expires=None),
        held("m", expires=date(2024, 7, 4)),
    )
    assert item("holds", holds=holds).state is State.DONE


def test_interest_whose_rate_is_not_known_explains_itself():
    why = {"en": "The rate is not yet announced.", "zh": "利率还没有公布。"}
    found = item("interest", month=DECEMBER, interest=why)
    assert (found.state, found.stops) == (State.EXPLAINED, False)
    assert found.found == {"en": "It waits: The rate is not yet announced.", "zh": "暂缓：利率还没有公布。"}


def test_nobody_enrolled_and_nobody_drawing_need_no_run():
    assert item("contributions", enrolled=0, runs=()).state is State.DOES_NOT_APPLY
    assert item("payroll", pensioners=0, payroll=False).state is State.DOES_NOT_APPLY


def test_the_first_month_of_a_book_has_none_before_it():
    assert item("earlier_months", closed_through=0, first=202406).state is State.DONE
    assert item("earlier_months", closed_through=0, first=202405).state is State.OPEN


def test_every_item_says_in_both_languages_why_it_stops_or_does_not():
    for each in checklist(RIGHT):
        assert all(each.why[to] and each.label[to] and each.found[to] for to in ("en", "zh"))


def test_the_hash_of_a_trial_balance_is_over_every_amount_in_any_order():
    assert rows_hash(ROWS) == rows_hash(reversed(ROWS))
    assert rows_hash(ROWS) != rows_hash((ROWS[0], replace(ROWS[1], debits=yuan("5.01"))))
