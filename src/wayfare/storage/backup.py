"""A backup of the database as one private folder, and its way back into a database that holds nothing.

The dump is made by the server's own pg_dump from one snapshot, beside a manifest that says where every fund's chain
stood in that snapshot and what the dump hashes to. What is restored is compared with the manifest, chain by chain, by
`wayfare.app.backup`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from wayfare import __version__
from wayfare.kernel.errors import WayfareError
from wayfare.ledger.chain import FIRST_LINK
from wayfare.ledger.roots import DailyRoot, root_from_document
from wayfare.storage.binaries import find_binaries
from wayfare.storage.connect import embedded_parameters, open_database
from wayfare.storage.errors import BackupDamaged, NoBackupTools, RestoreRefused, TargetTaken, TargetUnwritable
from wayfare.storage.migrations import applied_number, read_migrations
from wayfare.storage.root_store import RootStore
from wayfare.storage.server import ADMINISTRATOR, Lease, take_lease
from wayfare.storage.state import Settings, private_directory

__all__ = ["Backup", "back_up", "read_backup", "restore"]

DUMP, MANIFEST = "books.dump", "manifest.json"
LOOK_EVERY = 0.1  # seconds
_VIEWER = "-c wayfare.viewer=backup -c wayfare.scope=nation"
_ROLES = """
do $$
declare wanted text;
begin
  foreach wanted in array array['wayfare_reader', 'wayfare_officer', 'wayfare_poster'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin', wanted);
    end if;
    execute format('grant %I to %I', wanted, current_user);
  end loop;
end $$
"""
_HOLDS_SOMETHING = """
    select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema')
"""
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """What a manifest says: program, schema, server, where every fund stood, and the dump with its hash and size."""

    folder: Path
    program: str
    schema: int
    server: int
    heads: DailyRoot
    sha256: str
    size: int

    @property
    def dump(self) -> Path:
        """The file of the dump."""
        return self.folder / DUMP

    def as_document(self) -> dict[str, Any]:
        """The manifest, with a hash over the rest of itself."""
        said = {
            "wayfare": self.program, "schema": self.schema, "postgresql": self.server,
            "books": self.heads.as_document(),
            "dump": {"file": DUMP, "sha256": self.sha256, "bytes": self.size},
        }  # fmt: skip
        return said | {"sha256": _hash_of(said)}


@dataclass(frozen=True, slots=True)
class _Access:
    """How to reach a database: what psycopg needs, the directory of the programs and their major version."""

    parameters: Mapping[str, Any]
    programs: Path
    major: int

    def run(self, program: str, *arguments: str, told: Callable[[], None] = lambda: None) -> None:
        """Run a program of PostgreSQL on the database. Raises NoBackupTools with the last lines of what it said."""
        known = {name: str(value) for name, value in self.parameters.items() if value != "" and name != "password"}
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        environment |= {"PGPASSWORD": str(self.parameters.get("password") or ""), "PGOPTIONS": _VIEWER}
        command = [str(self.programs / program), "--no-password", f"--dbname={make_conninfo('', **known)}", *arguments]
        # A file, for a pipe that nobody empties meanwhile would stop the program.
        with tempfile.TemporaryFile("w+", errors="replace") as said:
            with subprocess.Popen(command, env=environment, stderr=said, umask=0o077) as process:
                while process.poll() is None:
                    told()
                    time.sleep(LOOK_EVERY)
            said.seek(0)
            words = " ".join(said.read().split())[-500:] or f"it was ended by signal {-process.returncode}"
        if process.returncode != 0:
            raise NoBackupTools(
                f"{program} stopped: {words}",
                next_step="Correct what it says (the free space, the rights of the database user), then try again.",
            )


def back_up(settings: Settings, target: Path, *, on: date, name: str = "wayfare", told: Told) -> Backup:
    """Write a backup of the database into a new folder, private to its owner.

    Raises TargetTaken when something is there, TargetUnwritable, NoBackupTools, and the refusals of opening the
    database; what was written by then is removed.
    """
    if target.exists():
        raise TargetTaken(f"{target} is there already.", next_step="Name a folder that does not exist yet.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    with open_database(settings, name=name), _access(settings, name) as access:
        try:
            shutil.rmtree(unfinished, ignore_errors=True)
            private_directory(unfinished)
            with psycopg.connect(**access.parameters) as connection:
                backup = _dump(access, connection, unfinished, on, told)
            _write_private(unfinished / MANIFEST, json.dumps(backup.as_document(), ensure_ascii=False, indent=1))
            unfinished.rename(target)
        except OSError as error:
            raise TargetUnwritable(
                f"{target} cannot be written: {error.strerror}.",
                next_step="Name a folder in a directory that is there and yours, on a disk with room for it.",
            ) from error
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return replace(backup, folder=target)


def read_backup(folder: Path) -> Backup:
    """The backup in a folder, its manifest and its dump found whole. Raises BackupDamaged."""
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        stated = said.pop("sha256")
        if _hash_of(said) != stated:
            raise _damaged(folder, "its manifest is not what was written")
        backup = Backup(
            folder, said["wayfare"], said["schema"], said["postgresql"], root_from_document(said["books"]),
            said["dump"]["sha256"], said["dump"]["bytes"],
        )  # fmt: skip
        if _hash_of_file(backup.dump) != backup.sha256:
            raise _damaged(folder, "the dump is not the one that its manifest states")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(folder, f"it cannot be read ({type(error).__name__}: {error})") from error
    return backup


def restore(settings: Settings, backup: Backup, *, name: str = "wayfare", told: Told) -> None:
    """Fill a database that holds nothing from a backup; the roles of Wayfare are made when they are missing.

    Raises RestoreRefused when the database holds anything or the backup is of a newer program or server, and
    NoBackupTools; a failed restore leaves nothing behind on the embedded server.
    """
    if backup.schema > (known := len(read_migrations())):
        raise _too_new(f"of Wayfare {backup.program} with {backup.schema} migrations; this program knows {known}")
    with _access(settings, name, as_owner=True) as access:
        if backup.server > access.major:
            raise _too_new(f"of PostgreSQL {backup.server}; the server here is {access.major}")
        with psycopg.connect(**access.parameters, autocommit=True) as connection:
            if _one(connection, _HOLDS_SOMETHING):
                raise RestoreRefused(
                    f"The database {name} holds something already; nothing was restored.",
                    next_step="Restore into another state directory (--into) or another database (--database).",
                )
            connection.execute(_ROLES)
        try:
            access.run("pg_restore", "--exit-on-error", "--no-owner", str(backup.dump), told=lambda: told(0, 0))
        except WayfareError:
            if settings.database is None:
                _remove(settings, name)
            raise


def _dump(access: _Access, connection: psycopg.Connection[Any], folder: Path, on: date, told: Told) -> Backup:
    """Dump what one snapshot holds, and say where the funds stand in that same snapshot."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.execute("set local wayfare.viewer = 'backup'; set local wayfare.scope = 'nation'")
    heads = DailyRoot(on, FIRST_LINK, RootStore(connection).heads())
    schema = applied_number(connection) or 0
    snapshot = _one(connection, "select pg_export_snapshot()")
    free = _one(connection, "select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
    size = int(_one(connection, "select pg_database_size(current_database())"))
    file = folder / DUMP
    access.run(
        "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={file}",
        *([] if free else ["--enable-row-security"]),
        told=lambda: told(file.stat().st_size if file.exists() else 0, size),
    )  # fmt: skip
    file.chmod(0o600)
    return Backup(folder, __version__, schema, access.major, heads, _hash_of_file(file), file.stat().st_size)


@contextlib.contextmanager
def _access(settings: Settings, name: str, *, as_owner: bool = False) -> Iterator[_Access]:
    """The way into a database while the block runs; on the embedded server as its administrator, or as the owner."""
    if settings.database is not None:
        parameters = conninfo_to_dict(settings.database)
        with psycopg.connect(**parameters) as connection:  # type: ignore[arg-type]
            server = connection.info.server_version // 10_000
        yield _Access(parameters, *_programs(find_binaries(settings).directory, server))
        return
    lease = take_lease(settings)
    try:
        programs, major = _programs(Path(lease.plan["binaries"]), int(lease.plan["version"].split(".")[0]))
        yield _Access(_embedded(lease, name, as_owner), programs, major)
    finally:
        lease.release()


def _embedded(lease: Lease, name: str, as_owner: bool) -> dict[str, Any]:
    made = embedded_parameters(lease, name)
    return made if as_owner else lease.parameters(user=ADMINISTRATOR, database=name)


def _programs(directory: Path, server: int) -> tuple[Path, int]:
    """The directory, when it has both programs of the server's major version or newer. Raises NoBackupTools."""
    for program in ("pg_dump", "pg_restore"):
        try:
            said = subprocess.run([directory / program, "--version"], capture_output=True, text=True, check=True).stdout
        except (OSError, subprocess.SubprocessError) as error:
            raise _no_tools(f"{directory} has no {program} that runs", server) from error
        found = re.search(r"\) (\d+)", said)
        if found is None or int(found[1]) < server:
            raise _no_tools(f"{directory / program} is of version {said.split()[-1]}", server)
    return directory, server


def _no_tools(found: str, server: int) -> NoBackupTools:
    return NoBackupTools(
        f"{found}; the server is PostgreSQL {server}.",
        next_step=f"Set WAYFARE_POSTGRES to a directory with pg_dump and pg_restore of version {server} or newer.",
    )


def _too_new(found: str) -> RestoreRefused:
    return RestoreRefused(
        f"The backup is {found}. Nothing was restored.", next_step="Restore it with what made it, or newer."
    )


def _remove(settings: Settings, name: str) -> None:
    lease = take_lease(settings)
    try:
        administrator = lease.parameters(user=ADMINISTRATOR, database="postgres")
        with psycopg.connect(**administrator, autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("drop database {} with (force)").format(psycopg.sql.Identifier(name)))
    finally:
        lease.release()


def _damaged(folder: Path, what: str) -> BackupDamaged:
    found = f"The backup {folder} is damaged: {what}."
    return BackupDamaged(found, next_step="Nothing was restored. Use another copy.")


def _hash_of(said: Mapping[str, Any]) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _hash_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _one(connection: psycopg.Connection[Any], query: str) -> Any:
    found = connection.execute(query).fetchone()
    return found[0] if found else None
