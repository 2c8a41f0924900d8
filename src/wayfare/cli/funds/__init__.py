"""`wayfare fund`: the books of a fund and the work of its office. Each command is a module of its own."""

from __future__ import annotations

import typer

from wayfare.cli.funds import benefit, move
from wayfare.cli.funds.ageing import ageing_command
from wayfare.cli.funds.bank import bank_app
from wayfare.cli.funds.cash_book import cash_book_command
from wayfare.cli.funds.chart import chart_command
from wayfare.cli.funds.checklist import checklist_command
from wayfare.cli.funds.close import close_command
from wayfare.cli.funds.explain import explain_command
from wayfare.cli.funds.export import export_command
from wayfare.cli.funds.floor import floor_command
from wayfare.cli.funds.importing import import_command
from wayfare.cli.funds.interest import interest_command
from wayfare.cli.funds.match import match_command
from wayfare.cli.funds.owed import owed_command
from wayfare.cli.funds.pay_benefits import pay_benefits_command
from wayfare.cli.funds.reconcile import reconcile_command
from wayfare.cli.funds.run_month import run_month_command
from wayfare.cli.funds.statement import statement_command
from wayfare.cli.funds.subsidy import subsidy_command
from wayfare.cli.funds.trial_balance import trial_balance_command
from wayfare.cli.funds.verify import root_command, verify_command

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="The books of a fund, and the work of its office.")
app.command("ageing")(ageing_command)
app.add_typer(bank_app, name="bank")
app.add_typer(benefit.app, name="benefit")
app.command("cash-book")(cash_book_command)
app.command("chart")(chart_command)
app.command("checklist")(checklist_command)
app.command("close")(close_command)
app.command("explain")(explain_command)
app.command("export")(export_command)
app.command("floor")(floor_command)
app.command("import")(import_command)
app.command("interest")(interest_command)
app.command("match")(match_command)
app.add_typer(move.app, name="move")
app.command("owed")(owed_command)
app.command("pay-benefits")(pay_benefits_command)
app.command("reconcile")(reconcile_command)
app.command("root")(root_command)
app.command("run-month")(run_month_command)
app.command("statement")(statement_command)
app.command("subsidy")(subsidy_command)
app.command("trial-balance")(trial_balance_command)
app.command("verify")(verify_command)
