"""The checklist of a fund's month, and its close: the list and the trial balance are kept with who closed and when.

A closed month stays closed; closing it again tells what was kept. What comes late is booked in the open month, with the
months it is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wayfare.app.funds.reports import matched_bank, read_ageing
from wayfare.app.sessions import at_work
from wayfare.funds.moves import KnownMove
from wayfare.funds.reports.ageing import OpenItem
from wayfare.funds.year import account_rule
from wayfare.funds.year.checklist import (
    BankState,
    MonthFacts,
    checklist,
    explained,
    refuse_stopped,
)
from wayfare.funds.year.errors import CloseStopped, NoAccountInterest
from wayfare.funds.year.rates import why_not_decided
from wayfare.kernel import Month
from wayfare.law import Law
from wayfare.storage import Database, Role, Session
from wayfare.storage.bank_store import BankStore
from wayfare.storage.close_store import CloseStore, KeptClose
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.ledger_verify import verify_book
from wayfare.storage.report_store import ReportStore

__all__ = ["ClosedMonth", "close_month", "read_checklist"]


@dataclass(frozen=True, slots=True)
class ClosedMonth:
    """A month's checklist, and its close where it was closed. `state` is open, closed or repeated."""

    fund: str
    month: Month
    state: str
    items: list[dict[str, Any]]
    kept: KeptClose | None = None

    @property
    def stopped(self) -> bool:
        """Whether an item stops the close."""
        return any(item["stops"] for item in self.items)

    def as_document(self) -> dict[str, Any]:
        """What --json prints."""
        found = {"fund": self.fund, "month": str(self.month), "state": self.state, "items": self.items}
        if self.kept is None:
            return found
        return found | {
            "closed_by": self.kept.by, "closed_at": self.kept.at.isoformat(), "head": self.kept.head.hex(),
            "trial_balance": [row.as_document() for row in self.kept.rows],
            "trial_balance_hash": self.kept.rows_hash.hex(),
        }  # fmt: skip


def read_checklist(
    database: Database, law: Law, fund: str, month: Month, *, today: date, read_back: bool = True
) -> ClosedMonth:
    """The checklist of a month as it stands, or as it was kept with the close. Raises NothingBooked and BookDiffers.

    Without `read_back` the whole book is not read back against its chain, and that item stays open.
    """
    with at_work(database, Role.POSTER, f"checklist of {month}") as session:
        kept = _kept(session, fund, month)
    if kept is not None:
        return ClosedMonth(fund, month, "closed", kept.items, kept)
    open_items = read_ageing(database, fund, month.last_day).items
    with at_work(database, Role.POSTER, f"checklist of {month}") as session:
        items = checklist(_facts(session, law, fund, month, today, open_items, read_back))
    return ClosedMonth(fund, month, "open", [item.as_document() for item in items])


def close_month(
    database: Database, law: Law, fund: str, month: Month, *, by: str, today: date,
    explanations: Mapping[str, str] | None = None, read_back: bool = True,
) -> ClosedMonth:  # fmt: skip
    """Close a month on its checklist, which is read again under the fund's lock.

    Raises CloseStopped, NothingBooked and BookDiffers; a month that was closed so is told again.
    """
    if today <= month.last_day:
        raise CloseStopped(f"{month} is not over.", next_step=f"Close it after {month.last_day}.")
    with at_work(database, Role.POSTER, f"close {month}") as session:
        if (kept := _kept(session, fund, month)) is not None:
            return ClosedMonth(fund, month, "repeated", kept.items, kept)
    open_items = read_ageing(database, fund, month.last_day).items
    with at_work(database, Role.POSTER, f"close {month}") as session:
        session.connection.execute("select ledger.keep_still(%s)", (fund,))
        facts = _facts(session, law, fund, month, today, open_items, read_back)
        if facts.closed_through >= _yyyymm(month):
            raise CloseStopped(
                f"{month} of {fund} was closed without a checklist.",
                next_step="It stays closed; close the month after it.",
            )
        items = explained(checklist(facts), explanations or {})
        refuse_stopped(fund, month, items)
        LedgerStore(session.connection).close(fund, _yyyymm(month))
        CloseStore(session.connection).keep(fund, month, by, items, facts.rows)
        kept = _kept(session, fund, month)
    return ClosedMonth(fund, month, "closed", [item.as_document() for item in items], kept)


def _kept(session: Session, fund: str, month: Month) -> KeptClose | None:
    ReportStore(session).check(fund)
    return CloseStore(session.connection).kept(fund, month)


def _facts(
    session: Session, law: Law, fund: str, month: Month, today: date, open_items: tuple[OpenItem, ...],
    read_back: bool,
) -> MonthFacts:  # fmt: skip
    """Everything that the checklist asks, as of one moment where the fund's lock is held."""
    store, reports = CloseStore(session.connection), ReportStore(session)
    book = store.book(fund)
    assert book is not None  # _kept has checked it
    number, closed_through, first = book
    return MonthFacts(
        fund=fund, month=month, today=today, closed_through=closed_through, first=first,
        enrolled=store.enrolled(fund, month), runs=store.keys(number, f"contributions:{month}"),
        pensioners=store.pensioners(fund, month), payroll=bool(store.keys(number, f"payroll:{month}")),
        open_items=open_items, banks=_banks(session, fund, month), holds=_holds(reports, fund),
        rows=tuple(reports.movements(fund, month, month)), running=store.running(number, month),
        interest=_interest(store, law, fund, number, month),
        chain=verify_book(session.connection, fund).batches if read_back else None,
    )  # fmt: skip


def _holds(reports: ReportStore, fund: str) -> tuple[KnownMove, ...]:
    """What the fund itself has set aside and that waits for an answer."""
    return tuple(each for each in reports.set_aside(fund, date.max, incoming=False) if each.is_open)


def _banks(session: Session, fund: str, month: Month) -> tuple[BankState, ...]:
    reports, bank, found = ReportStore(session), BankStore(session), list[BankState]()
    for name in reports.account_names(fund, "bank"):
        stated = bank.statements(fund, name.partition(":")[2], month.last_day)
        matching = matched_bank(reports, bank, fund, name, month.last_day)
        if matching is None:
            found.append(BankState(name, None, 0, reports.balance_before(fund, name, (month + 1).first_day)))
        else:
            found.append(BankState(name, stated[-1].last, len(matching.only_bank), matching.unexplained))
    return tuple(found)


def _interest(store: CloseStore, law: Law, fund: str, number: int, month: Month) -> str | Mapping[str, str]:
    place, _, insurance = fund.partition(":")
    if month.number != 12:
        return "none"
    if store.keys(number, f"interest:{month.year}"):
        return "posted"
    try:
        rule = account_rule(law, insurance, place, month.year)
    except NoAccountInterest:
        return "none"
    return why_not_decided(law, rule, place, month.year) or "due"


def _yyyymm(month: Month) -> int:
    return month.year * 100 + month.number
