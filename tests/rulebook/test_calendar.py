"""A walk over the points of change: at each, one text and one row in force, or a declared gap with its reason."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from rulebook.lives import law
from wayfare.kernel.status import Mode
from wayfare.law.tables import resolve

TABLES = sorted(n for n in law().parameters if n != "province_of")
DATED = [n for n in TABLES if "year" not in law().parameters[n].by]
CLAUSES = sorted(n for n, v in law().values.items() if v.kind == "clause")


def days_to_check(points: list[int]) -> list[int]:
    """The day before and the day of each point of change, and a day long before and long after all."""
    return sorted({date(1940, 1, 1).toordinal(), date(2100, 1, 1).toordinal(), *points, *(p - 1 for p in points)})


@pytest.mark.parametrize("name", DATED)
def test_the_nation_has_a_row_or_a_declared_gap_on_every_day(name):
    table = law().parameters[name]
    for day in days_to_check([d for d in table.days_of_change() if d]):
        rows = [r for r in table.rows if not r.places and r.since <= day < r.until]
        gaps = [g for g in table.gaps if not g.places and g.since <= day < g.until]
        assert rows or gaps, f"{name} on {date.fromordinal(day)}"
        assert not (rows and gaps), f"{name} on {date.fromordinal(day)} has a row and a gap"
        assert len({r.key for r in rows}) == len(rows), f"{name} on {date.fromordinal(day)}"


@pytest.mark.parametrize("name", sorted(set(TABLES) - set(DATED)))
def test_a_table_by_year_declares_the_years_it_lacks(name):
    table = law().parameters[name]
    assert table.gaps and all(g.reason for g in table.gaps)


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_has_two_rows(name):
    """Laying a table out refuses two rows in force; both modes lay out."""
    for mode in Mode:
        cells = resolve(law().parameters[name], law().tree, mode)
        assert cells.value.shape == cells.gap.shape
        assert not np.any(cells.value[cells.gap])


@pytest.mark.parametrize("name", CLAUSES)
def test_one_text_at_most_is_in_force_and_once_begun_the_law_has_no_hole(name):
    texts = [t.clause for t in law().values[name].texts if not t.clause.place]
    assert texts
    spans = sorted((t.since or date.min, t.until or date.max) for t in texts)
    for (_, end), (start, _) in pairwise(spans):
        assert end == start, f"{name}: {end} to {start}"
    assert spans[-1][1] == date.max
