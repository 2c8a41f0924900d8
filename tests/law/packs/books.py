"""(l) Savings books: each book has its own years, from the one in which it was opened to the last one asked about.

A deposit of another year is in no year of its book. Years are walked in their own order for the balance, and by what
was paid in for a bonus that has a ceiling; sums, a count and a choice go from the years to books and people.
"""

from __future__ import annotations

from law.packs import kit
from law.packs.kit import Draw, Pack, World, rows
from law.packs.oracles import books as oracle
from wayfare.law.declare import clause, fact, hang, level, pick, scan, span, total
from wayfare.law.law import Law
from wayfare.law.tables import parameter, row
from wayfare.law.words import PER_10_000, TWO, ZERO_FEN, greatest, half_up, least

SHAPE = "rules of savings books, shape only"
FIRST, LAST = 2005, 2012

home = fact("person", "place", 0, kit.LAST)
last_year = fact("person", "year", FIRST - 3, LAST + 3)
book = level("book", most=4)
opened_year = fact("book", "year", FIRST - 3, LAST + 3)
opening = fact("book", "fen", 0, 10**7)
deposit = level("deposit", above="book", most=6)
deposit_year = fact("deposit", "year", FIRST - 3, LAST + 3)
amount = fact("deposit", "fen", 0, 10**6)

book_year = span("book_year", within="book", low=FIRST, high=LAST, since="opened_year", until="last_year")
deposit_in_year = hang("deposit", under="book_year", by="deposit_year")
paid_in = total("amount", level="book_year")


@clause(SHAPE, article="1", level="book_year", at="book_year", where="home")
def rate_of_year(saving_rate):
    return saving_rate + 0


@scan(SHAPE, article="2", level="book_year", within="book", start={"balance": "opening"},
      leaves={"balance": "final_balance"})  # fmt: skip
def year_of_book(balance, rate_of_year, paid_in):
    return (half_up(balance * (PER_10_000 + rate_of_year), PER_10_000) + paid_in,)


@clause(SHAPE, article="3", level="person")
def most_bonus(bonus_ceiling):
    return bonus_ceiling + 0


@scan(SHAPE, article="3", level="book_year", within="book", order="paid_in",
      start={"bonus_so_far": ZERO_FEN, "bonus": ZERO_FEN})  # fmt: skip
def bonus_of_year(bonus_so_far, paid_in, most_bonus):
    bonus = least(half_up(paid_in, TWO), greatest(most_bonus - bonus_so_far, 0))
    return bonus_so_far + bonus, bonus


@clause(SHAPE, article="4", level="book_year")
def has_deposit(paid_in):
    return paid_in > 0


@clause(SHAPE, article="5", level="deposit")
def is_half_of_year(amount, paid_in):
    return amount * TWO >= paid_in


all_balances = total("balance", level="person")
years_kept = total(level="person", of="book_year", how="count")
is_used = total("has_deposit", level="book", how="any")
busiest_year = pick("book_year", level="book", by="paid_in", where="has_deposit", none="opened_year")
latest_bonus = pick("bonus", level="person", of="book_year", by="book_year", none=ZERO_FEN)

TABLES = [
    parameter("saving_rate", "basis_points", [
        row(225, until="2008-01-01"), row(360, since="2008-01-01"),
        row(400, place=440000, since="2010-01-01"), row(150, place=340000, until="2007-01-01", status="recalled"),
    ]),
    parameter("bonus_ceiling", "fen", [row(700_000)]),
]  # fmt: skip


def draw(draw: Draw, n: int) -> World:
    """Up to three books a person with up to five deposits each, some of them in no year of the book."""
    books, year = draw.rows_of(n, 3), lambda: draw.randint(FIRST - 2, LAST + 2)
    deposits = draw.rows_of(len(books), 5)
    return {
        "person": rows(
            home=[draw.maybe(draw.place()) for _ in range(n)],
            last_year=[draw.maybe(draw.randint(FIRST - 1, LAST + 1), 0.3) for _ in range(n)],
        ),
        "book": rows(
            {"person": books}, opened_year=[draw.maybe(year(), 0.3) for _ in books],
            opening=[draw.maybe(draw.choice((0, draw.randint(1, 10**7)))) for _ in books],
        ),
        "deposit": rows(
            {"book": deposits}, deposit_year=[draw.maybe(year(), 0.3) for _ in deposits],
            amount=[draw.maybe(draw.choice((0, 500_000, draw.randint(1, 10**6)))) for _ in deposits],
        ),
    }  # fmt: skip


PACK = Pack(
    "books", Law.of(globals(), parameters=TABLES, tree=kit.TREE),
    ("final_balance", "all_balances", "years_kept", "is_used", "busiest_year", "latest_bonus", "is_half_of_year"),
    draw, oracle.answers,
)  # fmt: skip
