"""A refusal says by how much, and what would change it: papers, points and the place that pays."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.packs import PACKS, kit, raw
from law.packs.kit import Draw, Pack, World, rows
from wayfare.kernel.status import Mode
from wayfare.law.declare import fact, find, level
from wayfare.law.law import Law
from wayfare.law.levers import Change, changes_of
from wayfare.law.missing import missing
from wayfare.law.reasons import Why, explain
from wayfare.law.tables import Gap, row
from wayfare.law.ways import all_changed, what_would_change


def a_family(*, months: int | None = 28, papers: dict[int, int | None], city: int | None = 440100) -> World:
    """A family that asks for a school place in Guangzhou on 10 January 2016."""
    return {
        "person": rows(
            city=[None if city is None else raw.number(city)],
            asked_day=[raw.day("2016-01-10")],
            months_insured=[months],
        ),
        "document": rows({"person": [0] * len(papers)}, kind=list(papers), held=list(papers.values())),
    }


def an_applicant(*, held: dict[int, int], minus: int = 0, forged: int = 0) -> World:
    """An applicant for points in Guangzhou on 1 June 2016, when the line of Guangdong is 80."""
    return {
        "person": rows(city=[raw.number(440100)], asked_day=[raw.day("2016-06-01")], convicted=[0]),
        "offence": rows({"person": [0]}, minus=[minus], forged=[forged]),
        "evidence": rows({"person": [0] * len(held)}, evidence_kind=list(held), amount=list(held.values())),
    }


def a_worker(*, months: int) -> World:
    """A worker of Fuyang, 60 in June 2015, last insured in Guangdong for so many months."""
    return {
        "person": rows(born=[raw.day("1955-06-20")], group=[0], birth_place=[raw.number(341225)]),
        "hukou": rows(
            {"person": [0]}, hukou_place=[raw.number(510000)], hukou_start=[raw.day("1990-01-01")],
            hukou_end=[raw.day("2040-01-01")],
        ),
        "run": rows(
            {"person": [0]}, fund=[raw.number(440300)], start=[2000 * 12], end=[2000 * 12 + months], account=[0],
            number=[1]
        ),
    }  # fmt: skip


def why(name: str, world: World, goal: str, row: int = 0) -> Why | None:
    """Why a truth of a pack does not hold."""
    pack = PACKS[name]
    return explain(pack.law.plan(list(pack.goals), mode=Mode.ESTIMATE).lives(world), goal, row)


def leaves(found: Why) -> list[Why]:
    """The parts that hold no further parts."""
    return [leaf for part in found.parts for leaf in leaves(part)] if found.parts else [found]


def planned(pack: Pack) -> Any:
    """The plan of a pack with what its levers ask about."""
    return pack.law.plan([*pack.goals, *(x.where for x in pack.law.levers.values() if x.where)], mode=Mode.ESTIMATE)


def ways(name: str, world: World, goal: str, *, want: int | None = None) -> list[tuple[Any, ...]]:
    """What would change the answer: each way's changes, days and cost."""
    pack = PACKS[name]
    plan = planned(pack)
    changes = changes_of(plan.lives(world), pack.law.levers)
    found = what_would_change(plan, world, goal, changes, want=want)
    return [(sorted((c.fact, c.row, c.by if c.to is None else c.to) for c in w.changes), w.days, w.cost) for w in found]


def test_a_family_is_told_each_paper_and_how_many_months_are_short() -> None:
    found = why("papers", a_family(papers={0: 1, 4: 1, 5: 0, 1: None}), "may_enrol")
    assert found is not None and found.kind == "all"
    short = [leaf for leaf in leaves(found) if leaf.kind == "short"]
    assert [(s.found, s.asked, s.short_by, s.unit) for s in short] == [(28, 36, 8, "months")]
    assert {leaf.kind for leaf in leaves(found)} == {"short", "fails", "unknown"}


def test_the_cheapest_way_to_a_school_place_is_one_paper_and_some_months() -> None:
    assert ways("papers", a_family(papers={0: 1, 4: 1, 5: 0, 1: None}), "may_enrol") == [
        ([("held", 2, 1), ("months_insured", 0, 12)], 360, 5_000)
    ]


def test_a_family_without_any_paper_is_told_all_that_it_needs_at_once() -> None:
    """Four changes: more than sets of a few would find, each needed, and the shortest wait that is enough."""
    assert ways("papers", a_family(months=20, papers={0: 0, 4: 0, 5: 0}), "may_enrol") == [
        ([("held", 0, 1), ("held", 1, 1), ("held", 2, 1), ("months_insured", 0, 24)], 720, 15_000)
    ]


def test_what_still_fails_when_all_was_changed_is_what_closes_the_way() -> None:
    pack, world = PACKS["papers"], a_family(papers={0: 0, 4: 1, 5: 1})
    world["document"].columns["can_get"] = [0, 1, 1]
    plan = planned(pack)
    lives = all_changed(plan, world, changes_of(plan.lives(world), pack.law.levers))
    found = explain(lives, "may_enrol")
    assert found is not None
    assert [(leaf.name, leaf.row) for leaf in leaves(found)] == [("held", 0)]


def test_a_paper_that_nobody_can_get_closes_the_way() -> None:
    world = a_family(papers={0: 0, 4: 1, 5: 1})
    world["document"].columns["can_get"] = [0, 1, 1]
    assert ways("papers", world, "may_enrol") == []


def test_a_change_beyond_the_bounds_of_a_fact_is_not_tried() -> None:
    assert ways("papers", a_family(months=239, papers={0: 0, 4: 1, 5: 1}), "may_enrol") == [
        ([("held", 0, 1)], 20, 5_000)
    ]


def test_a_family_that_is_let_in_has_nothing_to_explain_or_change() -> None:
    world = a_family(months=40, papers={0: 1, 4: 1, 5: 1})
    assert why("papers", world, "may_enrol") is None
    assert ways("papers", world, "may_enrol") == []


def test_an_unknown_city_is_what_is_missing() -> None:
    pack = PACKS["papers"]
    lives = pack.law.plan(["may_enrol"], mode=Mode.ESTIMATE).lives(a_family(months=None, papers={0: 1}, city=None))
    assert {m.name for m in missing(lives, ("may_enrol", "person", 0))} >= {"city"}


def test_a_table_without_rows_for_the_city_is_told_as_the_gap_it_is() -> None:
    law = PACKS["papers"].law
    gap = Gap(1, raw.day("2100-01-01"), (440_000,), "its requirements are not at hand")
    rows_elsewhere = tuple(r for r in law.parameters["requirements"].rows if r.places == (510_100,))
    table = replace(law.parameters["requirements"], rows=rows_elsewhere, gaps=(gap,))
    plan = law.replaced(parameters={"requirements": table}).plan(["papers_met"], mode=Mode.ESTIMATE)
    found = missing(plan.lives(a_family(papers={0: 1})), ("papers_met", "person", 0))
    assert [(m.name, m.kind, m.why) for m in found] == [("requirements", "gap", gap.reason)]
    nowhere = missing(plan.lives(a_family(papers={0: 1}, city=None)), ("papers_met", "person", 0))
    assert [(m.name, m.kind) for m in nowhere] == [("city", "fact")]


def a_claim(*, place: int) -> World:
    """A family with two children that asks for the allowance on 1 June 2009."""
    return {"person": rows(asked_day=[raw.day("2009-06-01")], city=[raw.number(place)], income=[0], children=[2])}


def test_a_gap_in_the_law_is_told_with_its_reason() -> None:
    law = PACKS["texts"].law
    gap = Gap(raw.day("2008-03-01"), raw.day("2010-01-01"), (), "nobody had set a supplement for children")
    later = replace(law.parameters["per_child"], rows=(row(5_000, since="2010-01-01"),), pack=(), gaps=(gap,))
    plan = law.replaced(parameters={"per_child": later}).plan(["benefit"], mode=Mode.DECISION)
    found = missing(plan.lives(a_claim(place=440300)), ("benefit", "person", 0))
    assert [(m.name, m.kind, m.why) for m in found] == [("per_child", "gap", gap.reason)]


def test_a_gap_of_another_place_is_no_reason_and_that_of_the_narrowest_place_is_told() -> None:
    law = PACKS["texts"].law
    reasons = {(): "nation", (510_000,): "another province", (440_000,): "province", (440_300,): "city"}
    gaps = tuple(Gap(1, raw.day("2100-01-01"), places, why) for places, why in reasons.items())
    later = (row(5_000, since="2010-01-01"), row(6_000, since="2010-01-01", place=440_300))
    table = replace(law.parameters["per_child"], rows=later, pack=(), gaps=gaps)
    for place, why in ((440_300, "city"), (440_000, "province"), (340_000, "nation")):
        plan = law.replaced(parameters={"per_child": table}).plan(["benefit"], mode=Mode.DECISION)
        found = missing(plan.lives(a_claim(place=place)), ("benefit", "person", 0))
        assert [m.why for m in found if m.name == "per_child"] == [why]


def test_a_figure_that_is_only_recalled_is_told_when_a_decision_needs_it() -> None:
    plan = PACKS["texts"].law.plan(["benefit"], mode=Mode.DECISION)
    found = missing(plan.lives(a_claim(place=510000)), ("benefit", "person", 0))
    assert [(m.name, m.kind, m.why) for m in found] == [
        ("floor", "not sure enough", "the figure at hand is only recalled")
    ]


def test_an_applicant_is_told_how_many_points_are_short_of_the_line() -> None:
    found = why("points", an_applicant(held={0: 1, 2: 1}, minus=10), "admitted")
    assert found is not None
    assert (found.kind, found.found, found.asked, found.short_by, found.unit) == ("short", 55, 80, 25, "points")


def test_points_can_be_earned_or_an_offence_be_spent() -> None:
    assert ways("points", an_applicant(held={0: 1, 2: 3}, minus=10), "admitted") == [
        ([("amount", 0, 1)], 90, 30_000),
        ([("amount", 1, 5)], 450, 30_000),
        ([("amount", 1, 1), ("minus", 0, 0)], 700, 30_000),
    ]


def test_a_forged_paper_is_a_veto_that_no_points_buy_off() -> None:
    world = an_applicant(held={0: 2}, forged=1)
    found = why("points", world, "admitted")
    assert found is not None and found.kind == "fails"
    assert ways("points", world, "admitted") == []


def test_a_place_is_told_how_many_of_the_ten_years_are_short() -> None:
    found = why("place", a_worker(months=90), "is_ten_years")
    assert found is not None
    assert (found.kind, found.found, found.asked, found.short_by, found.unit) == ("short", 90, 96, 6, "months")


def test_six_more_months_there_make_the_last_place_pay() -> None:
    there = raw.number(440000)
    assert ways("place", a_worker(months=90), "place_of_benefit", want=there) == [
        ([("hukou_place", 0, 0)], 180, 20_000),
        ([("end", 0, 6)], 180, 100_000),
    ]


def by_oracle(pack: Pack, world: World, goal: str, changes: list[Change], want: int | None) -> set[frozenset[Any]]:
    """The least sets of changes that turn the answer by the pack's oracle, of several amounts the least."""
    before = kit.by_oracle(pack, world, Mode.ESTIMATE)[goal][0]
    good = []
    for size in range(4):
        for chosen in itertools.combinations(changes, size):
            if len({(c.fact, c.row) for c in chosen}) < size:
                continue
            if turns(pack, world, goal, chosen, want) and not any(set(g) < set(chosen) for g in good):
                good.append(chosen)
    if (before if want is None else before == want):
        return set()
    first: dict[Any, tuple[Change, ...]] = {}
    for chosen in sorted(
        good, key=lambda s: (sum(c.cost for c in s), max(c.days for c in s), len(s), sum(c.size for c in s))
    ):
        first.setdefault(frozenset((c.fact, c.row) for c in chosen), chosen)
    return {frozenset((c.fact, c.row, c.to, c.by) for c in chosen) for chosen in first.values()}


def turns(pack: Pack, world: World, goal: str, chosen: tuple[Change, ...], want: int | None) -> bool:
    """Whether a set of changes turns the answer by the pack's oracle."""
    after = kit.by_oracle(pack, changed(pack, world, chosen), Mode.ESTIMATE)[goal][0]
    return after not in (None, 0) if want is None else after == want


def changed(pack: Pack, world: World, chosen: tuple[Change, ...]) -> World:
    """The world after some changes."""
    out = {level: kit.Rows(r.size, {n: list(c) for n, c in r.columns.items()}, r.above) for level, r in world.items()}
    for change in chosen:
        column = out[pack.law.values[change.fact].level].columns[change.fact]
        if change.to is not None:
            column[change.row] = change.to
        elif column[change.row] is not None:
            column[change.row] += change.by
    return out


@pytest.mark.parametrize(
    ("name", "goal", "want"),
    [("papers", "may_enrol", None), ("points", "admitted", None), ("place", "place_of_benefit", 0)],
)
@settings(max_examples=15)
@given(seed=st.integers(0, 2**32 - 1))
def test_what_would_change_an_answer_is_what_the_oracle_finds_by_trying(
    name: str, goal: str, want: int | None, seed: int
) -> None:
    pack, draw = PACKS[name], Draw(seed)
    world = kit.only(pack.draw(draw, 3), [0])
    plan = planned(pack)
    allowed = [c for c in changes_of(plan.lives(world), pack.law.levers) if inside(pack, world, c)]
    changes = draw.sample(allowed, min(len(allowed), 6))
    found = what_would_change(plan, world, goal, changes, want=want)
    told = {frozenset((c.fact, c.row, c.to, c.by) for c in way.changes) for way in found}
    assert {way for way in told if len(way) <= 3} == by_oracle(pack, world, goal, changes, want)
    for way in found:
        if len(way.changes) > 3:  # a larger way turns the answer too, and nothing can be left out of it
            assert turns(pack, world, goal, way.changes, want)
            assert not any(
                turns(pack, world, goal, fewer, want)
                for fewer in itertools.combinations(way.changes, len(way.changes) - 1)
            )


def inside(pack: Pack, world: World, change: Change) -> bool:
    """Whether the fact stays inside its bounds after the change."""
    value = pack.law.values[change.fact]
    now = world[value.level].columns[change.fact][change.row]
    return change.to is not None or now is None or now + change.by <= value.declared.high


def test_what_stands_in_for_a_row_that_is_not_there_is_asked_for() -> None:
    """A find names a value for no row; where that value is not stated, it is what is missing."""
    law = Law.of(
        {
            "child": level("child", most=3), "number": fact("child", "count", 1, 3),
            "born": fact("child", "day", 1, 800_000), "first": fact("person", "count", 1, 3, absent=1),
            "stated_birth": fact("person", "day", 1, 800_000, ask={"en": "When?", "zh": "何时？"}),
            "birth": find("born", of="child", key="number", by="first", level="person", none="stated_birth"),
        }
    )  # fmt: skip
    world = {"person": kit.Rows(1), "child": kit.Rows(0, {}, {"person": []})}
    lives = law.plan(["birth"], mode=Mode.ESTIMATE).lives(world)
    assert [m.name for m in missing(lives, ("birth", "person", 0))] == ["stated_birth"]
