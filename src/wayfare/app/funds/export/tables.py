"""What of a fund's book can be exported as a table: transfers, accounts, trial balance, cash book, open items.

Transfers and accounts come as streams; the reports are small. Each is what the command of the same name shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from wayfare.app.funds.export.table import Column, ExportTable, Kind
from wayfare.app.funds.reports import ageing_of, cash_books_of
from wayfare.funds.reports.lines import class_of, month_of
from wayfare.funds.reports.trial_balance import trial_balance
from wayfare.kernel import Month
from wayfare.storage.report_store import ReportStore

__all__ = ["TABLES"]

_TEXT, _DAY, _COUNT, _MONEY = Kind.TEXT, Kind.DAY, Kind.COUNT, Kind.MONEY


def _transfers(store: ReportStore, fund: str, first: Month, last: Month) -> ExportTable:
    columns = _columns(
        fund=_TEXT, batch=_COUNT, key=_TEXT, on=_DAY, decision=_TEXT, reverses=_TEXT, line=_COUNT, debit=_TEXT,
        credit=_TEXT, amount=_MONEY, effective_from=_TEXT, effective_months=_COUNT, member=_TEXT,
    )  # fmt: skip
    months: dict[int, str] = {}

    def written(row: Any) -> tuple[Any, ...]:
        month = months.get(row[10]) or months.setdefault(row[10], str(month_of(row[10])))
        return (*row[:10], month, *row[11:])

    chunks = ([written(row) for row in rows] for rows in store.stream(fund, first, last))
    return ExportTable("transfers", columns, store.count_lines(fund, first, last), chunks)


def _accounts(store: ReportStore, fund: str, first: Month, last: Month) -> ExportTable:
    columns = _columns(fund=_TEXT, account=_TEXT, opened_on=_DAY, balance=_MONEY)
    chunks = ([(fund, *row) for row in rows] for rows in store.accounts(fund, last))
    return ExportTable("accounts", columns, store.count_accounts(fund), chunks)


def _trial_balance(store: ReportStore, fund: str, first: Month, last: Month) -> ExportTable:
    columns = _columns(
        fund=_TEXT, account=_TEXT, kind=_TEXT, accounts=_COUNT, opening=_MONEY, debits=_MONEY, credits=_MONEY,
        closing=_MONEY,
    )  # fmt: skip
    found = trial_balance(fund, first, last, store.movements(fund, first, last))
    rows = [
        (fund, row.account, class_of(row.account).value, row.accounts or 1,
         *(each.amount_fen for each in (row.opening, row.debits, row.credits, row.closing)))
        for row in found.rows
    ]  # fmt: skip
    return _small("trial-balance", columns, rows)


def _cash_book(store: ReportStore, fund: str, first: Month, last: Month) -> ExportTable:
    columns = _columns(
        fund=_TEXT, account=_TEXT, on=_DAY, batch=_COUNT, key=_TEXT, meaning=_TEXT, other=_TEXT, transfers=_COUNT,
        paid_in=_MONEY, paid_out=_MONEY, balance=_MONEY,
    )  # fmt: skip
    rows = [
        (fund, book.account, line.on, line.batch, line.key, line.meaning, line.other, line.transfers,
         *(each.amount_fen for each in (line.paid_in, line.paid_out, line.balance)))
        for book in cash_books_of(store, fund, first.first_day, last.last_day) for line in book.lines
    ]  # fmt: skip
    return _small("cash-book", columns, rows)


def _ageing(store: ReportStore, fund: str, first: Month, last: Month) -> ExportTable:
    columns = _columns(
        fund=_TEXT, account=_TEXT, counterpart=_TEXT, matter=_TEXT, since=_DAY, days=_COUNT, amount=_MONEY
    )
    day: date = last.last_day
    rows = [
        (fund, item.account, item.counterpart, item.matter, item.since, item.days(day), item.amount.amount_fen)
        for item in ageing_of(store, fund, day).items
    ]
    return _small("ageing", columns, rows)


def _columns(**kinds: Kind) -> tuple[Column, ...]:
    return tuple(Column(name, kind) for name, kind in kinds.items())


def _small(name: str, columns: tuple[Column, ...], rows: Sequence[Sequence[Any]]) -> ExportTable:
    def once() -> Iterator[Sequence[Sequence[Any]]]:
        if rows:
            yield rows

    return ExportTable(name, columns, len(rows), once())


TABLES: Final[Mapping[str, Callable[[ReportStore, str, Month, Month], ExportTable]]] = {
    "transfers": _transfers,
    "accounts": _accounts,
    "trial-balance": _trial_balance,
    "cash-book": _cash_book,
    "ageing": _ageing,
}
"""By name, what can be exported."""
