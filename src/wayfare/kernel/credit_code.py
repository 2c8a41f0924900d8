"""Unified social credit codes (GB 32100-2015): the 18 characters that name an employer, an office or an association.

Any input gets an answer, never an exception: the parts that could be read, every fault with its finding code, and
remarks on what is unusual but lawful. Registration offices also use region codes of their own (320594 is an industrial
park), so an unlisted region is a fault only when not even its province exists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from wayfare.kernel.checked_number import CheckedNumber, sentences_of
from wayfare.kernel.regions import codes_ever
from wayfare.kernel.writing import is_oddly_written, standard_writing

__all__ = [
    "AUTHORITIES",
    "CODE_CHARACTERS",
    "CODE_WEIGHTS",
    "NATIONAL_REGION",
    "CreditCodeCheck",
    "CreditCodeFinding",
    "CreditCodeRemark",
    "check_credit_code",
    "credit_code_check_character",
    "organisation_check_character",
]

CODE_CHARACTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters of a code in the order of their values, 0 to 30; I, O, S, V and Z are not used."""
CODE_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
"""Powers of three modulo 31 (GB/T 17710)."""
NATIONAL_REGION: Final = "100000"
"""The region of bodies registered with the central authority itself."""

AUTHORITIES: Final = {
    "1": ("机构编制", "public staffing", "1239"),
    "2": ("外交", "foreign affairs", "19"),
    "3": ("司法行政", "justice", "123459"),
    "4": ("文化", "culture", "19"),
    "5": ("民政", "civil affairs", "1239"),
    "6": ("旅游", "tourism", "129"),
    "7": ("宗教", "religion", "129"),
    "8": ("工会", "trade unions", "19"),
    "9": ("工商", "market regulation", "123"),
    "A": ("中央军委改革和编制办公室", "military staffing", "19"),
    "N": ("农业", "agriculture", "1239"),
    "Y": ("其他", "other", "1"),
}
"""By the first character: the registering authority in Chinese and English, and the kinds of body it registers."""

_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_VALUES: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FORM = re.compile(rf"[{CODE_CHARACTERS}]{{2}}[0-9]{{6}}[{CODE_CHARACTERS}]{{10}}")


class CreditCodeFinding(IntEnum):
    """What is wrong with a credit code; columns hold the first in this order, and 0 when nothing is."""

    NOT_TEXT = 1
    WRITING = 2
    EMPTY = 3
    LENGTH = 4
    CHARACTERS = 5
    AUTHORITY_UNKNOWN = 6
    PROVINCE_UNKNOWN = 7
    CHECK_CHARACTER = 8

    def sentence(self, language: str = "en") -> str:
        """The finding in words, "en" or "zh"."""
        return _SENTENCES[self][language]


class CreditCodeRemark(StrEnum):
    """What is unusual about a code without making it wrong."""

    KIND_UNLISTED = "kind_unlisted"
    REGION_UNLISTED = "region_unlisted"
    ORGANISATION_CHECK = "organisation_check"


_SENTENCES: Final = {
    CreditCodeFinding.NOT_TEXT: {"en": "A credit code is text.", "zh": "统一社会信用代码应为文本。"},
    CreditCodeFinding.EMPTY: {"en": "There is no code.", "zh": "没有填写代码。"},
    CreditCodeFinding.WRITING: {
        "en": "It has spaces, hyphens, full-width characters or small letters; the standard form has none.",
        "zh": "含有空格、连字符、全角字符或小写字母,标准写法中没有这些字符。",
    },
    CreditCodeFinding.LENGTH: {"en": "It does not have 18 characters.", "zh": "不足或超过18位。"},
    CreditCodeFinding.CHARACTERS: {
        "en": "It has a character out of place: I, O, S, V and Z are never used, and the third to eighth are digits.",
        "zh": "含有不应出现的字符:不使用 I、O、S、V、Z,第3至8位应为数字。",
    },
    CreditCodeFinding.AUTHORITY_UNKNOWN: {
        "en": "Its first character names no registering authority.",
        "zh": "第1位不是登记管理部门代码。",
    },
    CreditCodeFinding.PROVINCE_UNKNOWN: {
        "en": "Its third and fourth characters name no province.",
        "zh": "第3、4位不是省级行政区划代码。",
    },
    CreditCodeFinding.CHECK_CHARACTER: {
        "en": "The check character does not fit the others.",
        "zh": "校验码与前17位不符。",
    },
}


@dataclass(frozen=True, slots=True)
class CreditCodeCheck(CheckedNumber):
    """What a text says as a credit code, all that is wrong with it, and what is merely unusual."""

    findings: tuple[CreditCodeFinding, ...]
    """Every fault, in the order of the codes; none for a valid code."""
    remarks: tuple[CreditCodeRemark, ...] = ()
    standard_form: str | None = None
    """The code as the standard writes it, when the text has its 18 characters."""
    authority: str | None = None
    """The first character, when it is a key of AUTHORITIES."""
    kind: str | None = None
    region_code: str | None = None
    organisation_code: str | None = None
    """The nine characters of GB 11714 that name the body."""
    fitting_check_character: str | None = None
    """The character that would fit as the last, where the one found does not."""

    def sentences(self, language: str = "en") -> tuple[str, ...]:
        """One sentence for each finding, "en" or "zh"."""
        return sentences_of(self.findings, self.fitting_check_character, language)


def check_credit_code(text: object) -> CreditCodeCheck:
    """Read and check a unified social credit code.

    Takes any object. Bytes, as columns hold them, are read as one character each. Only the standard writing is valid;
    spaces, full-width characters and small letters are looked through, so that other faults still show.
    """
    if isinstance(text, bytes):
        text = text.decode("latin-1")
    if not isinstance(text, str):
        return CreditCodeCheck((CreditCodeFinding.NOT_TEXT,))
    findings = []
    if is_oddly_written(text, lower_case="abcdefghijklmnopqrstuvwxyz"):
        findings.append(CreditCodeFinding.WRITING)
        text = standard_writing(text)
    if _FORM.fullmatch(text):
        return _parts(text, findings)
    if not text:
        findings.append(CreditCodeFinding.EMPTY)
    else:
        findings.append(CreditCodeFinding.CHARACTERS if len(text) == 18 else CreditCodeFinding.LENGTH)
    return CreditCodeCheck(tuple(findings))


def credit_code_check_character(first_17: str) -> str:
    """The check character that fits seventeen characters of the code's alphabet (GB 32100-2015; GB/T 17710)."""
    pairs = zip(first_17, CODE_WEIGHTS, strict=True)
    return CODE_CHARACTERS[-sum(CODE_CHARACTERS.index(character) * weight for character, weight in pairs) % 31]


def organisation_check_character(first_8: str) -> str:
    """The check character that fits the first eight of an organisation code (GB 11714); X stands for ten."""
    pairs = zip(first_8, _ORGANISATION_WEIGHTS, strict=True)
    weighted = sum(_ORGANISATION_VALUES.index(character) * weight for character, weight in pairs)
    return "0123456789X"[-weighted % 11]


def _parts(code: str, findings: list[CreditCodeFinding]) -> CreditCodeCheck:
    fitting = credit_code_check_character(code[:17])
    has_province = code[2:8] == NATIONAL_REGION or f"{code[2:4]}0000" in codes_ever()
    if code[0] not in AUTHORITIES:
        findings.append(CreditCodeFinding.AUTHORITY_UNKNOWN)
    if not has_province:
        findings.append(CreditCodeFinding.PROVINCE_UNKNOWN)
    if fitting != code[17]:
        findings.append(CreditCodeFinding.CHECK_CHARACTER)
    return CreditCodeCheck(
        tuple(findings),
        remarks=_remarks(code, has_province=has_province),
        standard_form=code,
        authority=code[0] if code[0] in AUTHORITIES else None,
        kind=code[1],
        region_code=code[2:8],
        organisation_code=code[8:17],
        fitting_check_character=fitting if fitting != code[17] else None,
    )


def _remarks(code: str, *, has_province: bool) -> tuple[CreditCodeRemark, ...]:
    remarks = []
    if code[0] in AUTHORITIES and code[1] not in AUTHORITIES[code[0]][2]:
        remarks.append(CreditCodeRemark.KIND_UNLISTED)
    if has_province and code[2:8] != NATIONAL_REGION and code[2:8] not in codes_ever():
        remarks.append(CreditCodeRemark.REGION_UNLISTED)
    if organisation_check_character(code[8:16]) != code[16]:
        remarks.append(CreditCodeRemark.ORGANISATION_CHECK)
    return tuple(remarks)
