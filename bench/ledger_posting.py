"""How much of plain COPY the books keep when they post a month with every invariant and the business key on.

A million members pay for one month: a row each to the pool and a row each to their account, two million transfers in
one batch, posted into the month's partition and into a table of its own. In the same run, in turns, the same rows are
copied into a table with a primary key and one index and nothing else. Tells medians, ratios, and a member's balance.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from bench.measure import Figure
from wayfare.ledger import Batch, SealedBatch, account_number, account_numbers, employer_clearing, member_account
from wayfare.ledger.batch import COLUMNS, empty_rows
from wayfare.storage import Database, Role, Viewer
from wayfare.storage.ledger_store import LedgerStore, copy_rows
from wayfare.storage.ledger_verify import verify_book

__all__ = ["EMPLOYERS", "FUND", "MEMBERS", "POSTER", "figures", "month_of_contributions", "open_book"]

FUND = "440000:employee_pension"
MEMBERS, EMPLOYERS, RUNS, LOOKS = 1_000_000, 20_000, 3, 500
POSTER = Viewer(name="bench", role=Role.POSTER, scope=None, purpose="bench ledger")
NEVER, ALWAYS = 2**31, 0
WAYS = {
    "build": "a month built, sorted, hashed, sealed", "plain": "plain COPY, key and index",
    "partition": "posted to the month's partition", "leaf": "posted to a table of its own",
}  # fmt: skip
PLAIN = """
    create table plain (
        fund int, period int, batch int, line int, debit bigint, credit bigint, amount bigint, subject bigint,
        effective_from int, effective_months smallint, primary key (fund, batch, line));
    create index on plain (fund, subject)
"""


def figures(database: Database, *, members: int = MEMBERS, runs: int = RUNS) -> list[Figure]:
    """Months posted in turns by each way, against plain COPY of the same rows; then balances and a whole reading."""
    opened = time.perf_counter()
    payers, owners = open_book(database, members)
    found = [_seconds(f"{members:,} accounts opened", time.perf_counter() - opened, "posting_open")]
    taken: dict[str, list[float]] = {"build": [], "plain": [], "partition": [], "leaf": []}
    for run in range(1, runs + 1):
        taken["build"].append(_timed(lambda: month_of_contributions(date(2024, 1, 28), payers, owners)))
        shared, own = (month_of_contributions(date(year, run, 28), payers, owners) for year in (2024, 2025))
        taken["plain"].append(_plain_copy(database, shared))
        taken["partition"].append(_posting(database, shared, own_leaf_from=NEVER))
        taken["leaf"].append(_posting(database, own, own_leaf_from=ALWAYS))
    found += [
        _seconds(f"{what}, {2 * members:,} rows", statistics.median(taken[name]), f"posting_{name}", taken[name])
        for name, what in WAYS.items()
    ]
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, least in (("partition", "at least 0.60"), ("leaf", "at least 0.85")):
        ratio, whole = (medians["plain"] / (medians[name] + more) for more in (0.0, medians["build"]))
        told = f"{ratio:.2f}; {whole:.2f} with building"
        found.append(Figure(f"plain COPY over posting, {WAYS[name]}", told, least, f"ratio_{name}", ratio))
    return found + _reading(database, members, 2 * members * 2 * runs)


def _seconds(what: str, taken: float, name: str, each: Sequence[float] = ()) -> Figure:
    spread = f" ({', '.join(f'{one:.2f}' for one in each)})" if each else ""
    return Figure(what, f"{taken:.2f} s{spread}", "", name, taken)


def open_book(database: Database, members: int = MEMBERS) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A fund with members and employers, months laid out; the numbers of the employers' and the members' accounts."""
    employers = [employer_clearing(f"E-{number}") for number in range(EMPLOYERS)]
    names = [member_account(str(number)) for number in range(members)]
    batch = Batch(FUND, date(2023, 12, 31), "opening")
    for name in ("pooled_fund", *employers, *names):
        batch.open(name)
    _post(database, batch.seal())
    with database.connect() as connection:
        connection.execute("select ledger.add_months(2024)")
    return account_numbers(employers), np.sort(account_numbers(names))


def month_of_contributions(day: date, payers: NDArray[np.int64], owners: NDArray[np.int64]) -> SealedBatch:
    """Both shares of every member for the month of a day, members in the order of their numbers."""
    members = len(owners)
    wages = np.random.default_rng(day.month).integers(300_000, 2_000_000, members)
    credit = np.full(2 * members, account_number("pooled_fund"))
    credit[1::2] = owners
    batch = Batch(FUND, day, f"contributions:{day:%Y-%m}")
    batch.move_columns(
        debit=np.repeat(payers[np.arange(members) % len(payers)], 2), credit=credit,
        amount=np.repeat(wages, 2) * np.tile([16, 8], members) // 100, subject=np.repeat(owners, 2),
    )  # fmt: skip
    return batch.seal()


def _posting(database: Database, batch: SealedBatch, *, own_leaf_from: int) -> float:
    _checkpoint(database)
    return _timed(lambda: _post(database, batch, own_leaf_from=own_leaf_from))


def _plain_copy(database: Database, batch: SealedBatch) -> float:
    with database.connect() as connection:
        connection.execute(f"drop table if exists plain; {PLAIN}")
    placed = {"fund": "i4", "period": "i4", "batch": "i4", **COLUMNS}
    rows = empty_rows(batch.lines, placed)
    for name in COLUMNS:
        rows[name] = batch.rows[name]
    rows["period"] = batch.period

    def copy() -> None:
        with database.connect() as connection:
            copy_rows(connection, "plain", rows)

    _checkpoint(database)
    return _timed(copy)


def _checkpoint(database: Database) -> None:
    """Let each side start from the same state, where the server lets us."""
    with database.connect() as connection:
        connection.autocommit = True
        try:
            connection.execute("checkpoint")
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(2)


def _post(database: Database, batch: SealedBatch, *, own_leaf_from: int = NEVER) -> None:
    with database.session(viewer=POSTER) as session:
        LedgerStore(session.connection, own_leaf_from=own_leaf_from).post(batch)


def _reading(database: Database, members: int, rows: int) -> list[Figure]:
    with database.session(viewer=POSTER) as session:
        store = LedgerStore(session.connection)
        names = [member_account(str(number)) for number in range(0, members, max(members // LOOKS, 1))]
        open_months = _looks(store, names)
        taken = _timed(lambda: verify_book(session.connection, FUND))
        store.close(FUND, 202412)
        snapshot = _looks(store, names)
    return [
        _look("a member's balance, snapshot and open months", snapshot, "under 1 ms", "posting_look"),
        _look("a member's balance, all months open", open_months, "", "posting_look_open"),
        _seconds(f"the whole book read back, {rows:,} rows", taken, "posting_verify"),
    ]


def _looks(store: LedgerStore, names: Sequence[str]) -> list[float]:
    return sorted(_timed(lambda name=name: store.balance(FUND, name)) for name in names)


def _look(what: str, looks: Sequence[float], asked: str, name: str) -> Figure:
    median, slow = looks[len(looks) // 2], looks[-5]
    return Figure(what, f"{median * 1e3:.2f} ms, p99 {slow * 1e3:.2f} ms", asked, name, median)


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
