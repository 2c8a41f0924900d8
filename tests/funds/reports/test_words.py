"""Rules of the words of reports: whatever a book can hold has its words, in both languages."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

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
