"""Floors: how low an account may fall, changed by an approval only.

An account opens with the floor of the chart. From then on a dated document changes it, as a batch of its own in the
fund's book, so that the change has its place in the chain like every transfer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wayfare.ledger.accounts import account_number
from wayfare.ledger.errors import AccountWrong

__all__ = ["Approval", "FloorChange"]


@dataclass(frozen=True, slots=True)
class Approval:
    """A document that lets a floor be changed: its day, its number, who signed it, and why."""

    on: date
    document: str
    by: str
    reason: str

    def __post_init__(self) -> None:
        if not (self.document and self.by and self.reason):
            raise AccountWrong(
                "An approval without its document, who gave it, or its reason is none.",
                next_step="Name the document, who signed it, and why the floor changes.",
            )


@dataclass(frozen=True, slots=True)
class FloorChange:
    """The floor of a control account from one batch on, in fen; None lets it go negative without limit."""

    account: str
    floor: int | None
    document: str
    by: str
    reason: str

    def __post_init__(self) -> None:
        if account_number(self.account) > 0:
            raise AccountWrong(
                f"The floor of {self.account} is zero: a member's account cannot be overdrawn.",
                next_step="Approve floors of accounts of the fund itself.",
            )

    def terms(self) -> list[str | int | None]:
        """Everything it says, as the header of its batch holds it."""
        return [self.account, self.floor, self.document, self.by, self.reason]
