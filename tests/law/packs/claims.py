"""(d) Medical claims: a yearly deductible and a yearly cap over a sequence of stays; the year's carry may be given.

The ratio goes by the hospital's rank and by bands of the bill, and both change by place and day; what was used up
before the record begins is a fact of the person and starts the walk of that year.
"""

from __future__ import annotations

from law.packs import kit
from law.packs.kit import Draw, Pack, World, rows
from law.packs.oracles import claims as oracle
from wayfare.law.declare import clause, fact, hang, level, scan, span, total
from wayfare.law.law import Law
from wayfare.law.tables import parameter, row
from wayfare.law.words import PER_10_000, ZERO_FEN, greatest, half_up, least, month_of, when, year_of

SHAPE = "reimbursement rules, shape only"
FIRST, LAST = 2012, 2019

insured_place = fact("person", "place", 0, kit.LAST)
this_year = fact("person", "year", FIRST, LAST)
used_before = fact("person", "fen", 0, 10**8, absent=0)
paid_before = fact("person", "fen", 0, 10**9)
stay = level("stay", most=12)
admitted_day = fact("stay", "day", 734_503, 737_500)
eligible_bill = fact("stay", "fen", 0, 10**8)
hospital_rank = fact("stay", "hospital", 1, 3)
stay_number = fact("stay", "count", 0, 50)


@clause(SHAPE, level="stay")
def stay_year(admitted_day):
    return year_of(month_of(admitted_day))


claim_year = span("claim_year", low=FIRST, high=LAST)
in_claim_year = hang("stay", under="claim_year", by="stay_year")


@clause(SHAPE, article="1", level="claim_year")
def used_at_start(claim_year, this_year, used_before):
    return when(claim_year == this_year, used_before, 0)


@clause(SHAPE, article="1", level="claim_year")
def paid_at_start(claim_year, this_year, paid_before):
    return when(claim_year == this_year, paid_before, 0)


@clause(SHAPE, article="2", level="stay", at="admitted_day", where="insured_place")
def deductible_of_stay(deductible):
    return deductible + 0


@clause(SHAPE, article="3", level="stay", at="admitted_day", where="insured_place")
def ratio_of_stay(reimbursement_ratio):
    return reimbursement_ratio + 0


@clause(SHAPE, article="4", level="stay", at="stay_year", where="insured_place")
def cap_of_stay(yearly_cap):
    return yearly_cap + 0


@scan(
    SHAPE, article="5", level="stay", within="claim_year", order=("admitted_day", "stay_number"),
    start={"used": "used_at_start", "paid_in_year": "paid_at_start", "paid": ZERO_FEN},
    leaves={"paid_in_year": "paid_at_end"},
)  # fmt: skip
def settle_stay(used, paid_in_year, eligible_bill, deductible_of_stay, ratio_of_stay, cap_of_stay):
    still_own = greatest(deductible_of_stay - used, 0)
    share = half_up(greatest(eligible_bill - still_own, 0) * ratio_of_stay, PER_10_000)
    by_fund = least(share, greatest(cap_of_stay - paid_in_year, 0))
    return used + least(eligible_bill, still_own), paid_in_year + by_fund, by_fund


fund_pays = total("paid", level="person")
paid_over_years = total("paid_at_end", level="person")
years_with_stays = total(level="person", of="claim_year", where="has_stays", how="count")
stays_in_year = total(level="claim_year", of="stay", how="count")


@clause(SHAPE, level="claim_year")
def has_stays(stays_in_year):
    return stays_in_year > 0


TABLES = [
    parameter("deductible", "fen", [
        row(80_000, key=1), row(120_000, key=2), row(160_000, key=3), row(50_000, key=1, place=440000),
        row(60_000, key=1, place=440100, since="2014-07-01", until="2017-01-01"),
        row(90_000, key=3, place=510000, since="2015-01-01", status="recalled"),
    ], by="hospital_rank"),
    parameter("reimbursement_ratio", "basis_points", [
        row(8500, key=(1, 0)), row(9000, key=(1, 1_000_000)), row(8000, key=(2, 0)), row(7000, key=(3, 0)),
        row(8000, key=(3, 2_000_000)), row(6500, key=(3, 0), place=440000, since="2013-01-01", until="2016-01-01"),
        row(7500, key=(3, 500_000), place=440000, since="2013-01-01", until="2016-01-01"),
        row(9500, key=(2, 0), place=341225, since="2014-01-01", until="2018-05-10"),
        row(9900, key=(2, 3_000_000), place=341225, since="2014-01-01"),
        row(5000, key=(1, 0), place=510100, until="2015-06-01", status="recalled"),
    ], by=("hospital_rank", "eligible_bill"), steps=("eligible_bill",)),
    parameter("yearly_cap", "fen", [
        row(6_000_000, until="2015-01-01"), row(8_000_000, since="2015-01-01"), row(3_000_000, place=341200),
        row(9_000_000, place=440300, since="2013-01-01", until="2014-01-01"),
        row(9_500_000, place=440300, since="2014-01-01"),
    ]),
]  # fmt: skip


def draw(draw: Draw, n: int) -> World:
    """People insured somewhere with stays on any days, some on the same day."""
    up = draw.rows_of(n, 6)
    day = draw.day("2012-01-01", "2019-12-31")
    return {
        "person": rows(
            insured_place=[draw.maybe(draw.place()) for _ in range(n)],
            this_year=[draw.maybe(draw.randint(FIRST, LAST)) for _ in range(n)],
            used_before=[draw.maybe(draw.choice((0, 30_000, 200_000))) for _ in range(n)],
            paid_before=[draw.maybe(draw.choice((0, 5_000_000, 9_000_000))) for _ in range(n)],
        ),
        "stay": rows(
            {"person": up},
            admitted_day=[
                draw.maybe(draw.choice((day, day + 40, draw.day("2012-01-01", "2019-12-31"))), 0.3) for _ in up
            ],
            eligible_bill=[draw.maybe(draw.choice((0, 99, 2_000_000, draw.randint(0, 6_000_000)))) for _ in up],
            hospital_rank=[draw.maybe(draw.randint(1, 3)) for _ in up],
            stay_number=[draw.maybe(draw.randint(0, 3), 0.3) for _ in up],
        ),
    }


PACK = Pack(
    "claims", Law.of(globals(), parameters=TABLES, tree=kit.TREE),
    ("fund_pays", "paid_over_years", "years_with_stays", "paid"), draw, oracle.answers,
)  # fmt: skip
