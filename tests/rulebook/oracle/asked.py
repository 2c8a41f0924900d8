"""One question's day, record and figures, and how sure a figure has to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import wraps
from typing import Any

from rulebook.oracle.figures import Figures
from rulebook.oracle.numbers import NotKnown
from rulebook.oracle.record import Record


@dataclass(frozen=True)
class Asked:
    """A document under the figures; a figure is that of the day asked about unless a rule names another day."""

    record: Record
    figures: Figures
    decides: bool
    found: dict[Any, Any] = field(default_factory=dict, compare=False)

    def figure(self, name: str, *keys: Any, on: date | None = None, place: str = "000000") -> Fraction | int:
        return self.figures.find(name, on or self.record.asked_day, place, *keys, sure=self.decides)

    @property
    def group(self) -> str:
        found: str = self.record.person("retirement_group")
        return found


def once(value: Callable[..., Any]) -> Callable[..., Any]:
    """Works a value out once for each asked question, and remembers that it is not known."""

    @wraps(value)
    def kept(asked: Asked, *args: Any) -> Any:
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
