"""Identity numbers and credit codes by the million.

A column of numbers is a NumPy array of dtype S or U, or a matrix of bytes with one number a row. The answer is one int8
a number: the first finding of the function for one number, 0 for a valid one, and always the same as it gives.
"""

from __future__ import annotations

import string
from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wayfare.kernel.credit_code import (
    AUTHORITIES,
    CODE_CHARACTERS,
    CODE_WEIGHTS,
    NATIONAL_REGION,
    CreditCodeFinding,
)
from wayfare.kernel.errors import WayfareError
from wayfare.kernel.identity import (
    CHECK_CHARACTERS,
    CHECK_WEIGHTS,
    FIRST_BIRTH_YEAR,
    PERMIT_REGIONS,
    IdentityFinding,
)
from wayfare.kernel.regions import codes_ever
from wayfare.kernel.writing import FULL_WIDTH, SEPARATORS

__all__ = ["NumberColumnRefused", "credit_code_findings", "identity_findings"]

Findings = NDArray[np.int8]
Truths = NDArray[np.bool_]
Values = NDArray[np.uint8]
"""Values of characters, a row for each position and a column for each number, so that steps walk memory in order."""

_WIDTH: Final = 18
_OLD_WIDTH: Final = 15
_CHARACTERS_AT_A_TIME: Final = 1 << 20  # small enough that the working arrays stay in the processor's cache
_BEYOND: Final = 0xFFFF  # stands for every character past the tables below; no number may hold one
_FOREIGN: Final = 64  # the value of a character that no number has
_ODD: Final = 128  # the value of a slip of the keyboard
_TENS: Final = (100_000, 10_000, 1_000, 100, 10, 1)


class NumberColumnRefused(WayfareError):
    """A column of numbers is neither an array of texts nor a matrix of bytes."""

    code = "WF-KRN-012"


def identity_findings(numbers: NDArray[Any], *, today: date) -> Findings:
    """The first IdentityFinding of each number, as `check_identity_number` gives it; 0 is valid.

    Raises NumberColumnRefused.
    """
    last_day = today.year * 10_000 + today.month * 100 + today.day
    chunks = _chunks(numbers, _identity_values())
    return _joined([_identity_chunk(values, length, last_day) for values, length in chunks])


def credit_code_findings(codes: NDArray[Any]) -> Findings:
    """The first CreditCodeFinding of each code, as `check_credit_code` gives it; 0 is valid.

    Raises NumberColumnRefused.
    """
    return _joined([_credit_chunk(values, length) for values, length in _chunks(codes, _credit_values())])


def _identity_chunk(values: Values, length: NDArray[np.intp], last_day: int) -> Findings:
    head = values[:_WIDTH]
    is_digits = head[:_OLD_WIDTH].max(axis=0) <= 9
    is_current = (length == _WIDTH) & is_digits & (head[15:17].max(axis=0) <= 9) & (head[17] <= 10)
    region = _number(head[:6], _TENS)
    year, month_day = _number(head[6:10], _TENS[2:]), _number(head[10:14], _TENS[2:])
    return _first_finding(
        (values.max(axis=0) == _ODD, IdentityFinding.WRITING),
        (length == 0, IdentityFinding.EMPTY),
        ((length == _OLD_WIDTH) & is_digits, IdentityFinding.OLD_FORM),
        (length != _WIDTH, IdentityFinding.LENGTH),
        (~is_current, IdentityFinding.CHARACTERS),
        (~_is_region()[np.minimum(region, 999_999)], IdentityFinding.REGION_UNKNOWN),
        (~_is_day(year, month_day), IdentityFinding.BIRTH_NOT_A_DAY),
        (year < FIRST_BIRTH_YEAR, IdentityFinding.BIRTH_BEFORE_1900),
        (year * 10_000 + month_day > last_day, IdentityFinding.BIRTH_AFTER_TODAY),
        (_identity_check_values()[_weighted(head, CHECK_WEIGHTS) % 11] != head[17], IdentityFinding.CHECK_DIGIT),
    )


def _credit_chunk(values: Values, length: NDArray[np.intp]) -> Findings:
    head = values[:_WIDTH]
    is_formed = (head.max(axis=0) < len(CODE_CHARACTERS)) & (head[2:8].max(axis=0) <= 9)
    province = np.minimum(_number(head[2:4], _TENS[4:]), 99)
    has_province = _is_province()[province] | (_number(head[2:8], _TENS) == int(NATIONAL_REGION))
    misfit = (_weighted(head, CODE_WEIGHTS) + head[17]) % len(CODE_CHARACTERS)
    return _first_finding(
        (values.max(axis=0) == _ODD, CreditCodeFinding.WRITING),
        (length == 0, CreditCodeFinding.EMPTY),
        (length != _WIDTH, CreditCodeFinding.LENGTH),
        (~is_formed, CreditCodeFinding.CHARACTERS),
        (~_is_authority()[head[0]], CreditCodeFinding.AUTHORITY_UNKNOWN),
        (~has_province, CreditCodeFinding.PROVINCE_UNKNOWN),
        (misfit != 0, CreditCodeFinding.CHECK_CHARACTER),
    )


def _first_finding(*faults: tuple[Truths, int]) -> Findings:
    """The code of the first fault that each number has; the later ones are written first and covered by the earlier."""
    found = np.zeros(len(faults[0][0]), np.int8)
    for has_fault, code in reversed(faults):
        found[has_fault] = code
    return found


def _number(digits: Values, tens: Sequence[int]) -> NDArray[np.int32]:
    number = np.zeros(digits.shape[1], np.int32)
    for digit, ten in zip(digits, tens, strict=True):
        number += digit * np.int32(ten)
    return number


def _weighted(head: Values, weights: Sequence[int]) -> NDArray[np.uint16]:
    # The weights of either kind add up to 305 at most and a value is 128 at most, which fits sixteen bits.
    weighted = np.zeros(head.shape[1], np.uint16)
    for value, weight in zip(head[:17], weights, strict=True):
        weighted += value * np.uint16(weight)
    return weighted


def _is_day(year: NDArray[np.int32], month_day: NDArray[np.int32]) -> Truths:
    is_leap = _is_leap_year()[np.minimum(year, 9_999)]
    in_leap_year = _is_day_of_leap_year()[np.minimum(month_day, 9_999)]
    day: Truths = in_leap_year & ((month_day != 229) | is_leap) & (year > 0)
    return day


def _chunks(column: NDArray[Any], table: Values) -> Iterator[tuple[Values, NDArray[np.intp]]]:
    """The values of the characters, position by position, and the length of each text, some rows at a time."""
    matrix = _matrix(column)
    width = matrix.shape[1]
    rows = max(1, _CHARACTERS_AT_A_TIME // max(width, _WIDTH))
    for start in range(0, len(matrix), rows):
        characters = np.ascontiguousarray(matrix[start : start + rows].T)
        values = np.full((max(width, _WIDTH), characters.shape[1]), _FOREIGN, np.uint8)
        values[:width] = table[np.minimum(characters, _BEYOND) if characters.itemsize > 1 else characters]
        yield values, _lengths(characters)


def _lengths(characters: NDArray[Any]) -> NDArray[np.intp]:
    """Where each text ends: NumPy fills a text up with zeros, so only a zero inside is a character."""
    length = np.zeros(characters.shape[1], np.intp)
    for position, character in enumerate(characters, start=1):
        length[character != 0] = position
    return length


def _matrix(column: NDArray[Any]) -> NDArray[Any]:
    """The column as a matrix of character numbers, a row for each text."""
    is_array = isinstance(column, np.ndarray)
    if is_array and column.ndim == 2 and column.dtype == np.uint8:
        return column
    if not is_array or column.ndim != 1 or column.dtype.kind not in "SU":
        found = f"{column.ndim} dimensions of {column.dtype}" if is_array else f"a {type(column).__name__}"
        raise NumberColumnRefused(
            f"A column of numbers was given as {found}.",
            next_step="Give a NumPy array of dtype S18 or U18, or a matrix of uint8 with one number a row.",
        )
    native = np.ascontiguousarray(column, dtype=column.dtype.newbyteorder("="))
    character = np.dtype(np.uint8 if native.dtype.kind == "S" else np.uint32)
    width = native.dtype.itemsize // character.itemsize
    return native.view(character).reshape(len(native), width) if width else np.zeros((len(native), 0), np.uint8)


def _joined(chunks: Sequence[Findings]) -> Findings:
    return np.concatenate(chunks) if chunks else np.zeros(0, np.int8)


def _values(alphabet: str, lower_case: str) -> Values:
    table = np.full(_BEYOND + 1, _FOREIGN, np.uint8)
    table[[ord(character) for character in SEPARATORS + FULL_WIDTH + lower_case]] = _ODD
    table[[ord(character) for character in alphabet]] = np.arange(len(alphabet))
    return table


@cache
def _identity_values() -> Values:
    return _values(string.digits + "X", "x")


@cache
def _credit_values() -> Values:
    return _values(CODE_CHARACTERS, string.ascii_lowercase)


@cache
def _identity_check_values() -> Values:
    return _identity_values()[[ord(character) for character in CHECK_CHARACTERS]]


@cache
def _is_region() -> Truths:
    return _marked(1_000_000, codes_ever() | PERMIT_REGIONS.keys())


@cache
def _is_province() -> Truths:
    return _marked(100, {code[:2] for code in codes_ever() if code.endswith("0000")})


@cache
def _is_authority() -> Truths:
    return _marked(256, {str(CODE_CHARACTERS.index(character)) for character in AUTHORITIES})


@cache
def _is_leap_year() -> Truths:
    return np.array([isleap(year) for year in range(10_000)])


@cache
def _is_day_of_leap_year() -> Truths:
    days_of = {month: range(1, monthrange(2000, month)[1] + 1) for month in range(1, 13)}
    return _marked(10_000, [f"{month}{day:02d}" for month, days in days_of.items() for day in days])


def _marked(size: int, numbers: Iterable[str]) -> Truths:
    table = np.zeros(size, np.bool_)
    table[[int(number) for number in numbers]] = True
    return table
