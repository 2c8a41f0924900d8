"""From a facts document to a line of life: lanes, gaps, overlaps and the events that the facts tell.

A stay or job given in days takes the months from the one it begins in until the one it ends in, so that two that follow
each other never overlap. Months worked count as not insured when no fund has them. What a document cannot know, money
that moved and relations paid out, comes from the ledger as values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from wayfare.facts import Document, Facts
from wayfare.facts.items import DaySpell
from wayfare.kernel import Month, MonthSpell, Place
from wayfare.portals.life_contributions import contributions
from wayfare.portals.life_events import events
from wayfare.portals.life_funds import fund_lanes, overlaps
from wayfare.portals.life_line import (
    EMPLOYERS_DUTY,
    Bar,
    BarKind,
    Group,
    Lane,
    LaneKind,
    LifeLine,
    MoneyMoved,
    Note,
    PaidOut,
    stretches,
)
from wayfare.portals.life_notes import benefit_notes, hukou_notes, residence_notes, work_notes

__all__ = ["life_line"]

OWN_ACCOUNT = ("flexible", "self_employed")
"""Work for which nobody else is bound to insure; only work for an employer makes a gap."""


def life_line(
    document: Document,
    *,
    today: Month | None = None,
    moved: Sequence[MoneyMoved] = (),
    paid_out: Sequence[PaidOut] = (),
    retires: Month | None = None,
    is_past: bool = False,
) -> LifeLine:
    """The line of life that a document tells, up to `today` (the month asked about, when left out).

    `retires` is the month of pension age: from then on nobody has to insure the person. `is_past` says that the month
    asked about lies before the day the picture is made. Raises LifeUndrawable for a document that tells of no place,
    work or insurance.
    """
    today = today or Month.of(document.on)
    facts = document.facts
    paid_out = (*paid_out, *_surrendered(facts, today, paid_out))
    start = _first_month(facts, today)
    lanes = _lanes(facts, today, moved, paid_out, min(today, retires or today))
    shared = overlaps(lanes, today)
    places = _places(facts)
    return LifeLine(
        start=start,
        today=today,
        lanes=lanes,
        places=places,
        overlaps=shared,
        events=events(lanes, shared, today=today, moved=moved, paid_out=paid_out, start=start, retires=retires),
        contributions=contributions(facts.insurance, today),
        moved=tuple(moved),
        paid_out=tuple(paid_out),
        born=facts.person.birth_stated,
        retires=retires,
        is_past=is_past,
    )


def _lanes(
    facts: Facts, today: Month, moved: Sequence[MoneyMoved], paid_out: Sequence[PaidOut], duty_ends: Month
) -> tuple[Lane, ...]:
    pension = fund_lanes(facts.insurance, Group.PENSION, today, moved, paid_out)
    medical = fund_lanes(facts.insurance, Group.MEDICAL, today, moved, paid_out)
    return (
        *_place_lanes(facts),
        *_gap_lane(facts, pension, Group.PENSION, today, duty_ends),
        *pension,
        *_benefit_lanes(facts, today),
        # Without any medical record the document may simply not speak of it, so no gap is drawn.
        *(_gap_lane(facts, medical, Group.MEDICAL, today, duty_ends) if medical else ()),
        *medical,
    )


def _place_lanes(facts: Facts) -> Iterator[Lane]:
    hukou = [_stay(each, hukou_notes(each)) for each in facts.hukou]
    lived = [_stay(each, residence_notes(each)) for each in facts.residence]
    worked = [
        Bar(
            BarKind.JOB,
            _months(each.start, each.end),
            each.place,
            each.spell,
            label=each.trade,
            notes=work_notes(each),
            source=each.source,
        )
        for each in facts.work
    ]
    for kind, bars in ((LaneKind.REGISTERED, hukou), (LaneKind.LIVED, lived), (LaneKind.WORKED, worked)):
        yield from (Lane(kind, Group.PLACES, tuple(row)) for row in _rows(bars))


def _surrendered(facts: Facts, today: Month, known: Sequence[PaidOut]) -> Iterator[PaidOut]:
    """Relations that the document says were ended and paid out, where the books do not say it with the sum."""
    told = {(each.scheme, each.place) for each in known}
    for spell in facts.insurance:
        if spell.surrendered and (spell.scheme, spell.place) not in told and Month.of(spell.surrendered) <= today:
            yield PaidOut(spell.scheme, spell.place, Month.of(spell.surrendered), None)


def _benefit_lanes(facts: Facts, today: Month) -> Iterator[Lane]:
    """Benefits that are drawn, by the place that pays them; those that begin later are not drawn yet."""
    bars = [
        Bar(BarKind.STAY, MonthSpell(each.start, each.end), each.place, notes=benefit_notes(each), source=each.source)
        for each in facts.benefits
        if each.start < today
    ]
    yield from (Lane(LaneKind.DRAWN, Group.PENSION, tuple(row)) for row in _rows(bars))


def _stay(spell: DaySpell, notes: tuple[Note, ...]) -> Bar:
    months = _months(spell.start, spell.end)
    return Bar(BarKind.STAY, months, spell.place, spell.spell, notes=notes, source=spell.source)


def _rows(bars: Sequence[Bar]) -> list[list[Bar]]:
    """The bars in as few rows as hold them side by side; what runs at the same time takes another row."""
    rows: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda each: (each.months.start, each.months.end is None)):
        free = next((row for row in rows if not row[-1].months.overlaps(bar.months)), None)
        if free is None:
            rows.append([bar])
        else:
            free.append(bar)
    return rows


def _gap_lane(
    facts: Facts, funds: Sequence[Lane], group: Group, today: Month, duty_ends: Month
) -> Iterator[Lane]:
    """One lane of the months worked for somebody without insurance until the duty ends, by the place of work.

    For the pension only the employees' scheme counts, for it is the one an employer is bound to; any medical one does.
    """
    binding = [lane for lane in funds if lane.scheme != "resident_pension"]
    insured = frozenset[int]().union(*(lane.covered_month_indexes(today) for lane in binding))
    gaps: dict[int, tuple[Place, bool]] = {}
    for work in sorted(facts.work, key=lambda each: each.start):
        if work.kind not in OWN_ACCOUNT:
            months = _months(work.start, work.end).each_month_until(duty_ends)
            how = (work.place, work.kind == "employee")
            gaps |= {month.index: how for month in months if month.index not in insured}
    bars = [
        Bar(BarKind.GAP, spell, how[0], notes=EMPLOYERS_DUTY if how[1] else ())
        for how in dict.fromkeys(gaps.values())
        for spell in stretches(index for index, each in gaps.items() if each == how)
    ]
    if bars:
        yield Lane(LaneKind.NOT_INSURED, group, tuple(sorted(bars, key=lambda bar: bar.months.start)))


def _months(start: date, end: date | None) -> MonthSpell:
    """The months of a stretch of days: a shared month goes to the later stretch, and there is always one."""
    first = Month.of(start)
    return MonthSpell(first, None if end is None else max(Month.of(end), first + 1))


def _places(facts: Facts) -> tuple[Place, ...]:
    """The provinces of a life in order of arrival, the place of registration first."""
    first = sorted(facts.hukou, key=lambda each: each.start)[:1]
    spells: list[tuple[date, Place]] = [
        *((each.start, each.place) for each in (*facts.residence, *facts.work, *facts.hukou)),
        *((each.start.first_day, each.place) for each in facts.insurance),
        *((each.start.first_day, each.place) for each in facts.benefits),
    ]
    arrived = [place for _, place in sorted(spells, key=lambda each: each[0])]
    return tuple(dict.fromkeys(place.province for place in (*(each.place for each in first), *arrived)))


def _first_month(facts: Facts, today: Month) -> Month:
    """January of the year in which the first thing happened: a job, a payment, or a move; childhood is left out."""
    firsts = [Month.of(each.start) for each in facts.work] + [each.start for each in facts.insurance]
    for spells in (facts.hukou, facts.residence):
        starts = sorted(Month.of(each.start) for each in spells)
        firsts += starts[1:]
    stays = [Month.of(each.start) for each in (*facts.hukou, *facts.residence)]
    first = min(firsts or stays or [today])
    return Month.at(min(first, today).year * 12)

