"""Rules of the year-end snapshots and of balances at the end of a month."""

from __future__ import annotations

from datetime import date

import pytest

from storage.year_book import EMPLOYER, FUND, POSTER, Book
from wayfare.ledger.errors import BookDiffers
from wayfare.storage.ledger_verify import verify_book


@pytest.fixture
def book(database):
    return Book(database)


def snapshots(database):
    with database.connect() as connection:
        found = connection.execute(
            """select s.period, a.name, s.balance from ledger.snapshot s
               join ledger.account a on a.fund = s.fund and a.number = s.account order by 1, 2"""
        ).fetchall()
    return {(period, name): balance for period, name, balance in found}


def test_a_late_item_never_changes_a_snapshot(book, database):
    book.opened(a=100_000).close(202212)
    book.month(202303, a=8_000)
    book.close(202312)
    before = snapshots(database)
    assert before[202212, "account:a"] == 100_000 and before[202312, "account:a"] == 108_000
    assert before[202312, "contribution_clearing:E-1"] == -8_000
    book.write("contributions:2023-02:late-1", date(2024, 1, 5), (EMPLOYER, "account:a", 9_000, 202302))
    assert snapshots(database) == before
    assert book.held("a") == 117_000
    book.close(202412)
    assert {key: balance for key, balance in snapshots(database).items() if key[0] < 202412} == before
    with database.session(viewer=POSTER) as session:
        verify_book(session.connection, FUND)


def test_a_balance_at_the_end_of_any_month_follows_from_the_rows(book):
    book.opened(a=100_000)
    book.month(202303, a=8_000)
    book.close(202312)
    book.month(202402, a=8_000)
    found = [book.do("trial_balance", FUND, month) for month in (202212, 202302, 202303, 202401, 202402)]
    assert [each["account:a"].amount_fen for each in found] == [100_000, 100_000, 108_000, 108_000, 116_000]
    assert {sum(held.amount_fen for held in each.values()) for each in found} == {0}


def test_a_snapshot_that_its_rows_do_not_give_is_found(book, database):
    book.opened(a=100_000).close(202212)
    book.month(202303, a=8_000)
    book.close(202312)
    with database.connect() as connection:
        connection.execute("alter table ledger.snapshot disable trigger append_only")
        connection.execute("update ledger.snapshot set balance = balance + 1 where period = 202212 and account > 0")
        connection.execute("alter table ledger.snapshot enable trigger append_only")
    with pytest.raises(BookDiffers, match="year-end snapshot"), database.session(viewer=POSTER) as session:
        verify_book(session.connection, FUND)
