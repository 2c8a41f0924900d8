"""The fund that the parts of bench `ledger` share: its accounts are opened once, and its months are posted once.

A fund of a million members and twenty thousand employers begins with an opening balance. 2023 is laid out month by
month and takes rows by the partition path; the months of 2024 are large runs with tables of their own. What a part
finds missing, it posts.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from wayfare.app.funds.interest import post_year, prepare_year
from wayfare.ledger import (
    PERSON,
    Batch,
    Posted,
    SealedBatch,
    account_number,
    account_numbers,
    employer_clearing,
    member_account,
)
from wayfare.rulebook import load_rulebook
from wayfare.storage import Database, Role, Viewer
from wayfare.storage.ledger_store import LedgerStore

__all__ = [
    "EMPLOYERS", "FUND", "MEMBERS", "NEVER", "POSTER", "TODAY", "YEAR", "Book", "checkpoint", "close", "post",
    "processor_seconds", "settle", "timed", "told",
]  # fmt: skip

FUND = "310000:employee_pension"  # where every figure of the law is sure
MEMBERS, EMPLOYERS = 1_000_000, 20_000
YEAR = 2024
TODAY = date(2026, 1, 2)
NEVER = 2**31  # rows from which on a batch has a table of its own
POSTER = Viewer(name="bench", role=Role.POSTER, scope=None, purpose="bench ledger")


class Book:
    """The shared fund in its database; `opened` says how long the opening took, in seconds."""

    def __init__(self, members: int = MEMBERS) -> None:
        self.members = members
        self.opened = 0.0
        self.months: set[int] = set()  # of YEAR, as yyyymm
        self._is_begun = False
        self.names = [member_account(str(number)) for number in range(1, members + 1)]
        self.owners = np.sort(account_numbers(self.names))
        self._employers = [employer_clearing(f"E-{number}") for number in range(1, EMPLOYERS + 1)]

    def open(self, database: Database) -> None:
        """Open the fund's accounts with what they begin with, unless a part before did."""
        if self.opened:
            return
        told(f"opening {self.members:,} accounts")
        batch = Batch(FUND, date(YEAR - 2, 12, 31), "opening")
        for name in ("pooled_fund", "outside:before", PERSON, *self._employers, *self.names):
            batch.open(name)
        amount = np.random.default_rng(YEAR).integers(100_000, 20_000_000, self.members)
        batch.move_columns(debit=np.int64(account_number("outside:before")), credit=self.owners, amount=amount)
        batch.move(debit="outside:before", credit="pooled_fund", amount=10**13)
        sealed = batch.seal()
        self.opened = timed(lambda: post(database, sealed))
        with database.connect() as connection:
            connection.execute("select ledger.add_months(%s)", (YEAR - 1,))
        close(database, (YEAR - 2) * 100 + 12)

    def begin_year(self, database: Database) -> None:
        """End the year before, with its interest, unless a part before did."""
        if not self._is_begun:
            law = load_rulebook()
            close(database, (YEAR - 1) * 100 + 11)
            post_year(database, law, prepare_year(database, law, FUND, YEAR - 1, today=TODAY), today=TODAY)
            close(database, (YEAR - 1) * 100 + 12)
            self._is_begun = True

    def fill(self, database: Database) -> list[float]:
        """Post the months of YEAR that are missing, each into a table of its own; the seconds of each."""
        payers, taken = account_numbers(self._employers), []
        for month in sorted(set(range(YEAR * 100 + 1, YEAR * 100 + 13)) - self.months):
            batch = _month(date(YEAR, month % 100, 28), payers, self.owners)
            taken.append(timed(lambda batch=batch: post(database, batch)))
            self.months.add(month)
            told(f"posted {month} in {taken[-1]:.1f} s")
        return taken


def _month(day: date, payers: NDArray[np.int64], owners: NDArray[np.int64]) -> SealedBatch:
    """Both shares of every member for the month of a day, members in the order of their numbers."""
    members = len(owners)
    wages = np.random.default_rng(day.month).integers(3_000, 20_000, members) * 100
    credit = np.full(2 * members, account_number("pooled_fund"))
    credit[1::2] = owners
    batch = Batch(FUND, day, f"contributions:{day:%Y-%m}")
    batch.move_columns(
        debit=np.repeat(payers[np.arange(members) % len(payers)], 2), credit=credit,
        amount=np.repeat(wages, 2) * np.tile([16, 8], members) // 100, subject=np.repeat(owners, 2),
    )  # fmt: skip
    return batch.seal()


def post(database: Database, batch: SealedBatch, *, own_leaf_from: int = 0) -> Posted:
    """Post a batch in a session of its own, into a table of its own unless told."""
    with database.session(viewer=POSTER) as session:
        return LedgerStore(session.connection, own_leaf_from=own_leaf_from).post(batch)


def close(database: Database, through: int) -> None:
    """Close the fund's months."""
    with database.session(viewer=POSTER) as session:
        LedgerStore(session.connection).close(FUND, through)


def checkpoint(database: Database) -> None:
    """Let each side start from the same state, where the server lets us."""
    with database.connect() as connection:
        connection.autocommit = True
        try:
            connection.execute("checkpoint")
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(2)


def settle(database: Database) -> None:
    """Let the book stand as it does some minutes after a run, when the server has tidied up by itself."""
    with database.connect() as connection:
        connection.autocommit = True
        connection.execute("vacuum (analyze) ledger.transfer")
    checkpoint(database)


def processor_seconds(database: Database) -> float:
    """Processor time of this process and of the database server with all its processes, gone ones included.

    A machine that others use moves the clock on the wall; this it hardly moves.
    """
    with database.connect() as connection:
        found = connection.execute("select pg_backend_pid()").fetchone()
        assert found is not None
        server, processes = _parent(found[0]), [int(path.name) for path in Path("/proc").glob("[0-9]*")]
        mine = [process for process in processes if _parent(process) == server]
        ticks = sum(_ticks(server, 11, 15)) + sum(sum(_ticks(process, 11, 13)) for process in mine)
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def _parent(process: int) -> int:
    return next(iter(_ticks(process, 1, 2)), 0)


def _ticks(process: int, first: int, last: int) -> list[int]:
    """Fields of a process's status after its name; none of one that has just ended."""
    try:
        told = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(field) for field in told.rpartition(")")[2].split()[first:last]]


def timed(work: Callable[[], Any]) -> float:
    """Seconds that work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def told(what: str) -> None:
    """Say on stderr how far the bench is."""
    print(what, file=sys.stderr, flush=True)
