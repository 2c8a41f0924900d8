"""Rules of the words of reports: whatever a book can hold has its words, in both languages."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from wayfare.funds.reports.ageing import BUCKETS
from wayfare.funds.reports.lines import AccountClass, Line
from wayfare.funds.reports.meaning import meaning_of
from wayfare.funds.reports.words import ReportWords
from wayfare.kernel import Money
from wayfare.ledger.chart import CHART

COUNTERPARTS = {"<member>": "W-1", "<employer>": "E-1", "<account>": "ICBC-1", "<kind>": "pension"}
EARLY = ["outside:employers", "outside:state", "in_transit:510000", "payable:W-1", "receivable:W-1", "prepaid"]
KEYS = ["contributions:2024-06", "payment:B-1", "late_fee:E-1:2024-05", "interest:2024", "correction:2024", "opening",
        "inheritance:W-1", "recovery:W-1:1", "relation:W-1:1:sent", "anything"]  # fmt: skip


def accounts() -> list[str]:
    """One account of each line of the chart, several kinds of benefit, and names of early books."""
    names = [line.pattern for line in CHART]
    for slot, value in (*COUNTERPARTS.items(), ("<fund>", "510000:employee_pension")):
        names = [name.replace(slot, value) for name in names]
    return [*names, "benefits_payable:death_grant", "benefits_payable:refund", "benefits_payable:other", *EARLY]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_line_that_a_book_can_hold_has_a_purpose_in_words(language):
    words = ReportWords(language)
    for debit, credit in itertools.permutations(accounts(), 2):
        for key, reverses in itertools.product(KEYS, (None, "earlier")):
            line = Line("440000:employee_pension", 1, key, date(2024, 6, 30), None, reverses, 0, debit, credit,
                        Money.fen(1), 202406, 1, None)  # fmt: skip
            assert words.meaning(meaning_of(line))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_account_and_every_class_has_a_name(language):
    words = ReportWords(language)
    named = [words.account(name, count=2) for name in (*accounts(), "account")]
    assert len(set(named)) == len(named)
    assert all(words.class_name(kind.value) for kind in AccountClass)


def test_a_fund_is_called_by_its_place_and_its_insurance():
    assert ReportWords("zh").fund("440000:employee_pension") == "广东省职工基本养老保险基金"
    assert ReportWords("en").account("claims_payable:510000:injury") == (
        "Claims owed to a fund: Sichuan, work injury insurance"
    )
    assert ReportWords("en").fund("999999:unheard_of") == "999999, unheard_of"


def test_chinese_reports_are_chinese_to_the_kind_of_benefit_the_age_and_a_yes():
    words = ReportWords("zh")
    assert words.account("benefits_payable:pension") == "应付待遇：养老金"
    assert [words.age(name) for name in BUCKETS][-1] == "365以上"
    assert (words.value("yes"), words.value("0.0262")) == ("是", "0.0262")


def test_public_money_at_the_bank_is_no_contribution():
    line = Line("440000:employee_pension", 1, "subsidy:pensions:2024", date(2024, 6, 30), None, None, 0,
                "bank:treasury", "contribution_clearing:government", Money.fen(1), 202406, 1, None)  # fmt: skip
    assert ReportWords("zh").meaning(meaning_of(line)) == "收到财政补贴"
