"""A book that was kept before leaves, floors and the business key opens, verifies and goes on."""

from __future__ import annotations

import shutil
from datetime import date

import psycopg
import pytest

from storage.books import FUND, POSTER, ask, month, post, verified
from wayfare.kernel.money import Money
from wayfare.ledger import CONFIRMED, OPEN, RELEASED, Batch, Hold, reversal
from wayfare.ledger.errors import BookDiffers, SecondCharge
from wayfare.storage import open_database
from wayfare.storage.ledger_store import COLUMNS, copy_rows
from wayfare.storage.migrations import read_migrations
from wayfare.storage.move_store import MoveStore
from wayfare.storage.server import ADMINISTRATOR

NAME = "kept_before"
HOLDS = tuple(
    Hold(FUND, key, date(2023, 12, 1), {"pooled_fund": 20, "account:W-1": 5}, date(2024, 9, 1))
    for key in ("open", "waiting", "released", "confirmed")
)


@pytest.fixture
def landed(storage_settings, administrator, tmp_path):
    """The name of a database with a book posted by the functions of the second migration."""
    for migration in read_migrations()[:2]:
        (tmp_path / migration.name).write_text(migration.sql, encoding="utf-8")
    with open_database(storage_settings, name=NAME, migrations=tmp_path) as database:
        with database.connect() as connection:
            connection.execute("select ledger.add_months(2023)")
            connection.commit()
        ahead = month("contributions:2023-12", on=date(2023, 12, 31), first=202312, months=3)
        for batch in (of_older_names(), ahead):
            post_as_then(database, batch)
        with database.session(viewer=POSTER) as session:
            for hold in HOLDS:
                place_as_then(session.connection, hold)
            session.connection.execute("select ledger.release_hold(%s, 'released')", (FUND,))
        wrong = month("wrong", on=date(2023, 12, 31), first=202306)
        for batch in (taking("confirmed"), wrong, reversal(wrong, key="back", on=date(2023, 12, 31))):
            post_as_then(database, batch)
        with database.session(viewer=POSTER) as session:
            session.connection.execute("select ledger.close_period(%s, 202312)", (FUND,))
        post_as_then(database, month(first=202406))
    shutil.rmtree(tmp_path)
    yield NAME
    with psycopg.connect(**administrator, autocommit=True) as connection:
        connection.execute(f"drop database {NAME} with (force)")


def of_older_names():
    batch = Batch(FUND, date(2023, 6, 30), "contributions:2023")
    older = ("outside:employers", "contribution_clearing:E-7", "in_transit:510000", "payable:W-1")
    for name in ("pooled_fund", "account:W-1", *older):
        batch.open(name)
    batch.move(debit="outside:employers", credit="pooled_fund", amount=500, member="account:W-1")
    batch.move(debit="contribution_clearing:E-7", credit="account:W-1", amount=70)
    batch.move(debit="contribution_clearing:E-7", credit="account:W-1", amount=70)  # was no charge by the names of then
    batch.move(debit="pooled_fund", credit="in_transit:510000", amount=5)
    return batch.seal()


def taking(key, on=date(2023, 12, 31)):
    """The batch that carries a hold out."""
    batch = Batch(FUND, on, f"take {key}", confirms=key)
    batch.move(debit="pooled_fund", credit="in_transit:510000", amount=20)
    batch.move(debit="account:W-1", credit="in_transit:510000", amount=5)
    return batch.seal()


def place_as_then(connection, hold):
    values = (hold.fund, hold.key, hold.on, hold.expires, hold.content, list(hold.amounts), list(hold.amounts.values()))
    connection.execute("select ledger.place_hold(%s, %s, %s, %s, %s, %s, %s)", values)


def post_as_then(database, batch):
    with database.session(viewer=POSTER) as session:
        fund, number = session.connection.execute(
            "select fund, number from ledger.open_batch(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (batch.fund, batch.key, batch.on, batch.content, None, batch.confirms, batch.reverses,
             [each.name for each in batch.opens], [each.floor for each in batch.opens]),
        ).fetchone()  # fmt: skip
        copy_rows(session.connection, f"ledger.transfer ({', '.join(COLUMNS)})", batch.rows)
        totals = (fund, number, batch.lines, batch.amount)
        session.connection.execute("select ledger.seal_batch(%s, %s, %s, %s)", totals)


@pytest.fixture
def book(landed, storage_settings):
    with open_database(storage_settings, name=landed) as database:
        yield database


def test_a_landed_book_verifies_and_goes_on(book):
    assert verified(book).transfers == 30
    assert ask(book, "balance", FUND, "account:W-1") == Money.fen(535)
    post(book, month("contributions:2024-07", first=202407), own_leaf_from=1)
    assert ask(book, "balance", FUND, "account:W-1") == Money.fen(735)
    ask(book, "close", FUND, 202412)
    assert verified(book).batches == 7


def test_holds_of_a_landed_book_are_carried_out_released_and_expire(book):
    assert [ask(book, "hold_state", FUND, hold.key) for hold in HOLDS] == [OPEN, OPEN, RELEASED, CONFIRMED]
    assert ask(book, "reserved", FUND, "account:W-1") == Money.fen(10)
    post(book, taking("open", on=date(2024, 7, 1)))
    with book.session(viewer=POSTER) as session:
        assert MoveStore(session.connection).expire_holds(FUND, date(2024, 9, 1)) == ("waiting",)
    assert ask(book, "reserved", FUND, "account:W-1") == Money.ZERO
    assert verified(book).batches == 7


def test_a_batch_of_a_landed_book_is_taken_back(book):
    original = ask(book, "batch", FUND, "contributions:2024-06")
    assert post(book, reversal(original, key="back too", on=date(2024, 7, 1)), own_leaf_from=1).fresh
    assert post(book, month("again")).fresh
    assert verified(book).batches == 8


def test_a_snapshot_of_a_landed_book_learns_how_far_members_are_paid_ahead(book):
    with book.connect() as connection:
        found = connection.execute("select distinct latest from ledger.snapshot where account > 0").fetchall()
    assert found == [(202314,)]  # February 2024, counted on from December


def test_charges_of_a_landed_book_are_not_made_again(book):
    with pytest.raises(SecondCharge, match="for 2023-12"):
        post(book, month("late", first=202312, months=2))
    assert post(book, month("later", first=202403)).fresh
    assert post(book, month("what was taken back", first=202306)).fresh


def test_a_fen_changed_in_a_landed_book_is_found(book, administrator):
    with psycopg.connect(**administrator | {"dbname": NAME, "user": ADMINISTRATOR}) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("update ledger.transfer set amount = amount + 1 where batch = 2 and line = 0")
    with pytest.raises(BookDiffers, match="Batch 2"):
        verified(book)
