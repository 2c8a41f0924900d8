"""What a person typed into a form, read with patience: full-width figures, spaces and two-figure months are all right.

A field that is left empty is not known, and that is never a fault. What cannot be read is a fault with the field it
stands in, and the page shows it beside what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from wayfare.kernel import Money, Month, Place
from wayfare.portals.guest.places import find_places
from wayfare.portals.language import Words

__all__ = ["Fault", "Form", "PlaceField"]

TEXT_MOST: Final = 200
YEAR_LEAST: Final = 1900


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a field: the key of its sentence (`fault.<key>`), and the code of an error that has one."""

    field: str
    key: str
    code: str = ""
    where: str = ""
    """The line of a text in which the fault stands, and the path of the fact."""
    found: str = ""
    """What was found and what to do, already in words; in place of a sentence of the catalogue."""


@dataclass(frozen=True, slots=True)
class PlaceField:
    """A place as typed: the text, the place when it is certain, and the places to choose from when it is not."""

    text: str = ""
    place: Place | None = None
    choices: tuple[Place, ...] = ()
    more: bool = False


@dataclass
class Form:
    """The fields of a form, and the faults found while they are read."""

    fields: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)
    asks_which: bool = False
    """Whether a place has to be chosen among several before the form can go on."""

    @property
    def is_open(self) -> bool:
        """Whether the page has to be shown again: something is wrong, or a place has to be chosen."""
        return bool(self.faults) or self.asks_which

    def text(self, name: str) -> str:
        """A field as typed, without what stands around it; empty when it was left out."""
        return unicodedata.normalize("NFKC", self.fields.get(name, "")).strip()[:TEXT_MOST]

    def word(self, name: str, words: tuple[str, ...]) -> str | None:
        """A choice; None when none was made. What the page does not offer counts as none."""
        found = self.text(name)
        return found if found in words else None

    def day(self, name: str, today: date) -> date | None:
        """A day in three fields: year, month and day. A day ahead of today is a fault."""
        parts = [self.text(f"{name}-{part}") for part in ("year", "month", "day")]
        if not any(parts):
            return None
        try:
            found = date(*(_figures(part) for part in parts))
        except ValueError:
            self._fault(f"{name}-year", "day")
            return None
        if not found.year >= YEAR_LEAST or found > today:
            self._fault(f"{name}-year", "day_range")
            return None
        return found

    def month(self, name: str, today: date) -> Month | None:
        """A month in two fields; a year alone is its January. A month ahead of today is a fault."""
        year, month = self.text(f"{name}-year"), self.text(f"{name}-month")
        if not (year or month):
            return None
        try:
            first = date(_figures(year), _figures(month or "1"), 1)
        except ValueError:
            self._fault(f"{name}-year", "month")
            return None
        if not first.year >= YEAR_LEAST or first > today:
            self._fault(f"{name}-year", "month_range")
            return None
        return Month.of(first)

    def yuan(self, name: str) -> Money | None:
        """An amount of money; signs of thousands and the word for yuan are passed over."""
        typed = re.sub(r"[,，\s]|元|yuan", "", self.text(name).lower())
        if not typed:
            return None
        if not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", typed):
            self._fault(name, "yuan")
            return None
        return Money.yuan(typed)

    def place(self, name: str, words: Words) -> PlaceField:
        """A place by its name, or the one chosen of several.

        A name that nobody has is a fault, and so is one of several places when the choice was offered and not made.
        """
        typed, code = self.text(name), self.text(f"{name}-code")
        if not typed:
            return PlaceField()
        is_same = self.text(f"{name}-for") == typed
        found = find_places(code if code and is_same else typed)
        if found.one is not None:
            return PlaceField(words.place(found.one), found.one)
        self.asks_which = bool(found.choices)
        if is_same or not found.choices:
            self._fault(name, "place_which" if found.choices else "place_unknown")
        return PlaceField(typed, None, found.choices, found.more)

    def _fault(self, name: str, key: str) -> None:
        self.faults.append(Fault(name, key))


def _figures(text: str) -> int:
    """The number that figures write. Raises ValueError."""
    if not re.fullmatch(r"\d{1,4}", text):
        raise ValueError(text)
    return int(text)
