"""(h) Severance: years and half years, a cap, and a change of law in the middle of a career.

Service before the change counts by started years under the old text, service since then by half years under the new
one; the wage is capped at a multiple of the area's average only by the law of the day on which the work ends.
"""

from __future__ import annotations

from law.packs import kit
from law.packs.kit import Draw, Pack, World, rows
from law.packs.oracles import severance as oracle
from wayfare.law.declare import clause, fact, level, look_up, slices, total
from wayfare.law.law import Law
from wayfare.law.tables import parameter, row
from wayfare.law.words import MONTHS_A_YEAR, TWO, Scale, greatest, half_up, least, month_of, started, when, whole

SHAPE = "labour contract law, shape only"
HALVES_A_YEAR = Scale(2, "half_months/years")
ONE_HALF, NO_HALF = Scale(1, "half_months"), Scale(0, "half_months")
NO_REST = Scale(0, "months")
ENDING = {"level": "person", "at": "job_end", "where": "work_place"}  # the law of the day and the place of the end

job_end = fact("person", "day", 722_000, 745_000)
work_place = fact("person", "place", 0, kit.LAST)
own_wage = fact("person", "fen", 0, 10**8)
service = level("service", most=10)
from_day = fact("service", "day", 722_000, 745_000)
to_day = fact("service", "day", 722_000, 745_000)

part_start = slices(
    "part", of="service", start="from_day", end="to_day", key="part_end", by="day", at_table="text_of_service"
)
text_then = look_up("text_of_service", level="part", at="part_start")


@clause(SHAPE, level="part")
def part_months(part_start, part_end):
    return greatest(month_of(part_end) - month_of(part_start), 0)


@clause(SHAPE, level="part")
def is_old(text_then):
    return text_then == 0


@clause(SHAPE, level="part")
def is_new(text_then):
    return text_then == 1


old_months = total("part_months", level="person", where="is_old")
new_months = total("part_months", level="person", where="is_new")
shares_of_service = total("is_new", level="person", how="share")


@clause(SHAPE, article="old 5", level="person", at="job_end", where="work_place")
def old_halves(old_months, old_cap_years):
    return HALVES_A_YEAR * least(started(old_months, MONTHS_A_YEAR), old_cap_years)


@clause(SHAPE, article="47", level="person")
def new_rest(new_months):
    return greatest(new_months - MONTHS_A_YEAR * whole(new_months, MONTHS_A_YEAR), NO_REST)


@clause(SHAPE, article="47", level="person", at="job_end")
def new_halves(new_months, new_rest, half_year):
    above = when(new_rest < half_year, ONE_HALF, HALVES_A_YEAR * started(new_rest, MONTHS_A_YEAR))
    return HALVES_A_YEAR * whole(new_months, MONTHS_A_YEAR) + when(new_rest == NO_REST, NO_HALF, above)


@clause(SHAPE, article="47(2)", value="wage_counted", until="2008-01-01", **ENDING)
def wage_before(own_wage):
    return own_wage + 0


@clause(SHAPE, article="47(2)", value="wage_counted", since="2008-01-01", **ENDING)
def wage_since(own_wage, average_wage, wage_multiple):
    return least(own_wage, average_wage * wage_multiple)


@clause(SHAPE, article="47(2)", value="new_halves_paid", since="2008-01-01", **ENDING)
def halves_since(own_wage, average_wage, wage_multiple, new_halves, most_halves):
    return when(own_wage > average_wage * wage_multiple, least(new_halves, most_halves), new_halves)


@clause(SHAPE, article="47(2)", value="new_halves_paid", until="2008-01-01", place="440000", **ENDING)
def halves_before_in_a_pilot(new_halves):
    return new_halves + 0


@clause(SHAPE, article="97", level="person")
def severance(old_halves, new_halves_paid, wage_counted):
    return half_up((old_halves + new_halves_paid) * wage_counted, TWO * ONE_HALF)


TABLES = [
    parameter("text_of_service", "text", [row(0, until="2008-01-01"), row(1, since="2008-01-01")]),
    parameter("half_year", "months", [row(6)]),
    parameter("old_cap_years", "years", [
        row(12), row(10, place=510000, until="2013-07-01"), row(40, place=340000, status="recalled"),
    ]),
    parameter("average_wage", "fen", [
        row(200_000, until="2006-01-01"), row(300_000, since="2006-01-01", until="2010-01-01"),
        row(400_000, since="2010-01-01"),
        row(450_000, place=440000, since="2009-07-01", until="2011-07-01"),
        row(700_000, place=440000, since="2012-07-01"),
        row(900_000, place=440300, since="2008-01-01", status="recalled"),
    ]),
    parameter("wage_multiple", "count", [row(3)]),
    parameter("most_halves", "half_months", [row(24), row(20, place=510100)]),
]  # fmt: skip


def draw(draw: Draw, n: int) -> World:
    """Careers of one to three services that do not overlap, over months, ending on any day."""
    spells = []
    for i in range(n):
        month = draw.randint(1995 * 12, 2006 * 12)
        for _ in range(draw.randint(0, 3)):
            end = month + draw.choice((1, 5, 6, 7, 12, draw.randint(1, 140)))
            spells.append((i, month, end))
            month = end + draw.choice((0, 1, 20))
    return {
        "person": rows(
            job_end=[draw.maybe(draw.day("2005-01-01", "2015-01-01")) for _ in range(n)],
            work_place=[draw.maybe(draw.place()) for _ in range(n)],
            own_wage=[
                draw.maybe(draw.choice((200_001, 899_999, 1_200_001, draw.randint(0, 5_000_000)))) for _ in range(n)
            ],
        ),
        "service": rows(
            {"person": [i for i, _, _ in spells]},
            from_day=[draw.maybe(oracle.raw.first_day(a), 0.3) for _, a, _ in spells],
            to_day=[draw.maybe(oracle.raw.first_day(b), 0.3) for _, _, b in spells],
        ),
    }


PACK = Pack(
    "severance", Law.of(globals(), parameters=TABLES, tree=kit.TREE),
    ("severance", "old_halves", "new_halves", "wage_counted", "new_halves_paid", "shares_of_service"),
    draw, oracle.answers, spells=("service", "from_day", "to_day"), by_spell=("shares_of_service",),
)  # fmt: skip
