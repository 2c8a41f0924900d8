"""Benefits in payment as a fund's office records them: awards, adjustments, deaths, suspensions, plans of recovery.

An award or an adjustment rests on a kept decision; nothing is ever changed, a later record stands beside the earlier
one. What a payroll needs comes back as columns of integers, by binary COPY, for a fund may have a million pensioners.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg import Connection

from wayfare.funds.benefits import PAYABLE, BenefitMonth, Excess, recovery_account
from wayfare.funds.benefits.errors import AmountOpen, BenefitDiffers, DecisionWrong, NotInPayment
from wayfare.ledger import account_number
from wayfare.ledger.batch import copy_layout
from wayfare.ledger.errors import FundOutOfView

__all__ = ["BenefitRecord", "BenefitStore", "RecoveryPlan"]

Ints = NDArray[np.int64]

_FACTS: Final = (
    "account", "recovery", "first_month", "died", "suspended", "pension_of_month", "pension", "account_pension",
    "kept_monthly", "owed", "changed_from",
)  # fmt: skip
_HEAD, _TAIL = 19, 2  # bytes before the first and after the last row of a binary COPY


@dataclass(frozen=True, slots=True)
class RecoveryPlan:
    """How a member pays back `amount` fen: `monthly` kept back from the pension, or paid in when it is None.

    `document` is the paper that approved it on a day, `from_month` (yyyymm) the first month it keeps something back.
    """

    fund: str
    member: str
    number: int
    amount: int
    monthly: int | None
    from_month: int
    approved_on: date
    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class BenefitRecord:
    """One thing recorded about a benefit: `what` it is, the first month (yyyymm) it holds for, on what it rests.

    `pension` and `account_pension` are fen a month, None where the record changes no amount.
    """

    what: str
    from_month: int
    pension: int | None
    account_pension: int | None
    on: date | None
    decision: str | None
    paper: str | None
    viewer: str


class BenefitStore:
    """The benefits behind one connection."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    # ---- what an officer records; each is True when it was recorded now, False when it was before
    def award(self, fund: str, member: str, *, first_month: int, decision: str) -> bool:
        """Put a pension into payment by a kept decision of pension.monthly, or correct it by the one that replaced it.

        `first_month` (yyyymm) is the first that these books pay. Raises DecisionWrong, BenefitDiffers and AmountOpen.
        """
        return self._record("select office.record_award(%s, %s, %s, %s)", fund, member, first_month, decision)

    def adjust(self, fund: str, member: str, *, decision: str) -> bool:
        """Record the adjusted pension of a year by a kept decision of pension.adjustment.

        Raises DecisionWrong, NotInPayment and AmountOpen.
        """
        return self._record("select office.record_adjustment(%s, %s, %s)", fund, member, decision)

    def died(self, fund: str, member: str, *, on: date, paper: str) -> bool:
        """Record a death with its day and the paper that proves it. Raises NotInPayment."""
        after = on.year * 12 + on.month
        return self._event(fund, member, "death", after // 12 * 100 + after % 12 + 1, on, paper)

    def lives(self, fund: str, member: str, *, month: int, paper: str) -> bool:
        """Record that a reported death was none; `month` is the first that was stopped. Raises NotInPayment."""
        return self._event(fund, member, "death_withdrawn", month, None, paper)

    def suspend(self, fund: str, member: str, *, month: int, paper: str) -> bool:
        """Record that nothing is paid from a month (yyyymm) on. Raises NotInPayment."""
        return self._event(fund, member, "suspension", month, None, paper)

    def resume(self, fund: str, member: str, *, month: int, paper: str) -> bool:
        """Record that the pension is paid again from a month (yyyymm) on. Raises NotInPayment."""
        return self._event(fund, member, "resumption", month, None, paper)

    def day_of_death(self, fund: str, member: str) -> date | None:
        """The day of a member's death as reported to the fund; None for the living."""
        found = self._rows(
            """select on_day from office.benefit_record where fund = %s and member = %s
               and what in ('death', 'death_withdrawn') order by serial desc limit 1""",
            fund, member,
        )  # fmt: skip
        return found[0][0] if found else None

    def records(self, fund: str, member: str) -> list[BenefitRecord]:
        """What was recorded about a member's benefit, the first first; the look is written in the access record."""
        found = self._rows(
            """select what, from_month, pension, account_pension, on_day, decision, paper, viewer
               from office.benefit_record where fund = %s and member = %s order by serial""",
            fund, member,
        )  # fmt: skip
        self._connection.execute("select record_look(%s, 'benefit', %s)", (member, bool(found)))
        return [BenefitRecord(*row) for row in found]

    # ---- what a payroll asks for
    def lock(self, fund: str) -> None:
        """Let nobody else record or pay benefits of the fund until the transaction ends."""
        self._record("select office.lock_benefits(%s)", fund)

    def last_payroll(self, fund: str) -> tuple[int, int] | None:
        """The month (yyyymm) of the last payroll and the last record that it knew; None before the first."""
        found = self._rows(
            "select month, through from office.payroll where fund = %s order by month desc limit 1", fund
        )
        return found[0] if found else None

    def payroll_run(self, fund: str, month: int) -> bool:
        """Whether the payroll of a month was run."""
        return bool(self._rows("select from office.payroll where fund = %s and month = %s", fund, month))

    def keep_payroll(self, fund: str, month: int, batch: str, overpaid: Mapping[int, Excess]) -> None:
        """Record that a month's payroll was run, knowing every record so far, and what it found to be overpaid."""
        self._connection.execute(
            """insert into office.payroll (fund, month, batch, through)
               select %s, %s, %s, coalesce(max(serial), 0) from office.benefit_record where fund = %s""",
            (fund, month, batch, fund),
        )
        self._connection.execute(
            """insert into office.overpaid (fund, month, account, since, fen)
               select %s, %s, u.account, u.since, u.fen
               from unnest(%s::bigint[], %s::int[], %s::bigint[]) as u (account, since, fen)""",
            (fund, month, list(overpaid), [each.since for each in overpaid.values()],
             [each.fen for each in overpaid.values()]),
        )  # fmt: skip

    def month(
        self, fund: str, month: int, *, after: int | None = None, member: str | None = None
    ) -> BenefitMonth:
        """The benefits of a fund as recorded for a month; only one member's, or those recorded about after a serial."""
        columns = self._columns("office.month_facts(%s, %s, %s, %s)", _FACTS, fund, month, after, member)
        return BenefitMonth.of(month, columns)

    def balances(self, fund: str, member: str | None = None) -> tuple[Ints, Ints]:
        """The accounts of the fund's pensioners that were ever moved, ascending, and what they hold free of holds."""
        found = self._columns("office.benefit_balances(%s, %s)", ("account", "balance"), fund, member)
        order = np.argsort(found["account"])
        return found["account"][order], found["balance"][order]

    def settled(
        self, fund: str, first: int, last: int, *, after: int | None = None, member: str | None = None
    ) -> dict[str, Ints]:
        """What was paid for months from `first` to `last`, less what was charged back, by account and month."""
        names = ("account", "month", "from_account", "from_pool")
        return self._columns("office.settled(%s, %s, %s, %s, %s)", names, fund, after, member, first, last)

    def members(self, fund: str, accounts: Sequence[int]) -> dict[int, str]:
        """The members behind some account numbers."""
        if not len(accounts):
            return {}
        return dict(
            self._rows(
                "select distinct account, member from office.benefit_record where fund = %s and account = any(%s)",
                fund, [int(each) for each in accounts],
            )
        )  # fmt: skip

    def paid_elsewhere(self, fund: str, *, after: int) -> dict[str, str]:
        """Members put into payment here after a serial who draw a pension from another fund in view, and from which."""
        return dict(
            self._rows(
                """select distinct on (here.member) here.member, other.fund
                   from office.benefit_record here join office.benefit_record other using (account)
                   where here.fund = %s and here.serial > %s and here.what = 'award'
                     and other.what = 'award' and other.fund <> here.fund order by here.member, other.serial desc""",
                fund, after,
            )
        )  # fmt: skip

    def pool_free(self, fund: str) -> int:
        """What the pooled fund can still pay in fen: its balance less what is held, down to its floor."""
        found = self._rows(
            """select b.posted - b.reserved - coalesce(b.floor, 0) from ledger.control_balance b
               join ledger.fund f using (fund) where f.name = %s and b.account = %s""",
            fund, account_number("pooled_fund"),
        )  # fmt: skip
        return int(found[0][0]) if found else 0

    def owed(self, fund: str, member: str) -> int:
        """What a member still owes back, in fen."""
        found = self._rows(
            """select -b.posted from ledger.control_balance b join ledger.fund f using (fund)
               where f.name = %s and b.account = %s""",
            fund, account_number(recovery_account(member)),
        )  # fmt: skip
        return int(found[0][0]) if found else 0

    def payable(self, fund: str, month: int, key: str) -> int:
        """What the batch of a month's payroll left to be paid by the bank, in fen."""
        found = self._rows(
            """select coalesce(sum(case when t.credit = %s then t.amount else -t.amount end), 0)
               from ledger.batch b join ledger.fund f using (fund)
               join ledger.transfer t on t.fund = b.fund and t.period = b.period and t.batch = b.number
               where f.name = %s and b.key = %s and t.period = %s and %s in (t.debit, t.credit)""",
            account_number(PAYABLE), fund, key, month, account_number(PAYABLE),
        )  # fmt: skip
        return int(found[0][0])

    # ---- recovery
    def plans(self, fund: str, member: str) -> list[RecoveryPlan]:
        """A member's plans of recovery, the first first."""
        found = self._rows(
            """select fund, member, number, amount, monthly, from_month, approved_on, document, reason
               from office.recovery_plan where fund = %s and member = %s order by number""",
            fund, member,
        )  # fmt: skip
        return [RecoveryPlan(*row) for row in found]

    def keep_plan(self, plan: RecoveryPlan) -> None:
        """Record a plan of recovery."""
        self._connection.execute(
            """insert into office.recovery_plan
               (fund, member, number, amount, monthly, from_month, approved_on, document, reason)
               values (%s, %s, %s, %s, %s, %s, %s, %s, %s)""",
            (plan.fund, plan.member, plan.number, plan.amount, plan.monthly, plan.from_month, plan.approved_on,
             plan.document, plan.reason),
        )  # fmt: skip

    # ----
    def _event(self, fund: str, member: str, what: str, month: int, on: date | None, paper: str) -> bool:
        return self._record(
            "select office.record_event(%s, %s, %s, %s, %s, %s)", fund, member, what, month, on, paper
        )

    def _record(self, query: str, fund: str, *values: object) -> bool:
        try:
            with self._connection.transaction():
                return bool(self._rows(query, fund, *values)[0][0])
        except psycopg.Error as error:
            refusal = _refusal(error, fund)
            if refusal is None:
                raise
            raise refusal from error

    def _rows(self, query: str, *values: object) -> list[Any]:
        return self._connection.execute(query, values).fetchall()

    def _columns(self, function: str, names: tuple[str, ...], *values: object) -> dict[str, Ints]:
        """The rows of a function as columns, by binary COPY; every column is a bigint."""
        query = f"copy (select {', '.join(names)} from {function}) to stdout (format binary)"
        with self._connection.cursor() as cursor, cursor.copy(query, values) as copy:
            data = b"".join(copy)
        rows = np.frombuffer(data[_HEAD:-_TAIL], dtype=copy_layout(dict.fromkeys(names, "i8")))
        return {name: rows[name].astype(np.int64) for name in names}


_REFUSALS = {
    "WB021": (DecisionWrong, "Keep the decision first, in mode decision, and name it as it was kept."),
    "WB020": (BenefitDiffers, "Name a decision that replaces the one in payment."),
    "WB022": (AmountOpen, "Ask the law what is missing, supply it, and keep a decision that replaces this one."),
    "WB023": (NotInPayment, "Put the benefit into payment first: wayfare fund benefit start."),
}


def _refusal(error: psycopg.Error, fund: str) -> Exception | None:
    if error.sqlstate == "WL016":
        return FundOutOfView(
            f"{fund} is not among the places this session may work for.",
            next_step="Work in a session whose viewer has the place of the fund in scope.",
        )
    if error.sqlstate not in _REFUSALS:
        return None
    kind, next_step = _REFUSALS[error.sqlstate]
    return kind(f"{error.diag.message_primary}.", next_step=next_step)
