"""A credit code is read whole, every fault is named, and what is merely unusual is remarked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from wayfare.kernel import CreditCodeFinding, CreditCodeRemark, check_credit_code
from wayfare.kernel.credit_code import (
    AUTHORITIES,
    CODE_CHARACTERS,
    credit_code_check_character,
    organisation_check_character,
)

VALID = "91350100M000100Y43"
BODY = st.text(CODE_CHARACTERS, min_size=17, max_size=17)


def code(authority_and_kind="91", region_code="350100", organisation="M000100Y4"):
    first_17 = authority_and_kind + region_code + organisation
    return first_17 + credit_code_check_character(first_17)


def findings(text):
    return [finding.name for finding in check_credit_code(text).findings]


@pytest.mark.parametrize("text", [VALID, "91110000600037341L"])
def test_a_valid_code_has_no_finding_and_no_remark(text):
    check = check_credit_code(text)
    assert (check.is_valid, check.code, check.remarks, check.standard_form) == (True, 0, (), text)


def test_a_code_gives_its_parts():
    check = check_credit_code(VALID)
    assert (check.authority, check.kind) == ("9", "1")
    assert (check.region_code, check.organisation_code) == ("350100", "M000100Y4")
    assert AUTHORITIES[check.authority][1] == "market regulation"


def test_a_wrong_check_character_is_answered_with_the_one_that_fits():
    check = check_credit_code(VALID[:17] + "4")
    assert check.findings == (CreditCodeFinding.CHECK_CHARACTER,)
    assert check.fitting_check_character == "3"
    assert check.sentences() == ("The check character does not fit the others; 3 would.",)
    assert check.sentences("zh") == ("校验码与前17位不符,应为 3。",)


def test_every_fault_is_named_not_only_the_first():
    assert findings("b1 990100M000100Y43") == ["WRITING", "AUTHORITY_UNKNOWN", "PROVINCE_UNKNOWN", "CHECK_CHARACTER"]


@pytest.mark.parametrize("text", ["91350100m000100y43", "91350100-M000100Y-43", "９１350100M000100Y43", VALID + " "])
def test_a_slip_in_writing_is_named_and_the_standard_form_offered(text):
    check = check_credit_code(text)
    assert check.findings == (CreditCodeFinding.WRITING,)
    assert check.standard_form == VALID


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, ["NOT_TEXT"]),
        (91350100, ["NOT_TEXT"]),
        ("", ["EMPTY"]),
        ("  ", ["WRITING", "EMPTY"]),
        (VALID[:17], ["LENGTH"]),
        (VALID * 100_000, ["LENGTH"]),
        ("91350100M000100I43", ["CHARACTERS"]),
        ("91350100M000100O43", ["CHARACTERS"]),
        ("9135010AM000100Y43", ["CHARACTERS"]),
        ("91350100M00010٣Y43", ["CHARACTERS"]),
        (VALID.encode(), []),
    ],
)
def test_any_input_gets_an_answer(text, found):
    assert findings(text) == found


@given(st.one_of(st.text(), st.binary(), st.integers(), st.none(), st.text(CODE_CHARACTERS, min_size=18, max_size=18)))
def test_no_input_is_left_without_an_answer_or_a_sentence(text):
    check = check_credit_code(text)
    assert check.is_valid == (check.code == 0)
    assert list(check.findings) == sorted(set(check.findings))
    for language in ("en", "zh"):
        assert len([said for said in check.sentences(language) if said]) == len(check.findings)


def test_a_region_of_the_registration_office_alone_is_a_remark():
    check = check_credit_code(code(region_code="320594"))
    assert check.is_valid
    assert check.remarks == (CreditCodeRemark.REGION_UNLISTED,)


def test_a_body_registered_with_the_centre_has_the_national_region():
    check = check_credit_code(code(region_code="100000"))
    assert (check.is_valid, check.remarks) == (True, ())
    assert findings(code(region_code="100100")) == ["PROVINCE_UNKNOWN"]


def test_an_unlisted_kind_and_an_inner_check_that_fails_are_remarks():
    check = check_credit_code(code("99", organisation="M000100Y5"))
    assert check.is_valid
    assert check.remarks == (CreditCodeRemark.KIND_UNLISTED, CreditCodeRemark.ORGANISATION_CHECK)


def test_the_inner_check_writes_ten_as_x():
    assert organisation_check_character("00000004") == "3"
    assert organisation_check_character("00000006") == "X"


@given(BODY, st.integers(0, 16), st.sampled_from(CODE_CHARACTERS))
def test_a_single_wrong_character_always_changes_the_check_character(first_17, position, other):
    changed = first_17[:position] + other + first_17[position + 1 :]
    same = other == first_17[position]
    assert (credit_code_check_character(changed) == credit_code_check_character(first_17)) == same


# python-stdnum as the oracle, where it is right.


@given(BODY)
def test_stdnum_agrees_on_the_check_character(first_17):
    assert credit_code_check_character(first_17) == uscc.calc_check_digit(first_17)


@given(
    st.sampled_from("123456789"),
    st.sampled_from("123459"),
    st.sampled_from(["110000", "350100", "440305", "320594"]),
    st.text(CODE_CHARACTERS, min_size=10, max_size=10),
)
def test_stdnum_agrees_on_whole_codes_of_digit_authorities(authority, kind, region_code, rest):
    text = authority + kind + region_code + rest
    assert uscc.is_valid(text) == (findings(text) == [])
    fitting = text[:17] + credit_code_check_character(text[:17])
    assert uscc.is_valid(fitting) and findings(fitting) == []


@pytest.mark.parametrize("start", ["A1", "N2", "Y1"])
def test_stdnum_refuses_the_authorities_that_are_letters(start):
    assert not uscc.is_valid(code(start))
    assert findings(code(start)) == []


def test_stdnum_takes_any_province_and_authority():
    assert uscc.is_valid(code("01", region_code="990000"))
    assert findings(code("01", region_code="990000")) == ["AUTHORITY_UNKNOWN", "PROVINCE_UNKNOWN"]


def test_stdnum_takes_other_writings_as_they_are():
    assert uscc.is_valid("91350100-m000100y-43")
    assert findings("91350100-m000100y-43") == ["WRITING"]
