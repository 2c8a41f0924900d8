"""Moves between two funds by decision: prepared, confirmed, released or let go, each once, and floors by approval."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.funds_office import FUND, Office
from wayfare.app.funds.benefits import keep_decision
from wayfare.app.funds.close import read_checklist
from wayfare.app.funds.explaining import explain_batch
from wayfare.app.funds.floors import change_floor, read_floors
from wayfare.app.funds.moves import (
    confirm_move,
    expire_moves,
    list_moves,
    prepare_move,
    release_move,
    show_move,
)
from wayfare.app.funds.reports import read_ageing, reconcile
from wayfare.app.funds.run_month import post_month, prepare_month
from wayfare.app.sessions import at_work
from wayfare.funds.moves import Wanted
from wayfare.funds.moves.errors import MoveDiffersFromDecision, MoveIncomplete, ReceiverNotOpen
from wayfare.funds.reports.errors import NothingBooked
from wayfare.kernel import Money, Month
from wayfare.ledger import Approval
from wayfare.ledger.errors import FloorRefused, HoldExpired, HoldResolved, KeyReused, Overdrawn, UnknownHold
from wayfare.storage import Role
from wayfare.storage.errors import DecisionRefused
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.ledger_verify import verify_book

OTHER = "110000:employee_pension"
PAPER = Wanted("help-1", FUND, OTHER, "document:notice 9", 202407, pooled=100_000)
DECIDED = Wanted("relation:m3:1", FUND, OTHER, "D-1", 202406)
PREPARED, UNTIL, DAY = date(2024, 7, 20), date(2024, 8, 20), date(2024, 7, 31)
APPROVAL = Approval(DAY, "notice 11", "Finance bureau", "contributions come late")
FACTS = json.loads((Path(__file__).parents[2] / "examples" / "funds" / "transfer.json").read_text(encoding="utf-8"))


@pytest.fixture
def funds(database, law, tmp_path: Path) -> Office:
    """Shanghai's pool holds 3734.40 yuan of June, m3's account there 584.80; Beijing's book has a month too."""
    office = Office(database, law, tmp_path)
    office.stock()
    post_month(database, prepare_month(database, law, FUND, Month("2024-06")))
    beijing = Office(database, law, tmp_path, fund=OTHER)
    for kind, text in (
        ("employers", "id,name\nB1,Tea house\n"),
        ("enrolments", "member,employer,basis,from,to\nb1,B1,employee,2024-01,\n"),
        ("wages", "member,month,wage\nb1,2024-07,9000.00\n"),
    ):
        assert not beijing.take(kind, text).problems
    post_month(database, prepare_month(database, law, OTHER, Month("2024-07")))
    return office


def decide(office: Office, identity: str = "D-1", *, on: str = "2024-07-15", replaces: str | None = None) -> None:
    facts = json.loads(json.dumps(FACTS))
    facts["on"], facts["facts"]["person"]["id"], facts["facts"]["insurance"][0]["base"] = on, "m3", "7310.00"
    keep_decision(office.database, office.law, facts, "pension.transfer", identity=identity, replaces=replaces)


def balances(office: Office, fund: str, *names: str) -> list[str]:
    with at_work(office.database, Role.POSTER, "a test") as session:
        return [str(LedgerStore(session.connection).balance(fund, name)) for name in names]


def test_a_move_by_decision_moves_what_the_decision_says_and_its_batches_lead_to_it(funds: Office) -> None:
    decide(funds)
    before = balances(funds, FUND, "pooled_fund") + balances(funds, OTHER, "pooled_fund")
    found = prepare_move(funds.database, DECIDED, on=PREPARED, expires=UNTIL)
    assert [(part.leaves, part.fen) for part in found.move.parts] == [("account:m3", 58_480), ("pooled_fund", 87_720)]
    assert confirm_move(funds.database, FUND, DECIDED.key, on=DAY).fresh
    assert balances(funds, FUND, "account:m3", f"in_transit_out:{OTHER}") == ["0.00", "1462.00"]
    assert balances(funds, OTHER, "account:m3", f"in_transit_in:{FUND}") == ["584.80", "-1462.00"]
    after = balances(funds, FUND, "pooled_fund") + balances(funds, OTHER, "pooled_fund")
    assert [Money.yuan(b) - Money.yuan(a) for a, b in zip(before, after, strict=True)] == [
        Money.yuan("-877.20"), Money.yuan("877.20")
    ]  # fmt: skip
    for fund, phase in ((FUND, "sent"), (OTHER, "received")):
        batch = explain_batch(funds.database, funds.law, fund, f"{DECIDED.key}:{phase}")
        assert (batch.ground.kind, batch.ground.document["question"]) == ("decision", "pension.transfer")
        with at_work(funds.database, Role.POSTER, "a test") as session:
            verify_book(session.connection, fund)
    assert not read_ageing(funds.database, FUND, DAY).items
    assert reconcile(funds.database, FUND, DAY).agrees


def test_every_step_given_again_changes_nothing_also_on_another_day(funds: Office) -> None:
    assert prepare_move(funds.database, PAPER, on=PREPARED).fresh
    assert not prepare_move(funds.database, PAPER, on=PREPARED).fresh
    assert confirm_move(funds.database, FUND, "help-1", on=DAY).fresh
    again = confirm_move(funds.database, FUND, "help-1", on=date(2024, 8, 9))
    assert (again.fresh, again.known.confirmed) == (False, DAY)
    assert balances(funds, FUND, f"in_transit_out:{OTHER}") == ["1000.00"]
    with pytest.raises(HoldResolved, match="was confirmed before"):
        release_move(funds.database, FUND, "help-1")


def test_what_was_released_or_let_go_is_free_again_and_cannot_be_confirmed(funds: Office) -> None:
    prepare_move(funds.database, PAPER, on=PREPARED)
    assert release_move(funds.database, FUND, "help-1").accounts[0].set_aside == Money.ZERO
    assert not release_move(funds.database, FUND, "help-1").fresh
    with pytest.raises(HoldResolved, match="was released before"):
        confirm_move(funds.database, FUND, "help-1", on=DAY)
    prepare_move(funds.database, replace(PAPER, key="help-2"), on=PREPARED, expires=DAY)
    with pytest.raises(HoldExpired, match="expired before"):
        confirm_move(funds.database, FUND, "help-2", on=DAY)
    assert expire_moves(funds.database, None, on=date(2024, 7, 30)) == []
    assert [(each.fund, each.moves[0].key) for each in expire_moves(funds.database, None, on=DAY)] == [(FUND, "help-2")]
    assert expire_moves(funds.database, None, on=DAY) == []


def test_a_preview_shows_what_would_be_and_leaves_everything_as_it_was(funds: Office) -> None:
    seen = prepare_move(funds.database, PAPER, on=PREPARED, preview=True)
    assert (seen.fresh, str(seen.accounts[0].set_aside)) == (True, "1000.00")
    assert list_moves(funds.database, FUND, on=DAY) == []
    prepare_move(funds.database, PAPER, on=PREPARED, expires=DAY)
    assert [each.fund for each in expire_moves(funds.database, FUND, on=DAY, preview=True)] == [FUND]
    confirm_move(funds.database, FUND, "help-1", on=PREPARED, preview=True)
    release_move(funds.database, FUND, "help-1", preview=True)
    (known,) = list_moves(funds.database, FUND, on=DAY)
    assert known.is_open


def test_a_move_that_could_not_arrive_says_nothing_or_differs_from_its_decision_is_refused(funds: Office) -> None:
    decide(funds)
    refused = [
        (replace(PAPER, receiver="120000:employee_pension"), ReceiverNotOpen, "no book of 120000"),
        (replace(PAPER, pooled=None), MoveIncomplete, "moves nothing"),
        (replace(PAPER, own=500), MoveIncomplete, "says not whose"),
        (replace(DECIDED, pooled=87_719), MoveDiffersFromDecision, "gives 877.20 yuan as pooled_transfer, .* 877.19"),
        (replace(DECIDED, member="m1"), MoveDiffersFromDecision, "a decision about m3, the move about m1"),
        (replace(DECIDED, ground="D-9"), DecisionRefused, "No decision D-9"),
        (replace(PAPER, own=500, member="m9"), NothingBooked, "has no account account:m9"),
        (replace(PAPER, pooled=9_999_999), Overdrawn, "pooled_fund"),
    ]
    for wanted, error, said in refused:
        with pytest.raises(error, match=said):
            prepare_move(funds.database, wanted, on=PREPARED)
    assert list_moves(funds.database, FUND, on=DAY) == []
    with pytest.raises(UnknownHold):
        confirm_move(funds.database, FUND, "help-1", on=DAY)


def test_a_decision_that_was_replaced_moves_nothing(funds: Office) -> None:
    decide(funds)
    decide(funds, "D-2", on="2024-07-18", replaces="D-1")
    with pytest.raises(MoveDiffersFromDecision, match="D-1 was replaced by D-2"):
        prepare_move(funds.database, DECIDED, on=PREPARED)


def test_both_funds_the_ageing_and_the_checklist_show_what_waits_until_it_moves(funds: Office) -> None:
    prepare_move(funds.database, PAPER, on=PREPARED, expires=DAY)
    for fund in (FUND, OTHER):
        (known,) = read_ageing(funds.database, fund, DAY).set_aside
        assert (known.key, known.days(DAY), known.has_expired(DAY)) == ("help-1", 11, True)
        assert reconcile(funds.database, fund, DAY).set_aside == (known,)
    items = {
        fund: next(
            item for item in read_checklist(
                funds.database, funds.law, fund, Month("2024-07"), today=DAY, read_back=False
            ).items if item["item"] == "holds"
        )
        for fund in (FUND, OTHER)
    }  # fmt: skip
    assert (items[FUND]["state"], items[OTHER]["state"]) == ("open", "done")
    assert "1000.00" in items[FUND]["details"][0] and OTHER in items[FUND]["details"][0]
    confirm_move(funds.database, FUND, "help-1", on=date(2024, 7, 25))
    assert read_ageing(funds.database, FUND, date(2024, 7, 24)).set_aside[0].confirmed == date(2024, 7, 25)
    assert read_ageing(funds.database, FUND, date(2024, 7, 25)).set_aside == ()


def test_one_move_is_shown_with_the_paper_it_rests_on(funds: Office) -> None:
    prepare_move(funds.database, PAPER, on=PREPARED)
    told = show_move(funds.database, funds.law, FUND, "help-1").as_document(DAY)
    assert told["rests_on"] == {"kind": "document", "id": "notice 9"} and told["batches"] == []
    assert (told["parts"][0]["amount"], told["days"], told["state"]) == ("1000.00", 11, "open")


def test_a_floor_changes_by_its_approval_once_and_the_batch_leads_to_it(funds: Office) -> None:
    seen = change_floor(funds.database, FUND, "pooled_fund", -100_000, APPROVAL, preview=True)
    assert (seen.before.floor, seen.after.floor) == (Money.ZERO, Money.yuan("-1000.00"))
    assert read_floors(funds.database, FUND).approvals == ()
    assert change_floor(funds.database, FUND, "pooled_fund", -100_000, APPROVAL).posted.fresh
    assert not change_floor(funds.database, FUND, "pooled_fund", -100_000, APPROVAL).posted.fresh
    found = read_floors(funds.database, FUND)
    assert [str(each.floor) for each in found.accounts if each.account == "pooled_fund"] == ["-1000.00"]
    batch = explain_batch(funds.database, funds.law, FUND, found.approvals[0].key)
    assert (batch.ground.kind, batch.ground.document["by"]) == ("approval", "Finance bureau")
    prepare_move(funds.database, replace(PAPER, pooled=470_000), on=PREPARED)


def test_a_floor_that_cannot_be_is_refused_with_what_to_do(funds: Office) -> None:
    change_floor(funds.database, FUND, "pooled_fund", -100_000, APPROVAL)
    with pytest.raises(KeyReused, match="notice 11 was booked in 310000:employee_pension"):
        change_floor(funds.database, FUND, "pooled_fund", None, APPROVAL)
    with pytest.raises(FloorRefused, match="holds less than the floor"):
        change_floor(funds.database, FUND, "pooled_fund", 9_999_999, replace(APPROVAL, document="notice 12"))
    with pytest.raises(NothingBooked, match="has no account reserve"):
        change_floor(funds.database, FUND, "reserve", 0, APPROVAL)
