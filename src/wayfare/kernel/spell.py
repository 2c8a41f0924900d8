"""Stretches of time: days, and months.

A spell is half-open: it holds its first day and the first day after it, so that two spells that follow each other share
a boundary and no day is counted twice. An end of None means that the spell is still running. Screens and letters print
the last day inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Generic, Self, TypeVar

from wayfare.kernel.errors import WayfareError
from wayfare.kernel.month import Month

__all__ = ["EndBeforeStart", "MonthSpell", "NotADay", "Spell"]

Point = TypeVar("Point", date, Month)


class EndBeforeStart(WayfareError):
    """A spell ends on or before its start, so it would hold no day or month at all."""

    code = "WF-KRN-006"


class NotADay(WayfareError):
    """A boundary is not of its spell's kind: a calendar day (no time of day) for Spell, a Month for MonthSpell."""

    code = "WF-KRN-007"


@dataclass(frozen=True, slots=True)
class _HalfOpen(Generic[Point]):
    start: Point
    end: Point | None = None

    _holds: ClassVar[str]
    _kind: ClassVar[type]

    def __post_init__(self) -> None:
        for name, point in (("start", self.start), ("end", self.end)):
            # A moment is a date to Python, but a spell holds whole days.
            fits = isinstance(point, self._kind) and not isinstance(point, datetime)
            if not (fits or (name == "end" and point is None)):
                raise NotADay(
                    f"The {name} of a spell of {self._holds}s is {point!r}.",
                    next_step=f"Give a {self._holds}; the end may be None while the spell is still running.",
                )
        if self.end is not None and self.end <= self.start:
            raise EndBeforeStart(
                f"A spell from {self.start} to {self.end} holds no {self._holds}.",
                next_step=f"The end is the first {self._holds} after the spell; leave it open while it is running.",
            )

    @property
    def is_running(self) -> bool:
        """Whether the end is still open."""
        return self.end is None

    def contains(self, point: Point) -> bool:
        """Whether the day, or the month, lies inside."""
        return self.start <= point and (self.end is None or point < self.end)

    def overlaps(self, other: Self) -> bool:
        """Whether the two have a day, or a month, in common; spells that only touch do not."""
        starts_in_time = self.end is None or other.start < self.end
        return starts_in_time and (other.end is None or self.start < other.end)

    def intersection(self, other: Self) -> Self | None:
        """What the two have in common; None when that is nothing."""
        if not self.overlaps(other):
            return None
        ends = [end for end in (self.end, other.end) if end is not None]
        return type(self)(max(self.start, other.start), min(ends) if ends else None)

    def __str__(self) -> str:
        return f"{self.start}/{self.end if self.end is not None else '..'}"


@dataclass(frozen=True, slots=True)
class Spell(_HalfOpen[date]):
    """A stretch of days: `Spell(date(2019, 3, 1), date(2024, 6, 1))` is March 2019 to 31 May 2024.

    Raises NotADay when a boundary is not a calendar day, and EndBeforeStart when the spell would hold none.
    """

    _holds: ClassVar[str] = "day"
    _kind: ClassVar[type] = date

    @property
    def last_day(self) -> date | None:
        """The last day inside, as people write it; None while running."""
        return None if self.end is None else self.end - timedelta(days=1)

    @property
    def days(self) -> int | None:
        """How many days it holds; None while running."""
        return None if self.end is None else (self.end - self.start).days

    def days_until(self, day: date) -> int:
        """How many of its days lie before `day`; never less than zero."""
        stop = day if self.end is None else min(day, self.end)
        return max(0, (stop - self.start).days)


@dataclass(frozen=True, slots=True)
class MonthSpell(_HalfOpen[Month]):
    """A stretch of months; the end is the first month *not* covered: 2009-02 to 2013-06 is 52 months.

    Raises NotADay when a boundary is not a Month, and EndBeforeStart when the spell would hold none.
    """

    _holds: ClassVar[str] = "month"
    _kind: ClassVar[type] = Month

    @property
    def last_month(self) -> Month | None:
        """The last month inside; None while running."""
        return None if self.end is None else self.end - 1

    @property
    def months(self) -> int | None:
        """How many months it holds; None while running."""
        return None if self.end is None else self.end - self.start

    def months_until(self, month: Month) -> int:
        """How many of its months lie before `month`; never less than zero."""
        stop = month if self.end is None else min(month, self.end)
        return max(0, stop - self.start)

    def each_month_until(self, month: Month) -> Iterator[Month]:
        """Its months before `month`, in order."""
        return (self.start + number for number in range(self.months_until(month)))

    def as_days(self) -> Spell:
        """The same stretch in days."""
        return Spell(self.start.first_day, None if self.end is None else self.end.first_day)
