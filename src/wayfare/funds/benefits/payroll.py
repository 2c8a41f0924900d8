"""The payroll of a month: one batch that owes every pensioner the month's pension, and what earlier months lacked.

Each payment is split by the law between the individual account and the pool, earlier months first, so an account never
falls below zero. What a plan of recovery keeps back is booked in the same batch; the bank's payment is another batch.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from wayfare.funds.benefits.payments import BenefitMonth, Ints, due_for, split_between
from wayfare.law import Law
from wayfare.ledger import Batch, SealedBatch, account_number, member_account

__all__ = ["PAYABLE", "Excess", "LateMonth", "Payroll", "last_day", "payroll", "payroll_key", "payroll_paid_batch"]

PAYABLE = "benefits_payable:pension"
_POOL = "pooled_fund"


@dataclass(frozen=True, eq=False)
class LateMonth:
    """An earlier month that records made since the last run may change: its benefits and what was paid for it."""

    benefits: BenefitMonth
    paid: Ints


@dataclass(frozen=True, slots=True)
class Excess:
    """What a member was paid too much for earlier months in all, in fen, and the first of them (yyyymm)."""

    fen: int
    since: int


@dataclass(frozen=True, eq=False)
class Payroll:
    """A month's payroll before it is posted, in fen.

    `made_good` is paid for earlier months that lacked it, `kept_back` goes to what is owed by plan; `overpaid` says by
    account number what was paid too much for earlier months, which is asked back. `batch` is None when nothing is due.
    """

    fund: str
    month: int
    batch: SealedBatch | None
    pensioners: int
    from_account: int
    from_pool: int
    made_good: int
    kept_back: int
    overpaid: Mapping[int, Excess]

    @property
    def payable(self) -> int:
        """What the bank is to pay: everything granted less what is kept back."""
        return self.from_account + self.from_pool - self.kept_back


@dataclass(frozen=True, eq=False)
class _Paid:
    """One month's payments, rows aligned: who, for which month, out of which money."""

    account: Ints
    month: int
    from_account: Ints
    from_pool: Ints


def payroll(
    law: Law,
    fund: str,
    benefits: BenefitMonth,
    balance: Ints,
    *,
    late: Iterable[LateMonth] = (),
    opens: Sequence[str] = (),
) -> Payroll:
    """The payroll of `benefits.month`; `balance` is what the accounts hold, row by row.

    `late` are earlier months in order, `opens` members whose accounts the fund does not have yet.
    """
    left, paid, overpaid = balance.copy(), list[_Paid](), dict[int, Excess]()
    for earlier in late:
        due = due_for(law, earlier.benefits, earlier.paid)
        for row in np.flatnonzero(due.excess).tolist():
            number, fen = int(earlier.benefits.account[row]), int(due.excess[row])
            before = overpaid.get(number, Excess(0, earlier.benefits.month))
            overpaid[number] = Excess(before.fen + fen, before.since)
        rows = np.searchsorted(benefits.account, earlier.benefits.account)
        paid.append(_pay(law, earlier.benefits, due.lacking, left, rows))
    now = due_for(law, benefits, np.zeros(len(benefits), np.int64)).payment
    made_good = sum(map(_total, paid))
    paid.append(_pay(law, benefits, now, left, np.arange(len(benefits))))
    kept = np.minimum(np.minimum(benefits.kept_monthly, np.maximum(benefits.owed, 0)), now)
    batch = _batch(law, fund, benefits, paid, kept, opens) if any(_total(each) for each in paid) else None
    return Payroll(
        fund, benefits.month, batch, int(np.count_nonzero(now)),
        sum(int(each.from_account.sum()) for each in paid), sum(int(each.from_pool.sum()) for each in paid),
        made_good, int(kept.sum()), overpaid,
    )  # fmt: skip


def payroll_key(month: int) -> str:
    """The key of the payroll batch of a month (yyyymm)."""
    return f"payroll:{month // 100}-{month % 100:02d}"


def payroll_paid_batch(fund: str, month: int, *, amount: int, bank: str, on: date) -> SealedBatch:
    """That the bank paid out a month's payroll on a day, from one of the fund's bank accounts."""
    batch = Batch(fund, on, payroll_key(month).replace("payroll", "payroll-paid"))
    batch.open(f"bank:{bank}")
    batch.move(debit=PAYABLE, credit=f"bank:{bank}", amount=amount, effective_from=month)
    return batch.seal()


def last_day(month: int) -> date:
    """The last day of a month written yyyymm, on which its payroll is booked."""
    return date(month // 100, month % 100, monthrange(month // 100, month % 100)[1])


def _pay(law: Law, benefits: BenefitMonth, amount: Ints, left: Ints, rows: Ints) -> _Paid:
    """Splits the amounts of a month and takes the accounts' part from what is left on them."""
    account, pool = split_between(law, benefits, amount, left[rows])
    left[rows] -= account
    return _Paid(benefits.account, benefits.month, account, pool)


def _total(paid: _Paid) -> int:
    return int(paid.from_account.sum() + paid.from_pool.sum())


def _batch(
    law: Law, fund: str, benefits: BenefitMonth, paid: Sequence[_Paid], kept: Ints, opens: Sequence[str]
) -> SealedBatch:
    batch = Batch(
        fund, last_day(benefits.month), payroll_key(benefits.month), decision=f"law:{law.version}:pension.payment"
    )
    for account in (_POOL, PAYABLE, *map(member_account, opens)):
        batch.open(account)
    payable = account_number(PAYABLE)
    for each in paid:
        for source, amount in ((each.account, each.from_account), (account_number(_POOL), each.from_pool)):
            _move(batch, source, payable, amount, each.account, each.month)
    _move(batch, payable, benefits.recovery, kept, benefits.account, benefits.month)
    return batch.seal()


def _move(batch: Batch, debit: Ints | int, credit: Ints | int, amount: Ints, subject: Ints, month: int) -> None:
    some = amount > 0
    debits, credits = (np.broadcast_to(np.asarray(each, np.int64), some.shape)[some] for each in (debit, credit))
    batch.move_columns(
        debit=debits, credit=credits, amount=amount[some], subject=subject[some], effective_from=month
    )
