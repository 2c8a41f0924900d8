"""One server for all tests of a worker, and an empty database of its own for each test.

tests/conftest.py gives these to every test: imported elsewhere too, each importer would get a server of its own.
`storage_settings` is that server, `database` a migrated empty database on it. With WAYFARE_TEST_SERVER=system the
server is the operating system's PostgreSQL instead of the embedded one.
"""

from __future__ import annotations

import itertools
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from storage.lives import COOK
from storage.servers import officer, settings_in
from wayfare.storage import Database, Settings, open_database
from wayfare.storage import registry_store as registry
from wayfare.storage.connect import OWNER
from wayfare.storage.server import ADMINISTRATOR, stop_server, take_lease

TEMPLATE = "template_of_tests"
_numbers = itertools.count(1)


@pytest.fixture
def own_settings() -> Iterator[Callable[..., Settings]]:
    """Settings of servers that belong to one test alone; they are stopped and removed after it."""
    directory = Path(tempfile.mkdtemp(prefix="wayfare-test-"))
    directory.chmod(0o755)
    made: list[Settings] = []

    def make(name: str = "one", **more: object) -> Settings:
        (directory / name).mkdir(exist_ok=True)
        (directory / name).chmod(0o755)  # also nobody reaches their own data in it, whatever the umask
        made.append(settings_in(directory / name, **more))
        return made[-1]

    yield make
    for settings in made:
        if settings.state.is_dir() and (settings.state / "plan.json").exists():
            stop_server(settings)
    shutil.rmtree(directory)


@pytest.fixture(scope="session")
def prepared() -> Iterator[Path]:
    """The state directory of a stopped server with the cook recorded in it."""
    directory = Path(tempfile.mkdtemp(prefix="wayfare-test-"))
    directory.chmod(0o755)
    settings = settings_in(directory)
    with open_database(settings) as database, database.session(viewer=officer()) as session:
        registry.save(session, COOK)
    stop_server(settings)
    plan = json.loads((settings.state / "plan.json").read_text())
    with (Path(plan["data"]) / "postgresql.conf").open("a") as configuration:
        configuration.write("fsync = off\n")  # a killed process loses nothing that it gave to the operating system
    yield settings.state
    shutil.rmtree(directory)


@pytest.fixture
def prepared_settings(own_settings: Callable[..., Settings], prepared: Path) -> Callable[..., Settings]:
    """As `own_settings`, with the data of a server that ran before, which starts sooner."""

    def make(name: str = "one", **more: object) -> Settings:
        settings = own_settings(name, **more)
        shutil.copytree(prepared, settings.state)
        return settings

    return make


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
    parameters = lease.parameters(user=ADMINISTRATOR, database="postgres")
    with psycopg.connect(**parameters, autocommit=True) as connection:
        connection.execute("alter system set fsync = off")  # these data outlive no test
        connection.execute("select pg_reload_conf()")
    yield parameters
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
