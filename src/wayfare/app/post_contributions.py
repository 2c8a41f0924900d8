"""Contributions as batches: a year of one fund as one batch, each row with the months it is for.

What falls due is charged to who owes it, and paid in the same batch by way of the bank: an employer owes both shares of
its people, for it keeps theirs back (Social Insurance Law, article 60). The batch has the year in its key, so that
posting it again changes nothing and posting another one under that key is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from wayfare.ledger import (
    GOVERNMENT,
    PERSON,
    Batch,
    SealedBatch,
    account_number,
    bank_account,
    employer_clearing,
    member_account,
)
from wayfare.scenarios import Stretch

__all__ = ["COLLECTED", "EMPLOYERS", "TREASURY", "contribution_batch", "subsidy_batch"]

EMPLOYERS = employer_clearing("employers")
"""All employers together: the lives of a scenario do not tell theirs apart."""

COLLECTED, TREASURY = bank_account("income"), bank_account("treasury")
"""Where contributions and public money come in."""


def contribution_batch(fund: str, year: int, stretches: Sequence[Stretch], members: Sequence[str]) -> SealedBatch:
    """What was paid into one fund for a year, booked on its last day; `members` gives the names behind `person`."""
    batch = Batch(fund, date(year, 12, 31), f"contributions:{year}")
    names = [member_account(members[each.person]) for each in stretches]
    for account in ("pooled_fund", COLLECTED, EMPLOYERS, PERSON, *dict.fromkeys(names)):
        batch.open(account)
    accounts = np.array([account_number(name) for name in names], np.int64)
    payers = np.array([account_number(PERSON if each.is_flexible else EMPLOYERS) for each in stretches], np.int64)
    months = {
        "effective_from": np.array([each.first for each in stretches]),
        "effective_months": np.array([each.months for each in stretches]),
    }
    pool = np.full(len(stretches), account_number("pooled_fund"))
    for receiver, amounts in (
        (pool, [each.pooled for each in stretches]),
        (accounts, [each.account_by_employer + each.account_by_person for each in stretches]),
    ):
        fen = np.array(amounts, np.int64)
        due = fen > 0
        batch.move_columns(
            debit=payers[due], credit=receiver[due], amount=fen[due], subject=accounts[due],
            **{name: each[due] for name, each in months.items()},
        )  # fmt: skip
    for payer, flexible in ((EMPLOYERS, False), (PERSON, True)):
        paid = sum(
            each.pooled + each.account_by_employer + each.account_by_person
            for each in stretches if each.is_flexible is flexible
        )  # fmt: skip
        if paid:
            batch.move(debit=COLLECTED, credit=payer, amount=paid)
    return batch.seal()


def subsidy_batch(fund: str, on: date, amount: int, *, what: str) -> SealedBatch:
    """What government pays into a pool that cannot meet its payments (Social Insurance Law, article 65), in fen."""
    batch = Batch(fund, on, f"subsidy:{what}:{on.year}")
    for account in ("pooled_fund", GOVERNMENT, TREASURY):
        batch.open(account)
    batch.move(debit=GOVERNMENT, credit="pooled_fund", amount=amount)
    batch.move(debit=TREASURY, credit=GOVERNMENT, amount=amount)
    return batch.seal()
