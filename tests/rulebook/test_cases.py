"""Every worked case of the rulebook, on ints and on columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rulebook.lives import Life, law
from wayfare.law.load import read_yaml
from wayfare.rulebook import FOLDER

ASKED = ("on", "mode", "facts", "given")


def cases() -> list[tuple[Path, dict[str, Any]]]:
    return [(path.parent, case) for path in sorted(FOLDER.rglob("cases.yaml")) for case in read_yaml(path)]


@pytest.mark.parametrize("columns", [False, True], ids=["ints", "columns"])
@pytest.mark.parametrize(("folder", "case"), cases(), ids=lambda x: x["case"] if isinstance(x, dict) else x.name)
def test_the_rule_gives_what_the_case_expects(folder, case, columns):
    life = Life({k: case[k] for k in ASKED if k in case}, law())
    assert life.ask(case["expect"], columns=columns) == case["expect"]


@pytest.mark.parametrize("folder", sorted({folder for folder, _ in cases()}), ids=lambda x: x.name)
def test_a_rule_has_cases_enough_and_each_is_told_in_words(folder):
    found = [case for where, case in cases() if where == folder]
    assert len(found) >= 8
    assert len({case["case"] for case in found}) == len(found)
