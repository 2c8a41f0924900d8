"""Money in: each line of the bank posted once, to the employer it is from, or to suspense until somebody says whose.

A payment that comes after the day by which its month was to be paid bears the late fee of the law on what it settles
then; without a rule of the office on that day none is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wayfare.app.funds.owed import due_days, late_fen, standing_of
from wayfare.app.posting import post
from wayfare.app.sessions import at_work
from wayfare.funds.month import Payment, late_fee_batch, matching_batch, payment_batch
from wayfare.funds.month.errors import PaymentPlaced, UnknownEmployer, UnknownPayment
from wayfare.kernel import Money
from wayfare.law import Law
from wayfare.ledger import SealedBatch, account_number, check_fund
from wayfare.storage import Database, Role, Session
from wayfare.storage.office_store import Employer, OfficeStore

__all__ = ["Matched", "PaymentsPosted", "match_payment", "payer_of", "post_payments"]

_WORD = re.compile(r"[^\s:,;，；：()（）]+")


@dataclass(frozen=True, slots=True)
class Matched:
    """A payment and the employer it was credited to; None is suspense."""

    payment: Payment
    employer: str | None

    def as_document(self) -> dict[str, Any]:
        """The payment as an object, its amount in yuan."""
        said = {"id": self.payment.id, "on": self.payment.on.isoformat(), "amount": str(Money.fen(self.payment.fen))}
        return {**said, "payer": self.payment.payer_reference, "employer": self.employer}


@dataclass(frozen=True, slots=True)
class PaymentsPosted:
    """What was posted: payments with their payers, and the late fees that they brought, by employer in fen."""

    payments: tuple[Matched, ...]
    late_fees: Mapping[str, int]

    def as_document(self) -> dict[str, Any]:
        """The postings as an object."""
        fees = {employer: str(Money.fen(fen)) for employer, fen in self.late_fees.items()}
        return {"posted": [each.as_document() for each in self.payments], "late_fees": fees}


def payer_of(reference: str, employers: Iterable[Employer]) -> str | None:
    """The one employer whose id or social credit code a payer's reference holds as a word; None for none or several."""
    words = {word.upper() for word in _WORD.findall(reference)}
    found = {e.id for e in employers if words & {name.upper() for name in (e.id, e.credit_code) if name}}
    return found.pop() if len(found) == 1 else None


def post_payments(
    database: Database, law: Law, fund: str, *, progress: Callable[[int, int], None] = lambda *_: None
) -> PaymentsPosted:
    """Post every payment on record that the book does not hold; once more posts nothing. Raises as `post` does."""
    check_fund(fund)
    with at_work(database, Role.POSTER, "post payments") as session:
        office = OfficeStore(session.connection)
        employers, held = office.employers(fund), office.credited(fund)
        fresh = [each for each in office.payments(fund) if each.id not in held]
        matched = []
        for done, payment in enumerate(fresh, start=1):
            matched.append(Matched(payment, payer_of(payment.payer_reference, employers)))
            on = office.open_day(fund, payment.on)
            post(session, [payment_batch(fund, payment, matched[-1].employer, on=on)])
            progress(done, len(fresh))
        return PaymentsPosted(tuple(matched), _charge_late_fees(session, law, fund, matched))


def match_payment(database: Database, law: Law, fund: str, payment: str, employer: str, *, on: date) -> PaymentsPosted:
    """Credit a payment that lies in suspense to the employer it is from; `on` is the day on which that was found.

    Raises UnknownPayment, UnknownEmployer and PaymentPlaced.
    """
    check_fund(fund)
    with at_work(database, Role.POSTER, f"match {payment}") as session:
        office = OfficeStore(session.connection)
        found = next((each for each in office.payments(fund) if each.id == payment), None)
        _check(office, fund, payment, found, employer)
        assert found is not None
        day = office.open_day(fund, max(on, found.on))
        post(session, [matching_batch(fund, found, employer, on=day)])
        matched = Matched(found, employer)
        return PaymentsPosted((matched,), _charge_late_fees(session, law, fund, [matched]))


def _check(office: OfficeStore, fund: str, payment: str, found: Payment | None, employer: str) -> None:
    lies_on = office.credited(fund).get(payment)
    if found is None or lies_on is None:
        raise UnknownPayment(
            f"{fund} holds no payment {payment}.", next_step="Take the payments in: wayfare fund import payments."
        )
    if employer not in {each.id for each in office.employers(fund)}:
        raise UnknownEmployer(
            f"{fund} has no record of an employer {employer}.", next_step="Take the employers in first."
        )
    if lies_on != account_number("suspense"):
        raise PaymentPlaced(
            f"Payment {payment} does not lie in suspense.", next_step="See with `wayfare fund owed` where it stands."
        )


def _charge_late_fees(session: Session, law: Law, fund: str, matched: Sequence[Matched]) -> dict[str, int]:
    """Post the fee on what these payments settled too late; gives the fees by employer."""
    office, fees = OfficeStore(session.connection), dict[str, int]()
    by_employer: dict[str, set[str]] = {}
    for each in matched:
        if each.employer is not None:
            by_employer.setdefault(each.employer, set()).add(each.payment.id)
    if not by_employer or not (due := due_days(office, fund)):
        return fees
    standings = standing_of(office, fund, due)
    for employer, ids in sorted(by_employer.items()):
        batches = list[SealedBatch]()
        for fee in standings[employer].late:
            payment, fen = fee.settled.payment, late_fen(law, fee)
            if payment.id in ids and fen:
                on, month = office.open_day(fund, payment.on), fee.settled.month
                batches.append(late_fee_batch(fund, employer, payment, month, fen, on=on, law=law.version))
                fees[employer] = fees.get(employer, 0) + fen
        post(session, batches)
    return fees
