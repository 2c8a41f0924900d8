"""Reasons in words: places by name, durations in years and months, and only what mattered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from law.packs import books
from law.test_plan import DAY, TREE, people, small_law
from wayfare.kernel.status import Mode
from wayfare.law import EMPTY_SET, Law, Rows, clause, fact, level, look_up, parameter, row, scan, when
from wayfare.law.missing import missing, used
from wayfare.law.reasons import log, reasons
from wayfare.law.relevance import needed, walk
from wayfare.law.sentences import _duration
from wayfare.law.tables import FOR_EVER, Gap
from wayfare.law.words import ZERO_FEN, Symbol, shared


@pytest.mark.parametrize(
    ("months", "en", "zh"),
    [(0, "0 months", "0个月"), (1, "1 month", "1个月"), (9, "9 months", "9个月"), (12, "1 year", "1年"),
     (188, "15 years 8 months", "15年8个月"), (600, "50 years", "50年"), (-13, "−1 year 1 month", "−1年1个月")],
)  # fmt: skip
def test_months_are_told_as_years_and_months(months: int, en: str, zh: str) -> None:
    assert (_duration(months, "en"), _duration(months, "zh")) == (en, zh)


def test_the_log_has_every_value_with_its_inputs_and_its_source() -> None:
    lives = small_law().plan(["pooled_transfer"]).lives(people(2012))
    line = next(x for x in log(lives) if x.name == "pooled_transfer" and x.row == 1)
    assert (line.value, line.source) == (60_000, "no. 66 4(2)")
    assert line.inputs["pooled_wages"] == 500_000


def test_an_estimate_lists_the_recalled_row_it_used_and_a_decision_names_it_as_not_sure_enough() -> None:
    law = small_law()
    lives = law.plan(["pooled_transfer"], mode=Mode.ESTIMATE).lives(people(2021))
    (found,) = used(lives, [("pooled_transfer", "relation", 0)])
    assert (found.name, found.status.value, found.value) == ("pooled_share", "recalled", "0.0100")
    lives = law.plan(["pooled_transfer"], mode=Mode.DECISION).lives(people(2021))
    (lacking,) = missing(lives, ("pooled_transfer", "relation", 0))
    assert (lacking.name, lacking.kind) == ("pooled_share", "not sure enough")
    assert lacking.keys["fund"] == "310000"


def test_a_gap_tells_its_first_day_and_an_unstated_fact_asks() -> None:
    lives = small_law().plan(["pooled_transfer"]).lives(people(2009))
    (lacking,) = missing(lives, ("pooled_transfer", "relation", 0))
    assert (lacking.kind, lacking.why) == ("gap", "its first is from 2010-01-01")
    lives = small_law().plan(["pooled_transfer"]).lives(people(2012))
    (lacking,) = missing(lives, ("pooled_transfer", "relation", 2))
    assert (lacking.name, lacking.kind) == ("wage", "fact")


def test_the_year_in_which_a_book_was_opened_is_what_is_missing_of_its_balances() -> None:
    book = Rows(1, {"opened_year": [None], "opening": [0]}, {"person": [0]})
    world = {"person": Rows(1, {"home": [0], "last_year": [2010]}), "book": book, "deposit": Rows(0, {}, {"book": []})}
    lives = books.PACK.law.plan(["all_balances"], mode=Mode.ESTIMATE).lives(world)
    assert [m.name for m in missing(lives, ("all_balances", "person", 0))] == ["opened_year"]


def test_the_side_that_was_not_taken_matters_to_nobody() -> None:
    def chosen(flag, left, right):
        return when(flag, left, right)

    declared = {n: fact("person", "count", 0, 9) for n in ("left", "right")} | {"flag": fact("person", "truth", 0, 1)}
    law = Law.of(declared | {"chosen": clause("t", level="person", value="chosen")(chosen)})
    lives = law.plan(["chosen"]).lives({"person": Rows(1, {"flag": [1], "left": [3], "right": [None]})})
    assert lives.value("chosen") == [3]
    assert [n[0] for n, _ in walk(lives, [("chosen", "person", 0)])] == ["flag", "left", "chosen"]


def test_a_scan_rests_only_on_the_steps_that_moved_it() -> None:
    def carried(total, counts, rate):
        return when(counts, rate, total)

    declared = {
        "years": level("year_row", most=4), "counts": fact("year_row", "truth", 0, 1),
        "rate": fact("year_row", "month_set", 0, 9), "order": fact("year_row", "count", 0, 9),
        "carried": scan("t", level="year_row", within="person", start={"total": EMPTY_SET}, order="order",
                        leaves={"total": "last"})(carried),
    }  # fmt: skip
    law = Law.of(declared, parameters=[parameter("unused", "count", [row(1)])])
    columns = {"counts": [1, 1, 0], "rate": [5, 7, 9], "order": [0, 1, 2]}
    lives = law.plan(["last"]).lives({"person": Rows(1), "year_row": Rows(3, columns, {"person": [0, 0, 0]})})
    assert lives.value("last") == [7]
    rested = {(n[0], n[2]) for n, _ in walk(lives, [("last", "person", 0)])}
    assert {("rate", 1), ("counts", 2), ("counts", 1)} <= rested
    assert not rested & {("rate", 0), ("rate", 2), ("counts", 0)}


def test_reasons_name_the_article_and_the_facts() -> None:
    world = people(2012)
    world["run"] = Rows(3, world["run"].columns, world["run"].above, refs=["a:1", "a:2", "a:3"])
    lives = small_law().plan(["is_much"]).lives(world)
    (reason,) = reasons(lives, ("is_much", "person", 0))
    assert (reason.clause, reason.holds, reason.facts) == ("is_much", False, ("a:1", "a:2"))
    assert reason.shortfall is not None and reason.shortfall.asked == "10000.00" and reason.shortfall.unit == "yuan"
    assert {r.clause for r in reason.children} == {"pooled_transfer"} and DAY


def dated_fare(**more: Any) -> tuple[Law, dict[str, Rows]]:
    """A fare by place: Shanghai's from a text of its own, and gaps for Shenzhen and for everywhere else."""

    def paid(fare):
        return fare + ZERO_FEN

    gaps = (
        Gap(0, FOR_EVER, (440300,), "Shenzhen has not said", {"en": "Shenzhen has not said"}),
        Gap(0, FOR_EVER, (), "nobody has said", {"en": "nobody has said"}),
    )
    table = parameter("fares", "fen", [row(500, since="2010-01-01", place=310000, text="no. 7", article="2")])
    declared = {
        "asked_day": fact("person", "day", 730_000, 745_000), "home": fact("person", "place", 0, len(TREE) - 1),
        "fare": look_up("fares", level="person", at="asked_day", where="home", **more),
        "paid": clause("t", level="person", value="paid")(paid),
    }  # fmt: skip
    law = Law.of(declared, parameters=[replace(table, gaps=gaps, label={"en": "Fare", "zh": "票价"})], tree=TREE)
    homes = [TREE.number(code) for code in (310000, 440300, 440000)]
    return law, {"person": Rows(3, {"asked_day": [DAY[2012]] * 3, "home": homes})}


def test_a_figure_is_told_with_the_text_of_its_row_where_its_look_up_says_so() -> None:
    law, world = dated_fare(cited=True)
    (reason,) = reasons(law.plan(["paid"]).lives(world), ("paid", "person", 0))
    (figure,) = reason.children
    assert (figure.clause, figure.source, figure.article) == ("fare", "no. 7", "2")
    assert figure.sentence == {"en": "Fare: 5.00", "zh": "票价：5.00"}
    law, world = dated_fare()
    (reason,) = reasons(law.plan(["paid"]).lives(world), ("paid", "person", 0))
    assert reason.children == ()


def test_a_declared_gap_speaks_for_its_own_place_and_one_without_a_place_for_all() -> None:
    law, world = dated_fare()
    lives = law.plan(["paid"]).lives(world)
    said = [missing(lives, ("paid", "person", i))[0].why for i in (1, 2)]
    assert said == ["Shenzhen has not said", "nobody has said"]


@clause("homes, shape only", level="person")
def has_come(came_day, asked_day):
    return came_day >= asked_day


@pytest.mark.parametrize(("day", "short_by"), [(DAY[2012] - 30, "30"), (693_596, None)])
def test_a_day_that_stands_for_none_falls_short_by_no_number(day: int, short_by: str | None) -> None:
    declared = {"has_come": has_come, "came_day": fact("person", "day", 693_596, 800_000),
                "asked_day": fact("person", "day", 693_596, 800_000)}  # fmt: skip
    world = {"person": Rows(1, {"came_day": [day], "asked_day": [DAY[2012]]})}
    lives = Law.of(declared).plan(["has_come"]).lives(world)
    (reason,) = reasons(lives, ("has_come", "person", 0))
    assert (reason.shortfall and reason.shortfall.short_by) == short_by


def test_what_is_multiplied_by_nothing_moved_nothing_and_is_not_needed() -> None:
    months, rate = Symbol("name", "months"), Symbol("name", "rate")
    assert needed(months * rate, {"months": 0, "rate": 5}) == ["months"]
    assert needed(months * rate, {"months": 3, "rate": 5}) == ["months", "rate"]
    assert needed(months * rate, {"months": 0, "rate": None}) == ["months", "rate"]  # still to be asked for
    assert needed(shared(months, rate), {"months": 0, "rate": 63}) == ["months"]
