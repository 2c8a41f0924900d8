"""Dated and placed rows laid out: which row is in force, for each mode, and what is refused."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.packs import kit, raw
from wayfare.kernel.status import Mode
from wayfare.law.errors import BadFact, BadRulebook, TwoTextsInForce
from wayfare.law.finder import Finder
from wayfare.law.places import PlaceTree
from wayfare.law.tables import Parameter, Row, lists_in_force, parameter, resolve, row, told

EVER = {"low": 730_000, "high": 740_000}


def finder(table: Parameter, mode: Mode = Mode.ESTIMATE, keys: tuple[int, int] = (-2, 12)) -> Finder:
    """The table laid out and asked with places, a day and keys named after themselves."""
    cells = resolve(table, kit.TREE, mode)
    places = [f"place{n}" for n in range(len(cells.places))]
    names = [*places, *(["day"] if cells.dates else []), *table.by]
    bounds = {"day": (EVER["low"], EVER["high"])} | dict.fromkeys(places, (0, kit.LAST)) | dict.fromkeys(table.by, keys)
    units = {"day": "day"} | dict.fromkeys(places, "place") | dict.fromkeys(table.by, "count")
    return Finder(cells, names, bounds.__getitem__, units.__getitem__)


def at(table: Parameter, *asked: int, mode: Mode = Mode.ESTIMATE) -> int | None:
    """The value in force, which ints and columns must agree on."""
    found = finder(table, mode)
    one = found.ints(asked)
    value, unknown = found.columns([np.array([a]) for a in asked])
    many = None if unknown is not None and bool(np.ravel(unknown)[0]) else int(np.ravel(value)[0])
    assert many == one
    return one


def on(text: str) -> int:
    return raw.day(text)


GUANGDONG, GUANGZHOU, SHENZHEN, SICHUAN, FUYANG, TAIHE = (
    raw.number(c) for c in (440000, 440100, 440300, 510000, 341200, 341225)
)


def test_a_row_holds_from_its_first_day_to_the_day_before_its_last() -> None:
    table = parameter("line", "points", [row(1, since="2015-01-01", until="2016-01-01"), row(2, since="2016-01-01")])
    days = ("2014-12-31", "2015-01-01", "2015-12-31", "2016-01-01", "2020-01-01")
    assert [at(table, on(day)) for day in days] == [None, 1, 1, 2, 2]


def test_a_row_without_dates_holds_for_ever_and_asks_for_no_day() -> None:
    assert at(parameter("line", "points", [row(7)])) == 7


def test_the_narrowest_place_that_has_a_row_wins() -> None:
    table = parameter("line", "points", [row(1), row(2, place=440000), row(3, place=440300), row(4, place=341200)])
    assert [at(table, p) for p in (SICHUAN, GUANGDONG, GUANGZHOU, SHENZHEN, TAIHE)] == [1, 2, 2, 3, 4]


def test_a_wider_row_shows_where_the_narrower_has_ended() -> None:
    table = parameter("line", "points", [row(1), row(2, place=440000, since="2015-01-01", until="2016-01-01")])
    assert [at(table, SHENZHEN, on(d)) for d in ("2014-12-31", "2015-06-01", "2016-01-01")] == [1, 2, 1]


def test_an_agreement_of_a_pair_beats_a_city_and_holds_one_way() -> None:
    table = parameter("ratio", "percent", [row(40), row(45, place=440300), row(70, place=(440000, 510000))])
    assert [at(table, a, b) for a, b in ((SHENZHEN, SICHUAN), (SICHUAN, SHENZHEN), (SHENZHEN, TAIHE))] == [70, 40, 45]


def test_a_pair_of_narrower_places_beats_a_pair_of_wider_ones() -> None:
    table = parameter("ratio", "percent", [row(70, place=(440000, 510000)), row(75, place=(440100, 510000))])
    assert [at(table, p, SICHUAN) for p in (GUANGZHOU, SHENZHEN)] == [75, 70]


def test_a_key_that_the_table_does_not_know_is_a_gap() -> None:
    table = parameter("months", "months", [row(195, key=50), row(139, key=60)], by="age")
    found = finder(table, keys=(40, 70))
    assert [found.ints((age,)) for age in (49, 50, 55, 60, 61)] == [None, 195, None, 139, None]


def test_a_step_key_takes_the_greatest_threshold_not_above() -> None:
    table = parameter("ratio", "percent", [row(10, key=0), row(20, key=5), row(30, key=9)], by="n", steps=["n"])
    assert [at(table, n) for n in (-1, 0, 4, 5, 8, 9, 12)] == [None, 10, 10, 20, 20, 30, 30]


@pytest.mark.parametrize(("low", "has_gap"), [(0, False), (3, False), (-1, True)])
def test_a_wide_step_key_has_a_gap_only_where_its_bounds_pass_the_lowest_threshold(low: int, has_gap: bool) -> None:
    table = parameter("tier", "fen", [row(10, key=0), row(20, key=500_000)], by="n", steps=["n"])
    assert finder(table, keys=(low, 9_000_000)).has_gap == has_gap


def test_the_bands_of_one_time_do_not_cut_those_of_another() -> None:
    table = parameter("ratio", "percent", [
        row(1, key=0, until="2015-01-01"), row(2, key=10, until="2015-01-01"), row(3, key=0, since="2015-01-01"),
        row(4, key=5, since="2015-01-01"), row(5, key=10, since="2015-01-01"),
    ], by="n", steps=["n"])  # fmt: skip
    assert [at(table, on("2014-06-01"), n) for n in (0, 7, 10)] == [1, 1, 2]
    assert [at(table, on("2015-06-01"), n) for n in (0, 7, 10)] == [3, 4, 5]


def test_the_bands_of_the_nation_do_not_cut_those_of_a_city() -> None:
    table = parameter("ratio", "percent", [
        row(1, key=0), row(2, key=5), row(8, key=0, place=440300), row(9, key=10, place=440300),
    ], by="n", steps=["n"])  # fmt: skip
    assert [at(table, SHENZHEN, n) for n in (0, 7, 10)] == [8, 8, 9]
    assert [at(table, SICHUAN, n) for n in (0, 7, 10)] == [1, 2, 2]


def test_below_the_first_band_of_a_city_the_nation_holds() -> None:
    table = parameter("ratio", "percent", [row(1, key=0), row(9, key=10, place=440300)], by="n", steps=["n"])
    assert [at(table, SHENZHEN, n) for n in (0, 9, 10)] == [1, 1, 9]


@pytest.mark.parametrize("status", ["recalled", "derived", "assumed", "hypothetical"])
def test_a_row_that_is_not_sure_is_a_gap_in_a_decision_and_hides_the_wider_row(status: str) -> None:
    table = parameter("line", "points", [row(1), row(2, place=440300, status=status)])
    assert [at(table, SHENZHEN, mode=mode) for mode in (Mode.ESTIMATE, Mode.DECISION)] == [2, None]


@pytest.mark.parametrize("status", ["official", "verified"])
def test_a_sure_row_counts_in_both_modes(status: str) -> None:
    table = parameter("line", "points", [row(1, status=status)])
    assert [at(table, mode=mode) for mode in (Mode.ESTIMATE, Mode.DECISION)] == [1, 1]


def test_rows_of_a_pack_fill_gaps_only_and_never_in_a_decision() -> None:
    law = [row(1, until="2015-01-01"), row(3, place=440300)]
    table = with_pack(parameter("line", "points", law), [row(9, status="assumed")])
    asked = [(SICHUAN, on("2014-01-01")), (SICHUAN, on("2016-01-01")), (SHENZHEN, on("2016-01-01"))]
    assert [at(table, *a) for a in asked] == [1, 9, 3]
    assert [at(table, *a, mode=Mode.DECISION) for a in asked] == [1, None, 3]


def test_a_narrow_row_of_a_pack_does_not_overrule_a_wide_row_of_the_law() -> None:
    table = with_pack(parameter("line", "points", [row(1)]), [row(9, place=440300, status="assumed")])
    assert at(table, SHENZHEN) == 1


def with_pack(table: Parameter, pack: list[Row]) -> Parameter:
    """The table with rows of an assumption pack."""
    return Parameter(table.name, table.unit, table.rows, table.by, table.steps, columns=table.columns, pack=tuple(pack))


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([row(1), row(2)], "line has two rows in force: 2 from ever and 1 from ever."),
        (
            [row(1, since="2015-01-01"), row(2, since="2016-01-01")],
            "line has two rows in force: 2 from 2016-01-01 and 1 from 2015-01-01.",
        ),
        (
            [row(1, place=440300, until="2016-01-01"), row(2, place=440300, since="2015-12-31")],
            "2 in 440300 from 2015-12-31 and 1 in 440300 from ever until 2016-01-01.",
        ),
    ],
)
def test_two_rows_in_force_at_once_are_refused(rows: list[Row], text: str) -> None:
    with pytest.raises(TwoTextsInForce) as refused:
        resolve(parameter("line", "points", rows), kit.TREE, Mode.ESTIMATE)
    assert str(refused.value).startswith("WF-LAW-007")
    assert text in str(refused.value)
    assert "End the older one with until:" in str(refused.value)


def test_two_pairs_that_are_equally_narrow_and_meet_are_refused() -> None:
    table = parameter("ratio", "percent", [row(1, place=(440100, 510000)), row(2, place=(440000, 510100))])
    with pytest.raises(TwoTextsInForce):
        resolve(table, kit.TREE, Mode.ESTIMATE)


def test_two_rows_under_one_key_are_refused_in_a_plain_table_too() -> None:
    with pytest.raises(TwoTextsInForce, match="months has two rows in force"):
        resolve(parameter("months", "months", [row(1, key=3), row(2, key=3)], by="age"), kit.TREE, Mode.ESTIMATE)


def test_exact_keys_that_lie_too_far_apart_are_refused() -> None:
    with pytest.raises(BadRulebook) as refused:
        resolve(parameter("line", "points", [row(1, key=0), row(2, key=10**6)], by="n"), kit.TREE, Mode.ESTIMATE)
    assert str(refused.value).startswith("WF-LAW-009  Keys run from 0 to 1000000.")


def test_a_place_that_the_law_does_not_know_is_refused() -> None:
    with pytest.raises(BadFact) as refused:
        resolve(parameter("line", "points", [row(1, place=999999)]), kit.TREE, Mode.ESTIMATE)
    assert str(refused.value).startswith("WF-LAW-010  999999 is no place that the law knows.")


def test_a_list_holds_all_rows_of_the_narrowest_place_that_has_any_in_their_order() -> None:
    table = parameter("papers", "count", [
        row(0, columns=(5,)), row(0, columns=(3,)), row(0, place=440000, columns=(4,)),
        row(0, place=440000, columns=(1,), since="2015-01-01"),
    ], columns={"paper": "paper"})  # fmt: skip
    cells, lists = lists_in_force(table, kit.TREE, Mode.ESTIMATE)
    asked = Finder(cells, ["p", "d"], lambda n: (0, 7) if n == "p" else (730_000, 740_000), lambda n: "day")
    found = [
        lists[asked.ints((p, on(d))) or 0]
        for p, d in ((SICHUAN, "2016-01-01"), (SHENZHEN, "2014-01-01"), (SHENZHEN, "2016-01-01"))
    ]
    assert found == [[0, 1], [2], [2, 3]]


def test_a_list_with_one_unsure_row_is_a_gap_in_a_decision() -> None:
    rows = [row(0, columns=(5,)), row(0, columns=(3,), status="recalled")]
    table = parameter("papers", "count", rows, columns={"paper": "paper"})
    assert [bool(lists_in_force(table, kit.TREE, mode)[0].gap) for mode in (Mode.ESTIMATE, Mode.DECISION)] == [
        False,
        True,
    ]


def test_a_row_is_told_with_its_value_its_place_and_its_days() -> None:
    assert told(row(5, place=(440000, 510000), since="2015-01-01", until="2016-01-01")) == (
        "5 in 440000-510000 from 2015-01-01 until 2016-01-01"
    )


def test_the_days_of_change_are_each_told_once() -> None:
    table = parameter("line", "points", [row(1, until="2015-01-01"), row(2, since="2015-01-01", place=440000)])
    assert table.days_of_change() == [on("2015-01-01")]


def test_a_tree_of_places_knows_the_chain_upward_and_the_province() -> None:
    assert [kit.TREE.code(n) for n in kit.TREE.chain(TAIHE)] == [341225, 341200, 340000]
    assert kit.TREE.code(int(kit.TREE.province[TAIHE])) == 340000
    assert [int(kit.TREE.by_code[c]) for c in (440300, 440301)] == [SHENZHEN, -1]
    assert PlaceTree.flat(3).chain(2) == [2]


def test_the_city_of_a_place_is_the_one_below_its_province_and_a_municipality_is_its_own_city() -> None:
    tree = PlaceTree.of([(510_000, None), (510_100, 510_000), (510_108, 510_100), (310_000, None), (310_115, 310_000)])
    cities = {tree.code(i): tree.code(int(city)) for i, city in enumerate(tree.city)}
    assert cities == {510_000: 510_000, 510_100: 510_100, 510_108: 510_100, 310_000: 310_000, 310_115: 310_000}


# ---- any table at all, against a reading of its rows one after another


def any_table(draw: random.Random) -> Parameter:
    """A table with some of places, dates, an exact key and a step key, and rows of any status; none meet."""
    keyed, stepped, dated = draw.random() < 0.5, draw.random() < 0.5, draw.random() < 0.7
    pair = draw.random() < 0.3
    by = [*(["kind"] if keyed else []), *(["amount"] if stepped else [])]
    rows: list[Row] = []
    packed: list[Row] = []
    for _ in range(draw.randint(1, 14)):
        codes = [draw.choice(raw.CODES) for _ in range(draw.choice((0, 1, 2 if pair else 1)))]
        days = sorted(draw.sample(range(735_000, 736_000), 2)) if dated else [None, None]
        key = [draw.randint(0, 3)] * keyed + [draw.randint(0, 9)] * stepped
        new = row(draw.randint(0, 99), place=codes, key=key, status=draw.choice(("verified", "verified", "recalled")),
                  since=day_text(days[0]), until=draw.choice((None, day_text(days[1]))))  # fmt: skip
        where = packed if draw.random() < 0.2 else rows
        if not any(meet(new, old, len(by)) for old in where):
            where.append(new)
    return with_pack(parameter("any", "points", rows, by=by, steps=["amount"] if stepped else []), packed)


def day_text(ordinal: Any) -> str | None:
    return None if ordinal is None else raw.date.fromordinal(ordinal).isoformat()


def meet(a: Row, b: Row, keys: int) -> bool:
    """Whether two rows are equally narrow and could be in force together."""
    narrow = [(len(r.places) == 2, sum(len(raw.upward(p)) for p in r.places)) for r in (a, b)]
    apart = a.until <= b.since or b.until <= a.since
    shared = all(p in raw.upward(q) or q in raw.upward(p) for p, q in zip(a.places, b.places, strict=False))
    return narrow[0] == narrow[1] and not apart and shared and (a.key == b.key or a.places != b.places)


@settings(max_examples=150)
@given(seed=st.integers(0, 2**32 - 1))
def test_any_table_gives_what_reading_its_rows_one_after_another_gives(seed: int) -> None:
    draw = random.Random(seed)
    table = any_table(draw)
    if not table.rows:
        return
    days = sorted({d + step for d in table.days_of_change() for step in (-1, 0, 1)}) or [735_500]
    for mode in Mode:
        found = finder(table, mode)
        for _ in range(40):
            places = tuple(draw.randint(0, kit.LAST) for _ in range(table.places))
            asked_day = draw.choice(days)
            keys = tuple(draw.randint(-1, 10) for _ in table.by)
            asked = [*places, *([asked_day] if table.is_dated else []), *keys]
            expected = raw.figure(table, on=asked_day, at=places, key=keys, decision=mode is Mode.DECISION)
            assert found.ints(asked) == expected, (asked, mode)
            value, unknown = found.columns([np.array([a]) for a in asked])
            gap = unknown is not None and bool(np.ravel(unknown)[0])
            assert (None if gap else int(np.ravel(value)[0])) == expected
