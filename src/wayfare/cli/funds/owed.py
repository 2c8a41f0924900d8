"""`wayfare fund owed`: what employers owe, by month, and what lies in suspense."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Column, Table

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, print_json, shown, the_database
from wayfare.cli.funds.month_words import MonthWords
from wayfare.cli.funds.reading import Lang, Language
from wayfare.kernel import Month

if TYPE_CHECKING:
    from wayfare.app.funds.owed import Owed, Owing

__all__ = ["owed_command"]


def owed_command(
    fund: Fund,
    month: Annotated[str | None, typer.Option("--month", help="Only this month, 2024-06.")] = None,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="As it stood at the end of this day; today unless told."),
    ] = None,
    lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Show what employers owe by month, with the late fee that runs."""
    from wayfare.app.funds.owed import owed
    from wayfare.rulebook import load_rulebook

    day = on.date() if on else date.today()
    with the_database() as database:
        found = owed(database, load_rulebook(), fund, on=day, month=Month(month) if month else None)
    print_json(found.as_document()) if as_json else _tell(found, MonthWords(lang))


def _tell(found: Owed, words: MonthWords) -> None:
    out, say = results(), words.say
    owing = [each for each in found.employers if each.standing.owed]
    out.print(say("owing", fund=found.fund, on=found.on, count=len(owing), amount=shown(found.total),
                  late=shown(found.overdue)))
    if owing:
        out.print(_table(owing, words))
    for each in found.employers:
        if each.standing.credit:
            name = f"{each.employer.id} {each.employer.name}"
            out.print(say("credit", name=name, amount=shown(each.standing.credit)), markup=False)
    if found.people:
        out.print(say("people", count=len(found.people), amount=shown(found.by_people)))
    for one in found.suspense:
        said = {"id": one.id, "on": one.on, "amount": shown(one.fen), "reference": one.payer_reference}
        out.print(say("suspense", **said), markup=False)


def _table(owing: list[Owing], words: MonthWords) -> Table:
    employer, at_month, amount, fee, until = words.heads("arrears")
    amounts = [Column(name, justify="right") for name in (amount, fee)]
    table = Table(employer, at_month, *amounts, until, box=None, pad_edge=False)
    for each in owing:
        name = f"{each.employer.id} {each.employer.name}"
        for at in each.standing.arrears:
            month = f"{at.month // 100}-{at.month % 100:02}"
            due = at.due.isoformat() if at.due else words.say("no_due_day")
            table.add_row(name, month, shown(at.fen), shown(each.running.get(at.month, 0)), due)
        if each.standing.late_fees:
            table.add_row(name, words.say("late_fees"), shown(each.standing.late_fees), "", "")
    return table
