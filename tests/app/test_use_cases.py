"""Each use case carries out what was decided, once; given again it changes nothing, cut off it is completed."""

from __future__ import annotations

from datetime import date

import pytest

from scenarios.told_lives import life, paid
from wayfare.app import move_relation
from wayfare.app.credit_interest import correction_batch, credit_interest
from wayfare.app.decide import decide
from wayfare.app.move_relation import Days, move_relations
from wayfare.app.post_contributions import contribution_batch, subsidy_batch
from wayfare.app.posting import post
from wayfare.app.register_person import pool_provinces, register_people
from wayfare.app.sessions import at_work
from wayfare.kernel import Money, Place
from wayfare.ledger.errors import KeyReused
from wayfare.scenarios import Stretch
from wayfare.settlement import RelationMove
from wayfare.storage import Role
from wayfare.storage.decision_store import list_decisions, load
from wayfare.storage.errors import DecisionRefused
from wayfare.storage.fund_store import fund_of
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.registry_store import list_people

SHANGHAI, HENAN = "310000:employee_pension", "410000:employee_pension"
MEMBERS = ("p1", "p2")
STRETCHES = (
    Stretch(0, Place("310000"), 2004, 200403, 10, False, 20_400, account_by_employer=3_600, account_by_person=9_600),
    Stretch(1, Place("310000"), 2004, 200401, 12, True, 12_000, account_by_employer=0, account_by_person=8_000),
)
DAYS = Days(date(2011, 1, 4), date(2011, 1, 14), date(2011, 1, 24))
MOVE = RelationMove("relation:p1:2011:310000", SHANGHAI, HENAN, "p1", Money.fen(14_400), Money.fen(13_200), 200403, 10)
TOLD = life(paid("310000", "2004-03", "2015-01"))


def poster(database):
    return at_work(database, Role.POSTER, "a test")


def balances(database, fund: str) -> dict[str, int]:
    with poster(database) as session:
        return {name: each.amount_fen for name, each in LedgerStore(session.connection).trial_balance(fund).items()}


@pytest.fixture
def paid_in(database):
    with poster(database) as session:
        post(session, [contribution_batch(SHANGHAI, 2004, STRETCHES, MEMBERS)])
    return database


def test_people_are_registered_once(database):
    assert register_people(database, [TOLD]) == 1
    assert register_people(database, [TOLD]) == 0
    with at_work(database, Role.OFFICER, "a test") as session:
        assert [person for person, _ in list_people(session)] == ["p1"]


def test_every_county_of_a_province_belongs_to_its_pool(database):
    for _ in range(2):
        pool_provinces(database, [Place("310000")], "employee_pension", since=date(1998, 1, 1))
    with at_work(database, Role.OFFICER, "a test") as session:
        assert fund_of(session, "310115", "employee_pension", month=date(2020, 5, 1)) == SHANGHAI
        assert fund_of(session, "310115", "employee_pension", month=date(1997, 5, 1)) is None


def test_contributions_are_paid_by_way_of_the_bank_and_lie_in_pool_and_accounts(paid_in):
    assert balances(paid_in, SHANGHAI) == {
        "pooled_fund": 32_400, "account:p1": 13_200, "account:p2": 8_000, "bank:income": -53_600,
        "contribution_clearing:employer:employers": 0, "contribution_clearing:person": 0,
    }  # fmt: skip


def test_a_contribution_says_for_which_months_and_whom_it_is(paid_in):
    with poster(paid_in) as session:
        lines = LedgerStore(session.connection).member_statement("p1")
    assert {(line.effective_from, line.effective_months) for line in lines} == {(200403, 10)}
    assert sum(line.amount.amount_fen for line in lines) == 20_400 + 13_200


def test_contributions_given_again_change_nothing_and_other_ones_are_refused(paid_in):
    with poster(paid_in) as session:
        (again,) = post(session, [contribution_batch(SHANGHAI, 2004, STRETCHES, MEMBERS)])
        assert not again.posted.fresh
    with pytest.raises(KeyReused), poster(paid_in) as session:
        post(session, [contribution_batch(SHANGHAI, 2004, STRETCHES[:1], MEMBERS)])


def test_interest_comes_out_of_the_pool_and_government_pays_what_it_lacks(paid_in):
    for fresh in (True, False):
        with poster(paid_in) as session:
            booked = credit_interest(session, SHANGHAI, 2004, {"p1": 30_000, "p2": 5_000}, subsidy=2_600)
        assert [each.posted.fresh for each in booked] == [fresh, fresh]
    held = balances(paid_in, SHANGHAI)
    assert (held["pooled_fund"], held["account:p1"], held["bank:treasury"]) == (0, 43_200, -2_600)
    assert sum(held.values()) == 0


def test_a_correction_lifts_the_account_out_of_the_pool(paid_in):
    with poster(paid_in) as session:
        post(session, [correction_batch(SHANGHAI, date(2011, 1, 1), {"p2": 700})])
    held = balances(paid_in, SHANGHAI)
    assert (held["pooled_fund"], held["account:p2"]) == (31_700, 8_700)


def test_a_subsidy_has_the_year_and_what_it_is_for_in_its_key():
    assert subsidy_batch(SHANGHAI, date(2011, 1, 1), 5, what="moves").key == "subsidy:moves:2011"


def test_a_relation_moves_with_its_months_and_all_its_money(paid_in):
    booked = move_relations(paid_in, [MOVE], DAYS)
    assert [(each.batch.fund, each.batch.key, each.batch.on.day) for each in booked] == [
        (SHANGHAI, "relation:p1:2011:310000:sent", 14), (HENAN, "relation:p1:2011:310000:received", 24),
    ]  # fmt: skip
    left, arrived = balances(paid_in, SHANGHAI), balances(paid_in, HENAN)
    assert (left["pooled_fund"], left["account:p1"], left[f"in_transit_out:{HENAN}"]) == (18_000, 0, 27_600)
    assert arrived == {"pooled_fund": 14_400, "account:p1": 13_200, "in_transit_in:310000:employee_pension": -27_600}
    with poster(paid_in) as session:
        lines = LedgerStore(session.connection).member_statement("p1")
    assert {(line.effective_from, line.effective_months) for line in lines if line.fund == HENAN} == {(200403, 10)}


def test_a_relation_moves_once(paid_in):
    move_relations(paid_in, [MOVE], DAYS)
    before = balances(paid_in, SHANGHAI), balances(paid_in, HENAN)
    assert [each.posted.fresh for each in move_relations(paid_in, [MOVE], DAYS)] == [False, False]
    assert (balances(paid_in, SHANGHAI), balances(paid_in, HENAN)) == before


@pytest.mark.parametrize("phase", ["_set_aside", "_send", "_receive"])
def test_a_move_cut_off_in_any_phase_is_completed_by_the_next_run(paid_in, monkeypatch, phase):
    with monkeypatch.context() as cut:
        cut.setattr(move_relation, phase, lambda case, days: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            move_relations(paid_in, [MOVE], DAYS)
    if phase == "_receive":
        assert balances(paid_in, SHANGHAI)[f"in_transit_out:{HENAN}"] == 27_600
        assert balances(paid_in, HENAN) == {}
    move_relations(paid_in, [MOVE], DAYS)
    assert balances(paid_in, HENAN)["account:p1"] == 13_200
    assert balances(paid_in, SHANGHAI)["pooled_fund"] == 18_000


def test_a_decision_is_kept_once_with_its_reasons_and_the_facts(database, law):
    register_people(database, [TOLD])
    asked = TOLD.model_copy(update={"question": "pension.place"})
    assert [decide(database, asked, law, identity="place:p1")[1] for _ in range(2)] == [True, False]
    with at_work(database, Role.OFFICER, "a test") as session:
        assert len(list_decisions(session, "p1")) == 1
        kept = load(session, "place:p1")
    assert kept.document["reasons"] and kept.document["answer"]["value"] == "310000"
    assert kept.facts == asked.as_document()


def test_the_identity_of_another_persons_decision_is_refused(database, law):
    other = life(paid("410000", "2004-03", "2015-01"), person="p2")
    register_people(database, [TOLD, other])
    decide(database, TOLD, law, identity="one")
    with pytest.raises(DecisionRefused):
        decide(database, other, law, identity="one")
