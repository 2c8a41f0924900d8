"""Whether the year-end snapshots of a book follow from its rows.

Each December is worked out from the one before it and the rows between, the first from nothing, so every row is read
once however many years a book has.
"""

from __future__ import annotations

from typing import Any

from psycopg import Connection

__all__ = ["ADDING_UP", "wrong_snapshots"]

# Leaves have no statistics together, so the planner expects few members and would sort all rows; two tables, one in
# each of two processes, cost least.
ADDING_UP = "set local work_mem = '256MB'; set local enable_sort = off; set local max_parallel_workers_per_gather = 1"
_DECEMBERS = """
    select period from ledger.snapshot where fund = %(fund)s
    union select snapshot_at from ledger.fund where fund = %(fund)s and snapshot_at > 0 order by period
"""
_WRONG = """
    with cell as materialized (
        select greatest(debit, credit, 0) as member, least(debit, 0) as d, least(credit, 0) as c, debit > 0 as takes,
            ledger.sum_fen(amount) as a,
            max(effective_from + effective_months - 1 + (effective_months - 1) / 12 * 88) as last
        from ledger.transfer where fund = {fund:d} and period > {after:d} and period <= {through:d}
        group by 1, 2, 3, 4
    ), change as (
        select member as account, case when takes then -a else a end as x, last, 0 as stated from cell where member > 0
        union all select d, -a, 0, 0 from cell where d < 0
        union all select c, a, 0, 0 from cell where c < 0
        union all select account, balance, latest, 0 from ledger.snapshot where fund = {fund:d} and period = {after:d}
        union all
        select account, -balance, 0, latest from ledger.snapshot where fund = {fund:d} and period = {through:d}
    )
    select count(*) from (
        select account from change group by account having sum(x) <> 0 or max(last) <> max(stated)) as wrong
"""


def wrong_snapshots(connection: Connection[Any], fund: int) -> int:
    """How many balances of a fund's snapshots differ from what the rows say; `fund` is its number."""
    after, wrong = 0, 0
    connection.execute(ADDING_UP)
    for (december,) in connection.execute(_DECEMBERS, {"fund": fund}).fetchall():
        query = _WRONG.format(fund=fund, after=after, through=december)
        found = connection.execute(query.encode()).fetchone()
        wrong += int(found[0]) if found else 0
        after = december
    return wrong
