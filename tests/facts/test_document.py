"""What reading gives: typed values, one canonical form, and a refusal for whatever else is sent."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from facts.documents import WHOLE, changed, json_values, lives, mutated
from wayfare.facts import read_document
from wayfare.facts.errors import FactsError
from wayfare.facts.values import months_text
from wayfare.kernel import Mode, Money, Month, MonthSpell, Place, Spell


def test_values_are_typed() -> None:
    document = read_document(changed("known_at", "2025-06-30T12:00:00Z"))
    facts = document.facts
    assert (document.on, document.mode) == (date(2025, 7, 1), Mode.ESTIMATE)
    assert document.known_at == datetime(2025, 6, 30, 12, tzinfo=UTC)
    assert facts.hukou[0].place == Place("341225")
    assert facts.residence[0].spell == Spell(date(2009, 2, 1))
    assert facts.work[0].monthly_wage == Money.yuan("3500.00")
    assert facts.insurance[0].spell == MonthSpell(Month("2009-02"), Month("2013-06"))
    assert facts.insurance[0].years[1].months == (1, 2, 3, 7)
    assert facts.accounts[0].balance == Money.fen(912033)


def test_bytes_text_and_object_read_the_same() -> None:
    text = json.dumps(WHOLE, ensure_ascii=False, indent=2)
    assert read_document(text) == read_document(text.encode()) == read_document(WHOLE)


def test_a_document_that_was_read_does_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        read_document(WHOLE).facts.person.sex = "male"  # type: ignore[misc]


def test_what_is_left_out_is_not_known_and_a_question_alone_is_a_document() -> None:
    document = read_document({"question": "pension.contributions", "on": "2025-07-01"})
    assert document.mode is Mode.DECISION
    assert document.facts.person.born is None
    assert document.as_document() == {"question": "pension.contributions", "on": "2025-07-01", "mode": "decision"}


def test_the_canonical_form_keeps_null_only_where_it_says_still_running() -> None:
    document = read_document(changed("facts.hukou.0.source", None)).as_document()
    assert document["facts"]["hukou"] == [
        {"place": "341225", "kind": "agricultural", "from": "1975-03-12", "to": None}
    ]


def test_the_identity_number_tells_birth_and_sex_when_they_are_left_out() -> None:
    person = read_document(changed("facts.person", {"identity_number": "11010519491231002X"})).facts.person
    assert (person.birth_stated, person.sex_stated) == (date(1949, 12, 31), "female")


def test_months_are_written_as_ranges() -> None:
    assert months_text((1, 2, 3, 7, 11, 12)) == "1-3,7,11-12"


@given(lives())
def test_reading_the_canonical_form_gives_the_same_document(life: dict[str, Any]) -> None:
    document = read_document(life)
    text = document.as_json()
    again = read_document(text)
    assert again == document
    assert again.as_json() == text
    assert read_document(document.as_document()) == document


def _read_or_refused(source: Any) -> None:
    try:
        read_document(source)
    except FactsError as refusal:
        for fault in refusal.all():
            assert fault.code.startswith("WF-FAC-")
            assert fault.next_step
            json.dumps(fault.as_document(), ensure_ascii=False)


@settings(max_examples=150)
@given(mutated())
def test_a_changed_document_is_read_or_refused_with_a_field(document: dict[str, Any]) -> None:
    try:
        read_document(document)
    except FactsError as refusal:
        assert all(fault.field is not None for fault in refusal.all())
    _read_or_refused(document)


@settings(max_examples=300)
@given(st.data())
def test_changed_bytes_are_read_or_refused(data: Any) -> None:
    source = bytearray(json.dumps(WHOLE, ensure_ascii=False), "utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(source) - 1))
        source[place : place + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    _read_or_refused(bytes(source))


@given(json_values | st.text())
def test_anything_at_all_is_read_or_refused(source: Any) -> None:
    _read_or_refused(source)
