"""What can be done to the books, in plain values: the words in which the simulator speaks to model and store.

Amounts are whole fen, months are yyyymm, accounts are names. Nothing here comes from wayfare.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Row:
    """One move of money, for one month, about one member's account or none."""

    debit: str
    credit: str
    fen: int
    month: int
    member: str = ""

    @property
    def back(self) -> Row:
        """The same money the other way."""
        return Row(self.credit, self.debit, self.fen, self.month, self.member)


@dataclass(frozen=True)
class Posting:
    """A batch: what it opens and moves, the hold it carries out, the batch it takes back, the floor it changes."""

    fund: str
    key: str
    day: date
    rows: tuple[Row, ...]
    opens: tuple[str, ...] = ()
    confirms: str | None = None
    reverses: str | None = None
    decision: str | None = None
    approves: tuple[str, int | None] | None = None


@dataclass(frozen=True)
class Holding:
    """Money set aside, at most until the day `expires`."""

    fund: str
    key: str
    day: date
    amounts: tuple[tuple[str, int], ...]
    expires: date | None = None


@dataclass(frozen=True)
class Release:
    """A hold let go."""

    fund: str
    key: str


@dataclass(frozen=True)
class Closing:
    """The months up to `through` closed."""

    fund: str
    through: int


Deed = Posting | Holding | Release | Closing


@dataclass(frozen=True)
class Move:
    """A member's relation on its way from one fund to another, with a pooled part and an account part."""

    name: str
    sender: str
    receiver: str
    member: str
    pooled: int
    account: int
    month: int
    expires: date | None = None

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """The accounts the money leaves and arrives at, with what is not zero."""
        both = (("pooled_fund", self.pooled), (f"account:{self.member}", self.account))
        return tuple((name, fen) for name, fen in both if fen)


def month_of(day: date) -> int:
    """The month of a day as yyyymm."""
    return day.year * 100 + day.month
