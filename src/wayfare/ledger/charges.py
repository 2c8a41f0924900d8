"""Charges: contributions due for a member, made once for each fund, member, month and kind.

A row is a charge when it debits a contribution clearing account of the chart and credits the pool or the member it is
about. Its kind says who pays (employer, person, government) and where it goes (pool, account). A batch that takes
another one back makes no charge; it frees those of the batch it names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wayfare.ledger.accounts import GOVERNMENT, PERSON, account_number

__all__ = ["charge_kinds", "charged_months", "month_index", "month_of_index", "payer_of"]

_EMPLOYER: Final = "contribution_clearing:employer:"
_POOL: Final = account_number("pooled_fund")


def payer_of(name: str) -> int | None:
    """Who pays into an account: 0 an employer, 1 a person, 2 government; None when it clears no contributions."""
    if name.startswith(_EMPLOYER):
        return 0
    return {PERSON: 1, GOVERNMENT: 2}.get(name)


def month_index(month: int) -> int:
    """The month (yyyymm) counted from January of year 0."""
    return month // 100 * 12 + month % 100 - 1


def month_of_index(index: int) -> int:
    """The month (yyyymm) that stands at a count from January of year 0."""
    return index // 12 * 100 + index % 12 + 1


def charge_kinds(rows: NDArray[np.void], payers: Mapping[int, int]) -> NDArray[np.int64]:
    """The kind of each row: twice its payer, one more when it goes to the member's account; -1 where it is no charge.

    `payers` says who pays into each clearing account, by number.
    """
    debit, credit, subject = (rows[name].astype(np.int64) for name in ("debit", "credit", "subject"))
    accounts, place = np.unique(debit, return_inverse=True)
    payer = np.array([payers.get(account, -1) for account in accounts.tolist()], np.int64)[place]
    to_member = credit == subject
    is_charge = (payer >= 0) & (subject != 0) & (to_member | (credit == _POOL))
    return np.where(is_charge, payer * 2 + to_member, -1)


def charged_months(rows: NDArray[np.void], payers: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """Every charge among the rows, as member's account number, month counted from year 0, and kind; repeats stay."""
    kinds = charge_kinds(rows, payers)
    charges: Any = rows[kinds >= 0][["subject", "effective_from", "effective_months"]].tolist()
    return [
        (subject, month_index(first) + later, kind)
        for (subject, first, months), kind in zip(charges, kinds[kinds >= 0].tolist(), strict=True)
        for later in range(months)
    ]
