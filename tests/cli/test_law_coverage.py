"""`wayfare law coverage` as its users call it: counts, years of a place, JSON and a table, and what it refuses."""

from __future__ import annotations

import csv
import io
import json

import pytest

from cli.calling import called
from wayfare.app.covered import CSV_FIELDS, GROUPS, covered
from wayfare.rulebook import load_rulebook


def test_every_figure_that_differs_by_place_has_a_line_with_its_years_by_how_sure_they_are():
    lines = called("law", "coverage").stdout.decode().splitlines()
    names = {line.name for line in covered(load_rulebook())}
    told = {line.split()[1]: line.split() for line in lines[1:] if len(line.split()) > 5}
    assert names <= told.keys()
    wage = told["average_wage"]
    assert sum(map(int, wage[-len(GROUPS):])) == 31 * 35 and wage[-len(GROUPS) - 1] == "31"


def test_of_a_place_it_prints_which_years():
    lines = called("law", "coverage", "--programme", "pension", "--place", "310115").stdout.decode().splitlines()
    (wage,) = (line for line in lines if " average_wage " in line)
    cells = [cell.strip() for cell in wage.split("  ") if cell.strip()]
    assert cells[-4:] == ["1999-2025", "-", "1992-1998, 2026", "-"]
    assert not any(line.startswith("work") for line in lines)


def test_json_and_csv_hold_the_same_lines():
    asked = ("law", "coverage", "--programme", "pension", "--place", "310000")
    found = json.loads(called(*asked, "--json").stdout)
    table = list(csv.DictReader(io.StringIO(called(*asked, "--csv").stdout.decode())))
    assert tuple(table[0]) == CSV_FIELDS
    assert [(line["name"], s["from"], s["status"]) for line in found for s in line["stretches"]] == [
        (row["name"], row["from"], row["status"]) for row in table
    ]
    assert any(row["status"] == "not covered" and row["why_en"] and row["why_zh"] for row in table)


@pytest.mark.parametrize("option", [("--programme", "nothing"), ("--place", "999999")])
def test_what_there_is_not_is_a_wrong_call(option):
    done = called("law", "coverage", *option)
    assert done.returncode == 2 and b"WF-LAW-008" in done.stderr
