"""The errors of the law engine: all but the last few are found when a rulebook loads, never at a person's question."""

from __future__ import annotations

from wayfare.kernel.errors import WayfareError

__all__ = [
    "BadDeclaration", "BadFact", "BadGiven", "BadRulebook", "BoundsError", "ClauseError", "CycleInLaw", "GapInLaw",
    "TwoTextsInForce", "UnitError", "UnknownValue",
]  # fmt: skip


class BadDeclaration(WayfareError):
    """A rule file declares something that does not fit: an unknown level, a level that is not above, a bad option."""

    code = "WF-LAW-001"


class GapInLaw(WayfareError):
    """No version of a parameter or a clause is in force for the day and place asked about, and a decision needs one."""

    code = "WF-LAW-002"


class ClauseError(WayfareError):
    """A clause does something that a clause may not do: it branches, divides, holds a number, or reads another name."""

    code = "WF-LAW-003"


class UnitError(WayfareError):
    """A clause adds fen to months, compares a place with a year, adds truths, or breaks another rule of units."""

    code = "WF-LAW-004"


class BoundsError(WayfareError):
    """For some allowed input a clause could pass 64 bits, divide by zero or round a negative number."""

    code = "WF-LAW-005"


class CycleInLaw(WayfareError):
    """A value needs itself. Recursion over rows belongs in a scan."""

    code = "WF-LAW-006"


class TwoTextsInForce(WayfareError):
    """Two texts of one value, or two rows of one table, are in force on the same day in the same place."""

    code = "WF-LAW-007"


class UnknownValue(WayfareError):
    """A name is asked for that no fact, clause, move or parameter of the rulebook gives."""

    code = "WF-LAW-008"


class BadRulebook(WayfareError):
    """A file of a rule folder is not as STYLE.md asks: a bare yes or no, a float, an undated or uncited number."""

    code = "WF-LAW-009"


class BadFact(WayfareError):
    """A fact handed to the engine lies outside its declared bounds, or a level has more rows than it declares."""

    code = "WF-LAW-010"


class BadGiven(WayfareError):
    """A given value is not a number of its unit, lies outside its bounds, or names a value that cannot be given."""

    code = "WF-LAW-011"
