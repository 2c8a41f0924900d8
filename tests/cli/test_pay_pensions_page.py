"""The walk of docs/how-to/pay-pensions.md, command by command, and that its commands say what the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo
from typer.testing import CliRunner

from wayfare.cli.main import app

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "pay-pensions.md"
SAID = (
    "SH-0005 draws a pension from 310000:employee_pension since 2024-06, by decision A-0005.",
    "From accounts 450.00 yuan, from the pool 1,624.20 yuan.",
    "From accounts 200.48 yuan, from the pool 1,873.72 yuan.",
    "The payroll of 2024-07 was run before: nothing changed.",
    "payroll-paid:2024-06",
    "The bank is to pay 2,027.80 yuan.",
    "SH-0005 was paid 92.80 yuan too much",
    "SH-0005 owes 92.80 yuan by plan 1: 50.00 yuan a month are kept back.",
    "The bank is to pay 1,977.80 yuan.",
    "Still owed: 42.80 yuan.",
    "2024-09 is the last month that is paid.",
    "no pension is due.",
    "repayment:SH-0005:L-0930-07",
    "310000:employee_pension, death_grant:SH-0005.",
)


@pytest.fixture
def wayfare(database, monkeypatch):
    """The command line on the test's database."""
    monkeypatch.setenv("WAYFARE_DATABASE", make_conninfo(**database.parameters))
    monkeypatch.chdir(ROOT)

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(app, list(arguments))
        assert done.exit_code == 0, (arguments, done.output, done.exception)
        return done.output

    return run


def test_the_walk_of_the_page_does_what_the_page_says(wayfare):
    commands = re.findall(r"^    wayfare (.*)$", PAGE.read_text(encoding="utf-8"), re.M)
    printed = "".join(wayfare(*shlex.split(command)) for command in commands)
    at = 0
    for each in SAID:
        assert each in printed[at:], printed
        at = printed.index(each, at)
