"""The Beancount journal of a fund's months, written as a stream with the trial balance's figures as its assertions.

The fund is held still meanwhile, so that transfers and balances are of one moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wayfare.app.funds.export.table import Progress, told
from wayfare.funds.reports.beancount import (
    balance_lines,
    journal_head,
    open_lines,
    opening_lines,
    transaction_lines,
)
from wayfare.funds.reports.lines import MEMBER
from wayfare.funds.reports.meaning import meaning_of
from wayfare.funds.reports.trial_balance import trial_balance
from wayfare.funds.reports.words import ReportWords
from wayfare.kernel import Money, Month
from wayfare.storage.report_store import ReportStore

__all__ = ["write_journal"]


def write_journal(
    path: Path, store: ReportStore, fund: str, first: Month, last: Month, words: ReportWords, progress: Progress
) -> int:
    """Write the journal of these months; the number of its transfers."""
    store.keep_still(fund)
    count, total = 0, store.count_lines(fund, first, last)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for part in (_head(store, fund, first, last), _assertions(store, fund, first, last)):
            file.writelines(f"{line}\n" for line in part)
        for chunk in told(store.lines(fund, first, last), total, progress):
            for line in chunk:
                file.writelines(f"{text}\n" for text in transaction_lines(line, words.meaning(meaning_of(line))))
            count += len(chunk)
    return count


def _head(store: ReportStore, fund: str, first: Month, last: Month) -> Iterator[str]:
    """Options, accounts, and what they held before the first month."""
    day = first.first_day
    yield from journal_head(fund, first=day)
    yield from open_lines([MEMBER], first=day)
    for chunk in store.accounts(fund, last):
        yield from open_lines((name for name, _, _ in chunk), first=day)
    before = [(name, Money.fen(fen)) for chunk in store.accounts(fund, first - 1) for name, _, fen in chunk if fen]
    if before:
        yield from opening_lines(day, before)


def _assertions(store: ReportStore, fund: str, first: Month, last: Month) -> Iterator[str]:
    """The trial balance at the end of each month with a batch, and every member's account at the last."""
    for month in store.booked_months(fund, first, last):
        found = trial_balance(fund, month, month, store.movements(fund, month, month))
        yield from balance_lines(month.last_day, ((row.account, row.closing) for row in found.rows))
    for chunk in store.accounts(fund, last):
        members = ((name, Money.fen(fen)) for name, _, fen in chunk if name.startswith(f"{MEMBER}:"))
        yield from balance_lines(last.last_day, members)
