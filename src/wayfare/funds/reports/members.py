"""Members against control: all individual accounts, added up one by one, against what the control accounts leave.

A fund sums to zero, so its control accounts, whose running balances are kept apart from the members' rows, leave
exactly what the members' accounts hold. A difference says that a row or a running balance was changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wayfare.kernel import Money

__all__ = ["MembersControl"]


@dataclass(frozen=True, slots=True)
class MembersControl:
    """How many accounts there are, how many hold money or lie below zero, their sum, and what control leaves."""

    fund: str
    accounts: int
    holding: int
    below_zero: int
    held: Money
    control: Money

    @property
    def difference(self) -> Money:
        """The members' sum less the control; zero unless the book was changed."""
        return self.held - self.control

    def as_document(self) -> dict[str, Any]:
        """What --json prints."""
        return {
            "fund": self.fund, "accounts": self.accounts, "holding": self.holding, "below_zero": self.below_zero,
            "held": str(self.held), "control": str(self.control), "difference": str(self.difference),
        }  # fmt: skip
