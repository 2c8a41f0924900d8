"""The bounds of every column of the facts, and how many rows of each level one person can have.

A day is held as its ordinal, a month as year times twelve plus month less one, a set of months of one year as a number
whose bit 0 is January, a place as its code read as a number, money in fen. The law proves from these bounds that its
arithmetic cannot overflow, so reading refuses whatever lies outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wayfare.facts.vocabulary import (
    CHOICES,
    FIRST_DAY,
    FIRST_INSURED_YEAR,
    LAST_YEAR,
    OPEN_DAY,
    OPEN_MONTH,
)

__all__ = ["BOUNDS", "EVIDENCE_MOST", "HOSPITAL_LEVELS", "ROWS_MAX", "STAYS", "YEARLY_FEN"]

_DAY: Final = (FIRST_DAY.toordinal(), OPEN_DAY)
_MONTH: Final = (FIRST_DAY.year * 12, OPEN_MONTH)
_INSURED_MONTH: Final = (FIRST_INSURED_YEAR * 12, OPEN_MONTH)
_PLACE: Final = (110_000, 829_999)
_TRUTH: Final = (0, 1)
_MONTHLY_FEN: Final = (0, 20_000_000)
_BALANCE_FEN: Final = (0, 1_000_000_000)
_MONTH_HOURS: Final = (0, 74_400)  # hundredths of an hour: no month has more than 744 hours
_MONTH_SET: Final = (0, 4095)
EVIDENCE_MOST: Final = 999_999_999
"""The most of anything that a points table counts; tax in whole yuan is the largest."""

HOSPITAL_LEVELS: Final = (0, 3)
"""A hospital's level; 0 is a community institution without one."""

STAYS: Final = (0, 366)
"""Stays in hospital in one year."""

YEARLY_FEN: Final = (0, 20_000_000)
"""A resident's contribution, or the subsidy to it, in fen a year."""


def _choice(name: str) -> tuple[int, int]:
    return 0, len(CHOICES[name]) - 1


ROWS_MAX: Final[Mapping[str, int]] = MappingProxyType(
    {
        "person": 1,
        "people": 100,
        "hukou_spell": 100,
        "residence_spell": 200,
        "work_spell": 200,
        "insurance": 200,
        "contribution": 1200,
        "account_record": 200,
        "resident_contribution": 200,
        "resident_record": 200,
        "benefit": 200,
        "claim": 100,
        "claim_cover": 1200,
        "claim_filing": 100,
        "relative": 100,
        "permit": 200,
        "paper_record": len(CHOICES["paper_kind"]),
        "insured_run": 1200,
        "study": 20,
        "skill": 50,
        "points_evidence": len(CHOICES["evidence_kind"]),
        "conduct": 50,
        "pay_record": 1_200,
    }
)
"""The most rows of each level that one person can have; `insurance` and `people` count the items of those lists.

Of `claim_cover` and `claim_filing`, which stand below a claim, it is the most that one claim can have.
"""

BOUNDS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {
        "born": _DAY,
        "birth_month": _MONTH,
        "sex": _choice("sex"),
        "retirement_group": _choice("retirement_group"),
        "asked_day": _DAY,
        "asked_month": _MONTH,
        "died_day": _DAY,
        "is_special_work": _TRUTH,
        "hukou_place": _PLACE,
        "hukou_kind": _choice("hukou_kind"),
        "hukou_from": _DAY,
        "hukou_to": _DAY,
        "residence_place": _PLACE,
        "residence_from": _DAY,
        "residence_to": _DAY,
        "residence_basis": _choice("residence_basis"),
        "lease_is_own": _TRUTH,
        "work_place": _PLACE,
        "work_kind": _choice("work_kind"),
        "work_from": _DAY,
        "work_to": _DAY,
        "monthly_wage": _MONTHLY_FEN,
        "contract_kind": _choice("contract_kind"),
        "flexible_registered_day": _DAY,
        "contribution_place": _PLACE,
        "first_month": _INSURED_MONTH,
        "end_month": _INSURED_MONTH,
        "base": _MONTHLY_FEN,
        "contribution_basis": _choice("contribution_basis"),
        "is_temporary": _TRUTH,
        "contribution_kind": _choice("contribution_kind"),
        "contribution_number": (1, ROWS_MAX["contribution"]),
        "relation_number": (1, ROWS_MAX["insurance"]),
        "is_kept": _TRUTH,
        "surrendered_day": _DAY,
        "account_place": _PLACE,
        "account_day": _DAY,
        "record_balance": _BALANCE_FEN,
        "resident_place": _PLACE,
        "resident_year": (FIRST_INSURED_YEAR, LAST_YEAR),
        "resident_set": _MONTH_SET,
        "resident_contribution": YEARLY_FEN,
        "resident_subsidy": YEARLY_FEN,
        "resident_collective": YEARLY_FEN,
        "resident_kind": _choice("resident_kind"),
        "resident_record_place": _PLACE,
        "resident_record_day": _DAY,
        "resident_record_balance": _BALANCE_FEN,
        "resident_record_subsidy": _BALANCE_FEN,
        "benefit_scheme": _choice("benefit_scheme"),
        "benefit_place": _PLACE,
        "benefit_from": _INSURED_MONTH,
        "benefit_to": _INSURED_MONTH,
        "benefit_amount": _MONTHLY_FEN,
        "claim_place": _PLACE,
        "claim_from": _DAY,
        "claim_to": _DAY,
        "claim_kind": _choice("claim_kind"),
        "hospital_level": HOSPITAL_LEVELS,
        "hospital_grade": _choice("hospital_grade"),
        "names_scheme": _TRUTH,
        "claim_scheme": _choice("claim_scheme"),
        "names_place": _TRUTH,
        "claim_insured_place": _PLACE,
        "bill": _BALANCE_FEN,
        "outside_catalogue": _BALANCE_FEN,
        "over_limit": _BALANCE_FEN,
        "own_share_first": _BALANCE_FEN,
        "is_emergency": _TRUTH,
        "is_referred": _TRUTH,
        "in_network": _TRUTH,
        "filed_as": _choice("filed_as"),
        "claim_number": (1, ROWS_MAX["claim"]),
        "cover_scheme": _choice("cover_scheme"),
        "cover_place": _PLACE,
        "cover_from": _INSURED_MONTH,
        "cover_to": _INSURED_MONTH,
        "filing_category": _choice("filing_category"),
        "filing_place": _PLACE,
        "filing_from": _DAY,
        "filing_to": _DAY,
        "carry_year": (FIRST_INSURED_YEAR, LAST_YEAR),
        "stays_before": STAYS,
        "eligible_before": _BALANCE_FEN,
        "deductible_before": _BALANCE_FEN,
        "fund_paid_before": _BALANCE_FEN,
        "supplement_before": _BALANCE_FEN,
        "relative_number": (1, ROWS_MAX["people"]),
        "relative_kind": _choice("relative_kind"),
        "relative_born": _DAY,
        "permit_kind": _choice("permit_kind"),
        "permit_place": _PLACE,
        "permit_from": _DAY,
        "permit_to": _DAY,
        "permit_endorsed": _DAY,
        "permit_counted_from": _DAY,
        "permit_holder": (0, ROWS_MAX["people"]),
        "paper_kind": _choice("paper_kind"),
        "paper_is_stated": _TRUTH,
        "paper_is_held": _TRUTH,
        "paper_can_be_had": _TRUTH,
        "paper_is_local": _TRUTH,
        "paper_place": _PLACE,
        "insured_scheme": _choice("insured_scheme"),
        "insured_place": _PLACE,
        "insured_from": _INSURED_MONTH,
        "insured_to": _INSURED_MONTH,
        "insured_basis": _choice("insured_basis"),
        "insured_goes_on": _TRUTH,
        "study_level": _choice("study_level"),
        "study_degree": _TRUTH,
        "study_from": _DAY,
        "study_to": _DAY,
        "study_done_day": _DAY,
        "skill_kind": _choice("skill_kind"),
        "skill_day": _DAY,
        "evidence_kind": _choice("evidence_kind"),
        "points_amount": (0, EVIDENCE_MOST),
        "conduct_kind": _choice("conduct_kind"),
        "conduct_day": _DAY,
        "contract_signed": _DAY,
        "ending_kind": _choice("ending_kind"),
        "notice_given": _TRUTH,
        "pay_month": _INSURED_MONTH,
        "pay_place": _PLACE,
        "pay_amount": _MONTHLY_FEN,
        "pay_overtime_amount": _MONTHLY_FEN,
        "pay_is_full_month": _TRUTH,
        "pay_hours_workday": _MONTH_HOURS,
        "pay_hours_rest_day": _MONTH_HOURS,
        "pay_hours_made_good": _MONTH_HOURS,
        "pay_hours_holiday": _MONTH_HOURS,
    }
)
"""Column name to its least and greatest value, both inside; what reading lets in and the law counts on."""
