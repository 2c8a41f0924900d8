"""`wayfare fund`: the books of a fund and the work of its office. Each command is a module of its own."""

from __future__ import annotations

import typer

from wayfare.cli.funds import benefit
from wayfare.cli.funds.chart import chart_command
from wayfare.cli.funds.importing import import_command
from wayfare.cli.funds.match import match_command
from wayfare.cli.funds.owed import owed_command
from wayfare.cli.funds.pay_benefits import pay_benefits_command
from wayfare.cli.funds.run_month import run_month_command
from wayfare.cli.funds.subsidy import subsidy_command

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="The books of a fund, and the work of its office.")
app.callback()(lambda: None)  # so that a single command keeps its name
app.add_typer(benefit.app, name="benefit")
app.command("chart")(chart_command)
app.command("import")(import_command)
app.command("match")(match_command)
app.command("owed")(owed_command)
app.command("pay-benefits")(pay_benefits_command)
app.command("run-month")(run_month_command)
app.command("subsidy")(subsidy_command)
