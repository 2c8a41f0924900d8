"""What is covered, as a page: a picture with its sentence, the same numbers as tables and data, and every gap.

Counted is each figure or text in each place and year. A year counts by its last day.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from markupsafe import Markup

from wayfare.app.covered import (
    GROUPS,
    Counts,
    counted,
    counted_by_year,
    coverage_document,
    covered,
    group_of,
    programmes,
)
from wayfare.law import Law
from wayfare.law.labels import labels_of
from wayfare.portals.lawbook.coverage_picture import COLOURS, SHADES, Cell, bars, grid, shade_of
from wayfare.portals.lawbook.pages import Asked, shown
from wayfare.portals.lawbook.telling import Telling
from wayfare.rulebook.coverage import FIRST_YEAR, Coverage, last_checked_year, programme_of, year_by_year

__all__ = ["coverage_data", "coverage_page", "coverage_table"]

PROVINCE = 10_000  # a province's code ends with four noughts
LABEL_WIDTH_OF_PLACES, LABEL_WIDTH_OF_FIGURES = 130, 330
LABEL_WIDTH_ON_A_PHONE = 120


@dataclass(frozen=True)
class Found:
    """What was asked for and what is covered of it.

    Of all places the lines of the provinces are counted, for each has a line for every figure; a city or county has
    lines for its own figures alone, and stands as its province in all others.
    """

    law: Law
    programme: str | None
    place: str | None
    every: Sequence[Coverage]

    @cached_property
    def lines(self) -> Sequence[Coverage]:
        """The lines that are counted."""
        return [line for line in self.every if self.place or not line.place % PROVINCE]

    @cached_property
    def own_places(self) -> dict[int, int]:
        """Cities and counties by code, with how many figures of their own they have."""
        if self.place:
            return {}
        return dict(sorted(Counter(line.place for line in self.every if line.place % PROVINCE).items()))

    @cached_property
    def by_place(self) -> dict[int, Counts]:
        """Years by group for each place, by code."""
        return dict(sorted(counted(self.lines, lambda line: line.place).items()))

    @cached_property
    def by_programme(self) -> dict[str, Counts]:
        """Years by group for each programme."""
        return counted(self.lines, lambda line: programme_of(line.home))

    @cached_property
    def by_figure(self) -> dict[str, Counts]:
        """Years by group for each figure or text."""
        return counted(self.lines, lambda line: line.name)

    @cached_property
    def total(self) -> Counts:
        """Years by group over all."""
        return sum(self.by_place.values(), Counts())

    def of_100(self, group: str) -> int:
        """How many of a hundred stand in a group, rounded half up."""
        every = sum(self.total.values())
        return (200 * self.total[group] + every) // (2 * every) if every else 0

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year."""
        return FIRST_YEAR, last_checked_year(self.law)


def find(law: Law, programme: str, place: str) -> Found:
    """What is covered of a programme in a place; an empty text asks for all. Raises UnknownValue."""
    named = programme or None, place or None
    return Found(law, *named, covered(law, programme=named[0], place=named[1]))


def coverage_page(asked: Asked, *, programme: str = "", place: str = "") -> str:
    """The page."""
    law, tell = asked.law, asked.telling
    found = find(law, programme, place)
    query = "&".join(f"{name}={held}" for name, held in (("programme", programme), ("place", place)) if held)
    pictures = law.kept(
        ("coverage picture", f"{asked.language} {programme} {place}"), lambda: _pictures(found, tell)
    ) if found.lines else ()  # fmt: skip
    title = tell.words.say("lawbook.coverage.of_place", place=tell.place(place)) if place else tell.words.say(
        "lawbook.coverage.title"
    )  # fmt: skip
    every = covered(law)
    return shown(
        asked, "coverage", title, found=found, programme=programme, place=place, pictures=pictures,
        query=f"?{query}" if query else "", groups=list(GROUPS), colours=COLOURS, shades=SHADES,
        programmes=[name for name in programmes(law) if any(programme_of(line.home) == name for line in every)],
        every_place=sorted({f"{line.place:06}" for line in every}), gaps=list(_gaps(found)),
        own_places=[(tell.place(f"{code:06}"), f"{code:06}", count) for code, count in found.own_places.items()],
        by_place=list(_places(asked, found)), by_programme=list(_programmes(asked, found)),
        figures=_figures(found), last_checked=date.fromisoformat(law.last_checked),
    )  # fmt: skip


def _pictures(found: Found, tell: Telling) -> tuple[Markup, Markup]:
    """The grid and the bars: places, or the figures of one place."""
    if found.place:
        names = [tell.plainly(line.name) for line in found.lines]
        cells = [
            Cell(row, year, COLOURS[group_of(status)])
            for row, line in enumerate(found.lines) for year, status in year_by_year(line)
        ]  # fmt: skip
        counts = [counted([line], lambda line: line.name)[line.name] for line in found.lines]
        return (grid(names, cells, label_width=LABEL_WIDTH_OF_FIGURES),
                bars(names, counts, label_width=LABEL_WIDTH_ON_A_PHONE + 50))  # fmt: skip
    rows = {place: row for row, place in enumerate(found.by_place)}
    names = [tell.place(f"{place:06}") for place in rows]
    each = counted_by_year(found.lines)
    cells = [Cell(rows[place], year, shade_of(counts)) for (place, year), counts in each.items()]
    wide = grid(names, cells, label_width=LABEL_WIDTH_OF_PLACES)
    return wide, bars(names, list(found.by_place.values()), label_width=LABEL_WIDTH_ON_A_PHONE)


Linked = tuple[str, str, Counts]
"""A name, where it is told, and its years by group."""


def _places(asked: Asked, found: Found) -> Iterator[Linked]:
    of = f"programme={found.programme}&" if found.programme else ""
    for place, counts in found.by_place.items():
        code = f"{place:06}"
        yield asked.telling.place(code), f"/{asked.language}/coverage?{of}place={code}", counts


def _programmes(asked: Asked, found: Found) -> Iterator[Linked]:
    of = f"&place={found.place}" if found.place else ""
    for programme, counts in found.by_programme.items():
        yield asked.telling.programme(programme), f"/{asked.language}/coverage?programme={programme}{of}", counts


def _figures(found: Found) -> list[dict[str, Any]]:
    """Each figure with its counts and how many places it is told for."""
    places = Counter(line.name for line in found.lines)
    return [{"name": name, "counts": counts, "places": places[name]} for name, counts in found.by_figure.items()]


@dataclass(frozen=True, slots=True)
class GapOfMany:
    """A reason that a figure has a gap, with the years and the places of which it is so."""

    name: str
    why: Mapping[str, str]
    stretches: Mapping[tuple[str, str], Sequence[str]]


def _gaps(found: Found) -> Iterator[GapOfMany]:
    """Every gap: a figure and a reason at a time, places with the same days together."""
    held: dict[tuple[str, str], dict[tuple[str, str], list[str]]] = {}
    whys: dict[tuple[str, str], Mapping[str, str]] = {}
    for line in found.every:
        for stretch in line.stretches:
            if stretch.status is None:
                key = line.name, stretch.why.get("en", "")
                whys[key] = stretch.why
                days = stretch.since.isoformat(), stretch.until.isoformat()
                held.setdefault(key, {}).setdefault(days, []).append(f"{line.place:06}")
    return (GapOfMany(key[0], whys[key], stretches) for key, stretches in held.items())


def coverage_data(law: Law, *, programme: str = "", place: str = "") -> dict[str, Any]:
    """The numbers of the page: by place and by figure, and the lines they are counted from."""
    found = find(law, programme, place)
    return {
        "law": law.version, "last_checked": law.last_checked, "programme": found.programme, "place": found.place,
        "unit": "years of one figure or text in one place", "total": _plain(found.total),
        "by_place": [{"place": f"{code:06}", **_plain(counts)} for code, counts in found.by_place.items()],
        "by_figure": [
            {"name": name, "label": labels_of(law, name), **_plain(counts)} for name, counts in found.by_figure.items()
        ],
        "own_places": [{"place": f"{code:06}", "figures": count} for code, count in found.own_places.items()],
        "lines": coverage_document(law, found.every),
    }  # fmt: skip


def coverage_table(law: Law, *, programme: str = "", place: str = "") -> str:
    """The picture's numbers as a table: for each place and year how many figures stand in each group."""
    each = counted_by_year(find(law, programme, place).lines)
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["place", "year", *GROUPS])
    rows.writerows([f"{code:06}", year, *_plain(counts).values()] for (code, year), counts in each.items())
    return out.getvalue()


def _plain(counts: Counts) -> dict[str, int]:
    return {group: counts[group] for group in GROUPS}
