"""What a death leaves: the account goes to the heirs, and the pool pays the family's benefit.

The account's balance is inherited (Social Insurance Law, article 14) and the account is empty afterwards. What the dead
person still owes may be taken out of it first (handling regulation, article 46). The funeral benefit and the lump sum
come from the pool (article 17), by the kept decision of `pension.survivors`.
"""

from __future__ import annotations

from datetime import date

from wayfare.funds.benefits.recovery import recovery_account
from wayfare.ledger import Batch, SealedBatch, member_account

__all__ = ["GRANT", "grant_batch", "inheritance_batch"]

GRANT = "benefits_payable:death_grant"


def inheritance_batch(
    fund: str, member: str, *, balance: int, owed: int, on: date, decision: str
) -> SealedBatch | None:
    """The account to the heirs, after what is `owed` back was taken out of it; None when the account is empty."""
    if not balance:
        return None
    account, taken = member_account(member), min(owed, balance)
    batch = Batch(fund, on, f"inheritance:{member}", decision=decision)
    batch.open(GRANT)
    for credit, amount in ((recovery_account(member), taken), (GRANT, balance - taken)):
        if amount:
            batch.move(debit=account, credit=credit, amount=amount)
    return batch.seal()


def grant_batch(fund: str, member: str, *, amount: int, on: date, decision: str) -> SealedBatch:
    """Funeral benefit and lump sum of the family, out of the pool."""
    batch = Batch(fund, on, f"death_grant:{member}", decision=decision)
    batch.open(GRANT)
    batch.open(member_account(member))
    batch.move(debit="pooled_fund", credit=GRANT, amount=amount, member=member_account(member))
    return batch.seal()
