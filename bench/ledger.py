"""The funds' books measured in one run: posting, the monthly run, moves between funds, the year-end, and the nation.

Each part has a database of its own on one embedded server and says what it measured as lines of one table; the last
lines reckon from the measured parts what 280 million members come to. `--help` names the parts.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import inspect
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.ledger_year import MEMBERS, nation
from bench.measure import Figure, seconds, table
from wayfare.storage import Settings, open_database
from wayfare.storage.server import stop_server

__all__ = ["PARTS", "main"]

PARTS = ("posting", "keys", "month", "moves", "year")


def main(arguments: Sequence[str] = ()) -> None:
    """Measure the parts that are named, or all that are there, and print one table."""
    options = _options(arguments)
    wanted = options.part or [part for part in PARTS if importlib.util.find_spec(f"bench.ledger_{part}")]
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="wayfare-bench-", ignore_cleanup_errors=True) as directory:
        Path(directory).chmod(0o755)
        settings = Settings(state=Path(directory) / "state", idle_seconds=30.0)
        try:
            for part in wanted:
                found += _measured(part, settings, options.members)
        finally:
            stop_server(settings)
    if any(each.name == "year_end" for each in found):
        found += nation(found, members=options.members or MEMBERS)
    print(table(found))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench ledger", description=__doc__)
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be given again")
    parser.add_argument("--members", type=int, help="members of a fund, a million unless told")
    return parser.parse_args(arguments)


def _measured(part: str, settings: Settings, members: int | None) -> list[Figure]:
    """What a part measured, with the load of the machine before and after it."""
    print(f"part {part}", file=sys.stderr, flush=True)
    before, found = os.getloadavg()[0], list[Figure]()
    with open_database(settings, name=f"bench_{part}") as database:
        taken = seconds(lambda: found.extend(_figures(part, database, settings, members)))
        with database.connect() as connection:
            version = connection.info.server_version // 10_000
    load = f"load {before:.1f} to {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {taken:.0f} s in all"
    return [Figure(f"**{part}**", f"PostgreSQL {version}, Python {platform.python_version()}, {load}"), *found]


def _figures(part: str, database: Any, settings: Settings, members: int | None) -> list[Figure]:
    """The figures of a part, which may want the server's settings and may take a number of members."""
    measure = importlib.import_module(f"bench.ledger_{part}").figures
    known = inspect.signature(measure).parameters
    more = {"members": members} if members and "members" in known else {}
    return list(measure(database, **({"settings": settings} if "settings" in known else {}), **more))


if __name__ == "__main__":
    main(sys.argv[1:])
