"""`wayfare fund interest`: a year's interest of all members of a fund, first shown, then posted as one batch."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, Preview, Yes, may_post, print_json, shown, the_database

if TYPE_CHECKING:
    from wayfare.app.funds.interest import CreditedYear

__all__ = ["interest_command"]

_STATES = {
    "preview": "Nothing was posted.",
    "posted": "Posted as one batch.",
    "repeated": "It was posted before: nothing changed.",
}


def interest_command(
    year: Annotated[int, typer.Argument(help="The year, 2024.")],
    fund: Fund,
    rate: Annotated[str | None, typer.Option(help="A rate that the law at hand does not hold, 0.0262.")] = None,
    source: Annotated[str, typer.Option(help="The notice that the given rate stands in.")] = "",
    yes: Yes = False,
    preview: Preview = False,
    as_json: AsJson = False,
) -> None:
    """Credit all members of a fund the interest of a year; a year that was credited is only told again."""
    from functools import partial

    from wayfare.app.funds.interest import credit_year
    from wayfare.rulebook import load_rulebook

    law = load_rulebook()
    with the_database() as database:
        credit = partial(credit_year, database, law, fund, year, today=date.today(), rate=rate, source=source)
        found = credit(preview=True)
        if not as_json:
            _tell(found)
        if found.state == "preview" and not preview and may_post(f"Post it to {fund}?", yes=yes or as_json):
            found = credit()
    if as_json:
        print_json(found.as_document())
    else:
        results().print(_STATES[found.state])


def _tell(found: CreditedYear) -> None:
    out, document = results(), found.as_document()
    out.print(f"{found.fund}, interest of {found.rate.year}: {found.members:,} members, {shown(found.credited)} yuan.")
    out.print(f"Rate {document['rate']} ({found.rate.status}): {found.rate.source}", markup=False)
    if found.earlier:
        out.print(f"Of it {shown(found.earlier)} yuan belong to earlier years, for what came late.")
    out.print(f"Rounding leaves {shown(found.residue)} yuan on the account rounding. Booked on {found.on}.")
