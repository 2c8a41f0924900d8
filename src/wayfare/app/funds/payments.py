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
from wayfare.funds.month import Employer, Payer, Payment, matching_batch, payment_batch
from wayfare.funds.month.errors import PaymentPlaced, UnknownPayer, UnknownPayment
from wayfare.kernel import Money
from wayfare.law import Law
from wayfare.ledger import SealedBatch, account_number, check_fund, reversal
from wayfare.storage import Database, Role, Session
from wayfare.storage.ledger_store import LedgerStore
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
    """What was posted: payments with their payers, and the late fees that they brought, by employer in fen.

    `taken_back` are the batches that a correction took back before.
    """

    payments: tuple[Matched, ...]
    late_fees: Mapping[str, int]
    taken_back: tuple[str, ...] = ()

    def as_document(self) -> dict[str, Any]:
        """The postings as an object."""
        fees = {employer: str(Money.fen(fen)) for employer, fen in self.late_fees.items()}
        posted = [each.as_document() for each in self.payments]
        return {"posted": posted, "late_fees": fees, "taken_back": list(self.taken_back)}


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
            matched.append(_post(session, payment, payer, payment_batch(fund, payment, payer, on=on, again=again)))
            progress(done, len(fresh))
        return PaymentsPosted(tuple(matched), _keep_late_fees(session, law, fund, (each.payer for each in matched)))


def match_payment(
    database: Database, law: Law, fund: str, payment: str, payer: Payer, *, on: date, correct: bool = False
) -> PaymentsPosted:
    """Credit a payment that lies in suspense to the payer it is from; `on` is the day on which that was found.

    With `correct` one that was credited to another payer is taken back first, both or neither. Raises
    UnknownPayment, UnknownPayer and PaymentPlaced.
    """
    check_fund(fund)
    with at_work(database, Role.POSTER, f"match {payment}") as session:
        office = OfficeStore(session.connection)
        found = next((each for each in office.payments(fund) if each.id == payment), None)
        _check(office, fund, payment, found, payer, correct=correct)
        assert found is not None
        day = office.open_day(fund, max(on, found.on))
        before, back = _take_back(session, fund, payment, on=day)
        matched = _post(session, found, payer, _matching(office, fund, found, payer, on=day))
        fees = _keep_late_fees(session, law, fund, (*before, payer), since=day)
        return PaymentsPosted((matched,), fees, back)


def _take_back(
    session: Session, fund: str, payment: str, *, on: date
) -> tuple[tuple[Payer, ...], tuple[str, ...]]:
    """Take a payment back from its payer to where it lay before; that payer, and the batch. Nothing in suspense."""
    office, store = OfficeStore(session.connection), LedgerStore(session.connection)
    lies_on = office.credited(fund)[payment][0]
    if lies_on == account_number("suspense"):
        return (), ()
    last = office.standing_keys(fund, payment)[-1]
    batch = store.batch(fund, last)
    assert batch is not None  # it stands in the book
    post(session, [reversal(batch, key=f"reversal:{last}", on=on)])
    return tuple(Payer(each.id) for each in office.employers(fund) if each.payer == lies_on), (last,)


def _matching(office: OfficeStore, fund: str, payment: Payment, payer: Payer, *, on: date) -> SealedBatch:
    """The batch that credits a payment to its payer, out of suspense or, where it does not lie there, from the bank."""
    in_suspense = payment.id in office.credited(fund)
    key = f"{'match' if in_suspense else 'payment'}:{payment.id}"
    again = office.times_booked(fund, [key]).get(key, 0)
    return (matching_batch if in_suspense else payment_batch)(fund, payment, payer, on=on, again=again)


def _post(session: Session, payment: Payment, payer: Payer | None, batch: SealedBatch) -> Matched:
    post(session, [batch])
    return Matched(payment, payer, batch.key)


def _check(
    office: OfficeStore, fund: str, payment: str, found: Payment | None, payer: Payer, *, correct: bool
) -> None:
    lies_on = office.credited(fund).get(payment)
    if found is None or lies_on is None:
        raise UnknownPayment(
            f"{fund} holds no payment {payment}.", next_step="Take the payments in: wayfare fund import payments."
        )
    known = office.members_alone(fund, [payer.id]) if payer.is_member else {e.id for e in office.employers(fund)}
    if payer.id not in known:
        who = "a member who pays alone" if payer.is_member else "an employer"
        raise UnknownPayer(
            f"{fund} has no record of {who} {payer.id}.", next_step="Take the employers and enrolments in first."
        )
    if lies_on == (payer.account, payer.member):
        raise PaymentPlaced(
            f"Payment {payment} is credited to {payer.id} already.", next_step="Nothing is left to do."
        )
    if lies_on[0] != account_number("suspense") and not correct:
        raise PaymentPlaced(
            f"Payment {payment} does not lie in suspense.",
            next_step="When it was credited to the wrong payer, take it back and credit it anew with --correct.",
        )


def _keep_late_fees(
    session: Session, law: Law, fund: str, payers: Iterable[Payer | None], *, since: date = date.min
) -> dict[str, int]:
    employers = {payer.id for payer in payers if payer is not None and not payer.is_member}
    return keep_late_fees(session, law, fund, employers, since=since)
