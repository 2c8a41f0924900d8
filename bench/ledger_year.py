"""A year-end of a million members, looks at a member's balance, and what it all comes to for the nation.

A fund's book is laid in with an opening balance and twelve months of both shares, 25 million transfers. Then its year
is ended: the interest of every member, worked out from the book and posted as one batch, and December closed with the
snapshot of every account.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.measure import Figure, seconds
from wayfare.app.funds.interest import CreditedYear, post_year, prepare_year
from wayfare.ledger import Batch, SealedBatch, account_number, account_numbers, employer_clearing, member_account
from wayfare.rulebook import load_rulebook
from wayfare.storage import Database, Role, Viewer
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.snapshot_verify import wrong_snapshots

__all__ = ["FUND", "MEMBERS", "figures", "nation"]

FUND = "320000:employee_pension"
MEMBERS, EMPLOYERS, LOOKS, YEAR = 1_000_000, 10_000, 2_000, 2024
NATION = 280_000_000  # people who work away from the place where they are registered
FUND_OF_THE_NATION = 700_000  # members of one of 400 funds
POSTER = Viewer(name="bench", role=Role.POSTER, scope=None, purpose="bench ledger")
TODAY = date(2026, 1, 2)


def figures(database: Database, *, members: int = MEMBERS) -> list[Figure]:
    """Looks at balances in the open year, the year's interest, the snapshot, and the checks of both."""
    laid = _lay_in(database, members)
    look = _looks(database, members)
    law, spent = load_rulebook(), processor_seconds(database)
    worked_out, prepared = _timed(lambda: prepare_year(database, law, FUND, YEAR, today=TODAY))
    posted, done = _timed(lambda: post_year(database, law, prepared, today=TODAY))
    snapshot = seconds(lambda: _close(database, YEAR * 100 + 12))
    whole, spent = worked_out + posted + snapshot, processor_seconds(database) - spent
    checked = seconds(lambda: _check_snapshots(database))
    after = _looks(database, members)
    bytes_a_row = _bytes_a_transfer(database)
    return [
        _seconds("a month of both shares posted, median of twelve", laid, "year_month"),
        *_told_looks("in the open year, twelve months of rows", look),
        _seconds(f"the year's interest worked out from {24 * members:,} rows", worked_out, "year_worked_out"),
        _seconds(f"and posted: {done.members:,} rows, residue {done.residue} yuan", posted, "year_posted"),
        _seconds("December closed with the snapshot of every account", snapshot, "year_snapshot"),
        Figure("year-end, interest and snapshot together", f"{whole:.1f} s, {spent:.1f} s of processor", "under 30 s",
               "year_end", whole),
        _seconds("the snapshots checked against all rows", checked, "year_checked"),
        *_told_looks("after the snapshot", after),
        Figure("storage of a transfer with its indexes", f"{bytes_a_row:.0f} bytes", name="bytes", number=bytes_a_row),
    ]  # fmt: skip


def _seconds(what: str, taken: float, name: str) -> Figure:
    return Figure(what, f"{taken:.1f} s", "", name, taken)


def nation(found: list[Figure], *, members: int = MEMBERS) -> list[Figure]:
    """What the measured parts come to for 280 million members in funds of 0.7 million, one after the other."""
    known = {each.name: each.number for each in found if each.name}
    funds, share = NATION // FUND_OF_THE_NATION, FUND_OF_THE_NATION / members
    month = known.get("month_prepare", 0.0) + known.get("month_post", known["year_month"])
    year_end = known["year_end"] * share * funds
    rows = NATION * (2 * 12 + 1)
    return [
        Figure(f"a month of {NATION:,} members in {funds} funds, one after the other", _hours(month * share * funds)),
        Figure("the year-end of all of them", _hours(year_end)),
        Figure(f"transfers of a year: {rows:,}", f"{rows * known['bytes'] / 1e12:.2f} TB"),
    ]  # fmt: skip


def _lay_in(database: Database, members: int) -> float:
    """The fund's book: closed through the year before, twelve months posted, closed through November."""
    owners = np.sort(account_numbers(member_account(str(number)) for number in range(members)))
    payers = account_numbers(employer_clearing(f"E-{number}") for number in range(EMPLOYERS))
    _told(f"opening {members:,} accounts")
    _post(database, _opening(members, owners))
    _close(database, (YEAR - 1) * 100 + 12)
    taken = []
    for month in range(1, 13):
        batch = _month(date(YEAR, month, 28), payers, owners)
        taken.append(seconds(lambda batch=batch: _post(database, batch)))
        _told(f"posted {YEAR}-{month:02} in {taken[-1]:.1f} s")
    _close(database, YEAR * 100 + 11)
    return statistics.median(taken)


def _opening(members: int, owners: NDArray[np.int64]) -> SealedBatch:
    batch = Batch(FUND, date(YEAR - 1, 12, 31), "opening")
    for name in ("pooled_fund", "outside:before", *(employer_clearing(f"E-{number}") for number in range(EMPLOYERS))):
        batch.open(name)
    for number in range(members):
        batch.open(member_account(str(number)))
    amount = np.random.default_rng(YEAR).integers(100_000, 20_000_000, members)
    batch.move_columns(debit=np.int64(account_number("outside:before")), credit=owners, amount=amount)
    batch.move(debit="outside:before", credit="pooled_fund", amount=10**13)
    return batch.seal()


def _month(day: date, payers: NDArray[np.int64], owners: NDArray[np.int64]) -> SealedBatch:
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


def _looks(database: Database, members: int) -> list[float]:
    """Seconds of a look at a member's balance, members here and there, ascending."""
    with database.session(viewer=POSTER) as session:
        store = LedgerStore(session.connection)
        names = [member_account(str(number)) for number in np.random.default_rng(1).integers(0, members, LOOKS)]
        store.balance(FUND, names[0])
        return sorted(seconds(lambda name=name: store.balance(FUND, name)) for name in names)


def _told_looks(when: str, taken: list[float]) -> list[Figure]:
    median, slow = taken[len(taken) // 2], taken[len(taken) * 99 // 100]
    told = f"{median * 1e3:.2f} ms, p99 {slow * 1e3:.2f} ms"
    return [Figure(f"a member's balance {when}", told, "under 1 ms", "look", median)]


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


def _close(database: Database, through: int) -> None:
    with database.session(viewer=POSTER) as session:
        LedgerStore(session.connection).close(FUND, through)


def _post(database: Database, batch: SealedBatch) -> None:
    with database.session(viewer=POSTER) as session:
        LedgerStore(session.connection).post(batch)


def _timed(work: Any) -> tuple[float, CreditedYear]:
    started = time.perf_counter()
    found = work()
    return time.perf_counter() - started, found


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


def _hours(taken: float) -> str:
    return f"{taken / 3600:.2f} hours" if taken >= 3600 else f"{taken / 60:.1f} minutes"


def _told(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
