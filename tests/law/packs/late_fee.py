"""(g) A late fee by the day: across changes of the rate and part payments, rounded once, capped by the debt.

The days a debt is owed are cut where the rate of the law changes and where something is paid; an ordered walk carries
what is still owed and what has come up so far.
"""

from __future__ import annotations

from law.packs import kit
from law.packs.kit import Draw, Pack, World, rows
from law.packs.oracles import late_fee as oracle
from wayfare.law.declare import clause, fact, hang, level, scan, slices, total
from wayfare.law.law import Law
from wayfare.law.tables import parameter, row
from wayfare.law.words import PER_10_000, PER_100, Scale, greatest, half_up, least

SHAPE = "late fees, shape only"
NO_PRODUCT = Scale(0, "basis_points*fen")

debt = level("debt", most=4)
amount = fact("debt", "fen", 0, 10**9)
debt_place = fact("debt", "place", 0, kit.LAST)
owing = level("owing", above="debt", most=6)
due_day = fact("owing", "day", 728_000, 740_000)
end_day = fact("owing", "day", 728_000, 740_000)
payment = level("payment", above="debt", most=6)
paid_day = fact("payment", "day", 728_000, 740_000)
paid = fact("payment", "fen", 0, 10**9)

piece_start = slices(
    "piece", of="owing", start="due_day", end="end_day", key="piece_end", by="day", at_table="late_rate",
    at_rows=("payment", "paid_day"), most=60,
)  # fmt: skip
at_piece = hang("payment", under="piece", by="paid_day")
paid_then = total("paid", level="piece", of="payment")


@clause(SHAPE, article="1", level="piece", at="piece_start", where="debt_place")
def rate_of_piece(late_rate):
    return late_rate + 0


@scan(
    SHAPE, article="1", level="piece", within="debt", order="piece_start",
    start={"owed": "amount", "product": NO_PRODUCT}, leaves={"owed": "still_owed", "product": "fee_product"},
)  # fmt: skip
def walk(owed, product, paid_then, piece_start, piece_end, rate_of_piece):
    now = greatest(owed - paid_then, 0)
    return now, product + now * greatest(piece_end - piece_start, 0) * rate_of_piece


@clause(SHAPE, article="2", level="debt", where="debt_place")
def late_fee(fee_product, amount, fee_cap):
    return least(half_up(fee_product, PER_10_000), half_up(amount * fee_cap, PER_100))


fees = total("late_fee", level="person")
owed_in_all = total("still_owed", level="person")
days_late = total("piece_days", level="person")
paid_in_time = total("paid_then", level="debt", of="piece")


@clause(SHAPE, level="piece")
def piece_days(piece_start, piece_end):
    return piece_end - piece_start


TABLES = [
    parameter("late_rate", "basis_points/days", [
        row(20, until="2005-03-10"), row(5, since="2005-03-10", until="2011-07-01"),
        row(20, since="2011-07-01", until="2012-01-01"),
        row(5, since="2012-01-01"), row(7, place=440000, since="2008-02-29", until="2010-06-15"),
        row(3, place=341225, since="2006-01-01", status="recalled"),
    ]),
    parameter("fee_cap", "percent", [row(100), row(50, place=510000), row(100, place=510100, status="recalled")]),
]  # fmt: skip


def draw(draw: Draw, n: int) -> World:
    """Debts owed over one to three spells that do not overlap, and payments on days in and around them."""
    debts = draw.rows_of(n, 2)
    owings, payments = [], []
    for d in range(len(debts)):
        day = draw.day("2003-01-01", "2009-01-01")
        for _ in range(draw.randint(0, 3)):
            end = day + draw.choice((1, 30, draw.randint(1, 1500)))
            owings.append((d, day, end))
            payments += [
                (d, draw.choice((day, end - 1, draw.randint(day, end)))) for _ in range(draw.choice((0, 0, 1, 2)))
            ]
            day = end + draw.choice((0, 0, 50))
    return {
        "person": kit.Rows(n),
        "debt": rows(
            {"person": debts},
            amount=[draw.maybe(draw.choice((1, 1_000_00, draw.randint(0, 10**8)))) for _ in debts],
            debt_place=[draw.maybe(draw.place()) for _ in debts],
        ),
        "owing": rows(
            {"debt": [d for d, _, _ in owings]},
            due_day=[draw.maybe(a, 0.2) for _, a, _ in owings], end_day=[draw.maybe(b, 0.2) for _, _, b in owings],
        ),
        "payment": rows(
            {"debt": [d for d, _ in payments]},
            paid_day=[draw.maybe(p, 0.2) for _, p in payments],
            paid=[draw.maybe(draw.choice((1, 300_00, draw.randint(0, 10**7)))) for _ in payments],
        ),
    }  # fmt: skip


PACK = Pack(
    "late_fee", Law.of(globals(), parameters=TABLES, tree=kit.TREE),
    ("fees", "late_fee", "owed_in_all", "still_owed", "days_late", "paid_in_time"), draw, oracle.answers,
    spells=("owing", "due_day", "end_day"),
)  # fmt: skip
