"""The month's pensions: paid once from account and pool, later made good, stopped by a death, paid out by the bank."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from funds.benefits.pensioners import FUND, adjustment, award, balances, keep_decision, pay_in, register
from scenarios.told_lives import life, paid
from wayfare.app.funds.benefits import adjust_benefit, report_death, start_benefit, withdraw_death
from wayfare.app.funds.pay_benefits import confirm_paid, pay_benefits
from wayfare.app.sessions import at_work
from wayfare.decisions import ask
from wayfare.facts import read_document
from wayfare.funds.benefits.errors import (
    AmountOpen,
    BenefitDiffers,
    DecisionWrong,
    NotInPayment,
    PayrollMissing,
    PayrollOutOfOrder,
    PoolLacks,
)
from wayfare.ledger.errors import KeyReused
from wayfare.storage import Role
from wayfare.storage.ledger_store import LedgerStore


@pytest.fixture
def paying(database, law):
    """Two pensioners since January 2024: 3000.00 with 900.00 of an account of 2000.00; 2000.00 without an account."""
    register(database, "p1", "p2")
    for member, pension, account in (("p1", "3000.00", "900.00"), ("p2", "2000.00", "0.00")):
        award(database, law, member, pension, account, identity=f"A-{member}")
        assert start_benefit(database, FUND, member, first_month=202401, decision=f"A-{member}")
    pay_in(database, pool=100_000_00, accounts={"p1": 2_000_00})
    return database


def run(database, law, *months: int):
    return [pay_benefits(database, law, FUND, month) for month in months][-1]


def lines(database, member: str):
    with at_work(database, Role.POSTER, "a test") as session:
        found = LedgerStore(session.connection).member_statement(member)
    return [(x.key, x.debit, x.amount.amount_fen, x.effective_from) for x in found if x.key.startswith("payroll")]


def test_the_account_pays_its_part_and_the_pool_the_rest(paying, law):
    found = run(paying, law, 202401)
    assert (found.payroll.pensioners, found.payroll.from_account, found.payroll.from_pool) == (2, 900_00, 4_100_00)
    held = balances(paying)
    assert (held["account:p1"], held["pooled_fund"]) == (1_100_00, 95_900_00)
    assert held["benefits_payable:pension"] == 5_000_00


def test_the_payroll_pays_what_the_person_who_asks_is_told(paying, law):
    run(paying, law, 202401, 202402)
    told = life(paid("440000", "2004-03", "2015-01"), on="2024-03-01").as_document()
    given = {
        "first_payment_month": "2024-01", "pension": "3000.00", "account_pension": "900.00",
        "pension_of_month": "3000.00", "balance_before_payment": "200.00",
    }  # fmt: skip
    document = {**told, "question": "pension.payment", "mode": "decision", "given": given}
    answer = ask(read_document(document), law).as_document()["values"]
    found = run(paying, law, 202403).payroll
    assert answer["paid_from_account"]["value"] == "200.00" and found.from_account == 200_00
    assert answer["paid_from_pool"]["value"] == "2800.00" and found.from_pool == 2_800_00 + 2_000_00


def test_when_the_account_is_used_up_the_pension_does_not_fall(paying, law):
    run(paying, law, 202401, 202402, 202403, 202404)
    paid = [(debit, fen) for _, debit, fen, month in lines(paying, "p1") if month >= 202403]
    assert paid == [("account:p1", 200_00), ("pooled_fund", 2_800_00), ("pooled_fund", 3_000_00)]
    assert balances(paying)["account:p1"] == 0


def test_a_month_is_paid_once_however_often_it_is_run(paying, law):
    run(paying, law, 202401)
    before = balances(paying)
    assert run(paying, law, 202401).is_repeat
    assert balances(paying) == before


def test_a_preview_posts_nothing(paying, law):
    before = balances(paying)
    found = pay_benefits(paying, law, FUND, 202401, preview=True)
    assert found.payroll.payable == 5_000_00 and found.posted is None
    assert balances(paying) == before


def test_months_are_run_in_their_order(paying, law):
    run(paying, law, 202401)
    for month in (202403, 202312):
        with pytest.raises(PayrollOutOfOrder, match="2024-01"):
            run(paying, law, month)


def test_an_adjustment_is_paid_from_january_in_the_proportion_of_the_award(paying, law):
    run(paying, law, 202401, 202402)
    adjustment(paying, law, "p1", "3300.00", year=2024, identity="J-1")
    assert adjust_benefit(paying, FUND, "p1", decision="J-1")
    assert not adjust_benefit(paying, FUND, "p1", decision="J-1")
    found = run(paying, law, 202403)
    assert found.payroll.made_good == 2 * 300_00
    late = [(debit, fen, month) for key, debit, fen, month in lines(paying, "p1") if key == "payroll:2024-03"]
    assert late == [
        ("account:p1", 90_00, 202401), ("pooled_fund", 210_00, 202401), ("account:p1", 90_00, 202402),
        ("pooled_fund", 210_00, 202402), ("account:p1", 20_00, 202403), ("pooled_fund", 3_280_00, 202403),
    ]  # fmt: skip


def test_a_benefit_recorded_late_is_paid_with_its_earlier_months(paying, law):
    run(paying, law, 202401, 202402)
    register(paying, "p3")
    award(paying, law, "p3", "1000.00", "0.00", identity="A-p3")
    start_benefit(paying, FUND, "p3", first_month=202402, decision="A-p3")
    found = run(paying, law, 202403)
    assert (found.payroll.made_good, found.payroll.pensioners) == (1_000_00, 3)


def test_who_draws_a_pension_from_two_funds_is_told(paying, law):
    assert pay_benefits(paying, law, FUND, 202401).paid_elsewhere == {}
    start_benefit(paying, "310000:employee_pension", "p2", first_month=202402, decision="A-p2")
    found = pay_benefits(paying, law, "310000:employee_pension", 202402, preview=True)
    assert found.paid_elsewhere == {"p2": FUND}


def test_two_runs_at_once_pay_a_month_once(paying, law):
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(lambda _: pay_benefits(paying, law, FUND, 202401), range(2)))
    assert sorted(each.is_repeat for each in found) == [False, True]
    assert balances(paying)["benefits_payable:pension"] == 5_000_00


def test_the_month_of_the_death_is_the_last(paying, law):
    run(paying, law, 202401)
    assert report_death(paying, FUND, "p2", on=date(2024, 2, 29), paper="certificate 7")
    assert not report_death(paying, FUND, "p2", on=date(2024, 2, 29), paper="certificate 7")
    assert run(paying, law, 202402).payroll.pensioners == 2
    assert run(paying, law, 202403).payroll.pensioners == 1


def test_a_death_that_was_none_is_made_good(paying, law):
    report_death(paying, FUND, "p2", on=date(2023, 12, 5), paper="certificate 7")
    run(paying, law, 202401, 202402)
    withdraw_death(paying, FUND, "p2", month=202401, paper="identity card seen")
    assert run(paying, law, 202403).payroll.made_good == 2 * 2_000_00


def test_a_pool_that_lacks_money_pays_nobody_and_says_how_much_is_lacking(paying, law):
    for month in range(202401, 202413):
        run(paying, law, month)
    before = balances(paying)
    adjustment(paying, law, "p1", "99000.00", year=2025, identity="J-1")
    adjust_benefit(paying, FUND, "p1", decision="J-1")
    assert pay_benefits(paying, law, FUND, 202501, preview=True).lacking == 59_000_00
    with pytest.raises(PoolLacks, match=r"59000\.00 yuan for 2025-01"):
        run(paying, law, 202501)
    assert balances(paying) == before


def test_the_bank_pays_out_a_payroll_once(paying, law):
    with pytest.raises(PayrollMissing):
        confirm_paid(paying, FUND, 202401, bank="6222-1", on=date(2024, 2, 5))
    run(paying, law, 202401)
    for fresh in (True, False):
        assert confirm_paid(paying, FUND, 202401, bank="6222-1", on=date(2024, 2, 5)).fresh is fresh
    with pytest.raises(KeyReused):
        confirm_paid(paying, FUND, 202401, bank="6222-1", on=date(2024, 2, 6))
    held = balances(paying)
    assert (held["benefits_payable:pension"], held["bank:6222-1"]) == (0, 5_000_00)
    assert sum(held.values()) == 0


def test_a_pension_is_paid_by_a_decision_about_this_person_alone(paying, law):
    register(paying, "p3")
    for decision in ("A-p1", "no such"):
        with pytest.raises(DecisionWrong, match="p3"):
            start_benefit(paying, FUND, "p3", first_month=202401, decision=decision)


def test_another_award_must_replace_the_one_in_payment(paying, law):
    award(paying, law, "p1", "2900.00", "870.00", identity="B-p1")
    with pytest.raises(BenefitDiffers, match="A-p1"):
        start_benefit(paying, FUND, "p1", first_month=202401, decision="B-p1")


def test_nothing_is_paid_by_a_decision_that_was_replaced(paying, law):
    award(paying, law, "p1", "2900.00", "870.00", identity="B-p1", replaces="A-p1")
    with pytest.raises(DecisionWrong, match="A-p1"):
        start_benefit(paying, FUND, "p1", first_month=202402, decision="A-p1")


def test_a_fund_of_another_insurance_pays_no_employees_pension(paying):
    with pytest.raises(DecisionWrong, match="440000:resident_pension is not"):
        start_benefit(paying, "440000:resident_pension", "p1", first_month=202401, decision="A-p1")


def test_a_decision_that_leaves_the_amount_open_pays_nothing(database, law):
    register(database, "p1")
    given = {"pension": "3000.00"}
    keep_decision(database, law, "p1", "A-p1", "pension.monthly", given, "2024-01-01", leaves_open="pension")
    with pytest.raises(AmountOpen, match="A-p1"):
        start_benefit(database, FUND, "p1", first_month=202401, decision="A-p1")


def test_nothing_is_recorded_about_a_benefit_that_is_not_in_payment(database, law):
    register(database, "p1")
    with pytest.raises(NotInPayment, match="p1"):
        report_death(database, FUND, "p1", on=date(2024, 2, 29), paper="certificate 7")
