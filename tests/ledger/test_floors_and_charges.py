"""Rules of floors and of the business key, on the books in memory."""

from __future__ import annotations

from datetime import date

import pytest

from wayfare.ledger import GOVERNMENT, PERSON, Approval, Batch, Books, Hold, employer_clearing, floor_batch, reversal
from wayfare.ledger.charges import charged_months, month_index, month_of_index, payer_of
from wayfare.ledger.errors import AccountWrong, FloorRefused, Overdrawn, SecondCharge, UnknownAccount

FUND = "440000:employee_pension"
DAY = date(2024, 6, 30)
APPROVAL = Approval(DAY, "2024 no. 12", "the finance bureau", "a reserve of two months")
EMPLOYER = employer_clearing("E-1")


def contribution(key="k", *, payer=EMPLOYER, first=202406, months=1, member="account:a"):
    batch = Batch(FUND, DAY, key)
    for name in ("pooled_fund", payer, member):
        batch.open(name)
    for credit in ("pooled_fund", member):
        batch.move(debit=payer, credit=credit, amount=10, member=member, effective_from=first, effective_months=months)
    return batch.seal()


@pytest.fixture
def books():
    made = Books()
    made.post(contribution())
    return made


def test_a_charge_is_made_once_whatever_the_batch_is_called(books):
    with pytest.raises(SecondCharge, match="WF-LED-017  account:a of 440000:employee_pension was charged"):
        books.post(contribution("other", first=202405, months=2))
    assert books.post(contribution("other", payer=PERSON)).fresh
    assert books.post(contribution("another", member="account:b")).fresh


def test_a_reversal_frees_the_charges_of_its_batch(books):
    books.post(reversal(contribution(), key="back", on=DAY))
    assert books.post(contribution("again")).fresh


def test_every_month_of_a_row_is_a_charge_and_a_row_about_nobody_is_none():
    batch = contribution(first=202312, months=2).rows
    payers = dict.fromkeys(batch["debit"].tolist(), 0)
    assert {(month_of_index(month), kind) for _, month, kind in charged_months(batch, payers)} == {
        (202312, 0), (202312, 1), (202401, 0), (202401, 1),
    }  # fmt: skip
    assert charged_months(batch, {}) == []


def test_who_pays_is_told_by_the_clearing_account():
    names = [EMPLOYER, PERSON, GOVERNMENT, "contribution_clearing:E-1", "pooled_fund"]
    assert [payer_of(name) for name in names] == [0, 1, 2, None, None]


def test_months_are_counted_across_years():
    assert month_index(202401) - month_index(202312) == 1
    assert [month_of_index(month_index(month)) for month in (202312, 202401)] == [202312, 202401]


def test_a_floor_is_raised_when_the_account_holds_it_and_then_stands(books):
    with pytest.raises(FloorRefused):
        books.approve_floor(FUND, "pooled_fund", 11, APPROVAL)
    assert books.approve_floor(FUND, "pooled_fund", 10, APPROVAL).fresh
    with pytest.raises(Overdrawn):
        books.place(Hold(FUND, "h", DAY, {"pooled_fund": 1}))
    assert books.floors(FUND)["pooled_fund"].amount_fen == 10


def test_a_floor_of_an_account_that_is_not_open_is_not_changed(books):
    with pytest.raises(UnknownAccount):
        books.approve_floor(FUND, "reserve", 0, APPROVAL)


def test_an_approval_names_its_document_its_giver_and_its_reason():
    with pytest.raises(AccountWrong, match="An approval without its document"):
        Approval(DAY, "", "the finance bureau", "why")


def test_no_approval_lets_a_member_be_overdrawn(books):
    with pytest.raises(AccountWrong, match="a member's account cannot be overdrawn"):
        books.approve_floor(FUND, "account:a", -5, APPROVAL)


def test_another_floor_document_or_reason_is_another_content():
    same = floor_batch(FUND, "pooled_fund", 5, APPROVAL).content
    assert same == floor_batch(FUND, "pooled_fund", 5, APPROVAL).content
    assert same != floor_batch(FUND, "pooled_fund", 6, APPROVAL).content
    assert same != floor_batch(FUND, "pooled_fund", 5, Approval(DAY, "2024 no. 12", "someone", "else")).content
