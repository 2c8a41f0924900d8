"""What the office that pays benefits refuses, and what to do about it."""

from __future__ import annotations

from wayfare.kernel.errors import WayfareError

__all__ = [
    "AmountDiffers",
    "AmountOpen",
    "BenefitDiffers",
    "DecisionWrong",
    "InstalmentWrong",
    "NotDead",
    "NotInPayment",
    "NothingOverpaid",
    "PayrollMissing",
    "PayrollOutOfOrder",
    "PoolLacks",
    "RecoveryOpen",
    "RepaidTooMuch",
]


class BenefitDiffers(WayfareError):
    """The person draws a benefit from this fund by another decision, and the new one does not replace that."""

    code = "WF-FND-020"


class DecisionWrong(WayfareError):
    """A benefit is paid by a decision kept in mode decision, about this person, of the right question, and in force."""

    code = "WF-FND-021"


class AmountOpen(WayfareError):
    """The decision gives no amount, or leaves it open because a fact was missing, so nothing can be paid by it."""

    code = "WF-FND-022"


class NotInPayment(WayfareError):
    """No benefit of this person was put into payment in this fund."""

    code = "WF-FND-023"


class PayrollOutOfOrder(WayfareError):
    """Payrolls of a fund are run month after month; a month is not left out, and none comes after a later one."""

    code = "WF-FND-024"


class PoolLacks(WayfareError):
    """The pooled fund lacks money for the month's pensions. Nothing was posted."""

    code = "WF-FND-025"


class PayrollMissing(WayfareError):
    """The bank cannot have paid a payroll that was not run."""

    code = "WF-FND-026"


class NothingOverpaid(WayfareError):
    """The books show no month for which more was paid than was due, so there is nothing to pay back."""

    code = "WF-FND-027"


class InstalmentWrong(WayfareError):
    """An instalment is a positive amount, and not more than what is to be paid back."""

    code = "WF-FND-028"


class RepaidTooMuch(WayfareError):
    """More was paid back than is owed."""

    code = "WF-FND-029"


class NotDead(WayfareError):
    """An account is inherited after a death that was reported to this fund."""

    code = "WF-FND-030"


class RecoveryOpen(WayfareError):
    """Pensions were paid for months after the death; they go back to the fund before the account is inherited."""

    code = "WF-FND-031"


class AmountDiffers(WayfareError):
    """The decision gives the heirs another amount than the account holds."""

    code = "WF-FND-032"
