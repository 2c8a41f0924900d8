"""What the rulebook covers, place by place and year by year; a row that goes is seen to go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rulebook.lives import law
from wayfare.kernel.status import Status
from wayfare.law import row
from wayfare.law.tables import Gap
from wayfare.rulebook.coverage import coverage, differs_by_place, last_checked_year, programme_of, years_by_status

SHANGHAI, FUJIAN, SHENZHEN = 310000, 350000, 440300


def stretches(book, name, place):
    """The stretches of a figure in a place as (first year, last year, status)."""
    found = [c for c in coverage(book) if c.name == name and c.place == place]
    return [(s.since.year, s.until.year - 1, s.status) for c in found for s in c.stretches]


def without(name, place, year):
    """The law without one row, and without what an estimate would put in its stead."""
    table = law().parameters[name]
    rows = tuple(r for r in table.rows if (r.places, r.key) != ((place,), (year,)))
    assert len(rows) == len(table.rows) - 1
    return law().replaced(parameters={name: replace(table, rows=rows, pack=())})


def test_a_row_that_is_missing_is_a_year_that_is_not_covered():
    assert (1999, 2025, Status.VERIFIED) in stretches(law(), "average_wage", SHANGHAI)
    found = stretches(without("average_wage", SHANGHAI, 2010), "average_wage", SHANGHAI)
    assert found[-4:] == [
        (1999, 2009, Status.VERIFIED), (2010, 2010, None), (2011, 2025, Status.VERIFIED), (2026, 2026, None),
    ]  # fmt: skip


def test_what_is_not_covered_gives_the_reason_of_its_gap():
    book = without("average_wage", SHANGHAI, 2010)
    (found,) = (c for c in coverage(book, "pension") if c.name == "average_wage" and c.place == SHANGHAI)
    gap = law().parameters["average_wage"].gaps[0]
    assert {s.why.get("en") for s in found.stretches if s.status is None} == {gap.reason}
    assert all(not s.why for s in found.stretches if s.status is not None)


def test_a_city_without_rows_of_its_own_stands_as_its_province_and_needs_no_line():
    assert not [c for c in coverage(law()) if c.name == "average_wage" and c.place == SHENZHEN]


def test_a_narrower_place_comes_before_the_nation_and_the_least_sure_row_counts():
    rows = [row(1, since="2000-01-01"), row(2, since="2010-01-01", until="2015-07-01", place=FUJIAN, status="recalled")]
    book = law().replaced(parameters={"employer_rate": replace(law().parameters["employer_rate"], rows=tuple(rows))})
    (found,) = (c for c in coverage(book) if c.name == "employer_rate" and c.place == FUJIAN)
    assert [(s.since, s.until, s.status) for s in found.stretches if s.status is Status.RECALLED] == [
        (date(2010, 1, 1), date(2015, 7, 1), Status.RECALLED)
    ]
    assert years_by_status(found)[Status.RECALLED] == 5  # a year counts by its last day


def test_an_assumption_fills_what_nothing_else_covers():
    assert stretches(law(), "employer_rate", FUJIAN)[-1][2] is Status.ASSUMED


def test_every_year_of_every_place_is_told_once():
    years = last_checked_year(law()) - 1992 + 1
    for found in coverage(law()):
        assert all(a.until == b.since for a, b in zip(found.stretches, found.stretches[1:], strict=False))
        assert sum(years_by_status(found).values()) >= years
        assert found.stretches[-1].until == date(last_checked_year(law()) + 1, 1, 1)


def test_every_province_has_its_line_for_every_figure_that_differs_by_place():
    found = coverage(law())
    for name in law().homes:
        provinces = {c.place for c in found if c.name == name and c.place % 10_000 == 0}
        assert len(provinces) == (31 if differs_by_place(law(), name) else 0), name


@pytest.mark.parametrize("name", ["pooled_share", "delay_step"])
def test_a_figure_of_the_nation_alone_has_no_lines(name):
    assert not differs_by_place(law(), name)


def test_a_programme_is_the_folder_below_the_nation_or_the_place():
    assert programme_of("national/pension/retirement") == "pension"
    assert {programme_of(c.home) for c in coverage(law(), "pension")} == {"pension"}
    assert coverage(law(), "nothing") == ()


def test_coverage_is_data():
    found = coverage(law(), "pension")[0].as_document()
    assert {"programme", "rule", "name", "place", "stretches"} == set(found)
    assert set(found["stretches"][0]) >= {"from", "until", "status"}


def test_a_gap_of_another_place_is_no_reason_here():
    table = law().parameters["years_step"]
    gap = Gap(1, date.max.toordinal(), (SHANGHAI,), "only Shanghai")
    book = law().replaced(parameters={"years_step": replace(table, gaps=(gap,))})
    whys = {c.place: c.stretches[0].why for c in coverage(book) if c.name == "years_step"}
    assert whys[SHANGHAI] == {"en": "only Shanghai"} and whys[FUJIAN] == {}
