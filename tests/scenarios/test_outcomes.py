"""The outcomes of a population are the answers of its people, added up."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from scenarios.told_lives import life, paid
from wayfare.decisions import ask, world_of
from wayfare.kernel import Place
from wayfare.law import as_columns
from wayfare.law.errors import GapInLaw
from wayfare.scenarios import outcomes
from wayfare.scenarios.figures import average_wages, rate_on

PEOPLE = (
    life(paid("410000", "2000-01", "2020-01"), person="long"),
    life(paid("310000", "2000-01", "2016-01"), paid("440000", "2016-02", "2018-01"), person="moved"),
    life(paid("310000", "2015-01", "2018-01"), person="short"),
    life(person="none"),
)


def test_pensions_by_place_are_those_of_the_people(law):
    found = outcomes(law, as_columns(world_of(PEOPLE, law)))
    answers = [ask(each, law).values for each in PEOPLE]
    places = Counter(
        ask(each.model_copy(update={"question": "pension.place"}), law).answer.value
        for each, values in zip(PEOPLE, answers, strict=True) if values["pension"].value not in (None, "0.00")
    )  # fmt: skip
    assert {place.code: each.people for place, each in found.by_place.items()} == dict(places)
    assert str(found.by_place[Place("410000")].mean) == answers[0]["pension"].value
    assert (found.people, found.short) == (4, 1)
    assert found.months == 240 + 192 + 23 + 36


def test_pensions_that_rest_on_an_assumed_figure_are_counted(law):
    found = outcomes(law, as_columns(world_of(PEOPLE, law)))
    assert found.on_assumptions == sum(each.people for each in found.by_place.values()) > 0


def test_a_missing_fact_leaves_the_pension_open_and_is_counted(law):
    open_life = PEOPLE[0].model_copy(
        update={"facts": PEOPLE[0].facts.model_copy(
            update={"person": PEOPLE[0].facts.person.model_copy(update={"born": None})})}
    )  # fmt: skip
    assert outcomes(law, as_columns(world_of([open_life], law))).unknown == 1


def test_a_figure_of_the_rulebook_goes_before_one_of_its_pack(law):
    wages = average_wages(law)
    stated = next(row for row in law.parameters["average_wage"].rows if row.places == (310000,))
    assert wages[Place("310000"), stated.key[0]] == stated.value
    assert len({place for place, _ in wages if place.code.endswith("0000")}) == 31


def test_a_rate_of_the_province_goes_before_the_nations(law):
    assert rate_on(law, "account_credit_rate", date(2003, 1, 1), Place("210000")) == 800
    assert rate_on(law, "account_credit_rate", date(2003, 1, 1), Place("410000")) == 1100


def test_a_day_without_a_rate_is_a_gap_in_the_law(law):
    with pytest.raises(GapInLaw) as refusal:
        rate_on(law, "flexible_pooled_rate", date(2000, 1, 1), Place("410000"))
    assert "flexible_pooled_rate has no value on 2000-01-01 in 410000." in str(refusal.value)
