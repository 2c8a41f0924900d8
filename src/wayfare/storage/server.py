"""The database server of a state directory: started when someone needs it, shared by all who do.

A client takes the lease, then makes sure that a keeper is at work and that the server answers. An exclusive start
lock makes this free of races: whoever holds it looks, prepares the data directory if there is none, starts the keeper
and waits.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from wayfare.storage import keeper
from wayfare.storage.binaries import find_binaries
from wayfare.storage.errors import OtherOwner, OtherVersion, ServerNotStarted
from wayfare.storage.memory import memory_bytes, server_options
from wayfare.storage.running_user import RunningUser, choose_running_user, plain_environment
from wayfare.storage.state import Settings, private_directory, state_directory

__all__ = ["ADMINISTRATOR", "Lease", "Plan", "check_data", "stop_server", "take_lease"]

ADMINISTRATOR = "wayfare_admin"
PORT = 5432  # part of the socket's file name only; nothing listens on a network
READY_WITHIN = 120.0  # seconds, with room for the recovery of a killed server
LOOK_EVERY = 0.02  # seconds

Plan = dict[str, Any]


@dataclass(slots=True)
class Lease:
    """The right to use the server of a state directory, held until `release`; the server runs at least as long."""

    settings: Settings
    state: Path
    held: int
    plan: Plan = field(default_factory=dict)

    def ensure_running(self) -> None:
        """Start the keeper when none is at work, and wait until the server answers. Raises the refusals of a start."""
        with _locked(self.state / "start.lock"):
            if _keeper_is_at_work(self.state):
                self.plan = json.loads((self.state / "plan.json").read_text())
                if _becomes_ready(self):
                    return
            self.plan = _prepare(self.settings, self.state)
            _start_keeper(self.state)
            if not _becomes_ready(self):
                raise _not_started(self, "the keeper gave up")

    def parameters(self, *, user: str, database: str) -> dict[str, Any]:
        """What psycopg needs to connect; nothing of the PG* environment variables gets in between."""
        return {
            "host": self.plan["sockets"],
            "port": PORT,
            "user": user,
            "password": Path(self.plan["secret"]).read_text(),
            "dbname": database,
            "options": "",
            "sslmode": "disable",
            "gssencmode": "disable",
            "connect_timeout": 10,
        }

    def release(self) -> None:
        if self.held >= 0:
            os.close(self.held)
            self.held = -1


def take_lease(settings: Settings) -> Lease:
    """The lease of a server that answers. Raises the refusals of a state directory and of a start."""
    state = state_directory(settings)
    lease = Lease(settings, state, _lock(state / "lease", fcntl.LOCK_SH, until=time.monotonic() + READY_WITHIN))
    try:
        lease.ensure_running()
    except BaseException:
        lease.release()
        raise
    return lease


def stop_server(settings: Settings) -> bool:
    """Tell the keeper to stop the server now, whoever uses it, and wait; false when none was at work."""
    state = state_directory(settings)
    with _locked(state / "start.lock"):
        pid = keeper_pid(state)
        if pid is None:
            return False
        with contextlib.suppress(ProcessLookupError):  # it has just ended by itself
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + READY_WITHIN
        while _keeper_is_at_work(state) and time.monotonic() < deadline:
            time.sleep(LOOK_EVERY)
        return True


def keeper_pid(state: Path) -> int | None:
    """The process of the keeper at work, or None."""
    written = (state / "keeper.lock").read_text() if _keeper_is_at_work(state) else ""
    return int(written) if written else None


def check_data(user: RunningUser) -> None:
    """Refuse a data directory that this user or this server must not touch. Raises OtherOwner and OtherVersion."""
    data = user.data
    if not data.exists():
        return
    owner = data.stat().st_uid
    if owner != user.owner:
        raise OtherOwner(
            f"The data directory {data} belongs to uid {owner}; the server would run as uid {user.owner}.",
            next_step="Run Wayfare as the user it belongs to, or set WAYFARE_STATE to a directory of your own.",
        )
    found = (data / "PG_VERSION").read_text().strip() if (data / "PG_VERSION").exists() else "none"
    if found != str(user.binaries.major):
        raise OtherVersion(
            f"The data directory {data} is of PostgreSQL {found}; the server found is {user.binaries.version}, "
            f"{user.binaries.origin}.",
            next_step=f"Set WAYFARE_POSTGRES to the programs of version {found}, or WAYFARE_STATE to a new directory.",
        )


def _prepare(settings: Settings, state: Path) -> Plan:
    """Find the programs and the user, make the data directory if there is none, write down how to start the server."""
    user = choose_running_user(settings, find_binaries(settings), state=state)
    check_data(user)
    private_directory(user.sockets, owner=user.owner, group=user.gid)
    if not user.data.exists():
        _initialise(user, _secret(user))
    plan = _plan(settings, state, user)
    unfinished = state / "plan.json.new"
    unfinished.write_text(json.dumps(plan, indent=1))
    unfinished.rename(state / "plan.json")
    return plan


def _secret(user: RunningUser) -> str:
    """The generated password, which only we can read; it lies beside the data that it opens."""
    path = user.home / "secret"
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(32))
    return path.read_text()


def _write_private(path: Path, text: str) -> None:
    """A new file that only its owner can read, from its first moment on."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _initialise(user: RunningUser, secret: str) -> None:
    """Make the data directory beside its place and move it there when it is whole. Raises ServerNotStarted."""
    unfinished, password = user.home / "data.new", user.home / "password.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    password.unlink(missing_ok=True)
    _write_private(password, secret)
    os.chown(password, user.owner, -1)
    # The collation must not change under the indexes when the operating system is upgraded.
    builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if user.binaries.major >= 17 else []
    options = [
        "-U",
        ADMINISTRATOR,
        "-A",
        "scram-sha-256",
        f"--pwfile={password}",
        "-E",
        "UTF8",
        "--no-locale",
        "-k",
        *builtin,
    ]
    try:
        made = user.run(*user.command("initdb", "-D", str(unfinished), *options))
    finally:
        password.unlink()
    if made.returncode != 0:
        raise ServerNotStarted(
            f"initdb could not make {user.data}: {' '.join((made.stderr or made.stdout).split())[-600:]}",
            next_step="Check the free space and the rights of that directory; `wayfare doctor` shows what was chosen.",
        )
    unfinished.rename(user.data)


def _plan(settings: Settings, state: Path, user: RunningUser) -> Plan:
    options = server_options(memory_bytes()) | {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": str(user.sockets),
        "unix_socket_permissions": "0700",
        "logging_collector": "off",
    }
    arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    return {
        "command": user.command("postgres", "-D", str(user.data), *arguments),
        "environment": plain_environment(),
        "uid": user.uid,
        "gid": user.gid,
        "home": str(user.home),
        "data": str(user.data),
        "sockets": str(user.sockets),
        "secret": str(user.home / "secret"),
        "lease": str(state / "lease"),
        "keeper_lock": str(state / "keeper.lock"),
        "log": str(state / "postgres.log"),
        "idle_seconds": settings.idle_seconds,
        "way": user.way.value,
        "why": user.why,
        "binaries": str(user.binaries.directory),
        "version": user.binaries.version,
        "origin": user.binaries.origin,
        "options": options,
    }


def _start_keeper(state: Path) -> None:
    """Start the keeper on its own: it outlives us, and closes the lock file of the start at once."""
    log = state / "postgres.log"
    if log.exists() and log.stat().st_size > 10_000_000:
        log.replace(state / "postgres.log.1")
    log.touch(mode=0o600)
    with log.open("ab") as out:
        command = [sys.executable, "-I", keeper.__file__, str(state / "plan.json")]
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=state, check=True)


def _keeper_is_at_work(state: Path) -> bool:
    held = keeper.try_lock(state / "keeper.lock", fcntl.LOCK_SH)  # so that two who look do not take each other for one
    if held is None:
        return True
    os.close(held)
    return False


def _becomes_ready(lease: Lease) -> bool:
    """Wait until a connection works, which says more than a process that exists; false when the keeper has gone.

    Raises ServerNotStarted when the server refuses its own secret, or does not answer for too long.
    """
    deadline = time.monotonic() + READY_WITHIN
    while True:
        at_work = _keeper_is_at_work(lease.state)
        try:
            psycopg.connect(**lease.parameters(user=ADMINISTRATOR, database="postgres")).close()
            return True
        except psycopg.OperationalError as error:
            said = " ".join(str(error).split())
        if "password authentication failed" in said or time.monotonic() > deadline:
            raise _not_started(lease, said)
        if not at_work:
            return False
        time.sleep(LOOK_EVERY)


def _not_started(lease: Lease, said: str) -> ServerNotStarted:
    log = lease.state / "postgres.log"
    tail = " | ".join(log.read_text(errors="replace").splitlines()[-6:])
    return ServerNotStarted(
        f"The server did not become ready ({said}). Its log ends: {tail}",
        next_step=f"Read {log}; `wayfare doctor` shows what was chosen and why.",
    )


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    held = _lock(path, fcntl.LOCK_EX, until=time.monotonic() + 2 * READY_WITHIN)
    try:
        yield
    finally:
        os.close(held)


def _lock(path: Path, how: int, *, until: float) -> int:
    """An open file with the lock, waited for. Raises ServerNotStarted when its holder does not let go."""
    while (held := keeper.try_lock(path, how)) is None:
        if time.monotonic() > until:
            raise ServerNotStarted(
                f"Another process holds {path} and does not let go.",
                next_step=f"See which one with: fuser -v {path}; end it, then try again.",
            )
        time.sleep(LOOK_EVERY)
    return held
