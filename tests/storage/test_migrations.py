"""Rules of bringing a database to the schema of the program."""

from __future__ import annotations

import threading

import psycopg
import pytest

from wayfare.storage.errors import DatabaseNewer, MigrationEdited, MigrationFailed, MigrationsMisnumbered
from wayfare.storage.migrations import MIGRATIONS, Migration, apply_migrations, read_migrations

FIRST = Migration(1, "0001_first.sql", "create table first (a integer);")
SECOND = Migration(2, "0002_second.sql", "create table second (a integer); insert into second values (1);")


@pytest.fixture
def empty(administrator):
    """An empty database without any migration."""
    with psycopg.connect(**administrator, autocommit=True) as connection:
        connection.execute("create database unmigrated")
        with psycopg.connect(**administrator | {"dbname": "unmigrated"}, autocommit=True) as opened:
            yield opened
        connection.execute("drop database unmigrated")


def tables(connection):
    found = connection.execute("select tablename from pg_tables where schemaname = 'public' order by 1").fetchall()
    return [name for (name,) in found if name != "wayfare_migration"]


def test_each_migration_runs_once_in_order(empty):
    assert [apply_migrations(empty, (FIRST,)), apply_migrations(empty, (FIRST, SECOND))] == [1, 2]
    assert apply_migrations(empty, (FIRST, SECOND)) == 2
    assert empty.execute("select count(*) from second").fetchone() == (1,)


def test_a_migration_that_fails_leaves_nothing_of_itself_and_what_came_before(empty):
    broken = Migration(2, "0002_broken.sql", "create table second (a integer); insert into nowhere values (1);")
    with pytest.raises(
        MigrationFailed, match=r"WF-STO-023  Migration 0002_broken.sql was refused .*\"nowhere\" does not exist"
    ):
        apply_migrations(empty, (FIRST, broken))
    assert tables(empty) == ["first"]


def test_a_migration_edited_after_it_landed_is_refused(empty):
    apply_migrations(empty, (FIRST, SECOND))
    edited = Migration(1, "0001_first.sql", "create table first (a bigint);")
    with pytest.raises(
        MigrationEdited, match=r"WF-STO-020  Migration 0001_first.sql is in the database with other content"
    ):
        apply_migrations(empty, (edited, SECOND))


def test_a_database_that_a_newer_program_used_is_refused(empty):
    apply_migrations(empty, (FIRST, SECOND))
    with pytest.raises(
        DatabaseNewer, match=r"WF-STO-021  The database is at migration 0002_second.sql; this program knows 1"
    ):
        apply_migrations(empty, (FIRST,))


def test_two_clients_that_migrate_at_once_wait_for_each_other(empty):
    failed = []

    def migrate():
        with psycopg.connect(**parameters, autocommit=True) as connection:
            try:
                apply_migrations(connection, (FIRST, SECOND))
            except Exception as error:
                failed.append(error)

    parameters = {
        "host": empty.info.host,
        "dbname": "unmigrated",
        "user": empty.info.user,
        "password": empty.info.password,
    }
    clients = [threading.Thread(target=migrate) for _ in range(4)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    assert (failed, tables(empty)) == ([], ["first", "second"])


@pytest.mark.parametrize(
    "names", [["0001_a.sql", "0003_b.sql"], ["0001_a.sql", "0001_b.sql"], ["0002_a.sql"], ["1_a.sql"]]
)
def test_a_number_missing_or_used_twice_is_refused(tmp_path, names):
    for name in names:
        (tmp_path / name).touch()
    with pytest.raises(MigrationsMisnumbered, match=r"WF-STO-022  .* stands where migration 000. should"):
        read_migrations(tmp_path)


def test_the_migrations_of_this_program_are_numbered_from_one():
    assert next(step.number for step in read_migrations(MIGRATIONS)) == 1
