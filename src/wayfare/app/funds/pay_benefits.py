"""Pay the month's pensions of a fund: what is due by records and law, posted once, and paid out by the bank.

A run looks at what was recorded since the last one, so a month that was paid too little is made good, and one that was
paid too much is told by every run until it is charged back. When the pool lacks money nothing is posted; a run given
again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wayfare.app.post_contributions import subsidy_batch
from wayfare.app.posting import Booked, post
from wayfare.app.sessions import at_work
from wayfare.funds.benefits import BenefitMonth, LateMonth, Payroll, payroll, payroll_key, payroll_paid_batch
from wayfare.funds.benefits.errors import PayrollMissing, PayrollOutOfOrder, PoolLacks
from wayfare.law import Law
from wayfare.ledger import Posted
from wayfare.storage import Database, Role, Session
from wayfare.storage.benefit_store import BenefitStore
from wayfare.storage.ledger_store import LedgerStore

__all__ = ["PaidBenefits", "confirm_paid", "month_after", "pay_benefits", "subsidise"]

Ints = NDArray[np.int64]
Progress = Callable[[int, int], None]
"""Called with how many steps are done, and how many there are."""


@dataclass(frozen=True)
class PaidBenefits:
    """What a run did: its payroll (None when the month was run before), and where its batch stands.

    `lacking` is what the pool lacks for it in fen; `overpaid` says by member what was paid too much for earlier months,
    `paid_elsewhere` which other fund pays a member whose pension began here since the last run.
    """

    fund: str
    month: int
    payroll: Payroll | None
    posted: Posted | None
    lacking: int
    overpaid: dict[str, int]
    paid_elsewhere: dict[str, str]

    @property
    def is_repeat(self) -> bool:
        """Whether the month was run before."""
        return self.payroll is None


def pay_benefits(
    database: Database, law: Law, fund: str, month: int, *, preview: bool = False, progress: Progress | None = None
) -> PaidBenefits:
    """Run the payroll of a month (yyyymm); with `preview` nothing is posted.

    Raises PayrollOutOfOrder, PoolLacks, and as `LedgerStore.post` does.
    """
    progress = progress or (lambda done, total: None)
    with at_work(database, Role.POSTER, f"pay benefits of {month}") as session:
        store = BenefitStore(session.connection)
        store.lock(fund)
        if store.payroll_run(fund, month):
            return PaidBenefits(fund, month, None, None, 0, {}, {})
        last = store.last_payroll(fund)
        elsewhere = store.paid_elsewhere(fund, after=last[1] if last else 0)
        found = _prepare(store, law, fund, month, last, progress)
        lacking = max(found.from_pool - store.pool_free(fund), 0)
        names = store.members(fund, list(found.overpaid))
        overpaid = {names[number]: excess.fen for number, excess in found.overpaid.items()}
        posted = None if preview else _post(session, store, found, lacking)
        return PaidBenefits(fund, month, found, posted, lacking, overpaid, elsewhere)


def confirm_paid(database: Database, fund: str, month: int, *, bank: str, on: date) -> Posted:
    """Book that the bank paid out a month's payroll on a day. Raises PayrollMissing, and as `LedgerStore.post` does."""
    with at_work(database, Role.POSTER, f"benefits of {month} paid out") as session:
        amount = BenefitStore(session.connection).payable(fund, month, payroll_key(month))
        if amount == 0:
            raise PayrollMissing(
                f"{fund} has no payroll of {_told(month)} that the bank could have paid.",
                next_step="Run it first: wayfare fund pay-benefits.",
            )
        return LedgerStore(session.connection).post(payroll_paid_batch(fund, month, amount=amount, bank=bank, on=on))


def subsidise(database: Database, fund: str, amount: int, *, what: str, on: date) -> Booked:
    """Book what government owes to a pool that lacks money, in fen; `what` it is for names it, once a year."""
    with at_work(database, Role.POSTER, f"subsidy for {what}") as session:
        return post(session, [subsidy_batch(fund, on, amount, what=what)])[0]


def month_after(month: int) -> int:
    """The month after one written yyyymm."""
    return month + 1 if month % 100 < 12 else month + 89


def _prepare(
    store: BenefitStore, law: Law, fund: str, month: int, last: tuple[int, int] | None, progress: Progress
) -> Payroll:
    if last is not None and month != month_after(last[0]):
        raise PayrollOutOfOrder(
            f"The last payroll of {fund} is that of {_told(last[0])}, so {_told(month)} is not the next.",
            next_step=f"Run the payroll of {_told(month_after(last[0]))}.",
        )
    late = _late_months(store, fund, month, last[1] if last else 0, progress)
    benefits = store.month(fund, month)
    balance, is_open = _aligned(benefits.account, *store.balances(fund))
    opens = store.members(fund, benefits.account[~is_open].tolist())
    return payroll(law, fund, benefits, balance, late=late, opens=sorted(opens.values()))


def _late_months(store: BenefitStore, fund: str, month: int, after: int, progress: Progress) -> list[LateMonth]:
    """The earlier months that records made after a serial may change, with what was paid for them."""
    changed = store.month(fund, month, after=after).changed_from
    first = int(changed[changed > 0].min(initial=month))
    if first >= month:
        return []
    months = _months(first, month)
    settled = store.settled(fund, first, month, after=after)
    found = []
    for done, each in enumerate(months):
        progress(done, len(months))
        benefits = store.month(fund, each, after=after)
        benefits = benefits.at(np.flatnonzero(benefits.changed_from <= each))
        found.append(LateMonth(benefits, _paid(benefits, settled)))
    progress(len(months), len(months))
    return found


def _months(first: int, until: int) -> list[int]:
    months = []
    while first < until:
        months.append(first)
        first = month_after(first)
    return months


def _paid(benefits: BenefitMonth, settled: dict[str, Ints]) -> Ints:
    of_month = settled["month"] == benefits.month
    accounts = settled["account"][of_month]
    paid = settled["from_account"][of_month] + settled["from_pool"][of_month]
    order = np.argsort(accounts)
    return _aligned(benefits.account, accounts[order], paid[order])[0]


def _aligned(wanted: Ints, accounts: Ints, values: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """The values of the accounts wanted, 0 where there is none, and whether there is one; `accounts` ascend."""
    if not len(accounts):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(accounts, wanted), len(accounts) - 1)
    known = accounts[at] == wanted
    return np.where(known, values[at], 0), known


def _post(session: Session, store: BenefitStore, found: Payroll, lacking: int) -> Posted | None:
    if lacking:
        raise PoolLacks(
            f"The pool of {found.fund} lacks {lacking // 100}.{lacking % 100:02d} yuan for {_told(found.month)}.",
            next_step="Book the subsidy of government (article 13), wayfare fund subsidy, then run it again.",
        )
    posted = LedgerStore(session.connection).post(found.batch) if found.batch is not None else None
    store.keep_payroll(found.fund, found.month, payroll_key(found.month), found.overpaid)
    return posted


def _told(month: int) -> str:
    return f"{month // 100}-{month % 100:02d}"
