"""What was assumed is told by fact and by series, in both languages, and no item is lost."""

from __future__ import annotations

from portals.guilan import document
from portals.html_reading import plain
from wayfare.portals import assumed_sentences, fact_names

NAMES = fact_names(document())


def wage(place, year, value):
    where = {"index_province": place, "wage_year": year}
    return {"name": "average_wage", "value": value, "unit": "yuan/year", "why": "a series", "for": where}


def part(name, fact):
    return {"name": name, "value": "x", "unit": "month", "why": "assumed in the document", "fact": fact}


def test_the_parts_of_a_fact_are_one_sentence():
    (said,) = assumed_sentences([part("first_month", "insurance:3"), part("base", "insurance:3")], NAMES)
    assert plain(said.en) == "Employees’ pension in Shanghai, March 2009 to June 2013: first months and base"
    assert said.zh == "上海 职工养老保险，2009年3月至2013年6月：开始月份和基数"


def test_a_series_of_yearly_figures_is_one_sentence_for_each_place():
    items = [wage("340000", "2014", "47805.96"), wage("340000", "2009", "9805.00"), wage("310000", "2010", "46757.00")]
    assert [said.en for said in assumed_sentences(items, NAMES)] == [
        "average wage in Anhui, 2009 to 2014: 9805.00 to 47805.96 yuan a year",
        "average wage in Shanghai, 2010: 46757.00 yuan a year",
    ]


def test_a_figure_for_no_place_and_no_year_is_said_without_them():
    item = {"name": "transitional_rate", "value": "0.0130", "unit": "count/year", "for": {"asked_day": "2024-09-01"}}
    (said,) = assumed_sentences([item], NAMES)
    assert (said.en, said.zh) == (
        "the rate of the transitional pension: 0.0130 a year",
        "过渡性养老金系数：0.0130（每年）",
    )


def test_a_name_that_the_catalogue_does_not_know_is_said_as_it_is():
    (said,) = assumed_sentences([{"name": "some_new_rate", "value": "1", "unit": "pieces"}], NAMES)
    assert said.en == "some new rate: 1 pieces"
