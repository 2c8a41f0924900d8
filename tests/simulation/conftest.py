"""Databases of the simulated years."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest

from storage.fixtures import TEMPLATE
from wayfare.storage import Database, Settings, open_database
from wayfare.storage.connect import OWNER

_numbers = itertools.count(1)


@pytest.fixture
def fresh_database(storage_settings: Settings, administrator: dict[str, Any]) -> Iterator[Callable[[], Database]]:
    """Makes empty databases at the last migration; no connection is kept open beside those of the database itself."""
    with ExitStack() as stack:

        def make() -> Database:
            name = f"simulated_{next(_numbers)}"
            with psycopg.connect(**administrator, autocommit=True) as connection:
                connection.execute(f"create database {name} template {TEMPLATE} owner {OWNER}")
            return stack.enter_context(open_database(storage_settings, name=name))

        yield make
