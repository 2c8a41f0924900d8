"""The law browser: what each page holds, that it is sound HTML, keeps the day and the language, and cites each row."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from portals.html_reading import Page
from wayfare.api import create_app
from wayfare.app import lawbook
from wayfare.app.covered import covered
from wayfare.app.figures import figure_document, figures_document
from wayfare.law.labels import label_of
from wayfare.portals import Language, Words
from wayfare.portals.errors import NotADay
from wayfare.portals.lawbook.markdown import as_html, as_line
from wayfare.portals.lawbook.pages import Asked
from wayfare.portals.lawbook.router import day_of
from wayfare.portals.lawbook.telling import rule_key
from wayfare.rulebook import load_rulebook
from wayfare.rulebook.coverage import programme_of

LANGUAGES = [each.value for each in Language]
PLACE_FIGURE = "average_wage"


@pytest.fixture(scope="module")
def law():
    return load_rulebook()


@pytest.fixture(scope="module")
def client(law):
    with TestClient(create_app(law=law)) as client:
        yield client


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[-600:]
    read = Page(answer.text)
    assert read.faults == []
    assert len(read.ids) == len(set(read.ids))
    assert "style" not in read.attributes and "onclick" not in read.attributes
    return answer.text, read


def links(read):
    return [unescape(address) for tag, address in read.addresses if tag == "a"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_leads_to_every_question_and_every_rule(client, law, language):
    _, read = page(client, f"/{language}/law")
    assert {f"/{language}/law/questions/{each['name']}" for each in lawbook.questions_document(law)} <= set(links(read))
    assert {f"/{language}/law/rules/{each['rule']}" for each in lawbook.rules_document(law)} <= set(links(read))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_a_page_with_its_sources_clauses_and_smallest_document(client, law, language):
    for question in lawbook.questions_document(law):
        text, read = page(client, f"/{language}/law/questions/{question['name']}")
        told = "".join(read.texts)
        assert question["say"][language] in read.texts
        assert f'"question": "{question["name"]}"' in unescape(text)
        assert all(source["text"] in told for source in lawbook.question_document(law, question["name"])["sources"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_page_with_each_clause_gap_open_question_and_case(client, law, language):
    for head in lawbook.rules_document(law):
        rule = lawbook.rule_document(law, head["rule"])
        _, read = page(client, f"/{language}/law/rules/{head['rule']}")
        told = "".join(read.texts)
        assert {f"value-{value['name']}" for value in rule["values"]} <= set(read.ids)
        assert sum(1 for each in read.ids if each.startswith("case-")) == len(rule["cases"])
        assert all(gap["why"].get(language, gap["why"]["en"]) in told for gap in rule["gaps"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_a_page_on_which_each_row_can_be_cited(client, law, language):
    for head in figures_document(law):
        figure = figure_document(law, head["name"])
        _, read = page(client, f"/{language}/law/figures/{head['name']}")
        if figure["row_count"] <= 400:
            assert {row["id"] for row in figure["rows"]} <= set(read.ids)
            assert {f"#{row['id']}" for row in figure["rows"]} <= set(links(read))


def test_every_link_of_the_pages_of_the_law_leads_somewhere(client, law):
    seen, left = set(), ["/en/law", "/zh/law/rules/national/pension/retirement", "/en/law/questions/pension.place"]
    for path in left:
        _, read = page(client, path)
        seen.update(address.partition("#")[0] for address in links(read) if address.startswith("/"))
    dead = [path for path in sorted(seen) if client.get(path).status_code != 200]
    assert dead == [] and len(seen) > 60


def test_an_anchor_of_a_formula_is_on_the_page_it_leads_to(client):
    _, read = page(client, "/en/law/rules/national/pension/retirement")
    for address in {each for each in links(read) if "#value-" in each}:
        path, _, anchor = address.partition("#")
        assert anchor in Page(client.get(path).text).ids, address


@pytest.mark.parametrize(("day", "shown"), [("2024-12-31", "<code class=\"wf-formula\">0<"), ("2025-01-01", "least(")])
def test_a_rule_on_a_day_shows_the_texts_of_that_day_and_keeps_the_day_in_its_links(client, day, shown):
    text, read = page(client, f"/en/law/rules/national/pension/retirement?on={day}")
    section = text.partition('id="value-delay_months"')[2].partition("</section>")[0]
    assert shown in section and section.count("wf-clause__text") == 1
    assert all(f"on={day}" in address for address in links(read) if "/law/figures/" in address)
    other = next(address for address in links(read) if address.startswith("/zh/"))
    assert other == f"/zh/law/rules/national/pension/retirement?on={day}"


@pytest.mark.parametrize("text", ["2024-13-01", "yesterday", "1.5.2024"])
def test_what_is_no_day_is_refused_in_words(client, text):
    with pytest.raises(NotADay, match="WF-POR-007"):
        day_of(text)
    answer = client.get("/zh/law/figures/delay_step", params={"on": text})
    assert answer.status_code == 422 and "没能读懂" in answer.text


def test_an_empty_field_of_a_form_asks_for_nothing(client):
    assert day_of("") is None and day_of("  ") is None
    assert client.get("/en/law/figures/delay_step?on=&place=").status_code == 200


@pytest.mark.parametrize(
    ("words", "first"),
    [("retirement age", "question"), ("退休", "question"), ("delay_step", "figure"), ("linked account", "value")],
)
def test_a_search_finds_by_every_word_in_either_language(client, words, first):
    text, _ = page(client, f"/en/law?q={words}")
    kinds = re.findall(r"<span>(Question|Rule|Figure|Value) ·", text)
    assert kinds and (first != "question" or kinds[0] in ("Question", "Rule", "Figure"))
    assert first.capitalize() in kinds or first == "question"


def test_a_search_for_nothing_that_is_there_says_so_and_shows_what_was_typed_as_text(client):
    text, _ = page(client, "/zh/law?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "没有找到" in text and "<script>alert" not in text


def test_a_name_leads_to_where_it_is_told(client):
    for name, place in (
        ("delay_step", "/en/law/figures/delay_step"), ("pension.place", "/en/law/questions/pension.place"),
        ("place_of_benefit", "/en/law/rules/national/pension/place_of_benefit#value-place_of_benefit"),
    ):  # fmt: skip
        for path in (f"/en/law/{name}", f"/en/law/values/{name}"):
            assert client.get(path, follow_redirects=False).headers["location"] == place
    assert client.get("/en/law/nothing").status_code == 404


def test_a_figure_of_many_rows_tells_its_places_and_each_place_has_a_page(client, law):
    text, read = page(client, f"/en/law/figures/{PLACE_FIGURE}")
    of_shanghai = f"/en/law/figures/{PLACE_FIGURE}?place=310000"
    assert of_shanghai in links(read) and len(text) < 400_000
    _, one = page(client, of_shanghai)
    assert "row-310000-2020" in " ".join(one.ids)


def test_a_figure_as_data_holds_the_rows_of_its_page(client, law):
    figure = client.get("/en/law/figures/delay_step.json").json()
    rows = list(csv.DictReader(io.StringIO(client.get("/en/law/figures/delay_step.csv").text)))
    assert [row["id"] for row in figure["rows"]] == [row["id"] for row in rows]
    assert {(row["retirement_group"], row["value"]) for row in rows} == {
        ("male", "4"), ("female_55", "4"), ("female_50", "2")
    }  # fmt: skip
    for head in figures_document(law):
        table = client.get(f"/zh/law/figures/{head['name']}.csv").text
        assert len(list(csv.reader(io.StringIO(table)))) == 1 + head["row_count"] + head["assumed_count"], head["name"]


def test_what_changes_is_told_for_two_days_and_asked_for_when_there_are_none(client):
    asked, _ = page(client, "/en/law/changes")
    told, _ = page(client, "/zh/law/changes?before=2024-12-31&after=2025-01-01")
    assert 'name="before"' in asked and "开始适用" in told and "延迟月数" in told
    assert "没有变化" in page(client, "/zh/law/changes?before=2025-01-01&after=2025-01-01")[0]


def test_every_open_question_is_on_its_page(client, law):
    _, read = page(client, "/en/law/open-questions")
    items = sum(len(rule["open_questions"]) for rule in (
        lawbook.rule_document(law, head["rule"]) for head in lawbook.rules_document(law)))  # fmt: skip
    assert len(lawbook.open_questions_document(law)) == items > 0
    assert "article 7 on the older unemployed is recalled" in " ".join(read.texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_programs_tells_every_operation(client, language):
    _, read = page(client, f"/{language}/api")
    described = client.get("/api/v1/openapi.json").json()
    assert {each["operationId"] for path in described["paths"].values() for each in path.values()} <= set(read.ids)


def test_pages_of_the_law_may_be_kept_for_a_while(client):
    assert client.get("/en/law").headers["cache-control"] == "public, max-age=300"


def test_every_rule_and_programme_has_a_name_in_both_languages(law):
    for language in Language:
        words = Words(language)
        for home in set(law.homes.values()):
            assert rule_key(home, words), f"{home} has no title in portals/text/law.{language.value}.yaml"
            assert words.says(f"lawbook.programme.{programme_of(home)}"), home


def test_every_unit_of_a_figure_has_words(law):
    units = {figure["unit"] for figure in figures_document(law)} - set(law.choices)
    said = Asked(law, Language.CHINESE, "/law").telling
    assert {unit for unit in units if not said.unit(unit)} == set()


def test_what_differs_by_place_has_a_label_in_both_languages(law):
    names = {line.name for line in covered(law)}
    assert {name for name in names for language in ("en", "zh") if label_of(law, name, language) == name} == set()


def test_a_text_of_the_law_becomes_html_that_runs_nothing():
    table = "| a | b |\n| --- | --- |\n| 1 | 2 |"
    parts = ["# Title", "## Head", "A <script>alert(1)</script> `x` 国发〔1978〕104号.", table, "open question: what?"]
    made = as_html("\n\n".join(parts))
    assert "<script>" not in made and "open question" not in made and "Title" not in made
    assert '<h3 class="govuk-heading-m">Head</h3>' in made and '<td class="govuk-table__cell">1</td>' in made
    assert '<span lang="zh-Hans">国发〔1978〕104号</span>' in made
    assert as_html("") == "" and "<code>x</code>" in as_line("`x` <b>")
    assert "<b>" not in as_line("<b>")
