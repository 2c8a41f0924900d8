"""How much of plain COPY the books keep when they post a month with every invariant on.

Half a million members pay for one month: a row each to the pool and a row each to their account, one million transfers
in one batch. In the same run the same rows are copied into a table with a primary key and one index and nothing else.
Prints the rates, medians of alternating runs, and their ratio; then verification and the balance of a member.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import psycopg

from wayfare.ledger import Batch, SealedBatch, account_number, account_numbers
from wayfare.ledger.batch import COLUMNS, empty_rows
from wayfare.storage import Database, Role, Settings, Viewer, open_database
from wayfare.storage.ledger_store import LedgerStore, copy_rows
from wayfare.storage.ledger_verify import verify_book

__all__ = ["main"]

FUND = "440000:employee_pension"
MEMBERS, EMPLOYERS, RUNS, LOOKS = 500_000, 2_000, 3, 500
POSTER = Viewer(name="bench", role=Role.POSTER, scope=None, purpose="bench ledger")
PLAIN = """
    create table plain (
        fund int, period int, batch int, line int, debit bigint, credit bigint, amount bigint, subject bigint,
        effective_from int, effective_months smallint, primary key (fund, batch, line));
    create index on plain (fund, subject)
"""


def main() -> None:
    """Run the measure on an embedded server of its own."""
    with tempfile.TemporaryDirectory(prefix="wayfare-bench-", ignore_cleanup_errors=True) as directory:
        Path(directory).chmod(0o755)
        with open_database(Settings(state=Path(directory) / "state", idle_seconds=1.0)) as database:
            _measure(database)


def _measure(database: Database) -> None:
    employers = [f"contribution_clearing:E-{number}" for number in range(EMPLOYERS)]
    members = [f"account:{number}" for number in range(MEMBERS)]
    print(f"opening {MEMBERS:,} accounts: {_timed(lambda: _post(database, _opening(employers, members))):.1f} s")
    payers, owners = account_numbers(employers), np.sort(account_numbers(members))
    with database.connect() as connection:
        connection.execute("select ledger.add_months(2024)")
    posted, plain, built = [], [], []
    for run in range(RUNS):
        started = time.perf_counter()
        batch = _month(date(2024, 1 + run, 28), payers, owners)
        built.append(time.perf_counter() - started)
        plain.append(_plain_copy(database, batch))
        posted.append(_posting(database, batch))
    build, copy, post = (statistics.median(times) for times in (built, plain, posted))
    print(f"build and seal the batch   {build:6.2f} s")
    print(f"plain COPY, key and index  {copy:6.2f} s  {2 * MEMBERS / copy:10,.0f} rows/s")
    print(f"post, every invariant on   {post:6.2f} s  {2 * MEMBERS / post:10,.0f} rows/s")
    print(f"ratio post to plain COPY   {copy / post:6.2f}")
    print(f"ratio with building        {copy / (post + build):6.2f}")
    _reading(database, members)


def _opening(employers: list[str], members: list[str]) -> SealedBatch:
    batch = Batch(FUND, date(2023, 12, 31), "opening")
    for name in ("pooled_fund", "contribution_clearing:persons", *employers, *members):
        batch.open(name)
    return batch.seal()


def _month(day: date, payers: Any, owners: Any) -> SealedBatch:
    wages = np.random.default_rng(day.month).integers(300_000, 2_000_000, MEMBERS)
    pool, persons = account_number("pooled_fund"), account_number("contribution_clearing:persons")
    debit, credit = np.full(2 * MEMBERS, persons), np.full(2 * MEMBERS, pool)
    debit[0::2], credit[1::2] = payers[np.arange(MEMBERS) % EMPLOYERS], owners
    batch = Batch(FUND, day, f"contributions:{day:%Y-%m}")
    batch.move_columns(
        debit=debit, credit=credit, amount=np.repeat(wages, 2) * np.tile([16, 8], MEMBERS) // 100,
        subject=np.repeat(owners, 2),
    )  # fmt: skip
    return batch.seal()


def _posting(database: Database, batch: SealedBatch) -> float:
    _checkpoint(database)
    return _timed(lambda: _post(database, batch))


def _plain_copy(database: Database, batch: SealedBatch) -> float:
    with database.connect() as connection:
        connection.execute(f"drop table if exists plain; {PLAIN}")
    _checkpoint(database)

    placed = {"fund": "i4", "period": "i4", "batch": "i4", **COLUMNS}
    rows = empty_rows(batch.lines, placed)
    for name in COLUMNS:
        rows[name] = batch.rows[name]
    rows["period"] = batch.period

    def copy() -> None:
        with database.connect() as connection:
            copy_rows(connection, "plain", rows)

    return _timed(copy)


def _checkpoint(database: Database) -> None:
    """Let both sides start from the same state, where the server lets us."""
    with database.connect() as connection:
        connection.autocommit = True
        try:
            connection.execute("checkpoint")
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(2)


def _post(database: Database, batch: SealedBatch) -> None:
    with database.session(viewer=POSTER) as session:
        LedgerStore(session.connection).post(batch)


def _reading(database: Database, members: list[str]) -> None:
    with database.session(viewer=POSTER) as session:
        taken = _timed(lambda: verify_book(session.connection, FUND))
        print(f"verify the whole book      {taken:6.2f} s  {2 * MEMBERS * RUNS / taken:10,.0f} rows/s")
        store = LedgerStore(session.connection)
        looks = sorted(_timed(lambda m=m: store.balance(FUND, m)) for m in members[:: MEMBERS // LOOKS])
        print(f"balance of a member        {looks[len(looks) // 2] * 1e3:6.2f} ms median, {looks[-5] * 1e3:.2f} ms p99")


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
