"""How money stands that a fund has set aside: for a move to another fund, or for any other matter.

Open, it still belongs to the sender and cannot be spent; confirmed, it has moved; released, it is free again. A
release leaves no day in the book, for nothing was booked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from wayfare.kernel import Money
from wayfare.ledger import OPEN

__all__ = ["DOCUMENT", "KnownMove"]

DOCUMENT: Final = "document:"
"""What the ground of a batch begins with when it is a paper of the office and no kept decision."""


@dataclass(frozen=True, slots=True)
class KnownMove:
    """Money set aside under a key of its sender; `receiver` is None for a matter that is no move.

    `expires` is the first day on which it can no longer be confirmed, `confirmed` the day on which it was.
    """

    sender: str
    key: str
    receiver: str | None
    decision: str | None
    placed: date
    expires: date | None
    state: str
    confirmed: date | None
    amount: Money

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == OPEN

    def days(self, on: date) -> int:
        """How many days it has been set aside."""
        return (on - self.placed).days

    def has_expired(self, on: date) -> bool:
        """Whether it is open past its day."""
        return self.is_open and self.expires is not None and self.expires <= on

    def as_document(self, on: date) -> dict[str, Any]:
        """The move with its age on a day."""
        return {
            "key": self.key, "fund": self.sender, "to": self.receiver, "amount": str(self.amount),
            "decision": self.decision, "state": self.state, "prepared": self.placed.isoformat(),
            "days": self.days(on), "expires": self.expires.isoformat() if self.expires else None,
            "past_its_day": self.has_expired(on),
            "confirmed": self.confirmed.isoformat() if self.confirmed else None,
        }  # fmt: skip
