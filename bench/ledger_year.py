"""A year-end of a million members, looks at a member's balance, and what it all comes to for the nation.

The shared fund has an opening balance and twelve months of both shares, 24 million transfers. Its year is ended: the
interest of every member, worked out from the book and posted as one batch, and December closed with the snapshot of
every account.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

import numpy as np

from bench.ledger_book import FUND, MEMBERS, POSTER, TODAY, YEAR, Book, close, processor_seconds, settle
from bench.measure import Figure, seconds
from wayfare.app.funds.interest import CreditedYear, post_year, prepare_year
from wayfare.rulebook import load_rulebook
from wayfare.storage import Database
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.snapshot_verify import wrong_snapshots

__all__ = ["figures", "nation"]

LOOKS = 2_000
NATION = 280_000_000  # people who work away from the place where they are registered
FUND_OF_THE_NATION = 700_000  # members of one of 400 funds


def figures(database: Database, book: Book) -> list[Figure]:
    """Looks at balances in the open year, the year's interest, the snapshot, and the checks of both."""
    book.open(database)
    book.begin_year(database)
    laid = book.fill(database)
    close(database, YEAR * 100 + 11)
    at_once = _looks(database, book, seed=1)
    settle(database)
    look = _looks(database, book, seed=2)
    law, spent = load_rulebook(), processor_seconds(database)
    worked_out, prepared = _timed(lambda: prepare_year(database, law, FUND, YEAR, today=TODAY))
    posted, done = _timed(lambda: post_year(database, law, prepared, today=TODAY))
    snapshot = seconds(lambda: close(database, YEAR * 100 + 12))
    whole, spent = worked_out + posted + snapshot, processor_seconds(database) - spent
    checked = seconds(lambda: _check_snapshots(database))
    after = _looks(database, book, seed=3)
    bytes_a_row = _bytes_a_transfer(database)
    return [
        _seconds("a month of both shares posted, median", statistics.median(laid), "year_month"),
        _told_looks("a member's balance in the open year of twelve own tables, first looks", look, "under 1 ms"),
        _told_looks("the same straight after the runs, tables not vacuumed yet", at_once),
        _seconds(f"the year's interest worked out from {24 * book.members:,} rows", worked_out, "year_worked_out"),
        _seconds(f"and posted: {done.members:,} rows, residue {done.residue} yuan", posted, "year_posted"),
        _seconds("December closed with the snapshot of every account", snapshot, "year_snapshot"),
        Figure("year-end, interest and snapshot together", f"{whole:.1f} s, {spent:.1f} s of processor", "under 30 s",
               "year_end", whole),
        _seconds("the snapshots checked against all rows", checked, "year_checked"),
        _told_looks("a member's balance after the snapshot", after, "under 1 ms"),
        Figure("storage of a transfer with its indexes", f"{bytes_a_row:.0f} bytes", name="bytes", number=bytes_a_row),
    ]  # fmt: skip


def _seconds(what: str, taken: float, name: str) -> Figure:
    return Figure(what, f"{taken:.1f} s", "", name, taken)


def nation(found: list[Figure], *, members: int = MEMBERS) -> list[Figure]:
    """What the measured parts come to for 280 million members in funds of 0.7 million, one after the other."""
    known = {each.name: each.number for each in found if each.name}
    funds, share = NATION // FUND_OF_THE_NATION, FUND_OF_THE_NATION / members
    month = known.get("posting_prepare", 0.0) + known.get("posting_leaf", known["year_month"])
    year_end = known["year_end"] * share * funds
    rows = NATION * (2 * 12 + 1)
    return [
        Figure(f"a month of {NATION:,} members in {funds} funds, one after the other", _hours(month * share * funds)),
        Figure("the year-end of all of them", _hours(year_end)),
        Figure(f"transfers of a year: {rows:,}", f"{rows * known['bytes'] / 1e12:.2f} TB"),
    ]  # fmt: skip


def _looks(database: Database, book: Book, *, seed: int) -> list[float]:
    """Seconds of a look at a member's balance, members here and there, ascending; other members for another seed."""
    with database.session(viewer=POSTER) as session:
        store = LedgerStore(session.connection)
        names = [book.names[at] for at in np.random.default_rng(seed).integers(0, book.members, LOOKS)]
        store.balance(FUND, names[0])
        return sorted(seconds(lambda name=name: store.balance(FUND, name)) for name in names)


def _told_looks(what: str, taken: list[float], asked: str = "") -> Figure:
    median, slow = taken[len(taken) // 2], taken[len(taken) * 99 // 100]
    told = f"{median * 1e3:.2f} ms, p99 {slow * 1e3:.2f} ms"
    return Figure(what, told, asked, "look", median)


def _bytes_a_transfer(database: Database) -> float:
    """Size of the rows with their indexes over how many there are, in the whole database."""
    with database.connect() as connection:
        size, rows = connection.execute(
            """select sum(pg_total_relation_size(c.oid)), (select sum(lines) from ledger.seal)
               from pg_class c join pg_partition_tree('ledger.transfer') t on t.relid = c.oid where t.isleaf"""
        ).fetchone()
    return float(size) / float(rows)


def _check_snapshots(database: Database) -> None:
    with database.session(viewer=POSTER) as session:
        number = session.connection.execute("select fund from ledger.fund where name = %s", (FUND,)).fetchone()
        assert wrong_snapshots(session.connection, number[0]) == 0


def _timed(work: Any) -> tuple[float, CreditedYear]:
    started = time.perf_counter()
    found = work()
    return time.perf_counter() - started, found


def _hours(taken: float) -> str:
    return f"{taken / 3600:.2f} hours" if taken >= 3600 else f"{taken / 60:.1f} minutes"
