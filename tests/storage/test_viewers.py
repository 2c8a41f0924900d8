"""Rules of who sees which record, and of the record of looking."""

from __future__ import annotations

import psycopg
import pytest

from storage.lives import COOK, cook
from storage.servers import officer
from wayfare.storage import Role, Viewer
from wayfare.storage import decision_store as decisions
from wayfare.storage import registry_store as registry
from wayfare.storage.errors import NobodyLooks, PersonNotInView

TABLES = ("person", "spell", "correction", "decision", "access_record")


@pytest.fixture
def recorded(as_officer):
    """The cook, recorded in a district of Chengdu in Sichuan, corrected once, looked at, with a decision."""
    with as_officer() as session:
        registry.save(session, COOK)
        registry.correct(session, cook(land=[{"mu": "3.2"}]), reason="land was added")
        registry.load(session, "cook")
        session.connection.execute(
            "select keep_decision('D-1', 'cook', null, 'q', '2024-01-01', now(), 'estimate', 'v', '{}', '{}', null)"
        )


@pytest.mark.parametrize("scope", [None, "000000", "510000", "510100", "510104"])
def test_the_nation_and_every_place_around_the_person_see_the_record(recorded, as_officer, scope):
    with as_officer(scope) as session:
        assert registry.list_people(session) == [("cook", "510104")]
        assert registry.load(session, "cook")["person"] == COOK["person"]


@pytest.mark.parametrize("scope", ["440000", "510300", "510105"])
def test_other_places_do_not_see_the_record_and_cannot_tell_whether_there_is_one(recorded, as_officer, scope):
    with as_officer(scope) as session:
        assert registry.list_people(session) == []
        assert registry.list_looks(session, "cook") == []
        assert decisions.list_decisions(session, "cook") == []
        with pytest.raises(PersonNotInView) as hidden:
            registry.load(session, "cook")
        with pytest.raises(PersonNotInView) as absent:
            registry.load(session, "nobody")
    assert str(hidden.value).replace("cook", "nobody") == str(absent.value)


@pytest.mark.parametrize("table", TABLES)
def test_without_a_viewer_no_row_of_a_person_is_visible_even_to_the_owner(recorded, database, table):
    with database.connect() as connection:
        assert connection.execute(f"select count(*) from {table}").fetchone() == (0,)


@pytest.mark.parametrize("table", TABLES)
def test_a_scope_without_a_named_viewer_opens_nothing(recorded, database, table):
    with database.connect() as connection:
        connection.execute("select set_config('wayfare.scope', 'nation', true)")
        assert connection.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_the_viewer_ends_with_the_session(recorded, database):
    with database.session(viewer=officer()) as session:
        connection = session.connection
        assert connection.execute("select has_viewer(), count(*) from person").fetchone() == (True, 1)
    assert connection.execute("select has_viewer(), count(*) from person").fetchone() == (False, 0)
    connection.rollback()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("table", ["spell", "decision"])
def test_no_role_can_read_a_record_past_the_access_record(recorded, as_officer, role, table):
    with as_officer(role=role) as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.connection.execute(f"select * from {table}")


@pytest.mark.parametrize("role", list(Role))
def test_no_role_can_write_the_tables_themselves(recorded, as_officer, role):
    for command in (
        "insert into access_record (viewer, role, viewer_scope, purpose, subject, found)"
        " values ('a', 'b', 'c', 'd', 'e', true)",
        "insert into person (id, scope) values ('x', '510104')",
        "update person set scope = '440000'",
        "delete from fund_of",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), as_officer(role=role) as session:
            session.connection.execute(command)


@pytest.mark.parametrize("role", [Role.READER, Role.POSTER])
def test_only_an_officer_changes_a_record(recorded, as_officer, role):
    with pytest.raises(psycopg.errors.InsufficientPrivilege), as_officer(role=role) as session:
        registry.correct(session, cook(work=[]), reason="a reason")


def test_every_look_is_recorded_with_who_when_and_why(recorded, as_officer):
    with as_officer("510000") as session:
        registry.load(session, "cook")
    with as_officer() as session:
        last = registry.list_looks(session, "cook")[-1]
    assert {name: last[name] for name in last if name != "at"} == {
        "viewer": "officer 7",
        "role": "wayfare_officer",
        "viewer_scope": "51",
        "purpose": "a test",
        "subject": "facts",
        "found": True,
    }


def test_a_look_that_found_nothing_is_recorded_too(recorded, as_officer):
    with as_officer("440000") as session, pytest.raises(PersonNotInView):
        registry.load(session, "cook")
    with as_officer() as session:
        assert [look["found"] for look in registry.list_looks(session, "cook")][-1] is False


def test_a_look_stays_recorded_when_the_session_is_undone(recorded, as_officer):
    with pytest.raises(RuntimeError), as_officer("510000") as session:
        registry.load(session, "cook")
        registry.correct(session, cook(work=[]), reason="will be undone")
        raise RuntimeError("the case was closed meanwhile")
    with as_officer() as session:
        assert registry.list_looks(session, "cook")[-1]["viewer_scope"] == "51"
        assert registry.load(session, "cook")["work"] == COOK["work"]


def test_a_record_is_made_only_inside_the_places_of_its_maker(as_officer):
    with as_officer("440000") as session, pytest.raises(PersonNotInView, match="WF-STO-033"):
        registry.save(session, COOK)


def test_a_record_that_moves_is_seen_at_the_new_place_whole_and_no_more_at_the_old(recorded, as_officer):
    with as_officer("510000") as session:
        registry.move(session, "cook", scope="350100")
    with as_officer("350000") as session:
        assert registry.load(session, "cook")["hukou"] == COOK["hukou"]
        assert [decision["id"] for decision in decisions.list_decisions(session, "cook")] == ["D-1"]
    with as_officer("510000") as session, pytest.raises(PersonNotInView):
        registry.move(session, "cook", scope="510104")


@pytest.mark.parametrize(("name", "purpose"), [("", "a test"), ("officer 7", " ")])
def test_a_viewer_has_a_name_and_a_purpose(name, purpose):
    with pytest.raises(NobodyLooks, match="WF-STO-035  A viewer without a name or without a purpose"):
        Viewer(name=name, role=Role.READER, scope=None, purpose=purpose)
