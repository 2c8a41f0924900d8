"""Where Wayfare keeps its database, and the settings that say so.

The state directory holds the data, the secret and the locks of one database server. It is private to its owner and
never lies in the program's source. `WAYFARE_DATABASE` names a server elsewhere; then none of this is used.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from wayfare.storage.errors import BadSetting, StateInClone, StateNotWritable, UnsafeDirectory

__all__ = ["RunAs", "Settings", "private_directory", "socket_directory", "state_directory"]

SOCKET_PATH_MAX = 103  # bytes of sun_path that every system has; Linux would take 107
SOCKET_NAME = ".s.PGSQL.5432"
PACKAGE = Path(__file__).resolve().parents[1]


class RunAs(StrEnum):
    """As whom the server runs; `auto` takes the first that works."""

    AUTO = "auto"
    SELF = "self"
    NAMESPACE = "namespace"
    NOBODY = "nobody"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a person may set, each field an environment variable: WAYFARE_ and its name in capitals.

    `state` is the directory of the data; `postgres` a directory with the server's programs; `database` a connection
    string of a server elsewhere; `idle_seconds` how long the server outlives its last user; `shared_home` where root
    keeps what the user `nobody` must reach.
    """

    state: Path
    postgres: Path | None = None
    database: str | None = None
    run_as: RunAs = RunAs.AUTO
    idle_seconds: float = 10.0
    shared_home: Path = Path("/var/lib/wayfare")

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """The settings of an environment. Raises BadSetting."""
        postgres = environ.get("WAYFARE_POSTGRES")
        shared = environ.get("WAYFARE_SHARED_HOME")
        return cls(
            state=Path(environ.get("WAYFARE_STATE") or _default_state(environ)).expanduser().absolute(),
            postgres=Path(postgres).expanduser().absolute() if postgres else None,
            database=environ.get("WAYFARE_DATABASE") or None,
            run_as=_run_as(environ.get("WAYFARE_RUN_AS") or "auto"),
            idle_seconds=_seconds(environ.get("WAYFARE_IDLE_SECONDS") or "10"),
            shared_home=Path(shared) if shared else Path("/var/lib/wayfare"),
        )

    @property
    def mark(self) -> str:
        """Twelve characters that stand for the state directory in short paths."""
        return hashlib.sha256(os.fsencode(self.state)).hexdigest()[:12]


def _default_state(environ: Mapping[str, str]) -> str:
    base = environ.get("XDG_STATE_HOME") or os.path.join(environ.get("HOME") or "~", ".local", "state")  # noqa: PTH118
    return f"{base}/wayfare"


def _run_as(text: str) -> RunAs:
    try:
        return RunAs(text)
    except ValueError:
        known = ", ".join(way.value for way in RunAs)
        raise BadSetting(f"WAYFARE_RUN_AS is {text!r}.", next_step=f"Set it to one of: {known}.") from None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds <= 86_400:
        raise BadSetting(
            f"WAYFARE_IDLE_SECONDS is {text!r}.", next_step="Set it to a number of seconds above 0, at most 86400."
        )
    return seconds


def state_directory(settings: Settings) -> Path:
    """The state directory, made when it is missing. Raises StateInClone, StateNotWritable and UnsafeDirectory."""
    state = settings.state
    clone = _clone()
    if clone is not None and state.resolve().is_relative_to(clone):
        raise StateInClone(
            f"The state directory {state} lies inside the program's source, {clone}.",
            next_step="Set WAYFARE_STATE to a directory outside it, or unset it to use the default in your home.",
        )
    try:
        state.parent.mkdir(parents=True, exist_ok=True)
        private_directory(state)
        usable = os.access(state, os.R_OK | os.W_OK | os.X_OK)
    except OSError:
        usable = False
    if not usable:
        raise StateNotWritable(
            f"The state directory {state} cannot be made or written by this user (uid {os.geteuid()}).",
            next_step=f"Name another one: export WAYFARE_STATE=/var/tmp/wayfare-state-{os.geteuid()}",
        )
    return state


def _clone() -> Path | None:
    """The source tree the program runs from, or None when it is installed as a package."""
    root = PACKAGE.parents[1]
    return root if (root / "pyproject.toml").is_file() else None


def private_directory(path: Path, *, owner: int | None = None, group: int | None = None) -> Path:
    """A directory with mode 0700 that belongs to `owner` (us, when none is named), made when missing.

    Raises UnsafeDirectory when something else is already there, for in a shared parent anyone could have put it.
    """
    wanted = os.geteuid() if owner is None else owner
    try:
        path.mkdir(mode=0o700)
        if wanted != os.geteuid():
            os.chown(path, wanted, -1 if group is None else group)
    except FileExistsError:
        pass
    found = path.lstat()
    if stat.S_ISDIR(found.st_mode) and found.st_uid == wanted and not stat.S_IMODE(found.st_mode) & 0o077:
        return path
    raise UnsafeDirectory(
        f"{path} is not a private directory of uid {wanted}: "
        f"owner {found.st_uid}, mode {stat.filemode(found.st_mode)}.",
        next_step=f"Look at it; when it is yours, run: chmod 700 {path}; otherwise remove it or choose another.",
    )


def socket_directory(settings: Settings, environ: Mapping[str, str] = os.environ) -> Path:
    """The short path of the server's socket directory; a start makes it, private. Raises UnsafeDirectory."""
    runtime = environ.get("XDG_RUNTIME_DIR")
    candidates = [Path(runtime)] if runtime and _is_ours(Path(runtime)) else []
    candidates += [Path(tempfile.gettempdir()), Path("/tmp")]
    name = f"wayfare-{os.geteuid()}-{settings.mark}"
    for parent in candidates:
        if len(os.fsencode(parent / name / SOCKET_NAME)) <= SOCKET_PATH_MAX and os.access(parent, os.W_OK):
            return parent / name
    raise UnsafeDirectory(
        f"No directory with a path short enough for a socket can be written (tried {', '.join(map(str, candidates))}).",
        next_step="Set TMPDIR to a short path that you can write, such as /var/tmp.",
    )


def _is_ours(path: Path) -> bool:
    try:
        return path.stat().st_uid == os.geteuid() and sys.platform != "win32"
    except OSError:
        return False
