"""Rules of what was kept with closes and interest: the owner's change of it behind the triggers is found and named."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from storage.year_book import EMPLOYER, FUND, POSTER, Book
from wayfare.kernel import Month
from wayfare.ledger import account_number, interest_batch
from wayfare.ledger.errors import BookDiffers
from wayfare.storage.close_store import CloseStore
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.ledger_verify import verify_book
from wayfare.storage.report_store import ReportStore


def close(database, month):
    with database.session(viewer=POSTER) as session:
        LedgerStore(session.connection).close(FUND, month.year * 100 + month.number)
        rows = ReportStore(session).movements(FUND, month, month)
        CloseStore(session.connection).keep(FUND, month, "officer 7", [], rows)


@pytest.fixture
def owner(database):
    """The owner, with no trigger in the way, of a book with two closes and a year's interest; all it does is undone."""
    book = Book(database).opened(a=100_000, b=5_000)
    book.month(202303, a=8_000)
    close(database, Month("2023-03"))
    book.month(202304, a=8_000)
    book.close(202311)
    accounts = np.array([account_number(f"account:{member}") for member in "ab"])
    book.do("post", interest_batch(FUND, year=2023, accounts=accounts, interest=np.array([900, 100]), total=1_001))
    with database.session(viewer=POSTER) as session:
        session.connection.execute(
            "select ledger.keep_interest(%s, 2023, 100, 'a notice', 'given', 2, 1000, 0, 1)", (FUND,)
        )
    close(database, Month("2023-12"))
    book.write("payment:1", date(2024, 1, 5), ("bank:1", EMPLOYER, 50))
    with database.connect() as connection:
        for table in (
            "period_close", "period_close_line", "year_interest", "snapshot", "account", "batch", "seal",
            "transfer_2024", "transfer_shared", "transfer",
        ):  # fmt: skip
            connection.execute(f"alter table ledger.{table} disable trigger user")
        yield connection
        connection.rollback()


CHANGED = {
    "an amount of a close": (
        "update ledger.period_close_line set credits = credits + 5, balance = balance + 5 where account = 'account'"
        " and period = 202303",
        "the close of 2023-03: its trial balance",
    ),
    "a line of a close": (
        "delete from ledger.period_close_line where account = 'account' and period = 202312",
        "the close of 2023-12: its trial balance",
    ),
    "a line added to a close": (
        "insert into ledger.period_close_line values (1, 202303, 'suspense', 5, 0, 0, 5)",
        "the close of 2023-03: its trial balance",
    ),
    "the hash of a close": (
        "update ledger.period_close set trial_balance = sha256('x') where period = 202312",
        "the close of 2023-12: its trial balance",
    ),
    "the link of a close": (
        "update ledger.period_close set head = sha256('x') where period = 202303",
        "the close of 2023-03: the link that it was made on",
    ),
    "a close said to be later": (
        "update ledger.period_close set head = decode(repeat('00', 32), 'hex') where period = 202303",
        "the close of 2023-03: a batch was posted into it later",
    ),
    "a closed month opened": (
        "update ledger.fund set closed_through = 202311",
        "the close of 2023-12: the fund says that it is open",
    ),
    "what interest credited": ("update ledger.year_interest set credited = 1001", "the interest of 2023"),
    "what interest left": ("update ledger.year_interest set residue = 0", "the interest of 2023"),
    "the year of interest": ("update ledger.year_interest set year = 2022", "the interest of 2022"),
    "the batch that opened an account": (
        "update ledger.account set opened_by = 2 where name = 'account:b'",
        "an account, its name, its floor or the batch that opened it",
    ),
    "how far a member is paid ahead": (
        "update ledger.snapshot set latest = 202512 where latest > 0",
        "a year-end snapshot",
    ),
    "a batch said to have its own table": (
        "update ledger.batch set own_leaf = true where number = 2",
        "whether a batch has a table of its own",
    ),
}


@pytest.mark.parametrize("what", CHANGED)
def test_what_the_owner_changed_beside_the_chain_is_named(owner, what):
    statement, found = CHANGED[what]
    verify_book(owner, FUND)
    assert owner.execute(statement).rowcount > 0
    with pytest.raises(BookDiffers, match="WF-LED-015") as caught:
        verify_book(owner, FUND)
    assert found in str(caught.value)
