"""The mistakes that programs of this law are known for, each with the cases that would catch it."""

from __future__ import annotations

import pytest

from wayfare.law.load import read_yaml
from wayfare.rulebook import FOLDER

PITFALLS = {
    "the first affected month of birth already has one month of delay": [
        "The first month of births that is delayed already has one month",
        "A man born the month before is not delayed",
    ],
    "early retirement takes the minimum of the year chosen, late retirement that of the year of the law": [
        "Who leaves early needs the months of the year chosen",
        "Who leaves late needs only the months of the year of the law",
    ],
    "the place that pays counts provinces, deemed years, and no temporary account; home beats all": [
        "The cities of one province add up",
        "Deemed years count for the province where they were worked",
        "A temporary account never makes a place pay",
        "Home wins when the relation lies there, however few the years",
    ],
    "pooled money is 12 % of actual wages since 1998 without interest, more only from temporary accounts": [
        "The cook's months one by one",
        "Twelve per cent whatever the employer paid",
        "Deemed years carry no pooled money",
        "A temporary account passes on what was really paid if that is more",
    ],
    "interest on a transfer stops at the end of the year before": [
        "Interest stops at the end of the year before the transfer",
        "What a fund recorded is passed on with interest to the end of the year before",
    ],
    "after a move the index is taken with the wages of the place that pays": [
        "After a move the index is taken with the wages of the place that pays",
    ],
    "the benefit base is not the wage of the index": ["Guangdong's base of 2025 is not the wage of the index"],
    "payout months of odd months have a decimal since 2025": [
        "Payout months of sixty years and a month",
        "Before 2025 the whole age counts",
    ],
    "eleven and eight per cent decide the amount transferred; pilots were on eight earlier": [
        "A transferred account has eleven per cent until 2005 and eight since",
        "What a pilot credited at eight per cent is passed on at eleven",
    ],
    "linking is symmetric for money, asymmetric for years, and waits for the age of the employees' scheme": [
        "With fifteen years as an employee the residents' account moves and no year does",
        "Without the fifteen years the employee's account moves, and the years count for residents",
        "Linking waits for the age of the employees' scheme",
    ],
    "an overlap is refunded by month: contribution and collective subsidy go back, the government's subsidy stays": [
        "Months paid in both schemes count as an employee's, and the person gets them back",
        "The overlap is refunded by month, and the subsidy stays",
    ],
    "a residents' relation follows the registration, an employee's the job": [
        "The residents' relation follows the registration, with the whole account",
        "A job elsewhere moves no residents' relation",
    ],
    "the government's part of a resident's account is inherited only since 21 February 2014": [
        "The heirs receive the whole account since 21 February 2014",
        "A death before that leaves the government's subsidy to the fund",
    ],
    "the employees' interest is not the residents', and the nation's basic part is not what a place pays": [
        "Elsewhere the interest is a gap, and the employees' rate never fills it",
        "A place with a basic part of its own never shows the nation's as what it pays",
    ],
    "rounding is local": ["Anhui counts up to a tenth of a year"],
    "eligibility is judged on months, never on years that were rounded": [
        "One month short of the minimum is short, though the years are counted up to fifteen",
        "Years on a form that differ from those on record speak for themselves",
        "A balance without months is no ground for a pension",
    ],
    "what lies after the month asked about says nothing about today": [
        "A relation that still lies ahead is not the current one",
        "Nothing moves to a relation that still lies ahead",
    ],
    "the order of a document's items decides nothing": [
        "Two open relations, listed one way",
        "Two open relations, listed the other way",
        "Of two ordinary relations the lower code keeps the month, whatever is listed first",
    ],
    "a mean is rounded once": ["The mean of the index is rounded once, not year by year"],
    "what nobody knows is not nothing": [
        "What was paid before 1984 is not known, so a decision stays open",
        "How months before 1984 enter the index is not known",
    ],
}


@pytest.mark.parametrize("pitfall", PITFALLS)
def test_a_known_mistake_has_its_cases(pitfall):
    told = {case["case"] for path in FOLDER.rglob("cases.yaml") for case in read_yaml(path)}
    assert set(PITFALLS[pitfall]) <= told
