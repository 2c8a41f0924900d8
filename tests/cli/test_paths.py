"""`wayfare paths`: the answer first, in either language; each path written out and asked again."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from decisions.movers import GUANGDONG, GUIZHOU, SHANGHAI, mover, paid
from wayfare.cli.main import app

WORKER = mover(paid(GUIZHOU, "2012-03", None, "4000.00"), born="1979-05-30")


@pytest.fixture
def life(tmp_path):
    file = tmp_path / "life.json"
    file.write_text(WORKER.as_json(), encoding="utf-8")
    return str(file)


def run(*arguments):
    return CliRunner().invoke(app, arguments)


@pytest.mark.parametrize(
    ("language", "first", "warns", "missing"),
    [("en", "Settle in Guizhou", "Before you take a step", "Which place might you move on to?"),
     ("zh", "留在贵州省定居", "走这一步之前请注意", "您可能再去哪个地方？")],
)  # fmt: skip
def test_the_answer_comes_first_and_what_is_missing_is_asked_for(life, language, first, warns, missing):
    told = run("paths", life, "--language", language)
    assert told.exit_code == 0
    assert first in told.stdout and missing in told.stdout
    onward = run("paths", life, "--set", f"next_place={SHANGHAI}", "--language", language)
    assert warns in onward.stdout and missing not in onward.stdout


def test_ask_gives_the_same_as_paths(life):
    asked = json.loads(run("ask", "pension.paths", "--facts", life, "--json").stdout)
    assert asked == json.loads(run("paths", life, "--json").stdout)
    assert [p["name"] for p in asked["paths"]] == ["settle", "move_on", "return_home", "circulate", "undecided"]


def test_each_path_is_written_out_and_gives_the_same_when_it_is_asked(life, tmp_path):
    folder = tmp_path / "out"
    found = run("paths", life, "--json", "--set", f"next_place={SHANGHAI}", "--write", str(folder))
    onward = next(p for p in json.loads(found.stdout)["paths"] if p["name"] == "move_on")
    written = folder / "move_on.json"
    again = json.loads(run("ask", "--facts", str(written), "--json").stdout)
    assert again["answer"]["value"] == onward["pension_then"]
    assert (folder / f"move_on.without.temporary_account.{SHANGHAI}.json").exists()


def test_a_setting_that_is_none_is_a_wrong_call(life):
    assert run("paths", life, "--set", "next_place").exit_code == 2


def test_the_question_is_listed_and_shown():
    assert "pension.paths" in run("law", "list").stdout
    shown = json.loads(run("law", "show", "pension.paths", "--json").stdout)
    assert shown["document"]["question"] == "pension.paths"
    assert "place_of_benefit" in {value["name"] for value in shown["values"]}


def test_a_fact_that_is_missing_leaves_the_answer_open(tmp_path):
    file = tmp_path / "life.json"
    file.write_text(mover(paid(GUANGDONG, "2014-07", None), sex="female").as_json(), encoding="utf-8")
    told = run("paths", str(file))
    assert told.exit_code == 0 and "Not known yet" in told.stdout and "retirement_group" in told.stdout
