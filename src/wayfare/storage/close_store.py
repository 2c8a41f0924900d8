"""What the checklist of a month reads from the stored books and the office's records, and the keeping of a close."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection

from wayfare.funds.reports.trial_balance import Movement
from wayfare.funds.year.checklist import Item, rows_hash
from wayfare.kernel import Money, Month
from wayfare.ledger import check_fund

__all__ = ["CloseStore", "KeptClose"]


@dataclass(frozen=True, slots=True)
class KeptClose:
    """A close as it was kept: who closed and when, the chain's last link, the checklist, the trial balance."""

    by: str
    at: datetime
    head: bytes
    items: list[dict[str, Any]]
    rows: tuple[Movement, ...]
    rows_hash: bytes


class CloseStore:
    """Closes of the funds behind one connection."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    def book(self, fund: str) -> tuple[int, int, int | None] | None:
        """A fund's number, the last closed month and the first month with a batch (yyyymm); None without a book."""
        check_fund(fund)
        found = self._rows(
            """select fund_number, closed_through, (select min(period) from ledger.batch b where b.fund = fund_number)
               from ledger.book where fund = %s""",
            fund,
        )
        return found[0] if found else None

    def keys(self, number: int, prefix: str) -> tuple[str, ...]:
        """Keys of batches that are the prefix, or go on with a colon after it."""
        found = self._rows(
            "select key from ledger.batch where fund = %s and (key = %s or starts_with(key, %s)) order by key",
            number, prefix, f"{prefix}:",
        )  # fmt: skip
        return tuple(key for (key,) in found)

    def enrolled(self, fund: str, month: Month) -> int:
        """How many people are enrolled in a month."""
        return self._count(
            """select count(distinct member) from office.enrolment_now
               where fund = %s and from_month <= %s and coalesce(to_month, 999912) > %s""",
            fund, _yyyymm(month), _yyyymm(month),
        )  # fmt: skip

    def pensioners(self, fund: str, month: Month) -> int:
        """How many people drew a pension in a month: awarded by then, and not known to have died before."""
        return self._count(
            """select count(distinct a.member) from office.benefit_record a
               where a.fund = %s and a.what = 'award' and a.from_month <= %s and not exists (
                 select from office.benefit_record d where d.fund = a.fund and d.member = a.member and d.what = 'death'
                   and d.on_day < %s and not exists (
                     select from office.benefit_record w where w.fund = d.fund and w.member = d.member
                       and w.what = 'death_withdrawn' and w.serial > d.serial))""",
            fund, _yyyymm(month), month.first_day,
        )  # fmt: skip

    def running(self, number: int, month: Month) -> dict[str, Money]:
        """The kept balance of every control account at the end of a month."""
        found = self._rows(
            """select a.name, c.balance from ledger.controls_at(%s, %s) c
               join ledger.account a on a.fund = %s and a.number = c.account""",
            number, _yyyymm(month), number,
        )  # fmt: skip
        return {name: Money.fen(fen) for name, fen in found}

    def keep(self, fund: str, month: Month, by: str, items: Iterable[Item], rows: Iterable[Movement]) -> None:
        """Keep what a close was made on; the month must have been closed in the same transaction."""
        rows = sorted(rows, key=lambda row: row.account)
        fen = [[amount.amount_fen for amount in (r.opening, r.debits, r.credits, r.closing)] for r in rows]
        self._connection.execute(
            "select ledger.keep_close(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (fund, _yyyymm(month), by, json.dumps([item.as_document() for item in items], ensure_ascii=False),
             [row.account for row in rows], *([each[i] for each in fen] for i in range(4)), rows_hash(rows)),
        )  # fmt: skip

    def kept(self, fund: str, month: Month) -> KeptClose | None:
        """A close as it was kept; None for a month that was not closed, or without a checklist."""
        found = self._rows(
            """select closed_by, closed_at, head, checklist, trial_balance, fund_number from ledger.close_of_month
               where fund = %s and period = %s""",
            fund, _yyyymm(month),
        )  # fmt: skip
        if not found:
            return None
        by, at, head, items, digest, number = found[0]
        rows = self._rows(
            """select account, opening, debits, credits from ledger.period_close_line
               where fund = %s and period = %s order by account""",
            number, _yyyymm(month),
        )  # fmt: skip
        lines = tuple(Movement(name, Money.fen(at), Money.fen(out), Money.fen(come)) for name, at, out, come in rows)
        return KeptClose(by, at, bytes(head), items, lines, bytes(digest))

    def _count(self, query: str, *values: object) -> int:
        return int(self._rows(query, *values)[0][0])

    def _rows(self, query: str, *values: object) -> list[Any]:
        return self._connection.execute(query.encode(), values).fetchall()


def _yyyymm(month: Month) -> int:
    return month.year * 100 + month.number
