"""The line of life as values: lanes of dated bars, what two lanes share, money that moved, and events.

One person's whole path stands on one axis of months: where they were registered, lived and worked, which funds they
paid, and where they worked without insurance. Both drawn forms, the list of events and the table are made from these
values alone, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wayfare.kernel import Money, Month, MonthSpell, Place, Spell
from wayfare.portals.errors import LifeUndrawable

__all__ = [
    "EMPLOYERS_DUTY",
    "TINTS",
    "Bar",
    "BarKind",
    "Contribution",
    "Event",
    "Group",
    "Lane",
    "LaneKind",
    "LifeLine",
    "MoneyMoved",
    "Note",
    "Overlap",
    "PaidOut",
    "stretches",
]

TINTS = 6
"""How many place colours there are; a seventh place takes the last one and its letters."""


class BarKind(StrEnum):
    """How a stretch of a lane is drawn."""

    STAY = "stay"
    JOB = "job"
    PAID = "paid"
    KEPT = "kept"
    GAP = "gap"
    ENDED = "ended"
    TEMPORARY = "temporary"


class LaneKind(StrEnum):
    """What a lane is about."""

    REGISTERED = "registered"
    LIVED = "lived"
    WORKED = "worked"
    NOT_INSURED = "not_insured"
    DRAWN = "drawn"
    FUND = "fund"
    EARLIER_FUNDS = "earlier_funds"


class Group(StrEnum):
    """The heading a lane stands under."""

    PLACES = "places"
    PENSION = "pension"
    MEDICAL = "medical"


@dataclass(frozen=True, slots=True)
class Note:
    """One further fact about a bar: the key of its sentence (`note.<key>`), and the value for its one slot."""

    key: str
    value: Money | date | int | str | tuple[str, ...] | None = None


EMPLOYERS_DUTY = (Note("employers_duty"),)
"""The mark of a gap in which the person was an employee, whom the employer had to insure."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a lane, in half-open months; an end of None is still running.

    `days` are the true days of a stay or a job, for the table; `label` names a job (its trade) as the document does.
    """

    kind: BarKind
    months: MonthSpell
    place: Place
    days: Spell | None = None
    label: str | None = None
    notes: tuple[Note, ...] = ()
    source: str | None = None
    """Where the fact comes from, as the document writes it."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the picture: its bars in order of time. A fund's lane has a scheme and the fund's place."""

    kind: LaneKind
    group: Group
    bars: tuple[Bar, ...]
    place: Place | None = None
    scheme: str | None = None
    folded: int = 0
    """How many funds an `earlier_funds` lane stands for."""

    def paid_month_indexes(self, until: Month) -> frozenset[int]:
        """The months paid in this lane before `until`, by index; what was paid out again is not among them."""
        return self._indexes(until, BarKind.PAID, BarKind.TEMPORARY)

    def covered_month_indexes(self, until: Month) -> frozenset[int]:
        """The months in which somebody paid here, also those that were paid out later: they were no gap."""
        return self._indexes(until, BarKind.PAID, BarKind.TEMPORARY, BarKind.ENDED)

    def _indexes(self, until: Month, *kinds: BarKind) -> frozenset[int]:
        bars = (bar for bar in self.bars if bar.kind in kinds)
        return frozenset(month.index for bar in bars for month in bar.months.each_month_until(until))


@dataclass(frozen=True, slots=True)
class Overlap:
    """Months that two lanes, named by their places in the order of lanes, both paid."""

    upper: int
    lower: int
    months: MonthSpell


@dataclass(frozen=True, slots=True)
class MoneyMoved:
    """Money that went from one fund to another in a month; `account` is the part from the person's own account."""

    scheme: str
    origin: Place
    destination: Place
    month: Month
    amount: Money
    account: Money | None = None
    destination_scheme: str | None = None
    """Another scheme, when the two are linked; None for the same."""

    @property
    def reaches(self) -> tuple[str, Place]:
        """The scheme and place of the fund that received it."""
        return self.destination_scheme or self.scheme, self.destination


@dataclass(frozen=True, slots=True)
class PaidOut:
    """A relation that was ended, with the balance paid to the person: what was paid in before no longer counts."""

    scheme: str
    place: Place
    month: Month
    amount: Money | None
    """None when nobody says how much it was."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, told under its number; `lane` is where its disc stands.

    `kind` names its sentences (`event.<kind>.title` and `.text`), `months` is when, and the rest fills their slots.
    """

    kind: str
    lane: int
    months: MonthSpell
    origin: Place | None = None
    place: Place | None = None
    scheme: str | None = None
    amount: Money | None = None
    account: Money | None = None
    count: int = 0
    to_lane: int | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """One line of a fund's record, for the table: a stretch of months with one base and kind."""

    scheme: str
    place: Place
    months: MonthSpell
    kind: str
    base: Money | None = None
    contribution: Money | None = None
    subsidy: Money | None = None
    collective: Money | None = None
    is_assumed: bool = False
    source: str | None = None


@dataclass(frozen=True, slots=True)
class LifeLine:
    """A whole life on one axis, from `start` to `today`, the month that is running.

    `places` are provinces in order of arrival; the first is the place of registration. Raises LifeUndrawable.
    """

    start: Month
    today: Month
    lanes: tuple[Lane, ...]
    places: tuple[Place, ...]
    overlaps: tuple[Overlap, ...] = ()
    events: tuple[Event, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    moved: tuple[MoneyMoved, ...] = ()
    paid_out: tuple[PaidOut, ...] = ()
    born: date | None = None
    is_past: bool = False
    """Whether `today` is only the month asked about, which lies before the day the picture is made."""
    retires: Month | None = None
    """The month of pension age, as the law answers; work after it leaves no gap."""
    _tints: dict[Place, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        if not self.lanes:
            raise LifeUndrawable("The line of life has no lane.", next_step="Add a registration, a home or a job.")
        if self.today < self.start:
            raise LifeUndrawable(
                f"The line of life begins in {self.start} and today is {self.today}.",
                next_step="Give the month of today, which is not before the first month of the life shown.",
            )
        named = [number for each in self.overlaps for number in (each.upper, each.lower)]
        named += [number for each in self.events for number in (each.lane, each.to_lane) if number is not None]
        if any(not 0 <= number < len(self.lanes) for number in named):
            raise LifeUndrawable(
                f"An overlap or event names a lane outside the {len(self.lanes)} there are.",
                next_step="Count lanes from 0 in the order in which they are drawn.",
            )
        self._tints.update({place: min(number, TINTS) for number, place in enumerate(self.places, start=1)})

    @property
    def end(self) -> Month:
        """Up to which month running spells are counted and drawn: the month that is running is not full yet."""
        return self.today

    @property
    def last_drawn(self) -> Month:
        """The first month after all that is drawn, which may lie after today."""
        ends = [bar.months.end for lane in self.lanes for bar in lane.bars if bar.months.end is not None]
        return max([self.end, *ends])

    def tint(self, place: Place) -> int:
        """The number of the colour of the province a place lies in, 1 to 6."""
        return self._tints.get(place.province, TINTS)

    def provinces_worked(self) -> tuple[Place, ...]:
        """The provinces worked in, in order of arrival."""
        worked = {bar.place.province for lane in self.lanes if lane.kind is LaneKind.WORKED for bar in lane.bars}
        return tuple(place for place in self.places if place in worked)

    def counted_months(self) -> int:
        """Months paid under the employees' pension in any fund, each once; what was paid out no longer counts."""
        lanes = [lane for lane in self.lanes if lane.scheme == "employee_pension"]
        return len(frozenset[int]().union(*(lane.paid_month_indexes(self.end) for lane in lanes)))

    def gap_months(self, *, as_employee: bool = False) -> int:
        """Months worked without employees' pension insurance; or only those worked as an employee."""
        gaps = [lane for lane in self.lanes if lane.kind is LaneKind.NOT_INSURED and lane.group is Group.PENSION]
        bars = [bar for lane in gaps for bar in lane.bars if not as_employee or bar.notes == EMPLOYERS_DUTY]
        return sum(bar.months.months_until(self.end) for bar in bars)

    def holding_funds(self) -> int:
        """How many pension funds still hold a record of this person."""
        held = (BarKind.PAID, BarKind.TEMPORARY, BarKind.KEPT)
        return sum(
            any(bar.kind in held and bar.months.is_running for bar in lane.bars)
            for lane in self.lanes
            if lane.group is Group.PENSION and lane.kind is LaneKind.FUND
        )


def stretches(months: Iterable[int]) -> tuple[MonthSpell, ...]:
    """The unbroken runs of a set of months, given by index, in order."""
    runs: list[tuple[int, int]] = []
    for index in sorted(set(months)):
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return tuple(MonthSpell(Month.at(first), Month.at(end)) for first, end in runs)
