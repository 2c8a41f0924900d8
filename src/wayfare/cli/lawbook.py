"""`wayfare law`: what the rulebook says, value by value, what changes between two days, and what is covered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

from wayfare.app.covered import GROUPS, counted, coverage_csv, coverage_document, covered, group_of
from wayfare.app.lawbook import question_document
from wayfare.cli.console import results
from wayfare.decisions.composed import with_composed
from wayfare.law.labels import label_of
from wayfare.law.show import Entry, behind, differences, entries
from wayfare.rulebook import load_rulebook
from wayfare.rulebook.coverage import Coverage, programme_of, year_by_year

app = typer.Typer(no_args_is_help=True, help="The law: list, show, diff, coverage.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def list_command(as_json: AsJson = False) -> None:
    """Every question, value and parameter of the rulebook."""
    law = with_composed(load_rulebook())
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
    _print(out, behind(with_composed(law), question))
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


@app.command("coverage")
def coverage_command(
    programme: Annotated[str | None, typer.Option("--programme", help="A programme, such as pension.")] = None,
    place: Annotated[str | None, typer.Option("--place", help="A place by its six digits.")] = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a table of stretches of days.")] = False,
) -> None:
    """What is covered of what differs by place: for each figure the years that are sure, assumed or not covered."""
    law = load_rulebook()
    found = covered(law, programme=programme, place=place)
    if as_json or as_csv:
        lines = coverage_document(law, found)
        print(coverage_csv(lines), end="") if as_csv else _json(lines)
        return
    heads = ["official, verified", "recalled, derived", "assumed", "not covered"]
    named = Column("figure or text", no_wrap=True)
    table = Table("programme", named, "places", *heads, box=None, pad_edge=False)
    for (home, name), each in _by_figure(found).items():
        cells = _years_of(each[0]) if place else map(str, _counts_of(each))
        table.add_row(home, f"{name}  {label_of(law, name, 'en')}", str(len(each)), *cells)
    results().print(table)
    if not place:
        results().print("In years of one figure in one place; --place prints which years, --json the reasons of gaps.")


def _by_figure(found: Iterable[Coverage]) -> dict[tuple[str, str], list[Coverage]]:
    out: dict[tuple[str, str], list[Coverage]] = {}
    for line in found:
        out.setdefault((programme_of(line.home), line.name), []).append(line)
    return out


def _counts_of(lines: Iterable[Coverage]) -> list[int]:
    counts = counted(lines, lambda line: line.name)
    return [sum(each[group] for each in counts.values()) for group in GROUPS]


def _years_of(line: Coverage) -> Iterator[str]:
    """The years of each group as runs: 1999-2009, 2011-2025."""
    for group in GROUPS:
        years = [year for year, status in year_by_year(line) if group_of(status) == group]
        runs = [list(run) for _, run in groupby(enumerate(years), key=lambda pair: pair[1] - pair[0])]
        ends = [(run[0][1], run[-1][1]) for run in runs]
        yield ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ends) or "-"


def _print(out: Console, found: list[Entry]) -> None:
    name = Column("value", no_wrap=True)
    table = Table(name, "kind", "level", "unit", "dates", "status", "source", box=None, pad_edge=False)
    for e in found:
        table.add_row(e.name, e.kind, e.level, e.unit, e.dates, e.status, e.source)
    out.print(table)


def _json(found: Any) -> None:
    print(json.dumps(found, ensure_ascii=False, indent=1))
