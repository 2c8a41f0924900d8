"""An identity number is read whole, and every fault is named."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent, ValidationError

from wayfare.kernel import IdentityFinding, IdentityKind, Month, Place, Sex, check_identity_number
from wayfare.kernel.identity import identity_check_character
from wayfare.kernel.regions import codes_ever, region

TODAY = date(2026, 11, 21)
VALID = "11010519491231002X"
CODES = sorted(codes_ever())
DIGITS_17 = st.text("0123456789", min_size=17, max_size=17)


def number(region_code="110105", born="19491231", order="002"):
    first_17 = region_code + born + order
    return first_17 + identity_check_character(first_17)


def findings(text, today=TODAY):
    return [finding.name for finding in check_identity_number(text, today=today).findings]


def test_a_valid_number_gives_its_parts():
    check = check_identity_number(VALID, today=TODAY)
    assert check.is_valid and check.code == 0 and check.sentences() == ()
    assert (check.standard_form, check.kind, check.region) == (VALID, IdentityKind.RESIDENT, Place("110105"))
    assert (check.born, check.sex) == (date(1949, 12, 31), Sex.FEMALE)
    assert check.fitting_check_digit is None


def test_an_odd_order_number_is_male():
    assert check_identity_number(number(order="001"), today=TODAY).sex is Sex.MALE


def test_a_region_long_abolished_is_known_with_its_names_over_time():
    check = check_identity_number(number("460001"), today=TODAY)
    assert check.is_valid
    assert [(name.name_zh, name.last_seen) for name in check.region_names] == [
        ("通什市", Month("2000-12")),
        ("五指山市", Month("2001-12")),
    ]


@pytest.mark.parametrize(
    ("code", "kind"),
    [("810000", IdentityKind.HONG_KONG), ("820000", IdentityKind.MACAO), ("830000", IdentityKind.TAIWAN)],
)
def test_residence_permits_of_hong_kong_macao_and_taiwan_are_valid(code, kind):
    check = check_identity_number(number(code, born="19900101"), today=TODAY)
    assert check.is_valid
    assert (check.kind, check.region) == (kind, Place(code))


def test_only_the_three_permit_codes_are_taken_outside_the_list():
    assert findings(number("830100")) == ["REGION_UNKNOWN"]
    assert check_identity_number(number("830100"), today=TODAY).kind is None


def test_a_wrong_check_digit_is_answered_with_the_one_that_fits():
    check = check_identity_number(VALID[:17] + "3", today=TODAY)
    assert check.findings == (IdentityFinding.CHECK_DIGIT,)
    assert check.fitting_check_digit == "X"
    assert check.sentences() == ("The check digit does not fit the other digits; X would.",)
    assert check.sentences("zh") == ("校验码与前17位不符,应为 X。",)


def test_births_lie_from_1900_to_today():
    assert findings(number(born="19000101")) == []
    assert findings(number(born="18991231")) == ["BIRTH_BEFORE_1900"]
    assert findings(number(born="20261121")) == []
    assert findings(number(born="20261122")) == ["BIRTH_AFTER_TODAY"]
    assert findings(number(born="20261122"), today=date(2026, 11, 22)) == []


@pytest.mark.parametrize("born", ["19490229", "19000229", "19491301", "19490001", "19490100", "19490431", "00000101"])
def test_a_birth_on_no_day_of_the_calendar_is_a_fault(born):
    assert findings(number(born=born)) == ["BIRTH_NOT_A_DAY"]
    assert check_identity_number(number(born=born), today=TODAY).born is None


def test_the_leap_day_of_2000_is_a_day():
    assert findings(number(born="20000229")) == []


def test_every_fault_is_named_not_only_the_first():
    check = check_identity_number("990105189913310021"[:-1] + "x", today=TODAY)
    assert [finding.name for finding in check.findings] == [
        "WRITING",
        "REGION_UNKNOWN",
        "BIRTH_NOT_A_DAY",
        "CHECK_DIGIT",
    ]
    assert check.code == IdentityFinding.WRITING == 2


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        " 11010519491231002X",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "11010519491231002ｘ",
        "11010519491231002X\n",
        "\u300011010519491231002X\ufeff",
    ],
)
def test_a_slip_in_writing_is_named_and_the_standard_form_offered(text):
    check = check_identity_number(text, today=TODAY)
    assert check.findings == (IdentityFinding.WRITING,)
    assert check.standard_form == VALID
    assert check_identity_number(check.standard_form, today=TODAY).is_valid


def test_an_old_number_is_read_and_not_taken_as_current():
    check = check_identity_number("110105491231002", today=TODAY)
    assert check.findings == (IdentityFinding.OLD_FORM,)
    assert (check.standard_form, check.born, check.sex) == (VALID, date(1949, 12, 31), Sex.FEMALE)
    assert check.sentences() == ("It has the 15 digits of the old form, which is no longer current.",)


def test_the_faults_of_an_old_number_are_named_too():
    assert findings("990105491331002") == ["OLD_FORM", "REGION_UNKNOWN", "BIRTH_NOT_A_DAY"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, ["NOT_TEXT"]),
        (110105194912310021, ["NOT_TEXT"]),
        (float("nan"), ["NOT_TEXT"]),
        ([VALID], ["NOT_TEXT"]),
        ("", ["EMPTY"]),
        (b"", ["EMPTY"]),
        (" \u3000", ["WRITING", "EMPTY"]),
        (VALID[:17], ["LENGTH"]),
        (VALID + "1", ["LENGTH"]),
        ("1" * 1_000_000, ["LENGTH"]),
        ("11010549123100X", ["LENGTH"]),
        ("X10105194912310021", ["CHARACTERS"]),
        ("1101051949123100X2", ["CHARACTERS"]),
        ("11010519491231002Y", ["CHARACTERS"]),
        ("11010519491231００２\x00", ["WRITING", "CHARACTERS"]),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢١", ["CHARACTERS"]),
        ("11010519491231002\ud800", ["CHARACTERS"]),
        ("²10105194912310021", ["CHARACTERS"]),
        (b"\xff\xfe", ["LENGTH"]),
    ],
)
def test_any_input_gets_an_answer(text, found):
    assert findings(text) == found


def test_bytes_as_columns_hold_them_are_read():
    assert findings(VALID.encode()) == []


@given(st.one_of(st.text(), st.binary(), st.integers(), st.none(), st.floats(), st.from_regex(r"[0-9]{17}[0-9Xx]?")))
def test_no_input_is_left_without_an_answer_or_a_sentence(text):
    check = check_identity_number(text, today=TODAY)
    assert check.is_valid == (check.code == 0)
    assert list(check.findings) == sorted(set(check.findings))
    for language in ("en", "zh"):
        assert len([said for said in check.sentences(language) if said]) == len(check.findings)


@given(st.sampled_from(CODES), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.data())
def test_a_single_wrong_digit_and_two_swapped_ones_never_pass_unseen(code, born, order, data):
    text = number(code, f"{born:%Y%m%d}", f"{order:03d}")
    assert findings(text) == []
    place = data.draw(st.integers(0, 16))
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != text[place]))
    assert "CHECK_DIGIT" in findings(text[:place] + other + text[place + 1 :])
    assume(place < 16 and text[place] != text[place + 1])
    assert "CHECK_DIGIT" in findings(text[:place] + text[place + 1] + text[place] + text[place + 2 :])


# python-stdnum as the oracle, where it is right.


@given(DIGITS_17)
def test_stdnum_agrees_on_the_check_digit(first_17):
    assert identity_check_character(first_17) == ric.calc_check_digit(first_17 + "0")


@given(DIGITS_17)
def test_stdnum_agrees_on_the_calendar(first_17):
    text = first_17 + identity_check_character(first_17)
    with contextlib.suppress(InvalidComponent):
        assert ric.get_birth_date(text) == check_identity_number(text, today=TODAY).born
        return
    assert "BIRTH_NOT_A_DAY" in findings(text)


def stdnum_takes_the_region(text):
    """Whether stdnum has the code for the year of birth; where it has not, it is no oracle."""
    try:
        return bool(ric.get_birth_place(text))
    except (InvalidComponent, KeyError):
        return False


@given(st.sampled_from(CODES), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.sampled_from("0123456789X"))
def test_stdnum_agrees_on_whole_numbers_where_it_knows_the_region(code, born, order, last):
    text = f"{code}{born:%Y%m%d}{order:03d}{last}"
    assume(stdnum_takes_the_region(text))
    assert ric.is_valid(text) == (findings(text) == [])


def test_the_oracle_knows_most_codes_so_that_the_agreement_means_something():
    assert sum(stdnum_takes_the_region(number(code, born="19850101")) for code in CODES) > 1_500


@pytest.mark.parametrize("code", ["330113", "330114", "653132", "659013"])
def test_stdnum_crashes_on_a_new_county_that_we_know(code):
    with pytest.raises(KeyError):
        ric.is_valid(number(code))
    assert findings(number(code)) == []


def test_stdnum_holds_the_code_against_the_birth_year_where_the_day_of_issue_counts():
    assert region("440305").names[0].first_seen == Month("1990-12")
    text = number("440305", born="19500101")
    assert not ric.is_valid(text)
    assert findings(text) == []


@pytest.mark.parametrize(("born", "found"), [("18000101", "BIRTH_BEFORE_1900"), ("20990101", "BIRTH_AFTER_TODAY")])
def test_stdnum_takes_births_that_cannot_be(born, found):
    text = number("110101", born=born)
    assert ric.is_valid(text)
    assert findings(text) == [found]


@pytest.mark.parametrize("code", ["810000", "820000", "830000"])
def test_stdnum_refuses_residence_permits(code):
    text = number(code, born="19900101")
    with pytest.raises((ValidationError, KeyError)):
        ric.validate(text)
    assert findings(text) == []


def test_stdnum_does_not_read_old_numbers():
    assert not ric.is_valid("110105491231002")
    assert findings("110105491231002") == ["OLD_FORM"]


def test_stdnum_takes_other_writings_as_they_are():
    assert ric.is_valid(" 11010519491231002x ")
    assert findings(" 11010519491231002x ") == ["WRITING"]


def test_stdnum_takes_codes_that_no_dated_list_shows():
    text = number("110201", born="19600101")
    assert ric.is_valid(text)
    assert findings(text) == ["REGION_UNKNOWN"]
