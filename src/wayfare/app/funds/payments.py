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

from wayfare.app.funds.late_fees import keep_late_fees
from wayfare.app.posting import post
from wayfare.app.sessions import at_work
from wayfare.funds.month import Employer, Payer, Payment, matching_batch, payment_batch, unmatching_batch
from wayfare.funds.month.errors import PaymentPlaced, UnknownPayer, UnknownPayment
from wayfare.kernel import Money
from wayfare.law import Law
from wayfare.ledger import SealedBatch, account_number, check_fund
from wayfare.storage import Database, Role, Session
from wayfare.storage.office_store import OfficeStore

__all__ = ["Matched", "PaymentsPosted", "match_payment", "payer_of", "post_payments"]

_WORD = re.compile(r"[^\s:,;，；：()（）]+")


@dataclass(frozen=True, slots=True)
class Matched:
    """A payment, whom it was credited to (None is suspense), and the key of the batch."""

    payment: Payment
    payer: Payer | None
    key: str

    def as_document(self) -> dict[str, Any]:
        """The payment as an object, its amount in yuan."""
        said = {"id": self.payment.id, "on": self.payment.on.isoformat(), "amount": str(Money.fen(self.payment.fen))}
        name, is_member = (self.payer.id, self.payer.is_member) if self.payer else (None, False)
        to = {"employer": None if is_member else name, "member": name if is_member else None}
        return {**said, "reference": self.payment.payer_reference, **to, "batch": self.key}


@dataclass(frozen=True, slots=True)
class PaymentsPosted:
    """What was posted: payments with their payers, and by how much late fees have changed, by employer in fen."""

    payments: tuple[Matched, ...]
    late_fees: Mapping[str, int]

    def as_document(self) -> dict[str, Any]:
        """The postings as an object."""
        fees = {employer: str(Money.fen(fen)) for employer, fen in self.late_fees.items()}
        posted = [each.as_document() for each in self.payments]
        return {"posted": posted, "late_fees": fees}


def payer_of(office: OfficeStore, fund: str, reference: str, employers: Sequence[Employer]) -> Payer | None:
    """The one payer whom a reference names by a word; None where it names none or several.

    An employer is named by its id or social credit code, in capitals or not, a member who pays alone by the own id.
    """
    words = _WORD.findall(reference)
    said = {word.upper() for word in words}
    found = {Payer(each.id) for each in employers if said & {(each.credit_code or each.id).upper(), each.id.upper()}}
    found |= {Payer(member, is_member=True) for member in office.members_alone(fund, words)}
    return found.pop() if len(found) == 1 else None


def post_payments(
    database: Database, law: Law, fund: str, *, progress: Callable[[int, int], None] = lambda *_: None
) -> PaymentsPosted:
    """Post every payment on record that the book does not hold; once more posts nothing. Raises as `post` does.

    One that was booked and taken back is booked again, under its key with a number: `payment:L-1:2`.
    """
    check_fund(fund)
    with at_work(database, Role.POSTER, "post payments") as session:
        office = OfficeStore(session.connection)
        employers, held = office.employers(fund), office.credited(fund)
        fresh = [each for each in office.payments(fund) if each.id not in held]
        times = office.times_booked(fund, [f"payment:{each.id}" for each in fresh])
        matched = []
        for done, payment in enumerate(fresh, start=1):
            payer, on = payer_of(office, fund, payment.payer_reference, employers), office.open_day(fund, payment.on)
            again = times.get(f"payment:{payment.id}", 0)
            batch = payment_batch(fund, payment, payer, on=on, again=again)
            post(session, [batch])
            matched.append(Matched(payment, payer, batch.key))
            progress(done, len(fresh))
        return PaymentsPosted(tuple(matched), _keep_late_fees(session, law, fund, (each.payer for each in matched)))


def match_payment(
    database: Database, law: Law, fund: str, payment: str, payer: Payer | None, *, on: date, correct: bool = False
) -> PaymentsPosted:
    """Credit a payment to the payer it is from, None for suspense; `on` is the day on which that was found.

    With `correct` it may lie with another payer, from whom it is taken through suspense, both or neither; without, in
    suspense alone. Raises UnknownPayment, UnknownPayer and PaymentPlaced.
    """
    check_fund(fund)
    with at_work(database, Role.POSTER, f"match {payment}") as session:
        office = OfficeStore(session.connection)
        found = next((each for each in office.payments(fund) if each.id == payment), None)
        lies_on = office.credited(fund).get(payment)
        if found is None or lies_on is None:
            raise UnknownPayment(
                f"{fund} holds no payment {payment}.", next_step="Take the payments in: wayfare fund import payments."
            )
        now = _now_with(office, fund, *lies_on)
        _check(office, fund, payment, payer, now, correct=correct)
        batches = _rematching(office, fund, found, now, payer, on=office.open_day(fund, max(on, found.on)))
        post(session, batches)
        fees = _keep_late_fees(session, law, fund, (now, payer), since=batches[-1].on)
        return PaymentsPosted((Matched(found, payer, batches[-1].key),), fees)


def _rematching(
    office: OfficeStore, fund: str, payment: Payment, now: Payer | None, payer: Payer | None, *, on: date
) -> list[SealedBatch]:
    """The batches that take a payment from its payer, if any, to suspense, and on to the one named, if any."""
    keys = {word: f"{word}:{payment.id}" for word in ("unmatch", "match")}
    times = office.times_booked(fund, list(keys.values()))
    batches = list[SealedBatch]()
    if now is not None:
        batches.append(unmatching_batch(fund, payment, now, on=on, again=times.get(keys["unmatch"], 0)))
    if payer is not None:
        batches.append(matching_batch(fund, payment, payer, on=on, again=times.get(keys["match"], 0)))
    return batches


def _now_with(office: OfficeStore, fund: str, account: int, member: int) -> Payer | None:
    """The payer to whom a payment is credited now, by the numbers of accounts; None for suspense."""
    if account == account_number("suspense"):
        return None
    if member:
        return Payer(office.names(fund, [member])[member], is_member=True)
    return Payer(next(each.id for each in office.employers(fund) if each.payer == account))


def _check(
    office: OfficeStore, fund: str, payment: str, payer: Payer | None, now: Payer | None, *, correct: bool
) -> None:
    if now == payer:
        lies = f"is credited to {now.id}" if now else "lies in suspense"
        raise PaymentPlaced(f"Payment {payment} {lies} already.", next_step="Nothing is left to do.")
    if now is not None and not correct:
        raise PaymentPlaced(
            f"Payment {payment} is credited to {now.id}.",
            next_step="If that is wrong, name the payer it is from and add --correct.",
        )
    if payer is None:
        return
    known = office.members_alone(fund, [payer.id]) if payer.is_member else {e.id for e in office.employers(fund)}
    if payer.id not in known:
        who = "a member who pays alone" if payer.is_member else "an employer"
        raise UnknownPayer(
            f"{fund} has no record of {who} {payer.id}.", next_step="Take the employers and enrolments in first."
        )


def _keep_late_fees(
    session: Session, law: Law, fund: str, payers: Iterable[Payer | None], *, since: date = date.min
) -> dict[str, int]:
    employers = {payer.id for payer in payers if payer is not None and not payer.is_member}
    return keep_late_fees(session, law, fund, employers, since=since)
