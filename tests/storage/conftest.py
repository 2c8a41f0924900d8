"""One server for the storage tests of a worker, and an empty database of its own for each test.

`storage_settings` is that server, `database` a migrated empty database on it. With WAYFARE_TEST_SERVER=system the
server is the operating system's PostgreSQL instead of the embedded one.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from wayfare.storage import Database, Role, RunAs, Session, Settings, Viewer, open_database
from wayfare.storage.connect import OWNER
from wayfare.storage.server import ADMINISTRATOR, stop_server, take_lease

TEMPLATE = "template_of_tests"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Somewhere:
    """A place by its code."""

    code: str


def system_postgres() -> Path | None:
    """The newest PostgreSQL that the operating system installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return found[-1] if found else None


def settings_in(directory: Path, **more: object) -> Settings:
    """Settings of a server of its own under a directory, as the environment of the tests asks for it."""
    postgres = None
    if os.environ.get("WAYFARE_TEST_SERVER") == "system":
        postgres = system_postgres()
        assert postgres is not None, "WAYFARE_TEST_SERVER=system needs the package postgresql of the operating system"
    chosen: dict[str, object] = {
        "state": directory / "state",
        "postgres": postgres,
        "idle_seconds": 1.0,
        "shared_home": directory / "shared",
        "run_as": RunAs(os.environ.get("WAYFARE_RUN_AS", "auto")),
    }
    return Settings(**(chosen | more))  # type: ignore[arg-type]


@pytest.fixture
def own_settings() -> Iterator[Callable[..., Settings]]:
    """Settings of servers that belong to one test alone; they are stopped and removed after it."""
    directory = Path(tempfile.mkdtemp(prefix="wayfare-test-"))
    directory.chmod(0o755)
    made: list[Settings] = []

    def make(name: str = "one", **more: object) -> Settings:
        (directory / name).mkdir(exist_ok=True)
        made.append(settings_in(directory / name, **more))
        return made[-1]

    yield make
    for settings in made:
        if settings.state.is_dir() and (settings.state / "plan.json").exists():
            stop_server(settings)
    shutil.rmtree(directory)


@pytest.fixture(scope="session")
def storage_settings() -> Iterator[Settings]:
    """The server that the tests of this worker share."""
    directory = Path(tempfile.mkdtemp(prefix="wayfare-test-"))
    directory.chmod(0o755)
    settings = settings_in(directory, idle_seconds=5.0)
    with open_database(settings, name=TEMPLATE):
        yield settings
    stop_server(settings)
    shutil.rmtree(directory)


@pytest.fixture(scope="session")
def administrator(storage_settings: Settings) -> Iterator[dict[str, Any]]:
    """What psycopg needs to connect to the shared server as its superuser, whom no row-level security binds."""
    lease = take_lease(storage_settings)
    yield lease.parameters(user=ADMINISTRATOR, database="postgres")
    lease.release()


@pytest.fixture
def database(storage_settings: Settings, administrator: dict[str, Any]) -> Iterator[Database]:
    """An empty database at the last migration."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(**administrator, autocommit=True) as connection:
        connection.execute(f"create database {name} template {TEMPLATE} owner {OWNER}")
        with open_database(storage_settings, name=name) as opened:
            yield opened
        connection.execute(f"drop database {name} with (force)")


def officer(scope: str | None = None, *, role: Role = Role.OFFICER, name: str = "officer 7") -> Viewer:
    """A viewer of a place, or of the nation."""
    return Viewer(name=name, role=role, scope=Somewhere(scope) if scope else None, purpose="a test")


@pytest.fixture
def as_officer(database: Database) -> Callable[..., AbstractContextManager[Session]]:
    """A session of an officer of a place, or of the nation."""

    def begin(scope: str | None = None, *, role: Role = Role.OFFICER) -> AbstractContextManager[Session]:
        return database.session(viewer=officer(scope, role=role))

    return begin
