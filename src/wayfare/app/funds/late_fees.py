"""The late fees on the book of a fund, kept in step with what payments have settled.

What a payment settles may change after it was posted: another one that lay in suspense is older, or a month was
corrected. Then the fee that no longer fits is taken back and the right one posted, each in a batch of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from wayfare.app.funds.owed import due_days, late_fen, standing_of
from wayfare.app.posting import post
from wayfare.funds.month import Payment, late_fee_batch
from wayfare.law import Law
from wayfare.ledger import reversal
from wayfare.storage import Session
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.office_store import OfficeStore

__all__ = ["keep_late_fees"]

_Booked = Mapping[tuple[int, str], tuple[str, int]]  # by month and payment, the key of the standing batch and its fen


def keep_late_fees(session: Session, law: Law, fund: str, employers: Iterable[str], *, since: date) -> dict[str, int]:
    """Post the fees on what these employers settled too late and take back those that no longer fit.

    A fee is dated on the day of its payment, `since` at the earliest. By employer what the fees have changed by, in
    fen. Article 86 is about employers; who pays alone bears none.
    """
    office, changed = OfficeStore(session.connection), dict[str, int]()
    named = sorted(set(employers))
    if not named or not (due := due_days(office, fund)):
        return changed
    standings = standing_of(office, fund, due)
    for employer in named:
        if employer not in standings:
            continue
        wanted = {
            (fee.settled.month, fee.settled.payment.id): (fee.settled.payment, late_fen(law, fee))
            for fee in standings[employer].late
        }
        fen = _put_right(session, law, fund, employer, {at: each for at, each in wanted.items() if each[1]}, since)
        if fen:
            changed[employer] = fen
    return changed


def _put_right(
    session: Session, law: Law, fund: str, employer: str, wanted: Mapping[tuple[int, str], tuple[Payment, int]],
    since: date,
) -> int:  # fmt: skip
    """Make the book's fees of one employer the wanted ones; by how much they have changed, in fen."""
    office, store = OfficeStore(session.connection), LedgerStore(session.connection)
    booked, times = office.fees_on_book(fund, employer)
    fen = 0
    for at, (key, was) in sorted(booked.items()):
        if at in wanted and wanted[at][1] == was:
            continue
        batch = store.batch(fund, key)
        assert batch is not None
        post(session, [reversal(batch, key=f"reversal:{key}", on=office.open_day(fund, max(batch.on, since)))])
        fen -= was
    for at, (payment, amount) in sorted(wanted.items()):
        if at in booked and booked[at][1] == amount:
            continue
        on = office.open_day(fund, max(payment.on, since))
        again = times.get(at, 0)
        fee = late_fee_batch(fund, employer, payment, at[0], amount, on=on, law=law.version, again=again)
        post(session, [fee])
        fen += amount
    return fen
