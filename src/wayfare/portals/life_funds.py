"""The lanes of the funds: months paid, records kept, relations ended, and what two lanes share.

A lane is a scheme and a place, whatever number of spells the document writes for it. Between and after its payments a
pension fund keeps the record; that line ends in the month in which the money moved on or was paid out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from wayfare.facts import InsuranceSpell
from wayfare.facts.contributions import paid_months
from wayfare.kernel import Month, MonthSpell, Place
from wayfare.portals.life_line import (
    Bar,
    BarKind,
    Group,
    Lane,
    LaneKind,
    LifeLine,
    MoneyMoved,
    Overlap,
    PaidOut,
    stretches,
)
from wayfare.portals.life_notes import insurance_notes

__all__ = ["LANES_MAX", "folded", "fund_lanes", "overlaps"]

LANES_MAX: Final = 10
"""Past this many lanes in a group, the oldest closed ones are joined into one."""

SCHEMES: Final = {
    Group.PENSION: ("employee_pension", "resident_pension"),
    Group.MEDICAL: ("employee_medical", "resident_medical", "rural_medical"),
}


def fund_lanes(
    spells: Sequence[InsuranceSpell],
    group: Group,
    today: Month,
    moved: Sequence[MoneyMoved],
    paid_out: Sequence[PaidOut],
) -> tuple[Lane, ...]:
    """The lanes of one group, in order of the first month paid; a fund that only received money has one too."""
    relations: dict[tuple[str, Place], list[InsuranceSpell]] = {}
    for spell in spells:
        if spell.scheme in SCHEMES[group]:
            relations.setdefault((spell.scheme, spell.place), []).append(spell)
    for each in moved:
        if each.reaches[0] in SCHEMES[group] and each.month <= today:
            relations.setdefault(each.reaches, [])
    lanes = [
        _lane(scheme, place, held, group, today, moved, paid_out) for (scheme, place), held in relations.items()
    ]
    return tuple(sorted((lane for lane in lanes if lane.bars), key=lambda lane: lane.bars[0].months.start))


def _lane(
    scheme: str,
    place: Place,
    spells: Sequence[InsuranceSpell],
    group: Group,
    today: Month,
    moved: Sequence[MoneyMoved],
    paid_out: Sequence[PaidOut],
) -> Lane:
    ended = max((each.month for each in paid_out if (each.scheme, each.place) == (scheme, place)), default=None)
    left = max((each.month for each in moved if (each.scheme, each.origin) == (scheme, place)), default=None)
    reached = min((each.month for each in moved if each.reaches == (scheme, place)), default=None)
    paid = sorted((bar for spell in spells for bar in _paid(spell, place, today, ended)), key=_start)
    held = [bar for bar in paid if bar.kind is not BarKind.ENDED]
    since = reached if ended is None else None
    kept = _kept(held, place, since=since, until=left) if group is Group.PENSION and (held or since) else []
    return Lane(LaneKind.FUND, group, tuple(sorted([*kept, *paid], key=_start)), place=place, scheme=scheme)


def _start(bar: Bar) -> Month:
    return bar.months.start


def _paid(spell: InsuranceSpell, place: Place, today: Month, ended: Month | None) -> Iterator[Bar]:
    runs = stretches(paid.month for paid in paid_months(spell, until=today))
    for number, run in enumerate(runs):
        kind = BarKind.TEMPORARY if spell.relation == "temporary" else BarKind.PAID
        if ended is not None and run.start <= ended:
            kind = BarKind.ENDED
        runs_on = spell.end is None and number == len(runs) - 1 and run.end == today
        months = MonthSpell(run.start, None) if runs_on else run
        yield Bar(kind, months, place, notes=insurance_notes(spell), source=spell.source)


def _kept(paid: Sequence[Bar], place: Place, *, since: Month | None, until: Month | None) -> list[Bar]:
    """What lies before the payments once money was moved in, between them, and after them until it moved on."""
    kept: list[Bar] = []
    starts = [since, *(bar.months.end for bar in paid)]
    ends = [*(bar.months.start for bar in paid), until]
    for start, end in zip(starts, ends, strict=True):
        if start is not None and (end is None or start < end):
            kept.append(Bar(BarKind.KEPT, MonthSpell(start, end), place))
    return kept


def folded(life: LifeLine) -> LifeLine:
    """The life with its oldest closed lanes joined in each group of more than ten, for drawing.

    What is told, counted and tabled stays with the life as it is. An event of a joined lane stands on the joint one.
    """
    joined = {group: _too_many(life, group) for group in Group}
    if not any(joined.values()):
        return life
    lanes: list[Lane] = []
    place_of: dict[int, int] = {}
    for number, lane in enumerate(life.lanes):
        together = joined[lane.group]
        if number not in together:
            place_of[number] = len(lanes)
            lanes.append(lane)
        elif number == min(together):
            place_of |= dict.fromkeys(together, len(lanes))
            lanes.append(_joined([life.lanes[each] for each in sorted(together)]))
    return replace(
        life,
        lanes=tuple(lanes),
        overlaps=tuple(
            replace(each, upper=place_of[each.upper], lower=place_of[each.lower])
            for each in life.overlaps
            if place_of[each.upper] != place_of[each.lower]
        ),
        events=tuple(
            replace(each, lane=place_of[each.lane], to_lane=None if each.to_lane is None else place_of[each.to_lane])
            for each in life.events
        ),
    )


def _too_many(life: LifeLine, group: Group) -> set[int]:
    """The oldest closed lanes of a group, as many as have to be joined to leave ten."""
    funds = [n for n, lane in enumerate(life.lanes) if lane.kind is LaneKind.FUND and lane.group is group]
    if len(funds) <= LANES_MAX:
        return set()
    closed = [number for number in funds if not _is_paying(life.lanes[number])]
    oldest = sorted(closed, key=lambda number: life.lanes[number].bars[0].months.start)[: len(funds) - LANES_MAX + 1]
    return set(oldest) if len(oldest) > 1 else set()


def _is_paying(lane: Lane) -> bool:
    return any(bar.months.is_running for bar in lane.bars if bar.kind is not BarKind.KEPT)


def _joined(lanes: Sequence[Lane]) -> Lane:
    bars = sorted((bar for lane in lanes for bar in lane.bars if bar.kind is not BarKind.KEPT), key=_start)
    return Lane(LaneKind.EARLIER_FUNDS, lanes[0].group, tuple(bars), folded=len(lanes))


def overlaps(lanes: Sequence[Lane], today: Month) -> tuple[Overlap, ...]:
    """The stretches that two pension funds, or two medical ones, both have as paid."""
    funds = [(number, lane) for number, lane in enumerate(lanes) if lane.kind is LaneKind.FUND]
    return tuple(
        Overlap(upper, lower, spell)
        for (upper, first), (lower, second) in combinations(funds, 2)
        if first.group is second.group
        for spell in stretches(first.paid_month_indexes(today) & second.paid_month_indexes(today))
    )
