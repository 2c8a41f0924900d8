"""Rules of floors: they change by a dated approval only, which stands in the chain."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest

from storage.books import DAY, FUND, POSTER, ask, month, post, verified
from wayfare.kernel.money import Money
from wayfare.ledger import Approval, Batch, Hold
from wayfare.ledger.errors import BookDiffers, FloorRefused, NotSealed, Overdrawn, PeriodClosed, UnknownAccount
from wayfare.storage.ledger_store import LedgerStore, refusals_of_the_books

APPROVAL = Approval(DAY, "2024 no. 12", "the finance bureau", "a reserve of two months")


@pytest.fixture
def book(database):
    """A fund with 1200 fen in its pool."""
    post(database, month())
    return database


def approve(database, floor, *, account="pooled_fund", approval=APPROVAL, fund=FUND):
    with database.session(viewer=POSTER) as session:
        return LedgerStore(session.connection).approve_floor(fund, account, floor, approval)


def payment(amount, key="payment"):
    batch = Batch(FUND, DAY, key)
    batch.open("benefits_payable:pension")
    batch.move(debit="pooled_fund", credit="benefits_payable:pension", amount=amount)
    return batch.seal()


def test_a_floor_that_was_raised_holds_payments_and_holds_back(book):
    approve(book, 1000)
    assert ask(book, "floors", FUND)["pooled_fund"] == Money.fen(1000)
    with pytest.raises(Overdrawn, match=r"pooled_fund of .* below its floor"):
        post(book, payment(201))
    with pytest.raises(Overdrawn):
        ask(book, "place", Hold(FUND, "h", DAY, {"pooled_fund": 201}))
    assert post(book, payment(200)).fresh


def test_a_floor_that_was_lowered_lets_the_pool_go_below_zero(book):
    approve(book, -300)
    assert post(book, payment(1500)).fresh
    assert ask(book, "floors", FUND)["pooled_fund"] == Money.fen(-300)
    with pytest.raises(Overdrawn):
        post(book, payment(1, "one more"))


def test_no_floor_at_all_is_approved_too(book):
    approve(book, None)
    assert "pooled_fund" not in ask(book, "floors", FUND)
    assert post(book, payment(10_000)).fresh


def test_a_floor_above_what_the_account_holds_is_refused(book):
    ask(book, "place", Hold(FUND, "h", DAY, {"pooled_fund": 300}))
    with pytest.raises(FloorRefused, match=r"WF-LED-018  pooled_fund of .* holds less than the floor"):
        approve(book, 901)
    assert approve(book, 900).fresh


def test_the_same_approval_again_changes_nothing_and_later_ones_follow(book):
    assert [approve(book, 100).fresh, approve(book, 100).fresh] == [True, False]
    approve(book, 50, approval=Approval(date(2024, 7, 1), "2024 no. 19", "the finance bureau", "back to normal"))
    assert ask(book, "floors", FUND)["pooled_fund"] == Money.fen(50)
    post(book, month("contributions:2024-07", first=202407, on=date(2024, 7, 31)))  # opens the pool as it was opened
    assert verified(book).batches == 4


def test_an_approval_is_read_back_with_its_document(book):
    approve(book, 100)
    again = ask(book, "batch", FUND, "floor:pooled_fund:2024 no. 12")
    assert again.approves.terms() == ["pooled_fund", 100, APPROVAL.document, APPROVAL.by, APPROVAL.reason]


def test_an_approval_for_a_closed_month_or_an_unknown_account_is_refused(book):
    with pytest.raises(UnknownAccount):
        approve(book, 0, account="reserve")
    ask(book, "close", FUND, 202406)
    with pytest.raises(PeriodClosed):
        approve(book, 100)


FORBIDDEN = [
    "update ledger.control_balance set floor = -5",
    "update ledger.account set floor = -5",
    "insert into ledger.floor_approval values (1, 1, -5, 0, 'x', 'y', 'z')",
    "delete from ledger.floor_approval",
    "update ledger.floor_approval set floor = 0",
]


def test_an_ordinary_role_changes_no_floor(book):
    with book.session(viewer=POSTER) as session:
        for statement in FORBIDDEN:
            with pytest.raises(psycopg.errors.InsufficientPrivilege), session.connection.transaction():
                session.connection.execute(statement)
    outside = pytest.raises(NotSealed, match="is not open here")
    with outside, refusals_of_the_books(FUND, "x"), book.session(viewer=POSTER) as session:
        session.connection.execute("select ledger.approve_floor(1, 1, 'pooled_fund', -5, 'x', 'y', 'z')")


TAMPERED = {
    "the floor in force": "update ledger.control_balance set floor = 50 where floor = 100",
    "the floor approved": "update ledger.floor_approval set floor = 50",
    "who approved": "update ledger.floor_approval set approved_by = 'someone'",
    "the approval": "delete from ledger.floor_approval",
    "an approval that was never posted": "insert into ledger.floor_approval"
    " select fund, 1, account, -900, 'x', 'y', 'z' from ledger.floor_approval",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_floor_that_does_not_follow_from_its_approvals_is_found(book, what):
    approve(book, 100)
    with book.connect() as connection:
        connection.execute("alter table ledger.floor_approval disable trigger user")
        assert connection.execute(TAMPERED[what]).rowcount == 1
        connection.commit()
    with pytest.raises(BookDiffers):
        verified(book)
