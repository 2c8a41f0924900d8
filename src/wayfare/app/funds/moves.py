"""Moves of money between two funds by decision: prepare, confirm, release, and let go what is past its day.

Each use case is one transaction and harmless when given again. A preview carries the step out and takes it back, so
that it meets every refusal that the step would meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from wayfare.app.funds.explaining import Ground, ground_of
from wayfare.app.funds.floors import floor_state
from wayfare.app.sessions import at_work
from wayfare.funds.floors import FloorState
from wayfare.funds.moves import DOCUMENT, OWN, POOLED, KnownMove, Wanted, move_of
from wayfare.funds.moves.errors import MoveDiffersFromDecision, ReceiverNotOpen
from wayfare.funds.reports.errors import NothingBooked
from wayfare.kernel import Money
from wayfare.law import Law
from wayfare.ledger import CONFIRMED, Move, check_fund, month_of, refusals
from wayfare.storage import Database, Role, Session
from wayfare.storage.decision_store import KeptDecision, load
from wayfare.storage.move_store import MoveStore
from wayfare.storage.report_store import ReportStore

__all__ = [
    "ExpiredMoves", "MoveStep", "confirm_move", "expire_moves", "list_moves", "prepare_move",
    "release_move", "show_move",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MoveStep:
    """A move with its parts and how it stands; `fresh` tells whether this call took the step, `accounts` the sender's.

    `move` is None where something else than a move was set aside.
    """

    known: KnownMove
    move: Move | None
    fresh: bool
    accounts: tuple[FloorState, ...]
    ground: Ground | None = None

    def as_document(self, on: date) -> dict[str, Any]:
        """What --json prints."""
        parts = [
            {"leaves": part.leaves, "arrives": part.arrives, "amount": str(Money.fen(part.fen)), "member": part.about,
             "from": str(month_of(part.effective_from)), "months": part.effective_months}
            for part in (self.move.parts if self.move else ())
        ]  # fmt: skip
        batches = [f"{self.known.key}:sent", f"{self.known.key}:received"] if self.known.confirmed else []
        found = {**self.known.as_document(on), "parts": parts, "batches": batches, "fresh": self.fresh}
        found["accounts"] = [account.as_document() for account in self.accounts]
        return found if self.ground is None else found | {"rests_on": self.ground.as_document()}


@dataclass(frozen=True, slots=True)
class ExpiredMoves:
    """What a fund let go because its day had passed."""

    fund: str
    moves: tuple[KnownMove, ...]


def prepare_move(
    database: Database, wanted: Wanted, *, on: date, expires: date | None = None, preview: bool = False
) -> MoveStep:
    """Set the money of a move aside at the sender, on a kept decision or a paper of the office (`document:...`).

    Raises NothingBooked, DecisionRefused, MoveDiffersFromDecision, MoveIncomplete, ReceiverNotOpen, and as
    `Books.prepare_move` does.
    """
    with _step(database, f"prepare {wanted.key}", preview) as session:
        reports = ReportStore(session)
        reports.check(wanted.sender)
        move = _asked(session, wanted)
        _check_accounts(reports, move)
        fresh = MoveStore(session.connection).prepare_move(move, on=on, expires=expires)
        return _told(session, wanted.sender, wanted.key, fresh=fresh)


def confirm_move(database: Database, sender: str, key: str, *, on: date, preview: bool = False) -> MoveStep:
    """Carry a prepared move out in both books; one that was confirmed before is told with its day.

    Raises UnknownHold, NotAMove, HoldResolved and HoldExpired, and what posting raises.
    """
    with _step(database, f"confirm {key}", preview) as session:
        if _known(session, sender, key).state == CONFIRMED:
            return _told(session, sender, key, fresh=False)
        left, _ = MoveStore(session.connection).confirm_move(sender, key, on=on)
        return _told(session, sender, key, fresh=left.fresh)


def release_move(database: Database, sender: str, key: str, *, preview: bool = False) -> MoveStep:
    """Give the money of a move free that was not confirmed. Raises UnknownHold, and HoldResolved once confirmed."""
    with _step(database, f"release {key}", preview) as session:
        fresh = MoveStore(session.connection).release_move(sender, key)
        return _told(session, sender, key, fresh=fresh)


def expire_moves(database: Database, fund: str | None, *, on: date, preview: bool = False) -> list[ExpiredMoves]:
    """Let every fund, or one, go what it set aside past its day; funds without such money are left out."""
    with at_work(database, Role.POSTER, "funds with money set aside") as session:
        funds = ReportStore(session).funds()
        if fund is not None:
            ReportStore(session).check(fund)
    found = []
    for name in (fund,) if fund is not None else funds:
        with _step(database, f"expire holds of {name}", preview) as session:
            keys = MoveStore(session.connection).expire_holds(name, on)
            if keys:
                found.append(ExpiredMoves(name, tuple(_known(session, name, key) for key in keys)))
    return found


def list_moves(database: Database, fund: str, *, on: date) -> list[KnownMove]:
    """What is set aside on a day at the fund or for it, the first first. Raises NothingBooked."""
    with at_work(database, Role.OFFICER, f"moves of {fund}") as session:
        ReportStore(session).check(fund)
        return ReportStore(session).set_aside(fund, on)


def show_move(database: Database, law: Law, sender: str, key: str) -> MoveStep:
    """One move with its parts, how it stands, and what it rests on. Raises UnknownHold."""
    with at_work(database, Role.POSTER, f"move {key}") as session:
        told = _told(session, sender, key, fresh=False)
        ground = ground_of(session, law, told.known.decision, on=told.known.placed, place=sender[:6])
        for part in told.move.parts if told.move else ():
            if part.about:
                ReportStore(session).record_look(f"move {key} of {sender}", person=part.about.partition(":")[2])
        return MoveStep(told.known, told.move, told.fresh, told.accounts, ground)


@contextmanager
def _step(database: Database, purpose: str, preview: bool) -> Iterator[Session]:
    """A session of the poster whose work a preview takes back."""
    with at_work(database, Role.POSTER, purpose) as session, session.connection.transaction(force_rollback=preview):
        yield session


def _asked(session: Session, wanted: Wanted) -> Move:
    if wanted.ground.startswith(DOCUMENT):
        return move_of(wanted)
    kept = load(session, wanted.ground)
    if kept.question != "pension.transfer":
        return move_of(wanted)
    if kept.replaced_by or kept.mode != "decision":
        said = f"was replaced by {kept.replaced_by}" if kept.replaced_by else "is an estimate"
        raise MoveDiffersFromDecision(
            f"Decision {kept.id} {said}.", next_step="Name the decision that is in force, kept in mode decision."
        )
    return move_of(wanted, _decided(kept), kept.person)


def _decided(kept: KeptDecision) -> dict[str, int]:
    values: Mapping[str, Any] = kept.document["values"]
    found = {name: (values.get(name) or {}).get("value") for name in (POOLED, OWN)}
    open_ones = [name for name, value in found.items() if value is None]
    if open_ones:
        raise MoveDiffersFromDecision(
            f"Decision {kept.id} leaves {' and '.join(open_ones)} open.",
            next_step="Decide again with the facts that it lacks, and name that decision.",
        )
    return {name: Money.yuan(str(value)).amount_fen for name, value in found.items()}


def _check_accounts(reports: ReportStore, move: Move) -> None:
    """What leaves must lie somewhere. Individual accounts are opened by what arrives, the fund's own must be there."""
    for part in move.parts:
        if not reports.has_account(move.sender, part.leaves):
            raise NothingBooked(
                f"{move.sender} has no account {part.leaves}.",
                next_step="Its accounts stand in wayfare fund trial-balance, a person's in wayfare fund statement.",
            )
    if move.receiver not in reports.funds():
        raise ReceiverNotOpen(
            f"There is no book of {move.receiver} here.",
            next_step="Take its records in and run a month, or send the money by letter.",
        )
    for part in move.parts:
        if part.arrives != part.about and not reports.has_account(move.receiver, part.arrives):
            raise ReceiverNotOpen(
                f"{move.receiver} has not opened {part.arrives}.", next_step="Its first run of a month opens it."
            )


def _known(session: Session, sender: str, key: str) -> KnownMove:
    check_fund(sender)
    known = ReportStore(session).move(sender, key)
    if known is None:
        raise refusals.unknown_hold(sender, key)
    return known


def _told(session: Session, sender: str, key: str, *, fresh: bool) -> MoveStep:
    known = _known(session, sender, key)
    move = MoveStore(session.connection).prepared(sender, key) if known.receiver else None
    names = [part.leaves for part in move.parts] if move else []
    return MoveStep(known, move, fresh, tuple(floor_state(session, sender, name) for name in names))

