"""Rules of a year's interest from a fund's own book: whose it is, what came late, what a repeat does."""

from __future__ import annotations

from datetime import date

import numpy as np
import psycopg
import pytest

from storage.year_book import EMPLOYER, FUND, PERSON, Book
from wayfare.app.funds.interest import credit_year, post_year, prepare_year
from wayfare.funds.year.errors import RateNotDecided, YearNotReady
from wayfare.kernel.money import Money
from wayfare.ledger import Batch, account_numbers, interest_batch, reversal

RESIDENTS = "430000:resident_pension"
TODAY = date(2026, 11, 21)


class Years(Book):
    """A book whose years are credited."""

    def credit(self, year, **more):
        return credit_year(self.database, self.law, self.fund, year, today=TODAY, **more)

    def prepare(self, year):
        return prepare_year(self.database, self.law, self.fund, year, today=TODAY)

    def post(self, prepared):
        return post_year(self.database, self.law, prepared, today=TODAY)


@pytest.fixture
def book(database, law):
    return Years(database, law)


def test_a_year_s_interest_stands_on_what_was_there_and_on_the_year_s_months(book):
    book.opened(a=100_000, b=50_000, c=70_000)
    book.close(202212)
    book.month(202301, a=8_000)
    book.month(202306, a=8_000, d=8_000)
    book.close(202311)
    done = book.credit(2023)
    assert (done.state, done.on, done.members, done.rate.basis_points) == ("posted", date(2023, 12, 31), 4, 397)
    assert book.interest(2023) == {
        ("a", 2023): 3970 + 503, ("b", 2023): 1985, ("c", 2023): 2779, ("d", 2023): 185,
    }  # fmt: skip
    assert done.credited == Money.fen(9422)
    assert book.do("batch", FUND, "interest:2023").decision == f"law:{book.law.version}:pension.account"


def test_a_preview_posts_nothing_and_a_repeat_changes_nothing(book):
    book.opened(a=100_000).close(202311)
    seen, done = book.prepare(2023), book.credit(2023)
    again = book.credit(2023)
    assert (seen.state, done.state, again.state) == ("preview", "posted", "repeated")
    assert again.as_document() == done.as_document() | {"state": "repeated"}
    assert seen.as_document() == done.as_document() | {"state": "preview"}
    assert book.held("a") == 103_970 and book.do("totals")[FUND][0] == 2


def test_what_is_booked_between_preview_and_posting_counts(book):
    book.opened(a=100_000).close(202311)
    seen = book.prepare(2023)
    book.write("late", date(2023, 12, 31), (EMPLOYER, "account:a", 12_000, 202312))
    assert book.post(seen).credited == Money.fen(3970 + 40)
    assert book.post(seen).state == "repeated" and book.held("a") == 116_010


def test_late_months_bring_the_interest_of_their_own_year_with_the_next_batch(book):
    book.opened(a=100_000).close(202212)
    book.month(202310, a=8_000, b=8_000)
    book.close(202311)
    book.credit(2023)
    book.close(202312)
    book.write("contributions:2023-02:late-1", date(2024, 3, 31), (EMPLOYER, "account:b", 9_000, 202302))
    book.close(202411)
    done = book.credit(2024)
    late, first = 9_000 * 11 * 397 / 120_000, 8_000 * 3 * 397 / 120_000
    b_2023 = round(first + late)
    assert book.interest(2024)["b", 2023] == b_2023 - round(first) == done.earlier.amount_fen
    assert book.interest(2024)["b", 2024] == round((17_000 + b_2023) * 0.0262)
    assert book.interest(2024)["a", 2024] == round((108_000 + 3970 + round(first)) * 0.0262)


def test_months_booked_after_the_interest_of_their_year_are_caught_up_too(book):
    book.opened(a=100_000).close(202311)
    book.credit(2023)
    book.write("late", date(2023, 12, 31), (EMPLOYER, "account:a", 12_000, 202312))
    book.close(202411)
    book.credit(2024)
    assert book.interest(2024) == {("a", 2023): 40, ("a", 2024): round((103_970 + 12_040) * 0.0262)}


def test_interest_credited_months_after_its_year_counts_from_that_january(book):
    book.opened(a=100_000).close(202406)
    done = book.credit(2023)
    assert done.on == date(2024, 7, 31)
    book.close(202411)
    book.credit(2024)
    assert book.interest(2024) == {("a", 2024): round(103_970 * 0.0262)}


def test_what_is_paid_ahead_earns_from_its_own_month(book):
    book.opened(a=100_000)
    book.write("ahead", date(2022, 12, 31), (PERSON, "account:b", 12_000, 202307))
    book.write("interest:2022", date(2022, 12, 31), ("pooled_fund", "rounding", 1))
    book.close(202311)
    book.credit(2023)
    assert book.interest(2023) == {("a", 2023): 3970, ("b", 2023): round(12_000 * 6 * 397 / 120_000)}


def test_who_left_or_draws_earns_on_what_stood_there(book):
    book.opened(a=100_000, b=100_000, c=100_000).close(202212)
    book.write("sent", date(2023, 5, 4), ("account:a", "in_transit_out:510000:employee_pension", 100_000, 202001, 36))
    book.write("payroll:2023-07", date(2023, 7, 5), ("account:b", "benefits_payable:pension", 12_000))
    book.write("received", date(2023, 9, 9), ("in_transit_in:510000:employee_pension", "account:d", 60_000, 201901, 48))
    book.close(202311)
    book.credit(2023)
    assert book.interest(2023) == {
        ("b", 2023): round((100_000 - 6_000) * 0.0397), ("c", 2023): 3970, ("d", 2023): 2382,
    }  # fmt: skip


def test_an_account_that_a_pension_has_used_up_has_earned_until_then(book):
    book.opened(a=60_000).close(202212)
    book.write("payroll:2023-03", date(2023, 3, 31), ("account:a", "benefits_payable:pension", 45_000))
    book.write("payroll:2023-04", date(2023, 4, 30), ("account:a", "benefits_payable:pension", 15_000))
    book.close(202311)
    book.credit(2023)
    assert book.interest(2023) == {("a", 2023): 447}  # 60,000 for two months and 15,000 for one, 0.0397 a year


def test_a_reversal_leaves_no_interest(book):
    book.opened(a=100_000).close(202212)
    book.month(202303, a=8_000)
    book.write("payroll:2023-04", date(2023, 4, 5), ("account:a", "benefits_payable:pension", 12_000))
    for key, on in (("contributions:2023-03", date(2023, 8, 1)), ("payroll:2023-04", date(2023, 9, 1))):
        book.do("post", reversal(book.do("batch", FUND, key), key=f"back:{key}", on=on))
    book.close(202311)
    book.credit(2023)
    assert book.interest(2023) == {("a", 2023): 3970}


def test_residents_earn_at_a_rate_that_an_officer_gives(database, law):
    book = Years(database, law, RESIDENTS).opened(a=100_000)
    book.close(202211)
    book.write("contributions:2023", date(2023, 3, 1), (PERSON, "account:a", 50_000, 202301, 12))
    book.close(202312)
    with pytest.raises(RateNotDecided):
        book.credit(2023)
    done = book.credit(2023, rate="0.0300", source="湘人社规〔2024〕3号")
    assert (done.rate.status, done.credited, done.on) == ("given", Money.fen(3000), date(2024, 1, 31))
    book.close(202412)
    book.credit(2024, rate="0.0200", source="湘人社规〔2025〕3号")
    assert book.interest(2024) == {("a", 2024): 3060}


def test_a_year_waits_until_it_is_over_and_nothing_open_would_change_it(book):
    book.opened(a=1)
    with pytest.raises(YearNotReady, match="2026 is not over"):
        credit_year(book.database, book.law, FUND, 2026, today=TODAY, rate="0.01", source="a notice")
    with pytest.raises(YearNotReady, match="closed through no month"):
        book.credit(2023)
    book.month(202311, a=8_000)
    book.close(202311)
    with pytest.raises(YearNotReady, match="contributions of 2023-12 were not booked"):
        book.credit(2023)
    book.month(202312, a=8_000)
    book.close(202411)
    with pytest.raises(YearNotReady, match="interest of 2023 was not credited"):
        book.credit(2024)
    with pytest.raises(YearNotReady, match="no book"):
        credit_year(book.database, book.law, "450000:employee_pension", 2023, today=TODAY)


def test_a_batch_that_moved_nothing_makes_no_year_due(book):
    book.opened(a=100_000)
    opened = Batch(FUND, date(2022, 6, 1), "accounts")
    opened.open("account:b")
    book.do("post", opened.seal())
    book.close(202311)
    assert book.credit(2023).credited == Money.fen(3970)


def test_interest_whose_rate_is_not_on_record_is_not_told_as_ours(book):
    book.opened(a=100_000).close(202311)
    book.do("post", interest_batch(FUND, year=2023, accounts=account_numbers(["account:a"]), interest=np.array([5])))
    with pytest.raises(YearNotReady, match="without its rate on record"):
        book.credit(2023)


def test_what_a_year_was_credited_at_cannot_be_changed(book, database):
    book.opened(a=100_000).close(202311)
    book.credit(2023)
    with pytest.raises(psycopg.errors.DatabaseError, match="append-only"), database.connect() as connection:
        connection.execute("update ledger.year_interest set rate = 1")
