"""The law and a database of its own for each test, as the storage tests have them."""

from __future__ import annotations

import pytest

from storage.conftest import administrator, database, own_settings, storage_settings
from wayfare.law import Law
from wayfare.rulebook import load_rulebook

__all__ = ["administrator", "database", "law", "own_settings", "storage_settings"]


@pytest.fixture(scope="session")
def law() -> Law:
    return load_rulebook()
