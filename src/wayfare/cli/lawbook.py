"""`wayfare law`: what the rulebook says, value by value, and what changes between two days."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

from wayfare.app.lawbook import question_document
from wayfare.cli.console import results
from wayfare.decisions.paths import with_paths
from wayfare.law.show import Entry, behind, differences, entries
from wayfare.rulebook import load_rulebook

app = typer.Typer(no_args_is_help=True, help="The law: list, show, diff.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def list_command(as_json: AsJson = False) -> None:
    """Every question, value and parameter of the rulebook."""
    law = with_paths(load_rulebook())
    found = entries(law)
    if as_json:
        questions = [
            {"name": q.name, "answer": q.answer, "values": list(q.values), "say": dict(q.say)}
            for q in law.questions.values()
        ]
        _json({"law": law.version, "questions": questions, "values": [e.as_document() for e in found]})
        return
    out = results()
    for question in sorted(law.questions.values(), key=lambda q: q.name):
        out.print(f"{question.name}  {question.say.get('en', '')} {question.say.get('zh', '')}", markup=False)
    _print(out, found)


@app.command("show")
def show_command(
    question: Annotated[str, typer.Argument(help="A question, such as pension.place.")], as_json: AsJson = False
) -> None:
    """Every value behind a question, and the smallest document that answers it."""
    law = load_rulebook()
    found = question_document(law, question)
    if as_json:
        _json(found)
        return
    out = results()
    _print(out, behind(with_paths(law), question))
    out.print("\nThe smallest document that answers it:")
    out.print(json.dumps(found["document"], ensure_ascii=False, indent=1), markup=False, soft_wrap=True)


@app.command("diff")
def diff_command(
    before: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="A day, 2024-12-31.")],
    after: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="A later day, 2025-01-01.")],
    as_json: AsJson = False,
) -> None:
    """What begins and what ends between two days."""
    found = differences(load_rulebook(), before.date(), after.date())
    if as_json:
        _json(found)
        return
    table = Table(Column("value", no_wrap=True), "place", "change", "text", box=None, pad_edge=False)
    for line in found:
        table.add_row(line["name"], line["place"], line["change"], line["text"])
    results().print(table if found else "Nothing changes between these days.")


def _print(out: Console, found: list[Entry]) -> None:
    name = Column("value", no_wrap=True)
    table = Table(name, "kind", "level", "unit", "dates", "status", "source", box=None, pad_edge=False)
    for e in found:
        table.add_row(e.name, e.kind, e.level, e.unit, e.dates, e.status, e.source)
    out.print(table)


def _json(found: Any) -> None:
    print(json.dumps(found, ensure_ascii=False, indent=1))
