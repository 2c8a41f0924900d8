"""`wayfare fund statement`: a person's account in every fund, each line with its month and what it was for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, print_json, shown
from wayfare.cli.funds.reading import Lang, Language, MonthOption, Since, Until, days_between, in_books, money_table
from wayfare.funds.reports.errors import NothingBooked
from wayfare.funds.reports.words import ReportWords
from wayfare.kernel import Money

if TYPE_CHECKING:
    from wayfare.funds.reports.account import FundAccount, PersonAccount
    from wayfare.storage import Database

__all__ = ["statement_command"]


def statement_command(
    person: Annotated[str, typer.Argument(help="The person's id, as the books name the account.")],
    fund: Annotated[str | None, typer.Option("--fund", help="One fund; all without.")] = None,
    month: MonthOption = None, since: Since = None, until: Until = None,
    lang: Lang = Language.ENGLISH, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Show a person's account across all funds.

    The look is written in the access record.
    """
    from wayfare.app.funds.reports import FIRST_DAY, read_person_account

    first, last = days_between(month, since, until, lambda: (FIRST_DAY, date.today()))
    words = ReportWords(lang.value)

    def read(database: Database) -> PersonAccount:
        found = read_person_account(database, person, first, last)
        found = found.within(fund) if fund else found
        if not found.funds:
            raise NothingBooked(
                words.say("no_person", person=person),
                next_step="Check the id; wayfare fund explain with --batch shows members of a batch.",
            )
        return found

    found = in_books(read)
    if as_json:
        print_json(found.as_document())
    else:
        _tell(found, words, results())


def _tell(found: PersonAccount, words: ReportWords, out: Console) -> None:
    booked = min((line.on for each in found.funds for line in each.lines), default=found.first)
    title = words.title("statement", person=found.person, first=max(found.first, booked), last=found.last)
    out.print(title, markup=False, style="bold")
    for each in found.funds:
        out.print()
        out.print(words.fund(each.fund), markup=False, style="bold")
        _tell_fund(each, words, out)
    if len(found.funds) > 1:
        out.print()
        out.print(words.say("all_funds", amount=shown(found.closing)), markup=False, style="bold")
    if any(line.unpaid for each in found.funds for line in each.lines):
        out.print(words.say("unpaid_mark"), markup=False)


def _tell_fund(account: FundAccount, words: ReportWords, out: Console) -> None:
    table = money_table(*map(words.head, ("day", "months", "text", "change", "to_pool", "balance")), figures=3)
    table.columns[0].no_wrap = True
    table.add_row("", "", words.say("opening"), "", "", shown(account.opening))
    for line in account.lines:
        mark = " *" if line.unpaid else ""
        table.add_row(
            str(line.on), line.months, words.meaning(line.meaning) + mark, _blank(line.change), _blank(line.to_pool),
            shown(line.balance),
        )  # fmt: skip
    change = Money.total(line.change for line in account.lines)
    closing = (_blank(change), _blank(account.to_pool), shown(account.closing))
    table.add_row("", "", words.say("closing"), *closing, style="bold")
    out.print(table)


def _blank(amount: Money) -> str:
    return shown(amount) if amount else ""
