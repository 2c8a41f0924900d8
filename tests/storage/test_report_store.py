"""Rules of what reports read from the stored books: equal to the books in memory, within view, looks recorded."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from funds.reports.random_books import batches_of, steps
from funds.reports.small_fund import (
    BANK,
    EMPLOYER,
    GUANGDONG,
    MEMBERS,
    SICHUAN,
    batch,
    books_of,
    lines_of,
    small_batches,
)
from storage.servers import officer
from wayfare.app.funds.reports import ageing_of, cash_books_of
from wayfare.funds.reports.account import person_account
from wayfare.funds.reports.errors import NothingBooked
from wayfare.funds.reports.pairs import pair_of
from wayfare.funds.reports.trial_balance import trial_balance
from wayfare.kernel import Money, Month
from wayfare.ledger import reversal
from wayfare.storage import Role
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.report_store import ReportStore

JUNE = Month("2024-06")
YEAR = Month("2024-01"), Month("2024-12")
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)


@pytest.fixture
def reading(database):
    """Ask the report store in a session of its own, in a book that holds the small funds."""
    with database.session(viewer=officer(role=Role.POSTER)) as session:
        for each in small_batches():
            LedgerStore(session.connection).post(each)

    def ask(name, *values, scope=None, role=Role.OFFICER, **more):
        with database.session(viewer=officer(scope, role=role)) as session:
            found = getattr(ReportStore(session), name)(*values, **more)
            return list(found) if name in ("stream", "accounts") else found

    return ask


def looks(database):
    with database.session(viewer=officer()) as session:
        return session.connection.execute("select person, subject, found from access_record order by id").fetchall()


def test_a_trial_balance_has_the_balances_of_the_books_in_memory(reading):
    books = books_of(small_batches())
    for fund in (GUANGDONG, SICHUAN):
        found = trial_balance(fund, *YEAR, reading("movements", fund, *YEAR))
        expected = {"account": Money.ZERO}
        for name, balance in books.trial_balance(fund).items():
            joined = "account" if name.startswith("account:") else name
            expected[joined] = expected.get(joined, Money.ZERO) + balance
        assert {row.account: row.closing for row in found.rows} == expected


def test_a_month_opens_with_what_the_month_before_closed(reading, database):
    for last in (JUNE, Month("2025-01")):
        before = {row.account: row.closing for row in reading("movements", GUANGDONG, Month("2024-01"), last - 1)}
        opened = {row.account: row.opening for row in reading("movements", GUANGDONG, last, last)}
        assert {name: amount for name, amount in opened.items() if amount} == {n: a for n, a in before.items() if a}


def test_after_a_close_the_opening_comes_from_the_snapshot_and_is_the_same(reading, database):
    before = reading("movements", GUANGDONG, Month("2025-01"), Month("2025-03"))
    with database.session(viewer=officer(role=Role.POSTER)) as session:
        LedgerStore(session.connection).close(GUANGDONG, 202412)
    assert reading("movements", GUANGDONG, Month("2025-01"), Month("2025-03")) == before


def test_members_are_one_row_with_their_number(reading):
    found = {row.account: row for row in reading("movements", GUANGDONG, JUNE, JUNE)}
    assert (found["account"].accounts, found["account"].closing) == (2, Money.yuan("2050.00"))
    assert not any(name.startswith("account:") for name in found)


def test_a_member_whose_money_is_dated_before_the_account_was_opened_counts_in_that_month(reading, database):
    with database.session(viewer=officer(role=Role.POSTER)) as session:
        for each in (
            batch("110000:employee_pension", "2024-05-31", "later", (EMPLOYER, "account:W-1", 100, "W-1", 202405)),
            batch("110000:employee_pension", "2024-01-31", "earlier", (EMPLOYER, "account:W-1", 7, "W-1", 202401)),
        ):
            LedgerStore(session.connection).post(each)
    january = Month("2024-01"), Month("2024-01")
    found = reading("movements", "110000:employee_pension", *january)
    assert {row.account: row.closing.amount_fen for row in found} == {"account": 7, EMPLOYER: -7}


def test_the_lines_of_an_account_are_those_of_the_batches_by_day(reading):
    own = [line for line in lines_of(small_batches(), GUANGDONG) if BANK in (line.debit, line.credit)]
    found = reading("account_lines", GUANGDONG, BANK, FIRST, LAST)
    assert found == sorted(own, key=lambda line: (line.on, line.batch))
    few = reading("account_lines", GUANGDONG, BANK, date(2024, 6, 13), date(2024, 6, 30))
    assert [line.key for line in few] == ["payment:B-3"]
    assert reading("balance_before", GUANGDONG, BANK, date(2024, 6, 13)) == Money.yuan("-4877.00")


def test_batches_that_moved_an_account_add_up_to_its_movement(reading):
    found = {row.account: row for row in reading("movements", GUANGDONG, JUNE, JUNE)}
    for account in ("account", "pooled_fund", BANK):
        parts = reading("account_batches", GUANGDONG, account, JUNE.first_day, JUNE.last_day)
        assert Money.total(part.debits for part in parts) == found[account].debits
        assert Money.total(part.credits for part in parts) == found[account].credits


def test_every_person_among_the_lines_shown_is_a_look(reading, database):
    reading("batch_lines", GUANGDONG, "contributions:2024-06", account=None, most=2)
    assert looks(database) == [("W-105", f"batch contributions:2024-06 of {GUANGDONG}", True)]
    reading("person_lines", "W-105")
    reading("account_lines", GUANGDONG, "account:W-105", FIRST, LAST)
    assert looks(database)[1:] == [("W-105", "statement", True), ("W-105", f"account in {GUANGDONG}", True)]


def test_a_person_without_an_account_is_a_look_that_found_nothing(reading, database):
    assert reading("person_lines", "W-999") == []
    assert looks(database) == [("W-999", "statement", False)]


def test_other_places_are_not_in_view(reading):
    assert reading("funds", scope="510000") == (SICHUAN,)
    with pytest.raises(NothingBooked, match="WF-FND-049"):
        reading("check", GUANGDONG, scope="510000")
    assert reading("movements", GUANGDONG, JUNE, JUNE, scope="510000") == []
    assert reading("account_lines", GUANGDONG, BANK, FIRST, LAST, scope="510000") == []
    assert reading("stream", GUANGDONG, JUNE, JUNE, scope="510000") == []
    assert reading("accounts", GUANGDONG, JUNE, scope="510000") == []
    assert {line.fund for line in reading("person_lines", "W-105", scope="510000")} == {SICHUAN}


def test_a_payment_covers_the_oldest_month(reading):
    assert reading("unpaid_months", GUANGDONG, EMPLOYER) == {202406}


def test_a_payment_covers_the_month_that_the_payer_named(reading, database):
    with database.session(viewer=officer(role=Role.POSTER)) as session:
        session.connection.execute(
            """insert into office.payment (fund, id, bank_account, on_day, fen, payer_reference, for_month)
               values (%s, 'B-1', 'ICBC-1', '2024-06-12', 480000, 'E-1', 202406)""",
            (GUANGDONG,),
        )
    assert reading("unpaid_months", GUANGDONG, EMPLOYER) == {202405}


def test_a_payment_that_was_taken_back_covers_nothing(reading, database):
    paid = next(each for each in small_batches() if each.key == "payment:B-1")
    with database.session(viewer=officer(role=Role.POSTER)) as session:
        LedgerStore(session.connection).post(reversal(paid, key="back:1", on=date(2024, 7, 1)))
    assert reading("unpaid_months", GUANGDONG, EMPLOYER) == {202405, 202406}


def test_who_owes_nothing_has_no_unpaid_month(reading, database):
    with database.session(viewer=officer(role=Role.POSTER)) as session:
        LedgerStore(session.connection).post(batch(GUANGDONG, "2024-07-01", "payment:B-9", (BANK, EMPLOYER, 479_000)))
    assert reading("unpaid_months", GUANGDONG, EMPLOYER) == set()


def test_members_accounts_are_what_control_leaves(reading):
    found = reading("members_control", GUANGDONG)
    assert (found.accounts, found.holding, found.below_zero, found.difference) == (2, 2, 0, Money.ZERO)
    assert found.held == Money.yuan("2073.45")


def test_a_changed_row_shows_in_members_against_control(reading, database):
    with database.connect() as owner:
        owner.execute("alter table ledger.transfer_2024 disable trigger all")
        owner.execute("update ledger.transfer_2024 set amount = amount + 1 where credit > 0 and line = 3 and batch = 1")
        owner.commit()
    assert reading("members_control", GUANGDONG).difference == Money.fen(1)


def test_a_mirror_is_found_from_both_sides(reading):
    day = date(2024, 12, 31)
    (one,) = reading("mirrored", GUANGDONG, day)
    (other,) = reading("mirrored", SICHUAN, day)
    assert (one[0].account, one[1].account) == ("in_transit_out:" + SICHUAN, "in_transit_in:" + GUANGDONG)
    assert (one[0].balance, one[1].balance) == (Money.yuan("2100.00"), Money.yuan("-1800.00"))
    assert {side.account for side in other} == {side.account for side in one}


def test_the_stream_is_the_whole_book_in_its_order(reading):
    rows = [row for chunk in reading("stream", GUANGDONG, *YEAR) for row in chunk]
    own = lines_of(small_batches(), GUANGDONG)
    assert [(row[1], row[6], row[7], row[9]) for row in rows] == [
        (line.batch, line.line, line.debit, line.amount.amount_fen) for line in own
    ]  # fmt: skip
    assert reading("count_lines", GUANGDONG, *YEAR) == len(own)


# ---------------------------------------------------------------- of any book


_places = itertools.count(100_000)


def test_every_report_of_a_random_stored_book_adds_up(database):
    @settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
    @given(steps)
    def adds_up(drawn):
        one, other = (f"{next(_places)}:employee_pension" for _ in range(2))
        post_all(database, batches_of(drawn, one, other))
        with database.session(viewer=officer(role=Role.POSTER)) as session:
            store, ledger = ReportStore(session), LedgerStore(session.connection)
            for fund in {one, other} & set(store.funds()):
                check_months(store, fund)
                check_open_items(store, fund, ledger.trial_balance(fund))
                assert store.members_control(fund).difference == Money.ZERO
                for book in cash_books_of(store, fund, FIRST, LAST):
                    assert -book.closing == ledger.trial_balance(fund)[book.account]
            for member in MEMBERS:
                told = person_account(member, FIRST, LAST, store.person_lines(member), {})
                held = ledger.member_balances(member)
                assert all(each.closing == held[each.fund] for each in told.funds)

    adds_up()


def post_all(database, batches):
    with database.session(viewer=officer(role=Role.POSTER)) as session:
        for each in batches:
            LedgerStore(session.connection).post(each)


def check_months(store, fund):
    """Each stretch of months opens with what the one before closed with."""
    first, last = store.months(fund)
    before = {}
    for number in range(0, last - first + 1, 5):
        month = first + number
        found = trial_balance(fund, month, month + 4, store.movements(fund, month, month + 4))
        opened = {row.account: row.opening for row in found.rows if row.opening}
        assert opened == {name: amount for name, amount in before.items() if amount}
        before = {row.account: row.closing for row in found.rows}


def check_open_items(store, fund, balances):
    """Open items add up to what the accounts hold, and both sides of each pair tell the same."""
    waiting = [amount for name, amount in balances.items() if name.startswith(("suspense", "in_transit"))]
    found = ageing_of(store, fund, LAST)
    assert (found.balance, found.total) == (Money.total(waiting), Money.total(waiting) + found.other_side)
    for mine, theirs in store.mirrored(fund, LAST):
        pair = pair_of(mine, theirs)
        assert pair == pair_of(theirs, mine)
        assert Money.total(item.amount for item in pair.items) == pair.difference
