"""What the books refuse, and what to do about each refusal.

The database raises the same refusals under SQLSTATE `WLnnn`, where nnn is the number of the code here, so that the
book in memory and the book on disk answer alike. A refusal leaves the book exactly as it was.
"""

from __future__ import annotations

from wayfare.kernel.errors import WayfareError

__all__ = [
    "AccountDiffers",
    "AccountWrong",
    "AppendOnly",
    "BatchEmpty",
    "BookDiffers",
    "FloorRefused",
    "FundOutOfView",
    "HoldExpired",
    "HoldNotMet",
    "HoldResolved",
    "KeyReused",
    "NotAMove",
    "NotSealed",
    "Overdrawn",
    "PeriodClosed",
    "ReversalRefused",
    "RootDiffers",
    "SecondCharge",
    "TransferWrong",
    "UnknownAccount",
    "UnknownHold",
]


class AccountWrong(WayfareError):
    """The name of a fund or of an account does not follow the chart of accounts, or a floor is above zero.

    A fund is a place code and an insurance, `440000:employee_pension`. An account is named after its purpose, with its
    counterpart where there are many: `pooled_fund`, `account:W-104`, `in_transit_out:510000:employee_pension`.
    `wayfare fund chart` prints the chart.
    """

    code = "WF-LED-001"


class TransferWrong(WayfareError):
    """A transfer must move a positive whole number of fen between two different accounts, one member's at most.

    Its effective months are a first month (yyyymm) and a count from 1 up.
    """

    code = "WF-LED-002"


class KeyReused(WayfareError):
    """The key of a batch or hold was used before in this fund, with other content. The first stands."""

    code = "WF-LED-003"


class UnknownAccount(WayfareError):
    """A batch or hold names an account that was never opened in its fund."""

    code = "WF-LED-004"


class Overdrawn(WayfareError):
    """The batch or hold would take an account below its floor, counting what is held for others."""

    code = "WF-LED-005"


class PeriodClosed(WayfareError):
    """The fund's books are closed for the month of the batch; closed months stay closed."""

    code = "WF-LED-006"


class AccountDiffers(WayfareError):
    """The account is open already, on other terms (another floor, or another name with the same number)."""

    code = "WF-LED-007"


class UnknownHold(WayfareError):
    """No hold with this key was placed in this fund."""

    code = "WF-LED-008"


class HoldResolved(WayfareError):
    """The hold was confirmed or released before. A hold resolves once."""

    code = "WF-LED-009"


class HoldNotMet(WayfareError):
    """A batch that confirms a hold must take from each held account exactly what is held."""

    code = "WF-LED-010"


class ReversalRefused(WayfareError):
    """A reversal mirrors one earlier batch of the same fund, row by row; a batch is reversed once, a reversal never."""

    code = "WF-LED-011"


class BatchEmpty(WayfareError):
    """A batch moves something or opens something."""

    code = "WF-LED-012"


class NotSealed(WayfareError):
    """A transaction tried to commit a batch without its seal, or to write rows outside an open batch of its own."""

    code = "WF-LED-013"


class AppendOnly(WayfareError):
    """Someone tried to change, delete or write rows of the books by a way other than posting a batch."""

    code = "WF-LED-014"


class BookDiffers(WayfareError):
    """What the book holds is not what was sealed: a row, a header, a hold, an account, a balance or a link was changed.

    `fund`, `number` and `key` name the first batch that differs, `what` says in what; number and key are None when it
    is nothing of a single batch.
    """

    code = "WF-LED-015"

    def __init__(
        self, found: str, *, next_step: str, fund: str = "", number: int | None = None, key: str | None = None,
        what: str = "",
    ) -> None:  # fmt: skip
        super().__init__(found, next_step=next_step)
        self.fund, self.number, self.key, self.what = fund, number, key, what


class FundOutOfView(WayfareError):
    """The session's viewer does not work for the place of this fund, so it cannot post there."""

    code = "WF-LED-016"


class SecondCharge(WayfareError):
    """A member was charged before for this month, by the same payer and to the same account, under whatever key.

    A charge is a contribution due for a member, from a contribution clearing account to the pool or their own account.
    """

    code = "WF-LED-017"


class FloorRefused(WayfareError):
    """The account holds less than the floor that was approved for it, counting what is held for others."""

    code = "WF-LED-018"


class HoldExpired(WayfareError):
    """A hold that expires on a day is confirmed before that day, or not at all."""

    code = "WF-LED-025"


class NotAMove(WayfareError):
    """Only a hold that prepares a move between funds says where its money goes, and can be confirmed as one."""

    code = "WF-LED-026"


class RootDiffers(WayfareError):
    """The books are not those that a daily root vouches for, or the root given is none that was kept."""

    code = "WF-LED-027"
