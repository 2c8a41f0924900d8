"""Average wages by province and year, as the rulebook has them and its assumption pack fills them.

Drawn lives earn a share of these, and pay contributions on them.
"""

from __future__ import annotations

from collections.abc import Mapping

from wayfare.kernel import Place
from wayfare.law import Law

__all__ = ["Wages", "average_wages"]

Wages = Mapping[tuple[Place, int], int]
"""Fen a year by province and year."""


def average_wages(law: Law) -> Wages:
    """The average wage of each province and year; a figure of the rulebook goes before one of the pack."""
    table = law.parameters["average_wage"]
    return {
        (Place.numbered(row.places[0]), row.key[0]): row.value
        for rows in (table.pack, table.rows)
        for row in rows
        if len(row.places) == 1
    }
