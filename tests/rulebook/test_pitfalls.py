"""The mistakes that programs of this law are known for: each is planted, and the named case comes out wrong."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from rulebook.lives import Life, law
from rulebook.mistakes import PITFALLS
from rulebook.points_mistakes import MISTAKES
from rulebook.work_mistakes import WORK_PITFALLS
from wayfare.law.load import read_yaml
from wayfare.rulebook import FOLDER

ASKED = ("on", "mode", "facts", "given")
ALL = PITFALLS | WORK_PITFALLS | {"points": MISTAKES}
PLANTED = [(pitfall, mistake) for pitfall, mistakes in ALL.items() for mistake in mistakes]


@cache
def cases() -> dict[str, dict[str, Any]]:
    """Every worked case of the rulebook by its name."""
    return {case["case"]: case for path in FOLDER.rglob("cases.yaml") for case in read_yaml(path)}


@pytest.mark.parametrize(("pitfall", "mistake"), PLANTED, ids=lambda x: x if isinstance(x, str) else x.told)
def test_a_program_that_falls_into_it_is_caught_by_its_cases(pitfall, mistake):
    planted = mistake.planted()
    for name in mistake.caught_by:
        case = cases()[name]
        document = {k: case[k] for k in ASKED if k in case}
        assert Life(document, law()).ask(case["expect"]) == case["expect"]
        assert Life(document, planted).ask(case["expect"]) != case["expect"], name
