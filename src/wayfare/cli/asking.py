"""`wayfare ask`: one document, JSON lines, or a stored person; the answer first, then its reasons."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from wayfare.app.asking import answered, documents, result_document, written
from wayfare.cli.telling import tell_answer
from wayfare.cli.telling_paths import tell_paths
from wayfare.cli.telling_services import tell_services
from wayfare.decisions import Answer
from wayfare.decisions.paths import PathsAnswer
from wayfare.decisions.services import ServicesAnswer
from wayfare.facts import Document
from wayfare.kernel import Language
from wayfare.kernel.errors import WayfareError
from wayfare.rulebook import load_rulebook


def ask_command(
    question: Annotated[str | None, typer.Argument(help="The question; that of the document when left out.")] = None,
    file: Annotated[str | None, typer.Argument(help="The file, as --facts names it.")] = None,
    facts: Annotated[str, typer.Option("--facts", help="A file with a document or JSON lines; - is stdin.")] = "-",
    person: Annotated[str | None, typer.Option("--person", help="A stored person instead of a file.")] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day asked about.")] = None,
    mode: Annotated[str | None, typer.Option("--mode", help="decision or estimate.")] = None,
    place: Annotated[str | None, typer.Option("--place", help="Where a service is asked for: a code, 310000.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer object.")] = False,
    language: Annotated[Language, typer.Option("--language", "--lang", help="The language.")] = Language.ENGLISH,
) -> None:
    """Ask the law a question of a person's facts."""
    if question and file is None and facts == "-" and Path(question).is_file():
        question, file = None, question  # a file alone asks what it asks
    facts = file or facts
    if person and facts != "-":
        raise typer.BadParameter("Name a person or a file, not both.", param_hint="--person")
    law = load_rulebook()
    change: dict[str, Any] = {"question": question, "on": on.date().isoformat() if on else None, "mode": mode}
    change["given"] = {"service_place": place} if place else None
    lines, found_in = (False, iter([(1, _stored(person, change))])) if person else documents(read_source(facts))
    refused = False
    for line, found in found_in:
        result = answered(found, law, change=change, line=line if lines else None)
        refused |= isinstance(result, WayfareError)
        _tell(result, as_json=as_json or lines, lines=lines, language=language.value)
    raise typer.Exit(2 if refused else 0)


def read_source(source: str) -> bytes:
    """The text of a file, or of stdin for "-"; a wrong call when there is none."""
    if source == "-":
        if sys.stdin.isatty():
            raise typer.BadParameter("Name a file, name a --person, or pipe a document in.", param_hint="--facts")
        return sys.stdin.buffer.read()
    path = Path(source)
    if not path.is_file():
        raise typer.BadParameter(f"There is no file {source}.", param_hint="--facts")
    return path.read_bytes()


def _stored(person: str, asked: dict[str, Any]) -> Document | WayfareError:
    from wayfare.app.stored import stored_document

    try:
        found = stored_document(person, asked)
        if found.is_demonstration:
            print(f"{person} is a person of the demonstration.", file=sys.stderr)
        return found.document
    except WayfareError as fault:
        return fault


def _tell(result: Answer | WayfareError, *, as_json: bool, lines: bool, language: str) -> None:
    if as_json:
        print(written(result_document(result), is_line=lines), flush=lines)
    elif isinstance(result, WayfareError):
        for fault in (result, *getattr(result, "others", ())):
            told = f"{fault}" if fault.field is None else f"{fault}\n{'':{len(fault.code) + 2}}field: {fault.field}"
            Console(stderr=True, soft_wrap=True, highlight=False).print(told, markup=False)
    else:
        tell(result, language)


def tell(answer: Answer, language: str) -> None:
    """Tells an answer on the terminal."""
    out = Console(highlight=False, soft_wrap=True)
    if isinstance(answer, PathsAnswer):
        tell_paths(answer, lambda text: out.print(text, markup=False), language)
    elif isinstance(answer, ServicesAnswer):
        tell_services(answer, lambda text: out.print(text, markup=False), language)
    else:
        tell_answer(answer, out, language)
