"""The month of a fund of a million members, from the office's records to the books, part by part.

In one run, month by month: the records are read and put to the law, the batch is built and posted with every invariant
and the business key on, and the same rows are copied into a plain table with a primary key and one index, so that the
ratio can be told without and with the assessment. The records themselves are laid in before and reported apart.
"""

from __future__ import annotations

import statistics
import sys
from datetime import date

from bench.ledger_posting import _plain_copy as plain_copy
from bench.measure import Figure, seconds
from wayfare.app.funds.run_month import CHUNK, post_month, prepare_month
from wayfare.funds.month import Assessor, MonthRun, current_members
from wayfare.funds.month.records import yyyymm
from wayfare.kernel import Month
from wayfare.ledger import Batch, SealedBatch
from wayfare.rulebook import load_rulebook
from wayfare.storage import Database, Role, Viewer
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.office_store import OfficeStore

__all__ = ["figures"]

FUND = "310000:employee_pension"  # where every figure of the law is sure
MEMBERS, EMPLOYERS = 1_000_000, 5_000
MONTHS = (Month("2024-01"), Month("2024-02"), Month("2024-03"))
POSTER = Viewer(name="bench", role=Role.POSTER, scope=None, purpose="bench ledger")
_EMPLOYED = """
    insert into office.employer (fund, id, name, place)
    select %(fund)s, 'E-' || n, 'Employer ' || n, 310000 from generate_series(1, %(employers)s) as n"""
_ENROLLED = """
    insert into office.enrolment (fund, member, employer, basis, place, from_month, to_month)
    select %(fund)s, n::text, case when n %% 20 <> 0 then 'E-' || 1 + n %% %(employers)s end,
           case when n %% 20 <> 0 then 'employee' else 'flexible' end, 310000, 202301, 219912
    from generate_series(1, %(members)s) as n order by ledger.account_number('account:' || n)"""
_WAGES = """
    insert into office.wage (fund, member, month, fen)
    select %(fund)s, n::text, %(month)s, 300000 + (n::bigint * 7919 + %(month)s) %% 3700000
    from generate_series(1, %(members)s) as n order by ledger.account_number('account:' || n)"""


def figures(database: Database, *, members: int = MEMBERS) -> list[Figure]:
    """What each part of the month takes, medians over the months, and the ratios to plain COPY of the same rows."""
    _told(f"laying in {members:,} members")
    laid_in = seconds(lambda: _lay_in(database, members))
    opened = seconds(lambda: _post(database, _opening(members)))
    taken: dict[str, list[float]] = {}
    rows = 0
    for month in MONTHS:
        _told(f"running {month}")
        runs: list[MonthRun] = []
        parts = {
            "read": lambda month=month: _read(database, month),
            "assess": lambda month=month: _assess(database, month),
            "prepare": lambda month=month, runs=runs: runs.append(_prepare(database, month)),
        }  # fmt: skip
        for name, part in parts.items():
            taken.setdefault(name, []).append(seconds(part))
        batch = runs[0].batch
        assert batch is not None and runs[0].charged == members
        rows = batch.lines
        taken.setdefault("copy", []).append(plain_copy(database, batch))
        taken.setdefault("post", []).append(seconds(lambda runs=runs: post_month(database, runs[0])))
    again = seconds(lambda: _nothing_left(database))
    middle = {name: statistics.median(times) for name, times in taken.items()}
    return _lines(middle, rows, {"laid_in": laid_in, "opened": opened, "again": again})


def _lines(middle: dict[str, float], rows: int, once: dict[str, float]) -> list[Figure]:
    post, copy, prepare = middle["post"], middle["copy"], middle["prepare"]
    return [
        _seconds("records laid in, three months of wages", once["laid_in"], "month_records"),
        _seconds("accounts opened", once["opened"], "month_open"),
        _seconds("records read out as columns", middle["read"], "month_read"),
        _seconds("records read and put to the law", middle["assess"], "month_assess"),
        _seconds("the whole preview: read, assess, build, seal", prepare, "month_prepare"),
        _seconds("the batch posted, every invariant and the business key on", post, "month_post"),
        _seconds(f"plain COPY of the same {rows:,} rows, key and index", copy, "month_copy"),
        Figure("ratio of plain COPY to posting", f"{copy / post:.2f}", "at least 0.85", "month_ratio", copy / post),
        Figure("the same with the whole preview", f"{copy / (post + prepare):.2f}", "", "month_ratio_whole",
               copy / (post + prepare)),
        _seconds("a repeat that finds nothing to do", once["again"], "month_again"),
    ]  # fmt: skip


def _seconds(what: str, taken: float, name: str) -> Figure:
    return Figure(what, f"{taken:.2f} s", "", name, taken)


def _lay_in(database: Database, members: int) -> None:
    values = {"fund": FUND, "members": members, "employers": EMPLOYERS}
    with database.session(viewer=POSTER) as session:
        session.connection.execute(_EMPLOYED, values)
        session.connection.execute(_ENROLLED, values)
        for month in MONTHS:
            session.connection.execute(_WAGES, {**values, "month": yyyymm(month)})
    with database.connect() as connection:
        connection.autocommit = True
        connection.execute("vacuum (analyze) office.enrolment, office.wage, office.employer")


def _opening(members: int) -> SealedBatch:
    batch = Batch(FUND, date(2023, 12, 31), "opening")
    employers = [f"contribution_clearing:employer:E-{n}" for n in range(1, EMPLOYERS + 1)]
    for name in ("pooled_fund", "contribution_clearing:person", *employers):
        batch.open(name)
    for number in range(1, members + 1):
        batch.open(f"account:{number}")
    return batch.seal()


def _post(database: Database, batch: SealedBatch) -> None:
    with database.session(viewer=POSTER) as session:
        LedgerStore(session.connection).post(batch)


def _read(database: Database, month: Month) -> None:
    with database.session(viewer=POSTER) as session:
        for _ in OfficeStore(session.connection).enrolled(FUND, yyyymm(month), chunk=CHUNK, most=MEMBERS):
            pass


def _assess(database: Database, month: Month) -> None:
    assessor = Assessor(load_rulebook(), FUND, month)
    with database.session(viewer=POSTER) as session:
        for rows in OfficeStore(session.connection).enrolled(FUND, yyyymm(month), chunk=CHUNK, most=MEMBERS):
            assessor.assess(current_members(rows))


def _prepare(database: Database, month: Month) -> MonthRun:
    return prepare_month(database, load_rulebook(), FUND, month)


def _nothing_left(database: Database) -> None:
    assert _prepare(database, MONTHS[-1]).batch is None


def _told(what: str) -> None:
    print(what, file=sys.stderr)
