"""Bring a database to the schema of this program: numbered SQL files, forward only.

Each file runs once, in a transaction of its own, under a lock that lets only one client migrate at a time. Its
SHA-256 is recorded; a file that changed after it landed, and a database that a newer program used, are refused.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from wayfare.storage.errors import DatabaseNewer, MigrationEdited, MigrationFailed, MigrationsMisnumbered

__all__ = ["MIGRATIONS", "Migration", "applied_number", "apply_migrations", "read_migrations"]

MIGRATIONS = Path(__file__).with_name("migrations")
_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")
_LOCK = 7_294_632_701  # any number, the same in every program that migrates
_RECORD = """
create table if not exists public.wayfare_migration (
    number integer primary key,
    name text not null,
    sha256 text not null,
    applied timestamptz not null default clock_timestamp()
)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def read_migrations(directory: Path = MIGRATIONS) -> tuple[Migration, ...]:
    """The steps in order. Raises MigrationsMisnumbered."""
    paths = sorted(directory.glob("*.sql"))
    for expected, path in enumerate(paths, start=1):
        match = _NAME.fullmatch(path.name)
        if match is None or int(match[1]) != expected:
            raise MigrationsMisnumbered(
                f"{path.name} stands where migration {expected:04d} should.",
                next_step=f"Name the files of {directory} 0001_subject.sql, 0002_subject.sql and so on.",
            )
    return tuple(Migration(int(path.name[:4]), path.name, path.read_text(encoding="utf-8")) for path in paths)


def apply_migrations(connection: psycopg.Connection[Any], migrations: tuple[Migration, ...]) -> int:
    """Apply what is missing and return the number the database is at. The connection must be in autocommit mode.

    Raises MigrationEdited, DatabaseNewer and MigrationFailed.
    """
    connection.execute("select pg_advisory_lock(%s)", (_LOCK,))
    try:
        if applied_number(connection) is None:
            connection.execute(_RECORD)
        landed = connection.execute(
            "select number, name, sha256 from public.wayfare_migration order by number"
        ).fetchall()
        _check(landed, migrations)
        for migration in migrations[len(landed) :]:
            _apply(connection, migration)
    finally:
        connection.execute("select pg_advisory_unlock(%s)", (_LOCK,))
    return len(migrations)


def applied_number(connection: psycopg.Connection[Any]) -> int | None:
    """The number of the last migration, 0 for none yet, or None when the database was never migrated."""
    found = connection.execute("select to_regclass('public.wayfare_migration')").fetchone()
    if found is None or found[0] is None:
        return None
    row = connection.execute("select coalesce(max(number), 0) from public.wayfare_migration").fetchone()
    return int(row[0]) if row else 0


def _check(landed: list[Any], migrations: tuple[Migration, ...]) -> None:
    if len(landed) > len(migrations):
        raise DatabaseNewer(
            f"The database is at migration {landed[-1][1]}; this program knows {len(migrations)} migrations.",
            next_step="Use the newer program that made it, or another database (WAYFARE_STATE or WAYFARE_DATABASE).",
        )
    for (number, name, sha256), migration in zip(landed, migrations, strict=False):
        if (number, name, sha256) != (migration.number, migration.name, migration.sha256):
            raise MigrationEdited(
                f"Migration {name} is in the database with other content than {migration.name} has now.",
                next_step="Restore the file as it was and put the change into a new migration with the next number.",
            )


def _apply(connection: psycopg.Connection[Any], migration: Migration) -> None:
    try:
        with connection.transaction():
            connection.execute(migration.sql.encode())
            connection.execute(
                "insert into public.wayfare_migration (number, name, sha256) values (%s, %s, %s)",
                (migration.number, migration.name, migration.sha256),
            )
    except psycopg.Error as error:
        raise MigrationFailed(
            f"Migration {migration.name} was refused by the server: {' '.join(str(error).split())}",
            next_step="Nothing of it was kept. Correct the file, or the rights of the database user, and open again.",
        ) from error
