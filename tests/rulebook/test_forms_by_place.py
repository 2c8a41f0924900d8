"""Award forms of every place against the oracle: each part and the sum to the cent, in both modes; faults are seen."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import pytest

from rulebook.engine import figures, law, some_of
from rulebook.forms import CITIES, PARTS, PROVINCES, Document, form
from rulebook.oracle import answers
from wayfare.law import Law, row

PLACES = (None, *PROVINCES, *CITIES)
MODES = ("decision", "estimate")


@cache
def printed() -> tuple[tuple[Document, dict[str, Any]], ...]:
    """A form of each place in each mode, and what the oracle makes of it."""
    found = [form(Random(seed), place, mode) for seed, place in enumerate(PLACES) for mode in MODES]
    special = [form(Random(seed), place, "decision") for place in ("310000", "440300") for seed in range(10)]
    return tuple((document, answers(document, figures(), only=PARTS)) for document in found + special)


def agrees(book: Law) -> bool:
    return all(some_of(document, PARTS, book=book) == expected for document, expected in printed())


def test_each_part_of_a_form_equals_the_oracle_wherever_it_was_printed():
    for document, expected in printed():
        assert some_of(document, PARTS) == expected, document
        assert some_of(document, PARTS, columns=True) == expected, document


def test_a_form_that_prints_every_part_leaves_no_gap_in_any_place_in_either_mode():
    assert [document for document, expected in printed() if None in expected.values()] == []


# ---- planted faults
FAULTY_ROWS = {
    "accrual_rate": [row(2)],
    "local_amount_step": [row(1)],
    "local_rounds_up": [row(1)],
    "local_low_index_line": [row(0)],
    "month_accrual_rate": [row(0)],
}


@pytest.mark.parametrize("name", FAULTY_ROWS)
def test_a_fault_in_a_figure_is_seen_by_the_forms(name):
    assert not agrees(law().replaced(parameters={name: FAULTY_ROWS[name]}))
