"""The sentences of the refusals, written once for the book in memory and the book on disk.

Each function makes the error for one refusal, from names only. The store turns a database error of class `WL` into the
same error by these functions, so both give one text for one cause.
"""

from __future__ import annotations

from wayfare.ledger.errors import (
    AccountDiffers,
    BookDiffers,
    FloorRefused,
    HoldExpired,
    HoldNotMet,
    HoldResolved,
    KeyReused,
    NotAMove,
    Overdrawn,
    PeriodClosed,
    ReversalRefused,
    SecondCharge,
    UnknownAccount,
    UnknownHold,
)

__all__ = [
    "account_differs",
    "book_differs",
    "floor_refused",
    "hold_expired",
    "hold_not_met",
    "hold_resolved",
    "key_reused",
    "not_a_move",
    "overdrawn",
    "period_closed",
    "reversal_refused",
    "second_charge",
    "unknown_account",
    "unknown_hold",
]


def key_reused(fund: str, key: str) -> KeyReused:
    """The key is taken by other content."""
    return KeyReused(
        f"{key} was used in {fund} with other content.",
        next_step="The first stands. Correct it by a reversal, or use a new key if this is something new.",
    )


def unknown_account(fund: str, account: str) -> UnknownAccount:
    """The account was never opened."""
    return UnknownAccount(
        f"{fund} has no account {account}.", next_step="Open it in the batch (batch.open), or correct the name."
    )


def overdrawn(fund: str, account: str) -> Overdrawn:
    """The account would fall below its floor."""
    return Overdrawn(
        f"{account} of {fund} would fall below its floor, counting what is held.",
        next_step="Move less, wait for money to arrive, or release a hold.",
    )


def period_closed(fund: str, period: int, closed_through: int) -> PeriodClosed:
    """The month of the batch is closed."""
    return PeriodClosed(
        f"{fund} is closed through {_month(closed_through)}, and the batch is of {_month(period)}.",
        next_step="Date it in the open month and keep the month it belongs to in effective_from.",
    )


def account_differs(fund: str, account: str) -> AccountDiffers:
    """The account is open on other terms."""
    return AccountDiffers(
        f"{account} of {fund} is open already, on other terms.", next_step="Open it as it is, or do not open it again."
    )


def unknown_hold(fund: str, key: str) -> UnknownHold:
    """No such hold."""
    return UnknownHold(f"{fund} has no hold {key}.", next_step="Place the hold first, or correct its key.")


def hold_resolved(fund: str, key: str, state: str) -> HoldResolved:
    """The hold has its answer already."""
    return HoldResolved(
        f"Hold {key} of {fund} was {state} before.", next_step="A hold resolves once; place a new one for a new matter."
    )


def hold_expired(fund: str, key: str) -> HoldExpired:
    """The hold is past its day."""
    return HoldExpired(
        f"Hold {key} of {fund} expired before the day of the confirmation.",
        next_step="Release it; when both funds still agree, prepare the move again under a new key.",
    )


def not_a_move(fund: str, key: str) -> NotAMove:
    """The hold does not say where the money goes."""
    return NotAMove(
        f"Hold {key} of {fund} prepares no move between funds.",
        next_step="Confirm it by posting a batch with confirms=, or release it.",
    )


def hold_not_met(fund: str, key: str, account: str) -> HoldNotMet:
    """The confirming batch takes another amount than was held."""
    return HoldNotMet(
        f"The batch takes another amount from {account} of {fund} than hold {key} set aside.",
        next_step="Take exactly what is held, or release the hold and place another.",
    )


def reversal_refused(fund: str, key: str, reverses: str) -> ReversalRefused:
    """The batch does not take another one back as it must."""
    return ReversalRefused(
        f"{key} cannot reverse {reverses} of {fund}: it is unknown, a reversal, reversed before, or not mirrored.",
        next_step="Build it with reversal() from the batch as it was posted, once.",
    )


def second_charge(fund: str, account: str, month: int) -> SecondCharge:
    """The member was charged for the month before."""
    return SecondCharge(
        f"{account} of {fund} was charged before for {_month(month)}, by the same payer and to the same account.",
        next_step="Leave the member out, or take the first charge back by a reversal of its batch.",
    )


def floor_refused(fund: str, account: str) -> FloorRefused:
    """The account holds less than its new floor."""
    return FloorRefused(
        f"{account} of {fund} holds less than the floor that was approved, counting what is held.",
        next_step="Let the money arrive first, or have a lower floor approved.",
    )


def book_differs(fund: str, number: int, key: str, what: str) -> BookDiffers:
    """Verification found the first batch that is not as sealed."""
    return BookDiffers(
        f"Batch {number} ({key}) of {fund} is not as it was sealed: {what} differs.",
        next_step="Stop posting to this fund, compare with the last backup and the links other funds hold.",
        fund=fund, number=number, key=key, what=what,
    )  # fmt: skip


def _month(period: int) -> str:
    return f"{period // 100}-{period % 100:02d}"
