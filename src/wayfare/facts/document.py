"""The facts document: one question, the day it asks about, and what is known about a person.

This is the public face of Wayfare's facts; the API, the command line, examples, imports and tests all use it. A
document that was read is sound in itself: what it says can be so. Whether it is complete is for the question to find
out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from wayfare.facts.bounds import ROWS_MAX
from wayfare.facts.items import (
    Account,
    BenefitSpell,
    HukouSpell,
    InsuranceSpell,
    Label,
    Person,
    ResidenceSpell,
    Shape,
    WorkSpell,
)
from wayfare.facts.medical import Claim, Filing, ThisYear
from wayfare.facts.points_items import Conduct, Evidence
from wayfare.facts.service_items import Paper, Permit
from wayfare.facts.values import VALUE_NAME_SCHEMA, Day, GivenText, ModeWord, Moment, Question, ValueName
from wayfare.facts.work_items import Pay
from wayfare.kernel import Mode

__all__ = ["Document", "Facts"]


def most(rows: str) -> Any:
    """A list of items; JSON writes a list where the value holds a tuple, of as many items as one person can have."""
    return Field(strict=False, max_length=ROWS_MAX[rows])


class Facts(Shape):
    """The facts about one person, and about the people their matter concerns."""

    person: Person = Person()
    people: Annotated[tuple[Person, ...], most("people")] = ()
    hukou: Annotated[tuple[HukouSpell, ...], most("hukou_spell")] = ()
    residence: Annotated[tuple[ResidenceSpell, ...], most("residence_spell")] = ()
    work: Annotated[tuple[WorkSpell, ...], most("work_spell")] = ()
    insurance: Annotated[tuple[InsuranceSpell, ...], most("insurance")] = ()
    accounts: Annotated[tuple[Account, ...], most("account_record")] = ()
    benefits: Annotated[tuple[BenefitSpell, ...], most("benefit")] = ()
    permits: Annotated[tuple[Permit, ...], most("permit")] = ()
    papers: Annotated[tuple[Paper, ...], most("paper_record")] = ()
    points: Annotated[tuple[Evidence, ...], most("points_evidence")] = ()
    conduct: Annotated[tuple[Conduct, ...], most("conduct")] = ()
    pay: Annotated[tuple[Pay, ...], most("pay_record")] = ()
    claims: Annotated[tuple[Claim, ...], most("claim")] = ()
    filings: Annotated[tuple[Filing, ...], most("claim_filing")] = ()
    this_year: ThisYear = ThisYear()


class Document(Shape):
    """A question asked on a day of certain facts, in mode `decision` unless it says `estimate`.

    `known_at` asks with what was known at that moment, in UTC. `given` holds values that stand for what would have been
    computed, as text: money in yuan with two decimals, other numbers as decimal text.
    """

    question: Question
    on: Day
    mode: ModeWord = Mode.DECISION
    known_at: Moment | None = None
    about: Label | None = None
    facts: Facts = Facts()
    # Pydantic leaves the form of the names out of the schema.
    given: Mapping[ValueName, GivenText] = Field(default_factory=dict, json_schema_extra=VALUE_NAME_SCHEMA)

    def as_json(self) -> str:
        """The document in its one canonical form: sorted fields, no spaces, nothing that is empty or not known.

        Reading it back gives an equal document, and equal documents give the same text, so it can be hashed.
        """
        return json.dumps(self.as_document(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def as_document(self) -> dict[str, Any]:
        """The canonical form as an object; of nulls only a spell's `to` is written, where it says "still running"."""
        shape: dict[str, Any] = _without_empty(self.model_dump(mode="json", by_alias=True))
        return shape


def _without_empty(shape: Any) -> Any:
    if isinstance(shape, dict):
        kept = {name: _without_empty(value) for name, value in shape.items()}
        return {name: value for name, value in kept.items() if value not in (None, [], {}) or name == "to"}
    if isinstance(shape, list):
        return [_without_empty(value) for value in shape]
    return shape
