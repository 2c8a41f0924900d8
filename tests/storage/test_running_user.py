"""Rules of the user the server runs as; each way is forced."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from wayfare.storage import RunAs, Settings, keeper, open_database
from wayfare.storage.binaries import find_binaries
from wayfare.storage.errors import NoWayToRun, RunAsRefused
from wayfare.storage.running_user import NAMESPACE, choose_running_user
from wayfare.storage.server import ADMINISTRATOR, take_lease
from wayfare.storage.state import state_directory

SOURCE = Path(keeper.__file__).parents[2]
as_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="root alone needs another user for the server; these tests run as root"
)


def namespaces_work() -> bool:
    try:
        return subprocess.run([*NAMESPACE, "true"], capture_output=True).returncode == 0
    except OSError:
        return False


in_namespace = pytest.mark.skipif(not namespaces_work(), reason="this system refuses user namespaces")


def server_of(lease):
    """The way of a running server, the owner of its process and of its data, and the mode of its data."""
    pid = keeper.recorded_pid(Path(lease.plan["data"]))
    data = Path(lease.plan["data"]).stat()
    with psycopg.connect(**lease.parameters(user=ADMINISTRATOR, database="postgres")) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    return lease.plan["way"], Path(f"/proc/{pid}").stat().st_uid, data.st_uid, stat.S_IMODE(data.st_mode)


ORDINARY = """
import os
from wayfare.storage import Settings, keeper, open_database
from wayfare.storage.errors import RunAsRefused
from wayfare.storage.running_user import choose_running_user
from wayfare.storage.server import stop_server, take_lease
settings = Settings.from_environment()
lease = take_lease(settings)
with open_database(settings):
    print(os.geteuid(), lease.plan["way"])
lease.release()
stop_server(settings)
"""


@pytest.mark.parametrize("way", ["self", "auto"])
@pytest.mark.skipif(os.geteuid() == 0 and not namespaces_work(), reason="root cannot become an ordinary user here")
def test_an_ordinary_user_runs_the_server_as_it_is(own_settings, way):
    settings = own_settings()
    become = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"] if os.geteuid() == 0 else []
    environ = os.environ | {
        "PYTHONPATH": str(SOURCE),
        "WAYFARE_STATE": str(settings.state),
        "WAYFARE_POSTGRES": str(settings.postgres or ""),
        "WAYFARE_RUN_AS": way,
    }
    said = subprocess.run([*become, sys.executable, "-c", ORDINARY], env=environ, capture_output=True, text=True)
    assert said.stdout.split() == [str(1000 if os.geteuid() == 0 else os.geteuid()), "self"], said.stderr


@as_root
@in_namespace
def test_root_runs_the_server_in_a_user_namespace_inside_its_own_private_directory(own_settings):
    lease = take_lease(own_settings(run_as=RunAs.NAMESPACE))
    found = server_of(lease)
    lease.release()
    assert found == ("namespace", 0, 0, 0o700)


@as_root
def test_root_becomes_nobody_with_data_of_its_own(own_settings):
    lease = take_lease(own_settings(run_as=RunAs.NOBODY))
    found = server_of(lease)
    lease.release()
    nobody = pwd.getpwnam("nobody").pw_uid
    assert found == ("nobody", nobody, nobody, 0o700)
    assert stat.S_IMODE(Path(lease.plan["secret"]).stat().st_mode) == 0o600


@as_root
def test_nobody_gets_a_readable_copy_of_programs_that_root_alone_can_read(own_settings, tmp_path_factory):
    private = tmp_path_factory.mktemp("private")
    programs = find_binaries(own_settings(postgres=None)).directory
    root = next(parent for parent in programs.parents[:-1] if parent.with_name(f"{parent.name}.libs").is_dir())
    for folder in (root, root.with_name(f"{root.name}.libs")):
        shutil.copytree(folder, private / folder.name, symlinks=True)
    for each in (private, *private.rglob("*")):
        if not each.is_symlink():
            each.chmod(each.stat().st_mode & 0o700)
    hidden = private / root.name / programs.relative_to(root)
    lease = take_lease(own_settings(run_as=RunAs.NOBODY, postgres=hidden))
    found = server_of(lease)
    lease.release()
    assert found[0] == "nobody"
    assert Path(lease.plan["binaries"]).is_relative_to(lease.settings.shared_home)


@as_root
def test_root_takes_nobody_where_namespaces_are_refused(own_settings, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    lease = take_lease(own_settings())
    lease.release()
    assert lease.plan["way"] == "nobody"
    assert "no user namespace could be made" in lease.plan["why"]


@as_root
@in_namespace
def test_data_made_in_a_namespace_are_not_left_behind_where_namespaces_are_refused_later(own_settings, monkeypatch):
    settings = own_settings(idle_seconds=0.2)
    with open_database(settings):
        pass
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NoWayToRun, match=r"WF-STO-006 .* the data in .* were made in a user namespace"):
        choose_running_user(settings, find_binaries(settings), state=settings.state)


def chosen(settings: Settings):
    return choose_running_user(settings, find_binaries(settings), state=state_directory(settings))


@as_root
def test_when_no_way_works_the_message_names_the_commands_to_run(own_settings, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", "/nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(NoWayToRun) as refused:
        chosen(own_settings(shared_home=tmp_path / "file" / "wayfare"))
    assert "root cannot become nobody" in refused.value.found


def test_no_way_is_the_message_with_the_exact_commands(own_settings):
    with pytest.raises(NoWayToRun, match="WF-STO-006  PostgreSQL cannot be run here: WAYFARE_RUN_AS=none") as refused:
        chosen(own_settings(run_as=RunAs.NONE))
    assert refused.value.next_step.startswith("As root run: useradd --create-home wayfare; runuser -u wayfare -- env ")
    assert "export WAYFARE_DATABASE='host=... dbname=... user=...'" in refused.value.next_step


@as_root
def test_root_itself_never_runs_the_server(own_settings):
    with pytest.raises(RunAsRefused, match="WF-STO-007  WAYFARE_RUN_AS=self does not work for root"):
        chosen(own_settings(run_as=RunAs.SELF))


@as_root
def test_a_forced_way_that_does_not_work_is_refused_with_the_reason(own_settings, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(
        RunAsRefused, match="WF-STO-007  WAYFARE_RUN_AS=namespace does not work here: no user namespace"
    ):
        chosen(own_settings(run_as=RunAs.NAMESPACE))


@as_root
def test_a_directory_for_nobody_that_others_could_change_is_refused(own_settings, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    with pytest.raises(RunAsRefused, match="is not a directory that only uid 0 can change"):
        chosen(own_settings(run_as=RunAs.NOBODY, shared_home=shared))


def test_only_root_becomes_nobody(own_settings, monkeypatch):
    settings = own_settings(run_as=RunAs.NOBODY)
    state = state_directory(settings)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(RunAsRefused, match="only root can become nobody"):
        choose_running_user(settings, find_binaries(settings), state=state)


@as_root
def test_programs_that_nobody_cannot_run_even_as_a_copy_are_refused(own_settings, tmp_path):
    broken = tmp_path / "postgresql" / "bin"
    broken.mkdir(parents=True)
    tmp_path.chmod(0o700)
    for name in ("postgres", "initdb"):
        (broken / name).write_text('#!/bin/sh\n[ "$(id -u)" = 0 ] && echo "postgres (PostgreSQL) 17.1"\n')
        (broken / name).chmod(0o755)
    with pytest.raises(RunAsRefused, match=r"nobody cannot run .*, nor a copy of it"):
        chosen(own_settings(run_as=RunAs.NOBODY, postgres=broken))
