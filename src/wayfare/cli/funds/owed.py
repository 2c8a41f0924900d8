"""`wayfare fund owed`: what employers owe, by month, and what lies in suspense."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Column, Table

from wayfare.cli.console import results
from wayfare.cli.funds.common import AsJson, Fund, print_json, shown, the_database
from wayfare.kernel import Month

if TYPE_CHECKING:
    from wayfare.app.funds.owed import Owed, Owing

__all__ = ["owed_command"]


def owed_command(
    fund: Fund,
    month: Annotated[str | None, typer.Option("--month", help="Only this month, 2024-06.")] = None,
    on: Annotated[str | None, typer.Option("--on", help="Count late fees to this day; today unless told.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what employers owe by month, the oldest first, with the late fee that runs."""
    from wayfare.app.funds.owed import owed
    from wayfare.rulebook import load_rulebook

    day = date.fromisoformat(on) if on else datetime.now(UTC).date()
    with the_database() as database:
        found = owed(database, load_rulebook(), fund, on=day, month=Month(month) if month else None)
    print_json(found.as_document()) if as_json else _tell(found)


def _tell(found: Owed) -> None:
    out = results()
    owing = [each for each in found.employers if each.standing.owed]
    out.print(f"{found.fund}, {found.on}: {len(owing):,} employers owe {shown(found.total)} yuan.")
    if owing:
        out.print(_table(owing))
    for each in found.employers:
        if each.standing.credit:
            name = f"{each.employer.id} {each.employer.name}"
            out.print(f"{name} has paid {shown(each.standing.credit)} yuan more than is due.", markup=False)
    if found.people:
        out.print(f"{len(found.people):,} people who pay alone owe {shown(found.by_people)} yuan; --json lists them.")
    for payment in found.suspense:
        said = f"{payment.id}: {shown(payment.fen)} yuan of {payment.on}, payer {payment.payer_reference!r}"
        out.print(f"In suspense: {said}.", markup=False)


def _table(owing: list[Owing]) -> Table:
    amounts = [Column(name, justify="right") for name in ("owed, yuan", "late fee so far")]
    table = Table("employer", "month", *amounts, "to be paid by", box=None, pad_edge=False)
    for each in owing:
        name = f"{each.employer.id} {each.employer.name}"
        for at in each.standing.arrears:
            month = f"{at.month // 100}-{at.month % 100:02}"
            due = at.due.isoformat() if at.due else "no rule of the office"
            table.add_row(name, month, shown(at.fen), shown(each.running.get(at.month, 0)), due)
        if each.standing.late_fees:
            table.add_row(name, "late fees", shown(each.standing.late_fees), "", "")
    return table
