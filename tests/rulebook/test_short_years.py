"""Too few years at retirement: what holds over all ways and many lives, and what stays open when a fact is missing."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.engine import law
from rulebook.histories import histories
from rulebook.worlds import columns_of, filled, joined, without
from wayfare.decisions import ask
from wayfare.decisions.world import given_levels, read_given, world_of
from wayfare.facts import read_document
from wayfare.law import as_columns
from wayfare.law.columns import as_list

QUESTIONS = ("pension.contributions", "pension.short_years")
VALUES = sorted({v for q in QUESTIONS for v in law().questions[q].values if law().values[v].level == "person"})
WAYS = tuple(v for v in law().questions["pension.short_years"].values if law().values[v].level == "way")
KINDS = ("employee", "flexible", "self_employed", "informal")
SHORT = {
    "question": "pension.short_years",
    "on": "2026-10-10",
    "facts": {
        "person": {"id": "p", "born": "1966-05-20", "sex": "male"},
        "hukou": [{"place": "310115", "kind": "resident", "from": "1966-05-20", "to": None}],
        "insurance": [{"scheme": "employee_pension", "place": "310000", "basis": "employee", "from": "2010-02",
                       "to": "2018-02", "base": "5000.00"}],
    },
}  # fmt: skip


def plan_and_world(document: Any) -> tuple[Any, Any]:
    read = read_document(document)
    put_in = read_given(law(), read.given)
    computed = [n for n in put_in if law().values[n].kind != "fact"]
    plan = law().plan((*VALUES, *WAYS), given=computed, mode=read.mode, rows_given=given_levels(law(), computed))
    return plan, world_of([read], law(), put_in)


def columns(run: Any, names: tuple[str, ...] | list[str]) -> dict[str, list[int | None]]:
    found = {name: run.value(name) for name in names}
    return {name: x if isinstance(x, list) else as_list(x) for name, x in found.items()}


def with_work(document: dict[str, Any], draw: Random) -> dict[str, Any]:
    """The document with up to two spells of work."""
    work = [
        {"place": draw.choice(["310115", "440300", "510100", "110105"]), "from": f"{draw.randint(1996, 2030)}-03-01",
         "to": draw.choice([None, "2044-01-01"]), "kind": draw.choice(KINDS),
         "monthly_wage": f"{draw.randint(0, 60_000)}.37"}
        for _ in range(draw.randint(0, 2))
    ]  # fmt: skip
    put_in = {**document["given"], **({"chosen_base": f"{draw.randint(0, 40_000)}.11"} if draw.random() < 0.5 else {})}
    return {**document, "facts": {**document["facts"], "work": work}, "given": put_in}


@settings(max_examples=40)
@given(histories(), st.integers(0, 2**32))
def test_ints_and_columns_agree_on_what_is_paid_and_on_every_way(document, seed):
    plan, world = plan_and_world(with_work(document, Random(seed)))
    names = [*VALUES, *WAYS]
    assert columns(plan.lives(world), names) == columns(plan.population(as_columns(world), keep=True), names)


@settings(max_examples=15)
@given(histories(), st.integers(0, 2**32))
def test_what_is_known_without_a_fact_was_never_in_doubt(document, seed):
    draw = Random(seed)
    plan, world = plan_and_world(with_work(document, draw))
    facts = columns_of(world)
    unknown = joined([without(world, fact) for fact in facts])
    answers = columns(plan.population(as_columns(unknown), keep=True), VALUES)
    assert columns(plan.lives(unknown), VALUES) == answers
    ways = [filled(world, fact, law(), draw) for fact in facts for _ in range(3)]
    stated = columns(plan.population(as_columns(joined(ways)), keep=True), VALUES)
    for name in VALUES:
        for i, fact in enumerate(facts):
            known = answers[name][i]
            assert known is None or stated[name][3 * i : 3 * i + 3] == [known] * 3, (name, fact)


@settings(max_examples=40)
@given(histories("estimate"), st.integers(0, 2**32))
def test_the_shares_of_a_month_add_up_and_lie_between_the_limits(document, seed):
    plan, world = plan_and_world(with_work(document, Random(seed)))
    found = {name: x[0] for name, x in columns(plan.lives(world), VALUES).items()}
    if found["flexible_contribution"] and found["account_credit"] is not None:
        assert found["flexible_to_pool"] + found["account_credit"] == found["flexible_contribution"]
    if found["base_floor"] is not None and found["base_ceiling"] is not None:
        assert found["base_floor"] < found["base_ceiling"]


@pytest.mark.parametrize("on", ["2011-06-30", "2011-07-01", "2024-12-31", "2025-01-01", "2026-11-21"])
def test_each_way_of_a_day_is_named_once_with_its_own_words(on):
    answer = ask(read_document({**SHORT, "on": on, "mode": "estimate"}), law())
    named = [row["of"] for row in answer.values["way_is_open"].rows]
    assert len(set(named)) == len(named) == {"2011-06-30": 1, "2011-07-01": 4, "2024-12-31": 4}.get(on, 6)
    assert ("paid_out" in named) == (on < "2011-07-01") and ("pay_at_once" in named) == (on >= "2025-01-01")


def test_only_an_end_gives_up_months_and_only_an_end_pays_the_account_out():
    answer = ask(read_document({**SHORT, "mode": "estimate"}), law())
    for name in ("way_pays_out", "way_loses_months"):
        assert [row["of"] for row in answer.values[name].rows if float(row["value"])] == ["end_relation"]
