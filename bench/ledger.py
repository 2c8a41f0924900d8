"""The funds' books measured in one run: posting, the monthly run, moves between funds, the year-end, and the nation.

The parts run one after another on one embedded server, posting and year on one fund's book, and say what they measured
as lines of one table; the last lines reckon from the measured parts what 280 million members come to. Without `--part`
all run but `keys`, which stands behind a decision.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg

from bench.ledger_book import MEMBERS, Book
from bench.ledger_year import nation
from bench.measure import Figure, seconds, table
from wayfare.storage import Settings, open_database
from wayfare.storage.connect import OWNER
from wayfare.storage.server import ADMINISTRATOR, stop_server, take_lease

__all__ = ["PARTS", "main"]

PARTS = ("posting", "year", "moves", "keys")


def main(arguments: Sequence[str] = ()) -> None:
    """Measure the parts that are named, or all that are there, and print one table."""
    options = _options(arguments)
    wanted = [part for part in PARTS if part in (options.part or PARTS[:-1])]
    found, book = list[Figure](), Book(options.members)
    with tempfile.TemporaryDirectory(prefix="wayfare-bench-", ignore_cleanup_errors=True) as directory:
        Path(directory).chmod(0o755)
        settings = Settings(state=Path(directory) / "state", idle_seconds=30.0)
        try:
            for part in wanted:
                found += _measured(part, settings, book)
        finally:
            stop_server(settings)
    if any(each.name == "year_end" for each in found):
        found += nation(found, members=options.members)
    print(table(found))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench ledger", description=__doc__)
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be given again")
    parser.add_argument("--members", type=int, default=MEMBERS, help="members of a fund, a million unless told")
    return parser.parse_args(arguments)


def _measured(part: str, settings: Settings, book: Book) -> list[Figure]:
    """What a part measured, with the load of the machine before and after it."""
    print(f"part {part}", file=sys.stderr, flush=True)
    measure = importlib.import_module(f"bench.ledger_{part}").figures
    offered = {"book": book, "members": book.members, "settings": settings}
    values = {name: value for name, value in offered.items() if name in inspect.signature(measure).parameters}
    before, found = os.getloadavg()[0], list[Figure]()
    with open_database(settings, name="bench_book" if "book" in values else f"bench_{part}") as database:
        _prepare_server(settings, vacuums="book" not in values)
        taken = seconds(lambda: found.extend(measure(database, **values)))
        with database.connect() as connection:
            version = connection.info.server_version // 10_000
    load = f"load {before:.1f} to {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {taken:.0f} s in all"
    return [Figure(f"**{part}**", f"PostgreSQL {version}, Python {platform.python_version()}, {load}"), *found]


def _prepare_server(settings: Settings, *, vacuums: bool) -> None:
    """Let each side start from the same state, and pay for itself alone.

    The owner of the databases may checkpoint. Large sides want a server that vacuums nothing by itself: what one wrote
    would be tidied up on another's time. Where they want tables as they stand some minutes later, they vacuum them.
    """
    lease = take_lease(settings)
    try:
        parameters = lease.parameters(user=ADMINISTRATOR, database="postgres")
        with psycopg.connect(**parameters, autocommit=True) as connection:
            connection.execute(f"grant pg_checkpoint to {OWNER}")
            connection.execute(f"alter system set autovacuum = {'on' if vacuums else 'off'}")
            connection.execute("select pg_reload_conf()")
    finally:
        lease.release()


if __name__ == "__main__":
    main(sys.argv[1:])
