"""Workers who do deeds on the real store, each in a transaction of its own, and what befalls them.

A worker may die just before or just after its commit without learning the outcome, may lose its server process between
two statements, or may meet another worker on the same matter. Whoever is cut off does the same again. What comes back
is what each committed transaction answered, in the order in which they took effect.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import psycopg

from simulation.deeds import Closing, Confirmation, Deed, Expiry, Holding, Move, Posting, Release
from wayfare import ledger
from wayfare.kernel.errors import WayfareError
from wayfare.ledger import Approval, Batch, Hold, SealedBatch, reversal
from wayfare.storage import Database, Role, Viewer
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.move_store import MoveStore

__all__ = ["FAULTS", "Desk", "Task", "carried_out"]

CLERK = Viewer(name="simulator", role=Role.POSTER, scope=None, purpose="a simulated year")
PATIENCE = 300.0  # seconds after which a worker that neither waits nor ends is a fault

Task = Callable[[LedgerStore], list[str]]
"""What a worker does in one transaction; its answers are `new`, `same` or the code of a refusal."""


class Cut(Exception):
    """The worker died here."""


class Desk:
    """The workers at one database; a batch of so many rows gets a table of its own."""

    def __init__(self, database: Database, *, own_leaf_from: int) -> None:
        self._database, self._own_leaf_from = database, own_leaf_from
        self._watch = database.connect()
        self._watch.autocommit = True

    def close(self) -> None:
        """Close the connection that watches the others."""
        self._watch.close()

    def do(self, task: Task, begun: queue.SimpleQueue[int] | None = None) -> list[str]:
        """The task in one transaction, undisturbed."""
        try:
            with self.session() as session:
                if begun is not None:
                    begun.put(session.connection.info.backend_pid)
                return task(self._store(session.connection))
        except psycopg.Error as error:
            return [_told(error)]

    def dies_before_commit(self, task: Task) -> list[list[str]]:
        """All is done but the commit, then the worker is gone; it does the same again."""
        with suppress(Cut), self.session() as session:
            first = task(self._store(session.connection))
            session.connection.close()
            raise Cut
        again = self.do(task)
        assert first == again, f"undone, it answered {first}; done again, {again}"
        return [again]

    def dies_after_commit(self, task: Task) -> list[list[str]]:
        """It is committed, but the worker never learns that; it does the same again."""
        return [self.do(task), self.do(task)]

    def loses_its_server(self, task: Task, statement: int) -> list[list[str]]:
        """The server ends the worker's process before this statement of the task, or else before the commit."""
        return self._broken_off(task, statement, self._terminate)

    def loses_its_connection(self, task: Task, statement: int) -> list[list[str]]:
        """The worker's connection breaks before this statement of the task, or else before the commit."""
        return self._broken_off(task, statement, lambda connection: connection.close())

    def two_at_once(self, task: Task, other: Task, *, first_commits: bool = True) -> list[list[str]]:
        """A second worker comes while the first has done all but the commit, which then happens or does not."""
        answers: list[list[str]] = []
        begun: queue.SimpleQueue[int] = queue.SimpleQueue()
        second = threading.Thread(target=lambda: answers.append(self.do(other, begun)))
        try:
            with suppress(Cut), self.session() as session:
                first = task(self._store(session.connection))
                second.start()
                pid = begun.get(timeout=PATIENCE)
                self._wait_until(
                    "select cardinality(pg_blocking_pids(%s)) > 0", pid, lambda: not second.is_alive()
                )
                if not first_commits:
                    raise Cut
        finally:
            if second.ident is not None:
                second.join(PATIENCE)
        return [first, *answers] if first_commits else answers

    def race(self, task: Task, other: Task) -> list[list[str]]:
        """Two workers at the same moment; who is first is left to chance, so what comes of it must not depend on it."""
        answers: list[list[str]] = [[], []]
        start = threading.Barrier(2)

        def work(at: int, what: Task) -> None:
            start.wait(PATIENCE)
            answers[at] = self.do(what)

        workers = [threading.Thread(target=work, args=each) for each in enumerate((task, other))]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(PATIENCE)
        return answers

    def races_with_itself(self, task: Task) -> list[list[str]]:
        """Two workers do the same at the same moment; whoever comes second finds it done."""
        return sorted(self.race(task, task), key=lambda answer: answer.count("same"))

    @contextmanager
    def reading(self) -> Iterator[LedgerStore]:
        """The store, to look things up in."""
        with self.session() as session:
            yield self._store(session.connection)

    def session(self) -> Any:
        """A transaction of the simulator."""
        return self._database.session(viewer=CLERK)

    def _store(self, connection: Any) -> LedgerStore:
        return LedgerStore(connection, own_leaf_from=self._own_leaf_from)

    def _broken_off(self, task: Task, statement: int, end: Callable[[Any], None]) -> list[list[str]]:
        with suppress(psycopg.OperationalError), self.session() as session:
            brittle = Brittle(session.connection, statement, end)
            task(self._store(brittle))
            if brittle.left > 0:
                end(session.connection)
        return [self.do(task)]

    def _terminate(self, connection: Any) -> None:
        pid = connection.info.backend_pid
        self._watch.execute("select pg_terminate_backend(%s)", (pid,))
        self._wait_until("select not exists (select from pg_stat_activity where pid = %s)", pid, lambda: False)

    def _wait_until(self, question: str, pid: int, given_up: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not given_up() and time.monotonic() < until:
            if self._watch.execute(question, (pid,)).fetchone() == (True,):
                return
            time.sleep(0.0005)


class Brittle:
    """A connection that breaks before its nth statement."""

    def __init__(self, connection: Any, statement: int, end: Callable[[Any], None]) -> None:
        self._connection, self._end = connection, end
        self.left = statement

    def __getattr__(self, name: str) -> Any:
        if name in ("execute", "cursor"):
            self.left -= 1
            if self.left == 0:
                self._end(self._connection)
        return getattr(self._connection, name)


FAULTS: Mapping[str, Callable[[Desk, Task, int], list[list[str]]]] = {
    "a death before the commit": lambda desk, task, number: desk.dies_before_commit(task),
    "a death after the commit": lambda desk, task, number: desk.dies_after_commit(task),
    "a lost server process": Desk.loses_its_server,
    "a lost connection": Desk.loses_its_connection,
    "two workers": lambda desk, task, number: desk.two_at_once(task, task, first_commits=number % 3 > 0),
    "a race": lambda desk, task, number: desk.races_with_itself(task),
}
"""What may befall a task, by name; the number is drawn with it."""


def carried_out(store: LedgerStore, deeds: Iterable[Deed]) -> list[str]:
    """Do the deeds; a refusal leaves those before it standing, and those after it are tried."""
    return [answer(lambda deed=deed: _do(store, deed)) for deed in deeds]


def answer(call: Callable[[], bool]) -> str:
    """`new` or `same` by what the call says of itself, or the code of its refusal."""
    try:
        return "new" if call() else "same"
    except WayfareError as refusal:
        return refusal.code
    except psycopg.OperationalError:
        raise
    except psycopg.Error as error:
        return _told(error)


def _told(error: psycopg.Error) -> str:
    return f"{type(error).__name__} {error.sqlstate}: {error.diag.message_primary or error}"


def _do(store: LedgerStore, deed: Deed) -> bool:
    match deed:
        case Posting(approves=(account, floor)):
            document = deed.key.rpartition(":")[2]
            approval = Approval(deed.day, document, by="the treasurer", reason="a simulated year")
            return store.approve_floor(deed.fund, account, floor, approval).fresh
        case Posting():
            return store.post(_sealed(store, deed)).fresh
        case Holding(move=Move() as move):
            return MoveStore(store._connection).prepare_move(_prepared(deed, move), on=deed.day, expires=deed.expires)
        case Confirmation():
            return MoveStore(store._connection).confirm_move(deed.fund, deed.key, on=deed.day)[0].fresh
        case Expiry():
            return MoveStore(store._connection).expire_holds(deed.fund, deed.day) != ()
        case Holding():
            return store.place(Hold(deed.fund, deed.key, deed.day, dict(deed.amounts), deed.expires))
        case Release():
            return store.release(deed.fund, deed.key)
        case Closing():
            return store.close(deed.fund, deed.through)


def _prepared(deed: Holding, move: Move) -> ledger.Move:
    parts = (ledger.Part(name, name, fen, move.month, member=move.member or None) for name, fen in move.parts)
    return ledger.Move(deed.key, move.sender, move.receiver, tuple(parts))


def _sealed(store: LedgerStore, deed: Posting) -> SealedBatch:
    """The batch; one that takes another back is made from that other as it was posted, where it mirrors it."""
    batch = Batch(deed.fund, deed.day, deed.key, deed.decision, deed.confirms, deed.reverses)
    for account in deed.opens:
        batch.open(account)
    for row in deed.rows:
        batch.move(
            debit=row.debit, credit=row.credit, amount=row.fen, effective_from=row.month, member=row.member or None
        )
    sealed = batch.seal()
    original = store.batch(deed.fund, deed.reverses) if deed.reverses else None
    if original is None or not original.lines:
        return sealed
    back = reversal(original, key=deed.key, on=deed.day, decision=deed.decision)
    return back if back.content == sealed.content else sealed
