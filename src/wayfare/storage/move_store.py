"""Two-phase moves between funds whose books are in one database, as migration 0004 lays them out.

`MoveStore` does what `Books` does in memory, with the same refusals. Each phase is one call of the server, for one move
or for many; ordinary confirmations are written whole by the server, any other by posting the two batches, funds in the
order of their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from psycopg import Connection

from wayfare.kernel.errors import WayfareError
from wayfare.ledger import Hold, Move, Part, Posted, check_fund, refusals
from wayfare.storage.ledger_store import LedgerStore, refusals_of_the_books

__all__ = ["MoveStore"]

T = TypeVar("T")
_PREPARE = """
    select ledger.prepare_moves(%s, %s, %s, %s::date[], %s::date[], %s::text[], %s, %s, %s::bigint[], %s::int[],
        %s::smallint[])
"""
_PARTS = """
    select h.receiver, h.decision, a.name, l.arrives, l.amount, m.name, l.effective_from, l.effective_months
    from ledger.hold h join ledger.fund f using (fund) join ledger.hold_line l using (fund, key)
    join ledger.account a on a.fund = h.fund and a.number = l.account
    left join ledger.account m on m.fund = h.fund and m.number = l.member
    where f.name = %s and h.key = %s
"""


class MoveStore:
    """The moves of the funds behind one connection."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    def prepare_move(self, move: Move, *, on: date, expires: date | None = None) -> bool:
        """Set the money of a move aside; True when this call did. Raises as `Books.prepare_move` does."""
        return LedgerStore(self._connection).place(Hold.of(move, on=on, expires=expires))

    def confirm_move(self, sender: str, key: str, *, on: date) -> tuple[Posted, Posted]:
        """Carry a prepared move out on both sides or on none. Raises as `Books.confirm_move` does."""
        (outcome,) = self.confirm_moves([(sender, key, on)])
        if isinstance(outcome, WayfareError):
            raise outcome
        return outcome

    def prepare_moves(self, asked: Sequence[tuple[Move, date, date | None]]) -> list[bool | WayfareError]:
        """Prepare many moves, each with its day and the day it expires.

        By place what `prepare_move` answers or raises; ordinary moves, of one part about no member, come first.
        """
        ordinary = [place for place, (move, _, _) in enumerate(asked) if _is_ordinary(move)]
        outcomes: list[bool | WayfareError | None] = [None] * len(asked)
        with self._connection.transaction():
            if len(ordinary) < len(asked):
                self._keep_still(move.sender for move, _, _ in asked)
            if ordinary:
                columns = zip(*(_columns(*asked[place]) for place in ordinary), strict=True)
                found = self._connection.execute(_PREPARE, tuple(map(list, columns))).fetchone()
                for place, placed in zip(ordinary, found[0] if found else (), strict=True):
                    outcomes[place] = placed
            return [
                outcome if outcome is not None else _outcome(self.prepare_move, move, on=on, expires=expires)
                for outcome, (move, on, expires) in zip(outcomes, asked, strict=True)
            ]

    def confirm_moves(self, asked: Sequence[tuple[str, str, date]]) -> list[tuple[Posted, Posted] | WayfareError]:
        """Confirm many moves, each by sender, key and day.

        By place what `confirm_move` answers or raises; what has to open an account or is of many rows comes last.
        """
        for sender, _, _ in asked:
            check_fund(sender)
        with self._connection.transaction():
            found = self._connection.execute(
                "select place, sent, sent_link, received, received_link from ledger.confirm_moves(%s, %s, %s::date[])",
                tuple(map(list, zip(*asked, strict=True))),
            )
            done = {
                place - 1: (Posted(sent, bytes(left), True), Posted(received, bytes(arrived), True))
                for place, sent, left, received, arrived in found
            }
            return [
                done[place] if place in done else _outcome(self._confirm_by_batches, *each)
                for place, each in enumerate(asked)
            ]

    def release_move(self, sender: str, key: str) -> bool:
        """Give the money of a prepared move free; False when that was done before. Raises as `Books.release` does."""
        return LedgerStore(self._connection).release(sender, key)

    def expire_holds(self, fund: str, on: date) -> tuple[str, ...]:
        """Release the open holds of a fund that have expired by a day; their keys, in order."""
        check_fund(fund)
        with refusals_of_the_books(fund, ""), self._connection.transaction():
            found = self._connection.execute("select ledger.expire_holds(%s, %s)", (fund, on)).fetchone()
        return tuple(found[0]) if found else ()

    def prepared(self, sender: str, key: str) -> Move:
        """A move as it was prepared. Raises UnknownHold, and NotAMove for a hold of another purpose."""
        found = self._connection.execute(_PARTS, (sender, key)).fetchall()
        if not found:
            raise refusals.unknown_hold(sender, key)
        if found[0][0] is None:
            raise refusals.not_a_move(sender, key)
        parts = tuple(
            Part(leaves, arrives, amount, first, months, member)
            for _, _, leaves, arrives, amount, member, first, months in found
        )
        return Move(key, sender, found[0][0], parts, found[0][1])

    def _confirm_by_batches(self, sender: str, key: str, on: date) -> tuple[Posted, Posted]:
        move, store = self.prepared(sender, key), LedgerStore(self._connection)
        with self._connection.transaction():
            self._keep_still((sender, move.receiver))
            return store.post(move.leaving(on=on)), store.post(move.arriving(on=on))

    def _keep_still(self, funds: Iterable[str]) -> None:
        for fund in sorted(set(funds)):
            self._connection.execute("select ledger.keep_still(%s)", (fund,))


def _is_ordinary(move: Move) -> bool:
    return len(move.parts) == 1 and move.parts[0].about is None


def _columns(move: Move, on: date, expires: date | None) -> tuple[Any, ...]:
    (part,) = move.parts
    leaves, arrives, amount, _, month, months = part.terms
    return move.sender, move.receiver, move.key, on, expires, move.decision, leaves, arrives, amount, month, months


def _outcome(call: Callable[..., T], *values: Any, **more: Any) -> T | WayfareError:
    try:
        return call(*values, **more)
    except WayfareError as error:
        return error
