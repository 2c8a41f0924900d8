"""The five directions as courses: which months ahead are paid in which place, until the month of retirement.

A course is the projected part of a life and nothing else; `documents` writes it into the facts. Warnings and ways to
another outcome are other courses made from one, by leaving months out or paying them elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from wayfare.decisions.paths.settings import Outlook
from wayfare.decisions.paths.start import Retirement, Start
from wayfare.decisions.paths.values import Direction, Stay
from wayfare.kernel import Month, Place

__all__ = ["PER_WHOLE", "Course", "course", "needs"]

PER_WHOLE = 10_000  # shares come in ten-thousandths


@dataclass(frozen=True)
class Course:
    """The months ahead of one direction: (month, place) for each that is paid, in order of time.

    `stretches` are all months ahead by place, paid or not, ends not in them; `temporary` are the provinces whose
    account is a temporary one; `hukou_to` is the place that the registration moves to now.
    """

    direction: Direction
    stretches: tuple[tuple[Place, int, int], ...]
    months: tuple[tuple[int, Place], ...]
    retirement: Retirement
    first: int  # the first month ahead
    here: Place
    temporary: frozenset[Place] = frozenset()
    hukou_to: Place | None = None

    @property
    def award(self) -> int:
        return self.retirement.award

    @property
    def award_year(self) -> int:
        return Month.at(self.award).year

    @property
    def provinces(self) -> tuple[Place, ...]:
        """The provinces paid in, in the order of the first month there."""
        return tuple(dict.fromkeys(place.province for _, place in self.months))

    def paid_in(self, province: Place) -> tuple[int, ...]:
        return tuple(m for m, place in self.months if place.province == province)

    def pays_as(self, other: Course) -> bool:
        """Whether both pay the same months in the same provinces, on the same accounts, with one registration."""
        mine, others = (tuple((m, place.province) for m, place in c.months) for c in (self, other))
        return (mine, self.temporary, self.hukou_to) == (others, other.temporary, other.hukou_to)

    def without(self, is_dropped: Callable[[int, Place], bool]) -> Course:
        """The same course without some months."""
        return replace(self, months=tuple((m, p) for m, p in self.months if not is_dropped(m, p)))

    def with_place(self, moved: Iterable[int], place: Place) -> Course:
        """The same course with some months paid in one place, whether they were paid elsewhere or not at all."""
        return replace(self, months=tuple(sorted((dict(self.months) | dict.fromkeys(moved, place)).items())))

    def awarded(self, month: int) -> Course:
        """The same course with retirement in an earlier month: the months after it go."""
        kept = tuple(each for each in self.months if each[0] <= month)
        return replace(self, months=kept, retirement=replace(self.retirement, award=month, is_chosen=True))

    def paid_on(self, months: int, province: Place) -> Course:
        """The same course with so many months more, paid after the month of retirement in the province that pays."""
        places = [place for _, place in self.months if place.province == province]
        first = max(self.award + 1, self.first)
        more = tuple((m, places[-1] if places else province) for m in range(first, first + months))
        later = replace(self.retirement, award=first + months - 1, is_chosen=True)
        return replace(self, months=(*self.months, *more), retirement=later)

    def stays(self) -> tuple[Stay, ...]:
        """The stretches with how many of their months are paid."""
        return tuple(
            Stay(
                place, Month.at(start), Month.at(end), sum(start <= m < end for m, _ in self.months),
                place.province in self.temporary,
            )
            for place, start, end in self.stretches
        )  # fmt: skip


def needs(direction: Direction) -> tuple[str, ...]:
    """The settings that a direction cannot do without."""
    more = {
        Direction.MOVE_ON: ("next_place",), Direction.RETURN_HOME: ("home_place",), Direction.CIRCULATE: ("home_place",)
    }  # fmt: skip
    return ("here_place", *more.get(direction, ()))


def course(direction: Direction, start: Start, retirement: Retirement, outlook: Outlook) -> Course:
    """A direction from the month asked about to retirement; the places it needs are known."""
    stretches = tuple(_joined(_stretches(direction, start.first, retirement.award + 1, outlook)))
    months = tuple(
        (month, place) for place, first, end in stretches for month in _insured(first, end, _share(place, outlook))
    )
    follows = direction is Direction.SETTLE and outlook.number("hukou_follows")
    here = outlook.place("here_place")
    assert here is not None  # the caller has asked for it
    return Course(direction, stretches, months, retirement, start.first, here, hukou_to=here if follows else None)


def _stretches(direction: Direction, first: int, end: int, outlook: Outlook) -> Iterator[tuple[Place, int, int]]:
    here, home, onward = (outlook.place(n) for n in ("here_place", "home_place", "next_place"))
    assert here is not None  # the caller has asked for it
    left = min(first + outlook.number("stay_months"), end)
    if direction in (Direction.SETTLE, Direction.UNDECIDED):
        yield here, first, end
    elif direction is Direction.MOVE_ON and onward is not None:
        yield from ((here, first, left), (onward, left, end))
    elif direction is Direction.RETURN_HOME and home is not None:
        yield from ((here, first, left), (home, left, end))
    elif home is not None:
        yield from _rounds(here, home, first, end, outlook)


def _rounds(here: Place, home: Place, first: int, end: int, outlook: Outlook) -> Iterator[tuple[Place, int, int]]:
    while first < end:
        for place, name in ((here, "round_here_months"), (home, "round_home_months")):
            last = min(first + outlook.number(name), end)
            yield place, first, last
            first = last


def _joined(stretches: Iterable[tuple[Place, int, int]]) -> Iterator[tuple[Place, int, int]]:
    """Stretches that hold something, neighbours in one place as one."""
    for place, same in groupby((s for s in stretches if s[1] < s[2]), key=lambda s: s[0]):
        found = list(same)
        yield place, found[0][1], found[-1][2]


def _share(place: Place, outlook: Outlook) -> int:
    home, here = outlook.place("home_place"), outlook.place("here_place")
    is_home = home is not None and place == home and place != here
    return outlook.number("home_insured_share" if is_home else "insured_share")


def _insured(first: int, end: int, share: int) -> Iterator[int]:
    """The months of a stretch that are paid, spread evenly: as many as the share of the months passed."""
    for passed, month in enumerate(range(first, end)):
        if (passed + 1) * share // PER_WHOLE > passed * share // PER_WHOLE:
            yield month
