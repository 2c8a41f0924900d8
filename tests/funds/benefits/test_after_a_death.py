"""What a death leaves, and what was paid too much: charged back as it was paid, repaid by plan to the fen."""

from __future__ import annotations

from datetime import date

import pytest

from funds.benefits.pensioners import FUND, award, balances, keep_decision, pay_in, register
from wayfare.app.funds.benefits import Approved, inherit, recover, repay, report_death, start_benefit
from wayfare.app.funds.pay_benefits import pay_benefits
from wayfare.funds.benefits.errors import (
    AmountDiffers,
    DecisionWrong,
    InstalmentWrong,
    NotDead,
    NothingOverpaid,
    PayrollOutOfOrder,
    RecoveryOpen,
    RepaidTooMuch,
)

AGREED = Approved(date(2024, 5, 6), "agreement 12", "paid after the death")
DAY = date(2024, 5, 31)


@pytest.fixture
def paid(database, law):
    """One pensioner, 3000.00 a month with 900.00 of an account of 5000.00, paid from January to April 2024."""
    register(database, "p1")
    award(database, law, "p1", "3000.00", "900.00", identity="A")
    start_benefit(database, FUND, "p1", first_month=202401, decision="A")
    pay_in(database, pool=100_000_00, accounts={"p1": 5_000_00})
    for month in (202401, 202402, 202403, 202404):
        pay_benefits(database, law, FUND, month)
    return database


def ask_back(database, law, monthly=None, from_month=202406):
    return recover(database, law, FUND, "p1", monthly=monthly, from_month=from_month, approved=AGREED, on=DAY)


def survivors(database, law, account: str, benefit: str = "20000.00", identity="S"):
    given = {"drawn_months": "50", "urban_income": "48000.00", "survivor_benefit": benefit}
    asked = {**given, "remaining_account": account}
    return keep_decision(database, law, "p1", identity, "pension.survivors", asked, "2024-02-10")


def leave(database, law, decision="S", **more):
    return inherit(database, law, FUND, "p1", decision=decision, on=DAY, **more)


def test_what_was_paid_after_a_death_goes_back_as_it_was_paid_and_is_owed(paid, law):
    report_death(paid, FUND, "p1", on=date(2024, 2, 10), paper="certificate 7")
    assert pay_benefits(paid, law, FUND, 202405).overpaid == {"p1": 6_000_00}
    plan, posted = ask_back(paid, law)
    assert (plan.amount, posted.fresh) == (6_000_00, True)
    held = balances(paid)
    assert (held["account:p1"], held["recovery:p1"]) == (5_000_00 - 2 * 900_00, -6_000_00)


def test_every_run_tells_what_was_overpaid_until_it_is_charged_back(paid, law):
    report_death(paid, FUND, "p1", on=date(2024, 2, 10), paper="certificate 7")
    for month in (202405, 202406):
        assert pay_benefits(paid, law, FUND, month).overpaid == {"p1": 6_000_00}
    ask_back(paid, law)
    assert pay_benefits(paid, law, FUND, 202407).overpaid == {}
    assert pay_benefits(paid, law, FUND, 202408).overpaid == {}


def test_asking_back_again_asks_nothing_more(paid, law):
    report_death(paid, FUND, "p1", on=date(2024, 2, 10), paper="certificate 7")
    ask_back(paid, law)
    before = balances(paid)
    plan, posted = ask_back(paid, law)
    assert (plan.number, posted, balances(paid)) == (1, None, before)


def test_nobody_is_asked_back_what_was_due(paid, law):
    with pytest.raises(NothingOverpaid, match="p1"):
        ask_back(paid, law)


def test_the_heirs_pay_back_into_the_bank_and_no_more_than_is_owed(paid, law):
    report_death(paid, FUND, "p1", on=date(2024, 2, 10), paper="certificate 7")
    ask_back(paid, law)
    for reference, fen in (("L1", 5_000_00), ("L2", 1_000_00), ("L2", 1_000_00)):
        repay(paid, FUND, "p1", amount=fen, reference=reference, bank="6222-1", on=DAY)
    held = balances(paid)
    assert (held["recovery:p1"], held["bank:6222-1"]) == (0, -6_000_00)
    with pytest.raises(RepaidTooMuch, match=r"owes 0\.00"):
        repay(paid, FUND, "p1", amount=1, reference="L3", bank="6222-1", on=DAY)


def test_an_instalment_is_above_zero_and_no_more_than_what_is_owed(paid, law):
    report_death(paid, FUND, "p1", on=date(2024, 2, 10), paper="certificate 7")
    for monthly in (0, 6_000_01):
        with pytest.raises(InstalmentWrong, match=r"6000\.00 yuan"):
            ask_back(paid, law, monthly)


def test_a_corrected_award_is_paid_back_out_of_later_pensions_to_zero(paid, law):
    award(paid, law, "p1", "2900.00", "870.00", identity="B", replaces="A")
    start_benefit(paid, FUND, "p1", first_month=202401, decision="B")
    assert pay_benefits(paid, law, FUND, 202405).overpaid == {"p1": 400_00}
    assert ask_back(paid, law, 150_00)[0].amount == 400_00
    kept = [pay_benefits(paid, law, FUND, month).payroll for month in (202406, 202407, 202408, 202409)]
    assert [each.kept_back for each in kept] == [150_00, 150_00, 100_00, 0]
    assert [each.payable for each in kept] == [2_750_00, 2_750_00, 2_800_00, 2_900_00]
    held = balances(paid)
    assert held["recovery:p1"] == 0 and sum(held.values()) == 0
    assert held["account:p1"] == 5_000_00 - 9 * 870_00 + (9 * 870_00 - 5_000_00)


def test_a_new_agreement_takes_over_what_is_still_owed(paid, law):
    award(paid, law, "p1", "2900.00", "870.00", identity="B", replaces="A")
    start_benefit(paid, FUND, "p1", first_month=202401, decision="B")
    pay_benefits(paid, law, FUND, 202405)
    ask_back(paid, law, 150_00)
    pay_benefits(paid, law, FUND, 202406)
    plan, posted = ask_back(paid, law, 50_00, 202407)
    assert (plan.number, plan.amount, posted) == (2, 250_00, None)
    assert pay_benefits(paid, law, FUND, 202407).payroll.kept_back == 50_00


def test_the_account_is_inherited_whole_and_the_pool_pays_the_family(paid, law):
    report_death(paid, FUND, "p1", on=date(2024, 4, 10), paper="certificate 7")
    survivors(paid, law, "1400.00")
    assert [each.posted.fresh for each in leave(paid, law)] == [True, True]
    assert [each.posted.fresh for each in leave(paid, law)] == [False, False]
    held = balances(paid)
    assert (held["account:p1"], held["benefits_payable:death_grant"]) == (0, 1_400_00 + 20_000_00)


def test_what_is_owed_may_be_taken_out_of_the_account_first(paid, law):
    report_death(paid, FUND, "p1", on=date(2024, 3, 10), paper="certificate 7")
    ask_back(paid, law)
    survivors(paid, law, "2300.00", "0.00")
    leave(paid, law, set_off=True)
    held = balances(paid)
    assert (held["account:p1"], held["recovery:p1"], held["benefits_payable:death_grant"]) == (0, -700_00, 0)


def test_an_account_is_not_inherited_before_the_death_and_its_months_are_settled(paid, law):
    survivors(paid, law, "1400.00")
    with pytest.raises(NotDead, match="p1"):
        leave(paid, law)
    report_death(paid, FUND, "p1", on=date(2024, 5, 10), paper="certificate 7")
    with pytest.raises(PayrollOutOfOrder, match="2024-05"):
        leave(paid, law)
    report_death(paid, FUND, "p1", on=date(2024, 3, 10), paper="certificate 8")
    with pytest.raises(RecoveryOpen, match="2024-03"):
        leave(paid, law)


def test_the_heirs_get_what_the_account_holds_by_a_decision_that_says_so(paid, law):
    report_death(paid, FUND, "p1", on=date(2024, 4, 10), paper="certificate 7")
    survivors(paid, law, "1500.00")
    with pytest.raises(AmountDiffers, match=r"1500\.00 yuan; the account of p1 holds 1400\.00"):
        leave(paid, law)
    with pytest.raises(DecisionWrong, match="A is none"):
        leave(paid, law, decision="A")
