"""What the law says of a month's pensions, for many pensioners at once on columns.

The clauses are those of `pension.payment`, the ones an officer and a pensioner get when they ask. Records and balances
are given to it; nothing of the law is written here again. Amounts are whole fen, months are yyyymm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

import numpy as np
from numpy.typing import NDArray

from wayfare.kernel.status import Mode
from wayfare.law import Law, Rows
from wayfare.law.unknown import split

__all__ = ["BenefitMonth", "Due", "Ints", "due_for", "month_index", "split_between"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class BenefitMonth:
    """The benefits of a fund as recorded for one month, a row each in the order of the account numbers.

    `first_month` is the first month that these books pay (yyyymm), `died` the number of the day of death (0: none),
    `pension_of_month` the monthly amount with its adjustments, `pension` and `account_pension` those of the award;
    `kept_monthly` is kept back by plan while something is `owed`; `changed_from` is the first month that a record made
    since the last run may change (0: none).
    """

    month: int
    account: Ints
    recovery: Ints
    first_month: Ints
    died: Ints
    suspended: Ints
    pension_of_month: Ints
    pension: Ints
    account_pension: Ints
    kept_monthly: Ints
    owed: Ints
    changed_from: Ints

    @classmethod
    def of(cls, month: int, columns: Mapping[str, Ints]) -> BenefitMonth:
        """From the columns as stored, in any order of rows."""
        order = np.argsort(columns["account"], kind="stable")
        return cls(month, **{each.name: columns[each.name][order] for each in fields(cls) if each.name != "month"})

    def __len__(self) -> int:
        return len(self.account)

    def at(self, rows: Ints) -> BenefitMonth:
        """Some of the rows."""
        chosen = {each.name: getattr(self, each.name)[rows] for each in fields(self) if each.name != "month"}
        return BenefitMonth(self.month, **chosen)


@dataclass(frozen=True, eq=False)
class Due:
    """What is due for the month in all, and what was paid for it too little or too much."""

    payment: Ints
    lacking: Ints
    excess: Ints


def due_for(law: Law, benefits: BenefitMonth, paid: Ints) -> Due:
    """What the law gives for the month, and how what was `paid` for it compares."""
    goals = ("payment_of_month", "underpaid_for_month", "overpaid_for_month")
    columns = {
        "first_payment_month": month_index(benefits.first_month),
        "died_day": np.where(benefits.died > 0, benefits.died, law.values["died_day"].declared.absent),
        "is_suspended": benefits.suspended,
        "pension_of_month": benefits.pension_of_month,
        "paid_for_month": paid,
    }
    return Due(*_asked(law, benefits, goals, ("first_payment_month",), columns))


def split_between(law: Law, benefits: BenefitMonth, payment: Ints, balance: Ints) -> tuple[Ints, Ints]:
    """What account and pool pay of a payment, when `balance` is left on the accounts."""
    given = ("payment_of_month", "pension", "account_pension")
    columns = {
        "payment_of_month": payment,
        "pension": benefits.pension,
        "account_pension": benefits.account_pension,
        "balance_before_payment": balance,
    }
    account, pool = _asked(law, benefits, ("paid_from_account", "paid_from_pool"), given, columns)
    return account, pool


def _asked(
    law: Law, benefits: BenefitMonth, goals: tuple[str, ...], given: tuple[str, ...], columns: Mapping[str, Ints]
) -> list[Ints]:
    size, month = len(benefits), benefits.month
    asked = {
        "asked_day": np.full(size, date(month // 100, month % 100, 1).toordinal()),
        "asked_month": np.full(size, int(month_index(np.int64(month)))),
    }
    people = law.plan(goals, given=given, mode=Mode.DECISION).population({"person": Rows(size, {**asked, **columns})})
    found = []
    for name in goals:
        values, unknown = split(people.value(name))
        assert unknown is None  # every fact is given, and these clauses stand on no figure
        found.append(np.array(values, np.int64))
    return found


def month_index(month: Ints | np.int64) -> Ints:
    """Months written yyyymm as the law counts them: year times twelve plus the month less one."""
    return np.asarray(month // 100 * 12 + month % 100 - 1, np.int64)
