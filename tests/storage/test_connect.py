"""Rules of sessions and their viewers."""

from __future__ import annotations


def test_a_database_opens_with_every_migration_applied(database):
    with database.connect() as connection:
        assert connection.execute("select max(number) >= 1 from wayfare_migration").fetchone() == (True,)
