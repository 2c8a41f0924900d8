"""Two-phase moves between funds whose books are in one database, as migration 0004 lays them out.

`MoveStore` does what `Books` does in memory, with the same refusals. Each phase is one call of the server, for one move
or for many; ordinary confirmations are written whole by the server, any other by posting the two batches, funds in the
order of their names.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any, TypeAlias, TypeVar

from psycopg import Connection
from psycopg.pq import TransactionStatus

from wayfare.kernel.errors import WayfareError
from wayfare.ledger import Hold, Move, Part, Posted, check_fund, refusals
from wayfare.storage.ledger_store import LedgerStore, refusals_of_the_books

__all__ = ["MoveStore"]

T = TypeVar("T")
ToPrepare: TypeAlias = tuple[Move, date, date | None]
"""A move, the day it is prepared and the day it expires."""
ToConfirm: TypeAlias = tuple[str, str, date]
"""The sender and the key of a move, and the day it is confirmed."""
_CARRY = """
    select placed, linked from ledger.carry_moves(
        %s::text[], %s::text[], %s::text[], %s::date[], %s::date[], %s::text[], %s::text[], %s::text[],
        %s::bigint[], %s::int[], %s::smallint[], %s::text[], %s::text[], %s::date[])
"""
_CONFIRMED_ON = """
    select b.posted_on from ledger.batch b join ledger.fund f using (fund)
    where f.name = %s and b.confirms = %s and b.key = %s
"""
_LINKED = struct.Struct("!i32si32s")  # numbers and links of the two batches of a move
_PARTS = """
    select h.receiver, h.decision, a.name, l.arrives, l.amount, m.name, l.effective_from, l.effective_months
    from ledger.hold h join ledger.fund f using (fund) join ledger.held l using (fund, key)
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

    def prepare_moves(self, asked: Sequence[ToPrepare]) -> list[bool | WayfareError]:
        """Prepare many moves, each with its days; by place what `prepare_move` answers or raises."""
        return self.carry(asked, ())[0]

    def confirm_moves(self, asked: Sequence[ToConfirm]) -> list[tuple[Posted, Posted] | WayfareError]:
        """Confirm many moves, each on its day; by place what `confirm_move` answers or raises."""
        return self.carry((), asked)[1]

    def carry(
        self, preparing: Sequence[ToPrepare], confirming: Sequence[ToConfirm]
    ) -> tuple[list[bool | WayfareError], list[tuple[Posted, Posted] | WayfareError]]:
        """Prepare some moves and confirm others in one transaction; by place what each answers or raises.

        Ordinary moves come first; then those that the server left for a call of their own.
        """
        with self._in_transaction():
            placed, done = self.carry_at_once(preparing, confirming)
            prepared = [
                before or _outcome(self.prepare_move, move, on=on, expires=expires)
                for before, (move, on, expires) in zip(placed, preparing, strict=True)
            ]
            confirmed: list[tuple[Posted, Posted] | WayfareError] = [
                before if before is not None else _outcome(self._confirm_by_batches, *each)
                for before, each in zip(done, confirming, strict=True)
            ]
        return prepared, confirmed

    def carry_at_once(
        self, preparing: Sequence[ToPrepare], confirming: Sequence[ToConfirm]
    ) -> tuple[list[bool], list[tuple[Posted, Posted] | None]]:
        """Prepare and confirm what is ordinary, of one part about no member and refused nothing, in one statement.

        By place True or where its batches stand; False and None where a call of its own has to do it or to refuse it.
        """
        ordinary = [place for place, (move, _, _) in enumerate(preparing) if _is_ordinary(move)]
        prepare = [list(column) for column in zip(*(_columns(*preparing[place]) for place in ordinary), strict=True)]
        confirm = [list(column) for column in zip(*confirming, strict=True)]
        values = (*(prepare or [[]] * 11), *(confirm or [[]] * 3))
        placed, linked = self._connection.execute(_CARRY, values).fetchall()[0]
        answers = dict(zip(ordinary, placed, strict=True))
        return [bool(answers.get(place)) for place in range(len(preparing))], [_posted(each) for each in linked]

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

    def _in_transaction(self) -> AbstractContextManager[Any]:
        """The transaction of the caller, when there is one: nothing here leaves it half done and goes on."""
        idle = self._connection.info.transaction_status is TransactionStatus.IDLE
        return self._connection.transaction() if idle else nullcontext()

    def _confirm_by_batches(self, sender: str, key: str, on: date) -> tuple[Posted, Posted]:
        check_fund(sender)
        move, store = self.prepared(sender, key), LedgerStore(self._connection)
        with self._connection.transaction():
            self._keep_still((sender, move.receiver))
            before = self._connection.execute(_CONFIRMED_ON, (sender, key, move.sent_key)).fetchone()
            on = before[0] if before else on
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


def _posted(linked: bytes | None) -> tuple[Posted, Posted] | None:
    if linked is None:
        return None
    sent, left, received, arrived = _LINKED.unpack(linked)
    return Posted(sent, left, True), Posted(received, arrived, True)


def _outcome(call: Callable[..., T], *values: Any, **more: Any) -> T | WayfareError:
    try:
        return call(*values, **more)
    except WayfareError as error:
        return error
