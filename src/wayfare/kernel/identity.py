"""Resident identity numbers (GB 11643): 18 characters of region, birth date, order and check digit.

Any input gets an answer, never an exception: the parts that could be read, and every fault with its finding code. The
region is held against every code used since 1980, for a number keeps the code of the day it was issued; 810000, 820000
and 830000 are the residence permits of people from Hong Kong, Macao and Taiwan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final

from wayfare.kernel.checked_number import CheckedNumber, sentences_of
from wayfare.kernel.place import Place
from wayfare.kernel.regions import DatedName, codes_ever, region
from wayfare.kernel.writing import is_oddly_written, standard_writing

__all__ = [
    "CHECK_CHARACTERS",
    "CHECK_WEIGHTS",
    "FIRST_BIRTH_YEAR",
    "PERMIT_REGIONS",
    "IdentityCheck",
    "IdentityFinding",
    "IdentityKind",
    "Sex",
    "check_identity_number",
    "identity_check_character",
]

CHECK_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""Powers of two modulo 11 (ISO 7064, MOD 11-2)."""
CHECK_CHARACTERS: Final = "10X98765432"
"""The check character for each remainder of the weighted sum by 11."""
FIRST_BIRTH_YEAR: Final = 1900

_CURRENT = re.compile(r"[0-9]{17}[0-9X]")
_OLD = re.compile(r"[0-9]{15}")


class IdentityKind(StrEnum):
    """Whose number it is, by its first six digits."""

    RESIDENT = "resident"
    HONG_KONG = "hong_kong_permit"
    MACAO = "macao_permit"
    TAIWAN = "taiwan_permit"


PERMIT_REGIONS: Final = {
    "810000": IdentityKind.HONG_KONG,
    "820000": IdentityKind.MACAO,
    "830000": IdentityKind.TAIWAN,
}


class Sex(StrEnum):
    """The sex that the order number gives: odd is male, even is female."""

    FEMALE = "female"
    MALE = "male"


class IdentityFinding(IntEnum):
    """What is wrong with an identity number; columns hold the first in this order, and 0 when nothing is."""

    NOT_TEXT = 1
    WRITING = 2
    EMPTY = 3
    LENGTH = 4
    OLD_FORM = 5
    CHARACTERS = 6
    REGION_UNKNOWN = 7
    BIRTH_NOT_A_DAY = 8
    BIRTH_BEFORE_1900 = 9
    BIRTH_AFTER_TODAY = 10
    CHECK_DIGIT = 11

    def sentence(self, language: str = "en") -> str:
        """The finding in words, "en" or "zh"."""
        return _SENTENCES[self][language]


_SENTENCES: Final = {
    IdentityFinding.NOT_TEXT: {"en": "An identity number is text.", "zh": "身份号码应为文本。"},
    IdentityFinding.EMPTY: {"en": "There is no number.", "zh": "没有填写号码。"},
    IdentityFinding.WRITING: {
        "en": "It has spaces, hyphens, full-width characters or a small x; the standard form has none.",
        "zh": "含有空格、连字符、全角字符或小写 x,标准写法中没有这些字符。",
    },
    IdentityFinding.LENGTH: {"en": "It does not have 18 characters.", "zh": "不足或超过18位。"},
    IdentityFinding.OLD_FORM: {
        "en": "It has the 15 digits of the old form, which is no longer current.",
        "zh": "是已停止使用的15位旧号码。",
    },
    IdentityFinding.CHARACTERS: {
        "en": "It has other characters than 17 digits and a last digit or X.",
        "zh": "前17位应为数字,末位应为数字或 X。",
    },
    IdentityFinding.REGION_UNKNOWN: {
        "en": "Its first six digits have not been the code of a region since 1980.",
        "zh": "前6位不是1980年以来的行政区划代码。",
    },
    IdentityFinding.BIRTH_NOT_A_DAY: {
        "en": "Its seventh to fourteenth digits are not a day of the calendar.",
        "zh": "第7至14位不是有效日期。",
    },
    IdentityFinding.BIRTH_BEFORE_1900: {"en": "The birth it states lies before 1900.", "zh": "出生日期早于1900年。"},
    IdentityFinding.BIRTH_AFTER_TODAY: {"en": "The birth it states lies in the future.", "zh": "出生日期晚于今天。"},
    IdentityFinding.CHECK_DIGIT: {
        "en": "The check digit does not fit the other digits.",
        "zh": "校验码与前17位不符。",
    },
}


@dataclass(frozen=True, slots=True)
class IdentityCheck(CheckedNumber):
    """What a text says as an identity number, and all that is wrong with it."""

    findings: tuple[IdentityFinding, ...]
    """Every fault, in the order of the codes; none for a valid number."""
    standard_form: str | None = None
    """The number as the standard writes it, when it could be read; that of an old number has 18 characters too."""
    kind: IdentityKind | None = None
    region: Place | None = None
    region_names: tuple[DatedName, ...] = ()
    """The names that the region code had over time."""
    born: date | None = None
    sex: Sex | None = None
    fitting_check_digit: str | None = None
    """The character that would fit as the last, where the one found does not."""

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """One sentence for each finding, "en" or "zh"; the number itself is not repeated."""
        return sentences_of(self.findings, self.fitting_check_digit, language)


def check_identity_number(text: object, *, today: date) -> IdentityCheck:
    """Read and check an identity number; births lie from 1900-01-01 to `today`.

    Takes any object. Bytes, as columns hold them, are read as one character each. Only the standard writing is valid;
    what a slip of the keyboard hides (spaces, full-width digits, a small x) is looked through, so that other faults
    still show.
    """
    if isinstance(text, bytes):
        text = text.decode("latin-1")
    if not isinstance(text, str):
        return IdentityCheck((IdentityFinding.NOT_TEXT,))
    findings = []
    if is_oddly_written(text, lower_case="x"):
        findings.append(IdentityFinding.WRITING)
        text = standard_writing(text)
    if _CURRENT.fullmatch(text):
        return _parts(text, findings, today)
    if _OLD.fullmatch(text):
        return _parts(_as_current(text), [*findings, IdentityFinding.OLD_FORM], today)
    if not text:
        findings.append(IdentityFinding.EMPTY)
    else:
        findings.append(IdentityFinding.CHARACTERS if len(text) == 18 else IdentityFinding.LENGTH)
    return IdentityCheck(tuple(findings))


def identity_check_character(first_17: str) -> str:
    """The check character that fits seventeen ASCII digits (GB 11643; ISO 7064, MOD 11-2)."""
    weighted = sum(int(digit) * weight for digit, weight in zip(first_17, CHECK_WEIGHTS, strict=True))
    return CHECK_CHARACTERS[weighted % 11]


def _as_current(old: str) -> str:
    """A 15-digit number in the current form: the birth year gets its century, 19, and the check character is added.

    People born before 1900 had old numbers too, told by order numbers 996 to 999; they lie outside the years taken
    here.
    """
    first_17 = f"{old[:6]}19{old[6:]}"
    return first_17 + identity_check_character(first_17)


def _parts(number: str, findings: list[IdentityFinding], today: date) -> IdentityCheck:
    code = number[:6]
    is_known = code in codes_ever()
    kind = PERMIT_REGIONS.get(code, IdentityKind.RESIDENT if is_known else None)
    born, birth_finding = _birth(number[6:14], today)
    fitting = identity_check_character(number[:17])
    if kind is None:
        findings.append(IdentityFinding.REGION_UNKNOWN)
    if birth_finding is not None:
        findings.append(birth_finding)
    if fitting != number[17]:
        findings.append(IdentityFinding.CHECK_DIGIT)
    return IdentityCheck(
        tuple(findings),
        standard_form=number,
        kind=kind,
        region=Place(code) if kind is not None else None,
        region_names=region(code).names if is_known else (),
        born=born,
        sex=Sex.MALE if int(number[16]) % 2 else Sex.FEMALE,
        fitting_check_digit=fitting if fitting != number[17] else None,
    )


def _birth(digits: str, today: date) -> tuple[date | None, IdentityFinding | None]:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None, IdentityFinding.BIRTH_NOT_A_DAY
    if born.year < FIRST_BIRTH_YEAR:
        return born, IdentityFinding.BIRTH_BEFORE_1900
    return born, IdentityFinding.BIRTH_AFTER_TODAY if born > today else None
