"""A fund's book for the tests of the stored books: who posts, and batches of contributions under the chart."""

from __future__ import annotations

from datetime import date

from wayfare.ledger import Batch, employer_clearing, member_account
from wayfare.storage import Role, Viewer
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.ledger_verify import verify_book

FUND = "440000:employee_pension"
DAY = date(2024, 6, 30)
EMPLOYER = employer_clearing("E-1")
MEMBERS = ("W-1", "W-2", "W-3")
POSTER = Viewer(name="month end", role=Role.POSTER, scope=None, purpose="a test")


def month(key="contributions:2024-06", *, fund=FUND, on=DAY, members=MEMBERS, payer=EMPLOYER, amount=200, first=202406,
          months=1):  # fmt: skip
    """Both shares of an employer's contribution for each member: to the pool and to the member."""
    batch = Batch(fund, on, key)
    for account in ("pooled_fund", payer, *map(member_account, members)):
        batch.open(account)
    for member in map(member_account, members):
        for credit, fen in (("pooled_fund", 2 * amount), (member, amount)):
            batch.move(
                debit=payer, credit=credit, amount=fen, member=member, effective_from=first, effective_months=months
            )
    return batch.seal()


def post(database, *batches, own_leaf_from=1000):
    """Post batches, each in a session of its own; the last answer."""
    for batch in batches:
        with database.session(viewer=POSTER) as session:
            posted = LedgerStore(session.connection, own_leaf_from=own_leaf_from).post(batch)
    return posted


def ask(database, name, *values):
    """What the store answers to a question."""
    with database.session(viewer=POSTER) as session:
        return getattr(LedgerStore(session.connection), name)(*values)


def verified(database, fund=FUND):
    """The outcome of reading the whole book back."""
    with database.session(viewer=POSTER) as session:
        return verify_book(session.connection, fund)
