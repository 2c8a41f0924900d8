"""What `wayfare doctor` tells: which server is used, why, and what to do about each problem.

It starts no server and makes no data; looking makes at most the private directories that a start would make. Every
finding that needs action carries its next step.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from wayfare.kernel.errors import WayfareError
from wayfare.storage import keeper
from wayfare.storage.binaries import Binaries, find_binaries
from wayfare.storage.connect import OWNER
from wayfare.storage.memory import MIB, memory_bytes, server_options
from wayfare.storage.migrations import applied_number, read_migrations
from wayfare.storage.running_user import choose_running_user
from wayfare.storage.server import PORT, check_data
from wayfare.storage.state import Settings, state_directory

__all__ = ["Finding", "Report", "examine"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `next_step` is there when something is wrong."""

    subject: str
    found: str
    next_step: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, in the order in which a start would meet them."""

    findings: tuple[Finding, ...]

    @property
    def is_well(self) -> bool:
        return all(finding.next_step is None for finding in self.findings)

    def lines(self) -> list[str]:
        """The report as text, one finding after another, each next step under its finding."""
        width = max(len(finding.subject) for finding in self.findings)
        text = []
        for finding in self.findings:
            text.append(f"{finding.subject:<{width}}  {finding.found}")
            if finding.next_step is not None:
                text.append(f"{'':<{width}}  -> {finding.next_step}")
        return text


def examine(settings: Settings | None = None) -> Report:
    """Look at the database that these settings, or the environment's, lead to."""
    try:
        settings = Settings.from_environment() if settings is None else settings
    except WayfareError as error:
        return Report((_problem("settings", error),))
    findings = _elsewhere(settings) if settings.database is not None else _embedded(settings)
    return Report(tuple(findings))


def _problem(subject: str, error: WayfareError) -> Finding:
    return Finding(subject, f"{error.code} {error.found}", error.next_step)


def _elsewhere(settings: Settings) -> list[Finding]:
    found = [Finding("server", "elsewhere: WAYFARE_DATABASE names it, so none is started here")]
    return found + _schema({"conninfo": settings.database, "connect_timeout": 5})


def _embedded(settings: Settings) -> list[Finding]:
    found = []
    try:
        binaries = find_binaries(settings)
        found.append(
            Finding("programs", f"PostgreSQL {binaries.version} in {binaries.directory}, from {binaries.origin}")
        )
    except WayfareError as error:
        return [_problem("programs", error)]
    try:
        state = state_directory(settings)
        found.append(Finding("state", f"{state}, {_size(state)} MiB"))
    except WayfareError as error:
        return [*found, _problem("state", error)]
    return [*found, *_way(settings, binaries, state), _memory(), *_running(state)]


def _way(settings: Settings, binaries: Binaries, state: Path) -> list[Finding]:
    try:
        user = choose_running_user(settings, binaries, state=state)
    except WayfareError as error:
        return [_problem("runs as", error)]
    found = [
        Finding("runs as", f"{user.way.value} (uid {user.owner}): {user.why}"),
        Finding("socket", f"{user.sockets}, private; nothing listens on a network"),
    ]
    try:
        check_data(user)
    except WayfareError as error:
        return [*found, _problem("data", error)]
    version = user.data / "PG_VERSION"
    what = (
        f"of PostgreSQL {version.read_text().strip()}" if version.exists() else "not made yet; the first use makes it"
    )
    return [*found, Finding("data", f"{user.data}, {what}")]


def _memory() -> Finding:
    total = memory_bytes()
    options = server_options(total)
    chosen = ", ".join(f"{name}={options[name]}" for name in ("shared_buffers", "work_mem", "effective_cache_size"))
    return Finding("memory", f"{total // MIB} MiB may be used: {chosen}")


def _running(state: Path) -> list[Finding]:
    """The keeper, its server and its schema, when they are there; a plan tells how they were started."""
    plan_path = state / "plan.json"
    if not plan_path.exists():
        return [Finding("server", "never started yet; it starts with the first use")]
    plan: dict[str, Any] = json.loads(plan_path.read_text())
    server = keeper.recorded_pid(Path(plan["data"]))
    alive = server is not None and keeper.is_serving(server, Path(plan["data"]))
    if not alive:
        return [Finding("server", "not running; it starts with the next use")]
    lock = state / "keeper.lock"
    watching = int(lock.read_text() or 0) if lock.exists() else 0
    watched = keeper.process_state(watching) not in (None, "Z")
    if not watched:
        step = f"Its keeper was killed. The next use of Wayfare restarts it; or stop it with: kill -INT {server}"
        return [Finding("server", f"running as process {server}, without a keeper", step)]
    found = [
        Finding("server", f"PostgreSQL {plan['version']} running as process {server}, {plan['way']}: {plan['why']}")
    ]
    secret = Path(plan["secret"])
    if not os.access(secret, os.R_OK):
        return [
            *found,
            Finding("secret", f"{secret} cannot be read", "Restore it from the backup that holds the data."),
        ]
    parameters = {
        "host": plan["sockets"],
        "port": PORT,
        "user": OWNER,
        "password": secret.read_text(),
        "dbname": "wayfare",
    }
    return found + _schema(parameters | {"connect_timeout": 5})


def _schema(parameters: dict[str, Any]) -> list[Finding]:
    """The version of a server that answers, and how far its schema is."""
    try:
        with psycopg.connect(**parameters) as connection:
            version = connection.info.server_version
            at = applied_number(connection)
            row = connection.execute("select rolsuper from pg_roles where rolname = current_user").fetchone()
    except psycopg.Error as error:
        said = " ".join(str(error).split())
        return [
            Finding("schema", f"the database did not let us in: {said}", "Correct WAYFARE_DATABASE, or use it once.")
        ]
    known = len(read_migrations())
    step = None if (at or 0) <= known else "A newer Wayfare used it: use that one, or another database."
    found = [Finding("schema", f"PostgreSQL {version // 10_000}, migration {at or 0} of {known} applied", step)]
    if row is not None and row[0]:
        ask = "Connect as a user who owns the database and is no superuser: superusers pass by row-level security."
        found.append(Finding("rights", "the database user is a superuser", ask))
    return found


def _size(directory: Path) -> int:
    """MiB in a directory; what vanishes while we look does not count."""
    total = 0
    for path in directory.rglob("*"):
        try:
            total += path.lstat().st_size
        except OSError:
            continue
    return total // MIB
