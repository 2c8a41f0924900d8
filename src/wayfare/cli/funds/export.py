"""`wayfare fund export`: a fund's book as a file, in the format that its ending names."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, bar, print_json
from wayfare.cli.funds.reading import Lang, Language, MonthOption, Since, Until, days_between, in_books, whole_book
from wayfare.funds.reports.words import ReportWords
from wayfare.kernel import Month

if TYPE_CHECKING:
    from wayfare.app.funds.export import Exported
    from wayfare.storage import Database

__all__ = ["export_command"]


class What(StrEnum):
    """What of the book is exported."""

    TRANSFERS = "transfers"
    ACCOUNTS = "accounts"
    TRIAL_BALANCE = "trial-balance"
    CASH_BOOK = "cash-book"
    AGEING = "ageing"


class Format(StrEnum):
    """The formats."""

    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"
    BEANCOUNT = "beancount"


def export_command(
    file: Annotated[str, typer.Argument(help="The file: .csv, .parquet, .xlsx or .beancount.")],
    fund: Fund,
    what: Annotated[What, typer.Option("--what", help="What to export; a journal holds transfers.")] = What.TRANSFERS,
    as_format: Annotated[Format | None, typer.Option("--format", help="Whatever the file is called.")] = None,
    month: MonthOption = None, since: Since = None, until: Until = None,
    lang: Lang = Language.ENGLISH, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Write transfers, accounts or a report to a file.

    The export is written in the access record.
    """
    from wayfare.app.funds.export import export, format_of

    path, named = Path(file), as_format.value if as_format else None
    format_of(path, named)

    def write(database: Database) -> Exported:
        first, last = days_between(month, since, until, lambda: whole_book(database, fund))
        months = Month.of(first), Month.of(last)
        with bar(f"writing {path.name}") as told:
            return export(database, path, fund, what.value, *months, format=named, language=lang.value, progress=told)

    done = in_books(write)
    words = ReportWords(lang.value)
    if as_json:
        print_json({"file": str(done.file), "what": done.what, "format": done.format, "rows": done.rows})
    else:
        told = words.say("exported", rows=f"{done.rows:,}", fund=words.fund(fund), file=str(done.file))
        results().print(told, markup=False, soft_wrap=True)
