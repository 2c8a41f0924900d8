"""`wayfare statement`: a person's line of life with what it adds up to, as a page to keep, in Chinese and English."""

from __future__ import annotations

import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wayfare.cli.asking import read_source
from wayfare.facts import Document, read_document
from wayfare.rulebook import load_rulebook

if TYPE_CHECKING:
    from wayfare.portals import Language

__all__ = ["statement_command"]


class Pages(StrEnum):
    """Which pages to write."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"


def statement_command(
    facts: Annotated[str, typer.Argument(help="A file with a facts document; - is stdin.")] = "-",
    output: Annotated[
        str | None, typer.Option("--output", "-o", help="The file to write; - is stdout, for one language.")
    ] = None,
    pages: Annotated[Pages, typer.Option("--lang", help="Which pages to write.")] = Pages.BOTH,
    person: Annotated[str | None, typer.Option("--person", help="A stored person instead of a file.")] = None,
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day asked about.")] = None,
    mode: Annotated[str | None, typer.Option("--mode", help="decision or estimate.")] = None,
) -> None:
    """Write a person's statement: the line of life and what it adds up to. Nothing is stored."""
    from wayfare.app.stating import state
    from wayfare.portals import Language, Links, Origin, statement_page, told_statement

    if person and facts != "-":
        raise typer.BadParameter("Name a person or a file, not both.", param_hint="--person")
    languages = list(Language) if pages is Pages.BOTH else [Language(pages.value)]
    if output == "-" and len(languages) > 1:
        raise typer.BadParameter("Name one language, --lang zh or --lang en.", param_hint="--output")
    asked = {"on": on.date().isoformat() if on else None, "mode": mode}
    document = _stored(person, asked) if person else _told(read_source(facts), asked)
    origin = Origin.RECORD if person else Origin.TOLD
    shown = told_statement(state(document, load_rulebook()), made_on=date.today(), origin=origin)
    names = _names(output or f"statement-{person or _stem(facts)}.html", languages)
    for language in languages:
        other = names[language.other].name if len(languages) > 1 else None
        page = statement_page(shown, language, Links(other))
        if output == "-":
            sys.stdout.write(page)
        else:
            names[language].write_text(page, encoding="utf-8")
            print(names[language])


def _told(text: bytes, asked: dict[str, Any]) -> Document:
    document = read_document(text)
    changes = {name: value for name, value in asked.items() if value is not None}
    return read_document({**document.as_document(), **changes}) if changes else document


def _stored(person: str, asked: dict[str, Any]) -> Document:
    from wayfare.app.stating import QUESTIONS
    from wayfare.app.stored import stored_document

    today = date.today().isoformat()
    found = stored_document(person, {"question": QUESTIONS[0], **asked, "on": asked["on"] or today})
    if found.is_demonstration:
        print(f"{person} is a person of the demonstration.", file=sys.stderr)
    return found.document


def _stem(facts: str) -> str:
    return "me" if facts == "-" else Path(facts).stem


def _names(output: str, languages: list[Language]) -> dict[Language, Path]:
    """The file of each language: the one named, or for two languages the same with the language before its ending."""
    path = Path(output)
    if len(languages) == 1 and output != "-":
        return {languages[0]: path}
    return {each: path.with_name(f"{path.stem}.{each.tag}{path.suffix or '.html'}") for each in languages}
