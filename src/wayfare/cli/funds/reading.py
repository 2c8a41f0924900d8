"""What the commands that read a fund's book share: options, the open book, stretches of time, and tables of money.

A fund or a person whom the records do not have is looked for in the latest demonstration, and stderr says so. Figures
stand to the right with separators; a table keeps its figures whole at 80 columns and lets names wrap.
"""

from __future__ import annotations

import calendar
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.table import Table

from wayfare.cli.telling import STATUSES_ZH
from wayfare.funds.reports.errors import NothingBooked
from wayfare.kernel import Language, Month

if TYPE_CHECKING:
    from wayfare.storage import Database

__all__ = [
    "Lang",
    "Language",
    "MonthOption",
    "Since",
    "Until",
    "days_between",
    "in_books",
    "money_table",
    "status_named",
    "whole_book",
]

Found = TypeVar("Found")


MonthOption = Annotated[str | None, typer.Option("--month", help="One month: 2024-06.")]
Since = Annotated[str | None, typer.Option("--from", help="First month or day: 2024-01 or 2024-01-15.")]
Until = Annotated[str | None, typer.Option("--to", help="Last month or day, included.")]
Lang = Annotated[Language, typer.Option("--lang", help="The language of names and sentences.")]


def status_named(status: str, language: str) -> str:
    """How sure a figure is, in the language; `given` is one that an officer typed in with its notice."""
    if status == "given":
        return "经办人员按通知填写" if language == "zh" else "given by an officer"
    return STATUSES_ZH.get(status, status) if language == "zh" else status


def in_books(work: Callable[[Database], Found]) -> Found:
    """What the work reads from the records, else from the latest demonstration. Raises NothingBooked."""
    from wayfare.app.demo_place import demo_database
    from wayfare.storage import Settings, open_database

    settings = Settings.from_environment()
    try:
        with open_database(settings) as database:
            return work(database)
    except NothingBooked:
        demonstration = demo_database(settings)
        if demonstration is None:
            raise
    with open_database(settings, name=demonstration) as database:
        found = work(database)
    print("This is a book of the demonstration.", file=sys.stderr)
    return found


def whole_book(database: Database, fund: str) -> tuple[date, date]:
    """The first day of a book's first month and the last of its last; today's month for an empty book."""
    from wayfare.app.funds.reports import months_of

    first, last = months_of(database, fund) or (Month.of(date.today()),) * 2
    return first.first_day, last.last_day


def days_between(
    month: str | None, since: str | None, until: str | None, whole: Callable[[], tuple[date, date]]
) -> tuple[date, date]:
    """The first and the last day that the options name; what they leave open is that of the whole book."""
    if month is not None:
        if since is not None or until is not None:
            raise typer.BadParameter("Name a month, or --from and --to, not both.", param_hint="--month")
        return Month(month).first_day, Month(month).last_day
    first = _day(since, "--from", first=True) if since else None
    last = _day(until, "--to", first=False) if until else None
    if first is None or last is None:
        known = whole()
        first, last = first or known[0], last or known[1]
    if last < first:
        raise typer.BadParameter(f"{last} lies before {first}.", param_hint="--to")
    return first, last


def _day(text: str, option: str, *, first: bool) -> date:
    try:
        if len(text) > len("2024-06"):
            return date.fromisoformat(text)
        year, month = (int(part) for part in text.split("-"))
        return date(year, month, 1 if first else calendar.monthrange(year, month)[1])
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no month or day, such as 2024-06.", param_hint=option) from None


def money_table(*columns: str, figures: int, title: str | None = None) -> Table:
    """A table whose last columns, so many, hold figures; the title stands left, above its heads."""
    table = Table(box=None, pad_edge=False, title=title, title_justify="left", title_style="bold", padding=(0, 2, 0, 0))
    for place, name in enumerate(columns):
        if place >= len(columns) - figures:
            table.add_column(name, justify="right", no_wrap=True)
        else:
            table.add_column(name, overflow="fold")
    return table
