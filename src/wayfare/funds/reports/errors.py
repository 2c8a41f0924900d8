"""What reports and exports refuse."""

from __future__ import annotations

from wayfare.kernel.errors import WayfareError

__all__ = [
    "BankClosingUnknown",
    "BankColumnsMissing",
    "BankLineWrong",
    "BankStatementDiffers",
    "ExportNotWritten",
    "ExportTooLong",
    "ExportUnknown",
    "NothingBooked",
    "ReportUnbalanced",
]


class ReportUnbalanced(WayfareError):
    """The figures of a report do not add up: a report is refused rather than shown wrong.

    A trial balance sums to zero, opening and moves make the closing, open items make the balance.
    """

    code = "WF-FND-045"


class BankColumnsMissing(WayfareError):
    """A bank statement lacks a column that it needs: `id`, `on`, and `amount` or both of `in` and `out`."""

    code = "WF-FND-046"


class BankLineWrong(WayfareError):
    """A line of a bank statement cannot be read, or its id stands for another line already; the good lines are kept."""

    code = "WF-FND-047"


class BankStatementDiffers(WayfareError):
    """Days of a bank account were imported before, as another stretch or with other balances."""

    code = "WF-FND-048"


class NothingBooked(WayfareError):
    """There is no such fund, account or batch in the books within view, so no figure leads anywhere."""

    code = "WF-FND-049"


class BankClosingUnknown(WayfareError):
    """Neither the file nor the caller says what the bank's balance was before and after, so nothing can be checked."""

    code = "WF-FND-050"


class ExportUnknown(WayfareError):
    """The ending of the file names no format, or the format cannot hold what is to be exported."""

    code = "WF-FND-051"


class ExportTooLong(WayfareError):
    """A table has more rows than the format can hold; nothing was written."""

    code = "WF-FND-052"


class ExportNotWritten(WayfareError):
    """The file could not be written; an earlier file of this name is as it was."""

    code = "WF-FND-053"


class BankLineNotOpen(WayfareError):
    """The bank has no such line, or the book holds it already, so it cannot be booked."""

    code = "WF-FND-054"


class BankLineAccount(WayfareError):
    """A line of the bank was to be booked to an account that has its own command, or that no line may move."""

    code = "WF-FND-055"
