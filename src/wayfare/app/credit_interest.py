"""Credit interest: a year's interest of one fund's members, out of its pool, as one batch on the year's last day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from wayfare.app.post_contributions import subsidy_batch
from wayfare.app.posting import Booked, post
from wayfare.ledger import Batch, SealedBatch, account_numbers, interest_batch, member_account
from wayfare.storage import Session

__all__ = ["correction_batch", "credit_interest"]


def credit_interest(
    session: Session, fund: str, year: int, interest: Mapping[str, int], *, subsidy: int = 0
) -> list[Booked]:
    """Post the interest of a fund's members: fen by member, as the law has it.

    `subsidy` is what the pool lacks for it and government pays.
    """
    batches = [subsidy_batch(fund, date(year, 12, 31), subsidy, what="interest")] if subsidy else []
    accounts = account_numbers(map(member_account, interest))
    fen = np.fromiter(interest.values(), np.int64, len(interest))
    return post(session, [*batches, interest_batch(fund, year=year, accounts=accounts, interest=fen)])


def correction_batch(fund: str, on: date, lacking: Mapping[str, int]) -> SealedBatch:
    """What accounts were credited too little, out of the pool (Renshebufa [2009] 187); fen by member."""
    batch = Batch(fund, on, f"correction:{on.year}")
    for member, amount in sorted(lacking.items()):
        batch.move(debit="pooled_fund", credit=member_account(member), amount=amount, member=member_account(member))
    return batch.seal()
