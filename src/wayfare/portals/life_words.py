"""What the parts of a line of life are called: lanes, bars, notes and events, in one language.

Both drawn forms, the list of events and the table ask here, so one thing has one name on the whole page.
"""

from __future__ import annotations

from datetime import date

from wayfare.kernel import Money, Month, Place
from wayfare.portals.drawing import text_width
from wayfare.portals.language import Words
from wayfare.portals.life_line import Bar, BarKind, Event, Lane, LaneKind, LifeLine, Note

__all__ = ["bar_words", "event_text", "event_title", "figure_title", "lane_name", "note_text", "now_name",
           "trade_name"]


def lane_name(lane: Lane, words: Words, room: float = 10_000) -> str:
    """What stands before a lane, the longest name that has room."""
    if lane.kind is LaneKind.EARLIER_FUNDS:
        return words.say("lane.earlier_funds", number=lane.folded)
    if lane.kind is not LaneKind.FUND or lane.place is None:
        return words.say(f"lane.{lane.kind.value}")
    places = (words.place(lane.place), words.own_name(lane.place), words.short_name(lane.place))
    names = [words.say(f"fund_short.{lane.scheme}", place=place) for place in places]
    return next((name for name in names if text_width(name) <= room), names[-1])


def bar_words(bar: Bar, lane: Lane, words: Words, end: Month) -> tuple[str, ...]:
    """What may stand in a bar, the fullest first: the place, the trade or the time paid, and at last the letters."""
    letters = words.letters(bar.place)
    if lane.kind in (LaneKind.FUND, LaneKind.EARLIER_FUNDS):
        span = words.short_duration(bar.months.months_until(end))
        if bar.kind is BarKind.TEMPORARY:
            return words.say("bar.temporary", duration=span), span
        if bar.kind is BarKind.ENDED:
            return words.say("bar.ended", duration=span), span
        return (span, letters) if lane.kind is LaneKind.EARLIER_FUNDS else (span,)
    if bar.label:
        return trade_name(bar.label, words), letters
    names = (words.place(bar.place), words.place_in_city(bar.place), words.own_name(bar.place))
    return (*names, words.short_name(bar.place), words.province(bar.place), letters)


def trade_name(label: str, words: Words) -> str:
    """A trade of the document in the page's language where the catalogue knows it, else as the document writes it."""
    key = f"trade.{label.strip().lower().replace(' ', '_')}"
    return words.say(key) if words.says(key) else label


def note_text(note: Note, words: Words) -> str:
    """The words of a note."""
    key, value = f"note.{note.key}", note.value
    if isinstance(value, Money):
        return words.say(key, amount=words.cents(value))
    if isinstance(value, date):
        return words.say(key, value=words.day(value))
    if isinstance(value, tuple):
        return words.say(key, fields=words.listed([_field_name(name, words) for name in value]))
    return words.say(key, value=value)


def _field_name(name: str, words: Words) -> str:
    return words.say(f"field.{name}") if words.says(f"field.{name}") else name


def event_title(event: Event, words: Words) -> str:
    """The first line of an event: when, and what."""
    return words.say(f"event.{event.kind}.title", **_slots(event, words))


def event_text(event: Event, words: Words) -> str:
    """What an event means for the person."""
    parts = ".parts" if event.account is not None and words.says(f"event.{event.kind}.text.parts") else ".plain"
    return words.say(f"event.{event.kind}.text{parts}", **_slots(event, words))


def _slots(event: Event, words: Words) -> dict[str, str]:
    last = event.months.last_month or event.months.start
    pooled = event.amount - event.account if event.amount and event.account else Money.ZERO
    return {
        "month": words.month(event.months.start),
        "last_month": words.month(last),
        "year": str(event.months.start.year),
        "origin": _name(event.origin, words),
        "place": _name(event.place, words),
        "amount": words.cents(event.amount or Money.ZERO),
        "account": words.cents(event.account or Money.ZERO),
        "pooled": words.cents(pooled),
        "count": words.duration(event.count),
        "scheme": words.say(f"scheme.{event.scheme}") if event.scheme else "",
    }


def _name(place: Place | None, words: Words) -> str:
    return words.place(place) if place else ""


def now_name(life: LifeLine, words: Words) -> str:
    """What stands over the line of the month that is running: today, or the month asked about when it is past."""
    return words.month(life.today) if life.is_past else words.say("life.today")


def figure_title(life: LifeLine, words: Words) -> str:
    """What the picture shows, in a sentence."""
    first = words.count("life.crosses", len(life.places))
    return words.say("life.title", crosses=first, holds=words.count("life.holds", life.holding_funds()))
