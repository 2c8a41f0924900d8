"""Rules of settings and of the directories that hold the data."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest

from wayfare.storage import RunAs, Settings
from wayfare.storage import state as state_module
from wayfare.storage.errors import BadSetting, StateInClone, StateNotWritable, UnsafeDirectory
from wayfare.storage.state import private_directory, socket_directory, state_directory


def test_every_setting_has_its_environment_variable():
    settings = Settings.from_environment(
        {
            "WAYFARE_STATE": "/data/wayfare",
            "WAYFARE_POSTGRES": "/opt/pg/bin",
            "WAYFARE_DATABASE": "host=db",
            "WAYFARE_RUN_AS": "nobody",
            "WAYFARE_IDLE_SECONDS": "2.5",
            "WAYFARE_SHARED_HOME": "/srv/wayfare",
        }
    )
    assert settings == Settings(
        state=Path("/data/wayfare"),
        postgres=Path("/opt/pg/bin"),
        database="host=db",
        run_as=RunAs.NOBODY,
        idle_seconds=2.5,
        shared_home=Path("/srv/wayfare"),
    )


@pytest.mark.parametrize(
    ("environ", "state"),
    [
        ({"HOME": "/home/li"}, "/home/li/.local/state/wayfare"),
        ({"HOME": "/home/li", "XDG_STATE_HOME": "/home/li/state"}, "/home/li/state/wayfare"),
        ({"HOME": "/home/li", "XDG_STATE_HOME": "/x", "WAYFARE_STATE": "/data"}, "/data"),
    ],
)
def test_the_state_lies_in_the_home_unless_a_setting_says_otherwise(environ, state):
    assert Settings.from_environment(environ).state == Path(state)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("WAYFARE_RUN_AS", "me", "WF-STO-001  WAYFARE_RUN_AS is 'me'."),
        ("WAYFARE_IDLE_SECONDS", "soon", "WF-STO-001  WAYFARE_IDLE_SECONDS is 'soon'."),
        ("WAYFARE_IDLE_SECONDS", "0", "WF-STO-001  WAYFARE_IDLE_SECONDS is '0'."),
        ("WAYFARE_IDLE_SECONDS", "nan", "WF-STO-001  WAYFARE_IDLE_SECONDS is 'nan'."),
    ],
)
def test_a_setting_that_means_nothing_is_refused(name, value, text):
    with pytest.raises(BadSetting) as refused:
        Settings.from_environment({name: value})
    assert str(refused.value).startswith(text)


def test_a_state_directory_is_made_private(tmp_path):
    made = state_directory(Settings(state=tmp_path / "a" / "b"))
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_a_state_directory_inside_the_programs_source_is_refused(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(state_module, "PACKAGE", tmp_path / "src" / "wayfare")
    with pytest.raises(StateInClone, match=r"WF-STO-003  The state directory .* lies inside the program's source"):
        state_directory(Settings(state=tmp_path / "data"))
    assert not (tmp_path / "data").exists()


def test_a_program_installed_without_its_source_has_no_clone_to_protect(tmp_path, monkeypatch):
    monkeypatch.setattr(state_module, "PACKAGE", tmp_path / "lib" / "wayfare")
    assert state_directory(Settings(state=tmp_path / "data")).is_dir()


def test_a_state_directory_that_cannot_be_made_says_how_to_name_another(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StateNotWritable, match="WF-STO-002") as refused:
        state_directory(Settings(state=tmp_path / "file" / "state"))
    assert refused.value.next_step.endswith(f"export WAYFARE_STATE=/var/tmp/wayfare-state-{os.geteuid()}")


def open_to_others(path):
    path.mkdir()
    path.chmod(0o755)


def a_link(path):
    (path.parent / "real").mkdir(mode=0o700)
    path.symlink_to(path.parent / "real")


def a_file(path):
    path.touch()


@pytest.mark.parametrize("put", [open_to_others, a_link, a_file])
def test_what_someone_else_could_have_put_there_is_not_taken_for_a_private_directory(tmp_path, put):
    put(tmp_path / "private")
    with pytest.raises(UnsafeDirectory, match=r"WF-STO-004  .* is not a private directory of uid"):
        private_directory(tmp_path / "private")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a directory to another user")
def test_a_private_directory_of_another_user_is_refused(tmp_path):
    path = tmp_path / "private"
    path.mkdir(mode=0o700)
    os.chown(path, 12345, -1)
    with pytest.raises(UnsafeDirectory, match="owner 12345"):
        private_directory(path)


def test_the_socket_lies_in_the_runtime_directory_when_there_is_one(tmp_path):
    with tempfile.TemporaryDirectory(prefix="run") as runtime:
        found = socket_directory(Settings(state=tmp_path), {"XDG_RUNTIME_DIR": runtime})
        assert found.parent == Path(runtime)


def test_a_path_too_long_for_a_socket_is_passed_over(tmp_path, monkeypatch):
    long = tmp_path / ("d" * 90)
    long.mkdir()
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(long))
    found = socket_directory(Settings(state=tmp_path), {})
    assert found.parent == Path("/tmp")


def test_no_directory_short_enough_for_a_socket_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(state_module, "SOCKET_PATH_MAX", 10)
    with pytest.raises(UnsafeDirectory, match="WF-STO-004  No directory with a path short enough for a socket"):
        socket_directory(Settings(state=tmp_path), {})


def test_two_states_have_two_sockets():
    assert Settings(state=Path("/a")).mark != Settings(state=Path("/b")).mark
