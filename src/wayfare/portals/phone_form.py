"""The phone form of the line of life: time runs down, 21 pixels a year, in five columns, drawn at its true size.

It is never a shrunken wide form. Bars carry the letters of their place, events keep their numbers, and every sum is in
the list below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from wayfare.portals.drawing import Drawing
from wayfare.portals.geometry import Row, Scale, slots
from wayfare.portals.language import Words
from wayfare.portals.life_line import Bar, BarKind, Event, Group, Lane, LaneKind, LifeLine

__all__ = ["PHONE_WIDTH", "phone_form"]

PHONE_WIDTH: Final = 330
_TOP: Final = 42
_YEAR: Final = 21
_CAP: Final = 5
_DISC: Final = 24
_KEPT_LINES: Final = 2


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a column stands and what it is called."""

    name: str
    x: float
    width: float


_HUKOU = _Column("hukou", 40, 36)
_HOME = _Column("home", 80, 54)
_WORK = _Column("work", 138, 54)
_PENSION = _Column("pension", 198, 82)
_MEDICAL = _Column("medical", 286, 42)
_EMPLOYEES_TRACK = _Column("employees", 208, 36)
_RESIDENTS_TRACK = _Column("residents", 249, 30)


def phone_form(life: LifeLine, words: Words) -> tuple[Markup, float]:
    """The shapes of the phone form, and its height; it is 330 wide."""
    form = _PhoneForm(life, words)
    form.draw()
    return form.drawing.markup(), form.height


class _PhoneForm:
    def __init__(self, life: LifeLine, words: Words) -> None:
        self.life, self.words = life, words
        self.scale = Scale.over(life, origin=_TOP, per_year=_YEAR)
        self.drawing = Drawing()
        self.bottom = _TOP + self.scale.length
        self.height = self.bottom + 33
        self.rows = {name: Row(_TOP - 12, self.bottom + 12) for name in ("hukou", "home", "work", "employees")}
        self.rows |= {name: Row(_TOP - 12, self.bottom + 12) for name in ("residents", "medical")}

    def draw(self) -> None:
        used = list(dict.fromkeys(_column_of(lane) for lane in self.life.lanes))
        for column in used:
            self.drawing.rect("lane", column.x, _TOP, column.width, self.scale.length, 3)
        self._years()
        for column in used:
            is_last = column is _MEDICAL
            x = PHONE_WIDTH if is_last else column.x + column.width / 2
            name = self.words.say(f"column.{column.name}")
            self.drawing.text(name, x, 22, "t-b", "end" if is_last else "middle")
        self._kept()
        self._kept_by_residents()
        letters: list[tuple[_Column, float, float, Bar]] = []
        for track, lanes in self._tracks():
            letters += self._track(track, lanes)
        self._beams()
        self._today()
        self._discs()
        for track, x, y, bar in letters:
            self._letters(track, x, y, bar)

    def _years(self) -> None:
        first = self.scale.first.year
        for year, y in self.scale.year_marks():
            is_marked = year % 5 == 0 or year == first
            self.drawing.line("grid" if is_marked else "grid-minor", 38, y, PHONE_WIDTH, y)
            if is_marked and abs(y - self.scale.at(self.life.today)) > 12:
                self.drawing.text(str(year), 0, y + 5, "t-s")

    def _today(self) -> None:
        y = self.scale.at(self.life.today)
        self.drawing.line("now", 0, y, PHONE_WIDTH, y)
        month = self.words.month(self.life.today)
        label = month if self.life.is_past else self.words.say("life.today_month", month=month)
        self.drawing.text(label, 0, max(y, self.bottom) + 20, "t-b")

    def _tracks(self) -> list[tuple[_Column, list[Lane]]]:
        """Each column or track with the lanes that are drawn in it."""
        tracks: dict[_Column, list[Lane]] = {}
        for lane in self.life.lanes:
            tracks.setdefault(_track_of(lane), []).append(lane)
        return list(tracks.items())

    def _track(self, track: _Column, lanes: Sequence[Lane]) -> list[tuple[_Column, float, float, Bar]]:
        """The bars of a track, side by side where they run at the same time; returns where letters may go."""
        shown = [
            (span, bar)
            for lane in lanes
            for bar in lane.bars
            if bar.kind is not BarKind.KEPT and (span := self.scale.span(bar.months, self.life.end))
        ]
        shown.sort(key=lambda each: each[0])
        given = slots((span for span, _ in shown), most=3)
        letters = []
        for number, ((start, end), bar) in zip(given, shown, strict=True):
            beside = _beside(number, (start, end), given, [span for span, _ in shown])
            width = track.width / (beside + 1)
            self._bar(track.x + width * number, width, start, end, bar)
            letters.append((track, track.x + width * (number + 0.5), start, bar))
        return letters

    def _bar(self, x: float, width: float, start: float, end: float, bar: Bar) -> None:
        tint, left, top = self.life.tint(bar.place), x + 0.75, start + 0.75
        height = max(end - start - 1.5, 1.5)
        if bar.kind is BarKind.GAP:
            self.drawing.rect("gap gap-t", left, top, width - 1.5, height, 3)
            return
        ended = " paid-out" if bar.kind is BarKind.ENDED else ""
        self.drawing.rect(f"bar p{tint}{ended}", left, top, width - 1.5, height, 3)
        if bar.kind is BarKind.TEMPORARY and height > 34:
            self.drawing.rect("temp temp-t", left + 1, top + 28, width - 3.5, height - 29)
        if not ended and bar.months.start >= self.scale.first:
            self.drawing.rect(f"k{tint}", left, top, width - 1.5, min(_CAP, height), 2)

    def _kept(self) -> None:
        """Records that employees' funds keep, as thin lines in the gutter of the pension column."""
        shown = [
            (span, bar)
            for lane in self.life.lanes
            if lane.scheme != "resident_pension"
            for bar in lane.bars
            if bar.kind is BarKind.KEPT and (span := self.scale.span(bar.months, self.life.end))
        ]
        shown.sort(key=lambda each: each[0])
        for slot, ((start, end), bar) in zip(slots((s for s, _ in shown), most=_KEPT_LINES), shown, strict=True):
            self.drawing.rect(f"k{self.life.tint(bar.place)}", _PENSION.x + 1 + slot * 4.5, start, 3, end - start)

    def _kept_by_residents(self) -> None:
        """A residents' record has a track of its own, and stays in it."""
        for lane in self.life.lanes:
            for bar in lane.bars:
                span = self.scale.span(bar.months, self.life.end)
                if bar.kind is BarKind.KEPT and lane.scheme == "resident_pension" and span:
                    x = _RESIDENTS_TRACK.x + _RESIDENTS_TRACK.width / 2 - 1.5
                    self.drawing.rect(f"k{self.life.tint(bar.place)}", x, span[0], 3, span[1] - span[0])

    def _beams(self) -> None:
        for overlap in self.life.overlaps:
            is_pension = self.life.lanes[overlap.upper].group is Group.PENSION
            x = _RESIDENTS_TRACK.x - 4.5 if is_pension else _MEDICAL.x - 5
            start, end = self.scale.at(overlap.months.start), self.scale.at(overlap.months.end or self.life.end)
            self.drawing.rect("fill-ink", x, start, 4, end - start)

    def _discs(self) -> None:
        for number, event in enumerate(self.life.events, start=1):
            track = _track_of(self.life.lanes[event.lane])
            y = self.rows[track.name].nearest(self._disc_at(event), _DISC)
            self.rows[track.name].take(y - _DISC / 2, y + _DISC / 2)
            x = track.x + track.width / 2
            if event.kind == "money_moved" and track is _EMPLOYEES_TRACK:
                # The arrow comes from the gutter, where the record was kept, and the disc stands clear of its head.
                self.drawing.path("move", f"M{_PENSION.x + 2:.1f} {y:.1f} H{x - 14:.1f}")
                self.drawing.path("move-head", f"M{x - 15:.1f} {y - 6:.1f} v12 l9 -6Z")
                x += 8
            self.drawing.disc(number, x, y)

    def _disc_at(self, event: Event) -> float:
        if event.kind.startswith("two_"):
            return self.scale.at(event.months.end or self.life.end) + 6
        return self.scale.at(event.months.start) - (0 if event.kind in ("money_moved", "medical_moved") else 8)

    def _letters(self, track: _Column, x: float, start: float, bar: Bar) -> None:
        """The letters of the place, near the start of the bar where no disc stands; none on a bar too short."""
        span = self.scale.span(bar.months, self.life.end)
        if span is None or bar.kind is BarKind.GAP:
            return
        y = self.rows[track.name].room_within(start + _CAP + 1, span[1] - 1, 15)
        if y is not None:
            self.drawing.text(self.words.letters(bar.place), x, y + 12.5, "t-b", "middle")


def _column_of(lane: Lane) -> _Column:
    track = _track_of(lane)
    return _PENSION if track in (_EMPLOYEES_TRACK, _RESIDENTS_TRACK) else track


def _track_of(lane: Lane) -> _Column:
    if lane.kind is LaneKind.REGISTERED:
        return _HUKOU
    if lane.group is Group.PLACES:
        return _HOME if lane.kind is LaneKind.LIVED else _WORK
    if lane.group is Group.MEDICAL:
        return _MEDICAL
    return _RESIDENTS_TRACK if lane.scheme == "resident_pension" else _EMPLOYEES_TRACK


def _beside(
    number: int, span: tuple[float, float], given: Sequence[int], spans: Sequence[tuple[float, float]]
) -> int:
    """The highest slot among the bars that run at the same time as this one, itself included."""
    same_time = [slot for slot, (a, b) in zip(given, spans, strict=True) if a < span[1] and span[0] < b]
    return max([number, *same_time])
