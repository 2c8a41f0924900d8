"""A life told stop by stop is one facts document, which says the same when it is read back."""

from __future__ import annotations

from datetime import date

import pytest

from wayfare.app.examples import example_lives
from wayfare.facts.errors import BeforeBirth
from wayfare.kernel import Money, Month, Place
from wayfare.portals.guest.telling import (
    PEOPLE,
    Stop,
    blank,
    registered,
    stops,
    who,
    with_child,
    with_person,
    with_registered,
    with_stop,
    without,
    without_stop,
)

TODAY = date(2026, 11, 21)
SUZHOU, DONGGUAN, FUNAN = Place("320500"), Place("441900"), Place("341225")


def told(*each):
    life = with_person(blank("place", TODAY), date(1983, 3, 27), "woman_50")
    for stop in each:
        life = with_stop(life, stop)
    return life


def stop(number, place, start, end=None, **more):
    return Stop(number, place, Month(start), Month(end) if end else None, **more)


def test_a_blank_life_is_an_estimate_of_today_for_the_question_that_was_asked():
    life = blank("open", TODAY)
    assert (life.question, life.on, life.mode.value) == ("services.all", TODAY, "estimate")


@pytest.mark.parametrize("kind", list(PEOPLE))
def test_who_somebody_is_reads_back_as_told(kind):
    assert who(with_person(blank("all", TODAY), None, kind)) == kind


def test_nobody_is_asked_to_say_who_they_are():
    assert who(with_person(told(), None, None)) is None


@pytest.mark.parametrize(
    "one",
    [
        stop(1, SUZHOU, "2004-03"),
        stop(1, SUZHOU, "2004-03", "2013-03", work="employee", insured="all", wage=Money.yuan("2600.50")),
        stop(1, SUZHOU, "2004-03", work="flexible", insured="part", paid_start=Month("2015-01")),
        stop(1, SUZHOU, "2004-03", "2013-03", work="informal", insured="part", paid_start=Month("2005-01"),
             paid_end=Month("2006-01")),
    ],
)  # fmt: skip
def test_a_stop_reads_back_as_told(one):
    assert stops(told(one)) == (one,)


def test_a_stop_that_was_left_open_ends_where_the_next_begins_in_whatever_order_they_are_told():
    forth = told(stop(1, SUZHOU, "2004-03", work="employee", insured="all"), stop(2, DONGGUAN, "2013-03"))
    back = told(stop(2, DONGGUAN, "2013-03"), stop(1, SUZHOU, "2004-03", work="employee", insured="all"))
    assert [each.end for each in stops(forth)] == [Month("2013-03"), None] == [each.end for each in stops(back)]
    assert forth.facts.insurance[0].end == Month("2013-03")


def test_a_stop_told_again_replaces_the_one_before_and_can_be_taken_out():
    life = told(stop(1, SUZHOU, "2004-03"), stop(2, DONGGUAN, "2013-03"))
    again = with_stop(life, stop(2, FUNAN, "2014-01"))
    assert [each.place for each in stops(again)] == [SUZHOU, FUNAN]
    assert [each.place for each in stops(without_stop(again, 1))] == [FUNAN]


def test_the_base_of_contributions_is_the_wage_and_is_marked_as_assumed():
    life = told(stop(1, SUZHOU, "2004-03", work="employee", insured="all", wage=Money.yuan("2600.00")))
    paid = life.facts.insurance[0]
    assert paid.base == Money.yuan("2600.00")
    assert paid.assumes("base")


def test_a_registration_since_birth_moves_with_the_birth_and_one_since_a_month_does_not():
    since_birth = with_registered(told(), FUNAN, "agricultural", None)
    later = with_person(since_birth, date(1984, 1, 2), "woman_50")
    assert later.facts.hukou[0].start == date(1984, 1, 2)
    moved = with_person(with_registered(told(), FUNAN, None, Month("2010-05")), date(1984, 1, 2), "man")
    assert registered(moved) == (FUNAN, None, Month("2010-05"))


def test_a_registration_without_a_birth_begins_with_the_life_and_says_that_it_is_assumed():
    life = with_registered(with_stop(blank("all", TODAY), stop(1, SUZHOU, "2004-03")), FUNAN, None, None)
    assert life.facts.hukou[0].start == date(2004, 3, 1)
    assert registered(life) == (FUNAN, None, None)
    born = with_person(life, date(1983, 3, 27), "man")
    assert born.facts.hukou[0].start == date(1983, 3, 27)
    assert not born.facts.hukou[0].assumed


def test_what_cannot_be_so_is_refused():
    with pytest.raises(BeforeBirth):
        told(stop(1, SUZHOU, "1980-01"))


def test_an_example_keeps_what_it_says_when_a_stop_is_added_and_an_item_is_taken_out():
    life = example_lives()["factory-worker-from-henan-in-dongguan"]
    added = with_stop(life, stop(1, FUNAN, "2026-01"))
    assert added.facts.insurance == life.facts.insurance
    assert without(added, "residence", 3).facts == life.facts


def test_children_are_people_of_the_document():
    life = with_child(with_child(told(), date(2015, 5, 1)), date(2018, 5, 1))
    assert [(each.relation, each.born.year) for each in life.facts.people] == [("child", 2015), ("child", 2018)]
