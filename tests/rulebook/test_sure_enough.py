"""Decision mode rests on nothing recalled or assumed; estimate mode lists all of it, as the oracle finds it used."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.engine import BY_PROVINCE, figures, law, of_many, plan_and_world, told
from rulebook.histories import histories, history
from rulebook.oracle import VALUES, Figures, answers
from rulebook.worlds import assumed, facts_of, filled, joined, without
from wayfare.law import as_columns
from wayfare.law.missing import used

LIVES = sorted((Path(__file__).parents[2] / "examples" / "lives").glob("*.json"))
SURE = ("official", "verified")
RATES_OF_A_YEAR = ("account_credit_rate", "transfer_credit_rate")
WEIGHED = ("born", "sex", "retirement_group", "base", "contribution_kind", "record_balance")
"""Facts that make no rows: another month or place of a run could also touch runs that it does not touch now."""
GOALS = ("pension", "account_balance", "account_transfer", "pooled_transfer", "place_of_benefit", "retirement_month")


def all_used(lives: Any, names: Any, *, known: bool) -> list[Any]:
    """What the values rest on that no decision may rest on; only those that are known, if so asked."""
    nodes = [(name, "person", 0) for name in names]
    nodes += [(BY_PROVINCE, "relation", row) for row in range(lives.size["relation"])]
    return used(lives, [n for n in nodes if not known or lives.v[n[0], n[1]][n[2]] is not None])


# ---- decisions
@settings(max_examples=25)
@given(histories("decision"), st.integers(0, 2**32))
def test_to_a_decision_an_assumed_fact_is_a_fact_that_nobody_stated(document, seed):
    plan, world = plan_and_world(document)
    every = facts_of(world)
    facts = Random(seed).sample(every, min(12, len(every)))
    marked = joined([assumed(world, fact) for fact in facts])
    answered = told(plan.population(as_columns(marked), keep=True))
    assert answered == told(plan.population(as_columns(joined([without(world, fact) for fact in facts])), keep=True))
    lives = plan.lives(marked)
    assert answered == told(lives)
    assert all_used(lives, VALUES, known=True) == []


@pytest.mark.parametrize("path", LIVES, ids=lambda path: path.stem)
def test_no_known_answer_to_an_example_life_rests_on_an_assumption(path):
    document = json.loads(path.read_text("utf-8")) | {"mode": "decision"}
    plan, world = plan_and_world(document)
    lives = plan.lives(world)
    assert all_used(lives, VALUES, known=True) == []
    bare = {level: replace(rows, columns=_without_assumed(rows), assumed={}) for level, rows in world.items()}
    assert told(lives) == told(plan.lives(bare))


def _without_assumed(rows: Any) -> dict[str, Any]:
    marks = {name: rows.assumed.get(name, [False] * rows.size) for name in rows.columns}
    return {
        name: [None if m else x for x, m in zip(column, marks[name], strict=True)]
        for name, column in rows.columns.items()
    }


def test_a_decision_is_the_same_whatever_the_figures_that_are_not_sure_say():
    """Every recalled, derived and assumed row of the rulebook and the pack moved: no decision moves."""
    documents = [history(Random(seed), "decision") | {"given": {}} for seed in range(150)]
    tables = {
        name: replace(table, rows=tuple(map(_moved, table.rows)), pack=tuple(map(_moved, table.pack)))
        for name, table in law().parameters.items()
        if any(row.status.value not in SURE for row in (*table.rows, *table.pack))
    }
    assert len(tables) >= 8
    assert of_many(documents, law().replaced(parameters=tables)) == of_many(documents, law())


def _moved(row: Any) -> Any:
    """A row that is not sure a tenth lower, by one at least; a sure one as it is."""
    lower = row.value - max(row.value // 10, 1) if row.value else 0
    return row if row.status.value in SURE else replace(row, value=lower)


# ---- estimates
class Watched(Figures):
    """The figures, with a note of each one that is asked for and is not sure."""

    def find(self, name: str, on: date, place: str, *keys: Any, sure: bool) -> Fraction | int:
        found = super().find(name, on, place, *keys, sure=sure)
        if self.status(name, on, place, *keys) not in SURE:
            year = next((k for k in keys if isinstance(k, int) and k > 1900), None)
            year = on.year if name in RATES_OF_A_YEAR else year
            self.seen.add((name, year, f"{place[:2]}0000" if law().parameters[name].places else ""))
        return found

    @property
    def seen(self) -> set[tuple[str, int | None, str]]:
        """Table, year if it has one, and province if it has places."""
        return self.__dict__.setdefault("_seen", set())


def listed(one: Any) -> tuple[str, int | None, str]:
    """A row that the engine lists: its table, its year and the province it was asked for."""
    year = next((int(text) for key, text in one.keys.items() if "year" in key), None)
    place = next((text[:2] + "0000" for key, text in one.keys.items() if "province" in key or "place" in key), "")
    return one.name, year, place


@settings(max_examples=40)
@given(histories("estimate"))
def test_an_estimate_lists_no_figure_as_not_sure_that_the_oracle_does_not_use(document):
    plan, world = plan_and_world(document)
    lives = plan.lives(world)
    for goal in GOALS:
        every = used(lives, [(goal, "person", 0)])
        found = {listed(one) for one in every if not one.ref and one.name in law().parameters}
        watched = Watched(figures().rows, figures().stepped)
        if answers(document, watched, only=goal)[goal] is not None:
            assert found <= watched.seen  # that none is left out the next test holds


@settings(max_examples=15)
@given(histories("estimate"))
def test_an_estimate_moves_only_with_the_figures_that_it_lists(document):
    plan, world = plan_and_world(document)
    lives = plan.lives(world)
    before = told(lives)[0]
    found = {one.name for one in all_used(lives, GOALS, known=False) if not one.ref}
    tables = {
        name: replace(table, rows=tuple(map(_moved, table.rows)), pack=tuple(map(_moved, table.pack)))
        for name, table in law().parameters.items()
        if name not in found and any(row.status.value not in SURE for row in (*table.rows, *table.pack))
    }
    book = law().replaced(parameters=tables)
    plan, world = plan_and_world(document, book)
    after = told(plan.lives(world))[0]
    assert {name: after[name] for name in GOALS} == {name: before[name] for name in GOALS}


@settings(max_examples=15)
@given(histories("estimate"), st.integers(0, 2**32))
def test_an_estimate_lists_each_assumed_fact_that_could_move_it(document, seed):
    draw = Random(seed)
    plan, world = plan_and_world(document)
    every = [fact for fact in facts_of(world) if fact.cells[0][1] in WEIGHED]
    facts = draw.sample(every, min(8, len(every)))
    lives = plan.lives(joined([assumed(world, fact) for fact in facts]))
    ways = [filled(world, fact, law(), draw) for fact in facts for _ in range(2)]
    stated = told(plan.population(as_columns(joined(ways)), keep=True))
    for i, (fact, answer) in enumerate(zip(facts, told(lives), strict=True)):
        names = {name for _, name, _ in fact.cells}
        for goal in GOALS:
            if any(way[goal] != answer[goal] for way in stated[2 * i : 2 * i + 2]):
                assert names & {one.name for one in used(lives, [(goal, "person", i)]) if one.ref}, (goal, fact)
