"""`wayfare fund bank`: import a bank's statement, and match it with the cash book."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from wayfare.cli.console import results
from wayfare.cli.funds.ageing import On
from wayfare.cli.funds.common import AsJson, Fund, print_json, shown, the_database
from wayfare.cli.funds.reading import Lang, Language, in_books, money_table
from wayfare.funds.reports.bank_matching import WINDOW_DAYS
from wayfare.funds.reports.words import ReportWords
from wayfare.kernel import Money

if TYPE_CHECKING:
    from wayfare.app.funds.bank import Imported
    from wayfare.funds.reports.bank_matching import BankMatching

__all__ = ["bank_app", "tell_matching"]

bank_app = typer.Typer(no_args_is_help=True, help="Take in what the bank says, and match it with the book.")
Account = Annotated[str, typer.Option("--account", help="The bank account as the book names it, without bank:.")]


@bank_app.command("import")
def import_command(
    file: Annotated[str, typer.Argument(help="CSV: id, on, amount (or in, out), balance, payer, reference, text.")],
    fund: Fund,
    account: Account,
    opening: Annotated[str | None, typer.Option("--opening", help="The bank's balance before, in yuan.")] = None,
    closing: Annotated[str | None, typer.Option("--closing", help="The bank's balance after, in yuan.")] = None,
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day of it.")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day of it.")] = None,
    lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Keep a bank statement: good lines are kept, bad ones told by line; the same file again changes nothing."""
    from wayfare.app.funds.bank import Stated, import_bank_statement, read_text

    path = Path(file)
    if not path.is_file():
        raise typer.BadParameter(f"There is no file {file}.", param_hint="FILE")
    stated = Stated(since.date() if since else None, until.date() if until else None, _yuan(opening), _yuan(closing))
    text = read_text(path)
    with the_database() as database:
        found = import_bank_statement(database, fund, account, text, stated)
    if as_json:
        print_json(found.as_document())
    else:
        _tell_import(found, ReportWords(lang.value))
    raise typer.Exit(2 if found.refused else 0)


@bank_app.command("match")
def match_command(
    fund: Fund,
    account: Account,
    on: On = None,
    window: Annotated[int, typer.Option("--window", min=0, help="Days bank and book may lie apart.")] = WINDOW_DAYS,
    lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Match the bank's lines with the cash book, and list what only one side has."""
    from wayfare.app.funds.bank import match_bank_account

    day = on.date() if on else date.today()
    found = in_books(lambda database: match_bank_account(database, fund, account, day, window_days=window))
    words = ReportWords(lang.value)
    if as_json:
        print_json(found.as_document() if found else None)
    elif found is None:
        results().print(words.say("no_statement", fund=fund, account=account), markup=False, soft_wrap=True)
    else:
        tell_matching(found, words, results())


def tell_matching(found: BankMatching, words: ReportWords, out: Console) -> None:
    """Tells a matching: both balances, what only one side has, and whether it explains the difference."""
    title = words.title("bank", account=found.account.removeprefix("bank:"), on=found.on)
    out.print(title, markup=False, style="bold")
    balances = money_table("", words.head("amount"), figures=1)
    only_bank, only_book = (Money.total(x.amount for x in each) for each in (found.only_bank, found.only_book))
    for name, amount in (
        (words.head("bank"), found.bank_closing), (words.title("only_bank"), -only_bank),
        (words.title("only_book"), only_book), (words.head("book"), found.book_closing),
        (words.head("difference"), found.unexplained),
    ):  # fmt: skip
        balances.add_row(name, shown(amount))
    out.print(balances)
    _tell_rest(found, words, out)
    out.print(_verdict(found, words), markup=False)
    if found.lines_difference:
        out.print(words.say("bank_lines_missing", amount=shown(found.lines_difference)), markup=False)
    for gap in found.gaps:
        out.print(words.say("bank_gap", gap=gap), markup=False)


def _tell_rest(found: BankMatching, words: ReportWords, out: Console) -> None:
    if found.only_bank:
        table = money_table(*map(words.head, ("day", "text", "amount")), figures=1)
        for line in found.only_bank:
            told = " ".join(part for part in (line.id, line.payer, line.reference, line.text) if part)
            table.add_row(str(line.on), told, shown(line.amount))
        out.print(words.title("only_bank"), markup=False, style="bold")
        out.print(table)
    if found.only_book:
        table = money_table(*map(words.head, ("day", "batch", "amount")), figures=1)
        for item in found.only_book:
            table.add_row(str(item.on), item.key, shown(item.amount))
        out.print(words.title("only_book"), markup=False, style="bold")
        out.print(table)


def _verdict(found: BankMatching, words: ReportWords) -> str:
    matched = f"{len(found.matches):,}"
    if found.unexplained:
        return words.say("bank_unexplained", matched=matched, amount=shown(found.unexplained))
    return words.say("bank_explained" if found.only_bank or found.only_book else "bank_agrees", matched=matched)


def _tell_import(found: Imported, words: ReportWords) -> None:
    out = results()
    told = {"new": f"{found.new:,}", "known": f"{found.known:,}", "bad": f"{len(found.refused):,}"}
    out.print(words.say("imported", **told), markup=False)
    for fault in found.refused:
        print(fault, file=sys.stderr)
    if found.statement is None:
        out.print(words.say("no_balances"), markup=False)
    elif found.statement.difference:
        out.print(words.say("bank_lines_missing", amount=shown(found.statement.difference)), markup=False)


def _yuan(text: str | None) -> Money | None:
    return Money.yuan(text.replace(",", "")) if text is not None else None
