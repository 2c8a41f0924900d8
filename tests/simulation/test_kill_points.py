"""A large run with a table of its own, killed -9 at points that chance hardly meets: each is held by a lock.

Somebody else holds what the next step needs, so the run is known to stand there when the server, its process for the
run, or the program is killed. In the commit it has written what makes it last and waits for a second server that is not
there; the program never hears that it was done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Any

import psycopg
import pytest

from simulation.month_end import FUNDS
from simulation.test_kill import PATIENCE, TARGETS, Victim, victim_of

__all__ = ["victim_of"]

MEMBERS = 60
POINTS = {
    "opening the batch": "lock table ledger.batch in share mode",
    "moving the balances": "lock table ledger.control_balance in share mode",
    "attaching its table": "lock table ledger.transfer_own_{fund} in share update exclusive mode",
    "sealing": "lock table ledger.seal in share mode",
    "committing": "lock table ledger.seal in share mode",
}
CASES = [(point, target) for point in POINTS for target in TARGETS]
IN_THE_SUITE = [("attaching its table", "server"), ("committing", "program")]
WAITS_ALONE = "select 1 from pg_stat_activity where wait_event = 'SyncRep'"
WAITING = """
    select pid from pg_stat_activity
    where datname = %s and usename = 'wayfare_poster' and (wait_event_type = %s or wait_event = %s) limit 1
"""


@pytest.fixture(scope="module")
def victim(victim_of: Callable[..., Victim]) -> Victim:
    """Two funds whose runs have a table of their own."""
    return victim_of(MEMBERS, len(CASES), MEMBERS)


def until_found(administrator: dict[str, Any], query: str, *values: object) -> Any:
    """The first row that a query finds, asked again until there is one and the server is back."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(psycopg.OperationalError), psycopg.connect(**administrator, autocommit=True) as connection:
            if found := connection.execute(query, values).fetchone():
                return found[0]
        time.sleep(0.02)
    raise AssertionError(f"nothing is found by {query} {values}")


def waiting(administrator: dict[str, Any], database: str, *, on: str) -> int:
    """The server process of the run, once it waits for a lock or for the other server."""
    return int(until_found(administrator, WAITING, database, on, on))


@contextmanager
def alone_until(administrator: dict[str, Any], release: psycopg.Connection[Any], database: str) -> Iterator[int]:
    """From now on a commit waits for a second server; yields the process that commits once `release` lets it go on."""
    with psycopg.connect(**administrator, autocommit=True) as connection:
        connection.execute("alter system set synchronous_standby_names = 'nobody'")
        connection.execute("select pg_reload_conf()")
    try:
        until_commits_wait(administrator)
        release.close()
        backend = waiting(administrator, database, on="SyncRep")
        reset(administrator)
        yield backend
    finally:
        reset(administrator)
        until_found(administrator, "select pg_reload_conf()")
        until_found(administrator, "select 1 where current_setting('synchronous_standby_names') = ''")


def reset(administrator: dict[str, Any]) -> None:
    """Commits wait for nobody from the next reading of the settings on."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(psycopg.OperationalError), psycopg.connect(**administrator, autocommit=True) as connection:
            connection.execute("alter system reset synchronous_standby_names")
            return
        time.sleep(0.02)


def until_commits_wait(administrator: dict[str, Any]) -> None:
    """The process that tells all others of it hears of it in its own time: commits are tried until one waits."""
    until = time.monotonic() + PATIENCE
    with (
        psycopg.connect(**administrator, autocommit=True) as watch,
        psycopg.connect(**administrator, autocommit=True) as probe,
    ):
        pid, waits = probe.info.backend_pid, False
        while not waits and time.monotonic() < until:
            probe.pgconn.send_query(b"select pg_logical_emit_message(true, 'probe', '')")
            while probe.pgconn.is_busy():
                if not waits and watch.execute(f"{WAITS_ALONE} and pid = %s", (pid,)).fetchone():
                    waits = bool(watch.execute("select pg_cancel_backend(%s)", (pid,)))
                probe.pgconn.consume_input()
            while probe.pgconn.get_result() is not None:
                pass
    assert waits


def end(victim: Victim, target: str, backend: int) -> None:
    """End the target; with the server its process goes too, which might else do a step more before it hears of it."""
    victim.end(target, backend)
    if target == "server":
        victim.end("server process", backend)


def kill_at(victim: Victim, administrator: dict[str, Any], point: str, target: str) -> None:
    """A new month, killed in the first fund at a point; then made whole."""
    month, fund, database = victim.months[victim.ran], FUNDS[0], str(victim.database.parameters["dbname"])
    victim.ran += 1
    with closing(victim.database.connect()) as holder:
        number = holder.execute("select fund from ledger.fund where name = %s", (fund,)).fetchone()
        holder.execute(POINTS[point].format(fund=number[0] if number else 0))

        def hear(words: list[str]) -> None:
            if words != ["posts", fund]:
                return
            backend = waiting(administrator, database, on="Lock")
            if point == "committing":
                with alone_until(administrator, holder, database) as committing:
                    end(victim, target, committing)
            else:
                end(victim, target, backend)
                holder.close()

        said = victim.program.run(month, hear)
    whole = victim.whole()
    repeated = [words[2] for words in said if words[:2] == ["posted", fund]]  # by the program itself, once more
    if repeated:
        assert repeated == ["same" if point == "committing" else "new"] and fund in whole
    else:
        assert (fund in whole) is (point == "committing")
    rest = [["posted", each, "nothing" if each in whole else "new"] for each in FUNDS]
    assert [words for words in victim.program.run(month) if words[0] == "posted"] == rest
    assert victim.whole() == set(FUNDS)


@pytest.mark.parametrize(("point", "target"), IN_THE_SUITE)
def test_a_large_run_that_is_killed_where_it_stands_is_whole_or_absent_and_completes_once(
    victim, administrator, point, target
):
    kill_at(victim, administrator, point, target)


@pytest.mark.slow
@pytest.mark.parametrize(("point", "target"), [case for case in CASES if case not in IN_THE_SUITE])
def test_a_large_run_is_killed_at_every_point_by_every_way(victim, administrator, point, target):
    kill_at(victim, administrator, point, target)
