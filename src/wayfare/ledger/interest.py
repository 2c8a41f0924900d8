"""The batch that credits a year's interest to the members of a fund.

What each member is due is law and computed elsewhere, in whole fen; this module books it: one batch per fund and
year, out of the pooled fund. Rounding each member to the fen leaves a residue against the interest of the fund as a
whole; it is shown on the account `rounding`, so the pool pays the exact total and nothing hides in the members' sums.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wayfare.ledger.accounts import member_account
from wayfare.ledger.batch import Batch, SealedBatch

__all__ = ["interest_batch"]


def interest_batch(
    fund: str,
    *,
    year: int,
    interest: Mapping[str, int],
    total: int | None = None,
    on: date | None = None,
    decision: str | None = None,
) -> SealedBatch:
    """One year's interest: fen by member, and the fund's interest as a whole (the members' sum unless told).

    It is booked on 31 December of the year unless told, for its twelve months; members with no interest get no row.
    """
    batch = Batch(fund, on or date(year, 12, 31), f"interest:{year}", decision=decision)
    first = year * 100 + 1
    batch.open("rounding")
    for member, amount in sorted(interest.items()):
        if amount:
            account = member_account(member)
            batch.move(
                debit="pooled_fund", credit=account, amount=amount, effective_from=first, effective_months=12
            )
    residue = (sum(interest.values()) if total is None else total) - sum(interest.values())
    if residue > 0:
        batch.move(debit="pooled_fund", credit="rounding", amount=residue, effective_from=first, effective_months=12)
    elif residue < 0:
        batch.move(debit="rounding", credit="pooled_fund", amount=-residue, effective_from=first, effective_months=12)
    return batch.seal()
