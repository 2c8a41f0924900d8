"""A refusal says by how much and what would change it; who does as told is answered yes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.movers import mover
from wayfare.decisions import Answer, as_told, ask
from wayfare.facts import read_document
from wayfare.kernel.reason import Reason
from wayfare.rulebook import load_rulebook

LAW = load_rulebook()
TURNED = sorted(name for name, q in LAW.questions.items() if q.levers and not name.startswith("pension."))
SERVICES = sorted(name for name, q in LAW.questions.items() if "is_eligible" in q.named)


def walked(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    for reason in reasons:
        yield from reason.walk()


def is_refused(answer: Answer) -> bool:
    return "is_eligible" in answer.values and answer.values["is_eligible"].value == "no"


@pytest.mark.parametrize("question", TURNED)
@settings(max_examples=15)
@given(seed=st.integers(0, 2**32 - 1))
def test_who_does_as_told_is_answered_as_told(question: str, seed: int) -> None:
    document = read_document(mover(Random(seed), question))
    answer = ask(document, LAW)
    for turn in answer.changes:
        again = ask(as_told(document, turn.steps, LAW), LAW)
        assert again.answer.value == turn.answer
        if turn.turns in again.values and again.values[turn.turns].unit == "truth":
            assert again.values[turn.turns].value == "yes"


@pytest.mark.parametrize("question", SERVICES)
@settings(max_examples=15)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_refusal_names_what_fails_and_a_way_or_what_closes_it(question: str, seed: int) -> None:
    answer = ask(read_document(mover(Random(seed), question)), LAW)
    if not is_refused(answer):
        return
    assert answer.changes or answer.closed_by
    assert any(r.holds is False and (r.sentence or r.shortfall) for r in walked((*answer.reasons, *answer.closed_by)))
    assert all(step["say"].get("en") and step["say"].get("zh") for turn in answer.changes for step in turn.steps)
    for reason in answer.closed_by:
        assert reason.holds is not True
        assert not set(re.findall(r"[a-z]+_[a-z_]+", " ".join(reason.sentence.values()))), reason.clause
