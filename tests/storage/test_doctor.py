"""Rules of what the doctor tells."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psycopg
import pytest

from storage.servers import eventually
from wayfare.storage import RunAs, Settings, keeper, open_database
from wayfare.storage.doctor import Finding, Report, examine
from wayfare.storage.migrations import read_migrations
from wayfare.storage.server import keeper_pid, take_lease


def told(report, subject):
    return next(finding for finding in report.findings if finding.subject == subject)


def test_before_the_first_use_it_tells_what_would_be_started_and_starts_nothing(own_settings):
    settings = own_settings()
    report = examine(settings)
    assert report.is_well, report.lines()
    assert told(report, "server").found == "never started yet; it starts with the first use"
    assert keeper_pid(settings.state) is None


def test_a_running_server_is_told_with_its_version_its_user_and_its_schema(prepared_settings):
    settings = prepared_settings()
    with open_database(settings):
        report = examine(settings)
        assert report.is_well, report.lines()
    subjects = [finding.subject for finding in report.findings]
    assert subjects == ["programs", "state", "runs as", "socket", "data", "memory", "server", "schema"]
    assert told(report, "schema").found.endswith(
        f"migration {len(read_migrations())} of {len(read_migrations())} applied"
    )
    assert "running as process" in told(report, "server").found


def test_a_server_without_its_keeper_is_told_with_what_to_do(prepared_settings):
    settings = prepared_settings()
    lease = take_lease(settings)
    watching = keeper_pid(settings.state)
    os.kill(watching, signal.SIGKILL)
    assert eventually(lambda: keeper.process_state(watching) in (None, "Z"))
    finding = told(examine(settings), "server")
    lease.ensure_running()
    lease.release()
    assert "without a keeper" in finding.found
    assert "kill -INT" in finding.next_step


def test_a_server_that_stopped_is_no_problem(prepared_settings):
    settings = prepared_settings(idle_seconds=0.2)
    lease = take_lease(settings)
    lease.release()
    assert eventually(lambda: keeper_pid(settings.state) is None)
    report = examine(settings)
    assert (report.is_well, told(report, "server").found) == (True, "not running; it starts with the next use")


def test_data_of_another_version_are_told_with_the_code_of_the_refusal(prepared_settings):
    settings = prepared_settings(idle_seconds=0.2)
    lease = take_lease(settings)
    lease.release()
    assert eventually(lambda: keeper_pid(settings.state) is None)
    (Path(lease.plan["data"]) / "PG_VERSION").write_text("14\n")
    finding = told(examine(settings), "data")
    assert finding.found.startswith("WF-STO-009")


@pytest.mark.parametrize(
    ("more", "subject", "code"),
    [
        ({"postgres": Path("/nowhere")}, "programs", "WF-STO-005"),
        ({"run_as": RunAs.NONE}, "runs as", "WF-STO-006"),
        ({"state": Path("/dev/null/state")}, "state", "WF-STO-002"),
    ],
)
def test_each_refusal_is_told_with_its_code_and_its_next_step(own_settings, more, subject, code):
    finding = told(examine(own_settings(**more)), subject)
    assert finding.found.startswith(code)
    assert finding.next_step


def test_a_setting_that_means_nothing_is_told(monkeypatch):
    monkeypatch.setenv("WAYFARE_RUN_AS", "me")
    assert told(examine(), "settings").found.startswith("WF-STO-001")


def test_a_server_elsewhere_is_told_and_a_superuser_there_is_a_problem(administrator, tmp_path):
    text = psycopg.conninfo.make_conninfo(**{name: value for name, value in administrator.items() if value != ""})
    report = examine(Settings(state=tmp_path, database=text))
    assert told(report, "server").found.startswith("elsewhere")
    assert told(report, "rights").next_step


def test_a_server_elsewhere_that_does_not_answer_is_told(tmp_path):
    assert told(examine(Settings(state=tmp_path, database="host=/nowhere")), "schema").next_step


def test_each_next_step_stands_under_its_finding():
    report = Report((Finding("data", "is gone", "Restore it."), Finding("server", "runs")))
    assert report.lines() == ["data    is gone", "        -> Restore it.", "server  runs"]
