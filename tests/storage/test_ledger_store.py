"""Rules of the stored books: who may write them and how, what is read back, and that a change is found."""

from __future__ import annotations

import json
import os
import random
import signal
import threading
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import numpy as np
import psycopg
import pytest

from wayfare.kernel.money import Money
from wayfare.ledger import CONFIRMED, Batch, Hold, account_number, account_numbers, interest_batch, reversal
from wayfare.ledger.errors import (
    AppendOnly,
    BookDiffers,
    FundOutOfView,
    KeyReused,
    NotSealed,
    Overdrawn,
    UnknownAccount,
    UnknownHold,
)
from wayfare.settlement import PlaceHold, PostBatch, RelationMove, accept, prepare, receiver_gets, sender_gets
from wayfare.storage import Role, Viewer, open_database
from wayfare.storage.keeper import recorded_pid
from wayfare.storage.ledger_store import LedgerStore, refusals_of_the_books
from wayfare.storage.ledger_verify import verify_book

GUANGDONG, SICHUAN = "440000:employee_pension", "510000:employee_pension"
DAY = date(2024, 6, 30)
MANY = 60_000


class Somewhere:
    """A place by its code."""

    def __init__(self, code):
        self.code = code


def viewer(scope=None, role=Role.POSTER):
    return Viewer(name="month end", role=role, scope=Somewhere(scope) if scope else None, purpose="a test")


def contribution(fund=GUANGDONG, *, key="contributions:2024-06", on=DAY, members=("W-104", "W-105"), amount=200):
    """The employers' share to the pool and the persons' share to their accounts, one row of each a member."""
    batch = Batch(fund, on, key, decision="D-2024-000318")
    for account in ("pooled_fund", "outside:employers", "outside:persons"):
        batch.open(account)
    for member in members:
        batch.open(f"account:{member}")
        batch.move(debit="outside:employers", credit="pooled_fund", amount=2 * amount, member=f"account:{member}")
        batch.move(debit="outside:persons", credit=f"account:{member}", amount=amount)
    return batch.seal()


def payment(key="payment", *, amount=1, on=DAY):
    batch = Batch(GUANGDONG, on, key)
    batch.open("payable:W-1")
    batch.move(debit="pooled_fund", credit="payable:W-1", amount=amount)
    return batch.seal()


@pytest.fixture
def do(database):
    """Call a method of the store in a session of its own."""

    def call(name, *values, scope=None, **more):
        with database.session(viewer=viewer(scope)) as session:
            return getattr(LedgerStore(session.connection), name)(*values, **more)

    return call


# ---------------------------------------------------------------- reading back


def test_a_batch_is_read_back_as_it_was_posted(do):
    one = contribution()
    do("post", one)
    again = do("batch", GUANGDONG, one.key)
    assert (again.content, again.rows.tobytes(), again.opens) == (one.content, one.rows.tobytes(), one.opens)
    assert again.names[account_number("account:W-105")] == "account:W-105"
    assert do("batch", GUANGDONG, "another") is None


def test_a_stored_batch_can_be_reversed_from_what_is_stored(do):
    do("post", contribution())
    do("post", reversal(do("batch", GUANGDONG, "contributions:2024-06"), key="back", on=DAY))
    assert set(do("trial_balance", GUANGDONG).values()) == {Money.ZERO}


def test_a_fund_s_book_is_read_in_pages(do):
    do("post", contribution())
    do("post", payment())
    first = do("page", GUANGDONG, limit=3)
    rest = do("page", GUANGDONG, after=(first[-1].batch, first[-1].line))
    assert [(line.batch, line.line) for line in first + rest] == [(1, 0), (1, 1), (1, 2), (1, 3), (2, 0)]
    assert (rest[-1].debit, rest[-1].credit, rest[-1].amount, rest[-1].on) == (
        "pooled_fund", "payable:W-1", Money.fen(1), DAY,
    )  # fmt: skip
    assert first[0].decision == "D-2024-000318"


def test_a_member_s_statement_runs_over_all_funds_and_the_look_is_recorded(do, database):
    do("post", contribution())
    do("post", contribution(SICHUAN, key="contributions:2024-05", on=date(2024, 5, 31), members=("W-104",)))
    lines = do("member_statement", "W-104")
    assert [(line.fund, line.credit) for line in lines] == [
        (SICHUAN, "pooled_fund"), (SICHUAN, "account:W-104"), (GUANGDONG, "pooled_fund"), (GUANGDONG, "account:W-104"),
    ]  # fmt: skip
    assert {line.member for line in lines} == {"account:W-104"}
    assert do("member_balances", "W-104") == {GUANGDONG: Money.fen(200), SICHUAN: Money.fen(200)}
    with database.session(viewer=viewer(role=Role.OFFICER)) as session:
        looks = session.connection.execute("select person, subject, found, viewer from access_record").fetchall()
    assert looks == [("W-104", "account", True, "month end")]


def test_a_viewer_sees_the_books_of_their_places_only(do, database):
    do("post", contribution())
    do("post", contribution(SICHUAN))
    with database.session(viewer=viewer("510000", Role.OFFICER)) as session:
        store = LedgerStore(session.connection)
        assert store.page(GUANGDONG) == []
        assert store.trial_balance(GUANGDONG) == {}
        assert len(store.page(SICHUAN)) == 4
        assert {line.fund for line in store.member_statement("W-104")} == {SICHUAN}


def test_balances_at_the_end_of_a_month_come_from_snapshot_and_rows(do):
    for year in (2022, 2023, 2024):
        do("post", contribution(key=f"contributions:{year}", on=date(year, 12, 31)))
    before = [do("trial_balance", GUANGDONG, month) for month in (202212, 202312, 202412)]
    assert do("close", GUANGDONG, 202401) is True
    assert do("close", GUANGDONG, 202312) is False
    assert [do("trial_balance", GUANGDONG, month) for month in (202212, 202312, 202412)] == before
    assert do("balance", GUANGDONG, "account:W-104") == Money.fen(600)
    assert do("totals") == {GUANGDONG: (3, 12, 3600)}


def test_a_year_s_interest_is_paid_out_of_the_pool(do):
    do("post", contribution())
    members = account_numbers(["account:W-104", "account:W-105"])
    do("post", interest_batch(GUANGDONG, year=2024, accounts=members, interest=np.array([3, 4]), total=8))
    assert do("balance", GUANGDONG, "pooled_fund") == Money.fen(792)
    assert do("balance", GUANGDONG, "rounding") == Money.fen(1)


def test_a_balance_of_an_unknown_account_or_hold_is_no_zero(do):
    with pytest.raises(UnknownAccount):
        do("balance", GUANGDONG, "pooled_fund")
    with pytest.raises(UnknownHold):
        do("hold_state", GUANGDONG, "h")


def test_sixty_thousand_rows_as_columns_are_posted_and_verified(do, database):
    batch = many("run", opens=True)
    posted = do("post", batch)
    assert do("balance", GUANGDONG, "outside:persons") == Money.fen(-batch.amount)
    with database.session(viewer=viewer()) as session:
        verified = verify_book(session.connection, GUANGDONG)
    assert (verified.batches, verified.transfers, verified.head) == (1, MANY, posted.link)


def many(key, *, opens=False):
    names = [f"account:{number}" for number in range(MANY)]
    batch = Batch(GUANGDONG, DAY, key)
    batch.open("outside:persons")
    if opens:
        for name in names:
            batch.open(name)
    batch.move_columns(
        debit=account_number("outside:persons"), credit=account_numbers(names), amount=np.arange(1, MANY + 1)
    )
    return batch.seal()


def test_an_unknown_member_among_many_is_refused(do):
    with pytest.raises(UnknownAccount):
        do("post", many("run"))


# ---------------------------------------------------------------- who may write, and how


FORBIDDEN = [
    "update ledger.transfer set amount = 1",
    "delete from ledger.transfer",
    "truncate ledger.transfer",
    "update ledger.control_balance set posted = 0",
    "update ledger.fund set head = '\\x00'",
    "delete from ledger.seal",
    "insert into ledger.seal values (1, 2, 0, 0, '\\x00')",
    "insert into ledger.batch (fund, number, key, posted_on, opens, floors, content)"
    " values (1, 9, 'x', now(), '{}', '{}', '')",
    "insert into ledger.account values (1, 5, 'account:x', null, 1)",
    "insert into ledger.hold_end (fund, key, state) values (1, 'h', 'released')",
    "insert into ledger.transfer (fund, line, debit, credit, amount, subject, effective_from, effective_months)"
    " values (1, 9, -1, -2, 5, 0, 202406, 1)",
    "insert into ledger.transfer (batch, line, debit, credit, amount, subject, effective_from, effective_months)"
    " values (1, 9, -1, -2, 5, 0, 202406, 1)",
    "insert into ledger.transfer_2024 (line, debit, credit, amount, subject, effective_from, effective_months)"
    " values (9, -1, -2, 5, 0, 202406, 1)",
    "insert into ledger.transfer_shared (fund, period, batch, line, debit, credit, amount, subject, effective_from,"
    " effective_months) values (1, 202406, 1, 9, -1, -2, 5, 0, 202406, 1)",
    "insert into ledger.hold (fund, key, placed_on, content) values (1, 'h', now(), '')",
    "insert into ledger.hold_line (fund, key, account, amount) values (1, 'h', -1, 5)",
    "alter table ledger.transfer disable trigger all",
    "select ledger.end_hold(1, 'h', 'released', null)",
    "select ledger.open_accounts(1, 1, array['account:x'], array[0])",
    "select ledger.add_year(1990)",
]  # fmt: skip


@pytest.mark.parametrize("role", [Role.POSTER, Role.OFFICER, Role.READER])
def test_the_roles_of_the_application_write_by_the_functions_only(do, database, role):
    do("post", contribution())
    with database.session(viewer=viewer(role=role)) as session:
        for statement in FORBIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege), session.connection.transaction():
                session.connection.execute(statement)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.READER])
def test_only_a_poster_posts(database, role):
    with pytest.raises(psycopg.errors.InsufficientPrivilege), database.session(viewer=viewer(role=role)) as session:
        LedgerStore(session.connection).post(contribution())


def test_a_poster_of_one_place_cannot_post_to_a_fund_of_another(do):
    with pytest.raises(FundOutOfView, match="WF-LED-016  440000:employee_pension is not among the places"):
        do("post", contribution(), scope="510000")
    assert do("post", contribution(SICHUAN), scope="510000").fresh


ROW = (
    "insert into ledger.transfer (line, debit, credit, amount, subject, effective_from, effective_months)"
    " values (9, -1, -2, 5, 0, 202406, 1)"
)


def test_a_row_outside_any_batch_is_refused(database):
    refused = pytest.raises(psycopg.errors.CheckViolation, match="no partition")
    with refused, database.session(viewer=viewer()) as session:
        session.connection.execute(ROW)


def test_a_row_for_a_batch_that_is_sealed_is_refused(do, database):
    do("post", contribution())
    with pytest.raises(NotSealed), database.session(viewer=viewer()) as session, refusals_of_the_books(GUANGDONG, "x"):
        session.connection.execute(
            "select set_config('ledger.fund', fund::text, true), set_config('ledger.batch', '1', true),"
            " set_config('ledger.period', '202406', true) from ledger.fund"
        )
        session.connection.execute(ROW)


def open_by_hand(connection, key="by hand"):
    return connection.execute(
        "select fund, number from ledger.open_batch(%s, %s, %s, %s, null, null, null, '{}', '{}')",
        (GUANGDONG, key, DAY, bytes(32)),
    ).fetchone()


FORGED = """
    insert into ledger.transfer (line, debit, credit, amount, subject, effective_from, effective_months)
    select 90 + n, %(debit)s, %(credit)s, 5, 0, 202406, 1 from (
        select n, set_config('ledger.batch', case n when 1 then '1' else %(batch)s end, true)
        from generate_series(1, 2) as n offset 0) as forged
"""


def test_a_row_put_under_a_sealed_batch_in_the_midst_of_a_statement_is_refused(do, database):
    do("post", contribution())
    with (
        pytest.raises(NotSealed, match="rows were written beside batch by hand"),
        refusals_of_the_books(GUANGDONG, "by hand"),
        database.session(viewer=viewer()) as session,
    ):
        fund, number = open_by_hand(session.connection)
        numbers = {"debit": account_number("pooled_fund"), "credit": account_number("outside:persons")}
        session.connection.execute(FORGED, {"batch": str(number), **numbers})
        session.connection.execute("select ledger.seal_batch(%s, %s, 1, 5)", (fund, number))


OPENED_AMIDST = """
    insert into ledger.transfer (line, debit, credit, amount, subject, effective_from, effective_months)
    select 90 + n, %(debit)s, %(credit)s, 5, 0, 202406, 1 from (
        select n, case n when 2 then (
          select number from ledger.open_batch(
            %(fund)s, 'amidst', '2024-06-30', sha256(''), null, null, null, '{}', '{}')
          ) end from generate_series(1, 2) as n offset 0) as forged
"""


def test_a_row_put_under_a_sealed_batch_by_the_statement_that_opens_the_next_is_refused(do, database):
    do("post", contribution())
    with (
        pytest.raises(NotSealed, match="rows are written into an open batch"),
        refusals_of_the_books(GUANGDONG, "amidst"),
        database.session(viewer=viewer()) as session,
    ):
        session.connection.execute(
            "select set_config('ledger.fund', fund::text, true), set_config('ledger.batch', '1', true),"
            " set_config('ledger.period', '202406', true) from ledger.fund"
        )
        numbers = {"debit": account_number("pooled_fund"), "credit": account_number("outside:persons")}
        session.connection.execute(OPENED_AMIDST, {"fund": GUANGDONG, **numbers})
        session.connection.execute("select ledger.seal_batch(1, 2, 1, 5)")


def test_a_batch_without_its_seal_cannot_be_committed(do, database):
    do("post", contribution())
    with (
        pytest.raises(NotSealed, match="WF-LED-013  batch by hand was not sealed"),
        refusals_of_the_books(GUANGDONG, "by hand"),
        database.session(viewer=viewer()) as session,
    ):
        open_by_hand(session.connection)
    assert do("page", GUANGDONG, after=(1, 99)) == []


def test_a_seal_that_states_other_totals_is_refused(do, database):
    do("post", contribution())
    with (
        pytest.raises(NotSealed, match="has 0 rows of 0, not 1 of 5"),
        refusals_of_the_books(GUANGDONG, "by hand"),
        database.session(viewer=viewer()) as session,
    ):
        session.connection.execute("select ledger.seal_batch(%s, %s, 1, 5)", open_by_hand(session.connection))


def test_a_batch_is_sealed_in_the_transaction_that_opened_it(do, database):
    do("post", contribution())
    with (
        pytest.raises(NotSealed, match="is not open here"),
        refusals_of_the_books(GUANGDONG, "k"),
        database.session(viewer=viewer()) as session,
    ):
        session.connection.execute("select ledger.seal_batch(fund, 1, 4, 1200) from ledger.fund")


TABLES = ["batch", "seal", "account", "transfer", "transfer_2024", "snapshot", "hold", "hold_line", "hold_end"]


@pytest.mark.parametrize("change", ["delete from {}", "update {} set fund = 1", "truncate {} cascade"])
def test_the_books_are_append_only_for_the_owner_too(do, database, change):
    do("post", contribution())
    with database.connect() as connection:
        for table in TABLES:
            with (
                pytest.raises(AppendOnly, match=r"WF-LED-014  The books are append-only: (DELETE|UPDATE|TRUNCATE) on"),
                refusals_of_the_books(GUANGDONG, "x"),
                connection.transaction(),
            ):
                connection.execute(change.format(f"ledger.{table}"))


@pytest.mark.parametrize("change", ["delete from ledger.fund", "truncate ledger.fund cascade"])
def test_a_fund_is_never_removed(do, database, change):
    do("post", contribution())
    with database.connect() as connection, pytest.raises(AppendOnly), refusals_of_the_books(GUANGDONG, "x"):
        connection.execute(change)


# ---------------------------------------------------------------- tampering

TAMPERED = {
    "one fen of a row": ("update ledger.transfer set amount = amount + 1 where batch = 2", "Batch 2 (payment)"),
    "the months of a row": ("update ledger.transfer set effective_from = 202405 where batch = 2", "Batch 2"),
    "the booking month of a row": ("update ledger.transfer set period = 202405 where batch = 2", "Batch 2"),
    "a row taken out": ("delete from ledger.transfer where batch = 1 and line = 0", "Batch 1"),
    "a row added": (
        "insert into ledger.transfer select fund, period, batch, 77, debit, credit, amount, subject, effective_from, 1"
        " from ledger.transfer where batch = 2",
        "Batch 2",
    ),
    "a row of no batch": (
        "insert into ledger.transfer select fund, period, 77, line, debit, credit, amount, subject, effective_from, 1"
        " from ledger.transfer where batch = 2",
        "batch 77, which was never posted",
    ),
    "the decision of a batch": ("update ledger.batch set decision = 'D-2' where number = 1", "Batch 1"),
    "the day of a batch": ("update ledger.batch set posted_on = posted_on - 1 where number = 3", "Batch 3"),
    "a content to fit": ("update ledger.batch set content = sha256('x') where number = 2", "Batch 2"),
    "a link": ("update ledger.seal set link = sha256('x') where number = 2", "Batch 2 (payment)"),
    "a total": ("update ledger.seal set amount = amount + 1 where number = 3", "Batch 3"),
    "a seal of no batch": (
        "insert into ledger.seal select fund, 77, lines, amount, link from ledger.seal where number = 2",
        "a seal without a batch",
    ),
    "a floor": ("update ledger.account set floor = -5 where name = 'pooled_fund'", "an account"),
    "a floor in use": ("update ledger.control_balance set floor = -5 where floor = 0", "a running balance"),
    "a balance": ("update ledger.control_balance set posted = posted + 1", "a running balance"),
    "what is held": ("update ledger.control_balance set reserved = reserved + 1", "held on it"),
    "a snapshot": ("update ledger.snapshot set balance = balance + 1", "a year-end snapshot"),
    "the snapshots": ("delete from ledger.snapshot", "a year-end snapshot"),
    "the head": ("update ledger.fund set head = sha256('x')", "the last link"),
}  # fmt: skip


@pytest.fixture
def owner(do, database):
    """The owner of a database with a book of three batches and a closed year; what it changes is undone."""
    do("post", contribution())
    do("post", payment())
    do("post", payment("last", on=date(2025, 1, 31)))
    do("close", GUANGDONG, 202412)
    with database.connect() as connection:
        yield connection
        connection.rollback()


def without_triggers(connection):
    """What the owner of the database can do: work behind the triggers."""
    for table in (*TABLES, "transfer_2025"):
        connection.execute(f"alter table ledger.{table} disable trigger user")


def test_a_change_behind_the_triggers_is_found(owner):
    verify_book(owner, GUANGDONG)
    without_triggers(owner)
    for what, (statement, found) in TAMPERED.items():
        with owner.transaction(force_rollback=True):
            assert owner.execute(statement).rowcount > 0, what
            with pytest.raises(BookDiffers, match="WF-LED-015") as caught:
                verify_book(owner, GUANGDONG)
            assert found in str(caught.value), what
    verify_book(owner, GUANGDONG)


def test_the_last_batch_cut_off_with_all_that_belongs_to_it_is_found(owner):
    without_triggers(owner)
    owner.execute("delete from ledger.transfer where batch = 3")
    owner.execute("delete from ledger.seal where number = 3")
    owner.execute("delete from ledger.batch where number = 3")
    owner.execute("update ledger.control_balance set posted = posted + sign(posted) where abs(posted) in (2, 798)")
    with pytest.raises(BookDiffers, match="the number of batches"):
        verify_book(owner, GUANGDONG)


def test_a_fund_without_a_book_verifies_empty(database):
    with database.session(viewer=viewer()) as session:
        assert verify_book(session.connection, GUANGDONG).batches == 0


def test_a_fund_that_has_opened_accounts_and_closed_months_only_verifies(do, database):
    opening = Batch(GUANGDONG, DAY, "opening")
    opening.open("pooled_fund")
    do("post", opening.seal())
    do("close", SICHUAN, 202412)
    assert do("batch", GUANGDONG, "opening").lines == 0
    with database.session(viewer=viewer()) as session:
        assert [verify_book(session.connection, fund).batches for fund in do("funds")] == [1, 0]


# ---------------------------------------------------------------- two at once, two funds, and faults


def test_a_book_stands_still_while_it_is_verified(do, database):
    do("post", contribution())
    posting = threading.Thread(target=do, args=("post", payment()))
    with database.session(viewer=viewer()) as session:
        verify_book(session.connection, GUANGDONG)
        posting.start()
        posting.join(timeout=0.2)
        assert posting.is_alive()
        assert verify_book(session.connection, GUANGDONG).batches == 1
    posting.join()
    assert do("totals")[GUANGDONG][0] == 2


def test_two_workers_on_one_batch_post_it_once(database):
    outcomes = []

    def work():
        with database.session(viewer=viewer()) as session:
            outcomes.append(LedgerStore(session.connection).post(contribution()).fresh)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(outcomes) == [False, False, False, True]


@pytest.mark.parametrize(("held", "amount"), [(0, 201), (150, 51)])
def test_a_member_s_account_is_not_overdrawn_counting_what_is_held(do, held, amount):
    do("post", contribution())
    if held:
        do("place", Hold(GUANGDONG, "h", DAY, {"account:W-104": held}))
    taking = Batch(GUANGDONG, DAY, "taking")
    taking.open("payable:W-104")
    taking.move(debit="account:W-104", credit="payable:W-104", amount=amount)
    with pytest.raises(Overdrawn, match="account:W-104"):
        do("post", taking.seal())


def test_a_refused_batch_leaves_the_rest_of_its_transaction_standing(do, database):
    with database.session(viewer=viewer()) as session:
        store = LedgerStore(session.connection)
        store.post(contribution())
        with pytest.raises(Overdrawn):
            store.post(payment(amount=801))
        with pytest.raises(KeyReused):
            store.post(contribution(amount=201))
    assert do("balance", GUANGDONG, "pooled_fund") == Money.fen(800)


def test_a_relation_moves_between_two_stored_books(do):
    do("post", contribution())
    move = RelationMove("relation:W-104:1", GUANGDONG, SICHUAN, "W-104", Money.fen(300), Money.fen(200), 202406, 1)

    def carry_out(outcome):
        side, effects = outcome
        for effect in effects:
            if isinstance(effect, PlaceHold):
                do("place", effect.hold)
            if isinstance(effect, PostBatch):
                do("post", effect.batch)
        return side, effects[-1].message if effects else None

    sending, form = carry_out(prepare(move, on=DAY))
    with pytest.raises(Overdrawn):
        do("place", Hold(GUANGDONG, "other", DAY, {"account:W-104": 1}))
    receiving, _ = carry_out(receiver_gets(None, form, on=DAY))
    receiving, acceptance = carry_out(accept(receiving))
    sending, remittance = carry_out(sender_gets(sending, acceptance, on=DAY))
    assert do("balance", GUANGDONG, f"in_transit_out:{SICHUAN}") == Money.fen(500)
    receiving, receipt = carry_out(receiver_gets(receiving, remittance, on=DAY))
    carry_out(sender_gets(sending, receipt, on=DAY))
    assert do("hold_state", GUANGDONG, move.relation) == CONFIRMED
    assert do("member_balances", "W-104") == {GUANGDONG: Money.ZERO, SICHUAN: Money.fen(200)}
    out = do("balance", GUANGDONG, f"in_transit_out:{SICHUAN}")
    into = do("balance", SICHUAN, f"in_transit_in:{GUANGDONG}")
    assert (out.amount_fen, into.amount_fen) == (500, -500)
    for fund in do("funds"):
        assert sum(balance.amount_fen for balance in do("trial_balance", fund).values()) == 0


@pytest.mark.slow
def test_a_server_killed_in_the_middle_leaves_batches_whole_or_absent(own_settings):
    settings, chance = own_settings(idle_seconds=20.0), random.Random(11)
    with open_database(settings) as database:
        data = Path(json.loads((settings.state / "plan.json").read_text())["data"])
        post(database, many("opening", opens=True))
        for number in range(5):
            killer = threading.Timer(chance.uniform(0.02, 0.5), lambda: os.kill(recorded_pid(data), signal.SIGKILL))
            killer.start()
            with suppress(psycopg.Error):
                post(database, many(f"run:{number}"))
            killer.join()
            fresh = persistently(lambda number=number: post(database, many(f"run:{number}"))).fresh
            verified = persistently(lambda: verify(database))
            assert verified.transfers == (number + 2) * MANY
            assert fresh in (True, False) and verified.batches == number + 2


def post(database, batch):
    with database.session(viewer=viewer()) as session:
        return LedgerStore(session.connection).post(batch)


def verify(database):
    with database.session(viewer=viewer()) as session:
        return verify_book(session.connection, GUANGDONG)


def persistently(call):
    """What the call gives once the server is back."""
    for _ in range(3_000):
        with suppress(psycopg.OperationalError):
            return call()
        time.sleep(0.1)
    return call()
