"""(k) Texts of one value by day and place, with a stretch that has none: the law of the day and the place asked about.

The nation's text changes and then stops for a year and a half, which is a gap; a province and a city have texts of
their own for a while. Some figures are only recalled, some only assumed in a pack, and a decision uses neither.
"""

from __future__ import annotations

from law.packs import kit
from law.packs.kit import Draw, Pack, World, rows
from law.packs.oracles import texts as oracle
from wayfare.law.declare import clause, fact, look_up
from wayfare.law.law import Law
from wayfare.law.tables import parameter, row
from wayfare.law.words import greatest, least, when

SHAPE = "allowance, shape only"

asked_day = fact("person", "day", 730_000, 740_000)
claimed_month = fact("person", "month", 1999 * 12, 2025 * 12)
city = fact("person", "place", 0, kit.LAST)
income = fact("person", "fen", 0, 10**9)
children = fact("person", "count", 0, 12, absent=0)


def allowance(**dates):
    """One more text of the allowance."""
    return clause(SHAPE, level="person", value="benefit", where="city", **dates)


@allowance(until="2008-03-01")
def benefit_first(floor, income):
    return greatest(floor - income, 0)


@allowance(since="2008-03-01", until="2011-07-01")
def benefit_second(floor, income, per_child, children):
    return greatest(floor + per_child * children - income, 0)


@allowance(since="2013-01-01")
def benefit_third(floor, income, per_child, children, ceiling):
    return least(greatest(floor + per_child * children - income, 0), ceiling)


@allowance(place="440000", since="2010-02-28", until="2015-06-01")
def benefit_of_guangdong(floor, income, ceiling):
    return when(income < floor, ceiling, 0)


@allowance(place="440300", since="2012-05-01", until="2014-01-01")
def benefit_of_shenzhen(floor, per_child, children):
    return floor + per_child * children


@allowance(place="341200", since="2009-01-01", status="recalled")
def benefit_of_fuyang(floor):
    return floor + 0


back_pay_rate = look_up("back_pay", level="person", by={"year_of_age": "children"}, at="claimed_month", where="city")


@clause(SHAPE, level="person")
def total_benefit(benefit, back_pay_rate):
    return benefit + back_pay_rate


TABLES = [
    parameter("floor", "fen", [
        row(20_000, until="2010-01-01"), row(26_000, since="2010-01-01", until="2012-02-29"),
        row(31_000, since="2012-02-29"),
        row(40_000, place=440000, since="2011-01-01"),
        row(52_000, place=440300, since="2011-01-01", until="2016-01-01"),
        row(28_000, place=341225, since="2014-01-01"), row(29_000, place=510000, status="recalled"),
    ]),
    parameter("per_child", "fen", [row(5_000, since="2008-03-01"), row(9_000, place=510100, since="2010-01-01")]),
    parameter("ceiling", "fen", [row(30_000, until="2016-01-01"), row(25_000, place=340000, until="2014-07-01")]),
    parameter("back_pay", "fen", [
        row(100, key=1), row(200, key=3, until="2010-01-01"), row(350, key=3, since="2010-01-01"), row(900, key=6),
        row(10, key=1, place=440000, since="2010-03-20"), row(20, key=2, place=440100), row(55, key=2, place=341225),
    ], by="year_of_age", steps=("year_of_age",)),
]  # fmt: skip
ASSUMED = {
    "ceiling": [row(24_000, status="assumed"), row(22_000, place=340000, since="2015-01-01", status="assumed")],
    "per_child": [row(1_000, until="2007-01-01", status="assumed"),
        row(6_666, place=440000, since="2018-01-01", status="assumed")],
}  # fmt: skip


def draw(draw: Draw, n: int) -> World:
    """Families anywhere on any day, often on the very days on which something changes."""
    days = [oracle.raw.day(d) + draw.randint(-1, 1) for d in oracle.DAYS]
    return {
        "person": rows(
            asked_day=[
                draw.maybe(draw.choice((draw.choice(days), draw.day("2005-01-01", "2020-01-01")))) for _ in range(n)
            ],
            claimed_month=[
                draw.maybe(draw.choice((2010 * 12 + 2, draw.randint(2002 * 12, 2018 * 12)))) for _ in range(n)
            ],
            city=[draw.maybe(draw.place()) for _ in range(n)],
            income=[draw.maybe(draw.choice((0, 0, 19_999, 26_000, draw.randint(0, 80_000)))) for _ in range(n)],
            children=[draw.maybe(draw.randint(0, 7)) for _ in range(n)],
        )
    }


LAW = Law.of(globals(), parameters=TABLES, tree=kit.TREE).with_pack(ASSUMED, "base")
PACK = Pack("texts", LAW, ("benefit", "total_benefit", "back_pay_rate"), draw, oracle.answers)
