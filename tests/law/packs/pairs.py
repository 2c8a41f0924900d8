"""(j) Agreements between a pair of places: they beat the rule of a city, a province and the nation, one way only.

A claim is paid by the text and the figures for the place of insurance and the place of treatment; an agreement names
both, in that order, and holds for every place inside them.
"""

from __future__ import annotations

from law.packs import kit
from law.packs.kit import Draw, Pack, World, rows
from law.packs.oracles import pairs as oracle
from wayfare.law.declare import clause, fact, level, pick, total
from wayfare.law.law import Law
from wayfare.law.tables import parameter, row
from wayfare.law.words import PER_10_000, ZERO_FEN, greatest, half_up

SHAPE = "settlement away from home, shape only"

home = fact("person", "place", 0, kit.LAST)
claim = level("claim", most=10)
there = fact("claim", "place", 0, kit.LAST)
treated_day = fact("claim", "day", 730_000, 740_000)
bill = fact("claim", "fen", 0, 10**8)


@clause(SHAPE, article="1", level="claim", value="pays", at="treated_day", where=("home", "there"), until="2017-01-01")
def pays_by_home(bill, away_ratio):
    return half_up(bill * away_ratio, PER_10_000)


@clause(SHAPE, article="1", level="claim", value="pays", at="treated_day", where=("home", "there"), since="2017-01-01")
def pays_above_threshold(bill, away_ratio, threshold):
    return half_up(greatest(bill - threshold, 0) * away_ratio, PER_10_000)


@clause(SHAPE, article="2", level="claim", value="pays", at="treated_day", where=("home", "there"), place="510000")
def pays_in_sichuan(bill, away_ratio, extra_ratio):
    return half_up(bill * (away_ratio + extra_ratio), PER_10_000)


@clause("agreement, shape only", article="3", level="claim", value="pays", at="treated_day", where=("home", "there"),
        place=("340000", "440000"), since="2014-01-01", until="2019-01-01", rank="practice")  # fmt: skip
def pays_by_agreement(bill, away_ratio):
    return bill - half_up(bill * (PER_10_000 - away_ratio), PER_10_000)


@clause("agreement, shape only", article="4", level="claim", value="pays", at="treated_day", where=("home", "there"),
        place=("341225", "440300"), since="2016-07-01", status="recalled")  # fmt: skip
def pays_all(bill):
    return bill + ZERO_FEN


fund_pays = total("pays", level="person")
last_pays = pick("pays", level="person", by="treated_day", none=ZERO_FEN)

TABLES = [
    parameter("threshold", "fen", [row(100_000), row(50_000, place=(440000,)), row(20_000, place=(440000, 510000))]),
    parameter("extra_ratio", "basis_points", [row(500), row(700, place=510100)]),
    parameter("away_ratio", "basis_points", [
        row(4000, until="2014-01-01"), row(5000, since="2014-01-01"), row(4500, place=440000), row(4800, place=440100),
        row(6000, place=510000, since="2013-01-01", until="2018-01-01"), row(4700, place=341200, since="2015-01-01"),
        row(7000, place=(440000, 510000), since="2012-01-01"), row(7500, place=(440100, 510000), since="2016-01-01"),
        row(6500, place=(510000, 440000), since="2012-01-01", until="2016-01-01"),
        row(8000, place=(510100, 440300), since="2014-05-05", status="recalled"),
        row(9000, place=(340000, 440000), since="2014-01-01", until="2019-01-01"),
        row(9500, place=(341225, 440000), since="2014-01-01", until="2019-01-01"),
    ]),
]  # fmt: skip


def draw(draw: Draw, n: int) -> World:
    """People insured at home and treated in any place on any day."""
    up = draw.rows_of(n, 5)
    return {
        "person": rows(home=[draw.maybe(draw.place()) for _ in range(n)]),
        "claim": rows(
            {"person": up},
            there=[draw.maybe(draw.place()) for _ in up],
            treated_day=[draw.maybe(draw.day("2011-01-01", "2020-12-31")) for _ in up],
            bill=[draw.maybe(draw.choice((0, 1, 99_999, draw.randint(0, 10**7)))) for _ in up],
        ),
    }


PACK = Pack(
    "pairs",
    Law.of(globals(), parameters=TABLES, tree=kit.TREE),
    ("pays", "fund_pays", "last_pays"),
    draw,
    oracle.answers,
)
