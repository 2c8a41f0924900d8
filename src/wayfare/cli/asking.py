"""`wayfare ask`: one document, JSON lines, or a stored person; the answer first, then its reasons."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from wayfare.cli.telling import tell_answer
from wayfare.cli.telling_paths import tell_paths
from wayfare.decisions import Answer, ask
from wayfare.decisions.paths import PathsAnswer
from wayfare.facts import Document, FactsError, read_document, read_lines
from wayfare.kernel.errors import WayfareError
from wayfare.law import Law
from wayfare.rulebook import load_rulebook


class Language(StrEnum):
    """The languages that answers are told in."""

    EN = "en"
    ZH = "zh"


def ask_command(
    question: Annotated[str | None, typer.Argument(help="The question; that of the document when left out.")] = None,
    facts: Annotated[str, typer.Option("--facts", help="A file with a document or JSON lines; - is stdin.")] = "-",
    person: Annotated[str | None, typer.Option("--person", help="A stored person instead of a file.")] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day asked about.")] = None,
    mode: Annotated[str | None, typer.Option("--mode", help="decision or estimate.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer object.")] = False,
    language: Annotated[Language, typer.Option("--language", help="The language of the answer.")] = Language.EN,
) -> None:
    """Ask the law a question of a person's facts."""
    if person and facts != "-":
        raise typer.BadParameter("Name a person or a file, not both.", param_hint="--person")
    law = load_rulebook()
    change = {"question": question, "on": on.date().isoformat() if on else None, "mode": mode}
    lines, documents = (False, iter([(1, _stored(person, change))])) if person else _documents(read_source(facts))
    refused = False
    for line, found in documents:
        result = _answered(found, change, law, line if lines else None)
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


def _documents(text: bytes) -> tuple[bool, Iterator[tuple[int, Document | FactsError]]]:
    """One document, or JSON lines: lines when there are several and some line is an object by itself."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and not _is_object(text) and any(map(_is_object, lines)):
        return True, read_lines(io.BytesIO(text))
    return False, iter([(1, _document(text))])


def _is_object(text: bytes) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _stored(person: str, asked: dict[str, Any]) -> Document | WayfareError:
    from wayfare.app.stored import stored_document

    try:
        found = stored_document(person, asked)
        if found.is_demonstration:
            print(f"{person} is a person of the demonstration.", file=sys.stderr)
        return found.document
    except WayfareError as fault:
        return fault


def _document(text: bytes) -> Document | FactsError:
    try:
        return read_document(text)
    except FactsError as fault:
        return fault


def _answered(found: Any, change: dict[str, Any], law: Law, line: int | None) -> Answer | WayfareError:
    if isinstance(found, WayfareError):
        return found
    changes = {k: v for k, v in change.items() if v is not None}
    try:
        document = read_document({**found.as_document(), **changes}) if changes else found
        return ask(document, law)
    except WayfareError as fault:
        fault.line = fault.line or line
        return fault


def _tell(result: Answer | WayfareError, *, as_json: bool, lines: bool, language: str) -> None:
    if isinstance(result, WayfareError):
        if as_json:
            print(json.dumps({"error": _error(result)}, ensure_ascii=False, indent=None if lines else 1), flush=lines)
        else:
            for fault in (result, *getattr(result, "others", ())):
                told = f"{fault}" if fault.field is None else f"{fault}\n{'':{len(fault.code) + 2}}field: {fault.field}"
                Console(stderr=True, soft_wrap=True, highlight=False).print(told, markup=False)
        return
    if as_json:
        print(json.dumps(result.as_document(), ensure_ascii=False, indent=None if lines else 1), flush=lines)
    else:
        tell(result, language)


def tell(answer: Answer, language: str) -> None:
    """Tells an answer on the terminal."""
    out = Console(highlight=False, soft_wrap=True)
    if isinstance(answer, PathsAnswer):
        tell_paths(answer, lambda text: out.print(text, markup=False), language)
    else:
        tell_answer(answer, out, language)


def _error(fault: WayfareError) -> dict[str, Any]:
    out = fault.as_document()
    others = [o.as_document() for o in getattr(fault, "others", ())]
    return out | ({"others": others} if others else {})
