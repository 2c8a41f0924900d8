"""The batch that credits a year's interest to the members of a fund.

What each member is due is law and computed elsewhere, in whole fen; this module books it: one batch per fund and
year, out of the pooled fund. Rounding each member to the fen leaves a residue against the interest of the fund as a
whole; it is shown on the account `rounding`, so the pool pays the exact total and nothing hides in the members' sums.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from wayfare.ledger.accounts import account_number
from wayfare.ledger.batch import Batch, SealedBatch

__all__ = ["interest_batch"]


def interest_batch(
    fund: str,
    *,
    year: int,
    accounts: NDArray[np.int64],
    interest: NDArray[np.int64],
    years: NDArray[np.int64] | None = None,
    total: int | None = None,
    on: date | None = None,
    decision: str | None = None,
) -> SealedBatch:
    """One year's interest: fen by member's account, and the interest as a whole (the members' sum unless told).

    It is booked on 31 December of the year unless told. A row is for the twelve months of its year in `years` (late
    items of earlier years), else of `year`; a negative amount takes interest back, none gives no row.
    """
    batch = Batch(fund, on or date(year, 12, 31), f"interest:{year}", decision=decision)
    batch.open("rounding")
    months = (np.full(len(accounts), year) if years is None else years) * 100 + 1
    pool = np.int64(account_number("pooled_fund"))
    for moved, gives in ((interest > 0, True), (interest < 0, False)):
        if moved.any():
            member = accounts[moved]
            paying, paid = (np.full(len(member), pool), member) if gives else (member, np.full(len(member), pool))
            batch.move_columns(
                debit=paying, credit=paid, amount=np.abs(interest[moved]), effective_from=months[moved],
                effective_months=12,
            )  # fmt: skip
    credited = int(interest.sum())
    _show(batch, (credited if total is None else total) - credited, first=year * 100 + 1)
    return batch.seal()


def _show(batch: Batch, residue: int, *, first: int) -> None:
    """What rounding left, on the account `rounding`."""
    if residue > 0:
        batch.move(debit="pooled_fund", credit="rounding", amount=residue, effective_from=first, effective_months=12)
    elif residue < 0:
        batch.move(debit="rounding", credit="pooled_fund", amount=-residue, effective_from=first, effective_months=12)
