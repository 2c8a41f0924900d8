"""How many moves between funds are prepared and confirmed a second, against pgbench's own TPC-B.

300 pools; every move takes two phases, each with its own durable commit, a batch with header, row, seal and link on
both sides. TPC-B is that of the pgbench of the same PostgreSQL (scale 50), on the same server. With one client both are
driven by pgbench, without prepared statements on either side; with 16, TPC-B by pgbench and the moves by 16 threads of
one Python process at one desk, and also by 16 clients of pgbench that share nothing. Rounds alternate. Processor time
of server and clients stands beside the rate, for on a machine that others use the clock measures them too.
"""

from __future__ import annotations

import os
import random
import re
import resource
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from bench.measure import Figure, in_turn
from wayfare.ledger import Batch, Move, Part, transit_in, transit_out
from wayfare.storage import Database, Role, Settings, Viewer
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.ledger_verify import verify_book
from wayfare.storage.move_desk import MoveDesk
from wayfare.storage.server import ADMINISTRATOR, take_lease

__all__ = ["figures"]

POOLS, CLIENTS, SECONDS, ROUNDS, SCALE = 300, 16, 5, 3, 50
SETTLED = 0.5  # seconds until the server has counted what its processes used
FIRST_PLACE = 100_000
PREPARED, CONFIRMED = date(2024, 6, 3), date(2024, 6, 4)
CLERK = Viewer(name="bench", role=Role.POSTER, scope=None, purpose="bench of moves")
TPC_B = "bench_tpcb"
MOVES = """
\\set s random(1, {pools})
\\set r 1 + (:s + random(1, {pools} - 1) - 1) % {pools}
\\set a random(1, 100000)
\\set k random(1, 1000000000000000)
\\set sender {first} + :s
\\set receiver {first} + :r
select ledger.prepare_moves('{{:sender:employee_pension}}', '{{:receiver:employee_pension}}', '{{m:k}}',
  '{{2024-06-03}}', '{{null}}', '{{null}}', '{{pooled_fund}}', '{{pooled_fund}}', '{{:a}}', '{{202406}}', '{{1}}');
select ledger.confirm_moves('{{:sender:employee_pension}}', '{{m:k}}', '{{2024-06-04}}');
"""


class Rate(NamedTuple):
    """Whole moves or transactions a second, and processor seconds of each on server and client together."""

    a_second: float
    processor: float


def figures(database: Database, settings: Settings) -> list[Figure]:
    """Rates of both sides in alternating rounds, and their ratios."""
    _open_pools(database)
    lease = take_lease(settings)
    try:
        environment = _environment(lease.parameters(user=ADMINISTRATOR, database=TPC_B))
        pgbench = Path(lease.plan["binaries"]) / "pgbench"
        _make_tpc_b(lease.parameters(user=ADMINISTRATOR, database="postgres"), pgbench, environment)
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
            script.write(MOVES.format(pools=POOLS, first=FIRST_PLACE))
            script.flush()
            own = environment | {"PGDATABASE": str(database.parameters["dbname"])}
            server = int((Path(lease.plan["data"]) / "postmaster.pid").read_text().split()[0])
            rates = in_turn(_sides(database, server, pgbench, environment, own, script.name), ROUNDS)
    finally:
        lease.release()
    _check(database)
    return _told(rates)


def _sides(
    database: Database, server: int, pgbench: Path, tpc_b: dict[str, str], own: dict[str, str], script: str
) -> dict[str, Callable[[], Rate]]:
    return {
        "tpcb_1": lambda: _measured(server, lambda: _by_pgbench(pgbench, tpc_b, 1)),
        "moves_1": lambda: _measured(server, lambda: _by_pgbench(pgbench, own, 1, script)),
        "tpcb_16": lambda: _measured(server, lambda: _by_pgbench(pgbench, tpc_b, CLIENTS)),
        "desk_16": lambda: _measured(server, lambda: _by_desk(database)),
        "moves_16": lambda: _measured(server, lambda: _by_pgbench(pgbench, own, CLIENTS, script)),
    }


def _told(rates: dict[str, list[Rate]]) -> list[Figure]:
    found = []
    for what, side, other, asked, name in (
        ("moves between funds, one client", "moves_1", "tpcb_1", "at least 0.85", "moves_one_client"),
        ("moves between funds, 16 clients at one desk", "desk_16", "tpcb_16", "at least 0.60", "moves_16_clients"),
        ("the same, 16 clients that share nothing", "moves_16", "tpcb_16", "", "moves_16_apart"),
    ):
        pairs = list(zip(rates[side], rates[other], strict=True))
        ratio = statistics.median(one.a_second / two.a_second for one, two in pairs)
        spent = statistics.median(two.processor / one.processor for one, two in pairs)
        medians = (statistics.median(each.a_second for each in rates[which]) for which in (side, other))
        measured = "{:,.0f}/s to {:,.0f}/s of TPC-B: ".format(*medians) + f"{ratio:.2f}; {spent:.2f} by processor time"
        found.append(Figure(what, measured, asked, name, ratio))
    return found


def _measured(server: int, work: Callable[[], tuple[int, float]]) -> Rate:
    """The rate of some work that says how much it did in how many seconds."""
    before = _processor_seconds(server)
    done, taken = work()
    time.sleep(SETTLED)
    return Rate(done / taken, (_processor_seconds(server) - before) / done)


def _processor_seconds(server: int) -> float:
    """What the server, its processes past and present, we and our past children have used."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, after = int(path.parent.name), path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended; its parent counts it now
        if number == server or int(after[1]) == server:
            ticks += sum(map(int, after[11:15] if number == server else after[11:13]))
    ours = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return ticks / os.sysconf("SC_CLK_TCK") + sum(each.ru_utime + each.ru_stime for each in ours)


def _open_pools(database: Database) -> None:
    """Every pool with its money and with its transit accounts to and from every other."""
    funds = [_fund(number) for number in range(1, POOLS + 1)]
    with database.session(viewer=CLERK) as session:
        store = LedgerStore(session.connection)
        for fund in funds:
            batch = Batch(fund, date(2024, 1, 1), "opening")
            for other in funds:
                if other != fund:
                    batch.open(transit_in(other))
                    batch.open(transit_out(other))
            batch.open("pooled_fund")
            batch.open("reserve")
            batch.open("contribution_clearing:government")
            batch.move(debit="contribution_clearing:government", credit="pooled_fund", amount=10**14)
            store.post(batch.seal())


def _fund(number: int) -> str:
    return f"{FIRST_PLACE + number}:employee_pension"


def _make_tpc_b(administrator: dict[str, Any], pgbench: Path, environment: dict[str, str]) -> None:
    with psycopg.connect(**administrator, autocommit=True) as connection:
        connection.execute(f"drop database if exists {TPC_B} with (force)")
        connection.execute(f"create database {TPC_B}")
    subprocess.run([pgbench, "-i", "-q", "-s", str(SCALE)], env=environment, check=True, capture_output=True)


def _environment(parameters: dict[str, Any]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return inherited | {
        "PGHOST": str(parameters["host"]), "PGPORT": str(parameters["port"]), "PGUSER": str(parameters["user"]),
        "PGPASSWORD": str(parameters["password"]), "PGDATABASE": str(parameters["dbname"]),
        "PGOPTIONS": "-c wayfare.viewer=bench -c wayfare.scope=nation",
    }  # fmt: skip


def _by_pgbench(
    pgbench: Path, environment: dict[str, str], clients: int, script: str | None = None
) -> tuple[int, float]:
    """Transactions (whole moves) done, and the seconds they took."""
    own = ["-f", script] if script else []
    command = [str(pgbench), "-n", "-M", "simple", "-c", str(clients), "-j", "2", "-T", str(SECONDS), *own]
    said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    done = re.search(r"actually processed: (\d+)", said.stdout)
    rate = re.search(r"tps = ([\d.]+)", said.stdout)
    assert done and rate and "ERROR" not in said.stderr, said.stderr
    return int(done[1]), int(done[1]) / float(rate[1])


def _by_desk(database: Database) -> tuple[int, float]:
    """Moves of 16 threads, each of which waits for both of its commits, and the seconds they took."""
    done, until = [0] * CLIENTS, time.perf_counter() + SECONDS

    def work(client: int, desk: MoveDesk) -> None:
        dice = random.Random()
        while time.perf_counter() < until:
            sender, receiver = dice.sample(range(1, POOLS + 1), 2)
            part = Part("pooled_fund", "pooled_fund", dice.randint(1, 100_000), 202406)
            move = Move(f"d{dice.getrandbits(60)}", _fund(sender), _fund(receiver), (part,))
            desk.prepare_move(move, on=PREPARED)
            desk.confirm_move(move.sender, move.key, on=CONFIRMED)
            done[client] += 1

    started = time.perf_counter()
    with MoveDesk(database, CLERK) as desk:
        threads = [threading.Thread(target=work, args=(client, desk)) for client in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return sum(done), time.perf_counter() - started


def _check(database: Database) -> None:
    """Nothing was lost on the way, and some of the books read back are as they were sealed."""
    with database.session(viewer=CLERK) as session:
        sums = session.connection.execute(
            """select sum(c.posted)::bigint, sum(c.reserved)::bigint,
                 (sum(c.posted) filter (where a.name like 'in_transit%'))::bigint
               from ledger.control_balance c join ledger.account a on a.fund = c.fund and a.number = c.account"""
        ).fetchone()
        assert sums == (0, 0, 0), sums
        for number in range(1, POOLS + 1, 50):
            verify_book(session.connection, _fund(number))
