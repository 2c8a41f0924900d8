"""A fund's book shows every account and the sum, which is zero, and never a member's name."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from portals.html_reading import Page
from wayfare.kernel import Money, Place
from wayfare.portals import (
    BatchKind,
    BatchLine,
    BookUnbalanced,
    FundAccount,
    FundBook,
    InTransit,
    Language,
    Links,
    Words,
    account_lines,
    fund_book_page,
)

LANGUAGES = list(Language)
TRIAL_BALANCE = {
    "pooled_fund": Money.yuan("900.00"),
    "account:guilan": Money.yuan("310.05"),
    "account:yulan": Money.yuan("89.95"),
    "in_transit:510000": Money.yuan("36.72"),
    "outside:employers": Money.yuan("-1336.69"),
    "rounding": Money.yuan("-0.03"),
}


def batch(number, year, kind=BatchKind.CONTRIBUTIONS, total="100.00"):
    return BatchLine(number, date(year, 12, 31), kind, 7, Money.yuan(total), sha256(str(number).encode()).hexdigest())


def book(**changes):
    whole = {
        "place": Place("310000"),
        "insurance": "employee_pension",
        "on": date(2026, 11, 21),
        "accounts": account_lines(TRIAL_BALANCE),
        "batches": (batch(1, 2019), batch(2, 2019, BatchKind.INTEREST, "3.21"), batch(3, 2020, total="250.00")),
        "in_transit": (InTransit("510000", is_outgoing=True, amount=Money.yuan("36.72"), since=date(2026, 11, 3)),),
    }
    return FundBook(**(whole | changes))


def read(language, **changes):
    return Page(fund_book_page(book(**changes), language, Links("other.html", "index.html")))


def test_members_stand_as_one_line_that_counts_them():
    lines = account_lines(TRIAL_BALANCE)
    assert lines[0] == FundAccount("account", Money.yuan("400.00"), count=2)
    assert FundAccount("in_transit", Money.yuan("36.72"), "510000") in lines


def test_a_book_that_does_not_add_up_to_zero_is_refused():
    with pytest.raises(BookUnbalanced) as refused:
        book(accounts=(FundAccount("pooled_fund", Money.yuan("0.01")),))
    assert refused.value.code == "WF-POR-004"
    assert refused.value.found == "The accounts of 310000:employee_pension add up to 0.01 yuan, not to zero."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_sound_and_asks_for_nothing_outside(language):
    found = read(language)
    assert found.faults == []
    assert set(found.pointed) <= set(found.ids)
    assert "script" not in found.tags
    assert {address for _, address in found.addresses} == {"data:,", "#main", "other.html", "index.html"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_account_stands_with_its_name_and_balance_and_no_member_is_named(language):
    words, found = Words(language), read(language)
    for line in account_lines(TRIAL_BALANCE):
        assert words.cents(line.balance) in found.tables
    assert words.province(Place("510000")) in found.tables
    assert "guilan" not in found.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_batch_stands_with_its_total_and_mark(language):
    words, found = Words(language), read(language)
    for each in book().batches:
        assert words.cents(each.total) in found.tables and each.mark[:16] in found.tables
    assert book().batches[-1].mark in found.text


def test_many_batches_are_folded_and_none_is_left_out():
    many = tuple(batch(number, 1990 + number) for number in range(1, 31))
    found = read(Language.ENGLISH, batches=many)
    assert "The 6 batches before" in found.text
    assert len(found.regions) == len(set(found.regions)) == 3
    assert all(each.mark[:16] in found.tables for each in many)


def test_years_add_up_by_kind():
    assert book().by_year() == {
        2019: {BatchKind.CONTRIBUTIONS: Money.yuan("100.00"), BatchKind.INTEREST: Money.yuan("3.21")},
        2020: {BatchKind.CONTRIBUTIONS: Money.yuan("250.00")},
    }
    assert "2020 is the year in which most was paid in" in read(Language.ENGLISH).text


def test_a_book_without_batches_or_money_on_the_way_says_so():
    found = read(Language.ENGLISH, batches=(), in_transit=())
    assert found.faults == []
    assert "No money is on the way." in found.text


def test_money_that_passed_through_transit_is_told_as_sent_or_received():
    accounts = account_lines({"in_transit:510000": Money.yuan("5.00"), "in_transit:350000": Money.yuan("-5.00")})
    tables = read(Language.ENGLISH, accounts=accounts).tables
    assert "Sent to Sichuan 1 5.00" in tables and "Received from Fujian 1 −5.00" in tables
