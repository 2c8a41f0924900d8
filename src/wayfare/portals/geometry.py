"""Where things stand in the two forms of the line of life: months to pixels, lanes to rows, words to free room.

Time is linear: a month is a twelfth of a year wherever it falls. Both forms use the same scale of months with their own
origin and length, and put discs and words only where nothing else stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wayfare.kernel import Month, MonthSpell
from wayfare.portals.life_line import Group, Lane, LifeLine

__all__ = ["Row", "Scale", "WideLayout", "wide_layout"]

BAR = 24
PITCH = 34
HEADING = 24
ABOVE_HEADING = 12
TOP = 45
WIDTH = 1120
AXIS_START, AXIS_END = 176, 1112


@dataclass(frozen=True, slots=True)
class Scale:
    """Months along a line of pixels: `first` begins at `origin`, and `years` later stands `origin + length`."""

    first: Month
    years: int
    origin: float
    length: float

    @classmethod
    def over(cls, life: LifeLine, *, origin: float, length: float | None = None, per_year: float = 0) -> Scale:
        """The whole years of a life, over a length or at so many pixels a year."""
        first = Month.at(life.start.year * 12)
        years = -(-(life.last_drawn.index + 1) // 12) - first.year
        return cls(first, years, origin, length if length is not None else years * per_year)

    def at(self, month: Month) -> float:
        """Where the first day of a month stands."""
        return self.origin + (month.index - self.first.index) * self.length / (self.years * 12)

    def span(self, months: MonthSpell, end: Month) -> tuple[float, float] | None:
        """Where a spell begins and ends within the picture, a running one at `end`; None when it lies outside."""
        start = max(months.start, self.first)
        stop = end if months.end is None else months.end
        return (self.at(start), self.at(stop)) if start < stop else None

    def year_marks(self) -> tuple[tuple[int, float], ...]:
        """Each year with where it begins."""
        return tuple((self.first.year + number, self.at(self.first + 12 * number)) for number in range(self.years))


@dataclass(slots=True)
class Row:
    """What is taken along one lane, so that discs and words can look for room; bars take none until they have words."""

    start: float
    end: float
    taken: list[tuple[float, float]] = field(default_factory=list)

    def take(self, start: float, end: float) -> None:
        """Mark a stretch as taken."""
        self.taken.append((start, end))

    def is_free(self, start: float, end: float) -> bool:
        """Whether a stretch lies inside the row and touches nothing taken."""
        return self.start <= start and end <= self.end and all(end <= a or b <= start for a, b in self.taken)

    def nearest(self, centre: float, width: float) -> float:
        """The free centre for something of that width, nearest to where it belongs; that centre itself if none is."""
        half = width / 2
        edges = [centre, *(side for a, b in self.taken for side in (a - half, b + half))]
        free = [each for each in edges if self.is_free(each - half, each + half)]
        return min(free, key=lambda each: abs(each - centre), default=centre)

    def room_within(self, start: float, end: float, width: float) -> float | None:
        """Where in a stretch something of that width first fits; None when it does not."""
        starts = sorted([start, *(b for _, b in self.taken if start < b < end)])
        return next((each for each in starts if each + width <= end and self.is_free(each, each + width)), None)


@dataclass(frozen=True, slots=True)
class WideLayout:
    """The wide form's rows: the top of each lane's bar, its group headings with their tops, and the whole height."""

    scale: Scale
    tops: tuple[float, ...]
    headings: tuple[tuple[Group, float], ...]
    bottom: float

    @property
    def height(self) -> float:
        """The height of the whole picture, with the years below."""
        return self.bottom + 28


def wide_layout(life: LifeLine) -> WideLayout:
    """Lanes from top to bottom with a heading before each group."""
    tops, headings, bottom = _stacked(life.lanes)
    scale = Scale.over(life, origin=AXIS_START, length=AXIS_END - AXIS_START)
    return WideLayout(scale, tops, headings, bottom)


def _stacked(lanes: Sequence[Lane]) -> tuple[tuple[float, ...], tuple[tuple[Group, float], ...], float]:
    tops: list[float] = []
    headings: list[tuple[Group, float]] = []
    below: float = TOP
    for number, lane in enumerate(lanes):
        if number == 0 or lane.group is not lanes[number - 1].group:
            below += ABOVE_HEADING
            headings.append((lane.group, below))
            below += HEADING
        tops.append(below)
        below += PITCH
    return tuple(tops), tuple(headings), below - PITCH + BAR + 7


def slots(spans: Iterable[tuple[float, float]], most: int) -> list[int]:
    """A slot for each stretch so that those side by side differ, at most so many; the last slot takes the rest."""
    ends: list[float] = []
    given: list[int] = []
    for start, end in spans:
        number = next((slot for slot, taken in enumerate(ends) if taken <= start), len(ends))
        number = min(number, most - 1)
        if number == len(ends):
            ends.append(end)
        else:
            ends[number] = max(ends[number], end)
        given.append(number)
    return given
