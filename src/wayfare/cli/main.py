"""The commands: ask, statement, paths, services, law, facts, serve, doctor, demo, fund, backup, restore."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from rich.console import Console

from wayfare.cli import asking, funds, lawbook
from wayfare.cli.backup import backup_command, restore_command
from wayfare.cli.demo import demo_command
from wayfare.cli.paths import paths_command
from wayfare.cli.services import services_command
from wayfare.cli.serving import serve_command
from wayfare.cli.stating import statement_command
from wayfare.kernel.errors import WayfareError

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Wayfare: social protection that moves with the person.",
)  # fmt: skip
facts_app = typer.Typer(no_args_is_help=True, help="The facts document.")
app.command("ask")(asking.ask_command)
app.command("statement")(statement_command)
app.command("backup")(backup_command)
app.command("restore")(restore_command)
app.command("demo")(demo_command)
app.command("paths")(paths_command)
app.command("services")(services_command)
app.command("serve")(serve_command)
app.add_typer(lawbook.app, name="law")
app.add_typer(funds.app, name="fund")
app.add_typer(facts_app, name="facts")


@facts_app.command("schema")
def facts_schema() -> None:
    """Print the JSON Schema of the facts document."""
    from wayfare.facts import schema

    print(json.dumps(schema(), ensure_ascii=False, indent=2))


@app.command()
def doctor() -> None:
    """Tell which database server is used, why, and what to do about each problem."""
    from wayfare.storage.doctor import examine

    report = examine()
    for line in report.lines():
        print(line)
    raise typer.Exit(0 if report.is_well else 2)


@app.command()
def version(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Print the version of the program and of the law."""
    from wayfare import __version__
    from wayfare.rulebook import load_rulebook

    found = {"wayfare": __version__, "law": load_rulebook().version}
    print(json.dumps(found) if as_json else f"wayfare {found['wayfare']}, law {found['law']}")


def main() -> None:
    """Runs the command line; an error of ours is told with its code and next step, and exits with 2."""
    try:
        app()
    except WayfareError as fault:
        Console(stderr=True, soft_wrap=True, highlight=False).print(str(fault), markup=False)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
