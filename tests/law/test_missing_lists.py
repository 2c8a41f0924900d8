"""What is missing behind a table's list: the gap of the table with its keys, or the fact that picks the list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from law.packs import kit
from wayfare.kernel.status import Mode
from wayfare.law import Law, Rows, expand, fact, find, level, parameter, pick, row, total
from wayfare.law.missing import missing
from wayfare.law.tables import FOR_EVER, FROM_EVER, Gap
from wayfare.law.words import Scale

CITY, OTHER = kit.TREE.number(440300), kit.TREE.number(341225)
RULES = replace(
    parameter("papers_asked", "count", [row(0, place=440000, columns=(1,)), row(0, place=440000, columns=(2,))],
              columns={"paper": "paper"}),
    gaps=(Gap(FROM_EVER, FOR_EVER, (), "No rule of this city is at hand."),),
)  # fmt: skip
PARTS = parameter("parts_asked", "count", [row(0, key=1, columns=(7,))], by="paper", columns={"part": "part"})


def law() -> Law:
    named: dict[str, Any] = {
        "city": fact("person", "place", 0, kit.LAST),
        "stated_age": fact("person", "years", 0, 120, ask={"en": "How old?", "zh": "几岁？"}),
        "children": level("child", most=3),
        "number": fact("child", "count", 1, 3),
        "age": fact("child", "years", 0, 120),
        "first_child": pick("number", level="person", of="child", by="number", none=Scale(0, "count"), first=True),
        "age_of_child": find("age", of="child", key="number", by="first_child", level="person", none="stated_age"),
        "paper_row": expand(
            "paper", within="person", table="papers_asked", where="city", columns={"paper": "paper_kind"}
        ),
        "part_row": expand(
            "part", within="paper", table="parts_asked", by={"paper": "paper_kind"}, columns={"part": "part_kind"}
        ),
        "papers": total(level="person", of="paper", how="count"),
        "parts": total(level="person", of="part", how="count"),
    }
    return Law.of(named, parameters=[RULES, PARTS], tree=kit.TREE)


def lacking(goal: str, *, city: int | None, ages: list[int | None] | None = None) -> list[tuple[str, str, str]]:
    ages = ages or []
    child = Rows(len(ages), {"number": list(range(1, len(ages) + 1)), "age": ages}, {"person": [0] * len(ages)})
    world = {"person": Rows(1, {"city": [city], "stated_age": [None]}), "child": child}
    lives = law().plan([goal], mode=Mode.DECISION).lives(world)
    return [(m.name, m.kind, m.why) for m in missing(lives, (goal, "person", 0))]


def test_a_place_without_a_list_is_a_gap_with_its_reason() -> None:
    assert lacking("papers", city=OTHER) == [("papers_asked", "gap", "No rule of this city is at hand.")]


def test_the_gap_is_told_from_below_too() -> None:
    assert lacking("parts", city=OTHER) == [("papers_asked", "gap", "No rule of this city is at hand.")]


def test_a_list_that_a_row_of_another_list_lacks_is_a_gap_of_the_lower_table() -> None:
    ((name, kind, _),) = lacking("parts", city=CITY)
    assert (name, kind) == ("parts_asked", "gap")


def test_the_fact_that_picks_the_list_is_what_is_missing() -> None:
    assert lacking("papers", city=None) == [("city", "fact", "nobody has stated it")]


def test_who_has_no_row_is_asked_for_what_stands_for_it() -> None:
    assert [name for name, _, _ in lacking("age_of_child", city=CITY)] == ["stated_age"]


@pytest.mark.parametrize("ages", [[None], [None, 7]])
def test_who_has_a_row_is_asked_for_the_rows_own_fact(ages: list[int | None]) -> None:
    assert [name for name, _, _ in lacking("age_of_child", city=CITY, ages=ages)] == ["age"]
