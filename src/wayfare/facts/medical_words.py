"""The words of the medical sections: kinds of treatment, grades of hospitals, schemes, and how a stay is filed.

They are part of the vocabulary (`vocabulary.CHOICES` holds them too) and stand apart to keep it readable.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

__all__ = [
    "HOSPITAL_LEVELS",
    "MEDICAL_CHOICES",
    "STAYS",
    "ClaimKind",
    "FiledAs",
    "FilingCategory",
    "HospitalGrade",
    "MedicalScheme",
]

ClaimKind = Literal["inpatient", "outpatient", "outpatient_special"]
HospitalGrade = Literal["A", "B", "C"]
MedicalScheme = Literal["employee_medical", "resident_medical", "rural_medical"]
FilingCategory = Literal["long_term", "referred", "emergency", "other_temporary"]
FiledAs = Literal["as_filed", "long_term", "referred", "emergency", "other_temporary", "none"]

HOSPITAL_LEVELS: Final = (0, 3)
"""A hospital's level; 0 is a community institution without one."""

STAYS: Final = (0, 366)
"""Stays in hospital in one year."""

MEDICAL_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "claim_kind": get_args(ClaimKind),
    "hospital_grade": get_args(HospitalGrade),
    "claim_scheme": get_args(MedicalScheme),
    "cover_scheme": get_args(MedicalScheme),
    "filing_category": get_args(FilingCategory),
    "filed_as": get_args(FiledAs),
}
