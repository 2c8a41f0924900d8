"""`wayfare fund ageing`: what stands open in suspense and between funds, since when, with whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, print_json, shown
from wayfare.cli.funds.moves_told import tell_waiting
from wayfare.cli.funds.reading import Lang, Language, in_books, money_table
from wayfare.funds.reports.ageing import BUCKETS
from wayfare.funds.reports.words import ReportWords
from wayfare.kernel import Money

if TYPE_CHECKING:
    from wayfare.funds.reports.ageing import Ageing

__all__ = ["On", "ageing_command"]

ITEMS_MOST = 40
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day; today without.")]


def ageing_command(fund: Fund, on: On = None, lang: Lang = Language.ENGLISH, as_json: AsJson = False) -> None:
    """Show money in suspense, on the way and set aside, with its age."""
    from wayfare.app.funds.reports import read_ageing

    day = on.date() if on else date.today()
    found = in_books(lambda database: read_ageing(database, fund, day))
    if as_json:
        print_json(found.as_document())
    else:
        _tell(found, ReportWords(lang.value))


def _tell(found: Ageing, words: ReportWords) -> None:
    out, named = results(), words.fund(found.fund)
    out.print(words.title("ageing", fund=named, on=found.on), markup=False, style="bold")
    if not found.items:
        out.print(words.say("nothing_open", fund=named), markup=False)
    else:
        _tell_items(found, words, out)
    if found.set_aside:
        out.print()
        tell_waiting(found.set_aside, found.fund, found.on, words)


def _tell_items(found: Ageing, words: ReportWords, out: Console) -> None:
    table = money_table(words.head("account"), *BUCKETS, words.head("total"), figures=len(BUCKETS) + 1)
    for (account, _), row in found.table().items():
        table.add_row(words.account(account), *map(_blank, row.values()), shown(Money.total(row.values())))
    sums = [Money.total(row[name] for row in found.table().values()) for name in BUCKETS]
    table.add_row(words.say("sum"), *map(_blank, sums), shown(found.total), style="bold")
    out.print(table)
    out.print()
    out.print(_items(found, words))
    if found.other_side:
        told = {"balance": shown(found.balance), "other": shown(found.other_side), "total": shown(found.total)}
        out.print(words.say("other_side", **told), markup=False)
    else:
        out.print(words.say("open_total", total=shown(found.total)), markup=False)


def _items(found: Ageing, words: ReportWords) -> Table:
    table = money_table(*(words.head(name) for name in ("since", "with", "matter", "days", "amount")), figures=2)
    table.columns[0].no_wrap = True
    for item in found.items[:ITEMS_MOST]:
        other = words.counterpart(item.counterpart) or words.account(item.account)
        table.add_row(str(item.since), other, item.matter, f"{item.days(found.on):,}", shown(item.amount))
    if len(found.items) > ITEMS_MOST:
        table.add_row("", f"... {len(found.items) - ITEMS_MOST:,}", "--json", "", "")
    return table


def _blank(amount: Money) -> str:
    return shown(amount) if amount else ""
