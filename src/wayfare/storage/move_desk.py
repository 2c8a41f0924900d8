"""A desk where many callers hand in moves at one moment and share what a transaction costs.

Each caller waits for its own answer, which it has once the commit is durable. Whatever came in while the last
transaction ran goes into the next one together, preparations and confirmations alike, so that the more callers wait,
the less each move costs; one caller alone waits for nobody. What one move is refused touches no other. The locks of all
funds of a transaction are taken first and in the order of their names.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from datetime import date
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any

from psycopg import Connection

from wayfare.ledger import Move, Posted
from wayfare.storage.connect import Database, Viewer
from wayfare.storage.move_store import MoveStore

__all__ = ["MoveDesk"]

AT_ONCE_MOST = 200
LINES = 2
"""Workers, each with a connection: while one waits for its commit to be durable, the other works."""
PATIENCE = 0.001  # seconds


class _Asked:
    """One move at the desk; its caller waits until the gate opens, which costs a tenth of what a future does."""

    __slots__ = ("answer", "gate", "is_new", "what")

    def __init__(self, what: tuple[Any, ...], *, is_new: bool) -> None:
        self.what, self.is_new = what, is_new
        self.answer: Any = None
        self.gate = threading.Lock()
        self.gate.acquire()


class MoveDesk:
    """Prepares and confirms moves for the threads of one process, in the sessions of one viewer."""

    def __init__(self, database: Database, viewer: Viewer) -> None:
        self._database, self._viewer = database, viewer
        self._asked: SimpleQueue[_Asked | None] = SimpleQueue()
        self._workers = [threading.Thread(target=self._work, name="moves", daemon=True) for _ in range(LINES)]

    def __enter__(self) -> MoveDesk:
        for worker in self._workers:
            worker.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for _ in self._workers:
            self._asked.put(None)
        for worker in self._workers:
            worker.join()

    def prepare_move(self, move: Move, *, on: date, expires: date | None = None) -> bool:
        """Set the money of a move aside; True when this call did. Raises as `MoveStore.prepare_move` does."""
        return bool(self._ask((move, on, expires), is_new=True))

    def confirm_move(self, sender: str, key: str, *, on: date) -> tuple[Posted, Posted]:
        """Carry a prepared move out on both sides or on none. Raises as `MoveStore.confirm_move` does."""
        left, arrived = self._ask((sender, key, on), is_new=False)
        return left, arrived

    def _ask(self, what: tuple[Any, ...], *, is_new: bool) -> Any:
        asked = _Asked(what, is_new=is_new)
        self._asked.put(asked)
        asked.gate.acquire()
        if isinstance(asked.answer, BaseException):
            raise asked.answer
        return asked.answer

    def _work(self) -> None:
        connection, callers = None, 1
        try:
            while (first := self._asked.get()) is not None:
                waiting = [first, *self._waiting(more=callers // 2 - 1)]
                connection = self._answer(connection, waiting)
                callers = len(waiting) + self._asked.qsize()
        finally:
            if connection is not None:
                connection.close()

    def _waiting(self, *, more: int) -> list[_Asked]:
        """Who else waits; for a moment until half of the callers are there, who go in turns then."""
        found, until = list[_Asked](), time.monotonic() + PATIENCE
        while len(found) < AT_ONCE_MOST:
            try:
                asked = self._asked.get(timeout=max(until - time.monotonic(), 0) if len(found) < more else 0)
            except Empty:
                break
            if asked is None:
                self._asked.put(None)  # the end is for the loop to meet
                break
            found.append(asked)
        return found

    def _answer(self, connection: Connection[Any] | None, waiting: Sequence[_Asked]) -> Connection[Any] | None:
        """One transaction for all who wait; none has an answer before it is committed. The connection, if it lives."""
        new, old = [each for each in waiting if each.is_new], [each for each in waiting if not each.is_new]
        try:
            connection = connection or self._database.connect_as(self._viewer)
            placed, done = MoveStore(connection).carry_at_once([each.what for each in new], [each.what for each in old])
            for asked, outcome in zip([*new, *old], [*placed, *done], strict=True):
                asked.answer = outcome
            self._one_by_one([each for each in new if not each.answer], [each for each in old if not each.answer])
        except BaseException as error:  # whatever it was, every caller has to hear of it, but whose move is committed
            for asked in waiting:
                asked.answer = asked.answer or error
        for asked in waiting:
            asked.gate.release()
        return None if connection is None or connection.closed else connection

    def _one_by_one(self, new: list[_Asked], old: list[_Asked]) -> None:
        """What the server left for calls of their own, in a second transaction."""
        if not new and not old:
            return
        with self._database.session(viewer=self._viewer) as session:
            prepared, confirmed = MoveStore(session.connection).carry(
                [each.what for each in new], [each.what for each in old]
            )
        for asked, outcome in zip([*new, *old], [*prepared, *confirmed], strict=True):
            asked.answer = outcome
