"""How much of plain COPY the books keep on the monthly run, with every invariant and the business key on.

A million members are assessed for a month from the office's records: a row each to the pool and a row each to their
account. The same two million rows are copied into a table with a primary key and one index and nothing else, posted
into a month's partition and posted into a table of their own, three months in turns. Tells medians and ratios, without
and with the assessment, and then a member's balance.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.ledger_book import FUND, NEVER, POSTER, YEAR, Book, checkpoint, post, processor_seconds, timed, told
from bench.ledger_month import MONTHS, assess, lay_in, prepare, read
from bench.measure import Figure
from wayfare.app.funds.run_month import post_month
from wayfare.funds.month import MonthRun
from wayfare.funds.month.records import yyyymm
from wayfare.kernel import Month
from wayfare.ledger import Batch, SealedBatch
from wayfare.ledger.batch import COLUMNS, empty_rows
from wayfare.storage import Database
from wayfare.storage.ledger_store import LedgerStore, copy_rows
from wayfare.storage.ledger_verify import verify_book

__all__ = ["figures"]

LOOKS = 500
WAYS = {
    "read": "records read out as columns", "assess": "the same and put to the law",
    "prepare": "the whole preview: read, assess, build, seal", "plain": "plain COPY, key and index",
    "partition": "posted to the month's partition", "leaf": "posted to a table of its own",
}  # fmt: skip
PLAIN = """
    create table plain (
        fund int, period int, batch int, line int, debit bigint, credit bigint, amount bigint, subject bigint,
        effective_from int, effective_months smallint, primary key (fund, batch, line));
    create index on plain (fund, subject)
"""


class Spent(NamedTuple):
    """Seconds on the wall, and of the processor by client and server together."""

    wall: float
    processor: float


def figures(database: Database, book: Book) -> list[Figure]:
    """Three months by each way in turn; then balances and a whole reading."""
    book.open(database)
    told("laying in the records")
    laid_in = timed(lambda: lay_in(database, book.members))
    taken: dict[str, list[Spent]] = {name: [] for name in WAYS}
    rows = 0
    for month in MONTHS:
        told(f"running {month}")
        rows = _one_month(database, book, month, taken)
    again = timed(lambda: _nothing_left(database))
    middle = {name: Spent(*(statistics.median(x) for x in zip(*each, strict=True))) for name, each in taken.items()}
    found = [
        _seconds(f"{book.members:,} accounts opened", book.opened, "posting_open"),
        _seconds("records laid in, three months of wages", laid_in, "posting_records"),
    ]
    for name, what in WAYS.items():
        found.append(_spent(f"{what}, {rows:,} rows", middle[name], taken[name], f"posting_{name}"))
    for name, least in (("partition", "at least 0.60"), ("leaf", "at least 0.85")):
        found += [
            _ratio(f"plain COPY over posting, {WAYS[name]}", middle["plain"], [middle[name]], least),
            _ratio("the same with the assessment", middle["plain"], [middle["prepare"], middle[name]], "reported"),
        ]  # fmt: skip
    found.append(_seconds("a repeat that finds nothing to do", again, "posting_again"))
    return found + _reading(database, book)


def _one_month(database: Database, book: Book, month: Month, taken: dict[str, list[Spent]]) -> int:
    """The month by each way; how many rows it had."""
    runs: list[MonthRun] = []

    def measure(name: str, work: Callable[[], object]) -> None:
        before = processor_seconds(database)
        wall = timed(work)
        taken[name].append(Spent(wall, processor_seconds(database) - before))

    measure("read", lambda: read(database, month, book.members))
    measure("assess", lambda: assess(database, month, book.members))
    measure("prepare", lambda: runs.append(prepare(database, month)))
    batch = runs[0].batch
    assert batch is not None and runs[0].charged == book.members
    earlier, plain = _a_year_before(batch), _plain_rows(database, batch)
    for name, work in (
        ("plain", lambda: _copy(database, plain)),
        ("partition", lambda: post(database, earlier, own_leaf_from=NEVER)),
        ("leaf", lambda: post_month(database, runs[0])),
    ):
        checkpoint(database)
        measure(name, work)
    book.months.add(yyyymm(month))
    return batch.lines


def _a_year_before(batch: SealedBatch) -> SealedBatch:
    """The same rows as the charges of the same month of the year before, which is laid out in partitions."""
    on = date(YEAR - 1, batch.on.month, 28)
    again, rows = Batch(FUND, on, f"contributions:{on:%Y-%m}", decision=batch.decision), batch.columns()
    again.move_columns(**{name: rows[name] for name in ("debit", "credit", "amount", "subject")})
    return again.seal()


def _plain_rows(database: Database, batch: SealedBatch) -> NDArray[np.void]:
    """The rows of a batch for the plain table, which is made anew."""
    with database.connect() as connection:
        connection.execute(f"drop table if exists plain; {PLAIN}")
    rows = empty_rows(batch.lines, {"fund": "i4", "period": "i4", "batch": "i4", **COLUMNS})
    for name in COLUMNS:
        rows[name] = batch.rows[name]
    rows["period"] = batch.period
    return rows


def _copy(database: Database, rows: NDArray[np.void]) -> None:
    with database.connect() as connection:
        copy_rows(connection, "plain", rows)


def _nothing_left(database: Database) -> None:
    assert prepare(database, MONTHS[-1]).batch is None


def _reading(database: Database, book: Book) -> list[Figure]:
    names = book.names[:: max(book.members // LOOKS, 1)]
    with database.session(viewer=POSTER) as session:
        store = LedgerStore(session.connection)
        open_months = _looks(store, names)
        counted = []
        whole = timed(lambda: counted.append(verify_book(session.connection, FUND)))
    book.begin_year(database)
    with database.session(viewer=POSTER) as session:
        snapshot = _looks(LedgerStore(session.connection), names)
    return [
        _look("a member's balance, snapshot and three open months", snapshot, "posting_look"),
        _look("the same, six open months, three of them partitions", open_months, "posting_look_open"),
        _seconds(f"the whole book read back, {counted[0].transfers:,} rows", whole, "posting_verify"),
    ]


def _looks(store: LedgerStore, names: Sequence[str]) -> list[float]:
    return sorted(timed(lambda name=name: store.balance(FUND, name)) for name in names)


def _look(what: str, looks: Sequence[float], name: str) -> Figure:
    median, slow = looks[len(looks) // 2], looks[len(looks) * 99 // 100]
    return Figure(what, f"{median * 1e3:.2f} ms, p99 {slow * 1e3:.2f} ms", "under 1 ms", name, median)


def _seconds(what: str, taken: float, name: str) -> Figure:
    return Figure(what, f"{taken:.2f} s", "", name, taken)


def _spent(what: str, middle: Spent, each: Sequence[Spent], name: str) -> Figure:
    walls = ", ".join(f"{one.wall:.2f}" for one in each)
    return Figure(what, f"{middle.wall:.2f} s ({walls}); {middle.processor:.2f} s of processor", "", name, middle.wall)


def _ratio(what: str, plain: Spent, ours: Sequence[Spent], asked: str) -> Figure:
    wall, processor = plain.wall / sum(x.wall for x in ours), plain.processor / sum(x.processor for x in ours)
    return Figure(what, f"{wall:.2f}; {processor:.2f} by processor time", asked)
