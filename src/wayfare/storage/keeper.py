"""The keeper: a small process that owns the database server as its direct child.

Clients hold a shared lock on a lease file. When none is left for a while the keeper stops the server cleanly and
ends; when the server dies it starts it again. It is run by its path with the standard library alone (`python -I
keeper.py plan.json`), so that it stays small and needs no import path.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

__all__ = ["is_serving", "main", "process_state", "stop_orphan", "try_lock"]

GONE_AFTER = 60.0  # seconds; a fast shutdown waits only for the last checkpoint
RETRY_EVERY = 0.2  # seconds between starts while old children of a killed server still hold its memory
RETRY_FOR = 90.0  # seconds of failed starts in a row after which the keeper gives up waiting for that memory
GIVE_UP_AFTER = 2.0  # seconds of failed starts in a row for any other reason
STEADY_AFTER = 3.0  # seconds after which a start counts as good
MEMORY_HELD = b"shared memory block"  # what a server says that cannot start for this reason
SOCKET_WITHIN = 30.0  # seconds after its start in which a server has made its socket, on a busy machine too
LOCK_WITHIN = 10.0  # seconds; who only looks whether a keeper is at work holds its lock for an instant
LOOK_EVERY = 0.1  # seconds between looks at the server and the lease


def process_state(pid: int) -> str | None:
    """The letter of a process's state, or None when there is no such process; `Z`, a zombie, is dead but not reaped."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
        return text.rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        if Path("/proc/self/stat").exists():
            return None
    said = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return said[:1] or None


def is_serving(pid: int, data: Path) -> bool:
    """Whether a process is a live server of this data directory; a zombie or a reused number is not."""
    if process_state(pid) in (None, "Z", "X"):
        return False
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == data.resolve()
    except OSError:
        pass
    said = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout
    return str(data) in said


def recorded_pid(data: Path) -> int | None:
    """The process that the data directory's own lock file names."""
    try:
        return int((data / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, IndexError, ValueError):
        return None


def try_lock(path: Path, how: int = fcntl.LOCK_EX) -> int | None:
    """An open file with the lock, or None when another process holds it; closing the file gives the lock back."""
    held = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, how | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        return None
    return held


def stop_orphan(data: Path, sockets: Path, *, wait: float = GONE_AFTER) -> None:
    """End a server whose keeper was killed: cleanly, and by force only when that takes too long."""
    pid = recorded_pid(data)
    for how in (signal.SIGINT, signal.SIGQUIT):
        if pid is None or not is_serving(pid, data):
            break
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, how)
        deadline = time.monotonic() + wait
        while time.monotonic() < deadline and is_serving(pid, data):
            time.sleep(0.02)
    if pid is not None and not is_serving(pid, data):
        for path in (data / "postmaster.pid", *sockets.glob(".s.PGSQL.*.lock")):
            _disown(path)


def _disown(path: Path) -> None:
    """Put our own number in a lock file of a dead server: that of its data, or that of its socket.

    A server refuses to start while the number it finds there is taken, and it is when the dead one was never reaped
    or its number was given to another process. Its parent's number it accepts, and the rest of the file, which guards
    the memory that old children may still hold, stays as it was.
    """
    with contextlib.suppress(OSError):
        lines = path.read_text().splitlines(keepends=True)
        owner = path.stat()
        path.write_text(f"{os.getpid()}\n{''.join(lines[1:])}")
        os.chown(path, owner.st_uid, owner.st_gid)


class Keeper:
    """One server and the loop that watches it. `plan` is what `server.plan` wrote."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.data = Path(plan["data"])
        self.lease = Path(plan["lease"])
        self.server: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.log_at_start = 0
        self.had_socket = False
        self.failing_since: float | None = None
        self.told_to_stop = False

    def start(self) -> None:
        stop_orphan(self.data, Path(self.plan["sockets"]))
        plan, self.had_socket = self.plan, False
        with Path(plan["log"]).open("ab") as log:
            self.log_at_start = log.tell()
            self.server = subprocess.Popen(
                plan["command"],
                user=plan["uid"],
                group=plan["gid"],
                extra_groups=[] if plan["uid"] is not None else None,
                cwd=plan["home"],
                env=plan["environment"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.started = time.monotonic()

    def watch(self) -> None:
        """Until the last lease has been gone for the agreed time; then hold it, so that nobody comes in between."""
        idle_since: float | None = None
        while not self.told_to_stop:
            if not self.keep_alive():
                return
            held = try_lock(self.lease)
            now = time.monotonic()
            if held is None:
                idle_since = None
            elif idle_since is None or now - idle_since < self.plan["idle_seconds"]:
                idle_since = now if idle_since is None else idle_since
                os.close(held)
            else:
                return  # the lease stays locked until this process ends
            time.sleep(LOOK_EVERY)

    def keep_alive(self) -> bool:
        """Start the server again when it died; false when it cannot be started, or nobody can reach it any more."""
        assert self.server is not None
        now = time.monotonic()
        if self.server.poll() is None:
            if now - self.started > STEADY_AFTER:
                self.failing_since = None
            return self.can_be_reached()
        self.failing_since = now if self.failing_since is None else self.failing_since
        patience = RETRY_FOR if MEMORY_HELD in self.said_since_start() else GIVE_UP_AFTER
        if now - self.failing_since > patience:
            return False
        time.sleep(RETRY_EVERY)
        self.start()
        return True

    def can_be_reached(self) -> bool:
        """False once the socket is gone, as when /tmp was emptied; the next client starts anew.

        It may go before it was ever seen; a server makes it at its very start, so a while without it says the same.
        """
        there = any(Path(self.plan["sockets"]).glob(".s.PGSQL.*"))
        lost = not there and (self.had_socket or time.monotonic() - self.started > SOCKET_WITHIN)
        self.had_socket = there
        return not lost

    def said_since_start(self) -> bytes:
        with Path(self.plan["log"]).open("rb") as log:
            log.seek(self.log_at_start)
            return log.read(65_536)

    def stop(self) -> None:
        """Fast shutdown: open transactions end, what was committed is on disk."""
        assert self.server is not None
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if self.server.poll() is not None:
                return
            self.server.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.server.wait(GONE_AFTER)

    def stop_soon(self, *_: object) -> None:
        self.told_to_stop = True


def main(path: Path) -> int:
    """Keep the server of a plan until nobody needs it; the caller goes on as soon as the keeper is on its own."""
    plan = json.loads(path.read_text())
    until = time.monotonic() + LOCK_WITHIN
    while (held := try_lock(Path(plan["keeper_lock"]))) is None:
        if time.monotonic() > until:
            return 0  # another keeper is at work
        time.sleep(LOOK_EVERY)
    os.ftruncate(held, 0)
    child = os.fork()
    if child:
        os.write(held, f"{child}\n".encode())
        return 0
    os.setsid()
    keeper = Keeper(plan)
    signal.signal(signal.SIGTERM, keeper.stop_soon)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    keeper.start()
    try:
        keeper.watch()
    finally:
        keeper.stop()
        with contextlib.suppress(OSError):
            Path(plan["sockets"]).rmdir()  # the next start makes it again
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
