"""The line of life as tables: every bar, every contribution and all money that moved, as rows of words.

The picture leaves words out where they have no room, and childhood; the tables leave out nothing. A day is printed as a
day where it is not the first or last of its month.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from wayfare.facts.items import Account
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
    source: str = ""
    """The number of the source in the list below the tables."""


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """One stretch of a fund's record in words."""

    fund: str
    badge: Place
    start: str
    last: str
    kind: str
    amount: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """Money that moved or was paid out, in words."""

    month: str
    what: str
    amount: str


def life_rows(life: LifeLine, words: Words, sources: Sequence[str] = ()) -> tuple[LifeRow, ...]:
    """A row for every bar, in the order of the lanes; `sources` are the sources in the order they are numbered."""
    return tuple(_row(life, lane, bar, words, sources) for lane in life.lanes for bar in lane.bars)


def _number(source: str | None, sources: Sequence[str]) -> str:
    return str(sources.index(source) + 1) if source in sources else ""


def _row(life: LifeLine, lane: Lane, bar: Bar, words: Words, sources: Sequence[str]) -> LifeRow:
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
        source=_number(bar.source, sources),
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


def contribution_rows(life: LifeLine, words: Words, sources: Sequence[str] = ()) -> tuple[ContributionRow, ...]:
    """A row for every stretch with one base, and for every year of a resident's record."""
    rows = []
    for each in life.contributions:
        amounts = (("base", each.base), ("contribution", each.contribution), ("subsidy", each.subsidy),
                   ("collective", each.collective))  # fmt: skip
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
                source=_number(each.source, sources),
            )
        )
    return tuple(rows)


def account_rows(
    accounts: Sequence[Account], words: Words, sources: Sequence[str] = ()
) -> tuple[ContributionRow, ...]:
    """A row for every balance that the document states; its kind is the standing of the fact."""
    return tuple(
        ContributionRow(
            fund=words.say(f"fund.{each.scheme}", place=words.place(each.place)),
            badge=each.place,
            start=words.day(each.on),
            last="",
            kind=words.say("table.assumed_balance") if each.assumed else words.say("table.stated_balance"),
            amount=words.cents(each.balance),
            source=_number(each.source, sources),
        )
        for each in sorted(accounts, key=lambda each: each.on)
    )


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
        if ended.amount is None:
            continue
        fund = words.say(f"fund.{ended.scheme}", place=words.place(ended.place))
        rows.append((ended.month, words.say("table.paid_out", fund=fund), words.cents(ended.amount)))
    return tuple(MoneyRow(words.month(month), said, amount) for month, said, amount in sorted(rows))
