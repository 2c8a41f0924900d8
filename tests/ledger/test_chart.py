"""Rules of the chart of accounts: what a fund keeps, which names stand, and how low an account may fall."""

from __future__ import annotations

import pytest

from wayfare.ledger import INSURANCES, Account, chart_of, line_of
from wayfare.ledger.chart import CHART, chart_line, is_account_name
from wayfare.ledger.errors import AccountWrong

NAMES = {
    "pooled_fund": "pooled_fund",
    "account:W-104": "account",
    "contribution_clearing:employer:E-7": "contribution_clearing:employer",
    "contribution_clearing:person": "contribution_clearing:person",
    "contribution_clearing:government": "contribution_clearing:government",
    "bank:6222-01": "bank",
    "benefits_payable:pension": "benefits_payable",
    "claims_payable:510000:employee_medical": "claims_payable",
    "claims_receivable:510000:employee_medical": "claims_receivable",
    "prepaid:510000:employee_medical": "prepaid",
    "in_transit_out:510000:employee_pension": "in_transit_out",
    "in_transit_in:510000:resident_pension": "in_transit_in",
    "recovery:W-104": "recovery",
    "reserve": "reserve",
    "suspense": "suspense",
    "rounding": "rounding",
}


@pytest.mark.parametrize("name", NAMES)
def test_every_account_of_the_chart_is_told_by_its_name(name):
    found = line_of(name)
    assert found is not None and found.purpose == NAMES[name] and chart_line(NAMES[name]) is found
    assert Account.named(name).floor == found.floor


def test_the_chart_has_no_line_without_a_name_tried_here():
    assert {line.purpose for line in CHART} == set(NAMES.values())


EARLIER = ["in_transit:510000", "outside:employers", "contribution_clearing:E-1", "payable:W-1", "prepaid"]
WRONG = ["claims_payable:510000", "in_transit_out:x", "bank:", "benefits_payable", "account:a b"]


@pytest.mark.parametrize("name", EARLIER)
def test_a_name_of_older_books_stands_without_a_line_of_the_chart(name):
    assert is_account_name(name) and line_of(name) is None


@pytest.mark.parametrize("name", WRONG)
def test_a_counterpart_fund_is_named_whole(name):
    assert not is_account_name(name)


def test_pool_reserve_and_members_do_not_fall_below_zero():
    assert {line.purpose for line in CHART if line.floor == 0} == {"pooled_fund", "reserve", "account"}


@pytest.mark.parametrize("insurance", INSURANCES)
def test_every_fund_has_a_pool_a_bank_and_both_languages(insurance):
    purposes = {line.purpose for line in chart_of(insurance)}
    assert {"pooled_fund", "reserve", "bank", "suspense", "rounding", "benefits_payable"} <= purposes
    assert all(line.label[lang] and line.meaning[lang] for line in chart_of(insurance) for lang in ("en", "zh"))


def test_who_has_individual_accounts_and_who_pays_differs_by_insurance():
    charts = {insurance: {line.purpose for line in chart_of(insurance)} for insurance in INSURANCES}
    assert {insurance for insurance in charts if "account" in charts[insurance]} == {
        "employee_pension", "resident_pension", "employee_medical", "housing_fund",
    }  # fmt: skip
    assert "contribution_clearing:employer" not in charts["resident_pension"]
    assert "contribution_clearing:person" not in charts["injury"]


def test_an_insurance_or_a_purpose_outside_the_chart_is_refused():
    with pytest.raises(AccountWrong, match="There is no chart of accounts for 'dental'"):
        chart_of("dental")
    with pytest.raises(AccountWrong, match="'outside' is no purpose of the chart"):
        chart_line("outside")
