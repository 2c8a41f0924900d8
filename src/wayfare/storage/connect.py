"""Open the database and work in it, each session with its viewer.

`open_database` holds the lease of the server for as long as it is open and brings the schema up to date. A session is
one transaction with a viewer: who looks, in which role, for which places and why. Row-level security reads these;
without them no row of a person is visible.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus

from wayfare.kernel import Place
from wayfare.storage.binaries import MINIMUM_MAJOR
from wayfare.storage.errors import DatabaseUnreachable, NobodyLooks, ServerNotStarted, ServerTooOld
from wayfare.storage.migrations import MIGRATIONS, apply_migrations, read_migrations
from wayfare.storage.server import ADMINISTRATOR, Lease, take_lease
from wayfare.storage.state import Settings

__all__ = ["Database", "Look", "Role", "Session", "Viewer", "embedded_parameters", "open_database"]

OWNER = "wayfare"  # owns the schema; no superuser, so that row-level security binds it too


class Role(StrEnum):
    """What a viewer may do, each a role of the database without a login of its own."""

    READER = "wayfare_reader"
    OFFICER = "wayfare_officer"
    POSTER = "wayfare_poster"


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who works in a session: a name that the access record keeps, a role, the places that are in view, and why.

    `scope` is a province, a prefecture or a county with all in it; None is the whole nation. Raises NobodyLooks.
    """

    name: str
    role: Role
    scope: Place | None
    purpose: str

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.purpose.strip():
            raise NobodyLooks(
                "A viewer without a name or without a purpose opens no session.",
                next_step="Give the person or the program that looks, and in a few words why.",
            )

    @property
    def prefix(self) -> str:
        """What the codes of the places in view begin with; `nation` for all."""
        code = self.scope.code if self.scope is not None else "000000"
        for length in (6, 4, 2):
            if code[length - 2 : length] != "00":
                return code[:length]
        return "nation"


@dataclass(frozen=True, slots=True)
class Look:
    """That a viewer looked at a person's record: what the access record keeps."""

    person: str
    subject: str
    found: bool


@dataclass(slots=True)
class Session:
    """One transaction of one viewer. It is committed as a whole when the block ends, or not at all."""

    connection: psycopg.Connection[Any]
    viewer: Viewer
    looks: list[Look] = field(default_factory=list)


class Database:
    """A database at the schema of this program. Threads may share it; each session has a connection of its own."""

    def __init__(self, parameters: dict[str, Any], lease: Lease | None) -> None:
        self._parameters = parameters
        self._lease = lease
        self._idle: dict[Role, list[psycopg.Connection[Any]]] = {role: [] for role in Role}
        self._guard = threading.Lock()

    @property
    def parameters(self) -> dict[str, Any]:
        """What psycopg needs to connect as the owner of the schema."""
        return dict(self._parameters)

    @contextlib.contextmanager
    def session(self, *, viewer: Viewer) -> Iterator[Session]:
        """A transaction in which the viewer's role and places hold.

        When it fails all is undone but the looks: what was read was seen, so the access record says it.
        """
        connection = self._begin(viewer)
        session = Session(connection, viewer)
        try:
            yield session
            connection.commit()
        except BaseException:
            self._undo(session)
            raise
        finally:
            self._give_back(viewer.role, connection)

    def connect(self) -> psycopg.Connection[Any]:
        """A connection of its own as the owner, for the schema and for tests; it has no viewer and sees no person."""
        return self._connect(self._parameters)

    def connect_as(self, viewer: Viewer) -> psycopg.Connection[Any]:
        """A connection of its own for many short transactions: each statement commits, and each has the viewer."""
        connection = self._connect(self._parameters_of(viewer.role))
        connection.autocommit = True
        _introduce(connection, viewer, for_good=True)
        return connection

    def close(self) -> None:
        """Close the connections that no session uses."""
        self._close_idle()

    def _connect(self, parameters: dict[str, Any]) -> psycopg.Connection[Any]:
        try:
            return psycopg.connect(**parameters)
        except psycopg.OperationalError:
            if self._lease is None:
                raise
            self._lease.ensure_running()
            return psycopg.connect(**parameters)

    def _parameters_of(self, role: Role) -> dict[str, Any]:
        """On the embedded server the role itself logs in, so that no statement of a session leads to the owner."""
        return self._parameters if self._lease is None else self._parameters | {"user": role.value}

    def _begin(self, viewer: Viewer) -> psycopg.Connection[Any]:
        """A connection whose transaction has the viewer.

        One that died since its last use, or whose server stops at this moment, is replaced: nothing was done on it.
        """
        tries_left = 3
        while True:
            connection = self._take_idle(viewer.role) or self._connect(self._parameters_of(viewer.role))
            try:
                _introduce(connection, viewer)
                return connection
            except psycopg.OperationalError:
                connection.close()
                self._close_idle()
                tries_left -= 1
                if tries_left == 0:
                    raise

    def _take_idle(self, role: Role) -> psycopg.Connection[Any] | None:
        with self._guard:
            return self._idle[role].pop() if self._idle[role] else None

    def _close_idle(self) -> None:
        for role in Role:
            while (connection := self._take_idle(role)) is not None:
                connection.close()

    def _undo(self, session: Session) -> None:
        connection = session.connection
        if connection.closed:
            return
        with contextlib.suppress(psycopg.OperationalError):
            connection.rollback()
            if session.looks:
                _introduce(connection, session.viewer)
                for look in session.looks:
                    connection.execute("select record_look(%s, %s, %s)", (look.person, look.subject, look.found))
                connection.commit()

    def _give_back(self, role: Role, connection: psycopg.Connection[Any]) -> None:
        if not connection.closed and connection.info.transaction_status is TransactionStatus.IDLE:
            with self._guard:
                self._idle[role].append(connection)
        else:
            connection.close()


def _introduce(connection: psycopg.Connection[Any], viewer: Viewer, *, for_good: bool = False) -> None:
    """Begin a transaction with its viewer; all of it ends with the transaction, unless it is for good."""
    until = "false" if for_good else "true"
    names = ("wayfare.viewer", "wayfare.role", "wayfare.scope", "wayfare.purpose", "role")
    connection.execute(
        "select " + ", ".join(f"set_config('{name}', %s, {until})" for name in names),
        (viewer.name, viewer.role.value, viewer.prefix, viewer.purpose, viewer.role.value),
    )


@contextlib.contextmanager
def open_database(
    settings: Settings | None = None, *, name: str = "wayfare", migrations: Path = MIGRATIONS
) -> Iterator[Database]:
    """The database, its server running and its schema up to date, until the block ends.

    `name` is the database on the embedded server; `WAYFARE_DATABASE` names its own. Raises the refusals of storage.
    """
    settings = Settings.from_environment() if settings is None else settings
    steps = read_migrations(migrations)
    lease = None if settings.database is not None else take_lease(settings)
    try:
        parameters = embedded_parameters(lease, name) if lease is not None else _elsewhere(settings)
        database = Database(parameters, lease)
        with database.connect() as connection:
            connection.autocommit = True
            apply_migrations(connection, steps)
            if lease is not None:
                _let_in(connection, parameters["password"])
        try:
            yield database
        finally:
            database.close()
    finally:
        if lease is not None:
            lease.release()


def embedded_parameters(lease: Lease, name: str) -> dict[str, Any]:
    """The owner's way into a database of the embedded server; both are made when they are missing."""
    parameters = lease.parameters(user=OWNER, database=name)
    try:
        psycopg.connect(**parameters).close()
        return parameters
    except psycopg.OperationalError:
        pass  # the role or the database is missing, as after the first start
    with psycopg.connect(**lease.parameters(user=ADMINISTRATOR, database="postgres"), autocommit=True) as connection:
        _make(connection, "create role {} login createdb createrole password {}", OWNER, parameters["password"])
        _make(connection, "create database {} owner {}", name, OWNER)
    try:
        psycopg.connect(**parameters).close()
    except psycopg.OperationalError as error:
        raise ServerNotStarted(
            f"The server runs but refuses its own user: {' '.join(str(error).split())}",
            next_step=f"The secret in {lease.state} is not that of its data; restore both from one backup.",
        ) from error
    return parameters


def _let_in(connection: psycopg.Connection[Any], password: str) -> None:
    """Let the roles of viewers log in by themselves; another client may be doing it at this moment."""
    waiting = "select rolname from pg_roles where rolname = any (%s) and not rolcanlogin"
    for (name,) in connection.execute(waiting, (list(Role),)).fetchall():
        command = sql.SQL("alter role {} login password {}").format(sql.Identifier(name), sql.Literal(password))
        with contextlib.suppress(psycopg.errors.InternalError_):  # "tuple concurrently updated": the other has done it
            connection.execute(command)


def _make(connection: psycopg.Connection[Any], command: str, made: str, other: str) -> None:
    """Make a role or a database unless it is there; another client may be making it at this moment."""
    last = sql.Literal(other) if "password" in command else sql.Identifier(other)
    with contextlib.suppress(
        psycopg.errors.DuplicateObject, psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation
    ):
        connection.execute(sql.SQL(command).format(sql.Identifier(made), last))


def _elsewhere(settings: Settings) -> dict[str, Any]:
    """The way into the server of WAYFARE_DATABASE. Raises DatabaseUnreachable and ServerTooOld."""
    try:
        parameters: dict[str, Any] = dict(conninfo_to_dict(settings.database or "", connect_timeout=10))
        with psycopg.connect(**parameters) as connection:
            version = connection.info.server_version
    except psycopg.Error as error:
        raise DatabaseUnreachable(
            f"The server of WAYFARE_DATABASE did not let us in: {' '.join(str(error).split())}",
            next_step="Correct the connection string, or unset WAYFARE_DATABASE to use the embedded server.",
        ) from error
    if version < MINIMUM_MAJOR * 10_000:
        raise ServerTooOld(
            f"The server of WAYFARE_DATABASE is PostgreSQL {version // 10_000}; {MINIMUM_MAJOR} or newer is needed.",
            next_step="Upgrade it, or unset WAYFARE_DATABASE to use the embedded server.",
        )
    return parameters
