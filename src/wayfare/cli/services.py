"""`wayfare services`: what is open to a person at a place, now or after which steps, and what is not."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from wayfare.cli.asking import read_source, tell
from wayfare.decisions import ask
from wayfare.decisions.services import SERVICES, ask_services
from wayfare.facts import Document, read_document
from wayfare.kernel import Language
from wayfare.rulebook import load_rulebook


def services_command(
    facts: Annotated[str, typer.Argument(help="A file with one person's facts document; - is stdin.")],
    place: Annotated[str | None, typer.Option("--place", help="Where: a code, 310000; else where they live.")] = None,
    on: Annotated[str | None, typer.Option("--on", help="The day asked about, 2026-01-31.")] = None,
    mode: Annotated[str | None, typer.Option("--mode", help="decision or estimate.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer object.")] = False,
    language: Annotated[
        Language, typer.Option("--language", "--lang", help="The language of the answer.")
    ] = Language.ENGLISH,
) -> None:
    """Tell which services are open to a person at a place, and what would open the others."""
    answer = ask_services(_document(facts, place, on, mode), load_rulebook(), ask)
    if as_json:
        print(json.dumps(answer.as_document(), ensure_ascii=False, indent=1))
    else:
        tell(answer, language.value)


def _document(facts: str, place: str | None, on: str | None, mode: str | None) -> Document:
    found = read_document(read_source(facts))
    changes = {name: value for name, value in {"on": on, "mode": mode}.items() if value is not None}
    given = dict(found.given) | ({"service_place": place} if place is not None else {})
    return read_document({**found.as_document(), "question": SERVICES, **changes, "given": given})
