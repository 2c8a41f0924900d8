"""The cells of the law's tables: how a day, a choice, an amount and a spell of the document become integers.

A value that is not known is None; every cell says whether the document assumes it. The rows of each section are made of
these (`tables`), and each row names the fact it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from wayfare.facts.items import DaySpell, Item
from wayfare.facts.vocabulary import CHOICES, OPEN_DAY
from wayfare.kernel import Money

__all__ = ["Cell", "Row", "choice_of", "day_cells", "day_of", "fen_of", "numbered", "reference"]

Cell = tuple[int | None, bool]
"""A value, or None when it is not known, and whether it is assumed."""

Row = tuple[str, tuple[Cell, ...]]
"""The fact a row comes from, and its cells in the order of the level's columns."""

AnyItem = TypeVar("AnyItem", bound=Item)


def reference(section: str, number: int, item: Item) -> str:
    """The name of a fact in reasons: its own id, or its section and its place in it, counted from 1."""
    return item.id or f"{section}:{number}"


def numbered(section: str, items: Iterable[AnyItem]) -> Iterable[tuple[str, AnyItem]]:
    """Each item with its reference."""
    return ((reference(section, number, item), item) for number, item in enumerate(items, start=1))


def choice_of(name: str, word: str | None) -> int | None:
    """The place of a word among the words of its column."""
    return None if word is None else CHOICES[name].index(word)


def day_of(day: date | None) -> int | None:
    """A day as its ordinal."""
    return None if day is None else day.toordinal()


def fen_of(amount: Money | None) -> int | None:
    """An amount in fen."""
    return None if amount is None else amount.amount_fen


def day_cells(spell: DaySpell) -> tuple[Cell, Cell, Cell]:
    """Place, first day, and the first day after; a spell still running ends on the open day."""
    return (
        (spell.place.number, spell.assumes("place")),
        (spell.start.toordinal(), spell.assumes("from")),
        (OPEN_DAY if spell.end is None else spell.end.toordinal(), spell.assumes("to")),
    )
