"""A monthly run whose server, server process or own program is killed -9 leaves each fund's batch whole or absent.

The run is a program of its own. It is killed at a moment drawn over its reading, assessing, copying, sealing and
committing; then the month is run again, which completes what is left exactly once, and every chain verifies.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from uuid import uuid4

import psycopg
import pytest

from simulation import month_end
from simulation.month_end import FUNDS
from wayfare.funds.month.records import yyyymm
from wayfare.kernel import Month
from wayfare.storage import Database, Role, Settings, Viewer, open_database
from wayfare.storage.keeper import recorded_pid
from wayfare.storage.ledger_store import OWN_LEAF_FROM, LedgerStore
from wayfare.storage.ledger_verify import verify_book

TARGETS = ("server", "program", "server process")
MOMENTS = ("reading", "copy", "seal_batch", "committed")
KILLS, LATER = 20, 0.2  # a kill comes at most this share of a fund's run after its moment
FIRST, BEFORE = Month("2023-01"), 2  # the months that are run before the first kill
PATIENCE = 300.0  # seconds
POSTER = Viewer(name="month end", role=Role.POSTER, scope=None, purpose="a month that is killed")
RECORDS = """
    insert into office.employer (fund, id, name, place) values (%(fund)s, 'clay', 'Clay Works', %(place)s);
    insert into office.enrolment (fund, member, employer, basis, place, from_month, to_month)
      select %(fund)s, n::text, 'clay', 'employee', %(place)s, 202301, 219912 from generate_series(1, %(members)s) as n;
    insert into office.wage (fund, member, month, fen)
      select %(fund)s, n::text, m, 800000 + 100 * n
      from generate_series(1, %(members)s) as n, unnest(%(months)s::int[]) as m
"""
_AT_WORK = """
    select pid, lower(query) from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
      and state = 'active' limit 1
"""

T = TypeVar("T")


class Program:
    """The program at its work; it is started when it is needed and does not live."""

    def __init__(self, directory: Path, name: str, own_leaf_from: int = OWN_LEAF_FROM) -> None:
        self._command = [sys.executable, month_end.__file__, str(directory), name, str(own_leaf_from)]
        self._process: subprocess.Popen[str] | None = None

    def run(self, month: Month, hear: Callable[[list[str]], None] = lambda words: None) -> list[list[str]]:
        """Everything it says of a month, which `hear` is told as it is said."""
        process = self._started()
        assert process.stdin is not None and process.stdout is not None
        print(month, file=process.stdin, flush=True)
        said: list[list[str]] = []
        for line in process.stdout:
            said.append(line.split())
            hear(said[-1])
            if said[-1][0] in ("done", "failed"):
                return said
        self.end()
        return [*said, ["killed"]]

    def kill(self) -> None:
        """End it without a word."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(PATIENCE)

    def end(self) -> None:
        """No more of it."""
        if self._process is not None:
            with suppress(BrokenPipeError):
                self._process.communicate(timeout=PATIENCE)
            self._process = None

    def _started(self) -> subprocess.Popen[str]:
        if self._process is not None and self._process.poll() is not None:
            self.end()
        if self._process is None:
            self._process = subprocess.Popen(
                self._command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            )  # fmt: skip
            assert self._process.stdout is not None and self._process.stdout.readline() == "ready\n"
        return self._process


class Victim:
    """A database with two funds' records, and months of theirs that are killed; counts what was found after each."""

    def __init__(self, settings: Settings, database: Database, program: Program, members: int, kills: int) -> None:
        self.database, self.program, self.members = database, program, members
        self.data = Path(json.loads((settings.state / "plan.json").read_text())["data"])
        self.outcomes: Counter[str] = Counter()
        self.caught: Counter[str] = Counter()
        self.months = [FIRST + number for number in range(BEFORE + kills)]
        self.ran, self.seconds, self.was_there = 0, 0.0, False
        self._lay_in()
        for _ in range(BEFORE):  # the first opens the accounts
            started = time.perf_counter()
            assert self.program.run(self.months[self.ran])[-1] == ["done"]
            self.seconds = (time.perf_counter() - started) / len(FUNDS)
            self.ran += 1

    def kill_once(self, target: str, moment: str, later: float) -> None:
        """A new month, killed in one fund at a moment or a little later (a share of a run's time); then made whole."""
        month, fund = self.months[self.ran], FUNDS[self.ran % len(FUNDS)]
        self.ran += 1

        def hear(words: list[str]) -> None:
            if words == ["begins" if moment == "reading" else "posts", fund]:
                self._kill(target, fund, moment, later * self.seconds)

        said = self.program.run(month, hear)
        whole = self.whole()
        assert {words[1] for words in said if words[0] == "posted"} <= whole, "what was committed is there"
        posted_after = ["posted", fund, "new"] in said and not self.was_there
        self.outcomes["absent" if posted_after or fund not in whole else "whole"] += 1
        rest = [["posted", each, "nothing" if each in whole else "new"] for each in FUNDS]
        assert [words for words in self.program.run(month) if words[0] == "posted"] == rest
        assert self.whole() == set(FUNDS)

    def _kill(self, target: str, fund: str, moment: str, later: float) -> None:
        """End it without a word, and note what the server was doing for it, and whether the fund's batch was there."""
        with self.database.connect() as connection:
            connection.autocommit = True
            until = time.monotonic() + PATIENCE
            while self._seen(connection, fund)[1] not in (moment, "committed") and moment != "reading":
                assert time.monotonic() < until
            time.sleep(later)
            backend, doing = self._seen(connection, fund)
            self.was_there = doing == "committed"
            self.caught[doing] += 1
        self.end(target, backend)

    def end(self, target: str, backend: int) -> None:
        """End the program, the server, or the process of the server that works for the program, without a word."""
        if target == "program":
            self.program.kill()
        elif pid := recorded_pid(self.data) if target == "server" else backend:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _seen(self, connection: psycopg.Connection[Any], fund: str) -> tuple[int, str]:
        """The server process that works for the program, and what it does, or that the fund's batch is committed."""
        backend, query = connection.execute(_AT_WORK).fetchone() or (0, "")
        if connection.execute("select last_batch from ledger.fund where name = %s", (fund,)).fetchone() == (self.ran,):
            return backend, "committed"
        return backend, next((word for word in MOMENTS if word in query), "between")

    def whole(self) -> set[str]:
        """The funds that hold all months begun so far, each with all of its rows, in a book that verifies."""
        found = {fund: self._read(lambda connection, fund=fund: verify_book(connection, fund)) for fund in FUNDS}
        rows = 2 * self.members
        for fund, book in found.items():
            assert book.transfers in ((self.ran - 1) * rows, self.ran * rows)
            balances = self._read(lambda connection, fund=fund: LedgerStore(connection).trial_balance(fund))
            assert sum(balance.amount_fen for balance in balances.values()) == 0
        return {fund for fund, book in found.items() if (book.batches, book.transfers) == (self.ran, self.ran * rows)}

    def _read(self, look: Callable[[psycopg.Connection[Any]], T]) -> T:
        """What a look into the books finds, once the server is back."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(psycopg.OperationalError), self.database.session(viewer=POSTER) as session:
                return look(session.connection)
            time.sleep(0.1)
        raise AssertionError("the server did not come back")

    def _lay_in(self) -> None:
        months = [yyyymm(each) for each in self.months]
        with self.database.session(viewer=POSTER) as session:
            for fund in FUNDS:
                values = {"fund": fund, "place": int(fund[:6]), "members": self.members, "months": months}
                for statement in RECORDS.split(";"):
                    session.connection.execute(statement, values)


@pytest.fixture(scope="module")
def victim_of(storage_settings: Settings, administrator: object) -> Iterator[Callable[..., Victim]]:
    """Makes a victim with so many members in each fund, to be killed so many times."""
    with ExitStack() as stack:

        def make(members: int, kills: int, own_leaf_from: int = OWN_LEAF_FROM) -> Victim:
            name = f"killed_{uuid4().hex}"  # two modules make victims on one server
            database = stack.enter_context(open_database(storage_settings, name=name))
            program = Program(storage_settings.state.parent, name, own_leaf_from)
            stack.callback(program.end)
            return Victim(storage_settings, database, program, members, kills)

        yield make


@pytest.fixture(scope="module")
def victim(victim_of: Callable[[int, int], Victim]) -> Victim:
    """A small one, for the kills of the suite."""
    return victim_of(1_500, 2)


@pytest.mark.parametrize(("target", "moment"), [("server", "copy"), ("program", "seal_batch")])
def test_a_monthly_run_that_is_killed_is_whole_or_absent_in_each_fund_and_completes_once(victim, target, moment):
    victim.kill_once(target, moment, 0.0)


@pytest.mark.slow
def test_twenty_kills_at_any_point_find_batches_whole_and_absent_and_never_in_part(victim_of):
    victim, chance = victim_of(6_000, KILLS), Random(20)
    for number in range(KILLS):
        moment = MOMENTS[number % len(MOMENTS)]
        victim.kill_once(TARGETS[number % len(TARGETS)], moment, chance.random() * LATER)
    print(dict(victim.outcomes), dict(victim.caught))
    assert victim.outcomes.total() == KILLS
    assert set(victim.outcomes) == {"whole", "absent"}, victim.outcomes
    assert len(victim.caught) > 2, victim.caught
