"""The flows between provinces that lives are drawn from: who left which province for which other.

The matrix is that of 2010, persons of the census long form by province of birth and of residence. `data/SOURCES.md`
says where it comes from and that its label is inferred.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from wayfare.kernel import Place
from wayfare.scenarios.assumptions import assumption
from wayfare.scenarios.dice import Dice

__all__ = ["Flows", "census_flows"]


@dataclass(frozen=True)
class Flows:
    """Persons by province of origin and province of destination."""

    persons: Mapping[Place, Mapping[Place, int]]

    @property
    def left(self) -> dict[Place, int]:
        """How many left each province."""
        return {origin: sum(row.values()) for origin, row in self.persons.items()}

    def origin(self, dice: Dice) -> Place:
        """A province of origin, as often as people left it."""
        left = self.left
        return list(left)[dice.which(list(left.values()))]

    def destination(self, dice: Dice, origin: Place, *, other_than: Place) -> Place:
        """Where a person from `origin` goes, as often as people did; never to where the person is."""
        row = {place: count for place, count in self.persons[origin].items() if place != other_than}
        return list(row)[dice.which(list(row.values()))]


@cache
def census_flows() -> Flows:
    """The flows of the year that the assumption `first_flow` names."""
    year = str(assumption("first_flow").number)
    persons: dict[Place, dict[Place, int]] = {}
    file = resources.files("wayfare.scenarios") / "data" / "province_migration_flows.csv"
    with file.open(encoding="utf-8") as text:
        for row in csv.DictReader(text):
            if row["year"] == year:
                to = persons.setdefault(Place(row["origin_code"]), {})
                to[Place(row["destination_code"])] = int(row["sample_persons"])
    return Flows({origin: dict(sorted(persons[origin].items())) for origin in sorted(persons)})
