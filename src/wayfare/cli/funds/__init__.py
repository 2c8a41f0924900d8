"""`wayfare fund`: the books of a fund and the work of its office. Each command is a module of its own."""

from __future__ import annotations

import typer

from wayfare.cli.funds.chart import chart_command
from wayfare.cli.funds.interest import interest_command

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="The books of a fund, and the work of its office.")
app.callback()(lambda: None)  # so that a single command keeps its name
app.command("chart")(chart_command)
app.command("interest")(interest_command)
