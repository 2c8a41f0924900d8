"""How much of plain COPY the books keep when they post a month with every invariant and the business key on.

A million members pay for one month: a row each to the pool and a row each to their account, two million transfers in one
batch, posted into the month's partition and into a table of its own. In the same run, in turns, the same rows are copied
into a table with a primary key and one index and nothing else. Prints medians, rates and ratios, and a member's balance.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from wayfare.ledger import Batch, SealedBatch, account_number, account_numbers, employer_clearing, member_account
from wayfare.ledger.batch import COLUMNS, empty_rows
from wayfare.storage import Database, Role, Viewer
from wayfare.storage.ledger_store import LedgerStore, copy_rows
from wayfare.storage.ledger_verify import verify_book

__all__ = ["EMPLOYERS", "FUND", "MEMBERS", "POSTER", "measure", "month_of_contributions", "open_book"]

FUND = "440000:employee_pension"
MEMBERS, EMPLOYERS, RUNS, LOOKS = 1_000_000, 20_000, 3, 500
POSTER = Viewer(name="bench", role=Role.POSTER, scope=None, purpose="bench ledger")
NEVER, ALWAYS = 2**31, 0
PLAIN = """
    create table plain (
        fund int, period int, batch int, line int, debit bigint, credit bigint, amount bigint, subject bigint,
        effective_from int, effective_months smallint, primary key (fund, batch, line));
    create index on plain (fund, subject)
"""


def measure(database: Database, *, members: int = MEMBERS, runs: int = RUNS) -> None:
    """Post months in turns by each way, and print what each took."""
    started = time.perf_counter()
    payers, owners = open_book(database, members)
    print(f"opening {members:,} accounts   {time.perf_counter() - started:6.2f} s")
    taken: dict[str, list[float]] = {"build": [], "plain": [], "partition": [], "leaf": []}
    for run in range(1, runs + 1):
        taken["build"].append(_timed(lambda: month_of_contributions(date(2024, 1, 28), payers, owners)))
        shared, own = (month_of_contributions(date(year, run, 28), payers, owners) for year in (2024, 2025))
        taken["plain"].append(_plain_copy(database, shared))
        taken["partition"].append(_posting(database, shared, own_leaf_from=NEVER))
        taken["leaf"].append(_posting(database, own, own_leaf_from=ALWAYS))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, what in (("plain", "plain COPY, key and index"), ("partition", "post to the partition"), ("leaf", "post to a leaf")):
        spread = " ".join(f"{each:.2f}" for each in taken[name])
        print(f"{what:26s} {medians[name]:6.2f} s  {2 * members / medians[name]:10,.0f} rows/s  ({spread})")
    print(f"build, sort, hash, seal    {medians['build']:6.2f} s")
    for name, least in (("partition", 0.60), ("leaf", 0.85)):
        whole = medians["plain"] / (medians[name] + medians["build"])
        print(f"{name} / plain COPY {medians['plain'] / medians[name]:6.2f}  with building {whole:.2f}  (asked: {least:.2f})")
    print(f"load of the machine        {os.getloadavg()[0]:6.2f}")
    _reading(database, members, 2 * members * 2 * runs)


def open_book(database: Database, members: int = MEMBERS) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """A fund with its members and employers, months laid out; the numbers of the employers' and the members' accounts."""
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
    """Both shares of every member for the month of a day, employer by employer, members in the order of their numbers."""
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


def _reading(database: Database, members: int, rows: int) -> None:
    with database.session(viewer=POSTER) as session:
        store = LedgerStore(session.connection)
        names = [member_account(str(number)) for number in range(0, members, members // LOOKS)]
        looks = sorted(_timed(lambda name=name: store.balance(FUND, name)) for name in names)
        print(f"balance of a member        {looks[len(looks) // 2] * 1e3:6.2f} ms median, {looks[-5] * 1e3:.2f} ms p99")
        taken = _timed(lambda: verify_book(session.connection, FUND))
        print(f"verify the whole book      {taken:6.2f} s  {rows / taken:10,.0f} rows/s")


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
