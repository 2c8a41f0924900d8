"""Rules of bank statements: good lines are kept, bad ones told; matches are to the fen; the rest is explained."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.reports.small_fund import BANK, GUANGDONG, batch, lines_of, small_batches
from wayfare.funds.reports.bank import BankLine, BankStatement, read_bank_statement
from wayfare.funds.reports.bank_matching import BookItem, book_items, match_bank
from wayfare.funds.reports.errors import BankColumnsMissing
from wayfare.kernel import Money

DAY = date(2024, 6, 30)
GOOD = """id,on,in,out,balance,payer,reference,text
B-2,2024-03-05,77.00,,77.00,,,
B-1,2024-06-12,"4,800.00",,"4,877.00",Red Star Ltd,contributions May,
P-9,2024-07-02,,250.00,4627.00,,payroll,
"""


def statement(*lines: BankLine, opening: int = 0, closing: int | None = None) -> BankStatement:
    total = opening + sum(line.amount.amount_fen for line in lines)
    ends = Money.fen(opening), Money.fen(total if closing is None else closing)
    return BankStatement(GUANGDONG, "ICBC-1", date(2024, 1, 1), date(2024, 12, 31), *ends, lines)


def line(id: str, fen: int, on: date = DAY, **more: str) -> BankLine:
    return BankLine(id, on, Money.fen(fen), **more)


def item(key: str, fen: int, on: date = DAY, number: int = 1) -> BookItem:
    return BookItem(number, key, on, Money.fen(fen), (0,))


def matched(bank: BankStatement, *items: BookItem, window: int = 5):
    return match_bank([bank], items, on=date(2024, 12, 31), window_days=window)


def told(faults) -> list[tuple[int, str]]:
    return [(fault.line, fault.field) for fault in faults]


def test_a_line_has_its_day_amount_and_what_the_bank_says():
    lines, balances, bad = read_bank_statement("\ufeff" + GOOD.replace("4627.00", '"4,627.00"'))
    assert bad == []
    assert lines[1] == BankLine("B-1", date(2024, 6, 12), Money.yuan("4800.00"), "Red Star Ltd", "contributions May")
    assert lines[2].amount == Money.yuan("-250.00")
    assert balances == (Money.ZERO, Money.yuan("4627.00"))


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("X,2024-02-30,5.00,,,,,", "on"), (",2024-02-03,5.00,,,,,", "id"), ("X,2024-02-03,5.001,,,,,", "in"),
        ("X,2024-02-03,,,,,,", "amount"), ("X,2024-02-03,-5.00,,,,,", "in"), ("B-2,2024-02-03,5.00,,,,,", "id"),
        ("X,2024-02-03,5.00", None), ("X,2024-02-03,5.00,,many,,,", "balance"), ("X,2024-02-03,5.00,,,,,,,", None),
    ],
)  # fmt: skip
def test_a_bad_line_is_told_by_its_number_and_the_others_are_kept(row, field):
    lines, balances, bad = read_bank_statement(GOOD + row + "\n")
    assert [each.id for each in lines] == ["B-2", "B-1", "P-9"]
    assert told(bad) == [(5, field)]
    assert "WF-FND-047" in str(bad[0])
    assert balances is None


def test_a_balance_that_does_not_follow_is_told_at_its_line():
    lines, balances, bad = read_bank_statement(GOOD.replace("4627.00", "4626.99"))
    assert (len(lines), balances, told(bad)) == (3, None, [(4, "balance")])


def test_without_its_columns_nothing_can_be_read():
    with pytest.raises(BankColumnsMissing, match=r"WF-FND-046 .*no column amount, id"):
        read_bank_statement("on,in\n2024-01-01,5.00\n")


def test_a_quoted_text_may_hold_a_line_break():
    lines, _, bad = read_bank_statement('id,on,amount,text\nA,2024-01-01,5.00,"one\ntwo"\nB,2024-13-01,5.00,x\n')
    assert lines[0].text == "one\ntwo"
    assert told(bad) == [(4, "on")]


def test_a_line_meets_the_batch_of_its_id_first():
    found = matched(statement(line("B-1", 100)), item("payment:B-7", 100), item("payment:B-1", 100, number=2))
    assert [(m.book.key, m.by) for m in found.matches] == [("payment:B-1", "id")]
    assert [each.key for each in found.only_book] == ["payment:B-7"]


def test_an_id_with_another_amount_is_no_match():
    found = matched(statement(line("B-1", 100)), item("payment:B-1", 101))
    assert (found.matches, len(found.only_bank), len(found.only_book)) == ((), 1, 1)


def test_a_reference_goes_before_the_nearest_day():
    near = item("payment:A", 100, DAY), item("refund:W-1", 100, DAY + timedelta(days=3), number=2)
    found = matched(statement(line("1", 100, reference="about refund:W-1")), *near)
    assert [(m.book.key, m.by) for m in found.matches] == [("refund:W-1", "reference")]


def test_among_equal_amounts_the_nearest_day_is_taken():
    items = item("a", 100, DAY - timedelta(days=4)), item("b", 100, DAY + timedelta(days=1), number=2)
    found = matched(statement(line("1", 100)), *items)
    assert [(m.book.key, m.by) for m in found.matches] == [("b", "amount")]


@pytest.mark.parametrize(("days", "matches"), [(5, 1), (6, 0)])
def test_bank_and_book_may_lie_as_many_days_apart_as_the_window(days, matches):
    found = matched(statement(line("1", 100)), item("a", 100, DAY + timedelta(days=days)))
    assert len(found.matches) == matches


def test_one_line_of_the_bank_may_be_a_batch_of_many_payments():
    paid = batch(GUANGDONG, "2024-07-02", "payroll-paid:2024-06", ("benefits_payable:pension", BANK, 150),
                 ("benefits_payable:refund", BANK, 100))  # fmt: skip
    found = matched(statement(line("1", -250, date(2024, 7, 3))), *book_items(BANK, lines_of([paid], GUANGDONG)))
    assert [(m.book.key, m.by, len(m.book.lines)) for m in found.matches] == [("payroll-paid:2024-06", "total", 2)]
    assert found.only_book == ()


def test_a_whole_statement_that_agrees_leaves_nothing():
    text = GOOD.replace("B-1,", "B-3,2024-06-14,10.00,,87.00,,,\nB-1,")
    lines, balances, _ = read_bank_statement(text.replace("4,877.00", "4,887.00").replace("4627.00", "4637.00"))
    bank = BankStatement(GUANGDONG, "ICBC-1", lines[0].on, lines[-1].on, *balances, tuple(lines))
    own = [each for each in lines_of(small_batches(), GUANGDONG) if BANK in (each.debit, each.credit)]
    found = matched(bank, *book_items(BANK, own))
    assert (len(found.matches), found.only_bank, found.only_book) == (4, (), ())
    assert (found.unexplained, found.lines_difference) == (Money.ZERO, Money.ZERO)


def test_a_batch_of_which_a_part_is_matched_is_no_whole():
    items = [BookItem(1, "paid", DAY, Money.fen(fen), (place,)) for place, fen in enumerate((-70, -20, -10))]
    found = matched(statement(line("1", -70), line("2", -30)), *items)
    assert [(m.bank.id, m.by) for m in found.matches] == [("1", "amount")]
    assert ([x.id for x in found.only_bank], len(found.only_book)) == (["2"], 2)


def test_what_the_book_holds_from_before_the_first_statement_lies_in_its_opening():
    before = item("payment:old", 500, date(2023, 11, 1)), item("payment:late", 30, date(2023, 12, 30), number=2)
    found = matched(statement(line("1", 30, date(2024, 1, 2)), opening=500), *before)
    assert [m.book.key for m in found.matches] == ["payment:late"]
    assert (found.only_book, found.unexplained) == ((), Money.ZERO)


def test_a_line_that_is_missing_shows_against_the_closing_balance():
    found = matched(statement(line("1", 100), closing=150), item("a", 100))
    assert (found.lines_difference, found.unexplained) == (Money.fen(-50), Money.fen(50))


def test_a_statement_that_does_not_go_on_from_the_one_before_is_told():
    lines = (line("1", 5),)
    first = BankStatement(GUANGDONG, "A", date(2024, 1, 1), date(2024, 1, 31), Money.ZERO, Money.fen(5), lines)
    later = BankStatement(GUANGDONG, "A", date(2024, 2, 2), date(2024, 2, 29), Money.fen(5), Money.fen(5), ())
    assert match_bank([first, later], [], on=DAY).gaps == ("2024-01-31..2024-02-02",)


amounts = st.integers(-3, 3).filter(bool)
days = st.integers(0, 20).map(lambda n: DAY + timedelta(days=n))


banks = st.lists(st.tuples(amounts, days), max_size=12)
books = st.lists(st.tuples(amounts, days, st.integers(1, 4)), max_size=12)


@given(banks, books)
def test_each_line_is_matched_once_to_the_fen_and_the_rest_explains_the_difference(bank, book):
    lines = [line(f"B-{number}", fen, on) for number, (fen, on) in enumerate(bank)]
    items = [BookItem(n, f"key:{n}", on, Money.fen(fen), (place,)) for place, (fen, on, n) in enumerate(book)]
    found = matched(statement(*lines), *items)
    assert not found.unexplained and not found.lines_difference
    assert all(m.bank.amount == m.book.amount and abs((m.bank.on - m.book.on).days) <= 5 for m in found.matches)
    assert sorted([m.bank.id for m in found.matches] + [x.id for x in found.only_bank]) == sorted(x.id for x in lines)
    places = [p for m in found.matches for p in m.book.lines] + [p for x in found.only_book for p in x.lines]
    assert sorted(places) == list(range(len(items)))
