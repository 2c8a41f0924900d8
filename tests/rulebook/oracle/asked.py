"""One question's day, record and figures, and how sure a figure has to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import wraps
from typing import Any

from rulebook.oracle.figures import Figures
from rulebook.oracle.given import read
from rulebook.oracle.numbers import NotKnown
from rulebook.oracle.record import Record

Place = str | Callable[["Asked"], str]


@dataclass(frozen=True)
class Asked:
    """A document under the figures; a figure is that of the day asked about unless a rule names another day."""

    record: Record
    figures: Figures
    decides: bool
    found: dict[Any, Any] = field(default_factory=dict, compare=False)

    def figure(self, name: str, *keys: Any, on: date | None = None, place: Place = "000000") -> Fraction | int:
        """The figure of a day and a place, which is asked for only where the document does not give the figure."""
        given: Fraction | int | None = self.given(name)
        if given is not None:
            return given
        where = place if isinstance(place, str) else place(self)
        return self.figures.find(name, on or self.record.asked_day, where, *keys, sure=self.decides)

    def given(self, name: str) -> Any:
        """What the document gives in place of the value or figure, or None."""
        text = self.record.given(name)
        return None if text is None else read(name, text)

    @property
    def group(self) -> str:
        found: str = self.record.person("retirement_group")
        return found


def once(value: Callable[..., Any]) -> Callable[..., Any]:
    """Works a value out once for each asked question, and remembers that it is not known; a given one stands for it."""

    @wraps(value)
    def kept(asked: Asked, *args: Any) -> Any:
        given = None if args else asked.given(value.__name__)
        if given is not None:
            return given
        key = value, *args
        if key not in asked.found:
            try:
                asked.found[key] = value(asked, *args)
            except NotKnown as unknown:
                asked.found[key] = unknown
        if isinstance(asked.found[key], NotKnown):
            raise NotKnown
        return asked.found[key]

    return kept
