"""Who works when a use case runs without a person at the counter: the clerk, with the nation in view and a purpose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from wayfare.storage import Database, Role, Session, Viewer

__all__ = ["at_work"]

CLERK = "wayfare"


@contextmanager
def at_work(database: Database, role: Role, purpose: str) -> Iterator[Session]:
    """One transaction of the clerk, in view of the whole nation; `purpose` goes into the access record."""
    with database.session(viewer=Viewer(name=CLERK, role=role, scope=None, purpose=purpose)) as session:
        yield session
