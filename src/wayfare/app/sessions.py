"""Who works when a use case runs without a person at the counter: the clerk, with the nation in view and a purpose.

Use cases here are idempotent, so one that a dying server cut off is simply done again once its keeper has started it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

import psycopg

from wayfare.storage import Database, Role, Session, Viewer

__all__ = ["at_work", "steadily"]

CLERK: Final = "wayfare"
TIMES: Final = 3

Found = TypeVar("Found")


@contextmanager
def at_work(database: Database, role: Role, purpose: str) -> Iterator[Session]:
    """One transaction of the clerk, in view of the whole nation; `purpose` goes into the access record."""
    with database.session(viewer=Viewer(name=CLERK, role=role, scope=None, purpose=purpose)) as session:
        yield session


def steadily(work: Callable[[], Found]) -> Found:
    """What the work returns; work that a lost connection cut off is done again, at most three times in all."""
    for _ in range(TIMES - 1):
        try:
            return work()
        except psycopg.OperationalError:
            continue
    return work()
