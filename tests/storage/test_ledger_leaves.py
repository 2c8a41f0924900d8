"""Rules of a large run's own table: its rows are rows of the book like all others; once sealed, nobody adds to it."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest

from storage.books import DAY, EMPLOYER, FUND, POSTER, ask, month, post, verified
from wayfare.kernel.money import Money
from wayfare.ledger import Batch, reversal
from wayfare.ledger.errors import AppendOnly, BookDiffers, NotSealed, Overdrawn, UnknownAccount
from wayfare.storage.ledger_store import COLUMNS, LedgerStore, copy_rows, refusals_of_the_books

LEAF = "ledger.transfer_own_1_2"
ROW = (
    "insert into {} (line, debit, credit, amount, subject, effective_from, effective_months)"
    " values (99, -1, -2, 5, 0, 202406, 1)"
)


@pytest.fixture
def book(database):
    """A book whose second batch has a table of its own, between two that share the partition of the year."""
    post(database, month("contributions:2024-05", on=date(2024, 5, 31), first=202405))
    post(database, month(), own_leaf_from=6)
    post(database, month("contributions:2024-07", on=date(2024, 7, 31), first=202407))
    return database


def leaves(database):
    with database.connect() as connection:
        found = connection.execute("select tableoid::regclass::text, count(*) from ledger.transfer group by 1")
        return dict(found.fetchall())


def test_a_batch_has_its_own_table_from_the_threshold_on(book):
    assert leaves(book) == {"ledger.transfer_2024": 12, LEAF: 6}


def test_the_rows_of_a_large_run_are_read_like_all_others(book):
    assert ask(book, "balance", FUND, "account:W-1") == Money.fen(600)
    assert ask(book, "trial_balance", FUND)["pooled_fund"] == Money.fen(3600)
    assert ask(book, "batch", FUND, "contributions:2024-06").rows.tobytes() == month().rows.tobytes()
    statement = ask(book, "member_statement", "W-2")
    assert [line.effective_from for line in statement] == [202405] * 2 + [202406] * 2 + [202407] * 2
    assert [line.batch for line in ask(book, "page", FUND)] == [1] * 6 + [2] * 6 + [3] * 6
    assert verified(book).transfers == 18


def test_several_large_runs_of_one_month_and_of_other_funds_have_a_table_each(book):
    other = "510000:employee_pension"
    post(book, month("interest", members=("W-1",), first=202401), own_leaf_from=1)
    post(book, month(fund=other), month("second", fund=other, first=202401), own_leaf_from=1)
    assert len(leaves(book)) == 5
    assert ask(book, "balance", FUND, "account:W-1") == Money.fen(800)
    assert verified(book, other).transfers == 12


@pytest.fixture
def closed_year(database):
    """A book with a large run in a closed year, which left a snapshot, and one after it; another fund has one too."""
    early = month("contributions:2023-11", on=date(2023, 11, 30), first=202311)
    post(database, early, month(fund="510000:employee_pension"), own_leaf_from=1)
    ask(database, "close", FUND, 202312)
    post(database, month(), own_leaf_from=1)
    return database


BALANCE = "select ledger.balance(1, ledger.account_number('account:W-1'))"
TOUCHED = """
    select distinct relation::regclass::text from pg_locks
    where pid = pg_backend_pid() and relation::regclass::text ~ 'transfer_own_[0-9]+_[0-9]+$'"""


def test_a_balance_opens_the_large_runs_of_its_fund_since_the_snapshot_alone(closed_year):
    with closed_year.connect() as connection:
        assert connection.execute(BALANCE).fetchone() == (400,)
        assert connection.execute(TOUCHED).fetchall() == [("ledger.transfer_own_1_2",)]


def test_a_balance_counts_the_runs_that_came_after_the_connection_first_asked(closed_year):
    with closed_year.connect() as connection:
        for key, balance in (("again", 600), ("once more", 800)):
            post(closed_year, month(key, first=202400 + balance // 200), own_leaf_from=1)
            assert connection.execute(BALANCE).fetchone() == (balance,)
        ask(closed_year, "close", FUND, 202412)
        assert connection.execute(BALANCE).fetchone() == (800,)


YEAR = "'440000:employee_pension', 'pooled_fund', '2024-01-01', '2024-12-31'"
EMPLOYER_OF = f"'{FUND}', '{EMPLOYER}'"
READINGS = [
    f"account, balance from ledger.read_trial_balance('{FUND}', 202406)",
    f"* from ledger.read_movements('{FUND}', 202401, 202407)",
    f"* from ledger.read_members_control('{FUND}')",
    f"account, balance from ledger.read_accounts('{FUND}', 202407)",
    f"batch, line from ledger.read_account_lines({YEAR})",
    f"ledger.read_balance_before('{FUND}', 'pooled_fund', '2024-12-31')",
    f"* from ledger.read_account_batches({YEAR})",
    f"* from ledger.read_charges({EMPLOYER_OF})",
    f"* from ledger.read_paid_in({EMPLOYER_OF})",
    "batch, line from ledger.read_person('W-1')",
    "batch, line from ledger.read_account('W-1')",
    "* from ledger.members_at(1, 202407)",
    "* from ledger.controls_at(1, 202406)",
]


@pytest.mark.parametrize("reading", READINGS)
def test_no_reading_misses_a_large_run_that_came_since_its_transaction_first_read(closed_year, reading):
    july = month("contributions:2024-07", on=date(2024, 7, 31), first=202407)
    paid = Batch(FUND, date(2024, 7, 31), "payment:1")
    for each in ("bank:1", EMPLOYER):
        paid.open(each)
    paid.move(debit="bank:1", credit=EMPLOYER, amount=100)
    with closed_year.session(viewer=POSTER) as session:
        session.connection.execute("select count(*) from ledger.transfer")
        session.connection.execute(f"select {reading}")
        post(closed_year, july, paid.seal(), own_leaf_from=1)
        found = session.connection.execute(f"select {reading}").fetchall()
    with closed_year.session(viewer=POSTER) as session:
        assert found == session.connection.execute(f"select {reading}").fetchall()


def test_who_sees_the_book_as_of_before_a_close_is_told_the_balance_of_then(closed_year):
    with closed_year.connect() as connection:
        connection.execute("set transaction isolation level repeatable read")
        connection.execute("select count(*) from ledger.fund")
        post(closed_year, month("later", on=date(2024, 7, 31), first=202407), own_leaf_from=1)
        ask(closed_year, "close", FUND, 202412)
        assert connection.execute(BALANCE).fetchone() == (400,)


def test_a_large_run_is_reversed_and_posted_again(book):
    original = ask(book, "batch", FUND, "contributions:2024-06")
    post(book, reversal(original, key="back", on=DAY), own_leaf_from=1)
    assert ask(book, "balance", FUND, "account:W-1") == Money.fen(400)
    assert post(book, month("again"), own_leaf_from=1).fresh
    assert verified(book).batches == 5


def test_a_large_run_is_refused_as_a_small_one_and_leaves_no_table(book):
    missing = Batch(FUND, DAY, "k")
    missing.move(debit=EMPLOYER, credit="account:W-9", amount=1)
    overdrawn = Batch(FUND, DAY, "k")
    overdrawn.move(debit="account:W-1", credit="suspense", amount=601)
    overdrawn.open("suspense")
    for batch, refusal in ((missing, UnknownAccount), (overdrawn, Overdrawn)):
        with pytest.raises(refusal):
            post(book, batch.seal(), own_leaf_from=1)
    assert len(leaves(book)) == 2
    overdrawn = Batch(FUND, DAY, "k")
    overdrawn.open("suspense")
    overdrawn.move(debit="account:W-1", credit="suspense", amount=600)
    assert post(book, overdrawn.seal(), own_leaf_from=1).fresh


def opened(connection, key="by hand"):
    return connection.execute(
        "select fund, number, target from ledger.open_batch(%s, %s, %s, %s, null, null, null, '{}', '{}', true)",
        (FUND, key, DAY, bytes(32)),
    ).fetchone()


TABLES = [LEAF, "ledger.transfer", "ledger.transfer_own", "ledger.transfer_own_1", "ledger.transfer_2024"]


@pytest.mark.parametrize("table", TABLES)
def test_nobody_adds_to_a_table_after_the_seal(book, table):
    with pytest.raises(psycopg.Error) as caught, book.session(viewer=POSTER) as session:
        session.connection.execute(
            "select set_config('ledger.fund', '1', true), set_config('ledger.batch', '2', true),"
            " set_config('ledger.period', '202406', true)"
        )
        session.connection.execute(ROW.format(table))
    assert caught.value.sqlstate == ("WL013" if table == "ledger.transfer" else "42501")
    assert leaves(book)[LEAF] == 6


def test_the_owner_too_adds_nothing_to_a_table_after_the_seal(book):
    with book.connect() as connection, pytest.raises(NotSealed), refusals_of_the_books(FUND, "x"):
        connection.execute(ROW.format(LEAF))


@pytest.mark.parametrize("change", ["delete from {}", "update {} set amount = 1", "truncate {}"])
@pytest.mark.parametrize("table", [LEAF, "ledger.transfer_own_1", "ledger.transfer_own", "ledger.transfer"])
def test_the_tables_of_large_runs_are_append_only_for_the_owner_too(book, change, table):
    with book.connect() as connection, pytest.raises(AppendOnly), refusals_of_the_books(FUND, "x"):
        connection.execute(change.format(table))


def test_the_rows_of_a_large_run_go_into_its_own_table_only(book):
    with pytest.raises(NotSealed), refusals_of_the_books(FUND, "x"), book.session(viewer=POSTER) as session:
        fund, number, _ = opened(session.connection)
        session.connection.execute(
            "select set_config('ledger.fund', %s, true), set_config('ledger.batch', %s, true),"
            " set_config('ledger.period', '202406', true)", (str(fund), str(number)),
        )  # fmt: skip
        session.connection.execute(ROW.format("ledger.transfer"))


def test_a_large_run_without_its_seal_cannot_be_committed(book):
    unsealed = pytest.raises(NotSealed, match="batch by hand was not sealed")
    with unsealed, refusals_of_the_books(FUND, "by hand"), book.session(viewer=POSTER) as session:
        _, _, target = opened(session.connection)
        copy_rows(session.connection, f"{target} ({', '.join(COLUMNS)})", month("x").rows)
    assert len(leaves(book)) == 2


def test_a_large_run_is_not_added_to_between_its_seal_and_the_commit(book):
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with refused, book.session(viewer=POSTER) as session:
        store = LedgerStore(session.connection, own_leaf_from=1)
        posted = store.post(month("more", first=202401))
        session.connection.execute(ROW.format(f"ledger.transfer_own_1_{posted.number}"))


FORBIDDEN = [
    "create table ledger.mine (like ledger.transfer)",
    "create table ledger.mine partition of ledger.transfer for values in (2)",
    "alter table ledger.transfer detach partition ledger.transfer_own",
    f"alter table ledger.transfer_own_1 detach partition {LEAF}",
    f"drop table {LEAF}",
    f"alter table {LEAF} disable trigger all",
    f"grant insert on {LEAF} to wayfare_poster",
    "select ledger.make_leaf(b) from ledger.batch b",
    "select ledger.attach_leaf(b) from ledger.batch b",
    "select ledger.lay_out_sum(1, 0)",
    "update ledger.batch set own_leaf = false",
]


def test_an_ordinary_role_makes_attaches_and_drops_no_table(book):
    with book.session(viewer=POSTER) as session:
        for statement in FORBIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege), session.connection.transaction():
                session.connection.execute(statement)


def test_a_fen_changed_in_a_large_run_is_found(book):
    with book.connect() as connection:
        connection.execute(f"alter table {LEAF} disable trigger user")
        connection.execute(f"update {LEAF} set amount = amount + 1 where line = 3")
        connection.commit()
    with pytest.raises(BookDiffers, match=r"Batch 2 \(contributions:2024-06\) of .* its content differs"):
        verified(book)
