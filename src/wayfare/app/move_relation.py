"""Move relations from fund to fund, in two phases: set aside, send, receive, each phase a transaction of its own.

The protocol of `settlement` says what each side does; here its effects are carried out and its messages handed over. A
run that stopped between two phases is completed by giving the same moves again, for every step is taken once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wayfare.app.posting import Booked, post
from wayfare.app.sessions import at_work
from wayfare.settlement import (
    Effect,
    Message,
    PlaceHold,
    PostBatch,
    Receiving,
    RelationMove,
    ReleaseHold,
    Send,
    Sending,
    accept,
    prepare,
    receiver_gets,
    sender_gets,
)
from wayfare.storage import Database, Role, Session
from wayfare.storage.ledger_store import LedgerStore

__all__ = ["Days", "move_relations"]


@dataclass(frozen=True, slots=True)
class Days:
    """The day of each phase; the law gives every office fifteen working days."""

    asked: date
    sent: date
    received: date


@dataclass
class _Case:
    """One move with both of its sides and the letter that is on its way."""

    move: RelationMove
    sending: Sending
    receiving: Receiving | None = None
    letter: Message | None = None


def move_relations(database: Database, moves: Sequence[RelationMove], days: Days) -> list[Booked]:
    """Move these relations; the batches that left and arrived. Raises as the ledger and the protocol do."""
    cases = [_Case(move, prepare(move, on=days.asked)[0]) for move in moves]
    _phase(database, cases, "set aside", lambda case: case.move.sender, lambda case: _set_aside(case, days))
    left = _phase(database, cases, "send", lambda case: case.move.sender, lambda case: _send(case, days))
    arrived = _phase(database, cases, "receive", lambda case: case.move.receiver, lambda case: _receive(case, days))
    return left + arrived


def _set_aside(case: _Case, days: Days) -> Iterable[Effect]:
    case.sending, effects = prepare(case.move, on=days.asked)
    return effects


def _send(case: _Case, days: Days) -> Iterable[Effect]:
    """The receiver takes the information form and accepts; the sender lets the money go."""
    asked, _ = receiver_gets(case.receiving, _letter(case), on=days.sent)
    case.receiving, answer = accept(asked)
    case.sending, effects = sender_gets(case.sending, _sent(answer), on=days.sent)
    return effects


def _receive(case: _Case, days: Days) -> Iterable[Effect]:
    case.receiving, effects = receiver_gets(case.receiving, _letter(case), on=days.received)
    case.sending, _ = sender_gets(case.sending, _sent(effects), on=days.received)
    return effects


def _letter(case: _Case) -> Message:
    assert case.letter is not None
    return case.letter


def _sent(effects: Iterable[Effect]) -> Message:
    (message,) = (effect.message for effect in effects if isinstance(effect, Send))
    return message


def _phase(
    database: Database, cases: Sequence[_Case], what: str, fund: Callable[[_Case], str],
    step: Callable[[_Case], Iterable[Effect]],
) -> list[Booked]:  # fmt: skip
    """One step of every case in one transaction, funds in the order of their names so that two runs never deadlock."""
    booked: list[Booked] = []
    with at_work(database, Role.POSTER, f"move relations: {what}") as session:
        for case in sorted(cases, key=lambda case: (fund(case), case.move.relation)):
            effects = tuple(step(case))
            for effect in effects:
                booked += _carry_out(session, effect)
            case.letter = _sent(effects)
    return booked


def _carry_out(session: Session, effect: Effect) -> list[Booked]:
    """Do what an effect says, and tell what it booked; letters are handed over by the caller."""
    store = LedgerStore(session.connection)
    match effect:
        case PlaceHold(hold):
            store.place(hold)
        case ReleaseHold(fund, key):
            store.release(fund, key)
        case PostBatch(batch):
            return post(session, [batch])
    return []
