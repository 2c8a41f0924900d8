"""Reports of a fund's books read from the store: each use case one transaction of a viewer with its purpose.

What comes back are values that add up or are refused; nothing is posted. Whoever looks at a person's account leaves an
access record by the looking.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from wayfare.app.sessions import at_work
from wayfare.funds.moves import KnownMove
from wayfare.funds.reports.account import PersonAccount, person_account
from wayfare.funds.reports.ageing import Ageing, OpenItem, ageing, open_in_suspense, open_in_transit
from wayfare.funds.reports.bank_matching import BankMatching, book_items, match_bank
from wayfare.funds.reports.cash_book import CashBook, cash_book
from wayfare.funds.reports.lines import purpose_of
from wayfare.funds.reports.members import MembersControl
from wayfare.funds.reports.pairs import Pair, pair_of
from wayfare.funds.reports.trial_balance import TrialBalance, trial_balance
from wayfare.kernel import Money, Month
from wayfare.storage import Database, Role
from wayfare.storage.bank_store import BankStore
from wayfare.storage.report_store import ReportStore

__all__ = [
    "FIRST_DAY",
    "Reconciliation",
    "ageing_of",
    "cash_books_of",
    "matched_bank",
    "months_of",
    "read_ageing",
    "read_cash_books",
    "read_person_account",
    "read_trial_balance",
    "reconcile",
]

FIRST_DAY = date(1900, 1, 1)
"""Before the first day of any book."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A fund's books held against each other, against other funds and against its banks, on a day.

    `set_aside` waits to move; no book knows it yet as moved, so it makes no difference between two funds.
    """

    fund: str
    on: date
    members: MembersControl
    pairs: tuple[Pair, ...]
    banks: tuple[BankMatching, ...]
    without_statement: tuple[str, ...]
    set_aside: tuple[KnownMove, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether nothing differs: members, pairs, and the banks that have sent a statement."""
        banks = all(not bank.unexplained and not bank.lines_difference for bank in self.banks)
        return banks and not self.members.difference and not any(pair.difference for pair in self.pairs)

    def as_document(self) -> dict[str, Any]:
        """What --json prints."""
        return {
            "fund": self.fund, "on": self.on.isoformat(), "agrees": self.agrees, "members": self.members.as_document(),
            "pairs": [pair.as_document() for pair in self.pairs], "banks": [bank.as_document() for bank in self.banks],
            "without_statement": list(self.without_statement),
            "set_aside": [move.as_document(self.on) for move in self.set_aside],
        }  # fmt: skip


def months_of(database: Database, fund: str) -> tuple[Month, Month] | None:
    """The first and the last month of a fund's book. Raises NothingBooked for a fund without a book."""
    with at_work(database, Role.OFFICER, f"months of {fund}") as session:
        store = ReportStore(session)
        store.check(fund)
        return store.months(fund)


def read_trial_balance(database: Database, fund: str, first: Month, last: Month) -> TrialBalance:
    """A fund's trial balance. Raises NothingBooked and ReportUnbalanced."""
    with at_work(database, Role.OFFICER, f"trial balance of {fund}") as session:
        store = ReportStore(session)
        store.check(fund)
        return trial_balance(fund, first, last, store.movements(fund, first, last))


def read_cash_books(
    database: Database, fund: str, first: date, last: date, *, account: str | None = None
) -> tuple[CashBook, ...]:
    """The cash book of each bank account of a fund, or of one of them. Raises NothingBooked."""
    with at_work(database, Role.OFFICER, f"cash book of {fund}") as session:
        store = ReportStore(session)
        store.check(fund)
        return cash_books_of(store, fund, first, last, account=account)


def cash_books_of(
    store: ReportStore, fund: str, first: date, last: date, *, account: str | None = None
) -> tuple[CashBook, ...]:
    """The same within a session."""
    names = [name for name in store.account_names(fund, "bank") if account in (None, name, name.partition(":")[2])]
    return tuple(
        cash_book(
            fund, name, first, last, balance_before=store.balance_before(fund, name, first),
            lines=store.account_lines(fund, name, first, last),
        )
        for name in names
    )  # fmt: skip


def read_ageing(database: Database, fund: str, on: date) -> Ageing:
    """What is open in suspense and on the way on a day. Raises NothingBooked and ReportUnbalanced."""
    with at_work(database, Role.OFFICER, f"open items of {fund}") as session:
        store = ReportStore(session)
        store.check(fund)
        return ageing_of(store, fund, on)


def ageing_of(store: ReportStore, fund: str, on: date) -> Ageing:
    """The same within a session."""
    items, own, others = list[OpenItem](), Money.ZERO, Money.ZERO
    for name in store.account_names(fund, "suspense"):
        lines = store.account_lines(fund, name, FIRST_DAY, on)
        items += open_in_suspense(name, lines)
        own += Money.total(line.change(name) for line in lines)
    for mine, theirs in store.mirrored(fund, on):
        if purpose_of(mine.account).startswith("in_transit"):
            items += open_in_transit(mine.account, mine.lines, ((theirs.account, line) for line in theirs.lines))
            own, others = own + mine.balance, others + theirs.balance
    return ageing(fund, on, items, balance=own, other_side=others, set_aside=store.set_aside(fund, on))


def reconcile(database: Database, fund: str, on: date) -> Reconciliation:
    """Members against control, what other funds say, and each bank account against its statements."""
    with at_work(database, Role.OFFICER, f"reconciliation of {fund}") as session:
        store = ReportStore(session)
        store.check(fund)
        pairs = tuple(pair_of(mine, theirs) for mine, theirs in store.mirrored(fund, on))
        banks, without = list[BankMatching](), list[str]()
        for name in store.account_names(fund, "bank"):
            found = matched_bank(store, BankStore(session), fund, name, on)
            without += [] if found else [name]
            banks += [found] if found else []
        return Reconciliation(
            fund, on, store.members_control(fund), pairs, tuple(banks), tuple(without),
            tuple(store.set_aside(fund, on)),
        )  # fmt: skip


def matched_bank(
    store: ReportStore, bank: BankStore, fund: str, account: str, on: date, **window: int
) -> BankMatching | None:
    """One bank account against all of its statements until a day; None when none was imported.

    The book is read up to the last day of the last statement, for the bank has said nothing of the days after.
    """
    statements = bank.statements(fund, account.partition(":")[2], on)
    if not statements:
        return None
    day = min(on, statements[-1].last)
    items = book_items(account, store.account_lines(fund, account, FIRST_DAY, day))
    return match_bank(statements, items, on=day, **window)


def read_person_account(database: Database, person: str, first: date, last: date) -> PersonAccount:
    """A person's accounts in all funds, with the months that employers have not paid; the look is recorded."""
    with at_work(database, Role.OFFICER, f"account of {person}") as session:
        store = ReportStore(session)
        lines = store.person_lines(person)
        payers = {(line.fund, line.debit) for line in lines if line.debit.startswith("contribution_clearing:employer:")}
        unpaid = {each: store.unpaid_months(*each) for each in sorted(payers)}
        return person_account(person, first, last, lines, unpaid)
