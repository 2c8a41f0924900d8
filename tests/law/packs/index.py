"""(i) Article 7: an index of each year against the wages of a place that is only found from the same records.

The place that pays is that of the fund with the most months; each piece of the records is then measured against that
place's average wage in the piece's year, capped, and the average of all goes into the award of that place.
"""

from __future__ import annotations

from law.packs import kit, months
from law.packs.kit import Draw, Pack, World
from law.packs.oracles import index as oracle
from wayfare.law.declare import clause, distinct, fact, hang, level, look_up, months_once, pick, slices, span, total
from wayfare.law.law import Law
from wayfare.law.tables import parameter, row
from wayfare.law.words import MONTHS_A_YEAR, PER_10_000, TWO, greatest, half_up, least, months_in

SHAPE = "measures art. 7, shape only"
FIRST, LAST = months.FIRST, months.LAST

home = fact("person", "place", 0, kit.LAST)
retired = fact("person", "month", 2015 * 12, 2020 * 12)
run = level("run", most=8)
fund = fact("run", "place", 0, kit.LAST)
start, end, kind, number = months.start, months.end, months.kind, months.number
wage = fact("run", "fen/months", 0, 10**7)

months_of_piece = slices("piece", of="run", start="start", end="end", key="piece_year")
calendar_year = span("calendar", low=FIRST, high=LAST)
in_calendar = hang("piece", under="calendar", by="piece_year")
counted_once = months_once(
    SHAPE, level="piece", within="calendar", months="months_of_piece", counted="counted", taken="taken",
    order=("kind", "number"),
)  # fmt: skip


@clause(SHAPE, level="piece")
def counted_months(counted):
    return months_in(counted)


fund_province = look_up("province_of", level="run", by={"place": "fund"})
relation_place = distinct("relation", of="run", by="fund_province")
relation_months = total("counted_months", level="relation")
paying_place = pick("relation_place", level="person", by=("relation_months", "relation_place"), none="home")
wage_there = look_up("average_wage", level="piece", at="piece_year", where="paying_place")


@clause(SHAPE, article="7", level="piece", at="piece_year")
def index_of_piece(wage, wage_there, index_cap):
    return least(half_up(wage * MONTHS_A_YEAR * PER_10_000, wage_there), index_cap)


@clause(SHAPE, article="7", level="piece")
def weighted_index(index_of_piece, counted_months):
    return index_of_piece * counted_months


index_sum = total("weighted_index", level="person")
paid_months = total("counted_months", level="person")
best_index = pick("index_of_piece", level="person", by="index_of_piece", none="no_index")


@clause(SHAPE, level="person")
def no_index(index_of_nobody):
    return index_of_nobody + 0


@clause(SHAPE, article="7", level="person")
def average_index(index_sum, paid_months, index_most):
    return least(half_up(index_sum, greatest(paid_months, 1)), index_most)


@clause(SHAPE, article="8", level="person", at="retired", where="paying_place")
def award(average_index, award_base, paid_months, accrual):
    return half_up(
        award_base * (PER_10_000 + average_index) * paid_months * accrual, TWO * MONTHS_A_YEAR * PER_10_000 * PER_10_000
    )


TABLES = [
    parameter("average_wage", "fen/years", [
        *(row(2_400_000 + 250_000 * k, since=f"{2000 + k}-01-01", until=f"{2001 + k}-01-01") for k in range(20)),
        *(row(3_100_000 + 310_000 * k, since=f"{2009 + k}-01-01", until=f"{2010 + k}-01-01",
        place=440000) for k in range(6)),
        row(2_900_000, since="2010-01-01", until="2013-01-01", place=510000, status="recalled"),
    ]),
    parameter("index_cap", "basis_points", [row(30_000, until="2014-01-01"), row(25_000, since="2014-01-01")]),
    parameter("index_most", "basis_points", [row(30_000)]),
    parameter("index_of_nobody", "basis_points", [row(0)]),
    parameter("award_base", "fen/months", [
        row(500_000, until="2018-01-01"), row(650_000, since="2018-01-01"),
        row(800_000, since="2016-01-01", place=440000),
    ]),
    parameter("accrual", "basis_points/years", [row(100)]),
]  # fmt: skip


def draw(draw: Draw, n: int) -> World:
    """The records of the pack on months, with wages and the month of retirement."""
    world = months.runs(draw, n)
    size = world["run"].size
    people = dict(world["person"].columns)
    people["retired"] = [draw.maybe(draw.randint(2015 * 12, 2020 * 12)) for _ in range(n)]
    wages = [draw.maybe(draw.choice((0, 1_500_000, draw.randint(100_000, 3_000_000)))) for _ in range(size)]
    run_rows = kit.Rows(size, {**world["run"].columns, "wage": wages}, world["run"].above)
    return {"person": kit.rows(**people), "run": run_rows}


PACK = Pack(
    "index", Law.of(globals(), parameters=TABLES, tree=kit.TREE),
    ("award", "average_index", "paying_place", "best_index"), draw, oracle.answers, spells=("run", "start", "end"),
)  # fmt: skip
