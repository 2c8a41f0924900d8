"""The shapes of what the interface sends, for OpenAPI: clients read them, and the tests hold every response to them.

Responses are written from the documents of the use cases, not from these; what a shape leaves open may grow.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from wayfare.kernel.status import Mode, Rank, Status

__all__ = [
    "Answer", "Change", "Coverage", "Error", "Figure", "FigureHead", "Law", "OpenQuestion", "Question",
    "QuestionInFull", "Rule", "RuleHead", "Value",
]  # fmt: skip

Said = dict[str, str]
"""The same text by language, `en` and `zh`."""


class Shape(BaseModel):
    """A shape that names every field it promises."""

    model_config = ConfigDict(extra="forbid")


class ErrorBody(Shape):
    """What was refused, where, and what to do next."""

    code: str = Field(pattern="^WF-[A-Z]+-[0-9]{3}$", description="The code; docs/errors.md has a page for each.")
    message: str = Field(description="What was found, then what to do next.")
    field: str | None = Field(description="The path of the field, `facts.insurance[0].from`.")
    line: int | None = Field(description="The line of a stream, from 1.")
    request_id: str = Field(description="The number of the request in the server's log.")
    others: list[dict[str, Any]] = Field(default=[], description="Further faults of the same document.")


class Error(Shape):
    """The one form of every refusal."""

    error: ErrorBody


class Amount(Shape):
    """A value as people read it: money in yuan with two decimals, other numbers as decimal text."""

    value: str | None
    unit: str
    status: Status


class Shown(Amount):
    """A value of an answer, with a row for each place or spell where there are several."""

    given: bool = Field(default=False, description="It was given, and stands for what would have been computed.")
    label: Said = {}
    said: Said = {}
    rows: list[dict[str, Any]] = []


class Answer(BaseModel):
    """What the law says to a question, on the facts of a document."""

    question: str
    on: date
    known_at: str | None
    mode: Mode
    answer: Amount
    values: dict[str, Shown]
    reasons: list[dict[str, Any]] = Field(description="Each clause with the facts that met or missed it, nested.")
    assumed: list[dict[str, Any]] = Field(description="What the answer rests on that is less than verified.")
    missing: list[dict[str, Any]] = Field(description="What has to be stated before the answer is known.")
    next_step: Said | None
    changes: list[dict[str, Any]] = Field(description="Ways to another answer: steps, who, days, cost.")
    closed: bool = Field(description="Nothing that anyone can do turns the answer.")
    findings: list[dict[str, Any]]
    given: dict[str, str]
    law: str = Field(description="The version of the rulebook and of the assumption pack.")


class Named(Shape):
    """A value under its public name, with the name it has in the law and what it is called."""

    name: str
    value: str
    label: Said


class Question(Shape):
    """A question that can be asked."""

    name: str
    programme: str
    say: Said
    rule: str
    answer: str
    values: list[Named]


class Entry(Shape):
    """One value behind a question."""

    name: str
    kind: str
    level: str
    unit: str
    home: str
    text: str
    dates: str
    status: str
    source: str
    label: Said


class Cited(Shape):
    """A document that values rest on, with its articles."""

    text: str
    rank: Rank
    status: Status
    articles: list[str]


class QuestionInFull(Shape):
    """A question with every value behind it, its sources, and the smallest document that answers it."""

    law: str
    question: str
    name: str
    programme: str
    say: Said
    rule: str
    answer: str
    shown: list[Named]
    values: list[Entry]
    sources: list[Cited]
    document: dict[str, Any]


class Law(Shape):
    """Which law this is."""

    version: str
    last_checked: str
    rules: int
    questions: int
    values: int
    figures: int
    open_questions: int


class Source(Shape):
    """Where a text or a figure stands, how binding that is, and how sure we are of it."""

    text: str
    article: str
    rank: Rank
    status: Status


class Place(Shape):
    """A place by its six digits."""

    code: str = Field(pattern="^[0-9]{6}$")
    en: str
    zh: str


class InForce(Shape):
    """From which day, and until which day, not included; null is for ever."""

    from_: date | None = Field(alias="from")
    until: date | None
    places: list[Place] = Field(description="Empty for the nation; two for an agreement of a pair.")


class Text(InForce):
    """One text of a value: a clause in force for some days in some places."""

    id: str
    source: Source
    meaning: str
    formula: str


class Value(Shape):
    """A value of the law."""

    name: str
    label: Said
    kind: str
    level: str
    unit: str
    rule: str
    say: dict[str, Any] = Field(description="The sentence for people, for a truth one for yes and one for no.")
    texts: list[Text]
    table: str | None = Field(description="The figure that it is looked up in.")
    rests_on: list[str]
    ask: Said = Field(description="How people are asked for it, where it is a fact.")
    choices: list[str]


class Gap(InForce):
    """A stretch without a figure that is meant, with its reason."""

    why: Said


class GapOfRule(Gap):
    """A gap with the figure it is in."""

    name: str


class RuleHead(Shape):
    """A rule folder."""

    rule: str
    programme: str
    title: str
    questions: list[str]
    value_count: int
    figures: list[str]
    open_question_count: int


class Rule(RuleHead):
    """A rule folder with all it holds."""

    on: date | None
    purpose: str
    text: str = Field(description="law.md: what the articles say, quoted or paraphrased, and how we read them.")
    values: list[Value]
    gaps: list[GapOfRule]
    open_questions: list[str]
    cases: list[dict[str, Any]]


class FigureHead(Shape):
    """A figure, or table of figures, that a lawmaker chose."""

    name: str
    label: Said
    unit: str
    rule: str
    by: list[str]
    steps: list[str] = Field(description="Keys that hold from this one on.")
    columns: list[str]
    row_count: int
    assumed_count: int


class Row(InForce):
    """One figure: its value, from when, where, under which keys, and where it is written."""

    id: str
    key: dict[str, Said]
    value: str | None
    said: Said = {}
    columns: dict[str, dict[str, Any]] = {}
    source: Source
    checked: date | None
    note: str


class Figure(FigureHead):
    """A figure with its rows."""

    on: date | None
    rows: list[Row]
    assumed: list[Row] = Field(description="What estimates put into gaps; no decision rests on it.")
    gaps: list[Gap]
    open_question: str


class OpenQuestion(Shape):
    """What the law at hand does not settle, and what would."""

    rule: str
    programme: str
    text: str


class Change(Shape):
    """A figure or a text that begins or ends between two days."""

    name: str
    place: str
    change: str = Field(pattern="^(begins|ends)$")
    text: str


class Stretch(Shape):
    """Days, and how sure the law at hand is."""

    from_: date = Field(alias="from")
    until: date
    status: str = Field(description="A status, or `not covered`.")
    why: Said = {}


class Coverage(Shape):
    """One figure or text in one place: the stretches leave no hole."""

    programme: str
    rule: str
    name: str
    label: Said
    place: str = Field(pattern="^[0-9]{6}$")
    stretches: list[Stretch]
