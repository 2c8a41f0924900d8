"""A column of numbers gets the same findings as its numbers one by one."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wayfare.kernel import check_credit_code, check_identity_number
from wayfare.kernel.credit_code import AUTHORITIES, CODE_CHARACTERS, credit_code_check_character
from wayfare.kernel.identity import identity_check_character
from wayfare.kernel.number_columns import NumberColumnRefused, credit_code_findings, identity_findings
from wayfare.kernel.regions import codes_ever
from wayfare.kernel.writing import FULL_WIDTH, SEPARATORS

TODAY = date(2026, 11, 21)
VALID_NUMBER = "11010519491231002X"
VALID_CODE = "91350100M000100Y43"
CODES = sorted(codes_ever() | {"810000", "820000", "830000", "100000", "320594", "830100"})
NOISE = st.sampled_from([*"0123456789Xx", *SEPARATORS, *FULL_WIDTH, *"AIOZaz٣²\x00\x7f\xff\ud800\U0001f600"])


@st.composite
def identity_numbers(draw):
    """A number that fits, of any day of any year, living or not."""
    first_17 = draw(st.sampled_from(CODES)) + draw(st.dates().map(lambda day: day.strftime("%Y%m%d").zfill(8)))
    first_17 += draw(st.text("0123456789", min_size=3, max_size=3))
    return first_17 + identity_check_character(first_17)


@st.composite
def credit_codes(draw):
    first_17 = draw(st.sampled_from([*AUTHORITIES, "0", "B"])) + draw(st.sampled_from("12359Y"))
    first_17 += draw(st.sampled_from(CODES)) + draw(st.text(CODE_CHARACTERS, min_size=9, max_size=9))
    return first_17 + credit_code_check_character(first_17)


@st.composite
def corrupted(draw, texts):
    """A text with up to three characters replaced, put in or taken out."""
    characters = list(draw(texts))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, max(0, len(characters) - 1)))
        taken_out = draw(st.integers(0, 1))
        characters[place : place + taken_out] = draw(st.lists(NOISE, max_size=2))
    return "".join(characters)


def columns_of(texts):
    """The texts in every form that a column may have."""
    yield np.array(texts, "U")
    yield np.array(texts, ">U24")
    yield np.array([text.encode("utf-8", "surrogatepass") for text in texts], "S")
    wide = np.array([text.encode("utf-8", "surrogatepass") for text in texts], "S100")
    yield wide.view(np.uint8).reshape(len(texts), 100)


def elements(column):
    """What NumPy gives back for each row; a matrix row is the bytes without the zeros that fill it up."""
    return column.tolist() if column.ndim == 1 else [bytes(row).rstrip(b"\0") for row in column]


@given(st.lists(st.one_of(corrupted(identity_numbers()), st.text(max_size=20)), min_size=1, max_size=8))
@settings(max_examples=300)
@example([VALID_NUMBER, "110105491231002", "", " ", "x", VALID_NUMBER.lower(), "１" * 18, "0" * 18, "9" * 18])
@example(["110105000001010021", "110105190002290021", "110105200002290021", "110105202611220021", "11010549123100X"])
@example(["110105202611210021", "11010519491231\x0002X"])
def test_identity_findings_are_those_of_the_numbers_one_by_one(texts):
    for column in columns_of(texts):
        one_by_one = [check_identity_number(text, today=TODAY).code for text in elements(column)]
        assert identity_findings(column, today=TODAY).tolist() == one_by_one


@given(st.lists(st.one_of(corrupted(credit_codes()), st.text(max_size=20)), min_size=1, max_size=8))
@settings(max_examples=300)
@example([VALID_CODE, "", " ", VALID_CODE.lower(), "B" * 18, "I" * 18, "0" * 18, "9" * 18, "Y" * 18])
def test_credit_code_findings_are_those_of_the_codes_one_by_one(texts):
    for column in columns_of(texts):
        one_by_one = [check_credit_code(text).code for text in elements(column)]
        assert credit_code_findings(column).tolist() == one_by_one


def test_every_region_code_ever_is_known_to_the_columns():
    texts = [f"{code:06d}19491231002" for code in range(1_000_000)]
    column = np.array([f"{text}0" for text in texts], "S18")
    unknown = identity_findings(column, today=TODAY) == 7
    assert set(np.flatnonzero(~unknown).tolist()) == {int(code) for code in codes_ever()} | {810000, 820000, 830000}


def test_every_day_of_eight_digits_is_judged_as_the_calendar_does():
    days = [f"{year}{rest:04d}" for year in ("0000", "0004", "1900", "2000", "2023", "2024") for rest in range(10_000)]
    numbers = [f"110105{day}002" for day in days]
    column = np.array([text + identity_check_character(text) for text in numbers], "U18")
    one_by_one = [check_identity_number(text, today=TODAY).code for text in column.tolist()]
    assert identity_findings(column, today=TODAY).tolist() == one_by_one


def test_a_long_column_is_the_same_as_its_short_pieces():
    column = np.array([VALID_NUMBER, VALID_NUMBER[:17] + "1", "", "110105491231002"] * 40_000, "S18")
    assert identity_findings(column, today=TODAY).tolist() == [0, 11, 3, 5] * 40_000


def test_a_very_wide_column_is_read():
    assert credit_code_findings(np.array(["1" * 50_000, VALID_CODE], "S")).tolist() == [4, 0]


def test_strided_and_transposed_columns_are_read():
    column = np.array([VALID_NUMBER, "1"] * 3, "U18")
    assert identity_findings(column[::2], today=TODAY).tolist() == [0, 0, 0]
    matrix = np.asfortranarray(np.array([VALID_NUMBER] * 2, "S18").view(np.uint8).reshape(2, 18))
    assert identity_findings(matrix, today=TODAY).tolist() == [0, 0]


@pytest.mark.parametrize(
    "column", [np.zeros(0, "S18"), np.zeros(0, "U18"), np.zeros((0, 18), np.uint8), np.zeros((0, 0), np.uint8)]
)
def test_an_empty_column_has_no_findings(column):
    assert identity_findings(column, today=TODAY).tolist() == []
    assert credit_code_findings(column).dtype == np.int8


def test_a_matrix_without_columns_holds_empty_numbers():
    assert identity_findings(np.zeros((2, 0), np.uint8), today=TODAY).tolist() == [3, 3]


@pytest.mark.parametrize(
    ("column", "found"),
    [
        (np.zeros(3, np.int64), "1 dimensions of int64"),
        (np.array([VALID_NUMBER, None], object), "1 dimensions of object"),
        (np.zeros((2, 18), np.int32), "2 dimensions of int32"),
        (np.zeros((2, 2), "S18"), "2 dimensions of |S18"),
        ([VALID_NUMBER], "a list"),
        (None, "a NoneType"),
    ],
)
def test_a_column_that_is_not_of_texts_is_refused(column, found):
    with pytest.raises(NumberColumnRefused) as refused:
        identity_findings(column, today=TODAY)
    assert str(refused.value) == (
        f"WF-KRN-012  A column of numbers was given as {found}.\n"
        "            Give a NumPy array of dtype S18 or U18, or a matrix of uint8 with one number a row."
    )
    with pytest.raises(NumberColumnRefused):
        credit_code_findings(column)


def test_the_kernel_alone_does_not_load_numpy():
    script = "import sys, wayfare.kernel; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], env={"PYTHONPATH": ":".join(sys.path)}).returncode == 0
