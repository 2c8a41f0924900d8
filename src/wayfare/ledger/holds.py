"""Holds: money set aside until another fund has answered.

A hold reserves amounts on accounts of one fund; what is held cannot be spent. It resolves once: a batch that names it confirms
it and takes exactly what was held, or it is released. Placing the same hold again changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from wayfare.ledger.accounts import account_number, check_fund
from wayfare.ledger.errors import TransferWrong

__all__ = ["CONFIRMED", "OPEN", "RELEASED", "Hold"]

OPEN, CONFIRMED, RELEASED = "open", "confirmed", "released"
"""The states of a hold; the last two are final."""


@dataclass(frozen=True)
class Hold:
    """Amounts in fen reserved by account name, under a key that is unique among the holds of the fund.

    `expires` is the day from which the fund may release it unasked; None when it waits for an answer. Raises
    TransferWrong when it reserves nothing or an amount is not a positive whole number of fen.
    """

    fund: str
    key: str
    on: date
    amounts: Mapping[str, int]
    expires: date | None = None

    def __post_init__(self) -> None:
        check_fund(self.fund)
        wrong = [name for name, amount in self.amounts.items() if type(amount) is not int or not 0 < amount < 2**62]
        if wrong or not self.amounts:
            raise TransferWrong(
                f"Hold {self.key} reserves no positive amount on {', '.join(wrong) or 'any account'}.",
                next_step="Give each held account a positive whole number of fen.",
            )
        for name in self.amounts:
            account_number(name)

    @property
    def content(self) -> bytes:
        """SHA-256 of everything the hold says."""
        expires = self.expires.isoformat() if self.expires else None
        said = [self.fund, self.key, self.on.isoformat(), sorted(self.amounts.items()), expires]
        return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).digest()
