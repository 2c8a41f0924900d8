"""A fund's book for tests, written batch by batch in a database."""

from __future__ import annotations

from datetime import date

from wayfare.ledger import Batch
from wayfare.storage import Role, Viewer
from wayfare.storage.ledger_store import LedgerStore

__all__ = ["EMPLOYER", "FUND", "PERSON", "POSTER", "Book"]

FUND = "440000:employee_pension"
POSTER = Viewer(name="year end", role=Role.POSTER, scope=None, purpose="a test")
EMPLOYER, PERSON = "contribution_clearing:E-1", "contribution_clearing:person"


class Book:
    """The book of one fund."""

    def __init__(self, database, law=None, fund=FUND):
        self.database, self.law, self.fund = database, law, fund

    def do(self, name, *values, **more):
        with self.database.session(viewer=POSTER) as session:
            return getattr(LedgerStore(session.connection), name)(*values, **more)

    def write(self, key, on, *moves):
        """Moves as (debit, credit, fen), or with the month they are for, and how many."""
        batch = Batch(self.fund, on, key)
        for debit, credit, fen, *months in moves:
            batch.open(debit)
            batch.open(credit)
            first, count = (*months, None, None)[:2]
            batch.move(debit=debit, credit=credit, amount=fen, effective_from=first, effective_months=count or 1)
        return self.do("post", batch.seal())

    def opened(self, **balances):
        """Opening balances at the end of 2022, and money in the pool."""
        moves = [("outside:before", f"account:{member}", fen) for member, fen in balances.items()]
        self.write("opening", date(2022, 12, 31), ("outside:before", "pooled_fund", 10**9), *moves)
        return self

    def month(self, period, **credits):
        year, month = divmod(period, 100)
        moves = [(EMPLOYER, f"account:{member}", fen, period) for member, fen in credits.items()]
        self.write(f"contributions:{year}-{month:02}", date(year, month, 28), *moves)

    def close(self, period):
        self.do("close", self.fund, period)
        return self

    def held(self, member):
        return self.do("balance", self.fund, f"account:{member}").amount_fen

    def interest(self, year):
        """Fen by member and year of a batch of interest."""
        batch = self.do("batch", self.fund, f"interest:{year}")
        found = {}
        for row in batch.rows:
            member, sign = (row["credit"], 1) if row["credit"] > 0 else (row["debit"], -1)
            if member > 0:
                found[batch.names[int(member)][8:], int(row["effective_from"]) // 100] = sign * int(row["amount"])
        return found
