"""Months count like whole numbers and are written like 2024-06."""

from __future__ import annotations

import calendar
import copy
import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfare.kernel import FIRST_MONTH, LAST_MONTH, Month, MonthOutOfRange, NotAMonth

MONTHS = st.integers(FIRST_MONTH.index, LAST_MONTH.index).map(Month.at)


def test_a_month_knows_its_index_year_number_and_days():
    month = Month("2024-02")
    assert (month.index, month.year, month.number) == (2024 * 12 + 1, 2024, 2)
    assert (month.first_day, month.last_day, month.days) == (date(2024, 2, 1), date(2024, 2, 29), 29)


@given(MONTHS)
def test_a_month_is_read_back_from_its_text_and_from_any_of_its_days(month):
    assert Month(str(month)) == month == Month.of(month.first_day) == Month.of(month.last_day)
    assert month.days == calendar.monthrange(month.year, month.number)[1]


@given(MONTHS, MONTHS)
def test_months_subtract_to_what_must_be_added(earlier, later):
    assert earlier + (later - earlier) == later
    assert later - (later - earlier) == earlier
    assert (earlier < later) == (earlier.first_day < later.first_day)


def test_the_year_turns():
    assert Month("2024-12") + 1 == Month("2025-01")
    assert Month("2025-01") - 1 == Month("2024-12")


def test_months_do_not_mix_with_other_things():
    with pytest.raises(TypeError):
        Month("2024-06") + "1"
    with pytest.raises(TypeError):
        Month("2024-06") - "1"


@pytest.mark.parametrize(
    "text", ["2024-6", "2024-13", "2024-00", "202406", "2024-06-01", "24-06", "", "２０２４-06", "2024-06 ", 24, None]
)
def test_other_text_is_not_a_month(text):
    with pytest.raises(NotAMonth) as refused:
        Month(text)
    assert str(refused.value) == (
        f"WF-KRN-004  {text!r} is not a month.\n"
        '            Write it as text: year, hyphen, month in two digits, such as "2024-06".'
    )


def test_a_long_text_is_not_repeated_whole():
    with pytest.raises(NotAMonth) as refused:
        Month("2" * 10_000)
    assert len(str(refused.value)) < 200


def test_months_outside_1900_to_2199_are_refused():
    with pytest.raises(MonthOutOfRange) as refused:
        Month("1899-12")
    assert str(refused.value) == (
        "WF-KRN-005  Month 12 of year 1899 is outside 1900 to 2199.\n"
        "            Check the year; a spell that has no end is written with the end left open."
    )
    for outside in (lambda: LAST_MONTH + 1, lambda: FIRST_MONTH - 1, lambda: Month.of(date(9999, 12, 31))):
        with pytest.raises(MonthOutOfRange):
            outside()


def test_a_sum_far_outside_is_refused_in_a_short_message():
    with pytest.raises(MonthOutOfRange) as refused:
        FIRST_MONTH + 10**5000
    assert len(str(refused.value)) < 200


def test_the_first_and_the_last_month_are_whole():
    assert FIRST_MONTH.first_day == date(1900, 1, 1)
    assert LAST_MONTH.last_day == date(2199, 12, 31)


def test_months_travel_between_processes():
    month = Month("2024-06")
    assert pickle.loads(pickle.dumps(month)) == copy.deepcopy(month) == month
    assert repr(month) == "Month('2024-06')"
    assert len({month, Month("2024-06")}) == 1
