"""Holds: money set aside until another fund has answered.

A hold reserves amounts on accounts of one fund; what is held cannot be spent. It resolves once: a batch that names it
confirms it and takes exactly what was held, or it is released. Placing the same hold again changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from wayfare.ledger.accounts import account_number, check_fund
from wayfare.ledger.batch import fen_of
from wayfare.ledger.errors import TransferWrong

__all__ = ["CONFIRMED", "OPEN", "RELEASED", "Hold"]

OPEN, CONFIRMED, RELEASED = "open", "confirmed", "released"
"""The states of a hold; the last two are final."""


@dataclass(frozen=True)
class Hold:
    """Amounts reserved by account name (kept as fen), under a key that is unique among the holds of the fund.

    `expires` is the day from which the fund may release it unasked; None when it waits for an answer. Raises
    TransferWrong when it reserves nothing or an amount is not positive.
    """

    fund: str
    key: str
    on: date
    amounts: Mapping[str, Any]
    expires: date | None = None

    def __post_init__(self) -> None:
        check_fund(self.fund)
        if not self.amounts:
            raise TransferWrong(f"Hold {self.key} of {self.fund} reserves nothing.", next_step="Name what to hold.")
        for name in self.amounts:
            account_number(name)
        fen = {name: fen_of(amount, what=f"hold on {name}") for name, amount in self.amounts.items()}
        object.__setattr__(self, "amounts", fen)

    @property
    def content(self) -> bytes:
        """SHA-256 of everything the hold says."""
        expires = self.expires.isoformat() if self.expires else None
        said = [self.fund, self.key, self.on.isoformat(), sorted(self.amounts.items()), expires]
        return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).digest()
