"""What was paid too much goes back: out of later pensions by plan, or as the person pays it in.

The overpayment is taken out of the books' months as it was paid, so account and pool have at once what is theirs, and
the person owes it (`recovery:<member>`, negative until paid back). Instalments bring that account to zero exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wayfare.funds.benefits.errors import InstalmentWrong, NothingOverpaid, RepaidTooMuch
from wayfare.ledger import Batch, SealedBatch, member_account

__all__ = ["OverpaidMonth", "check_instalment", "recovery_account", "recovery_batch", "repayment_batch"]


@dataclass(frozen=True, slots=True)
class OverpaidMonth:
    """A month (yyyymm) for which `excess` fen too much were paid, out of account and pool as told."""

    month: int
    excess: int
    from_account: int
    from_pool: int

    @property
    def to_account(self) -> int:
        """The part that goes back to the account: in the proportion in which the month was paid, halves up."""
        paid = self.from_account + self.from_pool
        return (2 * self.excess * self.from_account + paid) // (2 * paid)


def recovery_account(member: str) -> str:
    """The account of what a member owes back."""
    return f"recovery:{member}"


def check_instalment(member: str, monthly: int, amount: int) -> None:
    """Raise InstalmentWrong unless so much can be kept back each month."""
    if not 0 < monthly <= amount:
        raise InstalmentWrong(
            f"{_yuan(monthly)} yuan a month do not fit the {_yuan(amount)} yuan that {member} is to pay back.",
            next_step="Agree on an amount above zero, at most the whole.",
        )


def recovery_batch(
    fund: str, member: str, number: int, months: Sequence[OverpaidMonth], *, on: date, decision: str | None = None
) -> SealedBatch:
    """Charge a member with what was paid too much, month by month, to the money that had paid it.

    Raises NothingOverpaid.
    """
    if not months:
        raise NothingOverpaid(
            f"For no month more was paid to {member} by {fund} than was due.",
            next_step="Record first what ended or lowered the pension: a death, or a decision that replaces the award.",
        )
    account, owed = member_account(member), recovery_account(member)
    batch = Batch(fund, on, f"recovery:{member}:{number}", decision=decision)
    batch.open(owed)
    for each in months:
        for credit, amount in ((account, each.to_account), ("pooled_fund", each.excess - each.to_account)):
            if amount:
                batch.move(debit=owed, credit=credit, amount=amount, effective_from=each.month, member=account)
    return batch.seal()


def repayment_batch(
    fund: str, member: str, reference: str, *, amount: int, owed: int, bank: str, on: date
) -> SealedBatch:
    """What a member, or the heirs, paid back into a bank account of the fund; `reference` names the bank's line.

    Raises RepaidTooMuch when more came than is owed.
    """
    if amount > owed:
        raise RepaidTooMuch(
            f"{_yuan(amount)} yuan came from {member}, who owes {_yuan(owed)} yuan to {fund}.",
            next_step="Book what is owed, and put the rest to suspense until it is paid back.",
        )
    batch = Batch(fund, on, f"repayment:{member}:{reference}")
    batch.open(f"bank:{bank}")
    batch.move(
        debit=f"bank:{bank}", credit=recovery_account(member), amount=amount, member=member_account(member)
    )
    return batch.seal()


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
