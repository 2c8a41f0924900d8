"""Month-level careers for the bench: months that two funds report count once, and texts in force by date and place.

Spells of contribution overlap; each is cut at the years, and within a year an ordered walk lets each month count for
the spell that comes first. The texts of an award have only the shape of real ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from bench.tables import PLACES
from wayfare.law import (
    Clause,
    Law,
    PlaceTree,
    Row,
    Rows,
    clause,
    fact,
    greatest,
    hang,
    level,
    look_up,
    months_in,
    months_once,
    parameter,
    row,
    slices,
    span,
    total,
)  # fmt: skip
from wayfare.law.world import World

SHAPE = "monthly records, shape only"
FIRST, LAST = 1985, 2024
SPELLS_MOST = 5


def months_law() -> Law:
    """Spells in several funds; the months that count, each once, the ordinary relation before the temporary one."""
    spells = level("spell", most=SPELLS_MOST)
    start = fact("spell", "month", FIRST * 12, LAST * 12 + 11)
    end = fact("spell", "month", FIRST * 12 + 1, LAST * 12 + 12)
    is_temporary = fact("spell", "truth", 0, 1)
    number = fact("spell", "count", 0, SPELLS_MOST)
    calendar_year = span("calendar", low=FIRST, high=LAST)
    months = slices("piece", of="spell", start="start", end="end", key="piece_year")
    piece_in_year = hang("piece", under="calendar", by="piece_year")
    once = months_once(
        SHAPE, level="piece", within="calendar", months="months", counted="counted", taken="taken",
        order=("is_temporary", "number"),
    )  # fmt: skip

    @clause(SHAPE, level="piece")
    def months_counted(counted: Any) -> Any:
        return months_in(counted)

    paid_months = total("months_counted", level="person")
    return Law.of(dict(locals()))


def spells(draw: np.random.Generator, count: int) -> World:
    """People with 0 to 5 spells (2.5 on average) of 1 to 199 months, many of them at the same time."""
    each = draw.integers(0, SPELLS_MOST + 1, count)
    person = np.repeat(np.arange(count), each)
    rows = len(person)
    start = draw.integers((FIRST + 5) * 12, LAST * 12, rows)
    columns = {
        "start": start,
        "end": np.minimum(start + draw.integers(1, 200, rows), LAST * 12 + 12),
        "is_temporary": (draw.random(rows) < 0.2).astype(np.int64),
        "number": np.arange(rows) - (np.cumsum(each) - each)[person],
    }
    return {"person": Rows(count, {}), "spell": Rows(rows, columns, {"person": person})}


def awards_law(*, periods: int, places: Iterable[int] = ()) -> Law:
    """A clause with a text for each period, of the nation and of each of some places, picked by month and place."""
    place_of_benefit = fact("person", "place", 0, PLACES - 1)
    retirement_month = fact("person", "month", 1995 * 12, 2025 * 12 - 1)
    pension_part = fact("person", "fen", 0, 10**6)
    years = [1995 + 30 * k // periods for k in range(periods)]
    kept = dict(locals())
    where = (None, *places)
    for k, since in enumerate(years):
        until = f"{years[k + 1]}-01-01" if k + 1 < periods else None
        for place in where:
            kept[f"award_{k}_{place}"] = _award(k, place, f"{since}-01-01" if k else None, until)
    kept["supplement"] = look_up("step", level="person", at="retirement_month", where="place_of_benefit")
    tables = [parameter("step", "fen", list(_steps())), parameter("least_award", "fen", [row(2_000)])]
    return Law.of(kept, parameters=tables, tree=PlaceTree.flat(PLACES))


def _steps() -> Iterator[Row]:
    """A dated and placed table: three periods of the nation, and of every other place."""
    for place in (None, *range(0, PLACES, 2)):
        for since, until in (("1995-01-01", "2005-01-01"), ("2005-01-01", "2015-01-01"), ("2015-01-01", None)):
            yield row(100 + (place or 0), since=since, until=until, place=() if place is None else place)


def _award(k: int, place: int | None, since: str | None, until: str | None) -> Clause:
    def one(pension_part: Any, least_award: Any) -> Any:
        return pension_part + least_award

    def other(pension_part: Any, least_award: Any) -> Any:
        return greatest(pension_part, least_award)

    body = one if (k + (place or 0)) % 2 else other
    picked = {"at": "retirement_month", "where": "place_of_benefit"} if since or until or place is not None else {}
    return clause(
        SHAPE, level="person", value="award", since=since, until=until, place=None if place is None else str(place),
        **picked,
    )(body)  # fmt: skip


def retired(draw: np.random.Generator, count: int) -> World:
    """People who retired anywhere in any month of thirty years."""
    columns = {
        "place_of_benefit": draw.integers(0, PLACES, count),
        "retirement_month": draw.integers(1995 * 12, 2025 * 12, count),
        "pension_part": draw.integers(0, 10**6, count),
    }
    return {"person": Rows(count, columns)}
