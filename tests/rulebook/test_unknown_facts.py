"""Every fact of random lives made unknown in turn: both back ends agree, and what is still known was never in doubt."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.engine import BY_PROVINCE, law, plan_and_world, told
from rulebook.histories import histories
from rulebook.oracle import VALUES
from rulebook.worlds import columns_of, facts_of, filled, joined, without
from wayfare.law import as_columns

FACTS_MOST, FILLINGS = 12, 4


@settings(max_examples=25)
@given(histories(), st.integers(0, 2**32))
def test_a_value_that_is_known_without_a_fact_is_the_same_however_the_fact_is_stated(document, seed):
    draw = Random(seed)
    plan, world = plan_and_world(document)
    every = facts_of(world)
    facts = [*columns_of(world), *draw.sample(every, min(FACTS_MOST, len(every)))]
    unknown = joined([without(world, fact) for fact in facts])
    answers = told(plan.population(as_columns(unknown), keep=True))
    assert told(plan.lives(unknown)) == answers
    ways = [[world, *(filled(world, fact, law(), draw) for _ in range(FILLINGS))] for fact in facts]
    stated = iter(told(plan.population(as_columns(joined([way for each in ways for way in each])), keep=True)))
    for fact, answer, each in zip(facts, answers, ways, strict=True):
        for _ in each:
            _agree(fact, answer, next(stated))


def _agree(fact, answer, stated):
    """What was known without the fact is what the fact stated gives."""
    for name in VALUES:
        assert answer[name] is None or answer[name] == stated[name], (name, fact)
    for province, can in answer[BY_PROVINCE].items():
        if can is not None and province in stated[BY_PROVINCE]:
            assert can == stated[BY_PROVINCE][province], (province, fact)
