"""Rules of the books in memory: what is posted, refused, held, reversed and closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wayfare.kernel.money import Money
from wayfare.ledger import CONFIRMED, RELEASED, Account, Batch, Books, Hold, link_after, reversal
from wayfare.ledger.errors import (
    AccountDiffers,
    BookDiffers,
    HoldNotMet,
    HoldResolved,
    KeyReused,
    Overdrawn,
    PeriodClosed,
    ReversalRefused,
    TransferWrong,
    UnknownAccount,
    UnknownHold,
)

FUND = "440000:employee_pension"
DAY = date(2024, 6, 30)
CHART = ("pooled_fund", "suspense", "in_transit:510000", "outside:employers", "account:a")


def batch(key, *moves, on=DAY, opens=(), fund=FUND, **more):
    written = Batch(fund, on, key, **more)
    for account in opens:
        written.open(account)
    for debit, credit, amount in moves:
        written.move(debit=debit, credit=credit, amount=amount)
    return written.seal()


@pytest.fixture
def books():
    """A fund with 1,000 fen in the pool and 300 on a member's account."""
    books = Books()
    paid = [("outside:employers", "pooled_fund", 1000), ("outside:employers", "account:a", 300)]
    books.post(batch("start", *paid, opens=CHART))
    return books


def fen(books, *accounts):
    return [books.balance(FUND, account).amount_fen for account in accounts]


def test_a_posted_batch_moves_its_money_and_the_book_sums_to_zero(books):
    books.post(batch("k", ("pooled_fund", "in_transit:510000", 400)))
    assert fen(books, "pooled_fund", "in_transit:510000", "outside:employers") == [600, 400, -1300]
    assert sum(balance.amount_fen for balance in books.trial_balance(FUND).values()) == 0


def test_the_same_batch_again_changes_nothing(books):
    one = batch("k", ("pooled_fund", "suspense", 400))
    first, again = books.post(one), books.post(one)
    assert (first.number, first.fresh, again.fresh) == (2, True, False)
    assert (again.number, again.link) == (first.number, first.link)
    assert fen(books, "pooled_fund") == [600]


def test_the_same_batch_again_is_answered_also_when_its_month_has_closed(books):
    books.close(FUND, 202406)
    assert books.post(books.batches(FUND)[0]).fresh is False


def test_a_key_stands_for_one_content(books):
    with pytest.raises(KeyReused, match=f"WF-LED-003  start was used in {FUND} with other content"):
        books.post(batch("start", ("pooled_fund", "suspense", 400)))


def test_a_key_belongs_to_its_fund(books):
    opens = ("outside:employers", "pooled_fund")
    other = batch("start", ("outside:employers", "pooled_fund", 5), fund="510000:employee_pension", opens=opens)
    assert books.post(other).number == 1
    assert books.funds() == (FUND, "510000:employee_pension")


@pytest.mark.parametrize("account", ["account:b", "rounding"])
def test_an_account_that_was_never_opened_is_refused(books, account):
    with pytest.raises(UnknownAccount, match=f"WF-LED-004  {FUND} has no account {account}"):
        books.post(batch("k", ("pooled_fund", account, 1)))


@pytest.mark.parametrize(("account", "amount"), [("pooled_fund", 1001), ("account:a", 301)])
def test_no_account_falls_below_its_floor(books, account, amount):
    before = books.trial_balance(FUND), books.head(FUND)
    with pytest.raises(Overdrawn, match=f"WF-LED-005  {account} of {FUND} would fall below its floor"):
        books.post(batch("k", (account, "suspense", amount)))
    assert (books.trial_balance(FUND), books.head(FUND)) == before


def test_what_goes_out_and_comes_in_within_a_batch_is_counted_together(books):
    books.post(batch("k", ("pooled_fund", "suspense", 1500), ("outside:employers", "pooled_fund", 500)))
    assert fen(books, "pooled_fund") == [0]


def test_what_is_held_cannot_be_spent(books):
    books.place(Hold(FUND, "h", DAY, {"pooled_fund": Money.fen(700)}))
    assert books.reserved(FUND, "pooled_fund") == Money.fen(700)
    with pytest.raises(Overdrawn):
        books.post(batch("k", ("pooled_fund", "suspense", 301)))
    with pytest.raises(Overdrawn):
        books.place(Hold(FUND, "h2", DAY, {"pooled_fund": 301}))


def test_a_confirmed_hold_takes_exactly_what_was_held(books):
    books.place(Hold(FUND, "h", DAY, {"pooled_fund": 700, "account:a": 300}))
    with pytest.raises(HoldNotMet, match=r"WF-LED-010 .*pooled_fund"):
        books.post(batch("k", ("pooled_fund", "suspense", 699), ("account:a", "suspense", 300), confirms="h"))
    books.post(batch("k", ("pooled_fund", "suspense", 700), ("account:a", "suspense", 300), confirms="h"))
    assert books.hold_state(FUND, "h") == CONFIRMED
    assert fen(books, "pooled_fund", "account:a") == [300, 0]
    assert books.reserved(FUND, "account:a") == Money.ZERO


def test_a_hold_resolves_once(books):
    for key in ("h1", "h2"):
        books.place(Hold(FUND, key, DAY, {"pooled_fund": 100}))
    books.post(batch("k", ("pooled_fund", "suspense", 100), confirms="h1"))
    assert books.release(FUND, "h2") is True
    assert books.release(FUND, "h2") is False
    with pytest.raises(HoldResolved, match=r"WF-LED-009  Hold h1 .* was confirmed before"):
        books.release(FUND, "h1")
    with pytest.raises(HoldResolved, match="was released before"):
        books.post(batch("k2", ("pooled_fund", "suspense", 100), confirms="h2"))
    assert books.hold_state(FUND, "h2") == RELEASED


def test_a_hold_placed_again_reserves_once_and_its_key_stands_for_one_content(books):
    hold = Hold(FUND, "h", DAY, {"pooled_fund": 700})
    assert (books.place(hold), books.place(hold)) == (True, False)
    assert books.reserved(FUND, "pooled_fund") == Money.fen(700)
    with pytest.raises(KeyReused):
        books.place(replace(hold, amounts={"pooled_fund": 5}))


def test_a_hold_names_open_accounts_and_positive_amounts(books):
    with pytest.raises(UnknownAccount):
        books.place(Hold(FUND, "h", DAY, {"account:b": 1}))
    with pytest.raises(TransferWrong, match="reserves nothing"):
        Hold(FUND, "h", DAY, {})
    with pytest.raises(TransferWrong, match="not a positive whole number"):
        Hold(FUND, "h", DAY, {"pooled_fund": 0})


def test_a_hold_that_was_never_placed_cannot_be_resolved(books):
    with pytest.raises(UnknownHold, match=r"WF-LED-008 .* has no hold h"):
        books.release(FUND, "h")
    with pytest.raises(UnknownHold):
        books.post(batch("k", ("pooled_fund", "suspense", 1), confirms="h"))


def test_a_reversal_takes_a_batch_back_row_by_row(books):
    one = batch("k", ("pooled_fund", "in_transit:510000", 400), ("account:a", "suspense", 7))
    books.post(one)
    books.post(reversal(one, key="k:back", on=DAY))
    assert fen(books, "pooled_fund", "in_transit:510000", "account:a", "suspense") == [1000, 0, 300, 0]


def test_a_batch_is_reversed_once_and_a_reversal_never(books):
    one = batch("k", ("pooled_fund", "suspense", 400))
    books.post(one)
    back = reversal(one, key="k:back", on=DAY)
    books.post(back)
    with pytest.raises(ReversalRefused, match=r"WF-LED-011  k:again cannot reverse k of"):
        books.post(reversal(one, key="k:again", on=DAY))
    with pytest.raises(ReversalRefused):
        books.post(reversal(back, key="k:forth", on=DAY))
    with pytest.raises(ReversalRefused):
        books.post(batch("other", ("suspense", "pooled_fund", 1), reverses="nothing"))


def test_a_reversal_that_does_not_mirror_is_refused(books):
    books.post(batch("k", ("pooled_fund", "suspense", 400)))
    with pytest.raises(ReversalRefused):
        books.post(batch("k:back", ("suspense", "pooled_fund", 399), reverses="k"))


def test_closed_months_stay_closed_and_late_items_keep_their_month(books):
    books.close(FUND, 202406)
    books.close(FUND, 202401)
    with pytest.raises(PeriodClosed, match=r"WF-LED-006 .* closed through 2024-06, and the batch is of 2024-06"):
        books.post(batch("k", ("pooled_fund", "suspense", 1)))
    late = Batch(FUND, date(2024, 7, 1), "late")
    late.move(debit="pooled_fund", credit="suspense", amount=1, effective_from=202405)
    assert books.post(late.seal()).fresh


def test_an_account_is_opened_once_and_again_only_on_the_same_terms(books):
    assert books.post(batch("again", opens=("pooled_fund",))).fresh
    with pytest.raises(AccountDiffers, match=r"WF-LED-007  pooled_fund of .* on other terms"):
        books.post(batch("other", opens=(Account("pooled_fund", -5),)))


def test_the_chain_follows_from_the_contents(books):
    one = batch("k", ("pooled_fund", "suspense", 400))
    before = books.head(FUND)
    assert books.post(one).link == books.head(FUND) == link_after(before, number=2, content=one.content)
    books.verify(FUND)


def test_verification_finds_a_batch_that_was_exchanged(books):
    books._funds[FUND].batches[0] = batch("start", ("outside:employers", "pooled_fund", 1001), opens=CHART)
    with pytest.raises(BookDiffers, match=r"WF-LED-015  Batch 1 \(start\)"):
        books.verify(FUND)


def test_verification_finds_a_balance_that_was_changed(books):
    books._funds[FUND].balances[Account.named("suspense").number] += 1
    with pytest.raises(BookDiffers, match="do not follow from its batches"):
        books.verify(FUND)
