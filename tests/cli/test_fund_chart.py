"""Rules of `wayfare fund chart`."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from wayfare.cli.main import app


def chart(*more):
    return CliRunner().invoke(app, ["fund", "chart", *more])


def test_the_chart_of_a_fund_shows_names_labels_and_floors():
    shown = chart("--fund", "440000:employee_pension").stdout
    assert "contribution_clearing:employer:<employer>" in shown and "Pooled fund" in shown and "0.00" in shown
    assert "account:<member>" not in chart("--fund", "440000:injury").stdout


def test_the_chart_speaks_chinese():
    assert "统筹基金" in chart("--lang", "zh").stdout


def test_the_chart_as_json_says_which_insurances_keep_an_account():
    lines = {line["account"]: line for line in json.loads(chart("--json").stdout)}
    assert lines["pooled_fund"]["floor_fen"] == 0 and lines["suspense"]["floor_fen"] is None
    assert lines["account:<member>"]["insurances"] == [
        "employee_pension", "resident_pension", "employee_medical", "housing_fund",
    ]  # fmt: skip


def test_a_chart_of_no_fund_is_an_error():
    assert "WF-LED-001" in str(chart("--fund", "440000").exception)
