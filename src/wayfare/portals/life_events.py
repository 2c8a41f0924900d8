"""What happened in a life, told in order: leaving home, moving the registration, overlaps, accounts, money.

Events are found in the lanes and in what the ledger says, numbered by date, and told under the picture. Each names the
lane on which its disc stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from wayfare.kernel import Month, MonthSpell, Place
from wayfare.portals.life_line import BarKind, Event, Group, Lane, LaneKind, MoneyMoved, Overlap, PaidOut

__all__ = ["events"]


def events(
    lanes: Sequence[Lane],
    overlaps: Sequence[Overlap],
    *,
    start: Month,
    today: Month,
    moved: Sequence[MoneyMoved],
    paid_out: Sequence[PaidOut],
    retires: Month | None = None,
) -> tuple[Event, ...]:
    """All events from the start of the picture until today, in order of time."""
    found = [
        *_left_home(lanes),
        *_hukou_moved(lanes),
        *_paid_twice(lanes, overlaps),
        *_temporary(lanes),
        *_pension_age(lanes, retires),
        *(event for each in moved if (event := _moved(lanes, each))),
        *(event for each in paid_out if (event := _paid_out(lanes, each, today))),
    ]
    shown = (event for event in found if start <= event.months.start <= today)
    return tuple(sorted(shown, key=lambda event: (event.months.start, event.lane)))


def _in_month(month: Month) -> MonthSpell:
    return MonthSpell(month, month + 1)


def _left_home(lanes: Sequence[Lane]) -> Iterator[Event]:
    """The first job in another province than the one of the first registration."""
    home = next((lane.bars[0].place.province for lane in lanes if lane.kind is LaneKind.REGISTERED), None)
    away = (
        (bar.months.start, number, bar.place)
        for number, lane in enumerate(lanes)
        if lane.kind is LaneKind.WORKED
        for bar in lane.bars
        if home and bar.place.province != home
    )
    for month, number, place in sorted(away)[:1]:
        yield Event("left_home", number, _in_month(month), origin=home, place=place)


def _hukou_moved(lanes: Sequence[Lane]) -> Iterator[Event]:
    for number, lane in enumerate(lanes):
        if lane.kind is LaneKind.REGISTERED:
            for earlier, later in pairwise(lane.bars):
                if earlier.place != later.place:
                    months = _in_month(later.months.start)
                    yield Event("hukou_moved", number, months, origin=earlier.place, place=later.place)


def _paid_twice(lanes: Sequence[Lane], overlaps: Sequence[Overlap]) -> Iterator[Event]:
    """One event for each two lanes that share months, from the first month shared to the last."""
    for pair in dict.fromkeys((each.upper, each.lower) for each in overlaps):
        shared = [each.months for each in overlaps if (each.upper, each.lower) == pair]
        upper, lower = (lanes[number] for number in pair)
        same = "two_funds" if upper.scheme == lower.scheme else "two_schemes"
        yield Event(
            same if upper.group is Group.PENSION else f"{same}_medical",
            pair[1],
            MonthSpell(shared[0].start, shared[-1].end),
            origin=upper.place,
            place=lower.place,
            scheme=lower.scheme,
            count=sum(spell.months or 0 for spell in shared),
        )


def _temporary(lanes: Sequence[Lane]) -> Iterator[Event]:
    for number, lane in enumerate(lanes):
        first = next((bar for bar in lane.bars if bar.kind is BarKind.TEMPORARY), None)
        if first:
            yield Event("temporary_opened", number, _in_month(first.months.start), place=first.place)


def _pension_age(lanes: Sequence[Lane], retires: Month | None) -> Iterator[Event]:
    """Reaching pension age, on the first lane; not shown when it lies ahead."""
    if retires is not None and lanes:
        yield Event("pension_age", 0, _in_month(retires), place=lanes[0].bars[-1].place)


def _number_of(lanes: Sequence[Lane], scheme: str, place: Place) -> int | None:
    named = (number for number, lane in enumerate(lanes) if (lane.scheme, lane.place) == (scheme, place))
    return next(named, None)


def _moved(lanes: Sequence[Lane], moved: MoneyMoved) -> Event | None:
    """None when a fund has no lane; the sum is then still in the table of money that moved."""
    lane = _number_of(lanes, moved.scheme, moved.origin)
    to_lane = _number_of(lanes, *moved.reaches)
    if lane is None or to_lane is None:
        return None
    return Event(
        "money_moved" if moved.scheme.endswith("pension") else "medical_moved",
        lane,
        _in_month(moved.month),
        origin=moved.origin,
        place=moved.destination,
        scheme=moved.scheme,
        amount=moved.amount,
        account=moved.account,
        to_lane=to_lane,
    )


def _paid_out(lanes: Sequence[Lane], ended: PaidOut, today: Month) -> Event | None:
    lane = _number_of(lanes, ended.scheme, ended.place)
    if lane is None:
        return None
    months = sum(bar.months.months_until(today) for bar in lanes[lane].bars if bar.kind is BarKind.ENDED)
    return Event(
        "surrendered" if ended.amount is None else "paid_out",
        lane,
        _in_month(ended.month),
        place=ended.place,
        scheme=ended.scheme,
        amount=ended.amount,
        count=months,
    )
