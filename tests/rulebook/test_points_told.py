"""The ways to a points line that an answer tells are carried out, and the line is then reached."""

from __future__ import annotations

from typing import Any

import pytest

from rulebook.lives import law
from wayfare.decisions import as_told, ask
from wayfare.facts import read_document

INSURED = {"scheme": "employee_pension", "place": "310000", "basis": "employee", "from": "2013-01", "to": None}
LIVES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a college graduate in Shanghai": (
        "2016-06-01", "310000",
        {"person": {"born": "1980-01-01", "education": [{"level": "college"}]},
         "insurance": [{**INSURED, "base": "3000.00"}]},
    ),
    "a worker with two detentions in Shanghai": (
        "2016-06-01", "310000",
        {"person": {"born": "1975-01-01", "education": [{"level": "bachelor", "degree": True}]},
         "conduct": [{"kind": "administrative_detention", "on": day} for day in ("2014-01-01", "2015-01-01")]},
    ),
    "a senior middle school leaver in Guangzhou": (
        "2010-12-01", "440100", {"person": {"born": "1990-01-01", "education": [{"level": "senior_middle"}]}},
    ),
    "a junior middle school leaver in Zhaoqing": (
        "2010-12-01", "441200", {"person": {"born": "1990-01-01", "education": [{"level": "junior_middle"}]}},
    ),
}  # fmt: skip


@pytest.mark.parametrize("life", LIVES)
def test_each_way_that_is_told_reaches_the_line(life):
    on, place, facts = LIVES[life]
    document = read_document(
        {"question": "residence.points", "on": on, "facts": facts, "given": {"service_place": place}}
    )
    answer = ask(document, law())
    assert answer.values["points_reached"].value == "no"
    assert answer.changes
    for turn in answer.changes:
        after = ask(as_told(document, turn.steps, law()), law())
        assert after.values["points_reached"].value == "yes"
        assert after.answer.value == turn.answer
