"""`wayfare backup` and `wayfare restore`: the books into a folder, and back into an empty database, verified."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from wayfare.cli.funds.common import AsJson, bar, print_json
from wayfare.cli.funds.verify import told_counts
from wayfare.kernel.wording import filled

__all__ = ["backup_command", "restore_command"]


def backup_command(
    target: Annotated[Path, typer.Argument(help="A folder that does not exist yet.")], as_json: AsJson = False
) -> None:
    """Write a backup of the whole database into a new private folder."""
    from wayfare.app.backup import back_up_books
    from wayfare.storage import Settings

    with bar("bytes written") as told:
        on = date.today()
        backup = back_up_books(Settings.from_environment(), target.absolute(), on=on, told=told)
    if as_json:
        print_json(backup.as_document())
    else:
        funds, root = len(backup.heads.heads), backup.heads.root.hex()
        counted = filled("{funds} fund{funds:|s}", funds=funds)
        print(f"{backup.folder}: {counted}, {backup.size:,} bytes, root {root}")


def restore_command(
    source: Annotated[Path, typer.Argument(help="The folder of a backup.")],
    into: Annotated[Path | None, typer.Option(help="Another state directory than WAYFARE_STATE.")] = None,
    database: Annotated[str, typer.Option(help="The database on the embedded server.")] = "wayfare",
    as_json: AsJson = False,
) -> None:
    """Restore a backup into a database that holds nothing, then verify every chain; exit 2 when one differs."""
    from wayfare.app.backup import restore_books
    from wayfare.storage import Settings

    where = into.expanduser().absolute() if into else None
    with bar("restored") as told, bar("batches verified") as verifying:
        restored = restore_books(
            Settings.from_environment(), source.absolute(), into=where, name=database, told=told, verifying=verifying
        )
    report = restored.report
    if as_json:
        print_json(report.as_document())
    else:
        for finding in report.findings:
            print(finding.message)
        words = "every chain is as the manifest says" if report.is_well else "NOT as it was backed up"
        print(f"{told_counts(report)}: {words}")
    raise typer.Exit(0 if report.is_well else 2)
