"""`wayfare fund verify` and `wayfare fund root`: are the books as they were sealed, and the hash that says so."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wayfare.cli.funds.common import AsJson, bar, print_json, the_database
from wayfare.kernel.wording import filled

if TYPE_CHECKING:
    from wayfare.app.funds.verify import Report
    from wayfare.ledger.roots import DailyRoot

__all__ = ["root_command", "told_counts", "verify_command"]


def verify_command(
    fund: Annotated[str, typer.Option("--fund", help="A fund, 440000:employee_pension, or all.")] = "all",
    root: Annotated[
        str | None, typer.Option(help="A root kept elsewhere: its 64 digits, or the file `fund root --json` printed.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read every row back and name the first batch of each fund that differs.

    Exits with 2 when anything differs.
    """
    from wayfare.app.funds.verify import verify_funds

    given = _given(root) if root else None
    with the_database() as database, bar("batches read") as told:
        report = verify_funds(database, None if fund == "all" else fund, root=given, progress=told)
    if as_json:
        print_json(report.as_document())
    else:
        for finding in report.findings:
            print(finding.message)
        words = "all as they were sealed" if report.is_well else f"{len(report.findings)} not as they were sealed"
        print(f"{told_counts(report)}, {filled('{count} root{count:|s}', count=report.roots)}: {words}")
    raise typer.Exit(0 if report.is_well else 2)


def root_command(
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Its day; today without.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print the root of a day over all funds, made and kept once.

    Hand it to others, who can hold you to it.
    """
    from wayfare.app.funds.verify import root_of_day

    with the_database() as database:
        root = root_of_day(database, day.date() if day else date.today())
    if as_json:
        print_json(root.as_document())
    else:
        print(f"{root.day} {root.root.hex()}")


def told_counts(report: Report) -> str:
    """How much was read back: `1 fund, 2 batches, 3 transfers`."""
    counts = {"funds": report.funds, "batches": report.batches, "transfers": report.transfers}
    return filled(
        "{funds} fund{funds:|s}, {batches} batch{batches:|es}, {transfers} transfer{transfers:|s}", **counts
    )


def _given(root: str) -> DailyRoot | bytes:
    """A root as it was kept elsewhere: digits, or a file. Raises RootDiffers."""
    from wayfare.ledger.roots import root_from_document

    if len(root) == 64 and not set(root.lower()) - set("0123456789abcdef"):
        return bytes.fromhex(root)
    try:
        return root_from_document(json.loads(Path(root).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return root_from_document({})
