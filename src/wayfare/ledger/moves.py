"""A move of money from one fund to another in two phases, where both keep their books in one place.

Prepared, a move is a hold at the sender that says where the money goes; confirmed, it is a batch on each side, through
the transit accounts; released or expired, nothing has moved. It resolves once. Funds on different servers use the
letters of `wayfare.settlement` instead, which post the same two batches one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from wayfare.kernel.money import Money
from wayfare.ledger.accounts import account_number, check_fund
from wayfare.ledger.batch import Batch, SealedBatch, fen_of
from wayfare.ledger.errors import TransferWrong

__all__ = ["Move", "Part", "transit_in", "transit_out"]


def transit_out(receiver: str) -> str:
    """The sender's account for money on its way to a fund."""
    return f"in_transit_out:{receiver}"


def transit_in(sender: str) -> str:
    """The receiver's account for money that a fund sent."""
    return f"in_transit_in:{sender}"


@dataclass(frozen=True, slots=True)
class Part:
    """One amount of a move: the account it leaves at the sender, the one it arrives at, and the months it is for.

    `member` is the individual account it is about; when none is named, the one that it leaves or arrives at, if any.
    """

    leaves: str
    arrives: str
    amount: Money | int
    effective_from: int
    effective_months: int = 1
    member: str | None = None

    @property
    def about(self) -> str | None:
        """The name of the individual account the part is about."""
        return self.member or next((name for name in (self.leaves, self.arrives) if account_number(name) > 0), None)

    @property
    def fen(self) -> int:
        """The amount in fen. Raises TransferWrong."""
        return fen_of(self.amount, what=f"{self.leaves} to {self.arrives}")

    @property
    def terms(self) -> tuple[str, str, int, str | None, int, int]:
        """Everything it says, as plain values."""
        return self.leaves, self.arrives, self.fen, self.about, self.effective_from, self.effective_months


@dataclass(frozen=True)
class Move:
    """What moves from `sender` to `receiver` under a key that is unique among the sender's holds.

    Parts are kept in the order of the rows they become: by member, then by the account they leave. Raises AccountWrong
    and TransferWrong: two funds, a part at least, one part an account, and one member a part.
    """

    key: str
    sender: str
    receiver: str
    parts: tuple[Part, ...]
    decision: str | None = None

    def __post_init__(self) -> None:
        check_fund(self.sender)
        check_fund(self.receiver)
        if self.sender == self.receiver or len({part.leaves for part in self.parts}) != len(self.parts):
            raise TransferWrong(
                f"Move {self.key} leaves {self.sender} for itself, or leaves an account twice.",
                next_step="Name another fund, and add up what leaves the same account.",
            )
        object.__setattr__(self, "parts", tuple(sorted(self.parts, key=_place)))
        any_day = date(2000, 1, 1)
        self._leaving(any_day)  # the rows are checked as they will be written
        self._arriving(any_day)

    @property
    def amounts(self) -> dict[str, int]:
        """What is reserved at the sender until the move is resolved: fen by account."""
        return {part.leaves: part.fen for part in self.parts}

    @property
    def terms(self) -> list[Any]:
        """What a hold of this move says beyond its amounts, as plain values."""
        return [self.receiver, self.decision, [list(part.terms) for part in self.parts]]

    @property
    def sent_key(self) -> str:
        """The key of the sender's batch."""
        return f"{self.key}:sent"

    def leaving(self, *, on: date) -> SealedBatch:
        """The sender's batch on the day of confirmation: the money is under way."""
        return self._leaving(on).seal()

    def arriving(self, *, on: date) -> SealedBatch:
        """The receiver's batch: the money is there. It opens the individual accounts it is about."""
        return self._arriving(on).seal()

    def _leaving(self, on: date) -> Batch:
        transit = transit_out(self.receiver)
        batch = Batch(self.sender, on, self.sent_key, decision=self.decision, confirms=self.key)
        batch.open(transit)
        for part in self.parts:
            _book(batch, part, debit=part.leaves, credit=transit)
        return batch

    def _arriving(self, on: date) -> Batch:
        transit = transit_in(self.sender)
        batch = Batch(self.receiver, on, f"{self.key}:received", decision=self.decision)
        for account in {transit, *filter(None, (part.about for part in self.parts))}:
            batch.open(account)
        for part in self.parts:
            _book(batch, part, debit=transit, credit=part.arrives)
        return batch


def _place(part: Part) -> tuple[int, str]:
    return account_number(part.about) if part.about else 0, part.leaves


def _book(batch: Batch, part: Part, *, debit: str, credit: str) -> None:
    batch.move(
        debit=debit, credit=credit, amount=part.fen, member=part.about,
        effective_from=part.effective_from, effective_months=part.effective_months,
    )  # fmt: skip
