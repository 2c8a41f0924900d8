"""Contributions as batches: a year of one fund as one batch, each row with the months it is for.

Employers and members are outside the fund; what they pay goes to the pool and to the members' own accounts. The batch
has the year in its key, so that posting it again changes nothing and posting another one under that key is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from wayfare.ledger import Batch, SealedBatch, account_number, member_account
from wayfare.scenarios import Stretch

__all__ = ["EMPLOYERS", "MEMBERS", "STATE", "contribution_batch", "subsidy_batch"]

EMPLOYERS, MEMBERS, STATE = "outside:employers", "outside:members", "outside:state"


def contribution_batch(fund: str, year: int, stretches: Sequence[Stretch], members: Sequence[str]) -> SealedBatch:
    """What was paid into one fund for a year, booked on its last day; `members` gives the names behind `person`."""
    batch = Batch(fund, date(year, 12, 31), f"contributions:{year}")
    names = [member_account(members[each.person]) for each in stretches]
    for account in ("pooled_fund", EMPLOYERS, MEMBERS, *dict.fromkeys(names)):
        batch.open(account)
    accounts = np.array([account_number(name) for name in names], np.int64)
    flexible = np.array([each.is_flexible for each in stretches], bool)
    employers, own, pool = (account_number(name) for name in (EMPLOYERS, MEMBERS, "pooled_fund"))
    months = {
        "effective_from": np.array([each.first for each in stretches]),
        "effective_months": np.array([each.months for each in stretches]),
    }
    for payer, receiver, amounts in (
        (np.where(flexible, own, employers), np.int64(pool), [each.pooled for each in stretches]),
        (np.int64(employers), accounts, [each.account_by_employer for each in stretches]),
        (np.int64(own), accounts, [each.account_by_person for each in stretches]),
    ):
        fen = np.array(amounts, np.int64)
        paid = fen > 0
        batch.move_columns(
            debit=np.broadcast_to(payer, fen.shape)[paid], credit=np.broadcast_to(receiver, fen.shape)[paid],
            amount=fen[paid], subject=accounts[paid], **{name: each[paid] for name, each in months.items()},
        )  # fmt: skip
    return batch.seal()


def subsidy_batch(fund: str, on: date, amount: int, *, what: str) -> SealedBatch:
    """What government pays into a pool that cannot meet its payments (Social Insurance Law, article 65), in fen."""
    batch = Batch(fund, on, f"subsidy:{what}:{on.year}")
    for account in ("pooled_fund", STATE):
        batch.open(account)
    batch.move(debit=STATE, credit="pooled_fund", amount=amount)
    return batch.seal()
