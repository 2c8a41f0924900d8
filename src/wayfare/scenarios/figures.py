"""Figures of the rulebook that a scenario needs outside a question: average wages, and a rate on a day in a place.

A row of the rulebook goes before one of its assumption pack, a row of the province before one of the nation.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wayfare.kernel import Place
from wayfare.law import Law
from wayfare.law.errors import GapInLaw

__all__ = ["Wages", "average_wages", "rate_on"]

Wages = Mapping[tuple[Place, int], int]
"""Fen a year by province and year."""


def average_wages(law: Law) -> Wages:
    """The average wage of each province and year."""
    table = law.parameters["average_wage"]
    return {
        (Place.numbered(row.places[0]), row.key[0]): row.value
        for rows in (table.pack, table.rows)
        for row in rows
        if len(row.places) == 1
    }


def rate_on(law: Law, name: str, day: date, province: Place) -> int:
    """A parameter without keys, in its unit, on a day in a province. Raises GapInLaw."""
    table = law.parameters[name]
    for place in ((province.number,), ()):
        for row in (*table.rows, *table.pack):
            if row.places == place and row.since <= day.toordinal() < row.until:
                return row.value
    raise GapInLaw(f"{name} has no value on {day} in {province}.", next_step="Add a dated row, or one to the pack.")
