"""(e) Months that two funds report count once: by kind and number of the record; and which fund holds the most.

Records of contribution overlap; each is cut at the years, and within a year an ordered walk lets each month count for
the record that comes first. Splitting a record changes no total.
"""

from __future__ import annotations

from law.packs import kit
from law.packs.kit import Draw, Pack, World, rows
from law.packs.oracles import months as oracle
from wayfare.law.declare import choice, clause, distinct, fact, hang, level, months_once, pick, slices, span, total
from wayfare.law.law import Law
from wayfare.law.tables import parameter, row
from wayfare.law.words import months_in, shared

SHAPE = "records of contribution, shape only"
FIRST, LAST = 2008, 2016
KIND = choice("relation_kind", "ordinary", "temporary")
TEMPORARY = KIND.temporary

home = fact("person", "place", 0, kit.LAST)
run = level("run", most=8)
fund = fact("run", "place", 0, kit.LAST)
start = fact("run", "month", FIRST * 12, LAST * 12 + 11)
end = fact("run", "month", FIRST * 12 + 1, LAST * 12 + 12)
kind = fact("run", "relation_kind", 0, 1)
number = fact("run", "count", 0, 99)

months = slices("piece", of="run", start="start", end="end", key="piece_year")
calendar_year = span("calendar", low=FIRST, high=LAST)
in_calendar = hang("piece", under="calendar", by="piece_year")
counted_once = months_once(
    SHAPE, article="5", level="piece", within="calendar", months="months", counted="counted", taken="taken",
    order=("kind", "number"),
)  # fmt: skip


@clause(SHAPE, level="piece")
def months_reported(months):
    return months_in(months)


@clause(SHAPE, level="piece")
def months_counted(counted):
    return months_in(counted)


@clause(SHAPE, level="piece")
def months_kept_of_reported(counted, months):
    return months_in(shared(counted, months))


@clause(SHAPE, level="piece")
def temporary_piece(kind):
    return kind == TEMPORARY


relation_fund = distinct("relation", of="run", by="fund")
relation_months = total("months_counted", level="relation")
paid_months = total("months_counted", level="person")
kept_months = total("months_kept_of_reported", level="person")
reported_months = total("months_reported", level="person")
temporary_months = total("months_counted", level="person", where="temporary_piece")
main_fund = pick("relation_fund", level="person", by="relation_months", none="home")
funds = total(level="person", of="relation", how="count")
full_years = total(level="person", of="calendar", where="year_is_full", how="count")
months_of_year = total("months_counted", level="calendar")
first_month_paid = pick("start", level="person", of="run", by="start", none="first_possible", first=True)
most_in_a_year = pick("months_of_year", level="person", of="calendar", by="months_of_year", none="paid_months")


@clause(SHAPE, level="calendar")
def year_is_full(months_of_year, months_of_full_year):
    return months_of_year == months_of_full_year


@clause(SHAPE, level="person")
def first_possible(first_month_of_record):
    return first_month_of_record + 0


TABLES = [
    parameter("months_of_full_year", "months", [row(12)]),
    parameter("first_month_of_record", "month", [row(FIRST * 12)]),
]


def runs(draw: Draw, n: int, most: int = 5, kinds: int = 1) -> World:
    """People with overlapping records in several funds."""
    up = draw.rows_of(n, most)
    starts = [draw.randint(FIRST * 12, LAST * 12 + 10) for _ in up]
    ends = [min(s + draw.choice((1, 3, draw.randint(1, 60))), LAST * 12 + 12) for s in starts]
    funds = draw.sample(range(kit.LAST + 1), 4)
    return {
        "person": rows(home=[draw.maybe(draw.place()) for _ in range(n)]),
        "run": rows(
            {"person": up},
            fund=[draw.maybe(draw.choice(funds), 0.3) for _ in up],
            start=[draw.maybe(s, 0.3) for s in starts],
            end=[draw.maybe(e, 0.3) for e in ends],
            kind=[draw.maybe(int(draw.random() < 0.3) * kinds, 0.3) for _ in up],
            number=[draw.maybe(draw.randint(0, 4), 0.2) for _ in up],
        ),
    }


PACK = Pack(
    "months", Law.of(globals(), parameters=TABLES, tree=kit.TREE),
    ("paid_months", "kept_months", "reported_months", "temporary_months", "main_fund", "funds", "full_years",
     "most_in_a_year", "first_month_paid"),
    runs, oracle.answers, spells=("run", "start", "end"),
)  # fmt: skip
