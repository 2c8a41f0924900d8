"""What an employer owes: charges by month, payments set against them, what is left, and what came too late.

A payment goes against the month that the payer named, else against the oldest month that is still owed. No text at hand
gives that order; law.md of national/collection/late_fee says so. What is more than all months goes to late fees, and
what is more than these stays as credit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

__all__ = ["Arrears", "Charge", "Fee", "Payer", "Payment", "Settled", "Standing", "settle"]


@dataclass(frozen=True, slots=True)
class Charge:
    """What an employer was charged for a month (yyyymm), in fen."""

    month: int
    fen: int


@dataclass(frozen=True, slots=True)
class Payment:
    """A line of the bank: money in; `for_month` is the month that the payer named, None for the oldest owed."""

    id: str
    bank_account: str
    on: date
    fen: int
    payer_reference: str = ""
    for_month: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Payer:
    """Who pays: an employer, or a member who pays alone, by id."""

    id: str
    is_member: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """The part of a payment that was set against a month, in fen."""

    payment: Payment
    month: int
    fen: int


@dataclass(frozen=True, slots=True)
class Arrears:
    """What a month is still owed, in fen, and the day by which it was to be paid, None where no rule says."""

    month: int
    fen: int
    due: date | None


@dataclass(frozen=True, slots=True)
class Fee:
    """What is paid late: a part of a payment, the month it was for, and the days after the day it fell due."""

    settled: Settled
    days: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an employer stands: what is owed by month, what was settled, late fees owed, and money left over."""

    arrears: tuple[Arrears, ...]
    settled: tuple[Settled, ...]
    late: tuple[Fee, ...]
    late_fees: int
    credit: int

    @property
    def owed(self) -> int:
        """All that is owed, in fen, late fees with it."""
        return sum(each.fen for each in self.arrears) + self.late_fees


def settle(
    charges: Iterable[Charge], payments: Iterable[Payment], *, late_fees: int = 0,
    due: Callable[[int], date | None] = lambda _: None,
) -> Standing:  # fmt: skip
    """Set payments against charges; `late_fees` were charged already, `due` gives the last day to pay a month."""
    owed: dict[int, int] = {}
    for charge in charges:
        owed[charge.month] = owed.get(charge.month, 0) + charge.fen
    settled: list[Settled] = []
    spare = 0
    for payment in sorted(payments, key=lambda each: (each.on, each.id)):
        spare += _spend(payment, owed, settled)
    late = tuple(
        Fee(each, days) for each in settled if (days := _days_late(each.payment.on, due(each.month))) > 0
    )  # fmt: skip
    left = tuple(Arrears(month, fen, due(month)) for month, fen in sorted(owed.items()) if fen)
    return Standing(left, tuple(settled), late, max(late_fees - spare, 0), max(spare - late_fees, 0))


def _spend(payment: Payment, owed: dict[int, int], settled: list[Settled]) -> int:
    """What of a payment no month takes."""
    left = payment.fen
    for month in sorted(owed, key=lambda month: (month != payment.for_month, month)):
        part = min(left, owed[month])
        if part:
            owed[month] -= part
            left -= part
            settled.append(Settled(payment, month, part))
    return left


def _days_late(paid: date, due: date | None) -> int:
    return 0 if due is None else (paid - due).days
