"""Rules of the use cases that read a fund's book: statements, reconciliation, the bank, the way down to the article."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from funds.reports.small_fund import BANK, EMPLOYER, GUANGDONG, SICHUAN, batch, small_batches
from wayfare.app.funds.bank import Stated, book_bank_line, import_bank_statement, match_bank_account, read_text
from wayfare.app.funds.explaining import explain_batch, explain_figure
from wayfare.app.funds.reports import (
    months_of,
    read_ageing,
    read_cash_books,
    read_person_account,
    read_trial_balance,
    reconcile,
)
from wayfare.app.sessions import at_work
from wayfare.funds.reports.errors import (
    BankClosingUnknown,
    BankLineAccount,
    BankLineNotOpen,
    BankStatementDiffers,
    NothingBooked,
)
from wayfare.kernel import Money, Month
from wayfare.ledger import reversal
from wayfare.storage import Role
from wayfare.storage.decision_store import keep
from wayfare.storage.ledger_store import LedgerStore

DAY = date(2024, 12, 31)
JUNE = date(2024, 6, 1), date(2024, 6, 30)
BANK_CSV = """id,on,amount,balance,payer
B-2,2024-03-05,77.00,77.00,
B-1,2024-06-12,4800.00,4877.00,Red Star
B-3,2024-06-14,10.00,4887.00,
P-1,2024-07-03,-250.00,4637.00,
"""


def post(database, *batches) -> None:
    with at_work(database, Role.POSTER, "a test") as session:
        for each in batches:
            LedgerStore(session.connection).post(each)


@pytest.fixture
def booked(database):
    post(database, *small_batches())
    return database


def take_in(database, text: str = BANK_CSV, **stated):
    return import_bank_statement(database, GUANGDONG, "ICBC-1", text, Stated(**stated))


def test_the_months_of_a_book_are_those_of_its_batches(booked):
    assert months_of(booked, GUANGDONG) == (Month("2024-03"), Month("2024-12"))


def test_a_fund_without_a_book_has_no_report(booked):
    for read in (
        lambda: read_trial_balance(booked, "450000:injury", Month("2024-01"), Month("2024-12")),
        lambda: read_ageing(booked, "450000:injury", DAY),
        lambda: reconcile(booked, "450000:injury", DAY),
    ):
        with pytest.raises(NothingBooked, match=r"WF-FND-049 .*no book of 450000:injury") as refused:
            read()
        assert GUANGDONG in refused.value.next_step


def test_opening_and_moves_make_the_closing_of_the_next_month(booked):
    june, july = (read_trial_balance(booked, GUANGDONG, Month(m), Month(m)) for m in ("2024-06", "2024-07"))
    assert {row.account: row.closing for row in june.rows} == {row.account: row.opening for row in july.rows}


def test_the_cash_book_ends_with_what_the_book_says_of_the_bank(booked):
    (found,) = read_cash_books(booked, GUANGDONG, *JUNE)
    assert (found.opening, found.closing) == (Money.yuan("77.00"), Money.yuan("4887.00"))
    assert [line.meaning for line in found.lines] == ["paid_in", "unmatched"]
    assert read_cash_books(booked, GUANGDONG, *JUNE, account="another") == ()


@pytest.mark.parametrize(
    ("fund", "account"), [(GUANGDONG, "in_transit_out:" + SICHUAN), (SICHUAN, "in_transit_in:" + GUANGDONG)]
)
def test_both_funds_see_what_is_on_the_way_between_them(booked, fund, account):
    found = read_ageing(booked, fund, DAY)
    moving = [item for item in found.items if item.account == account]
    assert [(item.matter, item.amount) for item in moving] == [("relation:W-104:1", Money.yuan("300.00"))]


def test_before_the_money_left_nothing_was_on_the_way(booked):
    assert [item.matter for item in read_ageing(booked, GUANGDONG, date(2024, 6, 19)).items] == ["B-2"]


def test_a_person_has_one_statement_over_all_funds_with_the_unpaid_month_marked(booked):
    found = read_person_account(booked, "W-105", date(2024, 1, 1), DAY)
    assert [(each.fund, each.closing) for each in found.funds] == [
        (GUANGDONG, Money.yuan("800.00")), (SICHUAN, Money.yuan("800.00"))
    ]  # fmt: skip
    assert {line.months for line in found.funds[0].lines if line.unpaid} == {"2024-06"}
    assert found.closing == Money.yuan("1600.00")


# ---------------------------------------------------------------- the bank


def test_a_statement_is_kept_once(booked):
    first, again = take_in(booked), take_in(booked)
    assert (first.new, first.known, again.new, again.known) == (4, 0, 0, 4)
    assert first.statement.difference == Money.ZERO


def test_bank_and_book_that_agree_reconcile(booked):
    take_in(booked)
    found = match_bank_account(booked, GUANGDONG, "ICBC-1", DAY)
    assert [(m.bank.id, m.book.key, m.by) for m in found.matches] == [
        ("B-2", "payment:B-2", "id"), ("B-1", "payment:B-1", "id"), ("B-3", "payment:B-3", "id"),
        ("P-1", "payroll-paid:2024-06", "amount"),
    ]  # fmt: skip
    assert (found.only_bank, found.only_book, found.unexplained) == ((), (), Money.ZERO)


def test_what_only_one_side_has_explains_the_difference(booked):
    take_in(booked, BANK_CSV + "F-1,2024-07-04,-1.50,4635.50,\n")
    post(booked, batch(GUANGDONG, "2024-07-01", "payment:B-8", (BANK, EMPLOYER, 900)))
    found = match_bank_account(booked, GUANGDONG, "bank:ICBC-1", DAY)
    assert ([x.id for x in found.only_bank], [x.key for x in found.only_book]) == (["F-1"], ["payment:B-8"])
    assert (found.bank_closing, found.book_closing) == (Money.yuan("4635.50"), Money.yuan("4646.00"))
    assert found.unexplained == Money.ZERO


def test_a_line_that_only_the_bank_has_is_booked_once_and_rests_on_its_paper(booked, law):
    take_in(booked, BANK_CSV + "F-1,2024-07-04,-1.50,4635.50,\nR-1,2024-07-05,250.00,4885.50,\n")
    pool = balance_of(booked, "pooled_fund")
    for line, to in (("F-1", "pooled_fund"), ("R-1", "benefits_payable:pension")):
        book_bank_line(booked, GUANGDONG, "ICBC-1", line, to=to, document="notice 5", today=DAY)
    found = match_bank_account(booked, GUANGDONG, "ICBC-1", DAY)
    assert (found.only_bank, found.only_book, len(found.matches)) == ((), (), 6)
    assert balance_of(booked, "pooled_fund") == pool - Money.yuan("1.50")
    rests = explain_batch(booked, law, GUANGDONG, "bank_line:R-1").ground
    assert (rests.kind, rests.id) == ("document", "notice 5")
    for line in ("F-1", "X-1"):
        with pytest.raises(BankLineNotOpen, match=f"has no line {line} that only the bank has"):
            book_bank_line(booked, GUANGDONG, "ICBC-1", line, to="pooled_fund", document="x", today=DAY)
    with pytest.raises(BankLineAccount, match="is not booked to account:W-1 by itself"):
        book_bank_line(booked, GUANGDONG, "ICBC-1", "F-1", to="account:W-1", document="x", today=DAY)


def balance_of(database, account: str) -> Money:
    with at_work(database, Role.POSTER, "a test") as session:
        return LedgerStore(session.connection).balance(GUANGDONG, account)


def test_without_a_statement_there_is_nothing_to_match(booked):
    assert match_bank_account(booked, GUANGDONG, "ICBC-1", DAY) is None


def test_the_balances_of_a_statement_must_be_known(booked):
    text = "id,on,amount\nB-2,2024-03-05,77.00\n"
    with pytest.raises(BankClosingUnknown, match="WF-FND-050"):
        take_in(booked, text)
    found = take_in(booked, text, opening=Money.ZERO, closing=Money.yuan("77.00"))
    assert found.statement.closing == Money.yuan("77.00")


def test_the_next_statement_opens_with_what_the_last_one_closed(booked):
    take_in(booked)
    later = take_in(booked, "id,on,amount\nC-1,2024-08-01,3.00\n", closing=Money.yuan("4640.00"))
    assert (later.statement.opening, later.statement.difference) == (Money.yuan("4637.00"), Money.ZERO)


def test_the_same_days_with_other_balances_are_refused(booked):
    take_in(booked)
    with pytest.raises(BankStatementDiffers, match=r"WF-FND-048 .*from 2024-03-05 to 2024-07-03"):
        take_in(booked, opening=Money.ZERO, closing=Money.yuan("4637.01"))


def test_a_statement_that_covers_days_of_another_is_refused(booked):
    take_in(booked)
    with pytest.raises(BankStatementDiffers, match="covers days of it"):
        take_in(booked, "id,on,amount,balance\nC-1,2024-07-03,1.00,4638.00\nC-2,2024-08-03,1.00,4639.00\n")


def test_a_line_outside_the_days_of_the_statement_is_refused(booked):
    found = take_in(booked, last=date(2024, 6, 30), opening=Money.ZERO, closing=Money.yuan("4887.00"))
    assert ([fault.line for fault in found.refused], found.statement.difference) == ([5], Money.ZERO)


def test_a_line_whose_id_stands_for_another_is_refused_by_itself(booked):
    take_in(booked)
    other = take_in(booked, "id,on,amount,balance\nB-1,2024-08-01,1.00,4638.00\nC-2,2024-08-02,2.00,4640.00\n")
    assert (other.new, [fault.code for fault in other.refused]) == (1, ["WF-FND-047"])
    assert "B-1" in str(other.refused[0])


def test_lines_beside_a_bad_one_are_kept_and_the_statement_waits(booked):
    broken = BANK_CSV.replace("2024-06-12", "2024-06-32")
    first = take_in(booked, broken)
    assert (first.new, first.statement, [fault.line for fault in first.refused]) == (3, None, [3])
    second = take_in(booked)
    assert (second.new, second.known, second.statement.difference) == (1, 3, Money.ZERO)


def test_a_file_in_the_encoding_of_chinese_banks_is_read(tmp_path):
    (tmp_path / "bank.csv").write_bytes("红星公司".encode("gb18030"))
    assert read_text(tmp_path / "bank.csv") == "红星公司"


# ---------------------------------------------------------------- reconciliation


def test_a_fund_whose_sides_all_agree_reconciles(booked):
    take_in(booked)
    into = "in_transit_in:" + GUANGDONG
    post(booked, batch(SICHUAN, "2024-07-01", "relation:W-104:1:received", (into, "account:W-104", 30_000, "W-104")))
    found = reconcile(booked, GUANGDONG, DAY)
    assert found.agrees
    assert [pair.difference for pair in found.pairs] == [Money.ZERO]


def test_what_one_fund_has_not_booked_is_named(booked):
    found = reconcile(booked, GUANGDONG, DAY)
    (pair,) = found.pairs
    assert not found.agrees
    assert [(item.matter, item.amount) for item in pair.items] == [("relation:W-104:1", Money.yuan("300.00"))]
    assert found.without_statement == (BANK,)


# ---------------------------------------------------------------- from a figure to the article


def test_a_figure_is_the_sum_of_its_batches(booked, law):
    balance = read_trial_balance(booked, GUANGDONG, Month("2024-06"), Month("2024-06"))
    closing = {row.account: row.closing for row in balance.rows} | {"account:W-104": Money.yuan("1250.00")}
    for account in ("pooled_fund", "account", BANK, "account:W-104"):
        assert explain_figure(booked, GUANGDONG, account, *JUNE).closing == closing[account]


def test_an_account_or_a_batch_that_is_not_there_leads_nowhere(booked, law):
    with pytest.raises(NothingBooked, match="no account reserve"):
        explain_figure(booked, GUANGDONG, "reserve", *JUNE)
    with pytest.raises(NothingBooked, match="no batch payroll:1999-01"):
        explain_batch(booked, law, GUANGDONG, "payroll:1999-01")


def test_a_batch_shows_so_many_transfers_and_says_how_many_more(booked, law):
    first = explain_batch(booked, law, GUANGDONG, "contributions:2024-06", most=3)
    rest = explain_batch(booked, law, GUANGDONG, "contributions:2024-06", most=3, after=first.lines[-1].line)
    assert (len(first.lines), first.more, len(rest.lines), rest.more) == (3, 1, 1, 0)
    assert Money.total(line.amount for line in (*first.lines, *rest.lines)) == first.head.debits


def test_a_batch_of_the_monthly_run_leads_to_the_clauses_and_figures_of_its_month_and_place(booked, law):
    run = batch("310000:employee_pension", "2024-06-30", "contributions:2024-06",
                (EMPLOYER, "pooled_fund", 100, "W-1"), decision=f"law:{law.version}:pension.contributions")  # fmt: skip
    post(booked, run)
    ground = explain_batch(booked, law, run.fund, run.key).ground
    clauses = {(each["source"]["text"], each["source"]["article"]) for each in ground.document["clauses"]}
    figures = {each["name"]: each["value"] for each in ground.document["figures"]}
    assert (ground.kind, ground.document["law_at_hand"]) == ("law", law.version)
    assert ("国发〔1997〕26号", "3") in clauses
    assert (figures["employer_rate"], figures["employee_rate"]) == ("0.1600", "0.0800")


def test_a_figure_that_no_text_gives_is_shown_as_a_gap_with_its_reason(booked, law):
    charge = (EMPLOYER, "pooled_fund", 100, "W-104", 202407)
    run = batch(GUANGDONG, "2024-07-31", "contributions:2024-07", charge, decision="law:earlier:pension.contributions")
    post(booked, run)
    ground = explain_batch(booked, law, GUANGDONG, run.key).ground
    (rate,) = [each for each in ground.document["figures"] if each["name"] == "employer_rate"]
    assert rate["value"] is None and rate["gap"]["en"] and rate["gap"]["zh"]
    assert ground.document["law_version"] == "earlier"


def decided(database, identity: str) -> None:
    reason = {"clause": "国办发〔2009〕66号", "article": "6(2)", "holds": True, "sentence": {"en": "So", "zh": "是"}}
    with at_work(database, Role.OFFICER, "a test") as session:
        keep(
            session, question="pension.place", person=None, scope="440000", identity=identity, as_of_law=DAY,
            as_of_known=datetime(2025, 1, 1, tzinfo=UTC), mode="decision", law_version="v",
            document={"answer": "440000", "reasons": [reason]}, facts={},
        )  # fmt: skip


def test_a_batch_leads_to_its_decision_and_the_articles_of_its_reasons(booked, law):
    decided(booked, "D-2024-000318")
    moved = ("pooled_fund", "suspense", 5)
    sent = batch(GUANGDONG, "2024-09-01", "relation:W-9:1:sent", moved, decision="D-2024-000318")
    post(booked, sent)
    ground = explain_batch(booked, law, GUANGDONG, sent.key).ground
    assert (ground.kind, ground.document["reasons"][0]["article"]) == ("decision", "6(2)")


def test_a_batch_that_takes_another_back_rests_on_what_that_one_did(booked, law):
    decided(booked, "D-1")
    sent = batch(GUANGDONG, "2024-09-01", "relation:W-9:1:sent", ("pooled_fund", "suspense", 5), decision="D-1")
    post(booked, sent, reversal(sent, key="back:1", on=date(2024, 9, 2)))
    found = explain_batch(booked, law, GUANGDONG, "back:1")
    assert (found.head.reverses, found.ground.id) == (sent.key, "D-1")


@pytest.mark.parametrize(("decision", "kind"), [(None, "none"), ("D-unknown", "unseen")])
def test_a_batch_without_a_decision_in_view_says_so(booked, law, decision, kind):
    post(booked, batch(GUANGDONG, "2024-09-01", "k", ("pooled_fund", "suspense", 5), decision=decision))
    assert explain_batch(booked, law, GUANGDONG, "k").ground.kind == kind
