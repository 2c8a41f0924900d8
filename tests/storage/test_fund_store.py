"""Rules of which fund a place belongs to."""

from __future__ import annotations

from datetime import date

import pytest

from wayfare.storage import fund_store as funds
from wayfare.storage.errors import SpellsOverlap

MEDICAL = "employee_medical"


@pytest.fixture
def session(as_officer):
    """Nanchong in Sichuan: pools of counties since 1999, one of the city since 2012, one of the province since 2020."""
    with as_officer() as session:
        funds.pool_in(session, "511381", MEDICAL, since=date(1999, 1, 1))
        funds.pool_in(session, "511300", MEDICAL, since=date(2012, 1, 1))
        funds.pool_in(session, "510000", MEDICAL, since=date(2020, 7, 1))
        yield session


@pytest.mark.parametrize(
    ("place", "month", "fund"),
    [
        ("511381", date(1998, 12, 31), None),
        ("511381", date(1999, 1, 1), "511381:employee_medical"),
        ("511381", date(2011, 12, 31), "511381:employee_medical"),
        ("511381", date(2012, 1, 15), "511300:employee_medical"),
        ("511302", date(2012, 1, 15), "511300:employee_medical"),
        ("511302", date(2011, 12, 31), None),
        ("511381", date(2020, 6, 30), "511300:employee_medical"),
        ("511381", date(2020, 7, 1), "510000:employee_medical"),
        ("510104", date(2021, 1, 1), "510000:employee_medical"),
        ("440100", date(2021, 1, 1), None),
    ],
)
def test_a_place_belongs_to_the_narrowest_pool_around_it_in_that_month(session, place, month, fund):
    assert funds.fund_of(session, place, MEDICAL, month=month) == fund


def test_a_pool_of_one_insurance_says_nothing_about_another(session):
    assert funds.fund_of(session, "511381", "injury", month=date(2021, 1, 1)) is None


def test_a_pool_of_the_nation_holds_where_no_narrower_one_does(session):
    funds.pool_in(session, "000000", "injury", since=date(2022, 1, 1))
    assert funds.fund_of(session, "440305", "injury", month=date(2022, 1, 1)) == "000000:injury"


def test_recording_the_same_pool_again_changes_nothing(session):
    before = session.connection.execute("select * from fund_of order by place").fetchall()
    funds.pool_in(session, "510000", MEDICAL, since=date(2020, 7, 1))
    assert session.connection.execute("select * from fund_of order by place").fetchall() == before


def test_a_pool_is_not_put_before_later_pools_inside_it(session):
    with pytest.raises(SpellsOverlap, match="WF-STO-031  The pool of 510000 for employee_medical from 2011-01"):
        funds.pool_in(session, "510000", MEDICAL, since=date(2011, 1, 1))
