"""How one stated value becomes one cell of the law's tables: an integer, or None, and whether it is assumed.

Choices, days and money are encoded as `vocabulary` says. Every row names the fact it comes from, so that a reason can
show it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from wayfare.facts.items import DaySpell, Item
from wayfare.facts.vocabulary import CHOICES, OPEN_DAY
from wayfare.kernel import Money

__all__ = ["Cell", "Row", "choice_number", "day_number", "day_spell", "fen_of", "numbered", "reference"]

Cell = tuple[int | None, bool]
"""A value, or None when it is not known, and whether it is assumed."""

Row = tuple[str, tuple[Cell, ...]]
"""The fact a row comes from, and its cells in the order of the level's columns."""

AnyItem = TypeVar("AnyItem", bound=Item)


def reference(section: str, number: int, item: Item) -> str:
    """The name of a fact in reasons: its own id, or its section and its place in it, counted from 1."""
    return item.id or f"{section}:{number}"


def numbered(section: str, items: Iterable[AnyItem]) -> Iterable[tuple[str, AnyItem]]:
    """Each item of a section with its reference."""
    return ((reference(section, number, item), item) for number, item in enumerate(items, start=1))


def choice_number(name: str, word: str | None) -> int | None:
    """A word's place in the list of its column's words."""
    return None if word is None else CHOICES[name].index(word)


def day_number(day: date | None) -> int | None:
    """A day as its ordinal."""
    return None if day is None else day.toordinal()


def fen_of(amount: Money | None) -> int | None:
    """An amount in fen."""
    return None if amount is None else amount.amount_fen


def day_spell(spell: DaySpell) -> tuple[Cell, Cell, Cell]:
    """Place, first day, and the first day after."""
    return (
        (spell.place.number, spell.assumes("place")),
        (spell.start.toordinal(), spell.assumes("from")),
        (OPEN_DAY if spell.end is None else spell.end.toordinal(), spell.assumes("to")),
    )
