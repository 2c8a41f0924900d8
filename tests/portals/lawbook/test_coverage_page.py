"""Coverage as a page: the picture says what the tables and the data say, holds no style and names no outside host."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from html import unescape

import pytest
from fastapi.testclient import TestClient

from portals.html_reading import Page
from wayfare.api import create_app
from wayfare.app.covered import GROUPS, counted, covered, group_of
from wayfare.kernel.status import Status
from wayfare.portals import Language
from wayfare.portals.lawbook.coverage_page import find
from wayfare.portals.lawbook.coverage_picture import COLOURS, SHADES, Cell, bars, grid, shade_of
from wayfare.rulebook import load_rulebook
from wayfare.rulebook.coverage import FIRST_YEAR, last_checked_year, year_by_year

LANGUAGES = [each.value for each in Language]
ASKED = ["", "?programme=pension", "?place=310000", "?programme=pension&place=440300"]


@pytest.fixture(scope="module")
def law():
    return load_rulebook()


@pytest.fixture(scope="module")
def client(law):
    with TestClient(create_app(law=law)) as client:
        yield client


@pytest.mark.parametrize("query", ASKED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_sound_and_its_pictures_hold_geometry_and_words_alone(client, language, query):
    answer = client.get(f"/{language}/coverage{query}")
    read = Page(answer.text)
    assert answer.status_code == 200 and read.faults == [] and len(set(read.ids)) == len(read.ids)
    pictures = re.findall(r'<svg xmlns.*?</svg>', answer.text, re.DOTALL)
    assert len(pictures) == 2
    for picture in pictures:
        assert set(re.findall(r"https?://[^\"'<> ]+", picture)) == {"http://www.w3.org/2000/svg"}
        assert not re.search(r"style=|<style|<script|href|url\(|@import|on\w+=", picture)


@pytest.mark.parametrize("query", ASKED)
def test_page_table_and_data_hold_the_same_numbers(client, query):
    data = client.get(f"/en/coverage.json{query}").json()
    table = list(csv.DictReader(io.StringIO(client.get(f"/zh/coverage.csv{query}").text)))
    assert {group: sum(int(row[group]) for row in table) for group in GROUPS} == data["total"]
    for way in ("by_place", "by_figure"):
        assert {group: sum(each[group] for each in data[way]) for group in GROUPS} == data["total"]
    text = unescape(client.get(f"/en/coverage{query}").text)
    for each in data["by_figure"]:
        cells = "".join(f'<td class="govuk-table__cell govuk-table__cell--numeric">{each[g]:,}</td>' for g in GROUPS)
        assert cells in text, each["name"]
    share = round(100 * data["total"]["sure"] / sum(data["total"].values()) + 1e-9)
    assert f"a decision can rest on {share};" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_a_gap_is_on_the_page(client, law, language):
    text = "".join(Page(client.get(f"/{language}/coverage").text).texts)
    whys = {s.why[language] for line in covered(law) for s in line.stretches if s.status is None and language in s.why}
    assert whys and all(why in text for why in whys)


def test_every_year_of_every_line_is_counted_once_in_one_group(law):
    lines = find(law, "", "").lines
    years = last_checked_year(law) - FIRST_YEAR + 1
    assert sum(find(law, "", "").total.values()) == years * len(lines)
    assert {group_of(status) for status in [*Status, None]} == set(GROUPS)
    one = lines[0]
    assert counted([one], lambda line: line.name)[one.name] == Counter(group_of(s) for _, s in year_by_year(one))


def test_a_city_is_told_apart_from_the_provinces_and_leads_to_its_own_page(client, law):
    data = client.get("/en/coverage.json").json()
    own = {each["place"]: each["figures"] for each in data["own_places"]}
    assert all(each["place"].endswith("0000") for each in data["by_place"]) and len(data["by_place"]) == 31
    assert own["440300"] == sum(1 for line in data["lines"] if line["place"] == "440300") > 0
    assert 'href="/en/coverage?place=440300"' in client.get("/en/coverage").text
    shenzhen = client.get("/en/coverage.json?place=440300").json()
    assert len(shenzhen["by_figure"]) == len(data["by_figure"])


def test_a_cell_is_darker_the_more_can_be_decided_on():
    shades = [shade_of(Counter(sure=sure, missing=80 - sure)) for sure in (0, 1, 9, 10, 19, 20, 39, 40, 80)]
    assert [SHADES.index(shade) for shade in shades] == [0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_the_grid_has_a_cell_for_each_year_and_the_bars_are_as_long_as_their_counts():
    drawn = grid(["It's", "乙"], [Cell(0, 2000, COLOURS["sure"]), Cell(1, 2001, SHADES[0])], label_width=80)
    assert "It's" in unescape(drawn) and "乙" in drawn and "2000" in drawn
    assert drawn.count('fill="#174a7e"') == 1 and 'stroke-dasharray="1,2"' in drawn
    bar = bars(["a"], [Counter(sure=3, missing=1)], label_width=30, width=140)
    lengths = [float(x) for x in re.findall(r'd="M[\d.]+,[\d.]+h([\d.]+)v13h', bar)]
    assert lengths and max(lengths) == 75


def test_a_programme_in_which_nothing_differs_by_place_says_so(client):
    assert "Nothing of this programme differs by place" in client.get("/en/coverage?programme=life").text
    assert client.get("/zh/coverage?programme=nothing").status_code == 404
