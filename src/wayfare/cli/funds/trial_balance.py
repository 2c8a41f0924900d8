"""`wayfare fund trial-balance`: what each account held, what moved, what it holds; by class, adding up to zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, print_json, shown
from wayfare.cli.funds.reading import (
    Lang,
    Language,
    MonthOption,
    Since,
    Until,
    days_between,
    in_books,
    money_table,
    whole_book,
)
from wayfare.funds.reports.words import ReportWords
from wayfare.kernel import Month

if TYPE_CHECKING:
    from wayfare.funds.reports.trial_balance import Movement, TrialBalance
    from wayfare.storage import Database

__all__ = ["trial_balance_command"]


def trial_balance_command(
    fund: Fund, month: MonthOption = None, since: Since = None, until: Until = None,
    lang: Lang = Language.ENGLISH, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Show a trial balance over some months; members' accounts are one line."""
    from wayfare.app.funds.reports import read_trial_balance

    def read(database: Database) -> TrialBalance:
        first, last = days_between(month, since, until, lambda: whole_book(database, fund))
        return read_trial_balance(database, fund, Month.of(first), Month.of(last))

    found = in_books(read)
    if as_json:
        print_json(found.as_document())
    else:
        _tell(found, ReportWords(lang.value))


def _tell(found: TrialBalance, words: ReportWords) -> None:
    out, named = results(), words.fund(found.fund)
    if not found.rows:
        out.print(words.say("nothing", fund=named, first=found.first, last=found.last))
        return
    heads = [words.head(name) for name in ("account", "opening", "debits", "credits", "closing")]
    title = words.title("trial_balance", fund=named, first=found.first, last=found.last)
    table = money_table(*heads, figures=4)
    for kind, rows, subtotal in found.classes():
        table.add_row(words.class_name(kind.value), style="bold")
        for row in rows:
            table.add_row("  " + words.account(row.account, count=row.accounts), *_figures(row))
        if len(rows) > 1:
            table.add_row("  " + words.say("sum"), *_figures(subtotal), style="italic")
    table.add_section()
    table.add_row(words.say("sum"), *_figures(found.total), style="bold")
    out.print(title, markup=False, style="bold")
    out.print(table)
    out.print(words.say("sign"), markup=False)


def _figures(row: Movement) -> list[str]:
    return [shown(amount) for amount in (row.opening, row.debits, row.credits, row.closing)]
