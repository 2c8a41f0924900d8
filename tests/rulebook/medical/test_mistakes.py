"""Slips that a program of these rules could make: each is planted, and the named case comes out wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rulebook.lives import Life, law
from rulebook.mistakes import Mistake, clause, figures, move
from wayfare.law import Row
from wayfare.law.load import read_yaml
from wayfare.law.words import PER_10_000, greatest, half_up, least, when, whole
from wayfare.rulebook import FOLDER
from wayfare.rulebook.national.medical.rule import HOME, LONG_TERM, OUTSIDE, UNFILED

ASKED = ("on", "mode", "facts", "given")
PAGES = sorted((FOLDER / "national" / "medical").rglob("cases.yaml"))
CASES = {case["case"]: case for path in PAGES for case in read_yaml(path)}


def first_share_of_the_whole_bill(has_no_table, bill, first_share_of_stay):
    return when(has_no_table, 0, half_up(bill * first_share_of_stay, PER_10_000))


def ratio_before_the_deductible(eligible_bill, deductible, reimbursement_ratio):
    paid = half_up(eligible_bill * reimbursement_ratio, PER_10_000)
    return greatest(paid - deductible, 0)


def cut_off(is_ratio_given, has_no_table, has_bands, above_deductible, reimbursement_ratio, band_sum, part_due):
    flat = above_deductible * reimbursement_ratio
    by_table = whole(when(has_bands, band_sum, flat) * part_due, PER_10_000 * PER_10_000)
    return when(is_ratio_given | has_no_table, half_up(flat, PER_10_000), by_table)


def cap_of_each_stay(is_uncapped, covered, cap_of_year):
    return when(is_uncapped, covered, least(covered, cap_of_year))


def policy_of_the_place_of_treatment(claim_place):
    return claim_place


def filed_only_before_the_admission(filing_from, filing_to, claim_from):
    return (filing_from <= claim_from) & (claim_from < filing_to)


def emergencies_are_not_filed(treatment_zone, has_long_term_here):
    return when((treatment_zone == OUTSIDE) & has_long_term_here, LONG_TERM, UNFILED)


def home_is_the_province(treated_province, fund_province):
    return when(treated_province == fund_province, HOME, OUTSIDE)


def supplement_of_the_whole_own_part(has_no_table, own_in_scope, share_of_supplement):
    return when(has_no_table, 0, half_up(own_in_scope * share_of_supplement, PER_10_000))


def retired_today(asked_month, retired_since):
    return asked_month >= retired_since


def never(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Every row of a truth as no."""
    return tuple(replace(r, value=0) for r in rows)


MISTAKES = (
    clause("the first share is taken of the whole bill", "first_payment", first_share_of_the_whole_bill,
           "The same stay in Hangzhou, referred"),
    clause("the ratio comes before the deductible", "covered", ratio_before_the_deductible,
           "A Nanchang employee at home"),
    clause("fen are cut off", "covered", cut_off, "Half a fen is rounded up, once for the stay"),
    clause("the cap is one of each stay", "fund_part", cap_of_each_stay, "The second stay of the year meets the cap",
           "What the year had used before counts against the cap"),
    clause("the policy of the place of treatment", "fund_place", policy_of_the_place_of_treatment,
           "The same stay in Hangzhou, on file as living there for long"),
    clause("only a filing before the admission counts", "is_filed_in_time", filed_only_before_the_admission,
           "A filing made during the stay is in time"),
    clause("an emergency has to be filed", "filing_of_stay", emergencies_are_not_filed, "An emergency is deemed filed"),
    clause("the whole province is home", "treatment_zone", home_is_the_province,
           "Elsewhere in Jiangxi nothing is filed and nothing paid first"),
    clause("the supplement has no threshold", "supplement_part", supplement_of_the_whole_own_part,
           "Below the threshold a resident gets nothing more"),
    clause("retired is who draws a pension today", "is_retired", retired_today,
           "Who draws a pension only later was not retired at the stay"),
    figures("every deductible is one of a stay", "deductible_is_yearly", never,
            "In Shanghai one deductible a year, and 85 per cent"),
    move("the last insurance on record covers the stay", "covering_place", {"first": False},
         "Of two insurances the employees' one pays"),
)  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.told)
def test_a_program_that_makes_the_mistake_is_caught_by_its_cases(mistake: Mistake):
    planted = mistake.planted()
    for name in mistake.caught_by:
        document = {k: CASES[name][k] for k in ASKED if k in CASES[name]}
        assert Life(document, law()).ask(CASES[name]["expect"]) == CASES[name]["expect"]
        assert Life(document, planted).ask(CASES[name]["expect"]) != CASES[name]["expect"], name
