"""Rules of the server that clients share, and of the keeper that owns it."""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from storage.lives import COOK
from storage.servers import eventually, officer, system_postgres
from wayfare.storage import keeper, open_database, server
from wayfare.storage import registry_store as registry
from wayfare.storage.errors import OtherOwner, OtherVersion, ServerNotStarted
from wayfare.storage.server import ADMINISTRATOR, keeper_pid, stop_server, take_lease

SOURCE = Path(keeper.__file__).parents[2]


def server_pid(lease):
    return keeper.recorded_pid(Path(lease.plan["data"]))


def kill(pid):
    os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: keeper.process_state(pid) in (None, "Z"))


@pytest.fixture
def own(prepared_settings):
    """A server of this test alone, with the cook recorded in it, and its lease."""
    settings = prepared_settings()
    lease = take_lease(settings)
    with open_database(settings) as database, database.session(viewer=officer()) as session:
        registry.save(session, COOK)
    yield lease
    lease.release()


def recorded_cook(settings):
    with open_database(settings) as database, database.session(viewer=officer()) as session:
        return registry.load(session, "cook")


def test_clients_that_start_at_the_same_time_share_one_server(own_settings):
    settings = own_settings()
    with ThreadPoolExecutor(4) as threads:
        leases = list(threads.map(lambda _: take_lease(settings), range(4)))
    pids = {server_pid(lease) for lease in leases}
    for lease in leases:
        lease.release()
    assert len(pids) == 1


def test_a_keeper_starts_though_somebody_looks_at_its_lock_at_that_moment(prepared_settings, monkeypatch):
    settings, start = prepared_settings(), server._start_keeper

    def looked_at(state):
        threading.Timer(1.0, os.close, (keeper.try_lock(state / "keeper.lock", fcntl.LOCK_SH),)).start()
        start(state)

    monkeypatch.setattr(server, "_start_keeper", looked_at)
    take_lease(settings).release()


CLIENT = """
import sys
from pathlib import Path
from wayfare.storage import Settings, open_database, keeper
with open_database(Settings.from_environment()) as database:
    print(database.connect().execute("select pg_postmaster_start_time()::text").fetchone()[0], flush=True)
    sys.stdin.read()
"""


def client_process(settings):
    environ = os.environ | {
        "PYTHONPATH": str(SOURCE),
        "WAYFARE_STATE": str(settings.state),
        "WAYFARE_IDLE_SECONDS": str(settings.idle_seconds),
        "WAYFARE_POSTGRES": str(settings.postgres or ""),
        "WAYFARE_SHARED_HOME": str(settings.shared_home),
    }
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", CLIENT],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_programs_at_once_share_one_server_and_migrate_once(prepared_settings):
    settings = prepared_settings()
    with client_process(settings) as first, client_process(settings) as second:
        assert first.stdout.readline() == second.stdout.readline() != ""


def test_the_server_outlives_the_program_that_started_it_while_another_needs_it(prepared_settings):
    settings = prepared_settings(idle_seconds=0.3)
    with client_process(settings) as first:
        first.stdout.readline()
        lease = take_lease(settings)
        first.kill()
    time.sleep(3 * settings.idle_seconds)
    assert keeper.is_serving(server_pid(lease), Path(lease.plan["data"]))
    lease.release()


def test_the_server_stops_cleanly_when_the_last_client_has_gone(own):
    plan, state = own.plan, own.state
    own.release()
    assert eventually(lambda: keeper_pid(state) is None)
    said = subprocess.run(
        [Path(plan["binaries"]) / "pg_controldata", plan["data"]], capture_output=True, text=True, env={"LC_ALL": "C"}
    ).stdout
    assert "Database cluster state:               shut down\n" in said
    assert not Path(plan["sockets"]).exists()


def test_a_client_that_is_killed_gives_its_lease_back(prepared_settings):
    settings = prepared_settings()
    with client_process(settings) as client:
        client.stdout.readline()
        client.kill()
    assert eventually(lambda: keeper_pid(settings.state) is None)


def test_nobody_who_comes_while_the_server_is_stopping_is_turned_away(prepared_settings):
    settings = prepared_settings(idle_seconds=0.3)
    waits = random.Random(5)
    for _ in range(8):
        lease = take_lease(settings)
        assert psycopg.connect(**lease.parameters(user=ADMINISTRATOR, database="postgres")).close() is None
        lease.release()
        time.sleep(waits.uniform(0.25, 0.6))


def test_who_comes_while_a_server_that_was_told_to_stop_goes_down_gets_a_new_one(own):
    def is_going_down():
        try:
            psycopg.connect(**own.parameters(user=ADMINISTRATOR, database="postgres")).close()
        except psycopg.OperationalError:
            return True
        return False

    os.kill(keeper_pid(own.state), signal.SIGTERM)
    assert eventually(is_going_down)
    assert recorded_cook(own.settings) == COOK


def test_after_kill_9_of_the_server_its_keeper_starts_it_again_with_all_that_was_committed(own):
    killed = server_pid(own)
    kill(killed)
    assert recorded_cook(own.settings) == COOK
    assert server_pid(own) != killed


def test_after_kill_9_of_the_keeper_the_next_client_has_a_server_with_a_keeper(own):
    kill(keeper_pid(own.state))
    assert recorded_cook(own.settings) == COOK
    assert keeper_pid(own.state) is not None


def test_after_kill_9_of_both_the_next_client_recovers(own):
    watching, serving = keeper_pid(own.state), server_pid(own)
    kill(watching)
    kill(serving)
    assert recorded_cook(own.settings) == COOK


def test_a_database_that_is_open_goes_on_after_kill_9_of_the_server(own):
    with open_database(own.settings) as database:
        with database.session(viewer=officer()) as session:
            registry.load(session, "cook")
        kill(server_pid(own))
        with database.session(viewer=officer()) as session:
            assert registry.load(session, "cook") == COOK


def test_a_restart_waits_while_an_old_child_still_holds_the_memory_of_a_killed_server(own):
    with psycopg.connect(**own.parameters(user=ADMINISTRATOR, database="postgres")) as connection:
        child = connection.info.backend_pid
        os.kill(child, signal.SIGSTOP)
        kill(server_pid(own))
        log = own.state / "postgres.log"
        assert eventually(lambda: b"shared memory block" in log.read_bytes())
        os.kill(child, signal.SIGCONT)
        assert recorded_cook(own.settings) == COOK


def test_after_its_socket_was_swept_away_the_next_client_has_a_server_again(own):
    shutil.rmtree(own.plan["sockets"])
    assert recorded_cook(own.settings) == COOK


def left_behind(lease, pid):
    """A data directory whose server died with its keeper, and whose lock files and its socket's name this process."""
    watching, serving = keeper_pid(lease.state), server_pid(lease)
    kill(watching)
    kill(serving)
    for path in (Path(lease.plan["data"]) / "postmaster.pid", *Path(lease.plan["sockets"]).glob(".s.PGSQL.*.lock")):
        lines = path.read_text().splitlines(keepends=True)
        path.write_text(f"{pid}\n{''.join(lines[1:])}")


def test_a_zombie_in_the_lock_file_is_not_taken_for_a_server(own):
    with subprocess.Popen(["true"]) as zombie:
        assert eventually(lambda: keeper.process_state(zombie.pid) == "Z")
        left_behind(own, zombie.pid)
        assert recorded_cook(own.settings) == COOK


def test_another_program_with_the_number_in_the_lock_file_is_not_taken_for_a_server_and_lives_on(own):
    with subprocess.Popen(["sleep", "600"]) as other:
        try:
            left_behind(own, other.pid)
            assert recorded_cook(own.settings) == COOK
            assert other.poll() is None
        finally:
            other.kill()


def test_only_the_owner_can_reach_the_server_and_nothing_listens_on_a_network(own):
    def mode(path):
        return stat.S_IMODE(Path(path).stat().st_mode)

    with psycopg.connect(**own.parameters(user=ADMINISTRATOR, database="postgres")) as connection:
        listens = connection.execute("select setting from pg_settings where name = 'listen_addresses'").fetchone()
    assert listens == ("",)
    assert [mode(own.plan[name]) for name in ("secret", "sockets", "data")] == [0o600, 0o700, 0o700]
    assert mode(own.state) == 0o700


def test_nobody_connects_without_the_secret(own):
    parameters = own.parameters(user=ADMINISTRATOR, database="postgres") | {"password": "guess"}
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**parameters)


def test_the_data_are_checked_sorted_and_encoded_the_same_everywhere(own):
    with psycopg.connect(**own.parameters(user=ADMINISTRATOR, database="postgres")) as connection:
        row = connection.execute(
            "select current_setting('data_checksums'), current_setting('server_encoding'), datcollate, "
            "current_setting('timezone') from pg_database where datname = 'postgres'"
        ).fetchone()
    assert row == ("on", "UTF8", "C", "UTC")


def test_another_secret_than_the_one_of_the_data_is_refused(own):
    Path(own.plan["secret"]).write_text("another")
    with pytest.raises(
        ServerNotStarted, match=r"WF-STO-010  The server did not become ready .*password authentication failed"
    ):
        take_lease(own.settings)


def test_a_server_that_cannot_start_is_refused_with_the_end_of_its_log(own):
    stop_server(own.settings)
    with (Path(own.plan["data"]) / "postgresql.conf").open("a") as configuration:
        configuration.write("shared_bufers = 1\n")
    with pytest.raises(ServerNotStarted, match=r'WF-STO-010 .*unrecognized configuration parameter "shared_bufers"'):
        take_lease(own.settings)


def test_a_data_directory_of_another_owner_is_refused(prepared_settings):
    settings = prepared_settings()
    plan = take_lease_and_stop(settings)
    if os.geteuid() != 0:
        pytest.skip("only root can give a directory to another user")
    shutil.chown(plan["data"], 12345)
    with pytest.raises(
        OtherOwner, match=r"WF-STO-008  The data directory .* belongs to uid 12345; the server would run as"
    ):
        take_lease(settings)


def test_a_data_directory_of_another_version_is_refused(prepared_settings):
    settings = prepared_settings()
    plan = take_lease_and_stop(settings)
    (Path(plan["data"]) / "PG_VERSION").write_text("14\n")
    with pytest.raises(
        OtherVersion, match=r"WF-STO-009  The data directory .* is of PostgreSQL 14; the server found is"
    ) as refused:
        take_lease(settings)
    assert "WAYFARE_POSTGRES to the programs of version 14" in refused.value.next_step


@pytest.mark.system_server
def test_data_of_the_embedded_version_are_not_touched_by_the_systems_server(own_settings):
    take_lease_and_stop(own_settings(postgres=None))
    with pytest.raises(OtherVersion, match="WF-STO-009"):
        take_lease(own_settings(postgres=system_postgres()))


def take_lease_and_stop(settings):
    lease = take_lease(settings)
    lease.release()
    stop_server(settings)
    return lease.plan


def test_a_data_directory_that_was_left_half_made_is_made_again(prepared_settings):
    settings = prepared_settings()
    home = Path(take_lease_and_stop(settings)["home"])
    shutil.rmtree(home / "data")
    (home / "data.new").mkdir()
    (home / "data.new" / "PG_VERSION").write_text("18\n")
    (home / "password.new").write_text("left")
    assert take_lease_and_stop(settings)
    assert (home / "data").exists() and not (home / "data.new").exists()


def test_a_data_directory_that_cannot_be_made_is_refused_with_what_the_server_said(own_settings, monkeypatch):
    settings = own_settings()
    monkeypatch.setattr("wayfare.storage.server.ADMINISTRATOR", "pg_forbidden")
    with pytest.raises(ServerNotStarted, match=r"WF-STO-010  initdb could not make .*pg_forbidden"):
        take_lease(settings)


def test_stopping_a_server_that_does_not_run_says_so(own_settings):
    assert not stop_server(own_settings())
