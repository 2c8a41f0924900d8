"""`wayfare fund cash-book`: each bank account of a fund day by day, as the bank would show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

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

if TYPE_CHECKING:
    from wayfare.funds.reports.cash_book import CashBook, CashLine
    from wayfare.storage import Database

__all__ = ["cash_book_command"]


def cash_book_command(
    fund: Fund, month: MonthOption = None, since: Since = None, until: Until = None,
    account: Annotated[str | None, typer.Option("--account", help="One bank account; all without.")] = None,
    lang: Lang = Language.ENGLISH, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Show what came into each bank account and went out, and what lies there after it."""
    from wayfare.app.funds.reports import read_cash_books

    def read(database: Database) -> tuple[CashBook, ...]:
        first, last = days_between(month, since, until, lambda: whole_book(database, fund))
        return read_cash_books(database, fund, first, last, account=account)

    found = in_books(read)
    words = ReportWords(lang.value)
    if as_json:
        print_json([book.as_document() for book in found])
        return
    if not found:
        results().print(words.say("no_bank", fund=words.fund(fund)), markup=False)
    for book in found:
        _tell(book, words)


def _tell(book: CashBook, words: ReportWords) -> None:
    out, named, account = results(), words.fund(book.fund), words.account(book.account)
    table = money_table(*(words.head(name) for name in ("day", "text", "batch", "in", "out", "balance")), figures=3)
    table.columns[0].no_wrap = True
    table.add_row("", words.say("opening"), "", "", "", shown(book.opening))
    for line in book.lines:
        table.add_row(
            str(line.on), _text(line, words), line.key, shown(line.paid_in) if line.paid_in else "",
            shown(line.paid_out) if line.paid_out else "", shown(line.balance),
        )  # fmt: skip
    sums = [shown(each) for each in (book.paid_in, book.paid_out, book.closing)]
    table.add_row("", words.say("sum"), "", *sums, style="bold")
    title = words.title("cash_book", account=account, fund=named, first=book.first, last=book.last)
    out.print(title, markup=False, style="bold")
    if not book.lines:
        out.print(words.say("nothing", fund=f"{account}, {named}", first=book.first, last=book.last), markup=False)
    out.print(table)


def _text(line: CashLine, words: ReportWords) -> str:
    other = f": {who}" if line.other and (who := words.party(line.other)) else ""
    many = f" ({line.transfers:,})" if line.transfers > 1 else ""
    return words.meaning(line.meaning) + many + other
