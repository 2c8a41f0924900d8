"""The line of life as tables: every bar, every contribution and all money that moved, as rows of words.

The picture leaves words out where they have no room, and childhood; the tables leave out nothing. A day is printed as a
day where it is not the first or last of its month.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from wayfare.kernel import Month, Place
from wayfare.portals.language import Words
from wayfare.portals.life_line import Bar, BarKind, Lane, LaneKind, LifeLine
from wayfare.portals.life_words import lane_name, note_text, trade_name

__all__ = ["ContributionRow", "LifeRow", "MoneyRow", "contribution_rows", "life_rows", "money_rows"]


@dataclass(frozen=True, slots=True)
class LifeRow:
    """One bar in words."""

    what: str
    place: str
    badge: Place
    start: str
    last: str
    duration: str
    notes: str


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """One stretch of a fund's record in words."""

    fund: str
    badge: Place
    start: str
    last: str
    kind: str
    amount: str


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """Money that moved or was paid out, in words."""

    month: str
    what: str
    amount: str


def life_rows(life: LifeLine, words: Words) -> tuple[LifeRow, ...]:
    """A row for every bar, in the order of the lanes."""
    return tuple(_row(life, lane, bar, words) for lane in life.lanes for bar in lane.bars)


def _row(life: LifeLine, lane: Lane, bar: Bar, words: Words) -> LifeRow:
    label = [trade_name(bar.label, words)] if bar.label else []
    state = [words.say(f"table.{bar.kind.value}")] if bar.kind in _STATES else []
    notes = [*label, *state, *(note_text(note, words) for note in bar.notes)]
    return LifeRow(
        what=_what(lane, words),
        place=words.place(bar.place),
        badge=bar.place,
        start=_start(bar, words),
        last=_last(bar, words),
        duration=words.duration(bar.months.months_until(life.end)),
        notes=words.say("table.between").join(notes),
    )


_STATES = (BarKind.KEPT, BarKind.GAP, BarKind.ENDED)


def _what(lane: Lane, words: Words) -> str:
    if lane.kind is LaneKind.FUND:
        return words.say(f"scheme.{lane.scheme}")
    return lane_name(lane, words)


def _start(bar: Bar, words: Words) -> str:
    if bar.days is not None and bar.days.start.day != 1:
        return words.day(bar.days.start)
    return words.month(bar.months.start)


def _last(bar: Bar, words: Words) -> str:
    if bar.months.end is None:
        return words.say("table.running")
    if bar.days is None or bar.days.end is None:
        return words.month(bar.months.end - 1)
    last_day = bar.days.end - timedelta(days=1)
    last_month = Month.of(last_day)
    return words.month(last_month) if last_day == last_month.last_day else words.day(last_day)


def contribution_rows(life: LifeLine, words: Words) -> tuple[ContributionRow, ...]:
    """A row for every stretch with one base, and for every year of a resident's record."""
    rows = []
    for each in life.contributions:
        amounts = (("base", each.base), ("contribution", each.contribution), ("subsidy", each.subsidy))
        said = [words.say(f"amount.{name}", amount=words.cents(money)) for name, money in amounts if money is not None]
        kind = words.say(f"kind.{each.kind}") + (words.say("table.assumed") if each.is_assumed else "")
        rows.append(
            ContributionRow(
                fund=words.say(f"fund.{each.scheme}", place=words.place(each.place)),
                badge=each.place,
                start=words.month(each.months.start),
                last=words.month(each.months.last_month or each.months.start),
                kind=kind,
                amount=words.say("table.between").join(said),
            )
        )
    return tuple(rows)


def money_rows(life: LifeLine, words: Words) -> tuple[MoneyRow, ...]:
    """A row for every sum that moved between funds or was paid out, in order of time."""
    rows: list[tuple[Month, str, str]] = []
    for moved in life.moved:
        fund = words.say(f"fund.{moved.scheme}", place=words.place(moved.origin))
        said = words.say("table.moved", fund=fund, place=words.place(moved.destination))
        if moved.account is not None:
            said += words.say("table.moved_account", account=words.cents(moved.account))
        rows.append((moved.month, said, words.cents(moved.amount)))
    for ended in life.paid_out:
        fund = words.say(f"fund.{ended.scheme}", place=words.place(ended.place))
        rows.append((ended.month, words.say("table.paid_out", fund=fund), words.cents(ended.amount)))
    return tuple(MoneyRow(words.month(month), said, amount) for month, said, amount in sorted(rows))
