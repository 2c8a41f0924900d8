"""Rules of the reports as values: every report of any book adds up, and says what an accountant expects to read."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings

from funds.reports.random_books import INTO, OUT, batches_of, steps
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
from wayfare.funds.reports.account import person_account
from wayfare.funds.reports.ageing import BUCKETS, ageing, bucket_of, open_in_suspense, open_in_transit
from wayfare.funds.reports.cash_book import cash_book
from wayfare.funds.reports.errors import ReportUnbalanced
from wayfare.funds.reports.lines import AccountClass, class_of, matter_of
from wayfare.funds.reports.pairs import Side, is_mirrored, mirror_of, pair_of
from wayfare.funds.reports.trial_balance import Movement, trial_balance
from wayfare.kernel import Money, Month
from wayfare.ledger import reversal
from wayfare.ledger.chart import CHART

MEDICAL, OTHER_MEDICAL = "440000:employee_medical", "510000:employee_medical"
EVER = date(1900, 1, 1), date(2199, 12, 31)
END = date(2025, 6, 30)


def movements(lines, first: date, last: date) -> list[Movement]:
    """The movements of lines, as the store would sum them."""
    sums = defaultdict(lambda: [0, 0, 0])
    for line in lines:
        for account, debit in ((line.debit, True), (line.credit, False)):
            name = "account" if account.startswith("account:") else account
            if line.on < first:
                sums[name][0] += -line.amount.amount_fen if debit else line.amount.amount_fen
            elif line.on <= last:
                sums[name][1 if debit else 2] += line.amount.amount_fen
    return [Movement(name, *map(Money.fen, found)) for name, found in sums.items()]


def held(lines, account: str, until: date = EVER[1]) -> Money:
    return Money.total(line.change(account) for line in lines if line.on <= until)


def side(lines, fund: str, account: str) -> Side:
    own = tuple(line for line in lines if line.fund == fund and account in (line.debit, line.credit))
    return Side(fund, account, held(own, account), own)


@settings(max_examples=150)
@given(steps)
def test_every_report_of_a_random_book_adds_up(drawn):
    batches = batches_of(drawn)
    lines = {fund: lines_of(batches, fund) for fund in (GUANGDONG, SICHUAN)}
    books = books_of(batches)
    for fund, own in lines.items():
        moved = movements(own, date(2023, 7, 1), date(2024, 2, 29))
        found = trial_balance(fund, Month("2023-07"), Month("2024-02"), moved)
        assert not found.total.opening and not found.total.closing
        assert Money.total(total.closing for _, _, total in found.classes()) == Money.ZERO
    cash = [line for line in lines[GUANGDONG] if BANK in (line.debit, line.credit)]
    shown = cash_book(GUANGDONG, BANK, *EVER, balance_before=Money.ZERO, lines=cash)
    assert -shown.closing == held(cash, BANK)
    assert [after.balance - before.balance for before, after in pairwise(shown.lines)] == [
        line.paid_in - line.paid_out for line in shown.lines[1:]
    ]
    waiting = [line for line in lines[GUANGDONG] if "suspense" in (line.debit, line.credit)]
    items = open_in_suspense("suspense", waiting)
    assert ageing(GUANGDONG, END, items, balance=held(waiting, "suspense")).total == held(waiting, "suspense")
    pair = pair_of(side(lines[GUANGDONG], GUANGDONG, OUT), side(lines[SICHUAN], SICHUAN, INTO))
    assert Money.total(item.amount for item in pair.items) == pair.difference
    for member in MEMBERS:
        about = [line for own in lines.values() for line in own if line.member == f"account:{member}"]
        for each in person_account(member, date(2023, 7, 1), END, about, {}).funds:
            name = f"account:{member}"
            opened = name in books.trial_balance(each.fund)
            assert each.closing == (books.balance(each.fund, name) if opened else Money.ZERO)
            assert each.opening == held(lines[each.fund], name, date(2023, 6, 30))


@settings(max_examples=100)
@given(steps)
def test_both_sides_of_a_pair_tell_the_same_whoever_asks(drawn):
    batches = batches_of(drawn)
    one = side(lines_of(batches, GUANGDONG), GUANGDONG, OUT)
    other = side(lines_of(batches, SICHUAN), SICHUAN, INTO)
    assert pair_of(one, other) == pair_of(other, one)


def test_a_trial_balance_that_does_not_sum_to_zero_is_refused():
    with pytest.raises(ReportUnbalanced, match=r"WF-FND-045 .*add up to 1.00 yuan"):
        one_sided = Movement("suspense", Money.ZERO, Money.ZERO, Money.yuan("1.00"))
        trial_balance(GUANGDONG, Month("2024-06"), Month("2024-06"), [one_sided])


def test_open_items_that_do_not_make_the_balance_are_refused():
    with pytest.raises(ReportUnbalanced, match="WF-FND-045"):
        ageing(GUANGDONG, END, [], balance=Money.yuan("0.01"))


def test_every_account_of_the_chart_has_its_class():
    assert {class_of(line.pattern) for line in CHART} == set(AccountClass) - {AccountClass.OUTSIDE}


def test_a_trial_balance_stands_in_the_order_of_its_classes():
    lines = lines_of(small_batches(), GUANGDONG)
    found = trial_balance(GUANGDONG, Month("2024-01"), Month("2024-12"), movements(lines, EVER[0], EVER[1]))
    kinds = [kind for kind, _, _ in found.classes()]
    assert kinds == sorted(kinds, key=list(AccountClass).index)
    assert kinds == list(AccountClass)[:-1]


def test_a_payment_that_was_matched_is_no_longer_open():
    lines = [line for line in lines_of(small_batches(), GUANGDONG) if "suspense" in (line.debit, line.credit)]
    assert [(i.matter, i.since, i.amount) for i in open_in_suspense("suspense", lines)] == [
        ("B-2", date(2024, 3, 5), Money.yuan("77.00"))
    ]


def test_a_match_that_names_no_payment_uses_up_the_oldest():
    batches = [
        batch(GUANGDONG, "2024-01-05", "payment:A", (BANK, "suspense", 100)),
        batch(GUANGDONG, "2024-02-05", "payment:B", (BANK, "suspense", 100)),
        batch(GUANGDONG, "2024-03-05", "found", ("suspense", EMPLOYER, 150)),
    ]
    (item,) = open_in_suspense("suspense", lines_of(batches, GUANGDONG))
    assert (item.matter, item.amount) == ("B", Money.fen(50))


def test_what_was_taken_back_is_about_the_same_matter():
    sent = batch(GUANGDONG, "2024-01-05", "relation:W-104:1:sent", (EMPLOYER, OUT, 100))
    back = reversal(sent, key="back:1", on=date(2024, 2, 1))
    assert open_in_transit(OUT, lines_of([sent, back], GUANGDONG), []) == []


def test_money_on_the_way_is_open_until_both_funds_have_booked_it():
    batches = small_batches()
    own = [line for line in lines_of(batches, GUANGDONG) if line.credit == OUT]
    theirs = [(INTO, line) for line in lines_of(batches, SICHUAN)]
    (item,) = open_in_transit(OUT, own, theirs)
    assert (item.matter, item.amount, item.days(date(2024, 7, 25))) == ("relation:W-104:1", Money.yuan("300.00"), 30)


@pytest.mark.parametrize(("days", "bucket"), [(0, "0-30"), (30, "0-30"), (31, "31-90"), (90, "31-90"), (91, "91-365"),
                                              (365, "91-365"), (366, "over 365")])  # fmt: skip
def test_an_age_falls_into_one_stretch(days, bucket):
    assert bucket_of(days) == bucket
    assert bucket in BUCKETS


@pytest.mark.parametrize(
    ("fund", "account", "mirror"),
    [
        (GUANGDONG, OUT, (SICHUAN, INTO)),
        (SICHUAN, INTO, (GUANGDONG, OUT)),
        (MEDICAL, f"claims_payable:{OTHER_MEDICAL}", (OTHER_MEDICAL, f"claims_receivable:{MEDICAL}")),
        (GUANGDONG, "in_transit:510000", (SICHUAN, "in_transit:440000")),
        (GUANGDONG, "in_transit:510000:resident_pension", ("510000:resident_pension", f"in_transit:{GUANGDONG}")),
    ],
)
def test_an_account_with_another_fund_has_its_mirror_there(fund, account, mirror):
    assert is_mirrored(account)
    assert mirror_of(fund, account) == mirror
    assert mirror_of(*mirror) == (fund, account)


@pytest.mark.parametrize("account", ["payable:W-104", "suspense", "bank:ICBC-1", "account:W-104", "receivable:510000"])
def test_an_account_with_nobody_or_a_person_has_no_mirror(account):
    assert not is_mirrored(account)


def test_claims_that_only_one_fund_has_booked_make_the_difference():
    medical, other = MEDICAL, OTHER_MEDICAL
    batches = [
        batch(medical, "2024-05-01", "claim:1", ("pooled_fund", f"claims_payable:{other}", 500), opens=()),
        batch(medical, "2024-05-02", "claim:2", ("pooled_fund", f"claims_payable:{other}", 70)),
        batch(other, "2024-05-01", "claim:1", (f"claims_receivable:{medical}", "pooled_fund", 500)),
        batch(other, "2024-05-03", "claim:3", (f"claims_receivable:{medical}", "pooled_fund", 20)),
    ]
    one = side(lines_of(batches, medical), medical, f"claims_payable:{other}")
    two = side(lines_of(batches, other), other, f"claims_receivable:{medical}")
    pair = pair_of(two, one)
    assert (pair.owing.fund, pair.said_to_be_owed, pair.said_to_be_due) == (medical, Money.fen(570), Money.fen(520))
    assert {item.matter: item.amount.amount_fen for item in pair.items} == {"claim:2": 70, "claim:3": -20}


def test_a_statement_says_what_each_line_was_for_and_which_month_is_not_paid():
    lines = [line for line in lines_of(small_batches(), GUANGDONG) if line.member == "account:W-104"]
    (found,) = person_account("W-104", *EVER, lines, {(GUANGDONG, EMPLOYER): {202406}}).funds
    told = [(line.months, line.meaning, str(line.change), str(line.to_pool), line.unpaid) for line in found.lines]
    assert told == [
        ("2024-05", "employer_share", "0.00", "1600.00", False),
        ("2024-05", "own_share", "800.00", "0.00", False),
        ("2024-05", "moved_out", "-300.00", "0.00", False),
        ("2024-06", "employer_share", "0.00", "1600.00", True),
        ("2024-06", "own_share", "800.00", "0.00", True),
        ("2024-06", "pension_from_pool", "0.00", "-200.00", False),
        ("2024-06", "pension_from_account", "-50.00", "0.00", False),
        ("2024-12", "interest", "23.45", "0.00", False),
    ]
    assert (found.closing, found.to_pool) == (Money.yuan("1273.45"), Money.yuan("3000.00"))


def test_a_key_without_its_phase_is_the_matter():
    assert matter_of("relation:W-104:1:sent") == matter_of("relation:W-104:1:received") == "relation:W-104:1"
    assert matter_of("payment:B-1") == "payment:B-1"
