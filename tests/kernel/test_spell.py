"""A spell holds its first day and the first day after it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfare.kernel import EndBeforeStart, Month, MonthSpell, NotADay, Spell

DAY_ONE = date(2020, 1, 1)


@st.composite
def spells(draw):
    start = draw(st.integers(0, 40))
    length = draw(st.one_of(st.none(), st.integers(1, 20)))
    return Spell(
        DAY_ONE + timedelta(days=start), None if length is None else DAY_ONE + timedelta(days=start + length)
    )


def days_of(spell):
    """The days of a spell within the test's horizon, one by one: the oracle."""
    horizon = (DAY_ONE + timedelta(days=number) for number in range(100))
    return {day for day in horizon if day >= spell.start and (spell.end is None or day < spell.end)}


def test_the_end_is_the_first_day_after():
    spell = Spell(date(2019, 3, 1), date(2024, 6, 1))
    assert spell.last_day == date(2024, 5, 31)
    assert spell.contains(date(2024, 5, 31))
    assert not spell.contains(date(2024, 6, 1))
    assert spell.contains(date(2019, 3, 1))
    assert not spell.contains(date(2019, 2, 28))


def test_a_spell_without_end_is_still_running():
    spell = Spell(DAY_ONE)
    assert spell.is_running
    assert (spell.end, spell.last_day, spell.days) == (None, None, None)
    assert spell.contains(date.max)
    assert not Spell(DAY_ONE, date(2021, 1, 1)).is_running


@given(spells(), spells())
def test_overlap_and_intersection_are_those_of_the_days(left, right):
    shared = left.intersection(right)
    assert left.overlaps(right) == right.overlaps(left) == bool(days_of(left) & days_of(right))
    assert (days_of(shared) if shared else set()) == days_of(left) & days_of(right)


def test_spells_that_touch_do_not_overlap():
    first, second = Spell(date(2020, 1, 1), date(2020, 2, 1)), Spell(date(2020, 2, 1))
    assert not first.overlaps(second)
    assert first.intersection(second) is None


@given(spells(), st.integers(-10, 99))
def test_days_are_counted_up_to_a_day(spell, until):
    day = DAY_ONE + timedelta(days=until)
    assert spell.days_until(day) == len([held for held in days_of(spell) if held < day])
    assert spell.days is None or spell.days == len(days_of(spell))


def test_a_spell_of_months_counts_the_first_month_not_covered():
    spell = MonthSpell(Month("2009-02"), Month("2013-06"))
    assert spell.months == 52
    assert spell.last_month == Month("2013-05")
    assert str(spell) == "2009-02/2013-06"
    assert spell.as_days() == Spell(date(2009, 2, 1), date(2013, 6, 1))


def test_the_months_of_a_running_spell_are_counted_up_to_a_month():
    spell = MonthSpell(Month("2024-11"))
    assert (spell.months, spell.last_month) == (None, None)
    assert spell.months_until(Month("2025-02")) == 3
    assert spell.months_until(Month("2020-01")) == 0
    assert list(map(str, spell.each_month_until(Month("2025-02")))) == ["2024-11", "2024-12", "2025-01"]
    assert MonthSpell(Month("2024-11"), Month("2024-12")).months_until(Month("2025-02")) == 1
    assert spell.as_days() == Spell(date(2024, 11, 1))
    assert str(spell) == "2024-11/.."


def test_intersections_keep_their_kind():
    both = MonthSpell(Month("2020-01")).intersection(MonthSpell(Month("2019-01"), Month("2020-03")))
    assert both == MonthSpell(Month("2020-01"), Month("2020-03"))


@pytest.mark.parametrize("end", [date(2020, 1, 1), date(2019, 12, 31)])
def test_a_spell_that_holds_no_day_is_refused(end):
    with pytest.raises(EndBeforeStart) as refused:
        Spell(date(2020, 1, 1), end)
    assert str(refused.value) == (
        f"WF-KRN-006  A spell from 2020-01-01 to {end} holds no day.\n"
        "            The end is the first day after the spell; leave it open while it is running."
    )


def test_a_spell_that_holds_no_month_is_refused():
    with pytest.raises(EndBeforeStart, match="A spell from 2020-01 to 2020-01 holds no month"):
        MonthSpell(Month("2020-01"), Month("2020-01"))


def test_a_moment_is_not_a_day():
    with pytest.raises(NotADay) as refused:
        Spell(datetime(2020, 1, 1, 8, 0))
    assert str(refused.value) == (
        "WF-KRN-007  The start of a spell of days is datetime.datetime(2020, 1, 1, 8, 0).\n"
        "            Give a day; the end may be None while the spell is still running."
    )


@pytest.mark.parametrize(
    "build",
    [
        lambda: Spell(None),
        lambda: Spell("2020-01-01"),
        lambda: Spell(DAY_ONE, "2021-01-01"),
        lambda: MonthSpell(DAY_ONE),
        lambda: MonthSpell(Month("2020-01"), DAY_ONE),
    ],
)
def test_a_boundary_of_another_kind_is_refused(build):
    with pytest.raises(NotADay):
        build()
