"""The floors of a fund's accounts: what they are, by which approvals, and a new one, shown before it is posted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wayfare.app.sessions import at_work
from wayfare.funds.floors import ApprovedFloor, FloorState
from wayfare.funds.reports.errors import NothingBooked
from wayfare.ledger import Approval, Posted
from wayfare.ledger.errors import KeyReused
from wayfare.storage import Database, Role, Session
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.report_store import ReportStore

__all__ = ["ChangedFloor", "Floors", "change_floor", "floor_state", "read_floors"]


@dataclass(frozen=True, slots=True)
class Floors:
    """The fund's own accounts that have a floor or had one changed, and every approval, the first first."""

    fund: str
    accounts: tuple[FloorState, ...]
    approvals: tuple[ApprovedFloor, ...]

    def as_document(self) -> dict[str, Any]:
        """What --json prints."""
        return {
            "fund": self.fund, "accounts": [account.as_document() for account in self.accounts],
            "approvals": [approval.as_document() for approval in self.approvals],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChangedFloor:
    """An account before and after an approval; `posted.fresh` tells whether this call booked it."""

    fund: str
    before: FloorState
    after: FloorState
    posted: Posted
    is_preview: bool

    def as_document(self) -> dict[str, Any]:
        """What --json prints."""
        state = "preview" if self.is_preview else "posted"
        return {
            "fund": self.fund, "state": state if self.posted.fresh else "repeated", "old": self.before.as_document(),
            "new": self.after.as_document(), "batch": None if self.is_preview else self.posted.number,
        }  # fmt: skip


def read_floors(database: Database, fund: str) -> Floors:
    """The floors in force and how they came. Raises NothingBooked."""
    with at_work(database, Role.POSTER, f"floors of {fund}") as session:
        reports = ReportStore(session)
        reports.check(fund)
        approvals, floors = reports.approvals(fund), LedgerStore(session.connection).floors(fund)
        names = {name for name in floors if not name.startswith("account:")} | {each.account for each in approvals}
        return Floors(fund, tuple(floor_state(session, fund, name) for name in sorted(names)), tuple(approvals))


def change_floor(
    database: Database, fund: str, account: str, floor: int | None, approval: Approval, *, preview: bool = False
) -> ChangedFloor:
    """Change a floor (fen, None without limit) from an approval on; the same approval again changes nothing.

    A preview posts it and takes it back, so that it meets what the posting would meet. Raises NothingBooked, and as
    `LedgerStore.approve_floor` does.
    """
    with (
        at_work(database, Role.POSTER, f"floor of {account}") as session,
        session.connection.transaction(force_rollback=preview),
    ):
        reports = ReportStore(session)
        reports.check(fund)
        if not reports.has_account(fund, account):
            raise NothingBooked(
                f"{fund} has no account {account}.", next_step="Its accounts stand in wayfare fund trial-balance."
            )
        before = floor_state(session, fund, account)
        posted = _approve(session, fund, account, floor, approval)
        return ChangedFloor(fund, before, floor_state(session, fund, account), posted, preview)


def _approve(session: Session, fund: str, account: str, floor: int | None, approval: Approval) -> Posted:
    try:
        return LedgerStore(session.connection).approve_floor(fund, account, floor, approval)
    except KeyReused:
        raise KeyReused(
            f"{approval.document} was booked in {fund} for {account} before, and says something else.",
            next_step="The first stands. Another floor needs a document of its own.",
        ) from None


def floor_state(session: Session, fund: str, account: str) -> FloorState:
    """An account of a fund as the book stands now. Raises UnknownAccount."""
    store = LedgerStore(session.connection)
    held, reserved = store.balance(fund, account), store.reserved(fund, account)
    return FloorState(account, held, reserved, store.floors(fund).get(account))
