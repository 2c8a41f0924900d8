"""Lives settled in provinces with rules of their own: ints, columns and the oracle say the same to every question."""

from __future__ import annotations

from random import Random

import pytest

from rulebook.engine import figures, some_of
from rulebook.oracle import FURTHER, VALUES, answers
from rulebook.settled import CITIES, settled

NAMES = (*VALUES, *FURTHER)


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("mode", ["estimate", "decision"])
def test_a_settled_life_is_answered_alike_by_ints_by_columns_and_by_the_oracle(city, mode):
    for seed in range(2):
        document = settled(Random(f"{city} {seed}"), city, mode)
        expected = answers(document, figures(), only=NAMES)
        assert some_of(document, NAMES) == expected
        assert some_of(document, NAMES, columns=True) == expected
