"""`wayfare services`: what is open, after which steps, and what is not, in both languages; `ask` gives the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wayfare.cli.main import app
from wayfare.decisions.services.values import STATES, State

PLACE = "110000"


def run(*arguments):
    return CliRunner().invoke(app, arguments)


def tenant() -> dict:
    """Somebody who rents in Beijing, with a lease in the landlord's name and no papers at hand."""
    home = {"place": PLACE, "from": "2020-01-01", "to": None, "basis": "rent", "lease_in_own_name": False}
    hukou = {"place": "341225", "kind": "agricultural", "from": "1990-02-01", "to": None}
    facts = {"person": {"sex": "female", "born": "1990-02-01"}, "hukou": [hukou], "residence": [home]}
    return {"question": "pension.place", "on": "2024-06-01", "facts": facts}


@pytest.fixture
def life(tmp_path: Path) -> str:
    file = tmp_path / "life.json"
    file.write_text(json.dumps(tenant()), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Beijing 110000", "What to do:", "your landlord", "Where: police station", "The office has 15 days"]),
     ("zh", ["北京市 110000", "怎样能办成：", "房东", "去哪里办：居住地公安派出所", "经办机构有15天"])],
)  # fmt: skip
def test_a_service_that_steps_would_open_tells_them_with_who_and_the_office(life, language, words):
    told = run("services", life, "--place", PLACE, "--lang", language)
    assert told.exit_code == 0, told.stderr
    assert STATES[State.AFTER][language] in told.stdout
    assert [word for word in words if word not in told.stdout] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_place_without_a_table_says_so_with_its_reason(life, language):
    told = run("services", life, "--place", "650000", "--lang", language)
    document = json.loads(run("services", life, "--place", "650000", "--json").stdout)
    uncovered = [s for s in document["services"] if s["state"] == "not_covered"]
    assert uncovered and STATES[State.NOT_COVERED][language] in told.stdout
    assert [s["why"][language] for s in uncovered if s["why"][language] not in told.stdout] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_closed_names_its_clause_and_by_how_much(life, language):
    newly = json.loads(Path(life).read_text(encoding="utf-8"))
    newly["facts"]["residence"][0]["from"] = "2024-05-01"
    newly["facts"]["residence"][0]["place"] = "440300"
    Path(life).write_text(json.dumps(newly), encoding="utf-8")
    told = run("services", life, "--place", PLACE, "--lang", language)
    assert STATES[State.CLOSED][language] in told.stdout
    assert "✗" in told.stdout


def test_ask_gives_the_same_as_services(life):
    asked = run("ask", "services.all", life, "--place", PLACE, "--json")
    assert json.loads(asked.stdout) == json.loads(run("services", life, "--place", PLACE, "--json").stdout)
    assert run("ask", "services.all", life, "--place", PLACE).stdout == run("services", life, "--place", PLACE).stdout


def test_without_a_place_it_is_where_the_person_lives(life):
    document = json.loads(run("services", life, "--json").stdout)
    assert (document["place"], document["given"]) == (PLACE, {})


def test_a_place_that_is_none_is_refused(life):
    assert run("ask", "services.all", life, "--place", "999999").exit_code == 2
    assert "999999" in str(run("services", life, "--place", "999999").exception)
