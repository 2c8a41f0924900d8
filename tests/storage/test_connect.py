"""Rules of opening a database and of its sessions."""

from __future__ import annotations

import psycopg
import pytest

from storage.lives import COOK
from storage.servers import officer
from wayfare.storage import Settings, open_database
from wayfare.storage import connect as connect_module
from wayfare.storage import registry_store as registry
from wayfare.storage.errors import DatabaseUnreachable, ServerTooOld
from wayfare.storage.migrations import read_migrations


def conninfo(parameters):
    return psycopg.conninfo.make_conninfo(**{name: value for name, value in parameters.items() if value != ""})


def elsewhere(tmp_path, database):
    """Settings that name the test's database as a server elsewhere."""
    return Settings(state=tmp_path / "state", database=conninfo(database.parameters))


def test_a_database_opens_with_every_migration_applied(database):
    with database.connect() as connection:
        found = connection.execute("select max(number) from wayfare_migration").fetchone()
    assert found == (len(read_migrations()),)


def test_a_server_elsewhere_is_used_and_none_is_started_here(database, tmp_path):
    settings = elsewhere(tmp_path, database)
    with open_database(settings) as other, other.session(viewer=officer()) as session:
        registry.save(session, COOK)
    with database.session(viewer=officer()) as session:
        assert registry.load(session, "cook") == COOK
    assert not settings.state.exists()


@pytest.mark.parametrize("text", ["host=/nowhere dbname=wayfare", "not a connection string"])
def test_a_server_elsewhere_that_does_not_answer_is_refused(tmp_path, text):
    with (
        pytest.raises(DatabaseUnreachable, match="WF-STO-011  The server of WAYFARE_DATABASE did not let us in"),
        open_database(Settings(state=tmp_path, database=text)),
    ):
        pass


def test_a_server_elsewhere_that_is_too_old_is_refused(database, tmp_path, monkeypatch):
    monkeypatch.setattr(connect_module, "MINIMUM_MAJOR", 99)
    with (
        pytest.raises(ServerTooOld, match=r"WF-STO-012  The server of WAYFARE_DATABASE is PostgreSQL \d+; 99 or newer"),
        open_database(elsewhere(tmp_path, database)),
    ):
        pass


def test_a_session_is_kept_whole_or_not_at_all(database):
    with pytest.raises(RuntimeError), database.session(viewer=officer()) as session:
        registry.save(session, COOK)
        raise RuntimeError("something else went wrong")
    with database.session(viewer=officer()) as session:
        assert registry.list_people(session) == []


def test_sessions_at_the_same_time_have_connections_of_their_own(database):
    with database.session(viewer=officer("510000")) as one, database.session(viewer=officer("440000")) as other:
        scopes = [
            session.connection.execute("select current_setting('wayfare.scope')").fetchone() for session in (one, other)
        ]
    assert scopes == [("51",), ("44",)]


def test_a_connection_is_used_again_by_the_next_session(database):
    with database.session(viewer=officer()) as one:
        first = one.connection
    with database.session(viewer=officer()) as other:
        assert other.connection is first


def test_a_connection_that_died_since_its_last_use_is_replaced(database, administrator):
    with database.session(viewer=officer()) as session:
        backend = session.connection.info.backend_pid
    with psycopg.connect(**administrator) as connection:
        connection.execute("select pg_terminate_backend(%s, 5000)", (backend,))
    with database.session(viewer=officer()) as session:
        assert registry.list_people(session) == []


def test_the_environment_variables_of_postgresql_do_not_redirect_us(storage_settings, monkeypatch):
    for name, value in {
        "PGHOST": "nowhere",
        "PGPORT": "1",
        "PGOPTIONS": "-c role=none",
        "PGSSLMODE": "require",
    }.items():
        monkeypatch.setenv(name, value)
    with open_database(storage_settings) as database, database.connect() as connection:
        assert connection.execute("select current_user").fetchone() == ("wayfare",)
