"""The pages of the law: its index, a question, a rule, a figure, what changes, and what is left open.

Each is a function from the law and what was asked to HTML. The documents are those of the interface; what a page adds
is order, words and links.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from wayfare.app import figures, lawbook
from wayfare.app.searching import FOUND_MOST, search
from wayfare.law import Law
from wayfare.portals.language import Language, Words
from wayfare.portals.lawbook.markdown import as_html, as_line
from wayfare.portals.lawbook.telling import Telling
from wayfare.portals.page import Links, render

__all__ = ["Asked", "changes_page", "figure_page", "index_page", "open_page", "question_page", "rule_page", "shown"]

FOLDED_FROM: Final = 40
"""A figure with more rows than this is told place by place, in folds."""
ELSEWHERE_FROM: Final = 400
PROGRAMMES_FIRST: Final = ("pension", "residence", "medical", "services", "work", "jobs")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page was asked for: the law, the language, the day, and the address after the language."""

    law: Law
    language: Language
    address: str
    on: date | None = None

    @property
    def telling(self) -> Telling:
        """How the page says things."""
        return Telling(self.law, Words(self.language), self.on)


def shown(asked: Asked, template: str, title: str, **context: object) -> str:
    """A page of the law browser."""
    links = Links(f"/{asked.language.other}{asked.address}")
    tell = asked.telling
    return render(
        f"law/{template}.html.jinja", words=tell.words, links=links, title=title, served=True, tell=tell, on=asked.on,
        **context,
    )  # fmt: skip


def index_page(asked: Asked, *, words: str = "") -> str:
    """Every question and rule by programme, or what a search finds."""
    law = asked.law
    return shown(
        asked, "index", asked.telling.words.say("lawbook.title"), about=lawbook.law_document(law), typed=words,
        last_checked=date.fromisoformat(law.last_checked), found=search(law, words), found_most=FOUND_MOST,
        questions=by_programme(lawbook.questions_document(law)), rules=by_programme(lawbook.rules_document(law)),
    )  # fmt: skip


def by_programme(found: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Things in groups, the programmes that people ask about first."""
    def order(each: Mapping[str, Any]) -> tuple[int, str]:
        name = each["programme"]
        return (PROGRAMMES_FIRST.index(name) if name in PROGRAMMES_FIRST else len(PROGRAMMES_FIRST), name)

    listed = sorted(found, key=order)
    return [(name, list(group)) for name, group in groupby(listed, key=lambda each: each["programme"])]


def question_page(asked: Asked, name: str) -> str:
    """A question: what the answer holds, its sources, clauses, figures, the facts it may need, the least document."""
    law = asked.law
    question = lawbook.question_document(law, name)
    values = [lawbook.value_document(law, entry["name"], on=asked.on) for entry in question["values"]
              if entry["name"] in law.values]  # fmt: skip
    tables = dict.fromkeys(table for value in values if (table := value["table"]) in law.homes)
    heads = {head["name"]: head for head in figures.figures_document(law)}
    rules = {rule["rule"]: rule for rule in lawbook.rules_document(law)}
    clauses: dict[str, list[dict[str, Any]]] = {}
    for value in values:
        if value["texts"] and value["rule"] in rules:
            clauses.setdefault(value["rule"], []).append(value)
    return shown(
        asked, "question", asked.telling.label(question["say"]), question=question,
        clauses=[(rules[home], listed) for home, listed in clauses.items()],
        facts=[value for value in values if value["kind"] == "fact"], tables=[heads[table] for table in tables],
    )  # fmt: skip


def rule_page(asked: Asked, home: str) -> str:
    """A rule folder: its law.md, clauses, figures, gaps, open questions and worked examples."""
    rule = lawbook.rule_document(asked.law, home, on=asked.on)
    every = lawbook.rule_document(asked.law, home)["values"]
    left_out = sum(len(value["texts"]) for value in every) - sum(len(value["texts"]) for value in rule["values"])
    heads = {head["name"]: head for head in figures.figures_document(asked.law)}
    is_clause = {value["name"] for value in every if value["texts"]}
    return shown(
        asked, "rule", asked.telling.title(rule), rule=rule, text=as_html(rule["text"]), as_line=as_line,
        clauses=[value for value in rule["values"] if value["name"] in is_clause], left_out=left_out,
        others=[value for value in rule["values"] if value["name"] not in is_clause],
        tables=[heads[name] for name in rule["figures"]],
    )  # fmt: skip


def figure_page(asked: Asked, name: str, *, place: str | None = None) -> str:
    """A figure: its rows place by place, each to be cited, what estimates assume, gaps, the open question."""
    figure = figures.figure_document(asked.law, name, on=asked.on, place=place)
    query = "&".join(f"{key}={held}" for key, held in (("on", asked.on), ("place", place)) if held)
    return shown(
        asked, "figure", asked.telling.label(figure["label"]), figure=figure, place=place, as_line=as_line,
        rows=_by_place(figure["rows"]), assumed=_by_place(figure["assumed"]), query=f"?{query}" if query else "",
        rule={"rule": figure["rule"], "title": figure["rule"]},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one place, to be told open or folded."""

    places: Sequence[Mapping[str, str]]
    rows: Sequence[Mapping[str, Any]]

    @property
    def code(self) -> str:
        """The place; none for the nation."""
        return self.places[0]["code"] if self.places else ""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Rows by place; few of them stand open in one table."""

    groups: Sequence[Group]
    count: int

    @property
    def is_folded(self) -> bool:
        """Whether each place is a fold."""
        return self.count > FOLDED_FROM and len(self.groups) > 1

    @property
    def is_elsewhere(self) -> bool:
        """Whether each place has its rows on a page of its own."""
        return self.count > ELSEWHERE_FROM and len(self.groups) > 1


def _by_place(rows: Iterable[Mapping[str, Any]]) -> Grouped:
    held: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        held.setdefault(tuple(each["code"] for each in row["places"]), []).append(row)
    groups = [Group(listed[0]["places"], listed) for _, listed in sorted(held.items())]
    return Grouped(groups, sum(len(group.rows) for group in groups))


def changes_page(asked: Asked, *, before: date | None, after: date | None) -> str:
    """What begins and ends between two days."""
    found = lawbook.changes_document(asked.law, before, after) if before and after else []
    title = asked.telling.words.say("lawbook.changes.title")
    return shown(asked, "changes", title, before=before, after=after, found=found)


def open_page(asked: Asked) -> str:
    """Every open question by programme and rule."""
    found = lawbook.open_questions_document(asked.law)
    rules = {rule["rule"]: rule for rule in lawbook.rules_document(asked.law)}
    groups = [
        (name, [(rules[home], list(group)) for home, group in groupby(each, key=lambda one: one["rule"])])
        for name, each in by_programme(found)
    ]  # fmt: skip
    return shown(asked, "open", asked.telling.words.say("lawbook.open.title"), groups=groups, as_line=as_line)
