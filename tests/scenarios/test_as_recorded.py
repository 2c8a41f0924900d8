"""The record of a January holds what was paid until then and nothing later."""

from __future__ import annotations

import pytest

from scenarios.told_lives import life, paid
from wayfare.kernel import Month
from wayfare.scenarios import as_recorded

YEARS = [{"year": 2009, "months": "1-3", "base": "2000.00"}, {"year": 2012, "months": "1-3", "base": "2500.00"}]


def record(*spells, january="2011-01"):
    recorded = as_recorded(life(*spells), Month(january))
    return recorded.on.isoformat(), [
        (str(each.start), str(each.end), [year.year for year in each.years]) for each in recorded.facts.insurance
    ]


def test_a_spell_that_runs_on_is_cut_at_the_january():
    assert record(paid("410000", "2008-03", None)) == ("2011-01-01", [("2008-03", "2011-01", [])])


def test_years_after_it_are_left_out():
    assert record(paid("410000", "2008-03", "2013-01", years=YEARS))[1] == [("2008-03", "2011-01", [2009])]


@pytest.mark.parametrize(
    "later", [paid("310000", "2011-01", "2012-01"), paid("310000", "2010-11", "2013-01", years=YEARS[1:])]
)
def test_a_spell_that_had_brought_nothing_yet_is_left_out(later):
    assert record(paid("410000", "2008-03", "2009-01"), later)[1] == [("2008-03", "2009-01", [])]
