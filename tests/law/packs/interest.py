"""(f) Interest by the monthly product method: what each month's contribution earns in its year, then years compounded.

A year's interest is that of the balance brought forward for the whole year and that of each contribution for the
months that are left; a balance may be given to start from, and nothing grows after the year asked about.
"""

from __future__ import annotations

from law.packs import kit, months
from law.packs.kit import Draw, Pack, World
from law.packs.oracles import interest as oracle
from wayfare.law.declare import clause, fact, hang, level, months_once, scan, slices, span, total
from wayfare.law.law import Law
from wayfare.law.tables import parameter, row
from wayfare.law.words import PER_10_000, Scale, half_up, month_weights, months_in, when

SHAPE = "account rules, shape only"
FIRST, LAST = months.FIRST, months.LAST
WEIGHTS_A_YEAR = Scale(12, "count")  # the weight of a contribution that earns for the whole year

home = fact("person", "place", 0, kit.LAST)
opening_balance = fact("person", "fen", 0, 10**9, absent=0)
last_year = fact("person", "year", FIRST, LAST)
run = level("run", most=8)
fund = fact("run", "place", 0, kit.LAST)
start = fact("run", "month", FIRST * 12, LAST * 12 + 11)
end = fact("run", "month", FIRST * 12 + 1, LAST * 12 + 12)
kind, number = months.kind, months.number
wage = fact("run", "fen/months", 0, 10**7)

months_of_piece = slices("piece", of="run", start="start", end="end", key="piece_year")
calendar_year = span("calendar", low=FIRST, high=LAST)
in_calendar = hang("piece", under="calendar", by="piece_year")
counted_once = months_once(
    SHAPE, level="piece", within="calendar", months="months_of_piece", counted="counted", taken="taken",
    order=("kind", "number"),
)  # fmt: skip


@clause(SHAPE, article="1", level="piece", at="piece_year", where="fund")
def monthly_credit(wage, credited_share):
    return half_up(wage * credited_share, PER_10_000)


@clause(SHAPE, article="1", level="piece")
def credit(monthly_credit, counted):
    return monthly_credit * months_in(counted)


@clause(SHAPE, article="2", level="piece")
def product(monthly_credit, counted):
    return monthly_credit * month_weights(counted)


year_credit = total("credit", level="calendar")
year_product = total("product", level="calendar")


@scan(
    SHAPE, article="3", level="calendar", within="person", start={"balance": "opening_balance"},
    leaves={"balance": "final_balance"},
)  # fmt: skip
def year_end(balance, year_credit, year_product, interest_of_year, calendar_year, last_year):
    grown = half_up(balance * (PER_10_000 + interest_of_year), PER_10_000)
    earned = half_up(year_product * interest_of_year, WEIGHTS_A_YEAR * PER_10_000)
    return (when(calendar_year > last_year, balance, grown + year_credit + earned),)


@clause(SHAPE, article="4", level="calendar", at="calendar_year", where="home")
def interest_of_year(interest_rate):
    return interest_rate + 0


TABLES = [
    parameter("credited_share", "basis_points", [
        row(800), row(1100, place=440000, until="2011-01-01"), row(800, place=440000, since="2011-01-01"),
        row(600, place=440300, since="2010-01-01", until="2014-01-01", status="recalled"),
    ]),
    parameter("interest_rate", "basis_points", [
        row(225, until="2010-01-01"), row(250, since="2010-01-01", until="2012-01-01"),
        row(350, since="2012-01-01", until="2015-01-01"), row(831, since="2016-01-01"),
        row(400, place=510000, since="2011-07-01", until="2015-07-01"), row(300, place=510100, status="recalled"),
    ]),
]  # fmt: skip


def draw(draw: Draw, n: int) -> World:
    """The records of the pack on months, with wages and a balance brought forward."""
    world = months.runs(draw, n)
    size = world["run"].size
    people = dict(world["person"].columns)
    people["opening_balance"] = [draw.maybe(draw.choice((0, 1_234_567, draw.randint(0, 10**8)))) for _ in range(n)]
    people["last_year"] = [draw.maybe(draw.randint(FIRST + 2, LAST)) for _ in range(n)]
    wages = [draw.maybe(draw.randint(100_000, 3_000_000)) for _ in range(size)]
    run_rows = kit.Rows(size, {**world["run"].columns, "wage": wages}, world["run"].above)
    return {"person": kit.rows(**people), "run": run_rows}


PACK = Pack(
    "interest", Law.of(globals(), parameters=TABLES, tree=kit.TREE), ("final_balance", "balance"), draw, oracle.answers,
    spells=("run", "start", "end"),
)  # fmt: skip
