"""Benefits of a fund: put one into payment, adjust, suspend or end it, pay what a death leaves, and get back what was
paid too much.

Each use case is one transaction and harmless when given again. Decisions are kept before; here they are only carried
out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from wayfare.app.decide import decide
from wayfare.app.posting import Booked, post
from wayfare.app.register_person import register_people
from wayfare.app.sessions import at_work
from wayfare.facts import read_document
from wayfare.funds.benefits import (
    OverpaidMonth,
    check_instalment,
    due_for,
    grant_batch,
    inheritance_batch,
    recovery_batch,
    repayment_batch,
)
from wayfare.funds.benefits.errors import AmountDiffers, DecisionWrong, NotDead, PayrollOutOfOrder, RecoveryOpen
from wayfare.kernel import Money
from wayfare.law import Law
from wayfare.ledger import Posted
from wayfare.storage import Database, Role, Session
from wayfare.storage.benefit_store import BenefitRecord, BenefitStore, RecoveryPlan
from wayfare.storage.decision_store import KeptDecision, load
from wayfare.storage.ledger_store import LedgerStore

__all__ = [
    "Approved", "adjust_benefit", "benefit_history", "inherit", "keep_decision", "overpaid_months", "recover", "repay",
    "report_death", "start_benefit", "suspend_benefit", "withdraw_death",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Approved:
    """Who may say so: the paper that approved a plan, its day and the reason."""

    on: date
    document: str
    reason: str


def keep_decision(
    database: Database, law: Law, facts: Mapping[str, Any], question: str, *, identity: str, replaces: str | None = None
) -> bool:
    """Ask the law in mode decision about a person of a facts document and keep the answer; True when this call did.

    The person is recorded when nobody did before. Raises what `ask`, `save` and `keep` raise.
    """
    document = read_document({**facts, "question": question, "mode": "decision"})
    register_people(database, [document])
    return decide(database, document, law, identity=identity, replaces=replaces)[1]


def start_benefit(database: Database, fund: str, member: str, *, first_month: int, decision: str) -> bool:
    """Put a pension into payment, or correct it; True when this call did. Raises as `BenefitStore.award` does."""
    with at_work(database, Role.OFFICER, f"benefit of {member}") as session:
        return BenefitStore(session.connection).award(fund, member, first_month=first_month, decision=decision)


def adjust_benefit(database: Database, fund: str, member: str, *, decision: str) -> bool:
    """Record a year's adjusted pension; True when this call did. Raises as `BenefitStore.adjust` does."""
    with at_work(database, Role.OFFICER, f"adjustment of {member}") as session:
        return BenefitStore(session.connection).adjust(fund, member, decision=decision)


def report_death(database: Database, fund: str, member: str, *, on: date, paper: str) -> bool:
    """Record a death; True when this call did. Raises NotInPayment."""
    with at_work(database, Role.OFFICER, f"death of {member}") as session:
        return BenefitStore(session.connection).died(fund, member, on=on, paper=paper)


def withdraw_death(database: Database, fund: str, member: str, *, month: int, paper: str) -> bool:
    """Record that a reported death was none, from the first month that was stopped. Raises NotInPayment."""
    with at_work(database, Role.OFFICER, f"death of {member} withdrawn") as session:
        return BenefitStore(session.connection).lives(fund, member, month=month, paper=paper)


def suspend_benefit(
    database: Database, fund: str, member: str, *, month: int, paper: str, resume: bool = False
) -> bool:
    """Stop paying from a month on, or pay again; True when this call recorded it. Raises NotInPayment."""
    with at_work(database, Role.OFFICER, f"benefit of {member} {'paid again' if resume else 'suspended'}") as session:
        store = BenefitStore(session.connection)
        return (store.resume if resume else store.suspend)(fund, member, month=month, paper=paper)


def benefit_history(database: Database, fund: str, member: str) -> tuple[list[BenefitRecord], list[RecoveryPlan], int]:
    """What was recorded about a member's benefit, the plans of recovery, what is still owed; the look is recorded."""
    with at_work(database, Role.POSTER, f"benefit of {member}") as session:
        store = BenefitStore(session.connection)
        return store.records(fund, member), store.plans(fund, member), store.owed(fund, member)


def overpaid_months(store: BenefitStore, law: Law, fund: str, member: str) -> list[OverpaidMonth]:
    """The months for which more was paid to a member than was due, and is not charged back yet."""
    last = store.last_payroll(fund)
    settled = store.settled(fund, 190001, last[0] if last else 190001, member=member)
    found = []
    for month, account, pool in sorted(_rows(settled)):
        benefits = store.month(fund, month, member=member)
        excess = int(due_for(law, benefits, np.array([account + pool], np.int64)).excess[0])
        if excess:
            found.append(OverpaidMonth(month, excess, account, pool))
    return found


def recover(
    database: Database, law: Law, fund: str, member: str, *, monthly: int | None, from_month: int, approved: Approved,
    on: date,
) -> tuple[RecoveryPlan, Posted | None]:  # fmt: skip
    """Charge a member with what was paid too much and agree how it comes back: `monthly` fen kept back, or paid in.

    The plan that is in force already is answered as it is; without anything new a plan takes over what is still owed.
    Raises NothingOverpaid and InstalmentWrong.
    """
    with at_work(database, Role.POSTER, f"recovery from {member}") as session:
        store = BenefitStore(session.connection)
        store.lock(fund)
        months, plans = overpaid_months(store, law, fund, member), store.plans(fund, member)
        owed = store.owed(fund, member)
        if plans and not months and (owed == 0 or _is_same(plans[-1], monthly, from_month, approved)):
            return plans[-1], None
        number = len(plans) + 1
        amount = owed + sum(each.excess for each in months)
        if monthly is not None and amount:
            check_instalment(member, monthly, amount)
        posted = None
        if months or not owed:
            batch = recovery_batch(fund, member, number, months, on=on, decision=f"law:{law.version}:pension.payment")
            posted = LedgerStore(session.connection).post(batch)
        plan = RecoveryPlan(
            fund, member, number, amount, monthly, from_month, approved.on, approved.document, approved.reason
        )
        store.keep_plan(plan)
        return plan, posted


def repay(
    database: Database, fund: str, member: str, *, amount: int, reference: str, bank: str, on: date
) -> Posted:
    """Book what a member or the heirs paid back; `reference` names the bank's line. Raises RepaidTooMuch."""
    with at_work(database, Role.POSTER, f"repayment of {member}") as session:
        store, ledger = BenefitStore(session.connection), LedgerStore(session.connection)
        store.lock(fund)
        booked = ledger.batch(fund, f"repayment:{member}:{reference}")
        owed = store.owed(fund, member) + (booked.amount if booked else 0)
        return ledger.post(
            repayment_batch(fund, member, reference, amount=amount, owed=owed, bank=bank, on=on)
        )


def inherit(
    database: Database, law: Law, fund: str, member: str, *, decision: str, on: date, set_off: bool = False
) -> list[Booked]:
    """Pay what a death leaves, by a kept decision of pension.survivors: the account, and the family's benefit.

    With `set_off` what the dead person owes is taken out of the account first. Raises NotDead, RecoveryOpen,
    PayrollOutOfOrder, AmountDiffers and DecisionWrong.
    """
    with at_work(database, Role.POSTER, f"inheritance of {member}") as session:
        store, ledger = BenefitStore(session.connection), LedgerStore(session.connection)
        store.lock(fund)
        kept = _survivors(session, member, decision)
        booked = [ledger.batch(fund, f"{what}:{member}") for what in ("inheritance", "death_grant")]
        if any(booked):
            return post(session, (batch for batch in booked if batch is not None))
        _check_ended(store, law, fund, member)
        balance = int(store.balances(fund, member)[1].sum())
        _check_amount(kept, member, balance)
        owed = store.owed(fund, member) if set_off else 0
        batches = [inheritance_batch(fund, member, balance=balance, owed=owed, on=on, decision=decision)]
        grant = _fen(kept, "survivor_benefit")
        if grant:
            batches.append(grant_batch(fund, member, amount=grant, on=on, decision=decision))
        return post(session, (batch for batch in batches if batch is not None))


def _survivors(session: Session, member: str, decision: str) -> KeptDecision:
    kept = load(session, decision)
    if kept.person != member or kept.question != "pension.survivors" or kept.mode != "decision":
        raise DecisionWrong(
            f"Decision {decision} is none of pension.survivors about {member}.",
            next_step="Keep the decision first, in mode decision, and name it as it was kept.",
        )
    return kept


def _check_ended(store: BenefitStore, law: Law, fund: str, member: str) -> None:
    died = store.day_of_death(fund, member)
    if died is None:
        raise NotDead(
            f"No death of {member} was reported to {fund}.", next_step="Report it: wayfare fund benefit death."
        )
    last, until = store.last_payroll(fund), died.year * 100 + died.month
    if last is None or last[0] < until:
        raise PayrollOutOfOrder(
            f"The month of the death of {member}, {died:%Y-%m}, is not paid yet.",
            next_step="Run the payroll of that month; its part comes out of the account before it is inherited.",
        )
    if overpaid_months(store, law, fund, member):
        raise RecoveryOpen(
            f"Pensions of {member} were paid for months after {died:%Y-%m}.",
            next_step="Charge them back first: wayfare fund benefit recover.",
        )


def _check_amount(kept: KeptDecision, member: str, balance: int) -> None:
    decided = _fen(kept, "inherited_employee_account")
    if decided != balance:
        said = "leaves open what is inherited" if decided is None else f"gives the heirs {Money.fen(decided)} yuan"
        raise AmountDiffers(
            f"Decision {kept.id} {said}; the account of {member} holds {Money.fen(balance)} yuan.",
            next_step="Decide again with this balance as remaining_account, and keep it.",
        )


def _fen(kept: KeptDecision, name: str) -> int | None:
    value = kept.document["values"].get(name, {}).get("value")
    return None if value is None else Money.yuan(value).amount_fen


def _is_same(plan: RecoveryPlan, monthly: int | None, from_month: int, approved: Approved) -> bool:
    return (plan.monthly, plan.from_month, plan.approved_on, plan.document) == (
        monthly, from_month, approved.on, approved.document,
    )  # fmt: skip


def _rows(settled: dict[str, np.ndarray]) -> Iterator[tuple[int, int, int]]:
    columns = (settled[name].tolist() for name in ("month", "from_account", "from_pool"))
    return zip(*columns, strict=True)
