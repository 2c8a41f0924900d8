"""A decision that a command rests on: kept before, or decided now on a facts document and kept first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from wayfare.cli.asking import read_source
from wayfare.cli.funds.common import the_database

if TYPE_CHECKING:
    from wayfare.storage import Database

__all__ = ["Facts", "decided"]

Facts = Annotated[
    str | None,
    typer.Option("--facts", help="Decide on this facts document first, and keep the answer under --decision."),
]


@contextmanager
def decided(question: str, decision: str, facts: str | None, replaces: str | None = None) -> Iterator[Database]:
    """The database, in which the decision is kept first when facts are given to decide on."""
    with the_database() as database:
        if facts is not None:
            from wayfare.app.funds.benefits import keep_decision
            from wayfare.rulebook import load_rulebook

            told = json.loads(read_source(facts))
            keep_decision(database, load_rulebook(), told, question, identity=decision, replaces=replaces)
        yield database
