"""The law over HTTP: the same as the command line tells, of a day where a day is named, each row citable."""

from __future__ import annotations

import json

import pytest

from cli.calling import called
from wayfare.api.errors import BadParameter
from wayfare.api.examples import ASKED
from wayfare.app.covered import CSV_FIELDS, coverage_csv, coverage_document, covered, programmes
from wayfare.app.lawbook import rules_document
from wayfare.decisions.composed import with_composed
from wayfare.law.errors import UnknownValue
from wayfare.rulebook import load_rulebook


@pytest.fixture(scope="module")
def law():
    return load_rulebook()


def get(client, path, **query):
    answer = client.get(f"/api/v1{path}", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"].startswith("public")
    return answer.json()


def test_every_question_is_listed_and_shown_as_the_command_shows_it(client, law):
    names = [question["name"] for question in get(client, "/questions")]
    assert names == sorted(with_composed(law).questions)
    shown = get(client, "/questions/pension.place")
    assert shown == json.loads(called("law", "show", "pension.place", "--json").stdout)
    assert {"unit", "level", "dates", "source"} <= set(shown["values"][0])
    assert client.post("/api/v1/ask", json=shown["document"]).json()["answer"]["value"]


def test_what_changes_between_two_days_is_what_the_command_tells(client):
    told = get(client, "/law/changes", before="2024-12-31", after="2025-01-01")
    assert told == json.loads(called("law", "diff", "2024-12-31", "2025-01-01", "--json").stdout)
    assert {"delay_months"} <= {each["name"] for each in told}


def test_the_schema_of_the_facts_is_what_the_command_prints(client):
    assert get(client, "/facts/schema") == json.loads(called("facts", "schema").stdout)


def test_every_rule_folder_is_told_with_its_law_cases_and_open_questions(client, law):
    for head in get(client, "/law/rules"):
        rule = get(client, f"/law/rules/{head['rule']}")
        assert len(rule["values"]) == head["value_count"]
        assert len(rule["open_questions"]) == head["open_question_count"]
        assert rule["purpose"] and rule["title"]
    assert {head["rule"] for head in rules_document(law)} == set(law.homes.values())


@pytest.mark.parametrize(("on", "expected"), [("2024-12-31", ["0"]), ("2025-01-01", ["least"]), (None, ["0", "least"])])
def test_the_texts_of_a_day_are_those_in_force_on_it(client, on, expected):
    texts = get(client, "/law/values/delay_months", **({"on": on} if on else {}))["texts"]
    assert [text["formula"].partition("(")[0] for text in texts] == expected


def test_a_figure_has_a_name_for_each_row_and_keeps_those_of_a_day_and_place(client, law):
    for name in law.parameters.keys() & law.homes.keys():
        figure = get(client, f"/law/figures/{name}")
        ids = [row["id"] for row in figure["rows"] + figure["assumed"]]
        assert len(set(ids)) == len(ids) == figure["row_count"] + figure["assumed_count"]
    shanghai = get(client, "/law/figures/average_wage", place="310115")["rows"]
    assert {place["code"] for row in shanghai for place in row["places"]} == {"310000"}
    assert get(client, "/law/figures/delay_step", on="2024-12-31")["rows"] == []
    assert len(get(client, "/law/figures/delay_step", on="2025-01-01")["rows"]) == 3


@pytest.mark.parametrize(
    ("path", "status", "field"),
    [
        ("/law/values/nothing", 404, "name"), ("/law/figures/province_of", 404, "name"),
        ("/questions/no.such", 404, None), ("/law/rules/national/nothing", 404, None),
        ("/coverage?place=999999", 404, "place"), ("/coverage?programme=nothing", 404, "programme"),
        ("/law/figures/delay_step?on=1735689600", 422, "query.on"),
        ("/law/changes?before=2025-01-01", 422, "query.after"), ("/coverage?place=x", 422, "query.place"),
        ("/law/changes?before=2025-01-01&after=2024-01-01", 422, "query.after"),
    ],
)  # fmt: skip
def test_what_is_not_there_or_not_in_form_is_refused_with_its_field(client, path, status, field):
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == status
    error = answer.json()["error"]
    assert (error["field"], error["line"]) == (field, None)
    assert error["code"] == (UnknownValue.code if status == 404 else BadParameter.code)


def test_coverage_of_a_place_without_lines_of_its_own_is_its_province_s(client, law):
    of_pudong, of_shanghai = (get(client, "/coverage", place=code) for code in ("310115", "310000"))
    assert of_pudong == of_shanghai and of_shanghai
    shenzhen = {line["name"]: line["place"] for line in get(client, "/coverage", place="440300")}
    assert shenzhen["average_wage"] == "440000" and "440300" in shenzhen.values()


def test_coverage_as_a_table_has_a_row_for_each_stretch(law):
    found = coverage_document(law, covered(law, programme="pension", place="310000"))
    lines = coverage_csv(found).splitlines()
    assert lines[0] == ",".join(CSV_FIELDS)
    assert len(lines) == 1 + sum(len(each["stretches"]) for each in found)
    assert any("not covered" in line for line in lines)


def test_a_programme_that_there_is_not_is_refused(law):
    assert "pension" in programmes(law)
    with pytest.raises(UnknownValue):
        covered(law, programme="nothing")


def test_every_operation_has_a_name_a_summary_in_both_languages_and_says_what_it_refuses(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    operations = [each for path in paths.values() for each in path.values()]
    names = [each["operationId"] for each in operations]
    assert len(set(names)) == len(names) >= 13
    assert all(each["summary"] and each["x-summary-zh"] and each["description"] for each in operations)
    assert paths["/api/v1/ask"]["post"]["requestBody"]["content"]["application/json"]["examples"].keys() == ASKED.keys()
