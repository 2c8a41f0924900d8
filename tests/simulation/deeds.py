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
class Move:
    """Money on its way from one fund to another: of the pool, and of the account of a member, if it is about one."""

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
        both = ((self.member, self.account), ("pooled_fund", self.pooled))
        return tuple((name, fen) for name, fen in both if fen)

    def leaving(self, day: date) -> Posting:
        """The sender's batch."""
        road = f"in_transit_out:{self.receiver}"
        rows = tuple(Row(name, road, fen, self.month, self.member) for name, fen in self.parts)
        return Posting(self.sender, f"{self.name}:sent", day, rows, opens=(road,), confirms=self.name)

    def arriving(self, day: date) -> Posting:
        """The receiver's batch."""
        road = f"in_transit_in:{self.sender}"
        rows = tuple(Row(road, name, fen, self.month, self.member) for name, fen in self.parts)
        opens = (road, self.member) if self.member else (road,)
        return Posting(self.receiver, f"{self.name}:received", day, rows, opens)


@dataclass(frozen=True)
class Holding:
    """Money set aside, at most until the day `expires`; perhaps for a move between two funds of one database."""

    fund: str
    key: str
    day: date
    amounts: tuple[tuple[str, int], ...]
    expires: date | None = None
    move: Move | None = None

    def is_over(self, day: date) -> bool:
        """Whether it can no longer be confirmed on a day."""
        return self.expires is not None and self.expires <= day


@dataclass(frozen=True)
class Confirmation:
    """A move that was prepared by a hold, carried out on both sides."""

    fund: str
    key: str
    day: date


@dataclass(frozen=True)
class Release:
    """A hold let go."""

    fund: str
    key: str


@dataclass(frozen=True)
class Expiry:
    """Every hold let go that has expired by a day."""

    fund: str
    day: date


@dataclass(frozen=True)
class Closing:
    """The months up to `through` closed."""

    fund: str
    through: int


Deed = Posting | Holding | Confirmation | Release | Expiry | Closing


def month_of(day: date) -> int:
    """The month of a day as yyyymm."""
    return day.year * 100 + day.month
