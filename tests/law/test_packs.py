"""The nine hard rules, and three more, on ints and on columns against oracles that share nothing with the engine."""

from __future__ import annotations

import ast
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.packs import PACKS, kit, raw
from law.packs.kit import Draw, Pack
from wayfare.kernel.status import Mode
from wayfare.law.world import as_columns

SEEDS = st.integers(0, 2**32 - 1)
every_pack = pytest.mark.parametrize("name", PACKS)
packs_of_spells = pytest.mark.parametrize("name", [name for name, pack in PACKS.items() if pack.spells])

GIVEN = {  # a value on the way, at a level whose rows are facts
    "place": "hukou_then", "points": "best_points", "papers": "papers_met", "claims": "deductible_of_stay",
    "months": "paid_months", "late_fee": "late_fee", "severance": "old_months", "index": "paying_place",
    "pairs": "pays", "texts": "benefit", "books": "final_balance",
}  # fmt: skip


def of_people(pack: Pack) -> list[str]:
    """The goals that people have themselves."""
    return [g for g in pack.goals if pack.law.values[g].level == "person"]


@every_pack
@settings(max_examples=100)
@given(seed=SEEDS)
def test_ints_columns_and_the_oracle_give_the_same(name: str, seed: int) -> None:
    kit.compare(PACKS[name], kit.drawn(PACKS[name], seed))


@every_pack
def test_a_crowd_is_answered_as_by_the_oracle(name: str) -> None:
    kit.compare(PACKS[name], PACKS[name].draw(Draw(2_000), 300))


@packs_of_spells
@settings(max_examples=25)
@given(seed=SEEDS)
def test_splitting_a_spell_changes_nothing(name: str, seed: int) -> None:
    pack = PACKS[name]
    world = pack.draw(Draw(seed), 6)
    split = kit.split_spells(Draw(seed), pack, world)
    whole = kit.on_columns(pack, world, Mode.ESTIMATE)
    for found in (kit.on_columns(pack, split, Mode.ESTIMATE), kit.on_ints(pack, split, Mode.ESTIMATE)):
        assert {g: found[g] for g in found if g not in pack.by_spell} == {
            g: whole[g] for g in whole if g not in pack.by_spell
        }


@every_pack
@settings(max_examples=10)
@given(seed=SEEDS)
def test_a_life_alone_is_answered_as_in_a_crowd(name: str, seed: int) -> None:
    pack = PACKS[name]
    world = kit.drawn(pack, seed)
    crowd = kit.on_columns(pack, world, Mode.ESTIMATE)
    person = seed % world["person"].size
    for way in (kit.on_ints, kit.on_columns):
        alone = way(pack, kit.only(world, [person]), Mode.ESTIMATE)
        assert {g: alone[g] for g in of_people(pack)} == {g: [crowd[g][person]] for g in of_people(pack)}


@every_pack
@settings(max_examples=10)
@given(seed=SEEDS)
def test_the_order_of_people_does_not_matter(name: str, seed: int) -> None:
    pack = PACKS[name]
    world = kit.drawn(pack, seed)
    order = random.Random(seed).sample(range(world["person"].size), world["person"].size)
    before = kit.on_columns(pack, world, Mode.ESTIMATE)
    after = kit.on_columns(pack, kit.only(world, order), Mode.ESTIMATE)
    assert {g: after[g] for g in of_people(pack)} == {g: [before[g][i] for i in order] for g in of_people(pack)}


@pytest.mark.parametrize(("name", "given_value"), GIVEN.items())
@settings(max_examples=10)
@given(seed=SEEDS)
def test_a_value_given_as_it_would_be_computed_changes_nothing(name: str, given_value: str, seed: int) -> None:
    pack = PACKS[name]
    world = kit.drawn(pack, seed)
    at = pack.law.values[given_value].level
    computed = kit.as_list(pack.law.plan([given_value], mode=Mode.ESTIMATE).lives(world).value(given_value))
    columns = {**world[at].columns, given_value: computed}
    world_given = {**world, at: replace(world[at], columns=columns)}
    plan = pack.law.plan(pack.goals, given=(given_value,), mode=Mode.ESTIMATE)
    expected = kit.by_oracle(pack, world, Mode.ESTIMATE)
    for found in (plan.lives(world_given), plan.population(as_columns(world_given))):
        assert {g: kit.as_list(found.value(g)) for g in pack.goals} == expected


@every_pack
def test_a_world_without_people_has_empty_answers(name: str) -> None:
    pack = PACKS[name]
    nobody = kit.only(kit.drawn(pack, 1), [])
    for way in (kit.on_ints, kit.on_columns):
        assert way(pack, nobody, Mode.ESTIMATE) == {g: [] for g in pack.goals}


@every_pack
def test_random_worlds_reach_values_and_unknowns_of_every_goal(name: str) -> None:
    pack = PACKS[name]
    seen = {g: set() for g in pack.goals}
    for seed in range(40):
        for goal, column in kit.by_oracle(pack, kit.drawn(pack, seed), Mode.ESTIMATE).items():
            seen[goal] |= set(column)
    for goal, values in seen.items():
        known = values - {None}
        assert len(known) > 1, f"{goal} is always {known}"
        assert None in values or goal in ALWAYS_KNOWN, f"{goal} is never unknown"


ALWAYS_KNOWN = {"offences"}  # a count of stated rows


def test_each_day_of_change_is_seen_from_both_sides_in_every_place() -> None:
    pack = PACKS["texts"]
    changes = {d for name in ("floor", "per_child", "ceiling") for d in pack.law.parameters[name].days_of_change()}
    for text in pack.law.values["benefit"].texts:
        changes |= {d.toordinal() for d in (text.clause.since, text.clause.until) if d is not None}
    days = sorted({d + step for d in changes for step in (-1, 0, 1)})
    lives = [(day, place) for day in days for place in range(len(raw.PLACES))]
    person = kit.rows(
        asked_day=[d for d, _ in lives], city=[p for _, p in lives], income=[21_000] * len(lives),
        children=[2] * len(lives), claimed_month=[2010 * 12] * len(lives),
    )  # fmt: skip
    kit.compare(pack, {"person": person})


def test_the_oracles_import_nothing_of_the_engine() -> None:
    here = Path(__file__).parent / "packs"
    for path in [here / "raw.py", *sorted((here / "oracles").glob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [n for n in names if n.startswith("wayfare")], path.name
