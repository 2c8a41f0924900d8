"""Rules of `wayfare fund verify`, `fund root`, `backup` and `restore` on a terminal."""

from __future__ import annotations

import json
from datetime import date

import psycopg
import pytest
from typer.testing import CliRunner

from wayfare.cli.main import app
from wayfare.ledger import Batch
from wayfare.storage import Role, Viewer, open_database
from wayfare.storage.ledger_store import LedgerStore
from wayfare.storage.server import ADMINISTRATOR, take_lease

POSTER = Viewer(name="clearing", role=Role.POSTER, scope=None, purpose="a test")


@pytest.fixture
def run(prepared_settings, monkeypatch):
    """Run a command on a state directory of its own; the exit code and what it printed."""
    settings = prepared_settings("here", idle_seconds=5.0)
    monkeypatch.setenv("WAYFARE_STATE", str(settings.state))
    monkeypatch.setenv("WAYFARE_SHARED_HOME", str(settings.shared_home))
    monkeypatch.setenv("WAYFARE_IDLE_SECONDS", "5")
    monkeypatch.delenv("WAYFARE_DATABASE", raising=False)

    def invoke(*arguments):
        result = CliRunner().invoke(app, [str(each) for each in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout

    with open_database(settings) as database, database.session(viewer=POSTER) as session:
        batch = Batch("440000:employee_pension", date(2024, 6, 30), "first")
        for name in ("outside:employers", "pooled_fund"):
            batch.open(name)
        batch.move(debit="outside:employers", credit="pooled_fund", amount=200)
        LedgerStore(session.connection).post(batch.seal())
    invoke.settings = settings
    return invoke


def spoil(settings):
    lease = take_lease(settings)
    with psycopg.connect(**lease.parameters(user=ADMINISTRATOR, database="wayfare")) as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute("update ledger.transfer set amount = amount + 1")
    lease.release()


def test_books_are_rooted_verified_backed_up_restored_and_a_changed_fen_is_named(run, tmp_path, own_settings):
    code, printed = run("fund", "root", "--day", "2024-06-30", "--json")
    (tmp_path / "root.json").write_text(printed)
    root = json.loads(printed)["root"]
    assert code == 0 and run("fund", "root", "--day", "2024-06-30") == (0, f"2024-06-30 {root}\n")
    assert run("fund", "verify") == (0, "1 fund, 1 batch, 1 transfer, 1 root: all as they were sealed\n")
    for given in (root, tmp_path / "root.json"):
        assert run("fund", "verify", "--root", given)[0] == 0
    assert run("fund", "verify", "--root", "0" * 64)[0] == 2
    assert run("backup", tmp_path / "backup")[0] == 0
    elsewhere = own_settings("elsewhere")
    code, printed = run("restore", tmp_path / "backup", "--into", elsewhere.state)
    assert (code, printed) == (0, "1 fund, 1 batch, 1 transfer: every chain is as the manifest says\n")
    spoil(run.settings)
    code, printed = run("fund", "verify", "--fund", "440000:employee_pension", "--json")
    report = json.loads(printed)
    assert code == 2 and not report["well"]
    assert [report["findings"][0][name] for name in ("number", "key", "what")] == [1, "first", "its content"]
