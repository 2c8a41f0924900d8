"""The law, read once."""

from __future__ import annotations

import pytest

from wayfare.law import Law
from wayfare.rulebook import load_rulebook


@pytest.fixture(scope="session")
def law() -> Law:
    return load_rulebook()
