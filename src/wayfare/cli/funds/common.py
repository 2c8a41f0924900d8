"""What the commands of a fund share: the open database, the bar of a long job, the question before posting, amounts."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from wayfare.kernel import Money

if TYPE_CHECKING:
    from wayfare.storage import Database

__all__ = ["AsJson", "Fund", "Preview", "Yes", "bar", "is_terminal", "may_post", "print_json", "shown", "the_database"]

Fund = Annotated[str, typer.Option("--fund", help="Place and insurance: 440000:employee_pension.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
Yes = Annotated[bool, typer.Option("--yes", help="Post without asking at a terminal.")]
Preview = Annotated[bool, typer.Option("--preview", help="Show what would be posted and post nothing.")]


@contextlib.contextmanager
def the_database() -> Iterator[Database]:
    """The database of the settings, open for one command."""
    from wayfare.storage import Settings, open_database

    with open_database(Settings.from_environment()) as database:
        yield database


@contextlib.contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr while the block runs, at a terminal only; it is told how much is done, of how much or of 0."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)

        def told(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total or None)

        yield told


def may_post(question: str, *, yes: bool) -> bool:
    """Whether to post: without a terminal or with --yes at once, at a terminal when the answer is yes."""
    return yes or not is_terminal() or typer.confirm(question)


def is_terminal() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def shown(amount: Money | int) -> str:
    """An amount in yuan with separators: 1,234.50."""
    money = amount if isinstance(amount, Money) else Money.fen(amount)
    whole, _, part = str(money).partition(".")
    return f"{int(whole):,}.{part}" if whole != "-0" else f"-0.{part}"


def print_json(document: Any) -> None:
    """A document on stdout."""
    print(json.dumps(document, ensure_ascii=False, indent=2))
