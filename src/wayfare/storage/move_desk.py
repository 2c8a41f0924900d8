"""A desk where many callers hand in moves at one moment and share what a transaction costs.

Each caller waits for its own answer, which it has once the commit is durable. Whatever came in while the last
transaction ran goes into the next one together, so that the more callers wait, the less each move costs; one caller
alone waits for nobody. What one move is refused touches no other.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from datetime import date
from queue import SimpleQueue
from types import TracebackType
from typing import Any, NamedTuple

from wayfare.kernel.errors import WayfareError
from wayfare.ledger import Move, Posted
from wayfare.storage.connect import Database, Session, Viewer
from wayfare.storage.move_store import MoveStore

__all__ = ["MoveDesk"]

AT_ONCE_MOST = 200


class _Asked(NamedTuple):
    is_confirmation: bool
    what: tuple[Any, ...]
    answer: Future[Any]


class MoveDesk:
    """Prepares and confirms moves for the threads of one process, in the sessions of one viewer."""

    def __init__(self, database: Database, viewer: Viewer) -> None:
        self._database, self._viewer = database, viewer
        self._asked: SimpleQueue[_Asked | None] = SimpleQueue()
        self._worker = threading.Thread(target=self._work, name="moves", daemon=True)

    def __enter__(self) -> MoveDesk:
        self._worker.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._asked.put(None)
        self._worker.join()

    def prepare_move(self, move: Move, *, on: date, expires: date | None = None) -> bool:
        """Set the money of a move aside; True when this call did. Raises as `MoveStore.prepare_move` does."""
        return bool(self._ask(False, move, on, expires))

    def confirm_move(self, sender: str, key: str, *, on: date) -> tuple[Posted, Posted]:
        """Carry a prepared move out on both sides or on none. Raises as `MoveStore.confirm_move` does."""
        left, arrived = self._ask(True, sender, key, on)
        return left, arrived

    def _ask(self, is_confirmation: bool, *what: Any) -> Any:
        answer: Future[Any] = Future()
        self._asked.put(_Asked(is_confirmation, what, answer))
        return answer.result()

    def _work(self) -> None:
        last = False
        while not last:
            first = self._asked.get()
            waiting = [] if first is None else [first]
            last = first is None
            while waiting and not last and len(waiting) < AT_ONCE_MOST and not self._asked.empty():
                following = self._asked.get()
                last = following is None
                waiting += [] if following is None else [following]
            if waiting:
                self._answer(waiting)

    def _answer(self, waiting: list[_Asked]) -> None:
        """One transaction for all who wait; none has an answer before it is committed."""
        try:
            with self._database.session(viewer=self._viewer) as session:
                outcomes = _carried_out(session, waiting)
        except BaseException as error:  # whatever it was, every caller has to hear of it
            outcomes = [error] * len(waiting)
        for asked, outcome in zip(waiting, outcomes, strict=True):
            if isinstance(outcome, BaseException):
                asked.answer.set_exception(outcome)
            else:
                asked.answer.set_result(outcome)


def _carried_out(session: Session, waiting: list[_Asked]) -> list[Any]:
    store = MoveStore(session.connection)
    outcomes: dict[int, bool | tuple[Posted, Posted] | WayfareError] = {}
    for is_confirmation in (True, False):
        places = [place for place, asked in enumerate(waiting) if asked.is_confirmation is is_confirmation]
        if places:
            call: Any = store.confirm_moves if is_confirmation else store.prepare_moves
            outcomes |= zip(places, call([waiting[place].what for place in places]), strict=True)
    return [outcomes[place] for place in range(len(waiting))]
