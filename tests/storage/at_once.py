"""Two at once, step by step: one goes on in a thread and is known to wait before the other takes its next step."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from wayfare.storage import Database

PATIENCE = 300.0  # seconds; a bound for failing, on a busy machine too
_WAITING = """
    select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
"""


class Other:
    """What somebody else does meanwhile, begun by `starts`; `outcome` waits for its end."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._found: Any = None
        self._work = work
        self._thread = threading.Thread(target=self._run)

    def starts(self, database: Database, *, waiting: int = 1) -> None:
        """Begin, and return once it waits for a lock of somebody, as one of so many."""
        self._thread.start()
        with database.connect() as connection:
            connection.autocommit = True
            until = time.monotonic() + PATIENCE
            while connection.execute(_WAITING).fetchone() != (waiting,):
                assert self._thread.is_alive(), f"it did not wait: {self._found!r}"
                assert time.monotonic() < until, "it waits for nothing"
                time.sleep(0.01)

    def outcome(self) -> Any:
        """What it came to, or the error that ended it."""
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return self._found

    def _run(self) -> None:
        try:
            self._found = self._work()
        except Exception as error:
            self._found = error
