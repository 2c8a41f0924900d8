"""A question's public names, the truth that its levers turn, and what closes the way to it."""

from __future__ import annotations

from typing import Any

import pytest

from wayfare.decisions import as_told, ask
from wayfare.facts import read_document
from wayfare.law.declare import clause, fact, lever, question
from wayfare.law.errors import UnknownValue
from wayfare.law.law import Law

SHAPE = "points, shape only"

asked_day = fact("person", "day", 1, 800_000)
degree_points = fact("person", "points", 0, 100, absent=0)
work_points = fact("person", "points", 0, 100, absent=10)
convicted = fact("person", "truth", 0, 1, absent=0)


@clause(SHAPE, article="1", level="person")
def city_points(degree_points, work_points):
    return degree_points + work_points


@clause(SHAPE, article="2", level="person")
def city_is_reached(city_points, work_points, convicted):
    return (city_points >= work_points + work_points) & (convicted == 0)


study = lever(
    "degree_points", by=(5, 20), days=400,
    say={"en": "Study for {by} more, {becomes} in all.", "zh": "再读书，加{by}分，共{becomes}分。"},
)  # fmt: skip
asked = question(
    "city.points", answer="city_points", named={"points": "city_points", "is_eligible": "city_is_reached"},
    goal="city_is_reached", levers=("study",),
)  # fmt: skip


def answered(**given: str) -> Any:
    law = Law.of(globals())
    return ask(read_document({"question": "city.points", "on": "2025-07-01", "given": given}), law)


def test_an_answer_shows_its_values_under_their_public_names() -> None:
    answer = answered()
    assert set(answer.values) == {"points", "is_eligible"}
    assert (answer.answer.value, answer.values["is_eligible"].value) == ("10", "no")


def test_a_value_is_given_under_its_public_name() -> None:
    answer = answered(points="35")
    assert (answer.answer.value, answer.values["is_eligible"].value) == ("35", "yes")
    assert answer.given == {"points": "35"} and set(answer.given_labels) == {"points"}


def test_levers_turn_the_goal_and_the_way_tells_the_answer_it_gives() -> None:
    (turn,) = answered().changes
    assert ([s["by"] for s in turn.steps], turn.answer, turn.days) == (["20"], "30", 400)
    assert turn.steps[0]["say"]["en"] == "Study for 20 more, 20 in all."


def test_the_truth_that_is_to_turn_has_its_reasons_beside_those_of_the_answer() -> None:
    assert [(r.clause, r.holds) for r in answered().reasons] == [("city_points", True), ("city_is_reached", False)]


def test_who_takes_the_way_that_was_told_is_there() -> None:
    law, document = Law.of(globals()), read_document({"question": "city.points", "on": "2025-07-01"})
    (turn,) = ask(document, law).changes
    assert ask(as_told(document, turn.steps, law), law).values["is_eligible"].value == "yes"


def test_of_several_goals_the_first_with_a_way_is_turned() -> None:
    @clause(SHAPE, article="3", level="person")
    def papers_are_there(papers_held, city_is_reached):
        return (papers_held > 0) & city_is_reached

    declared = {
        **globals(), "papers_held": fact("person", "count", 0, 9), "papers_are_there": papers_are_there,
        "degree_points": fact("person", "points", 0, 100, absent=15),
        "asked": question("city.points", answer="city_points", goal=("papers_are_there", "city_is_reached"),
                          levers=("study",)),
    }  # fmt: skip
    document = {"question": "city.points", "on": "2025-07-01", "given": {"work_points": "20"}}
    (turn,) = ask(read_document(document), Law.of(declared)).changes
    assert ([s["by"] for s in turn.steps], turn.answer, turn.turns) == (["5"], "40", "city_is_reached")


def test_a_closed_way_names_what_nobody_can_change() -> None:
    answer = answered(convicted="yes")
    assert answer.closed and not answer.changes
    assert [(r.clause, r.holds) for r in answer.closed_by] == [("city_is_reached", False)]
    assert answer.as_document()["closed_by"][0]["article"] == "2"


def test_a_question_about_values_that_the_law_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownValue, match="no_such"):
        Law.of({**globals(), "asked": question("city.points", answer="city_points", named={"points": "no_such"})})
    with pytest.raises(UnknownValue, match="no_lever"):
        Law.of({**globals(), "asked": question("city.points", answer="city_points", levers=("no_lever",))})
