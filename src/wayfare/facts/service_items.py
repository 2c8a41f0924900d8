"""The items of the facts document that services look at: permits to live at a place, and papers at hand.

A paper is one kind of proof that an office may ask for. What other sections prove, such as a lease in one's own name or
a labour contract, is not stated here again; a paper is listed to say that it is held, or that it cannot be had and why.
"""

from __future__ import annotations

from datetime import date

from pydantic import ValidationInfo, field_validator

from wayfare.facts import errors
from wayfare.facts.items import DaySpell, Item
from wayfare.facts.values import Day, Identifier, PlaceCode, Text, refused
from wayfare.facts.vocabulary import PaperKind, PermitKind

__all__ = ["Paper", "Permit"]


class Permit(DaySpell):
    """A permit to live at a place, from the day of issue; `holder` is the id of one of `people`, else the person.

    `endorsed` is the day of the last endorsement. `counted_from` is the day from which the years of residence are
    counted anew after a late endorsement; the day of issue, when it is left out.
    """

    kind: PermitKind
    endorsed: Day | None = None
    counted_from: Day | None = None
    holder: Identifier | None = None

    @field_validator("endorsed", "counted_from")
    @classmethod
    def _after_the_issue(cls, day: date | None, info: ValidationInfo) -> date | None:
        start = info.data.get("start")
        if day is not None and start is not None and day < start:
            raise refused(
                errors.EndorsedBeforeIssue,
                f"The permit was issued on {start}, and {info.field_name} says {day}.",
                next_step="Check both days; `from` is the day of issue.",
            )
        return day


class Paper(Item):
    """One kind of paper: held or not, and when not, whether it can be had; `why` says why not.

    `place` is where it is about, when it is about one place.
    """

    kind: PaperKind
    held: bool = True
    can_be_had: bool = True
    why: Text | None = None
    place: PlaceCode | None = None
