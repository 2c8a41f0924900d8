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
from wayfare.ledger.moves import Move

__all__ = ["CONFIRMED", "OPEN", "RELEASED", "Hold"]

OPEN, CONFIRMED, RELEASED = "open", "confirmed", "released"
"""The states of a hold; the last two are final."""


@dataclass(frozen=True)
class Hold:
    """Amounts reserved by account name (kept as fen), under a key that is unique among the holds of the fund.

    `expires` is the day from which it can no longer be confirmed and the fund may release it unasked; None when it
    waits for an answer. `move` is the move between funds that it prepares. Raises TransferWrong when it reserves
    nothing or an amount is not positive.
    """

    fund: str
    key: str
    on: date
    amounts: Mapping[str, Any]
    expires: date | None = None
    move: Move | None = None

    def __post_init__(self) -> None:
        check_fund(self.fund)
        if not self.amounts:
            raise TransferWrong(f"Hold {self.key} of {self.fund} reserves nothing.", next_step="Name what to hold.")
        for name in self.amounts:
            account_number(name)
        fen = {name: fen_of(amount, what=f"hold on {name}") for name, amount in self.amounts.items()}
        object.__setattr__(self, "amounts", fen)

    @classmethod
    def of(cls, move: Move, *, on: date, expires: date | None = None) -> Hold:
        """The hold that prepares a move."""
        return cls(move.sender, move.key, on, move.amounts, expires, move)

    @property
    def names(self) -> list[str]:
        """The accounts that must be open for it, by name: those held and those that a move's parts are about."""
        about = filter(None, (part.about for part in self.move.parts)) if self.move else ()
        return sorted({*self.amounts, *about})

    def expired(self, on: date) -> bool:
        """Whether it can no longer be confirmed on a day."""
        return self.expires is not None and on >= self.expires

    @property
    def content(self) -> bytes:
        """SHA-256 of everything the hold says."""
        expires = self.expires.isoformat() if self.expires else None
        said: list[Any] = [self.fund, self.key, self.on.isoformat(), sorted(self.amounts.items()), expires]
        if self.move:
            said.append(self.move.terms)
        return sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).digest()
