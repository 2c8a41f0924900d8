"""(b) A points table: options above items, either-or groups, caps, minus points, a veto, a line by city and day.

A city's table for a day becomes rows: options, each with items. A group of items counts its best item or their sum, up
to a cap; an option counts its groups, up to its own cap; the best option counts, less what is taken off.
"""

from __future__ import annotations

from law.packs import kit
from law.packs.kit import Draw, Pack, World, rows
from law.packs.oracles import points as oracle
from wayfare.law.declare import clause, distinct, expand, fact, find, level, lever, look_up, pick, total
from wayfare.law.law import Law
from wayfare.law.tables import parameter, row
from wayfare.law.words import Scale, greatest, least, no, when

NO_POINTS = Scale(0, "points")
NO_OPTION = Scale(0, "option")
SHAPE = "points table, shape only"

city = fact("person", "place", 0, kit.LAST)
asked_day = fact("person", "day", 657_000, 767_000)
convicted = fact("person", "truth", 0, 1)
offence = level("offence", most=4)
minus = fact("offence", "points", 0, 60)
forged = fact("offence", "truth", 0, 1)
evidence = level("evidence", most=9)
evidence_kind = fact("evidence", "item", 0, 8)
amount = fact("evidence", "count", 0, 30)

option_row = expand(
    "option", within="person", table="options", columns={"option": "option_number", "cap": "option_cap"},
    at="asked_day", where="city",
)  # fmt: skip
item_row = expand(
    "item", within="option", table="items", by={"option": "option_number"}, at="asked_day", where="city",
    columns={"item": "item_kind", "group": "item_group", "each": "points_each"},
)  # fmt: skip
held = find("amount", of="evidence", key="evidence_kind", by="item_kind", level="item", none=0)


@clause(SHAPE, article="2", level="item")
def earned(held, points_each):
    return held * points_each


group_number = distinct("group", of="item", by="item_group", within="option", most=6)
takes_best = look_up("group_takes_best", level="group", by={"group": "group_number"}, at="asked_day", where="city")
group_cap = look_up("group_caps", level="group", by={"group": "group_number"}, where="city")
group_best = pick("earned", level="group", of="item", by="earned", none=NO_POINTS)
group_sum = total("earned", level="group", of="item")


@clause(SHAPE, article="3", level="group")
def group_points(takes_best, group_best, group_sum, group_cap):
    return least(when(takes_best, group_best, group_sum), group_cap)


option_sum = total("group_points", level="option")


@clause(SHAPE, article="4", level="option")
def option_points(option_sum, option_cap):
    return least(option_sum, option_cap)


best_points = pick("option_points", level="person", by="option_points", none=NO_POINTS)
best_option = pick("option_number", level="person", by="option_points", none=NO_OPTION)
minus_points = total("minus", level="person")
has_forged = total("forged", level="person", of="offence", how="any")
offences = total(level="person", of="offence", how="count")


@clause(SHAPE, article="5", level="person")
def score(best_points, minus_points):
    return greatest(best_points - minus_points, 0)


@clause(SHAPE, article="6", level="person", at="asked_day", where="city")
def admitted(score, points_line, has_forged, convicted):
    return (score >= points_line) & no(has_forged | convicted)


earn_more = lever("amount", by=(1, 2, 5), days_each=90, cost=30_000)
await_spent = lever("minus", to=0, days=700)

TABLES = [
    parameter("options", "count", [
        row(0, columns=(1, 150)), row(0, columns=(2, 90)),
        row(0, place=440000, until="2016-01-01", columns=(1, 100)),
        row(0, place=440000, since="2016-01-01", columns=(1, 110)),
        row(0, place=440000, since="2016-01-01", columns=(2, 120)),
        row(0, place=440000, since="2016-01-01", columns=(3, 80)),
        row(0, place=440300, since="2014-05-01", until="2019-01-01", columns=(3, 200), status="recalled"),
        row(0, place=440300, since="2014-05-01", until="2019-01-01", columns=(2, 140)),
    ], columns={"option": "option", "cap": "points"}),
    parameter("items", "count", [
        row(0, key=1, columns=(0, 0, 60)), row(0, key=1, columns=(1, 0, 90)), row(0, key=1, columns=(2, 1, 5)),
        row(0, key=1, columns=(3, 2, -8)), row(0, key=2, columns=(2, 1, 9)), row(0, key=2, columns=(4, 3, 3)),
        row(0, key=2, until="2015-07-01", columns=(5, 3, 12)), row(0, key=3, columns=(6, 4, 25)),
        row(0, key=3, place=440000, since="2013-01-01", columns=(7, 4, 30)),
        row(0, key=3, place=440000, since="2013-01-01", columns=(8, 5, 2)),
        row(0, key=2, place=440300, columns=(4, 0, 40)), row(0, key=2, place=440300, columns=(1, 0, 50)),
        row(0, key=2, place=440300, since="2017-01-01", columns=(6, 2, -15)),
    ], by="option", columns={"item": "item", "group": "group_kind", "each": "points"}),
    parameter("group_takes_best", "truth", [
        row(1, key=0), row(0, key=1), row(0, key=2), row(1, key=3), row(0, key=4, until="2018-01-01"),
        row(1, key=4, since="2018-01-01"), row(0, key=5), row(0, key=0, place=440300, since="2016-06-01"),
    ], by="group"),
    parameter("group_caps", "points", [
        row(120, key=0), row(60, key=1), row(0, key=2), row(40, key=3), row(90, key=4, status="recalled"),
        row(10, key=5), row(200, key=0, place=440000), row(35, key=1, place=440100),
    ], by="group"),
    parameter("points_line", "points", [
        row(100, since="2012-01-01"), row(80, place=440000, since="2010-01-01", until="2017-03-01"),
        row(95, place=440000, since="2017-03-01", status="recalled"), row(60, place=340000),
        row(120, place=440300, since="2015-01-01"),
    ]),
]  # fmt: skip


def draw(draw: Draw, n: int) -> World:
    """Applicants of any city on any day, with evidence of some kinds and a few offences."""
    bad = [i for i in draw.rows_of(n, 3) if draw.random() < 0.5]
    shown = [(i, kind) for i in range(n) for kind in draw.sample(range(9), draw.randint(0, 7))]
    return {
        "person": rows(
            city=[draw.maybe(draw.place()) for _ in range(n)],
            asked_day=[draw.maybe(draw.day("2011-06-01", "2021-01-01")) for _ in range(n)],
            convicted=[draw.maybe(int(draw.random() < 0.1)) for _ in range(n)],
        ),
        "offence": rows(
            {"person": bad},
            minus=[draw.maybe(draw.randint(0, 60)) for _ in bad],
            forged=[draw.maybe(int(draw.random() < 0.1)) for _ in bad],
        ),
        "evidence": rows(
            {"person": [i for i, _ in shown]},
            evidence_kind=[draw.maybe(kind, 0.3) for _, kind in shown],
            amount=[draw.maybe(draw.choice((0, 1, 1, 1, draw.randint(0, 30)))) for _ in shown],
        ),
    }


PACK = Pack(
    "points", Law.of(globals(), parameters=TABLES, tree=kit.TREE),
    ("best_points", "best_option", "minus_points", "has_forged", "offences", "score", "admitted"), draw, oracle.answers,
)  # fmt: skip
