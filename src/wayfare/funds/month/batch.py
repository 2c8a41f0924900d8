"""The batches of a month: what members are charged, what came into the bank, what was found out later, late fees.

An employer owes its own share and the employee's, which it keeps back from the wage (Social Insurance Law, article 60).
Money that comes in is credited to the payer's clearing account, or to suspense while nobody knows the payer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import numpy as np

from wayfare.funds.month.assess import QUESTION, Assessed
from wayfare.funds.month.dues import Payer, Payment
from wayfare.funds.month.records import yyyymm
from wayfare.kernel import Month
from wayfare.ledger import (
    PERSON,
    Batch,
    SealedBatch,
    account_number,
    bank_account,
    employer_clearing,
    member_account,
)

__all__ = ["contribution_batch", "late_fee_batch", "matching_batch", "payment_batch", "unmatching_batch"]

_POOL: Final = "pooled_fund"
_SUSPENSE: Final = "suspense"


def contribution_batch(
    fund: str, month: Month, parts: Iterable[Assessed], *, on: date, key: str, opens: Sequence[str], law: str
) -> SealedBatch:
    """The charges of a month, a row to the pool and a row to the own account of each member; `law` is its version.

    The rows come in the order of the members' accounts, which is the order of the book's index.
    """
    batch = Batch(fund, on, key, decision=f"law:{law}:{QUESTION}")
    for name in (_POOL, *opens):
        batch.open(name)
    pool = account_number(_POOL)
    for part in parts:
        credit, amount = np.full(2 * len(part.account), pool), np.empty(2 * len(part.account), np.int64)
        credit[1::2], amount[0::2], amount[1::2] = part.account, part.pool, part.own
        paid = amount > 0
        batch.move_columns(
            debit=np.repeat(part.payer, 2)[paid], credit=credit[paid], amount=amount[paid],
            subject=np.repeat(part.account, 2)[paid], effective_from=yyyymm(month),
        )  # fmt: skip
    return batch.seal()


def payment_batch(fund: str, payment: Payment, payer: Payer | None, *, on: date, again: int = 0) -> SealedBatch:
    """Money in: credited to the payer, to suspense where nobody knows who that is.

    `again` says how often it was booked before and taken back.
    """
    batch = Batch(fund, on, _numbered(f"payment:{payment.id}", again))
    return _credited(batch, bank_account(payment.bank_account), payment, payer)


def matching_batch(fund: str, payment: Payment, payer: Payer, *, on: date, again: int = 0) -> SealedBatch:
    """A payment whose payer was found later, taken out of suspense; `again` says how often it was before."""
    return _credited(Batch(fund, on, _numbered(f"match:{payment.id}", again)), _SUSPENSE, payment, payer)


def unmatching_batch(fund: str, payment: Payment, payer: Payer, *, on: date, again: int = 0) -> SealedBatch:
    """A payment that was credited to the wrong payer, put into suspense; `again` says how often it was before."""
    batch = Batch(fund, on, _numbered(f"unmatch:{payment.id}", again))
    debit, member = _account_of(payer)
    return _one_move(batch, debit=debit, credit=_SUSPENSE, fen=payment.fen, month=payment.for_month, member=member)


def _numbered(key: str, again: int) -> str:
    """The key of what was booked so often before: `payment:L-1`, then `payment:L-1:2`."""
    return f"{key}:{again + 1}" if again else key


def _account_of(payer: Payer) -> tuple[str, str | None]:
    """The clearing account of a payer, and the own account of one who pays alone."""
    return (PERSON, member_account(payer.id)) if payer.is_member else (employer_clearing(payer.id), None)


def _credited(batch: Batch, debit: str, payment: Payment, payer: Payer | None) -> SealedBatch:
    if payer is None:
        return _one_move(batch, debit=debit, credit=_SUSPENSE, fen=payment.fen, month=payment.for_month)
    credit, member = _account_of(payer)
    return _one_move(batch, debit=debit, credit=credit, fen=payment.fen, month=payment.for_month, member=member)


def late_fee_batch(
    fund: str, employer: str, payment: Payment, month: int, fen: int, *, on: date, law: str, again: int = 0
) -> SealedBatch:
    """The late fee on what a payment settled of a month after the day it fell due; it goes into the fund.

    `again` says how many such fees were posted before and taken back.
    """
    key = f"late_fee:{employer}:{month // 100}-{month % 100:02}:{payment.on.isoformat()}:{payment.id}"
    batch = Batch(fund, on, _numbered(key, again), decision=f"law:{law}:collection.late_fee")
    return _one_move(batch, debit=employer_clearing(employer), credit=_POOL, fen=fen, month=month)


def _one_move(
    batch: Batch, *, debit: str, credit: str, fen: int, month: int | None, member: str | None = None
) -> SealedBatch:
    for account in (debit, credit, *([member] if member else [])):
        batch.open(account)
    batch.move(debit=debit, credit=credit, amount=fen, effective_from=month, member=member)
    return batch.seal()
