"""What services.all tells of random people at random places: a told way opens its service, a no has its clause."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.lives import law
from rulebook.newcomers import newcomer
from wayfare.decisions import as_told, ask
from wayfare.decisions.services import ServicesAnswer, State, services_of
from wayfare.facts import Document, read_document

SEEDS = st.integers(0, 2**32)


def told(document: Document) -> ServicesAnswer:
    found = ask(document, law())
    assert isinstance(found, ServicesAnswer)
    return found


@settings(max_examples=25)
@given(SEEDS)
def test_a_way_that_was_told_opens_the_service(seed: int) -> None:
    document = read_document(newcomer(Random(seed)))
    for service in told(document).services:
        for way in service.ways:
            after = as_told(document, way.turn.steps, law())
            again = next(s for s in told(after).services if s.name == service.name)
            assert again.state is State.OPEN, (service.name, [dict(s) for s in way.turn.steps])


@settings(max_examples=20)
@given(SEEDS)
def test_every_service_of_the_law_stands_in_one_state_and_says_why_in_both_languages(seed: int) -> None:
    found = told(read_document(newcomer(Random(seed))))
    assert sorted(s.name for s in found.services) == [q.name for q in services_of(law())]
    for service in found.services:
        assert service.why["en"] and service.why["zh"], service.name
        assert has_what_its_state_calls_for(service), (service.name, service.state)


def has_what_its_state_calls_for(service: Any) -> bool:
    """A way for what opens after steps, a clause for what is closed, something missing for what is not known."""
    held = {State.AFTER: service.ways, State.CLOSED: service.closed_by, State.UNKNOWN: service.missing}
    if service.state is State.NOT_COVERED:
        return bool(service.missing) and not (service.ways or service.closed_by)
    return all(bool(x) == (state is service.state) for state, x in held.items())


def test_all_states_are_met_by_some_newcomer() -> None:
    found = [told(read_document(newcomer(Random(seed)))) for seed in range(30)]
    assert {s.state for each in found for s in each.services} == set(State)
