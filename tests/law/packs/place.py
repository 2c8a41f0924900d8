"""(a) The place that pays: months by province, ten years, temporary accounts, deemed years, hukou that moved.

Several funds of a province add up. A temporary account counts only where the hukou is when the age is reached; deemed
years count for the ten years but are of no fund last paid; the hukou is the one in force on the day the age is reached.
"""

from __future__ import annotations

from law.packs import kit
from law.packs.kit import Draw, Pack, World, rows
from law.packs.oracles import place as oracle
from wayfare.law.declare import (
    choice,
    clause,
    distinct,
    fact,
    hang,
    level,
    lever,
    look_up,
    months_once,
    pick,
    slices,
    span,
    total,
)  # fmt: skip
from wayfare.law.law import Law
from wayfare.law.tables import parameter, row
from wayfare.law.words import first_day, month_of, months_in, no, when

SHAPE = "measures on transfer, shape only"
FIRST, LAST = 1990, 2019
ACCOUNT = choice("account_kind", "ordinary", "temporary", "deemed")
TEMPORARY, DEEMED = ACCOUNT.temporary, ACCOUNT.deemed

born = fact("person", "day", 693_596, 735_000)
group = fact("person", "retirement_group", 0, 2)
birth_place = fact("person", "place", 0, kit.LAST)
hukou = level("hukou", most=5)
hukou_place = fact("hukou", "place", 0, kit.LAST)
hukou_start = fact("hukou", "day", 693_596, 767_000)
hukou_end = fact("hukou", "day", 693_596, 767_000, absent=767_000)
run = level("run", most=8)
fund = fact("run", "place", 0, kit.LAST)
start = fact("run", "month", FIRST * 12, LAST * 12 + 11)
end = fact("run", "month", FIRST * 12 + 1, LAST * 12 + 12)
account = fact("run", "account_kind", 0, 2)
number = fact("run", "count", 0, 99)


@clause(SHAPE, article="1", level="person")
def age_month(born, retirement_age):
    return month_of(born) + retirement_age


@clause(SHAPE, article="1", level="person")
def age_reached(age_month):
    return first_day(age_month)


@clause(SHAPE, article="1", level="hukou")
def hukou_in_force(hukou_start, hukou_end, age_reached):
    return (hukou_start <= age_reached) & (age_reached < hukou_end)


hukou_then = pick("hukou_place", level="person", by="hukou_start", where="hukou_in_force", none="birth_place")
hukou_province = look_up("province_of", level="person", by={"place": "hukou_then"})
fund_province = look_up("province_of", level="run", by={"place": "fund"})

months = slices("piece", of="run", start="start", end="end", key="piece_year")
calendar_year = span("calendar", low=FIRST, high=LAST)
in_calendar = hang("piece", under="calendar", by="piece_year")
counted_once = months_once(
    SHAPE, article="5", level="piece", within="calendar", months="months", counted="counted", taken="taken",
    order=("account", "number"),
)  # fmt: skip


@clause(SHAPE, article="5", level="piece")
def counted_months(counted):
    return months_in(counted)


@clause(SHAPE, article="3", level="piece")
def counts_for_place(account, fund_province, hukou_province):
    return no(account == TEMPORARY) | (fund_province == hukou_province)


@clause(SHAPE, article="3", level="run")
def is_paid_run(account):
    return no(account == DEEMED)


relation_place = distinct("relation", of="run", by="fund_province")
relation_months = total("counted_months", level="relation", where="counts_for_place")
relation_end = pick("end", level="relation", of="run", by="end", none="first_month_known")
last_place = pick(
    "fund_province", level="person", of="run", by=("end", "number"), where="is_paid_run", none="hukou_province"
)
paid_months = total("counted_months", level="person")


@clause(SHAPE, level="relation")
def first_month_known(first_month):
    return first_month + 0


@clause(SHAPE, article="6", level="relation", at="age_month", where="hukou_then")
def is_ten_years(relation_months, ten_years):
    return relation_months >= ten_years


@clause(SHAPE, article="6(2)", level="relation")
def current_and_ten(relation_place, last_place, is_ten_years):
    return (relation_place == last_place) & is_ten_years


@clause(SHAPE, article="6", level="relation")
def can_be_benefit_place(relation_place, hukou_province, is_ten_years):
    return (relation_place == hukou_province) | is_ten_years


current_has_ten = total("current_and_ten", level="person", how="any")
latest_ten = pick("relation_place", level="person", by=("relation_end", "relation_place"), where="is_ten_years",
                  none="hukou_province")  # fmt: skip
possible_places = total("can_be_benefit_place", level="person", how="count")


@clause(SHAPE, article="6(1)", level="person", value="place_of_benefit", at="age_month", where="hukou_then",
        until="2010-01-01")  # fmt: skip
def place_before_2010(hukou_province, last_place, hukou_decides):
    return when(hukou_decides, hukou_province, last_place)


@clause(SHAPE, article="6", level="person", value="place_of_benefit", at="age_month", where="hukou_then",
        since="2010-01-01")  # fmt: skip
def place_since_2010(hukou_province, last_place, current_has_ten, latest_ten):
    return when(last_place == hukou_province, hukou_province, when(current_has_ten, last_place, latest_ten))


@clause(SHAPE, article="6", level="person")
def paid_away(place_of_benefit, hukou_province):
    return place_of_benefit != hukou_province


pay_on = lever("end", by=(6, 12, 24, 60), days_each=30, cost=100_000, who="person and employer")
move_hukou = lever("hukou_place", to=0, days=180, cost=20_000)

TABLES = [
    parameter("retirement_age", "months", [row(720, key=0), row(660, key=1), row(600, key=2)], by="group"),
    parameter("hukou_decides", "truth", [row(1), row(0, place=440300)]),
    parameter("first_month", "month", [row(FIRST * 12)]),
    parameter("ten_years", "months", [
        row(120), row(96, place=510000, since="2013-01-01"),
        row(60, place=510100, since="2013-01-01", status="recalled"),
        row(36, place=340000, since="2011-07-01", until="2016-07-01"), row(12, place=341225, since="2015-02-01"),
    ]),
]  # fmt: skip


def draw(draw: Draw, n: int) -> World:
    """Workers near retirement with records in a few funds and hukou that may have moved."""
    up, moves = draw.rows_of(n, 5), draw.rows_of(n, 3)
    starts = [draw.randint(FIRST * 12, LAST * 12 + 10) for _ in up]
    ends = [min(s + draw.choice((1, 12, draw.randint(1, 200))), LAST * 12 + 12) for s in starts]
    funds = draw.sample(range(kit.LAST + 1), 4)
    moved = [draw.day("1950-01-01", "2019-01-01") for _ in moves]
    return {
        "person": rows(
            born=[draw.maybe(draw.day("1948-01-01", "1963-12-31"), 0.5) for _ in range(n)],
            group=[draw.maybe(draw.randint(0, 2), 0.5) for _ in range(n)],
            birth_place=[draw.maybe(draw.choice(funds)) for _ in range(n)],
        ),
        "hukou": rows(
            {"person": moves},
            hukou_place=[draw.maybe(draw.choice(funds)) for _ in moves],
            hukou_start=[draw.maybe(d, 0.3) for d in moved],
            hukou_end=[draw.maybe(min(d + draw.choice((400, 9_000, 30_000)), 767_000), 0.3) for d in moved],
        ),
        "run": rows(
            {"person": up},
            fund=[draw.maybe(draw.choice(funds), 0.2) for _ in up],
            start=[draw.maybe(s, 0.2) for s in starts],
            end=[draw.maybe(e, 0.2) for e in ends],
            account=[draw.maybe(draw.choice((0, 0, 0, 1, 2)), 0.2) for _ in up],
            number=[draw.maybe(draw.randint(0, 4), 0.2) for _ in up],
        ),
    }


PACK = Pack(
    "place", Law.of(globals(), parameters=TABLES, tree=kit.TREE),
    ("place_of_benefit", "paid_months", "hukou_province", "last_place", "current_has_ten", "latest_ten",
     "possible_places",
     "paid_away"),
    draw, oracle.answers, spells=("run", "start", "end"),
)  # fmt: skip
