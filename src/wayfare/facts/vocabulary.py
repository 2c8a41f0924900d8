"""The words of the facts document, and its first and last days.

A choice is stored in a column as its place in the list of its words; `bounds` says what else a column holds. A spell
that is still running ends on a day, or in a month, after all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, Literal, get_args

__all__ = [
    "CHOICES",
    "OPEN_DAY",
    "OPEN_MONTH",
    "Basis",
    "ClaimKind",
    "ConductKind",
    "ContractKind",
    "ContributionKind",
    "EducationLevel",
    "EndingKind",
    "HukouKind",
    "Kinship",
    "PaperKind",
    "PermitKind",
    "PointsEvidence",
    "Relation",
    "ResidenceBasis",
    "RetirementGroup",
    "Scheme",
    "Sex",
    "SkillKind",
    "Standing",
    "WorkKind",
]

Sex = Literal["male", "female"]
RetirementGroup = Literal["male", "female_55", "female_50"]
HukouKind = Literal["agricultural", "non_agricultural", "resident"]
ResidenceBasis = Literal["rent", "own", "employer", "family", "other"]
WorkKind = Literal["employee", "flexible", "self_employed", "informal"]
ContractKind = Literal["none", "fixed_term", "open_ended", "task"]
EndingKind = Literal[
    "resignation",
    "for_cause",
    "agreed_on_employers_offer",
    "agreed_on_workers_offer",
    "dismissed_for_fault",
    "dismissed_with_notice",
    "redundancy",
    "expiry",
    "expiry_renewal_declined",
    "task_done",
    "employer_closed",
    "retired_or_died",
    "contract_refused",
    "unlawful",
]
"""How a labour relation ended, named after the article that it follows; `unlawful` is without any of them."""
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
ClaimKind = Literal["inpatient", "outpatient", "outpatient_special"]
HospitalGrade = Literal["A", "B", "C"]
MedicalScheme = Literal["employee_medical", "resident_medical", "rural_medical"]
FilingCategory = Literal["long_term", "referred", "emergency", "other_temporary"]
FiledAs = Literal["as_filed", "long_term", "referred", "emergency", "other_temporary", "none"]
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
    "points_application_form",
    "family_planning_commitment",
    "no_crime_commitment",
    "organisation_code_certificate",
    "diploma",
    "qualification_certificate",
    "capital_verification",
    "local_employees_proof",
    "award_certificate",
    "marriage_certificate",
]
EducationLevel = Literal["primary", "junior_middle", "senior_middle", "college", "bachelor", "master", "doctor"]
SkillKind = Literal[
    "skill_5", "skill_4", "skill_3", "skill_2", "skill_1", "junior_title", "middle_title", "senior_title"
]
ConductKind = Literal["false_documents", "administrative_detention", "crime", "serious_crime", "family_planning"]
PointsEvidence = Literal[
    # Shanghai
    "title_matches_post",
    "average_base_months",
    "other_payer_months",
    "base_months_08",
    "base_months_10",
    "base_months_20",
    "base_months_30",
    "entrepreneur",
    "innovation_intermediary",
    "shortage_major",
    "firm_tax_yuan",
    "firm_local_jobs",
    "public_service_years",
    "outer_suburb_years",
    "fresh_graduate",
    "award_city_special",
    "award_city_comprehensive",
    "award_province",
    "local_spouse_years",
    # Beijing
    "home_moved_years",
    "home_and_job_moved_years",
    "national_prize_points",
    "city_prize_points",
    "high_tech_years",
    "startup_years",
    "incubator_years",
    "wage_tax_yuan",
    "firm_tax_share_yuan",
    "tax_violations",
    "model_honour",
    # Guangdong
    "blood_donations",
    "volunteer_hours",
    "charity_yuan",
]

CHOICES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "sex": get_args(Sex),
        "retirement_group": get_args(RetirementGroup),
        "hukou_kind": get_args(HukouKind),
        "residence_basis": get_args(ResidenceBasis),
        "work_kind": get_args(WorkKind),
        "contract_kind": get_args(ContractKind),
        "ending_kind": get_args(EndingKind),
        "scheme": get_args(Scheme),
        "basis": get_args(Basis),
        "contribution_basis": get_args(Basis),
        "relation": get_args(Relation),
        "contribution_kind": get_args(ContributionKind),
        "resident_kind": get_args(ContributionKind),
        "benefit_scheme": get_args(Scheme),
        "standing": get_args(Standing),
        "claim_kind": get_args(ClaimKind),
        "hospital_grade": get_args(HospitalGrade),
        "claim_scheme": get_args(MedicalScheme),
        "cover_scheme": get_args(MedicalScheme),
        "filing_category": get_args(FilingCategory),
        "filed_as": get_args(FiledAs),
        "relative_kind": get_args(Kinship),
        "permit_kind": get_args(PermitKind),
        "paper_kind": get_args(PaperKind),
        "insured_scheme": get_args(Scheme),
        "insured_basis": get_args(Basis),
        "study_level": ("none", *get_args(EducationLevel)),
        "skill_kind": ("none", *get_args(SkillKind)),
        "evidence_kind": get_args(PointsEvidence),
        "conduct_kind": get_args(ConductKind),
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
