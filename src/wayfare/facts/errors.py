"""The faults a facts document can have, one class and one code for each kind.

A fault means that the document cannot be read as it stands; it never means that a person has no right. Each error names
the field by its path below `facts` (`insurance[0].years[2].base`), and when one document has several faults the first
is raised and the rest travel with it in `others`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wayfare.kernel.errors import WayfareError

__all__ = [
    "AssumedUnknown",
    "BadIdentityNumber",
    "BadMonthsList",
    "BadText",
    "BeforeBirth",
    "BornAfterQuestion",
    "DegreeBelowBachelor",
    "DuplicateKey",
    "EndBeforeStart",
    "EndorsedBeforeIssue",
    "EvidenceTwice",
    "ExclusiveOverlap",
    "FactsError",
    "HolderUnknown",
    "IdentifierTwice",
    "ImpossibleDay",
    "ImpossibleMoment",
    "ImpossibleMonth",
    "MissingField",
    "MonthOutsideSpell",
    "MonthTwice",
    "NotANumber",
    "NotAnObject",
    "NotFinite",
    "NotJson",
    "OutOfBounds",
    "PaperTwice",
    "PartsOverBill",
    "SurrenderBeforeEnd",
    "TooDeep",
    "TooLarge",
    "TooMany",
    "UnknownChoice",
    "UnknownField",
    "UnknownPlace",
    "WrongEncoding",
    "WrongGroup",
    "WrongType",
]


class FactsError(WayfareError):
    """A facts document cannot be read as it stands; every fault of a document is one of the classes below."""

    code = "WF-FAC-000"
    others: tuple[FactsError, ...] = ()

    def all(self) -> tuple[FactsError, ...]:
        """This fault and the others found in the same document, in the order of the document."""
        return (self, *self.others)

    def at_line(self, line: int) -> FactsError:
        """The same faults, said of a line of a stream."""
        for fault in self.all():
            fault.line = line
        return self

    def as_document(self) -> dict[str, Any]:
        """The error object of the public interface; `others` lists the document's further faults, when it has any."""
        shown = super().as_document()
        if self.others:
            shown["others"] = [other.as_document() for other in self.others]
        return shown


def first_of(faults: Iterable[FactsError]) -> FactsError:
    """The first fault, carrying the rest; the caller raises it."""
    first, *rest = faults
    first.others = tuple(rest)
    return first


class WrongEncoding(FactsError):
    """The bytes are not plain UTF-8: another encoding such as GBK or UTF-16, or a byte order mark in front."""

    code = "WF-FAC-001"


class NotJson(FactsError):
    """The text is not JSON; the message gives the line and the column where reading stopped."""

    code = "WF-FAC-002"


class DuplicateKey(FactsError):
    """An object names the same field twice, so that one of the two values would be lost unseen."""

    code = "WF-FAC-003"


class NotAnObject(FactsError):
    """The document is JSON, but a list, a text or a number where one object is asked for."""

    code = "WF-FAC-004"


class TooLarge(FactsError):
    """The document is longer than one person's facts can be."""

    code = "WF-FAC-005"


class TooDeep(FactsError):
    """Objects and lists are nested deeper than any facts document is."""

    code = "WF-FAC-006"


class NotFinite(FactsError):
    """NaN or Infinity, which JSON does not have and no fact can be."""

    code = "WF-FAC-007"


class UnknownField(FactsError):
    """A field that the facts document does not have; a misspelt fact would otherwise be left out unseen."""

    code = "WF-FAC-008"


class MissingField(FactsError):
    """A field without which the item says nothing, such as the place of a spell."""

    code = "WF-FAC-009"


class WrongType(FactsError):
    """A value of another JSON type than the field has, such as a number where money is written as text."""

    code = "WF-FAC-010"


class NotANumber(FactsError):
    """Text that is not an amount of money in yuan with two decimals."""

    code = "WF-FAC-011"


class ImpossibleDay(FactsError):
    """Text that is not a day of the calendar written as 2024-06-01."""

    code = "WF-FAC-012"


class ImpossibleMonth(FactsError):
    """Text that is not a month written as 2024-06."""

    code = "WF-FAC-013"


class BadMonthsList(FactsError):
    """Text that does not list months of a year in ascending order, such as 2-12 or 1-3,7."""

    code = "WF-FAC-014"


class UnknownPlace(FactsError):
    """A code that no place of China has now or ever had in GB/T 2260."""

    code = "WF-FAC-015"


class UnknownChoice(FactsError):
    """A word that is not among those the field knows."""

    code = "WF-FAC-016"


class OutOfBounds(FactsError):
    """A number or a date outside the bounds that the law's arithmetic declares for it."""

    code = "WF-FAC-017"


class BadText(FactsError):
    """Text that is empty, too long, of the wrong form for a name, or holds characters that cannot be written."""

    code = "WF-FAC-018"


class BadIdentityNumber(FactsError):
    """A resident identity number whose length, place, birth date or check digit is wrong."""

    code = "WF-FAC-019"


class EndBeforeStart(FactsError):
    """A spell that ends before it starts, or on the day it starts; `to` is the first day after it."""

    code = "WF-FAC-020"


class ExclusiveOverlap(FactsError):
    """Two spells that cannot both be so at once: two registrations, or one insurance at one place recorded twice."""

    code = "WF-FAC-021"


class BornAfterQuestion(FactsError):
    """The person is born after the day the question asks about."""

    code = "WF-FAC-022"


class BeforeBirth(FactsError):
    """A spell or a record that begins before the person is born."""

    code = "WF-FAC-023"


class MonthOutsideSpell(FactsError):
    """A year of contributions lists a month that its insurance spell does not cover."""

    code = "WF-FAC-024"


class MonthTwice(FactsError):
    """One insurance spell records the same month twice."""

    code = "WF-FAC-025"


class IdentifierTwice(FactsError):
    """Two items of a document have the same id, so that a reason could not say which it means."""

    code = "WF-FAC-026"


class AssumedUnknown(FactsError):
    """`assumed` names a field that its item does not have."""

    code = "WF-FAC-027"


class ImpossibleMoment(FactsError):
    """Text that is not a moment in UTC written as 2024-06-03T00:00:00Z."""

    code = "WF-FAC-028"


class WrongGroup(FactsError):
    """A retirement group that the law does not have for the person's sex."""

    code = "WF-FAC-029"


class TooMany(FactsError):
    """More items of one kind than the law's arithmetic declares for one person."""

    code = "WF-FAC-030"


class SurrenderBeforeEnd(FactsError):
    """An insurance relation that was surrendered and yet has months after that day, or no end."""

    code = "WF-FAC-031"


class HolderUnknown(FactsError):
    """A permit names a holder who is not among the people of the document."""

    code = "WF-FAC-032"


class EndorsedBeforeIssue(FactsError):
    """A permit that was endorsed, or whose years are counted, from before the day of its issue."""

    code = "WF-FAC-033"


class PaperTwice(FactsError):
    """The same kind of paper is stated twice, so that one of the two statements would be lost."""

    code = "WF-FAC-034"


class EvidenceTwice(FactsError):
    """The same item of a points table is stated twice, so that one of the two amounts would be lost."""

    code = "WF-FAC-035"


class DegreeBelowBachelor(FactsError):
    """A degree stated of a level of education that gives none: below a bachelor's."""

    code = "WF-FAC-036"


class PartsOverBill(FactsError):
    """A medical claim whose parts come to more than its bill."""

    code = "WF-FAC-040"
