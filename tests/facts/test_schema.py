"""The published schema says the form: what it refuses reading refuses, and what only reading refuses is meaning."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from facts.documents import WHOLE, lives, mutated
from facts.test_errors import CASES
from wayfare.facts import read_document, schema
from wayfare.facts.errors import FactsError

VALIDATOR = Draft202012Validator(schema())
MEANING = {
    "WF-FAC-012": "a day that the calendar does not have",
    "WF-FAC-013": "a thirteenth month",
    "WF-FAC-014": "months out of order",
    "WF-FAC-015": "a place that never was",
    "WF-FAC-017": "an amount or a date out of bounds",
    "WF-FAC-019": "a check digit or a region that never was",
    "WF-FAC-020": "an end before the start",
    "WF-FAC-021": "spells that exclude each other",
    "WF-FAC-022": "a birth after the question",
    "WF-FAC-023": "a record before birth",
    "WF-FAC-024": "a month outside its spell",
    "WF-FAC-025": "a month recorded twice",
    "WF-FAC-026": "an id given twice",
    "WF-FAC-027": "a field that the item does not have",
    "WF-FAC-028": "an hour that the day does not have",
    "WF-FAC-029": "a group that does not go with the sex",
    "WF-FAC-031": "a surrender before the end of its months",
    "WF-FAC-032": "a holder whom the document does not name",
    "WF-FAC-033": "an endorsement before the issue",
    "WF-FAC-034": "a paper stated twice",
    "WF-FAC-030": "too many stretches of contributions",
    "WF-FAC-040": "parts that come to more than their bill",
    "WF-FAC-035": "an item of a points table given twice",
    "WF-FAC-036": "a degree of a level that gives none",
}
"""The faults that only reading can find."""


def test_the_schema_is_valid_and_is_json() -> None:
    Draft202012Validator.check_schema(schema())
    assert json.loads(json.dumps(schema())) == schema()


def test_the_schema_takes_the_whole_document() -> None:
    VALIDATOR.validate(WHOLE)


@given(lives())
def test_what_reading_takes_the_schema_takes(life: dict[str, Any]) -> None:
    VALIDATOR.validate(life)
    VALIDATOR.validate(read_document(life).as_document())


def _is_json(source: Any) -> bool:
    try:
        return bool(json.loads(json.dumps(source)) == source)
    except (TypeError, ValueError):
        return False


OBJECTS = [source for source, *_ in CASES if isinstance(source, dict) and _is_json(source)]


def _agree(source: dict[str, Any]) -> None:
    """Reading refuses what the schema refuses, and of what the schema takes only what it means."""
    try:
        read_document(source)
    except FactsError as refusal:
        assert refusal.code in MEANING or not VALIDATOR.is_valid(source)
    else:
        VALIDATOR.validate(source)


@pytest.mark.parametrize("source", OBJECTS)
def test_reading_and_the_schema_agree_about_every_fault(source: dict[str, Any]) -> None:
    _agree(source)


@settings(max_examples=300)
@given(mutated())
def test_reading_and_the_schema_agree_about_a_changed_document(source: dict[str, Any]) -> None:
    _agree(source)
