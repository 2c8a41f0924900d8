"""Each move apart: every option of total, pick and scan over every kind of link, against lists walked by hand.

Items lie in spells of people by their facts, under a distinct kind and under a year by moves; an item without a known
kind or year leaves its person's rows of that level in doubt, one outside the years belongs to none.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.packs import kit, raw
from wayfare.kernel.status import Mode
from wayfare.law.declare import clause, distinct, expand, fact, find, hang, level, pick, scan, span, total
from wayfare.law.law import Law
from wayfare.law.tables import parameter, row
from wayfare.law.words import Scale, least, when
from wayfare.law.world import as_columns

FIRST, LAST = 2010, 2013
NONE = Scale(7, "count")
UPS = ("spell", "person", "kind_row", "year_row")
WHERES = (None, "counts")
OF_YEARS = ("sum_None_year_row", "any_None_year_row")
ORDERS = ((), ("rank",), ("rank", "day"))

FACTS = {
    "home": fact("person", "count", -9, 9),
    "ceiling": fact("person", "count", 0, 30),
    "spell": level("spell", most=3),
    "item": level("item", above="spell", most=4),
    "number": fact("item", "count", -9, 9),
    "holds": fact("item", "truth", 0, 1),
    "counts": fact("item", "truth", 0, 1),
    "rank": fact("item", "count", -2, 2),
    "day": fact("item", "day", 735_000, 735_003),
    "kind": fact("item", "kind", 0, 3),
    "year": fact("item", "year", FIRST - 1, LAST + 1),
    "card": level("card", most=3),
    "card_kind": fact("card", "kind", 0, 3),
    "card_value": fact("card", "count", 0, 9),
    "kind_key": distinct("kind_row", of="item", by="kind"),
    "year_key": span("year_row", low=FIRST, high=LAST),
    "in_year": hang("item", under="year_row", by="year"),
    "note": level("note", most=4),
    "note_year": fact("note", "year", FIRST - 1, LAST + 1),
    "note_value": fact("note", "count", 0, 9),
    "note_found": find("note_value", of="note", key="note_year", by="year_key", level="year_row", none="home"),
    "note_or_nought": find("note_value", of="note", key="note_year", by="year_key", level="year_row", none=0),
    "notes": total("note_or_nought", level="person"),
    "band": expand("band_row", within="year_row", table="bands", at="year_key", columns={"rate": "rate"}),
    "rates": total("worth", level="year_row"),
    "best_rate": pick("rate", level="year_row", of="band_row", by="rate", none=NONE),
    "note_key": distinct("note_row", of="year_row", by="note_or_nought"),
    "note_rows": total(level="person", of="note_row", how="count"),
    "card_found": find("card_value", of="card", key="card_kind", by="kind", level="item", none="number"),
}


@clause("test", level="band_row")
def worth(rate: Any, note_or_nought: Any) -> Any:
    return rate * note_or_nought


def totals() -> dict[str, Any]:
    """A total of every way, with and without a condition, to every level above."""
    sums = {f"sum_{where}_{up}": total("number", level=up, of="item", where=where) for where in WHERES for up in UPS}
    truths = {
        f"{how}_{where}_{up}": total("holds", level=up, of="item", where=where, how=how)
        for how in ("count", "any", "all", "share") for where in WHERES for up in UPS
    }  # fmt: skip
    rows = {
        f"rows_{where}_{up}": total(level=up, of="item", where=where, how="count") for where in WHERES for up in UPS
    }
    return sums | truths | rows


def picks() -> dict[str, Any]:
    """A pick by every order, first and last, with and without a condition, to every level above."""
    return {
        f"pick_{'_'.join(by)}_{where}_{first}_{up}": pick(
            "number", level=up, of="item", by=by, where=where, first=first, none=NONE if up == "spell" else "home"
        )
        for by in ORDERS for where in WHERES for first in (False, True) for up in UPS
    }  # fmt: skip


def scans() -> dict[str, Any]:
    """A walk in every order within every level above, with a carry that is given."""
    out: dict[str, Any] = {}
    for by, up in itertools.product(ORDERS, UPS):
        name = f"walk_{'_'.join(by)}_{up}"
        out[name + "_scan"] = scan(
            "test", level="item", within=up, order=by, start={name: "ceiling"}, leaves={name: name + "_end"}
        )(steps(name, "number", "holds"))
    for by in ((), ("rows_None_year_row",)):
        name = f"years_walk_{len(by)}"
        out[name + "_scan"] = scan(
            "test", level="year_row", within="person", order=by, start={name: "ceiling"}, leaves={name: name + "_end"}
        )(steps(name, *OF_YEARS))
    return out


def upper() -> dict[str, Any]:
    """A second storey: what was found at a level above the items goes up to the person."""
    out: dict[str, Any] = {}
    for low in ("spell", "kind_row", "year_row"):
        number, holds, counts = f"sum_None_{low}", f"any_None_{low}", f"any_counts_{low}"
        for where in (None, counts):
            out[f"up_sum_{where}_{low}"] = total(number, level="person", of=low, where=where)
            out[f"up_rows_{where}_{low}"] = total(level="person", of=low, where=where, how="count")
            for how in ("count", "any", "all", "share"):
                out[f"up_{how}_{where}_{low}"] = total(holds, level="person", of=low, where=where, how=how)
            orders = (), (f"rows_None_{low}",), (f"rows_None_{low}", number)
            for by, first in itertools.product(orders, (False, True)):
                out[f"up_pick_{len(by)}_{where}_{first}_{low}"] = pick(
                    number, level="person", of=low, by=by, where=where, first=first, none="home"
                )
    return out


def steps(name: str, number: str, holds: str) -> Callable[..., Any]:
    """What a walk does at a row: takes the number off the carry, or half starts anew; the carry is named after it."""
    scope: dict[str, Any] = {"when": when, "least": least, "CAP": Scale(30, "count")}
    exec(
        f"def step({name}, {number}, {holds}):\n    return (least(when({holds}, {name} + {number}, {number}), CAP),)",
        scope,
    )
    return scope["step"]


DECLARED = FACTS | {"worth": worth} | totals() | picks() | scans() | upper()
BANDS = [row(0, columns=(2,)), row(0, columns=(3,), since=f"{FIRST + 2}-01-01")]
LAW = Law.of(DECLARED, parameters=[parameter("bands", "count", BANDS, columns={"rate": "count"})])
BY_YEAR = ("rates", "best_rate", "notes", "note_rows")
GOALS = [n for n, v in LAW.values.items() if v.kind in ("total", "pick", "scan", "scan_end", "find")] + ["kind_key"]
Row = dict[str, Any]


def draw_world(seed: int) -> kit.World:
    """Some people with spells, items and cards, any of whose facts may be unknown."""
    draw = kit.Draw(seed)
    n = draw.randint(1, 6)
    spells = draw.rows_of(n, 3)
    items = draw.rows_of(len(spells), 4)
    cards = [(i, k) for i in range(n) for k in draw.sample(range(4), draw.randint(0, 3))]
    notes = [(i, y) for i in range(n) for y in draw.sample(range(FIRST - 1, LAST + 2), draw.randint(0, 4))]

    def some(low: int, high: int, rows: list[Any], of: float = 1.0) -> list[Any]:
        return [draw.maybe(draw.randint(low, high), of) for _ in rows]

    return {
        "person": kit.rows(home=some(-9, 9, [0] * n), ceiling=some(0, 30, [0] * n)),
        "spell": kit.Rows(len(spells), {}, {"person": spells}),
        "item": kit.rows(
            {"spell": items}, number=some(-9, 9, items), holds=some(0, 1, items), counts=some(0, 1, items),
            rank=some(-2, 2, items, 0.4), day=some(735_000, 735_003, items, 0.4), kind=some(0, 3, items, 0.2),
            year=some(FIRST - draw.randint(0, 1), LAST + draw.randint(0, 1), items, 0.2),
        ),
        "note": kit.rows(
            {"person": [i for i, _ in notes]}, note_year=[draw.maybe(y, 0.2) for _, y in notes],
            note_value=some(0, 9, notes),
        ),
        "card": kit.rows(
            {"person": [i for i, _ in cards]}, card_kind=[draw.maybe(k, 0.2) for _, k in cards],
            card_value=some(0, 9, cards),
        ),
    }  # fmt: skip


def groups(world: kit.World) -> dict[str, list[tuple[Row, list[Row], bool]]]:
    """For each level above: each row's person, its items, and whether it is in doubt which they are."""
    people = raw.lives(world)
    mine = [[i for s in p["spell"] for i in s["item"]] for p in people]
    kinds = [any(i["kind"] is None for i in items) for items in mine]
    years = [any(i["year"] is None for i in items) for items in mine]
    by_spell = {s["row"]: (p, s["item"], False) for p in people for s in p["spell"]}
    return {
        "person": [(p, items, False) for p, items in zip(people, mine, strict=True)],
        "spell": [by_spell[i] for i in sorted(by_spell)],
        "kind_row": [
            (p, [i for i in items if (i["kind"] or 0) == kind], doubt)
            for p, items, doubt in zip(people, mine, kinds, strict=True)
            for kind in sorted({i["kind"] or 0 for i in items})
        ],
        "year_row": [
            (p, [i for i in items if i["year"] == year], doubt)
            for year in range(FIRST, LAST + 1)
            for p, items, doubt in zip(people, mine, years, strict=True)
        ],
    }  # fmt: skip


def total_by_hand(x: Any, items: list[Row]) -> Any:
    """A total of a row's items."""
    if x.how == "sum":
        relevant = [(i[x.value], i[x.where] if x.where else 1) for i in items]
        return None if any(w is None or (w and v is None) for v, w in relevant) else sum(v for v, w in relevant if w)
    held = [raw.every([i[x.value] if x.value else 1, i[x.where] if x.where else 1]) for i in items]
    if x.how == "any":
        return raw.some(held)
    if x.how == "all":
        return raw.every(
            raw.some([i[x.value], raw.known(lambda w: not w, i[x.where] if x.where else 1)]) for i in items
        )
    if x.how == "count":
        return None if None in held else sum(held)
    counted = [i[x.where] if x.where else 1 for i in items]
    return None if None in held or None in counted else raw.rounded(sum(held) * 10_000, max(sum(counted), 1))


def pick_by_hand(x: Any, person: Row, items: list[Row]) -> Any:
    """A pick of a row's items."""
    if x.where and any(i[x.where] is None for i in items):
        return None
    counted = [i for i in items if not x.where or i[x.where]]
    if any(i[k] is None for i in counted for k in x.by):
        return None
    if not counted:
        return int(x.none) if isinstance(x.none, Scale) else person[x.none]
    order = sorted(counted, key=lambda i: (*(i[k] for k in x.by), i["row"]))
    if not x.first:
        return order[-1][x.value]
    least_ = [i for i in counted if all(i[k] == order[0][k] for k in x.by)]
    return min(least_, key=lambda i: i["row"])[x.value]


def walk_by_hand(
    x: Any, person: Row, items: list[Row], doubt: bool, number: str = "number", holds: str = "holds"
) -> tuple[dict[int, Any], Any]:
    """What each item of a walk leaves, and what the last one does."""
    if doubt or any(i[k] is None for i in items for k in x.order):
        return {i["row"]: None for i in items}, None
    carry, out = person["ceiling"], {}
    for i in sorted(items, key=lambda i: (*(i[k] for k in x.order), i["row"])):
        added = raw.known(int.__add__, carry, i[number]) if i[holds] else i[number]
        carry = None if i[holds] is None else added
        carry = raw.known(lambda c: min(c, 30), carry)
        out[i["row"]] = carry
    return out, carry


def by_hand(world: kit.World) -> dict[str, list[Any]]:
    """Every goal."""
    above = groups(world)
    out: dict[str, list[Any]] = {}
    for name, x in DECLARED.items():
        if name.startswith(("up_", "years_")):
            continue
        if name.endswith("_scan"):
            walks = [walk_by_hand(x, *row) for row in above[x.within]]
            left = {row: value for walk, _ in walks for row, value in walk.items()}
            out[name.removesuffix("_scan")] = [left.get(i) for i in range(world["item"].size)]
            out[name.removesuffix("_scan") + "_end"] = [end for _, end in walks]
        elif name in BY_YEAR:
            continue
        elif name in GOALS and LAW.values[name].kind == "total":
            out[name] = [None if doubt else total_by_hand(x, items) for _, items, doubt in above[x.level]]
        elif name in GOALS and LAW.values[name].kind == "pick":
            out[name] = [None if doubt else pick_by_hand(x, p, items) for p, items, doubt in above[x.level]]
    for low in ("spell", "kind_row", "year_row"):
        found = storey(above, out, low)
        for name in [n for n in DECLARED if n.startswith("up_") and n.endswith(low)]:
            by = total_by_hand if LAW.values[name].kind == "total" else None
            out[name] = [
                None if doubt else by(DECLARED[name], below) if by else pick_by_hand(DECLARED[name], p, below)
                for p, below, doubt in found
            ]
    out["kind_key"] = [None if doubt else items[0]["kind"] for _, items, doubt in above["kind_row"]]
    out |= years_by_hand(above) | years_walked_by_hand(storey(above, out, "year_row"), len(above["year_row"]))
    out["note_found"] = notes_by_hand(above["year_row"], "home")
    out["note_or_nought"] = notes_by_hand(above["year_row"])
    out["card_found"] = cards_by_hand(above["person"], world["item"].size)
    return out


def storey(above: Any, values: dict[str, list[Any]], low: str) -> list[tuple[Row, list[Row], bool]]:
    """The rows of a level above the items, with what was found there, by person."""
    names = [n for n in values if n.endswith(low) and len(values[n]) == len(above[low])]
    rows = [(p["row"], {n: values[n][i] for n in names} | {"row": i}) for i, (p, _, _) in enumerate(above[low])]
    lost = {p["row"] for p, _, doubt in above[low] if doubt and low == "kind_row"}
    return [(p, [r for mine, r in rows if mine == p["row"]], p["row"] in lost) for p, _, _ in above["person"]]


def years_walked_by_hand(people: list[tuple[Row, list[Row], bool]], size: int) -> dict[str, list[Any]]:
    """The walks over the years of each person."""
    out: dict[str, list[Any]] = {}
    for name in ("years_walk_0", "years_walk_1"):
        walks = [walk_by_hand(DECLARED[name + "_scan"], *row, *OF_YEARS) for row in people]
        left = {row: value for walk, _ in walks for row, value in walk.items()}
        out[name], out[name + "_end"] = [left[i] for i in range(size)], [end for _, end in walks]
    return out


def years_by_hand(above: Any) -> dict[str, list[Any]]:
    """What the bands and the notes of the years make."""
    notes, people = notes_by_hand(above["year_row"]), len(above["person"])
    rates = [2 + 3 * (i // people >= 2) for i in range(len(notes))]
    mine = [notes[p::people] for p in range(people)]
    return {
        "rates": [raw.known(int.__mul__, rate, note) for rate, note in zip(rates, notes, strict=True)],
        "best_rate": [2 + (rate > 2) for rate in rates],
        "notes": [raw.added(found) for found in mine],
        "note_rows": [None if None in found else len(set(found)) for found in mine],
    }


def notes_by_hand(years: list[tuple[Row, list[Row], bool]], none: str = "") -> list[Any]:
    """For each year of each person the note of that year; else what stands for none."""
    out = []
    for i, (person, _, _) in enumerate(years):
        notes = {note["note_year"]: note["note_value"] for note in person["note"]}
        year = FIRST + i // (len(years) // (LAST - FIRST + 1))
        out.append(None if None in notes else notes.get(year, person[none] if none else 0))
    return out


def cards_by_hand(people: list[tuple[Row, list[Row], bool]], size: int) -> list[Any]:
    """For each item the person's card of its kind; its own number where there is none."""
    out: list[Any] = [None] * size
    for person, items, _ in people:
        for i in items:
            cards = {c["card_kind"]: c["card_value"] for c in person["card"]}
            if i["kind"] is not None and None not in cards:
                out[i["row"]] = cards.get(i["kind"], i["number"])
    return out


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32 - 1))
def test_every_option_of_every_move_does_what_is_done_by_hand(seed: int) -> None:
    world = draw_world(seed)
    expected = by_hand(world)
    plan = LAW.plan(GOALS, mode=Mode.ESTIMATE)
    lives, people = plan.lives(world), plan.population(as_columns(world))
    for goal in GOALS:
        hand = [None if x is None else int(x) for x in expected[goal]]
        assert kit.as_list(lives.value(goal)) == hand, goal
        assert kit.as_list(people.value(goal)) == hand, goal


def test_the_moves_that_are_held_are_many() -> None:
    assert {kind: sum(LAW.values[g].kind == kind for g in GOALS) for kind in ("total", "pick", "scan", "scan_end")} == {
        "total": 87, "pick": 85, "scan": 14, "scan_end": 14,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_a_population_of_many_seeds_is_the_lives_of_each(seed: int) -> None:
    draw = random.Random(seed)
    world = draw_world(draw.randint(0, 10**9))
    plan = LAW.plan(GOALS, mode=Mode.ESTIMATE)
    people = plan.population(as_columns(world))
    for i in range(world["person"].size):
        alone = plan.population(as_columns(kit.only(world, [i])))
        for goal in GOALS:
            if LAW.values[goal].level == "person":
                assert kit.as_list(alone.value(goal)) == [kit.as_list(people.value(goal))[i]], goal
