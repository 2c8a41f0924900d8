"""The walk of docs/how-to/close-a-month-and-a-year.md, command by command."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo
from typer.testing import CliRunner

from wayfare.cli.main import app

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "close-a-month-and-a-year.md"
FUND = ["--fund", "310000:employee_pension"]


@pytest.fixture
def wayfare(database, monkeypatch):
    """The command line on the test's database; gives what was printed."""
    monkeypatch.setenv("WAYFARE_DATABASE", make_conninfo(**database.parameters))
    monkeypatch.chdir(ROOT)

    def run(*arguments):
        done = CliRunner().invoke(app, list(arguments))
        assert done.exit_code == 0, done.output + str(done.exception)
        return done.output

    return run


def commands():
    """The commands of the page, in order."""
    return [shlex.split(line)[1:] for line in re.findall(r"^    (wayfare .*)$", PAGE.read_text(encoding="utf-8"), re.M)]


def test_the_walk_of_the_page_does_what_the_page_says(wayfare):
    printed = {}
    for command in commands():
        if command[1:3] == ["interest", "2024"] and "interest" not in printed:
            for month in ("07", "08", "09", "10", "11"):
                why = ["--explain", "bank=later", "--explain", "contributions=nobody was assessed"]
                wayfare("fund", "close", f"2024-{month}", *why, *FUND)
        printed.setdefault(command[1], []).append(wayfare(*command))
    assert "Nothing stops the close." in printed["checklist"][0] and "不能结账" in printed["checklist"][1]
    assert "2024-05 of 310000:employee_pension is closed, by Chen" in printed["close"][0]
    again = json.loads(printed["close"][2])
    assert (again["state"], again["closed_by"]) == ("repeated", "Chen")
    preview, posted, repeated = printed["interest"]
    assert "Rate 0.0262 (verified)" in preview and "Nothing was posted." in preview
    assert "Posted as one batch" in posted and "nothing changed" in repeated
    assert "2024-12 of 310000:employee_pension is closed" in printed["close"][3]
