"""The servers and viewers of the storage tests."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from wayfare.kernel import Place
from wayfare.storage import Role, RunAs, Settings, Viewer


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


def eventually(holds: Callable[[], bool], *, within: float = 300.0) -> bool:
    """Whether something comes to hold; the time is a bound for failing, not what the test measures."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return False


def officer(scope: str | None = None, *, role: Role = Role.OFFICER, name: str = "officer 7") -> Viewer:
    """A viewer of a place, or of the nation."""
    return Viewer(name=name, role=role, scope=Place(scope) if scope else None, purpose="a test")
