"""`wayfare fund import`: a CSV file of the office's records, good lines kept and bad ones told by line."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, bar, print_json, the_database
from wayfare.cli.funds.match import tell_posted
from wayfare.cli.funds.month_words import MonthWords
from wayfare.cli.funds.reading import Lang, Language

if TYPE_CHECKING:
    from wayfare.app.funds.importing import Imported

__all__ = ["import_command", "tell_imported"]

SHOWN_MOST = 50


class Records(StrEnum):
    """The kinds of records that an office takes in."""

    EMPLOYERS = "employers"
    ENROLMENTS = "enrolments"
    WAGES = "wages"
    PAYMENTS = "payments"
    RULES = "rules"


def import_command(
    kind: Annotated[Records, typer.Argument(help="What the file holds.")],
    file: Annotated[Path, typer.Argument(help="CSV in UTF-8; docs/how-to/run-a-month.md lists the columns.")],
    fund: Fund,
    lang: Lang = Language.ENGLISH,
    as_json: AsJson = False,
) -> None:
    """Take in employers, enrolments, wages, payments or rules.

    Payments are posted too. Exits with 2 when a line was left out.
    """
    from wayfare.app.funds.importing import import_records
    from wayfare.app.funds.payments import post_payments
    from wayfare.rulebook import load_rulebook

    law, posted = load_rulebook(), None
    with the_database() as database:
        with bar(f"reading {kind}") as told:
            found = import_records(database, law, fund, kind.value, file, progress=lambda done: told(done, 0))
        if kind is Records.PAYMENTS:
            with bar("posting payments") as told:
                posted = post_payments(database, law, fund, progress=told)
    if as_json:
        print_json({**found.as_document(), **(posted.as_document() if posted else {})})
    else:
        tell_imported(found, MonthWords(lang))
        if posted is not None:
            tell_posted(posted, MonthWords(lang))
    if found.problems:
        raise typer.Exit(2)


def tell_imported(found: Imported, words: MonthWords) -> None:
    """What came of a file, with the lines that were left out."""
    out, say = results(), words.say
    if found.is_again:
        out.print(say("again"))
    counts = {"lines": found.lines, "added": found.added, "corrected": found.corrected, "repeated": found.repeated}
    out.print(say("lines", kind=say(found.kind), left_out=len(found.problems), **counts))
    if not found.added and not found.corrected:
        out.print(say("nothing_added"))
    for each in found.problems[:SHOWN_MOST]:
        out.print(say("line", line=each.line, error=each.error), markup=False)
    if len(found.problems) > SHOWN_MOST:
        out.print(say("more_lines", more=len(found.problems) - SHOWN_MOST))
