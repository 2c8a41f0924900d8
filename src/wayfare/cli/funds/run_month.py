"""`wayfare fund run-month`: what everybody owes for a month, first shown, then posted as one batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Column, Table

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, Preview, Yes, bar, may_post, print_json, shown, the_database
from wayfare.kernel import Month

if TYPE_CHECKING:
    from wayfare.app.funds.run_month import MonthRun

__all__ = ["run_month_command"]

EMPLOYERS_MOST, MEMBERS_MOST = 20, 10


def run_month_command(
    month: Annotated[str, typer.Argument(help="The month, 2024-06.")],
    fund: Fund,
    yes: Yes = False,
    preview: Preview = False,
    as_json: AsJson = False,
) -> None:
    """Assess every member enrolled in a month who is not charged yet, and post the shares as one batch."""
    from wayfare.app.funds.run_month import post_month, prepare_month
    from wayfare.rulebook import load_rulebook

    law = load_rulebook()
    with the_database() as database:
        with bar(f"assessing {month}") as told:
            run = prepare_month(database, law, fund, Month(month), progress=told)
        if not as_json:
            _tell(run)
        posted = None
        if run.batch is not None and not preview and may_post(f"Post {run.key} to {fund}?", yes=yes or as_json):
            posted = post_month(database, run)
    if as_json:
        print_json({**run.as_document(), "posted": None if posted is None else {"batch": posted.number}})
    elif posted is not None:
        results().print(f"Posted as batch {posted.number} of {fund}, {run.key}, on {run.on}.")
    elif run.batch is not None:
        results().print("Nothing was posted.")


def _tell(run: MonthRun) -> None:
    out = results()
    counts = f"{run.enrolled:,} enrolled, {run.charged_before:,} charged before, {run.charged:,} to charge"
    out.print(f"{run.fund}, {run.month}: {counts}.")
    if run.batch is None:
        out.print("Nothing to do: everybody who can be assessed is charged.")
    else:
        out.print(f"To the pool {shown(run.pool)} yuan, to own accounts {shown(run.own)} yuan.")
        out.print(_dues(run))
    for name, (value, source) in run.rules.items():
        out.print(f"The office gives {name} = {value} ({source}).", markup=False)
    for silent in run.undeclared:
        name = f"{silent.employer.id} {silent.employer.name}"
        if silent.fen is None:
            out.print(f"{name} declared nothing and was never charged; the office fixes what it owes.", markup=False)
        else:
            owes = f"for now it owes {shown(silent.fen)} yuan (Social Insurance Law, article 62)"
            out.print(f"{name} declared nothing; {owes}. Booked once it declares.", markup=False)
    for each in run.not_assessed:
        out.print(f"{len(each.members):,} cannot be assessed: {each.say['en']}", markup=False)
        out.print(f"  {each.say['zh']}", markup=False)
        more = "" if len(each.members) <= MEMBERS_MOST else f" ... and {len(each.members) - MEMBERS_MOST:,} more"
        out.print(f"  {', '.join(each.members[:MEMBERS_MOST])}{more}", markup=False)


def _dues(run: MonthRun) -> Table:
    amounts = [Column(name, justify="right") for name in ("members", "to the pool", "to own accounts", "owed, yuan")]
    table = Table("payer", *amounts, box=None, pad_edge=False)
    for due in run.dues[:EMPLOYERS_MOST]:
        name = f"{due.employer.id} {due.employer.name}" if due.employer else "people who pay alone"
        table.add_row(name, f"{due.members:,}", shown(due.pool), shown(due.own), shown(due.pool + due.own))
    if len(run.dues) > EMPLOYERS_MOST:
        table.add_row(f"... and {len(run.dues) - EMPLOYERS_MOST:,} more; --json lists all of them")
    return table
