"""Sessions of officers in the database of a test."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from storage.servers import officer
from wayfare.storage import Database, Role, Session


@pytest.fixture
def as_officer(database: Database) -> Callable[..., AbstractContextManager[Session]]:
    """A session of an officer of a place, or of the nation."""

    def begin(scope: str | None = None, *, role: Role = Role.OFFICER) -> AbstractContextManager[Session]:
        return database.session(viewer=officer(scope, role=role))

    return begin
