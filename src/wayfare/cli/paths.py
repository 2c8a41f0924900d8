"""`wayfare paths`: a person's five paths, told in words, and each written out as a document that can be asked again."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from wayfare.cli.asking import tell
from wayfare.decisions.paths import PathsAnswer, ask_paths
from wayfare.decisions.paths.answering import PATHS
from wayfare.facts import Document, read_document
from wayfare.kernel import Language
from wayfare.rulebook import load_rulebook


def paths_command(
    facts: Annotated[Path, typer.Argument(help="A file with one person's facts document.", exists=True)],
    settings: Annotated[list[str] | None, typer.Option("--set", help="An assumption, next_place=310000.")] = None,
    write: Annotated[Path | None, typer.Option("--write", help="A folder for each path's own document.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer object.")] = False,
    language: Annotated[Language, typer.Option("--language", help="The language of the answer.")] = Language.ENGLISH,
) -> None:
    """Compare where a person may go: settle, move on, return home, come and go, undecided."""
    answer = ask_paths(_document(facts, settings or []), load_rulebook())
    if as_json:
        print(json.dumps(answer.as_document(), ensure_ascii=False, indent=1))
    else:
        tell(answer, language.value)
    if write is not None:
        for name in written(answer, write):
            print(name, file=sys.stderr)


def _document(facts: Path, settings: list[str]) -> Document:
    found = read_document(facts.read_bytes())
    return read_document({**found.as_document(), "question": PATHS, "given": {**found.given, **_given(settings)}})


def _given(settings: list[str]) -> dict[str, str]:
    out = {}
    for each in settings:
        name, equals, value = each.partition("=")
        if not (name and equals and value):
            raise typer.BadParameter(f"{each} is not NAME=VALUE.", param_hint="--set")
        out[name] = value
    return out


def written(answer: PathsAnswer, folder: Path) -> list[str]:
    """Writes each path's document, and for each warning the one without its step; the names of the files."""
    assert answer.paths is not None
    documents: dict[str, Document | None] = {p.name.value: p.document for p in answer.paths.paths}
    for p in answer.paths.paths:
        documents |= {f"{p.name.value}.without.{w.code}.{w.place}": w.without for w in p.warnings}
    folder.mkdir(parents=True, exist_ok=True)
    files: list[str] = []
    for name, document in documents.items():
        if document is not None:
            shape: dict[str, Any] = document.as_document()
            target = folder / f"{name}.json"
            target.write_text(json.dumps(shape, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            files.append(str(target))
    return files
