"""A book that was kept before leaves, floors and the business key opens, verifies and goes on."""

from __future__ import annotations

import shutil
from datetime import date

import psycopg
import pytest

from storage.books import FUND, POSTER, ask, month, post, verified
from wayfare.kernel.money import Money
from wayfare.ledger import Batch
from wayfare.ledger.errors import BookDiffers, SecondCharge
from wayfare.storage import open_database
from wayfare.storage.ledger_store import COLUMNS, copy_rows
from wayfare.storage.migrations import read_migrations
from wayfare.storage.server import ADMINISTRATOR

NAME = "kept_before"


@pytest.fixture
def landed(storage_settings, administrator, tmp_path):
    """The name of a database with a book posted by the functions of the second migration."""
    for migration in read_migrations()[:2]:
        (tmp_path / migration.name).write_text(migration.sql, encoding="utf-8")
    with open_database(storage_settings, name=NAME, migrations=tmp_path) as database:
        for batch in (of_older_names(), month("contributions:2023-12", on=date(2023, 12, 31), first=202312), month()):
            post_as_then(database, batch)
        with database.session(viewer=POSTER) as session:
            session.connection.execute("select ledger.close_period(%s, 202312)", (FUND,))
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


def post_as_then(database, batch):
    with database.session(viewer=POSTER) as session:
        fund, number = session.connection.execute(
            "select fund, number from ledger.open_batch(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (batch.fund, batch.key, batch.on, batch.content, None, None, None, [each.name for each in batch.opens],
             [each.floor for each in batch.opens]),
        ).fetchone()  # fmt: skip
        copy_rows(session.connection, f"ledger.transfer ({', '.join(COLUMNS)})", batch.rows)
        totals = (fund, number, batch.lines, batch.amount)
        session.connection.execute("select ledger.seal_batch(%s, %s, %s, %s)", totals)


@pytest.fixture
def book(landed, storage_settings):
    with open_database(storage_settings, name=landed) as database:
        yield database


def test_a_landed_book_verifies_and_goes_on(book):
    assert verified(book).transfers == 16
    assert ask(book, "balance", FUND, "account:W-1") == Money.fen(540)
    post(book, month("contributions:2024-07", first=202407), own_leaf_from=1)
    assert ask(book, "balance", FUND, "account:W-1") == Money.fen(740)
    assert verified(book).batches == 4


def test_charges_of_a_landed_book_are_not_made_again(book):
    with pytest.raises(SecondCharge, match="for 2023-12"):
        post(book, month("late", first=202312, months=2))
    assert post(book, month("later", first=202401)).fresh


def test_a_fen_changed_in_a_landed_book_is_found(book, administrator):
    with psycopg.connect(**administrator | {"dbname": NAME, "user": ADMINISTRATOR}) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("update ledger.transfer set amount = amount + 1 where batch = 2 and line = 0")
    with pytest.raises(BookDiffers, match="Batch 2"):
        verified(book)
