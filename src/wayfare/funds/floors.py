"""How low an account of a fund may fall, and the approvals that changed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from wayfare.kernel import Money

__all__ = ["ApprovedFloor", "FloorState"]


@dataclass(frozen=True, slots=True)
class ApprovedFloor:
    """An approval as the book holds it: from its day on the account may fall to `floor`; None is without limit."""

    account: str
    floor: Money | None
    key: str
    on: date
    document: str
    by: str
    reason: str

    def as_document(self) -> dict[str, Any]:
        """The approval with its floor in yuan as text."""
        return {
            "account": self.account, "floor": None if self.floor is None else str(self.floor), "batch": self.key,
            "on": self.on.isoformat(), "document": self.document, "by": self.by, "reason": self.reason,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class FloorState:
    """What an account of the fund holds, what of that is set aside, and how low it may fall (None: without limit)."""

    account: str
    held: Money
    set_aside: Money
    floor: Money | None

    @property
    def free(self) -> Money:
        """What is not set aside."""
        return self.held - self.set_aside

    def as_document(self) -> dict[str, Any]:
        """The account with amounts in yuan as text."""
        return {
            "account": self.account, "held": str(self.held), "set_aside": str(self.set_aside), "free": str(self.free),
            "floor": None if self.floor is None else str(self.floor),
        }  # fmt: skip
