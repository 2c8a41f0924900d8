"""A month's run whose server, server process or own program is killed -9 at any point leaves batches whole or absent.

The run is a program of its own that posts tens of thousands of rows to each of three funds. It is killed in one of
them, at a moment between its beginning and a little after its commit; then it is run again, and every chain verifies.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import psycopg
import pytest

from simulation import month_end
from simulation.month_end import FUNDS, POSTER
from wayfare.storage import Database, Settings, open_database
from wayfare.storage.keeper import recorded_pid
from wayfare.storage.ledger_verify import verify_book

TARGETS = ("server", "program", "server process")
KILLS, LATEST = 20, 1.2  # the last kills come when the fund's batch is committed
PATIENCE = 60.0  # seconds

T = TypeVar("T")
_numbers = itertools.count(1)


@dataclass
class Run:
    """A run of the month as it was seen from outside: what it said, and how it ended."""

    said: list[list[str]] = field(default_factory=list)
    code: int = 0

    def posted(self) -> dict[str, str]:
        """The funds whose commit it learnt of, with `new` or `same`."""
        return {words[1]: words[2] for words in self.said if words[0] == "posted"}


class Victim:
    """A database with the accounts of the funds open, and runs of months on it that are killed."""

    def __init__(self, settings: Settings, database: Database, members: int) -> None:
        self.database, self.members, self.month = database, members, 0
        self.data = Path(json.loads((settings.state / "plan.json").read_text())["data"])
        self.directory, self.name = str(settings.state.parent), database.parameters["dbname"]
        self.outcomes: Counter[str] = Counter()
        self.caught: Counter[str] = Counter()
        assert self.run().code == 0
        self.month = 1
        self.seconds = max(float(words[3]) for words in self.run().said if words[0] == "posted")

    def run(self, kill: Callable[[list[str]], None] | None = None) -> Run:
        """Run the month; `kill` hears everything the program says, as it says it."""
        command = [sys.executable, month_end.__file__, self.directory, self.name, str(self.month), str(self.members)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as program:
            run = Run()
            assert program.stdout is not None
            for line in program.stdout:
                run.said.append([*line.split(), str(program.pid)])
                if kill is not None:
                    kill(run.said[-1])
            run.code = program.wait(PATIENCE)
        return run

    def kill_once(self, target: str, share: float) -> None:
        """A new month, killed in one fund when this share of the time of a batch has gone by; then made whole."""
        self.month += 1
        fund = FUNDS[self.month % len(FUNDS)]

        def kill(words: list[str]) -> None:
            if words[:2] == ["begins", fund]:
                time.sleep(share * self.seconds)
                pids = {"server": recorded_pid(self.data), "program": int(words[-1]), "server process": int(words[2])}
                self.caught[self._at_work(int(words[2]))] += 1
                with suppress(ProcessLookupError):
                    os.kill(pids[target] or 0, signal.SIGKILL)

        killed, rows = self.run(kill), 2 * self.members
        whole = {each for each, (_, found) in self.verified().items() if found == self.month * rows}
        self.outcomes["whole" if fund in whole else "absent"] += 1
        assert killed.posted().keys() <= whole, "what was committed is there"
        again = self.run()
        assert (again.code, again.posted()) == (0, {each: "same" if each in whole else "new" for each in FUNDS})
        assert self.verified() == dict.fromkeys(FUNDS, (self.month + 1, self.month * rows))

    def verified(self) -> dict[str, tuple[int, int]]:
        """Batches and rows of each fund, whose chain and balances were worked out again."""
        found = {fund: self.read(lambda connection, fund=fund: verify_book(connection, fund)) for fund in FUNDS}
        return {fund: (book.batches, book.transfers) for fund, book in found.items()}

    def read(self, look: Callable[[psycopg.Connection[Any]], T]) -> T:
        """What a look into the books finds, once the server is back."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(psycopg.OperationalError), self.database.session(viewer=POSTER) as session:
                return look(session.connection)
            time.sleep(0.1)
        raise AssertionError("the server did not come back")

    def _at_work(self, pid: int) -> str:
        """What the server was doing for the program when it was killed."""
        with self.database.connect() as connection:
            found = connection.execute("select state, query from pg_stat_activity where pid = %s", (pid,)).fetchone()
        if found is None or found[0] != "active":
            return found[0] if found else "gone"
        return next((word for word in ("copy", "open_batch", "seal_batch") if word in found[1]), found[1].lower())


@pytest.fixture
def victim_of(storage_settings: Settings, administrator: object) -> Iterator[Callable[[int], Victim]]:
    """Makes a victim with so many members; no connection of the test itself has to outlive the killings."""
    with ExitStack() as stack:

        def make(members: int) -> Victim:
            database = stack.enter_context(open_database(storage_settings, name=f"killed_{next(_numbers)}"))
            return Victim(storage_settings, database, members)

        yield make


@pytest.mark.parametrize(("target", "share"), [("server", 0.4), ("program", 0.7)])
def test_a_run_that_is_killed_leaves_each_batch_whole_or_absent_and_completes_once(victim_of, target, share):
    victim_of(2_000).kill_once(target, share)


@pytest.mark.slow
def test_twenty_kills_at_any_point_find_batches_whole_and_absent_and_never_in_part(victim_of):
    victim, chance = victim_of(15_000), Random(20)
    for number in range(KILLS):
        victim.kill_once(TARGETS[number % len(TARGETS)], LATEST * (number + chance.random()) / KILLS)
    print(dict(victim.outcomes), dict(victim.caught))
    assert victim.outcomes.total() == KILLS
    assert set(victim.outcomes) == {"whole", "absent"}, victim.outcomes
    assert len(victim.caught) > 1, victim.caught
