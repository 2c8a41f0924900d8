"""What the five directions of mobility come to for one person, as plain values that a page or a terminal can show.

Each path is one direction, projected to retirement under listed assumptions and put to the same law. Money is at the
prices of the year asked about unless its name ends in `then`; a value that is not known is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from wayfare.facts import Document
from wayfare.kernel import Money, Month, Place
from wayfare.kernel.reason import Reason
from wayfare.kernel.status import Status

__all__ = ["Direction", "FundShare", "Loss", "Path", "Paths", "Setting", "Stay", "Turning", "Warned"]

Label = Mapping[str, str]
"""A text in both languages, by `en` and `zh`."""


class Direction(StrEnum):
    """The five directions of the survey of migrants (seed 000, table 1)."""

    SETTLE = "settle"
    MOVE_ON = "move_on"
    RETURN_HOME = "return_home"
    CIRCULATE = "circulate"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Setting:
    """One assumption about the years ahead: its value as people write it, and on what it rests; any can be given."""

    name: str
    value: str
    unit: str
    status: Status
    label: Label
    why: Label

    def as_document(self) -> dict[str, Any]:
        return {
            "name": self.name, "value": self.value, "unit": self.unit, "status": self.status.value,
            "why": self.why["en"], "label": dict(self.label), "why_zh": self.why["zh"],
        }  # fmt: skip


@dataclass(frozen=True)
class Stay:
    """Months ahead in one place, `end` not in it; `insured_months` of them are paid, on an account of that kind."""

    place: Place
    start: Month
    end: Month
    insured_months: int
    is_temporary: bool


@dataclass(frozen=True)
class FundShare:
    """What one province's fund holds at retirement, and what it passes on to the place that pays; yuan of then."""

    place: Place
    months: int
    can_pay: bool
    account_then: Money
    account_passed_then: Money
    pooled_passed_then: Money


@dataclass(frozen=True)
class Loss:
    """What a path gives less than the best path over the payout months of its retirement age, part by part.

    A part is negative where this path gives more. `account_paid_once` is the account of those who get no monthly
    pension because their months are too few. The parts add up to the total.
    """

    basic: Money
    account: Money
    transitional: Money
    account_paid_once: Money

    @property
    def total(self) -> Money:
        return Money.total((self.basic, self.account, self.transitional, self.account_paid_once))


@dataclass(frozen=True)
class Warned:
    """A step of a path that loses something, found by asking the law with the step and without it.

    `loss` is what the step costs a month, at today's prices; `pays_with` and `pays_without` are the places that pay.
    `without` is the document without the step, so that anyone can ask it again.
    """

    code: str
    place: Place
    month: Month
    loss: Money
    pays_with: Place | None
    pays_without: Place | None
    say: Label
    without: Document


@dataclass(frozen=True)
class Turning:
    """Something that would change a path: what, and the pension and place it then has."""

    code: str
    say: Label
    pension: Money
    place_of_benefit: Place
    difference: Money


@dataclass(frozen=True)
class Path:
    """One direction and what it comes to; where something is missing, only name, label and `missing` are set."""

    name: Direction
    label: Label
    stays: tuple[Stay, ...] = ()
    award_month: Month | None = None
    place_of_benefit: Place | None = None
    counted_months: int | None = None
    minimum_months: int | None = None
    contribution_years: str | None = None
    pension: Money | None = None
    pension_then: Money | None = None
    basic_pension: Money | None = None
    account_pension: Money | None = None
    transitional_pension: Money | None = None
    payout_months: str | None = None
    account_balance_then: Money | None = None
    funds: tuple[FundShare, ...] = ()
    loss: Loss | None = None
    lost_value: Money | None = None
    warnings: tuple[Warned, ...] = ()
    changes: tuple[Turning, ...] = ()
    same_as: Direction | None = None
    document: Document | None = None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Mapping[str, Any], ...] = ()

    @property
    def missing_months(self) -> int | None:
        """Months short of the minimum at retirement."""
        if self.counted_months is None or self.minimum_months is None:
            return None
        return max(self.minimum_months - self.counted_months, 0)


@dataclass(frozen=True)
class Paths:
    """The paths of one person in the order of the survey, the best of them, and the settings they all share.

    `range` is the least and the greatest pension of the paths with a known one. `price_year` is the year whose prices
    money is told in.
    """

    price_year: int
    paths: tuple[Path, ...]
    settings: tuple[Setting, ...]
    best: Direction | None = None
    range: tuple[Money, Money] | None = None
    notes: tuple[Label, ...] = field(default=())
