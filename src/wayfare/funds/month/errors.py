"""What the office's month refuses, and what to do about it. Line errors are reported, never raised past the import."""

from __future__ import annotations

from wayfare.kernel.errors import WayfareError

__all__ = [
    "ImportFileWrong",
    "LineContradicts",
    "LineUnknownName",
    "LineWrong",
    "MonthNotAssessed",
    "NoClauses",
    "PaymentPlaced",
    "UnknownPayer",
    "UnknownPayment",
]


class NoClauses(WayfareError):
    """The rulebook has no clauses yet that say who pays what into a fund of this insurance.

    The month is then not run: another insurance's numbers would be wrong.
    """

    code = "WF-FND-001"


class ImportFileWrong(WayfareError):
    """The file as a whole cannot be read: no heading, or one without the columns that the records need."""

    code = "WF-FND-002"


class LineWrong(WayfareError):
    """A field of this line cannot be read as what its column says; the line is left out and the others are kept."""

    code = "WF-FND-003"


class LineContradicts(WayfareError):
    """The line says something else than an earlier line about the same thing, where both cannot hold.

    Within a file each thing is said once. A payment, once recorded, is what the bank said and stays so.
    """

    code = "WF-FND-004"


class LineUnknownName(WayfareError):
    """The line names an employer or a member whom the fund has no record of; the line is left out."""

    code = "WF-FND-005"


class UnknownPayer(WayfareError):
    """The fund has no record of this employer, or of this member as one who pays alone."""

    code = "WF-FND-006"


class UnknownPayment(WayfareError):
    """The fund has no record of this payment."""

    code = "WF-FND-007"


class PaymentPlaced(WayfareError):
    """The payment does not lie in suspense: its payer was found before."""

    code = "WF-FND-008"


class MonthNotAssessed(WayfareError):
    """Nobody is enrolled in the fund in this month, or it has not begun, so there is nothing to assess."""

    code = "WF-FND-009"
