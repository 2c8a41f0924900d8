"""The wide form of the line of life: time from left to right, one lane under another, for desks and for paper.

Bars come first, then the beams of overlaps, the arrows of money and the discs of events, then words wherever they have
room. Words that find none are left out: the list of events and the table have them.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from wayfare.kernel import Month
from wayfare.portals.drawing import Drawing, text_width
from wayfare.portals.geometry import AXIS_END, AXIS_START, BAR, Row, wide_layout
from wayfare.portals.language import Words
from wayfare.portals.life_funds import folded
from wayfare.portals.life_line import Bar, BarKind, Event, Lane, LaneKind, LifeLine
from wayfare.portals.life_words import bar_words, lane_name, now_name

__all__ = ["wide_form"]

_CAP = 5
_DISC = 24
_BADGE = 30


def wide_form(life: LifeLine, words: Words) -> tuple[Markup, float]:
    """The shapes of the wide form, and its height; it is 1120 wide."""
    form = _WideForm(folded(life), words)
    form.draw()
    return form.drawing.markup(), form.layout.height


class _WideForm:
    def __init__(self, life: LifeLine, words: Words) -> None:
        self.life, self.words = life, words
        self.layout = wide_layout(life)
        self.scale = self.layout.scale
        self.drawing = Drawing()
        self.rows = [Row(AXIS_START, AXIS_END) for _ in life.lanes]

    def draw(self) -> None:
        for top in self.layout.tops:
            self.drawing.rect("lane", AXIS_START, top, AXIS_END - AXIS_START, BAR, 3)
        self._years()
        self._headings()
        for number, lane in enumerate(self.life.lanes):
            self._lane_name(lane, self.layout.tops[number])
            for bar in lane.bars:
                self._bar(number, bar)
        self._today()
        for overlap in self.life.overlaps:
            self._beam(overlap.upper, overlap.lower, overlap.months.start, overlap.months.end or self.life.end)
        discs = self._discs()
        for number, lane in enumerate(self.life.lanes):
            for bar in lane.bars:
                self._bar_words(number, bar)
        self._event_words(discs)

    def _years(self) -> None:
        top, bottom = 30, self.layout.bottom - 4
        today, first = self.scale.at(self.life.today), self.scale.first.year
        clear = text_width(now_name(self.life, self.words)) + 20
        for year, x in self.scale.year_marks():
            is_marked = year % 5 == 0 or year == first
            self.drawing.line("grid" if is_marked else "grid-minor", x, top, x, bottom)
            is_crowded = year != first and x - AXIS_START < 50
            if is_marked and not is_crowded:
                anchor = "start" if year == first else "middle"
                if abs(x - today) > clear:
                    self.drawing.text(str(year), x, 20, "t-s", anchor)
                self.drawing.text(str(year), x, bottom + 20, "t-s", anchor)

    def _headings(self) -> None:
        for group, top in self.layout.headings:
            name = self.words.say(f"group.{group.value}")
            self.drawing.text(name, 0, top + 10, "t-b")
            self.drawing.line("grid", text_width(name) + 12, top + 5, AXIS_END, top + 5)

    def _today(self) -> None:
        x = self.scale.at(self.life.today)
        self.drawing.line("now", x, 28, x, self.layout.bottom - 2)
        is_at_edge = x > AXIS_END - 30
        name, middle = now_name(self.life, self.words), min(x + 3, AXIS_END) if is_at_edge else x
        self.drawing.text(name, middle, 20, "t-b", "end" if is_at_edge else "middle")

    def _lane_name(self, lane: Lane, top: float) -> None:
        indent = 0.0
        if lane.place is not None and lane.kind is LaneKind.FUND:
            self.drawing.rect(f"bar p{self.life.tint(lane.place)}", 0.75, top + 1, _BADGE, 22, 4)
            self.drawing.text(self.words.letters(lane.place), 0.75 + _BADGE / 2, top + 17, "t-b", "middle")
            indent = 39.0
        name = lane_name(lane, self.words, room=AXIS_START - 8 - indent)
        self.drawing.text(name, indent, top + 17)

    def _bar(self, number: int, bar: Bar) -> None:
        span = self.scale.span(bar.months, self.life.end)
        if span is None:
            return
        (start, end), top, tint = span, self.layout.tops[number], self.life.tint(bar.place)
        if bar.kind is BarKind.KEPT:
            self.drawing.rect(f"k{tint}", start, top + 10.5, end - start, 3)
            return
        # Neighbours are parted by a hairline of paper.
        x, width = start + 0.75, max(end - start - 1.5, 1.5)
        if bar.kind is BarKind.GAP:
            self.drawing.rect("gap", x, top + 1, width, BAR - 2, 3)
            return
        ended = " paid-out" if bar.kind is BarKind.ENDED else ""
        self.drawing.rect(f"bar p{tint}{ended}", x, top, width, BAR, 3)
        if bar.kind is BarKind.TEMPORARY and width > _CAP + 4:
            self.drawing.rect("temp", x + _CAP, top + 1, width - _CAP - 1, BAR - 2, 3)
        if not ended and bar.months.start >= self.scale.first:
            self.drawing.rect(f"k{tint}", x, top, min(_CAP, width), BAR, 2)

    def _beam(self, upper: int, lower: int, start: Month, end: Month) -> None:
        """A beam in the space above the lower lane; its ticks reach to both lanes, however far apart they are."""
        x1, x2 = self.scale.at(start), self.scale.at(end)
        above, below = self.layout.tops[upper] + BAR, self.layout.tops[lower]
        for x in (x1 + 1, x2 - 1):
            self.drawing.line("overlap", x, above + 1, x, below - 1)
        self.drawing.rect("fill-ink", x1, below - 7.5, x2 - x1, 5)

    def _discs(self) -> Mapping[int, tuple[float, float]]:
        """Every event's disc, and where it came to stand."""
        placed: dict[int, tuple[float, float]] = {}
        for number, event in enumerate(self.life.events, start=1):
            row, y = self.rows[event.lane], self.layout.tops[event.lane] + BAR / 2
            x = self._disc_at(event)
            x = row.nearest(min(max(x, AXIS_START + 12), AXIS_END - 12), _DISC)
            row.take(x - _DISC / 2, x + _DISC / 2)
            if event.to_lane is not None:
                self._arrow(event, x, y)
            self.drawing.disc(number, x, y)
            placed[number] = (x, y)
        return placed

    def _disc_at(self, event: Event) -> float:
        """Before what begins, after what ends, and at its month what happens in a month."""
        start = self.scale.at(event.months.start)
        if event.kind in ("temporary_opened", "left_home", "hukou_moved"):
            return start - 14
        if event.kind.startswith("two_"):
            return self.scale.at(event.months.end or self.life.end) + 16
        return start + (16 if event.kind == "paid_out" else 0)

    def _arrow(self, event: Event, x: float, y: float) -> None:
        target = self.layout.tops[event.to_lane or 0]
        is_down = target > y
        edge = target - 2 if is_down else target + BAR + 2
        side = x + 19
        tip = edge - 7 if is_down else edge + 7
        bend = tip - 8 if is_down else tip + 8
        turn = f"C{side:.1f} {y:.1f} {side:.1f} {y:.1f} {side:.1f} {bend:.1f}"
        self.drawing.path("move", f"M{x:.1f} {y:.1f} {turn} V{tip:.1f}")
        self.drawing.path("move-head", f"M{side - 6:.1f} {tip:.1f} h12 l-6 {'9' if is_down else '-9'}Z")
        self.rows[event.lane].take(x, x + 27)

    def _bar_words(self, number: int, bar: Bar) -> None:
        span = self.scale.span(bar.months, self.life.end)
        if span is None or bar.kind is BarKind.KEPT:
            return
        start, end = span
        if bar.kind is BarKind.GAP:
            self._gap_words(number, bar, start, end)
            return
        cap = _CAP + 6
        for name in bar_words(bar, self.life.lanes[number], self.words, self.life.end):
            width = text_width(name)
            x = self.rows[number].room_within(start + cap, end - 3, width)
            if x is not None:
                self._backing(bar, x, number, width)
                self.drawing.text(name, x, self.layout.tops[number] + 17)
                self.rows[number].take(x - 3, x + width + 3)
                return

    def _backing(self, bar: Bar, x: float, number: int, width: float) -> None:
        if bar.kind is BarKind.TEMPORARY:
            tint = self.life.tint(bar.place)
            self.drawing.rect(f"back{tint}", x - 3, self.layout.tops[number] + 3, width + 6, BAR - 6, 3)

    def _gap_words(self, number: int, bar: Bar, start: float, end: float) -> None:
        name = self.words.short_duration(bar.months.months_until(self.life.end))
        width, top, row = text_width(name), self.layout.tops[number], self.rows[number]
        if width + 22 <= end - start:
            centre = (start + end) / 2
            self.drawing.rect("back", centre - width / 2 - 4, top + 4, width + 8, BAR - 8, 3)
            self.drawing.text(name, centre, top + 17, "t", "middle")
            return
        x = end + 6
        if self._is_blank(number, x, x + width):
            self.drawing.text(name, x, top + 17)
            row.take(x, x + width)

    def _event_words(self, discs: Mapping[int, tuple[float, float]]) -> None:
        """A few words beside a disc where the lane is free of bars there."""
        for number, (x, y) in discs.items():
            event = self.life.events[number - 1]
            key = f"event.{event.kind}.beside"
            if not self.words.says(key):
                continue
            amount = self.words.yuan(event.amount) if event.amount else ""
            name = self.words.say(key, amount=amount, count=self.words.duration(event.count))
            left = x + (33 if event.to_lane is not None else 18)
            if self._is_blank(event.lane, left, left + text_width(name)):
                # A record kept runs on behind the words; the lane's colour keeps them readable.
                self.drawing.rect("back-lane", x + 12, y - 8, left + text_width(name) - x - 9, 16)
                self.drawing.text(name, left, y + 5)
                self.rows[event.lane].take(left, left + text_width(name))

    def _is_blank(self, number: int, start: float, end: float) -> bool:
        lane = self.life.lanes[number]
        solid = (bar for bar in lane.bars if bar.kind is not BarKind.KEPT)
        spans = (self.scale.span(bar.months, self.life.end) for bar in solid)
        return self.rows[number].is_free(start, end) and all(end <= s[0] or s[1] <= start for s in spans if s)


