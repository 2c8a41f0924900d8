"""The words and the bounds of the facts document, as columns hold them.

A choice is stored as its place in the list of its words, a day as its ordinal, a month as year times twelve plus month
less one, a set of months of one year as a number whose bit 0 is January, a place as its code read as a number, money
in fen. The law proves from these bounds that its arithmetic cannot overflow, so reading refuses whatever lies outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, Literal, get_args

__all__ = [
    "BOUNDS",
    "CHOICES",
    "OPEN_DAY",
    "OPEN_MONTH",
    "ROWS_MAX",
    "Basis",
    "ContractKind",
    "ContributionKind",
    "HukouKind",
    "Kinship",
    "PaperKind",
    "PermitKind",
    "Relation",
    "ResidenceBasis",
    "RetirementGroup",
    "Scheme",
    "Sex",
    "Standing",
    "WorkKind",
]

Sex = Literal["male", "female"]
RetirementGroup = Literal["male", "female_55", "female_50"]
HukouKind = Literal["agricultural", "non_agricultural", "resident"]
ResidenceBasis = Literal["rent", "own", "employer", "family", "other"]
WorkKind = Literal["employee", "flexible", "self_employed", "informal"]
ContractKind = Literal["none", "fixed_term", "open_ended", "task"]
Scheme = Literal[
    "employee_pension",
    "resident_pension",
    "employee_medical",
    "resident_medical",
    "rural_medical",
    "injury",
    "unemployment",
    "maternity",
    "housing_fund",
]
Basis = Literal["employee", "flexible", "resident"]
Relation = Literal["ordinary", "temporary"]
ContributionKind = Literal["actual", "deemed", "back_paid", "lump_sum"]
Standing = Literal["stated", "proved", "disputed"]
Kinship = Literal["child", "spouse", "parent", "other"]
PermitKind = Literal["residence_permit", "temporary_residence_permit"]
PaperKind = Literal[
    "identity_card",
    "photograph",
    "guardian_identity_card",
    "household_booklet",
    "guardianship_proof",
    "hometown_residence_proof",
    "lease_contract",
    "title_certificate",
    "house_purchase_contract",
    "lodging_proof",
    "address_proof",
    "continuous_residence_proof",
    "labour_contract",
    "business_licence",
    "tax_proof",
    "employer_proof",
    "other_employment_proof",
    "employment_proof",
    "student_card",
    "school_proof",
    "residence_permit",
    "temporary_residence_permit",
    "child_temporary_residence_permit",
    "flexible_registration_proof",
    "insurance_record",
    "no_guardian_certificate",
]

CHOICES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "sex": get_args(Sex),
        "retirement_group": get_args(RetirementGroup),
        "hukou_kind": get_args(HukouKind),
        "residence_basis": get_args(ResidenceBasis),
        "work_kind": get_args(WorkKind),
        "contract_kind": get_args(ContractKind),
        "scheme": get_args(Scheme),
        "basis": get_args(Basis),
        "contribution_basis": get_args(Basis),
        "relation": get_args(Relation),
        "contribution_kind": get_args(ContributionKind),
        "resident_kind": get_args(ContributionKind),
        "benefit_scheme": get_args(Scheme),
        "standing": get_args(Standing),
        "relative_kind": get_args(Kinship),
        "permit_kind": get_args(PermitKind),
        "paper_kind": get_args(PaperKind),
        "insured_scheme": get_args(Scheme),
        "insured_basis": get_args(Basis),
    }
)
"""Column or field name to its words; a column holds the index of the word."""

FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)
FIRST_INSURED_YEAR: Final = 1950
LAST_YEAR: Final = 2199

OPEN_DAY: Final = LAST_DAY.toordinal() + 1
"""The end of a day spell that is still running: 2200-01-01."""

OPEN_MONTH: Final = (LAST_YEAR + 1) * 12
"""The end of a month spell that is still running: January 2200."""

_DAY: Final = (FIRST_DAY.toordinal(), OPEN_DAY)
_MONTH: Final = (FIRST_DAY.year * 12, OPEN_MONTH)
_INSURED_MONTH: Final = (FIRST_INSURED_YEAR * 12, OPEN_MONTH)
_PLACE: Final = (110_000, 829_999)
_TRUTH: Final = (0, 1)
_MONTHLY_FEN: Final = (0, 20_000_000)
_BALANCE_FEN: Final = (0, 1_000_000_000)
_MONTH_SET: Final = (0, 4095)
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
        "relative": 100,
        "permit": 200,
        "paper_record": len(get_args(PaperKind)),
        "insured_run": 1200,
    }
)
"""The most rows of each level that one person can have; `insurance` and `people` count the items of those lists."""

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
    }
)
"""Column name to its least and greatest value, both inside; what reading lets in and the law counts on."""
