"""The points of change, 1992 to 2040, in every place with a rule: one text and one row in force, or a declared gap."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from rulebook.calendar_walk import holes
from rulebook.lives import law
from wayfare.kernel.status import Mode
from wayfare.law import Clause, row
from wayfare.law.errors import TwoTextsInForce
from wayfare.law.tables import FOR_EVER, FROM_EVER, Gap, Parameter, Row, resolve

BOOK = law()
TABLES = sorted(n for n in BOOK.parameters if n != "province_of")
CLAUSES = sorted(n for n, v in BOOK.values.items() if v.kind == "clause")


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def changed(name: str, **parts):
    """The law with one parameter changed."""
    return BOOK.replaced(parameters={name: replace(BOOK.parameters[name], **parts)})


def holes_in(name: str, **parts):
    """The holes that a change of a parameter leaves in its look-ups and in what they rest on."""
    return holes(changed(name, **parts), BOOK.stands_for(name))


def test_every_place_has_a_row_a_text_or_a_declared_gap_on_every_day_from_1992_to_2040():
    assert holes(BOOK) == []


@pytest.mark.parametrize("name", TABLES)
def test_no_place_has_two_rows_for_one_key_on_one_day(name):
    """Laying a table out refuses two rows in force; both modes lay out."""
    table = BOOK.parameters[name]
    assert all(BOOK.cells(name, mode).rows == (*table.rows, *table.pack) for mode in Mode)


@pytest.mark.parametrize("name", CLAUSES)
def test_no_place_has_two_texts_of_a_clause_on_one_day(name):
    rows = [as_row(i, text.clause) for i, text in enumerate(BOOK.values[name].texts)]
    laid_out = resolve(Parameter(name, "count", tuple(rows)), BOOK.tree, Mode.ESTIMATE)
    assert {i for i in laid_out.row.ravel().tolist() if i >= 0} == set(range(len(rows)))


def as_row(i: int, clause: Clause) -> Row:
    days = (clause.since or date.min).toordinal(), (clause.until or date.max).toordinal()
    return Row(i, *days, tuple(map(int, clause.place)), (), clause.source)


def test_every_figure_is_looked_up_by_some_rule():
    """What nothing looks up is walked by nobody."""
    used = {v.declared.table for v in BOOK.values.values() if v.kind in ("look_up", "expand")}
    assert used >= set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_no_gap_is_declared_where_a_row_stands(name):
    """A dated gap says that nothing is in force; one without dates holds wherever no row does."""
    table = BOOK.parameters[name]
    dated = [g for g in table.gaps if (g.since, g.until) != (FROM_EVER, FOR_EVER)]
    if set(table.by) <= {"year"}:
        assert not [(g, r) for g in dated for r in table.rows if r.places == g.places and overlap(table, g, r)]


def overlap(table: Parameter, gap: Gap, found: Row) -> bool:
    since, until = found.since, found.until
    if (since, until) == (FROM_EVER, FOR_EVER) and table.by and "year" not in table.steps:
        since, until = (day(f"{found.key[0] + more}-01-01") for more in (0, 1))
    return since < gap.until and gap.since < until


@pytest.mark.parametrize("name", TABLES)
def test_every_gap_gives_its_reason_in_both_languages(name):
    for gap in BOOK.parameters[name].gaps:
        assert gap.reason.strip() and re.search("[\u4e00-\u9fff]", gap.say.get("zh", "")), gap.reason


# ---- the walk sees what it is there to see
def test_a_gap_that_is_not_declared_is_found():
    assert [(place, since) for _, place, since in holes_in("accrual_rate", gaps=())] == [("", "1992-01-01")]


def test_a_row_that_begins_a_day_late_leaves_a_day_without_law():
    first = BOOK.parameters["pooled_share"].rows[0]
    found = holes_in("pooled_share", rows=(replace(first, since=day("2010-01-02")),))
    assert [since for _, _, since in found] == ["2010-01-01"]


def test_a_year_that_a_place_lacks_is_found_in_that_place_alone():
    table = BOOK.parameters["account_interest_rate"]
    rows = tuple(r for r in table.rows if r.places or r.key != (2019,))
    rows += (row(761, place=310000, key=2019),)
    found = [hole for hole in holes_in("account_interest_rate", rows=rows) if hole[0] == "year_rate"]
    assert found == [("year_rate", "", "2019-01-01")]


def test_a_step_table_without_its_lowest_step_has_a_hole():
    table = BOOK.parameters["minimum_contribution"]
    rows = tuple(r for r in table.rows if r.since < day("2025-01-01") or r.key != (1900,))
    assert any(name == "minimum_months" for name, _, _ in holes_in("minimum_contribution", rows=rows))


def test_a_key_without_a_row_is_found():
    table = BOOK.parameters["delay_step"]
    found = holes_in("delay_step", rows=table.rows[:-1])
    assert [since for name, _, since in found if name.startswith("delay_step")] == ["2025-01-01"]


def test_a_place_whose_row_ends_falls_back_on_the_nation_or_has_a_hole():
    table = BOOK.parameters["years_step"]
    ends = tuple(replace(r, until=day("2020-01-01")) for r in table.rows)
    assert holes_in("years_step", rows=ends) == []  # the gap without dates holds for Anhui too
    found = holes_in("years_step", rows=ends, gaps=())
    assert {("340000", "2020-01-01"), ("", "1992-01-01")} <= {(place, since) for name, place, since in found}


def test_a_text_that_begins_a_day_late_leaves_a_day_without_law():
    value = BOOK.values["delay_months"]
    texts = tuple(
        replace(t, clause=replace(t.clause, since=date(2025, 1, 2))) if t.clause.since == date(2025, 1, 1) else t
        for t in value.texts
    )
    broken = replace(BOOK, values={**BOOK.values, "delay_months": replace(value, texts=texts)}, _plans={}, _cells={})
    assert ("delay_months", "", "2025-01-01") in holes(broken, ["delay_months"])


def test_two_rows_in_force_are_refused():
    table = BOOK.parameters["pooled_share"]
    with pytest.raises(TwoTextsInForce):
        changed("pooled_share", rows=(*table.rows, row(1_000, since="2020-01-01"))).cells("pooled_share", Mode.DECISION)
