"""Rules of the close of a month: its checklist first, kept with who closed; late items go to the open month."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest

from storage.year_book import EMPLOYER, FUND, POSTER, Book
from wayfare.app.funds.close import close_month, read_checklist
from wayfare.app.funds.interest import credit_year
from wayfare.funds.reports.errors import NothingBooked
from wayfare.funds.year.checklist import rows_hash
from wayfare.funds.year.errors import CloseStopped
from wayfare.kernel import Money, Month
from wayfare.ledger.errors import BookDiffers, PeriodClosed
from wayfare.storage.close_store import CloseStore

TODAY = date(2026, 11, 21)


@pytest.fixture
def book(database, law):
    return Book(database, law)


def close(book, month, **more):
    return close_month(book.database, book.law, book.fund, Month(month), by="Chen", today=TODAY, **more)


def listed(book, month):
    found = read_checklist(book.database, book.law, book.fund, Month(month), today=TODAY)
    return {item["item"]: item for item in found.items}


def test_a_close_keeps_the_checklist_and_the_trial_balance_with_who_closed(book):
    book.opened(a=100_000)
    close(book, "2022-12", explanations={"interest": "taken up with this balance"})
    book.month(202301, a=8_000, b=4_000)
    done = close(book, "2023-01")
    assert (done.state, done.kept.by) == ("closed", "Chen")
    assert {row.account: row.closing for row in done.kept.rows} == {
        "account": Money.yuan("1120.00"), "contribution_clearing:E-1": Money.yuan("-120.00"),
        "outside:before": Money.yuan("-10001000.00"), "pooled_fund": Money.yuan("10000000.00"),
    }  # fmt: skip
    assert done.kept.rows_hash == rows_hash(done.kept.rows) and done.kept.head == book.do("head", FUND)
    assert {item["state"] for item in done.kept.items} == {"done", "does_not_apply"}


def test_closing_again_tells_what_was_kept_and_the_month_stays_closed(book):
    book.opened(a=100_000)
    book.month(202306, a=8_000)
    book.close(202305)
    first, again = close(book, "2023-06"), close(book, "2023-06")
    assert (again.state, again.kept) == ("repeated", first.kept)
    with pytest.raises(PeriodClosed):
        book.write("late", date(2023, 6, 30), (EMPLOYER, "account:a", 500, 202306))
    book.write("late", date(2023, 7, 1), (EMPLOYER, "account:a", 500, 202306))
    assert close(book, "2023-06").kept == first.kept


def test_months_close_in_order_and_only_when_they_are_over(book):
    book.opened(a=100_000)
    book.month(202306, a=8_000)
    with pytest.raises(CloseStopped, match="earlier_months: No month is closed yet"):
        close(book, "2023-06")
    with pytest.raises(CloseStopped, match="2026-11 is not over"):
        close(book, "2026-11")
    with pytest.raises(NothingBooked):
        close_month(book.database, book.law, "450000:employee_pension", Month("2023-06"), by="Chen", today=TODAY)


def test_a_month_that_was_closed_without_a_checklist_has_none_to_keep(book):
    book.opened(a=100_000).close(202306)
    with pytest.raises(CloseStopped, match="closed without a checklist"):
        close(book, "2023-06")


def test_december_waits_for_its_interest_and_then_for_nothing(book):
    book.opened(a=100_000)
    book.close(202311)
    assert listed(book, "2023-12")["interest"]["stops"]
    with pytest.raises(CloseStopped, match="interest of 2023 is not credited"):
        close(book, "2023-12")
    credit_year(book.database, book.law, FUND, 2023, today=TODAY)
    assert close(book, "2023-12").state == "closed"
    with book.database.connect() as connection:
        found = connection.execute("select balance from ledger.snapshot where period = 202312 and account > 0")
        assert found.fetchall() == [(103_970,)]


def test_a_december_whose_rate_the_law_does_not_hold_closes_and_says_why(book, database, law):
    residents = Book(database, law, "430000:resident_pension").opened(a=100_000)
    residents.close(202311)
    done = close(residents, "2023-12")
    waits = next(item for item in done.items if item["item"] == "interest")
    assert waits["state"] == "explained" and "only Hunan's of 2026" in waits["found"]["en"]
    assert "湖南2026年" in waits["found"]["zh"]


def test_an_open_hold_past_its_day_stops_the_close_until_it_is_explained(book):
    from wayfare.ledger import Hold

    book.opened(a=100_000)
    book.close(202305)
    book.do("place", Hold(FUND, "move:1", date(2023, 6, 1), {"pooled_fund": 500}, expires=date(2023, 6, 20)))
    assert listed(book, "2023-06")["holds"]["details"] == ["move:1 2023-06-01 – 2023-06-20 5.00"]
    with pytest.raises(CloseStopped, match="1 of 1 is past its day"):
        close(book, "2023-06")
    done = close(book, "2023-06", explanations={"holds": "the court froze it"})
    assert next(item for item in done.kept.items if item["item"] == "holds")["explanation"] == "the court froze it"


def test_suspense_is_told_with_its_age_and_a_bank_without_a_statement_stops(book):
    book.opened(a=100_000)
    book.close(202305)
    book.write("payment:1", date(2023, 6, 10), ("bank:6222", "suspense", 700))
    found = listed(book, "2023-06")
    assert found["suspense"]["found"]["en"] == "1 open, 7.00 yuan, the oldest for 20 days."
    assert found["bank"]["stops"] and not found["suspense"]["stops"]
    assert close(book, "2023-06", explanations={"bank": "the statement comes on Monday"}).state == "closed"


def test_a_book_that_is_not_as_it_was_sealed_closes_nothing(book, database):
    book.opened(a=100_000)
    book.month(202306, a=8_000)
    book.close(202305)
    with database.connect() as connection:
        connection.execute("alter table ledger.batch disable trigger append_only")
        connection.execute("update ledger.batch set decision = 'another' where key = 'contributions:2023-06'")
        connection.execute("alter table ledger.batch enable trigger append_only")
    with pytest.raises(BookDiffers):
        close(book, "2023-06")


def test_running_balances_that_the_rows_do_not_give_stop_the_close(book, database):
    book.opened(a=100_000)
    book.close(202305)
    with database.connect() as connection:
        connection.execute("update ledger.control_balance set posted = posted + 1 where account < 0 and posted > 0")
    with pytest.raises(CloseStopped, match=r"members: .*; trial_balance: .*1 account differs"):
        close(book, "2023-06", read_back=False, explanations={"chain": "a test"})


def test_what_a_close_kept_cannot_be_changed(book, database):
    book.opened(a=100_000)
    book.close(202305)
    close(book, "2023-06")
    for table in ("period_close", "period_close_line"):
        with pytest.raises(psycopg.DatabaseError, match="append-only"), database.connect() as connection:
            connection.execute(f"delete from ledger.{table}")
    with database.session(viewer=POSTER) as session, pytest.raises(psycopg.DatabaseError):
        CloseStore(session.connection).keep(FUND, Month("2023-05"), "Chen", (), ())


def test_a_late_month_goes_to_the_open_month_and_its_interest_to_the_next_batch(book):
    book.opened(a=100_000)
    book.close(202311)
    credit_year(book.database, book.law, FUND, 2023, today=TODAY)
    close(book, "2023-12")
    book.month(202401, a=8_000)
    book.write("contributions:2023-03:late-1", date(2024, 1, 31), (EMPLOYER, "account:a", 8_000, 202303))
    close(book, "2024-01")
    book.close(202411)
    credit_year(book.database, book.law, FUND, 2024, today=TODAY)
    late = round(8_000 * 10 * 397 / 120_000)
    assert book.interest(2024)["a", 2023] == late
    assert book.interest(2024)["a", 2024] == round((103_970 + 8_000 + late) * 0.0262) + round(8_000 * 0.0262)
