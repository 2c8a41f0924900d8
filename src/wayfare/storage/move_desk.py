"""A desk where many callers hand in moves at one moment and share what a transaction costs.

Each caller waits for its own answer, which it has once the commit is durable. Whatever came in while the last
transaction ran goes into the next one together, so that the more callers wait, the less each move costs; one caller
alone waits for nobody. What one move is refused touches no other. Preparations and confirmations have a worker each,
so that every transaction takes the locks of its funds in one go, in the order of names.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, NamedTuple

from wayfare.ledger import Move, Posted
from wayfare.storage.connect import Database, Viewer
from wayfare.storage.move_store import MoveStore

__all__ = ["MoveDesk"]

AT_ONCE_MOST = 200
PATIENCE = 0.001  # seconds

_Work = Callable[[MoveStore, list[Any]], list[Any]]


class _Asked(NamedTuple):
    what: tuple[Any, ...]
    answer: Future[Any]


class MoveDesk:
    """Prepares and confirms moves for the threads of one process, in the sessions of one viewer."""

    def __init__(self, database: Database, viewer: Viewer) -> None:
        self._prepares = _Line(database, viewer, lambda store, asked: list(store.prepare_moves(asked)))
        self._confirms = _Line(database, viewer, lambda store, asked: list(store.confirm_moves(asked)))

    def __enter__(self) -> MoveDesk:
        self._prepares.open()
        self._confirms.open()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._prepares.close()
        self._confirms.close()

    def prepare_move(self, move: Move, *, on: date, expires: date | None = None) -> bool:
        """Set the money of a move aside; True when this call did. Raises as `MoveStore.prepare_move` does."""
        return bool(self._prepares.ask(move, on, expires))

    def confirm_move(self, sender: str, key: str, *, on: date) -> tuple[Posted, Posted]:
        """Carry a prepared move out on both sides or on none. Raises as `MoveStore.confirm_move` does."""
        left, arrived = self._confirms.ask(sender, key, on)
        return left, arrived


class _Line:
    """Those who wait for one kind of work, and the thread that does it."""

    def __init__(self, database: Database, viewer: Viewer, work: _Work) -> None:
        self._database, self._viewer, self._carry_out = database, viewer, work
        self._asked: SimpleQueue[_Asked | None] = SimpleQueue()
        self._worker = threading.Thread(target=self._work, name="moves", daemon=True)

    def open(self) -> None:
        self._worker.start()

    def close(self) -> None:
        self._asked.put(None)
        self._worker.join()

    def ask(self, *what: Any) -> Any:
        answer: Future[Any] = Future()
        self._asked.put(_Asked(what, answer))
        return answer.result()

    def _work(self) -> None:
        expected = 1
        while (first := self._asked.get()) is not None:
            waiting = [first, *self._following(expected - 1)]
            self._answer(waiting)
            expected = min(len(waiting) + self._asked.qsize(), AT_ONCE_MOST)

    def _following(self, expected: int) -> list[_Asked]:
        """Who else waits, and for a moment who is expected back: those just answered mostly have their next move."""
        found, until = list[_Asked](), time.monotonic() + PATIENCE
        while len(found) < AT_ONCE_MOST:
            try:
                asked = self._asked.get(timeout=max(until - time.monotonic(), 0) if len(found) < expected else 0)
            except Empty:
                break
            if asked is None:
                self._asked.put(None)  # the end is for the loop to meet
                break
            found.append(asked)
        return found

    def _answer(self, waiting: list[_Asked]) -> None:
        """One transaction for all who wait; none has an answer before it is committed."""
        try:
            with self._database.session(viewer=self._viewer) as session:
                outcomes = self._carry_out(MoveStore(session.connection), [asked.what for asked in waiting])
        except BaseException as error:  # whatever it was, every caller has to hear of it
            outcomes = [error] * len(waiting)
        for asked, outcome in zip(waiting, outcomes, strict=True):
            if isinstance(outcome, BaseException):
                asked.answer.set_exception(outcome)
            else:
                asked.answer.set_result(outcome)
