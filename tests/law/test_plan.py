"""The order of values, given values, scenarios and packs, on a law of a few lines."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from wayfare.kernel.status import Mode
from wayfare.law import (
    PER_10_000,
    Law,
    PlaceTree,
    Rows,
    as_columns,
    clause,
    distinct,
    fact,
    given,
    half_up,
    level,
    look_up,
    parameter,
    row,
    total,
    when,
)  # fmt: skip
from wayfare.law.columns import as_list
from wayfare.law.errors import BadDeclaration, BadFact, BadGiven, BoundsError, CycleInLaw, UnknownValue

TREE = PlaceTree.of([(310000, None), (440000, None), (440300, 440000)])


def small_law(*, tables=(), **more):
    """Pooled money by fund: twelve per cent of wages, moved to a person's last word."""

    @clause("no. 66", article="4(2)", level="relation", at="moved", where="fund", value="pooled_transfer")
    def pooled_transfer(pooled_wages, pooled_share):
        return half_up(pooled_wages * pooled_share, PER_10_000)

    @clause("test", level="person", value="is_much")
    def is_much(all_transferred, much):
        return all_transferred >= much

    declared = {
        "asked_day": fact("person", "day", 730_000, 745_000),
        "moved": fact("person", "day", 730_000, 745_000),
        "run": level("run", most=9),
        "fund_place": fact("run", "place", 0, 2),
        "wage": fact("run", "fen", 0, 10**7),
        "fund": distinct("relation", of="run", by="fund_place"),
        "pooled_wages": total("wage", level="relation"),
        "pooled_transfer": pooled_transfer,
        "all_transferred": total("pooled_transfer", level="person"),
        "is_much": is_much,
    }
    own = [
        parameter(
            "pooled_share", "basis_points",
            [row(1200, since="2010-01-01"), row(600, since="2015-01-01", place=440000),
             row(100, since="2020-01-01", place=310000, status="recalled")],
        ),
        parameter("much", "fen", [row(10**6)]),
    ]  # fmt: skip
    return Law.of(declared | more, parameters=[*own, *tables], tree=TREE)


DAY = {2009: 733_500, 2012: 734_600, 2016: 736_000, 2021: 738_000}


def people(year=2016):
    return {
        "person": Rows(2, {"asked_day": [DAY[year]] * 2, "moved": [DAY[year]] * 2}),
        "run": Rows(3, {"fund_place": [2, 0, 2], "wage": [500_000, 100, None]}, {"person": [0, 0, 1]}),
    }


def both_ways(plan, world, name):
    ints = plan.lives(world).value(name)
    assert as_list(plan.population(as_columns(world)).value(name)) == ints
    return ints


def test_a_city_takes_the_row_of_its_province_and_a_day_before_the_first_row_is_a_gap() -> None:
    plan = small_law().plan(["pooled_transfer"])
    assert both_ways(plan, people(2016), "pooled_transfer") == [12, 30_000, None]
    assert both_ways(plan, people(2012), "pooled_transfer") == [12, 60_000, None]
    assert both_ways(plan, people(2009), "pooled_transfer") == [None, None, None]


def test_a_recalled_row_counts_in_an_estimate_and_hides_the_wider_row_in_a_decision() -> None:
    law = small_law()
    assert both_ways(law.plan(["pooled_transfer"], mode=Mode.ESTIMATE), people(2021), "pooled_transfer")[0] == 1
    assert both_ways(law.plan(["pooled_transfer"], mode=Mode.DECISION), people(2021), "pooled_transfer")[0] is None


def test_a_pack_fills_gaps_and_replaces_nothing() -> None:
    law = small_law().with_pack({"pooled_share": [row(5000, since="2000-01-01", status="assumed")]}, "guess")
    assert both_ways(law.plan(["pooled_transfer"], mode=Mode.ESTIMATE), people(2009), "pooled_transfer")[0] == 50
    assert both_ways(law.plan(["pooled_transfer"], mode=Mode.ESTIMATE), people(2012), "pooled_transfer")[0] == 12
    assert both_ways(law.plan(["pooled_transfer"], mode=Mode.DECISION), people(2009), "pooled_transfer")[0] is None


def test_a_given_value_stands_for_what_would_have_been_computed_and_needs_nothing_below_it() -> None:
    law = small_law()
    plan = law.plan(["pooled_transfer", "pooled_wages"], given=["pooled_wages"], rows_given=["relation"])
    world = {
        "person": Rows(1, {"asked_day": [DAY[2012]], "moved": [DAY[2012]]}),
        "relation": Rows(1, {"pooled_wages": [30_600_000], "fund": [0]}, {"person": [0]}),
    }
    assert both_ways(plan, world, "pooled_transfer") == [3_672_000]


def test_what_lies_behind_a_level_that_was_given_is_unknown_and_not_zero() -> None:
    law = small_law(runs=total(level="relation", of="run", how="count"))
    plan = law.plan(["runs"], given=["pooled_wages"], rows_given=["relation"])
    world = {"person": Rows(1, {}), "relation": Rows(1, {"pooled_wages": [1], "fund": [0]}, {"person": [0]})}
    assert both_ways(plan, world, "runs") == [None]


def test_a_given_parameter_stands_for_each_of_its_look_ups_and_for_all_rows_of_the_person() -> None:
    law = small_law()
    plan, world = law.plan(["pooled_transfer"], given=["pooled_share"]), people(2012)
    world["person"] = Rows(2, {**world["person"].columns, "pooled_share": [1_000, 500]})
    world["run"] = Rows(3, {"fund_place": [2, 0, 2], "wage": [500, 100, 40]}, {"person": [0, 0, 1]})
    assert both_ways(plan, world, "pooled_transfer") == [10, 50, 2]
    with pytest.raises(BadGiven, match="nothing is given, but no value has that name"):
        law.plan(["all_transferred"], given=["nothing"])


def test_a_scenario_replaces_rows_by_name_and_leaves_the_law_as_it_was() -> None:
    law = small_law()
    other = law.replaced(parameters={"pooled_share": [row(2400, since="2010-01-01")]})
    assert both_ways(other.plan(["pooled_transfer"]), people(2012), "pooled_transfer")[0] == 24
    assert both_ways(law.plan(["pooled_transfer"]), people(2012), "pooled_transfer")[0] == 12
    assert other.version != law.version

    def nothing(pooled_wages):
        return pooled_wages - pooled_wages

    none = law.replaced(clauses={"pooled_transfer": nothing})
    assert both_ways(none.plan(["pooled_transfer"]), people(2012), "pooled_transfer")[:2] == [0, 0]
    with pytest.raises(BoundsError, match="passes 64 bits"):
        law.replaced(parameters={"pooled_share": [row(2**60, since="2010-01-01")]}).plan(["pooled_transfer"])
    with pytest.raises(UnknownValue, match="no parameter share"):
        law.replaced(parameters={"share": []})


def test_the_same_law_has_the_same_fingerprint_and_a_changed_row_another() -> None:
    law = small_law()
    assert law.fingerprint() == small_law().fingerprint()
    assert law.replaced(parameters={"much": [row(1)]}).fingerprint() != law.fingerprint()


def test_the_fingerprint_is_the_same_in_another_process() -> None:
    code = "from wayfare.rulebook import load_rulebook; print(load_rulebook().version)"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert runs[0] == runs[1] and len(runs[0]) > 16


def test_a_circle_is_refused_with_its_names() -> None:
    def a(b):
        return b + 1

    def b(a):
        return a + 1

    declared = {n: clause("t", level="person", value=n)(f) for n, f in (("a", a), ("b", b))}
    with pytest.raises(CycleInLaw, match="a needs itself: a -> b -> a"):
        Law.of(declared).plan(["a"])


def test_a_name_that_nothing_gives_is_refused_when_the_law_is_put_together() -> None:
    def a(nobody):
        return nobody + 1

    with pytest.raises(UnknownValue, match="Nothing gives nobody"):
        Law.of({"a": clause("t", level="person", value="a")(a)})


def test_a_value_cannot_be_used_above_its_own_level() -> None:
    def up(wage):
        return when(wage > 0, wage, 0)

    with pytest.raises(BadDeclaration, match="wage lives at run, which is not above person"):
        small_law(up=clause("t", level="person", value="up")(up)).plan(["up"])


def test_a_table_with_places_asks_for_a_place() -> None:
    with pytest.raises(BadDeclaration, match="no place is named"):
        small_law(found=look_up("pooled_share", level="person", at="moved")).plan(["found"])


@pytest.mark.parametrize(("wage", "told"), [(-1, "-0.01"), (10**7 + 1, "100000.01")])
def test_a_fact_outside_its_bounds_is_refused_by_both_back_ends_in_its_own_unit(wage: int, told: str) -> None:
    plan, world = small_law().plan(["pooled_wages"]), people()
    columns, refs = {"fund_place": [2, 0, 2], "wage": [1, wage, 1]}, ["a", "insurance:2", "c"]
    world["run"] = Rows(3, columns, {"person": [0, 0, 1]}, refs=refs)
    with pytest.raises(BadFact, match=rf"wage \(insurance:2\) is {told}, which lies outside 0.00 to 100000.00 yuan\."):
        plan.lives(world)
    with pytest.raises(BadFact, match=rf"wage is {told}, which lies outside 0.00 to 100000.00 yuan\."):
        plan.population(as_columns(world))


def test_whether_a_value_is_given_is_known_of_everybody() -> None:
    law = small_law(is_told=given("all_transferred"))
    world = people()
    assert both_ways(law.plan(["is_told"]), world, "is_told") == [0, 0]
    world["person"].columns["all_transferred"] = [5, 7]
    assert both_ways(law.plan(["is_told"], given=["all_transferred"]), world, "is_told") == [1, 1]


def test_whether_a_value_is_given_asks_for_a_value_that_there_is() -> None:
    with pytest.raises(UnknownValue, match="Nothing gives nobody"):
        small_law(is_told=given("nobody"))


def test_a_given_truth_and_a_given_place_may_be_any_whatever_the_rule_could_say() -> None:
    rows = [row(1)]
    more = {"is_open": look_up("open", level="person"), "pays": look_up("payer", level="person")}
    law = small_law(**more, tables=[parameter("open", "truth", rows), parameter("payer", "place", [row(0)])])
    world = people()
    world["person"].columns.update({"is_open": [0, 1], "pays": [2, 1]})
    plan = law.plan(["is_open", "pays"], given=["is_open", "pays"])
    assert both_ways(plan, world, "is_open") == [0, 1]
    assert both_ways(plan, world, "pays") == [2, 1]


def test_a_given_figure_may_lie_as_far_as_its_table_says_and_no_further() -> None:
    table = parameter("most", "fen", [row(5)])
    law = small_law(found=look_up("most", level="person"), tables=[dataclasses.replace(table, bounds=(0, 9))])
    world = people()
    world["person"].columns["found"] = [0, 9]
    assert both_ways(law.plan(["found"], given=["found"]), world, "found") == [0, 9]
    world["person"].columns["found"] = [0, 10]
    with pytest.raises(BadFact, match=r"found is 0\.10, which lies outside 0\.00 to 0\.09 yuan"):
        law.plan(["found"], given=["found"]).population(as_columns(world))


def test_an_unknown_key_makes_the_rows_it_would_have_made_unknown_and_only_for_that_person() -> None:
    plan, world = small_law().plan(["all_transferred"]), people(2012)
    world["run"] = Rows(3, {"fund_place": [2, None, 2], "wage": [100, 100, 100]}, {"person": [0, 0, 1]})
    assert both_ways(plan, world, "all_transferred") == [None, 12]


def test_a_replaced_law_lays_out_only_the_tables_that_it_changes() -> None:
    law = small_law()
    before = law.cells("pooled_share", Mode.DECISION)
    clauses = {"pooled_transfer": lambda pooled_wages: pooled_wages}
    assert law.replaced(clauses=clauses).cells("pooled_share", Mode.DECISION) is before
    other = law.replaced(parameters={"pooled_share": [row(2_400, since="2010-01-01")]})
    assert other.cells("pooled_share", Mode.DECISION).value.max() == 2_400


def test_nobody_at_all_is_a_population_too() -> None:
    plan = small_law().plan(["all_transferred", "is_much"])
    nothing = Rows(0, {"fund_place": [], "wage": []}, {"person": []})
    world = {"person": Rows(0, {"moved": [], "asked_day": []}), "run": nothing}
    assert both_ways(plan, world, "is_much") == []
    alone = {"person": Rows(1, {"moved": [DAY[2012]], "asked_day": [DAY[2012]]}), "run": nothing}
    assert both_ways(plan, alone, "all_transferred") == [0]
    assert both_ways(plan, alone, "is_much") == [0]


def test_a_column_of_the_wrong_length_is_refused() -> None:
    world = as_columns(people())
    world["run"] = Rows(3, {"fund_place": np.zeros(3, np.int64), "wage": np.zeros(2, np.int64)}, world["run"].above)
    with pytest.raises(BadFact, match="wage has 2 entries for 3 rows"):
        small_law().plan(["pooled_wages"]).population(world)
