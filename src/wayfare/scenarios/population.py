"""A population drawn from a seed: whole lives as facts documents, a chunk at a time.

Life `n` of a seed is the same on every machine and however the population is cut in chunks. What is assumed is listed
in `ASSUMPTIONS`; nothing about these people is a record of anyone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wayfare.facts import Document, read_document
from wayfare.scenarios.figures import Wages
from wayfare.scenarios.flows import census_flows
from wayfare.scenarios.life_course import draw_life

__all__ = ["draw_population"]


def draw_population(
    people: int, *, seed: int, wages: Wages, on: date, chunk: int = 200
) -> Iterator[tuple[Document, ...]]:
    """Lives 1 to `people` of a seed as they stand on a day, in chunks."""
    flows = census_flows()
    for first in range(1, people + 1, chunk):
        numbers = range(first, min(first + chunk, people + 1))
        yield tuple(
            read_document(draw_life(number, seed=seed, flows=flows, wages=wages, on=on)) for number in numbers
        )
