"""A statement of any facts document: the law's answers told on the page, with their gaps, turns and sources."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from portals.html_reading import Page, plain
from wayfare.app.stating import state
from wayfare.facts import read_document
from wayfare.kernel import Money, Month, Place
from wayfare.portals import Certainty, Language, LifeUndrawable, Links, statement_page, told_statement
from wayfare.portals.gaps import gap_lines
from wayfare.portals.language import Words
from wayfare.portals.life_line import Group, LaneKind
from wayfare.rulebook import load_rulebook

LANGUAGES = list(Language)
EN = Words(Language.ENGLISH)
LIVES = sorted((Path(__file__).parents[2] / "examples" / "lives").glob("*.json"))
MADE = date(2026, 11, 21)
EMPLOYEES = "employee_pension"


def person(**stated):
    return {"id": "p", "name": {"en": "Ping", "zh": "平"}, "sex": "male", "born": "1980-05-01"} | stated


def whole(mode="estimate", on="2026-11-01", **facts):
    sections = {"person": person()} | facts
    return read_document({"question": "pension.place", "on": on, "mode": mode, "facts": sections})


def hukou(place="340000", start="1980-05-01", end=None):
    return {"place": place, "kind": "agricultural", "from": start, "to": end}


def job(place, start, end=None, **more):
    return {"place": place, "kind": "employee", "from": start, "to": end} | more


def paid(place, start, end=None):
    return {"scheme": EMPLOYEES, "place": place, "basis": "employee", "from": start, "to": end, "base": "4000.00"}


def told(document):
    return told_statement(state(document, load_rulebook()), made_on=MADE)


def read(shown, language=Language.ENGLISH):
    return Page(statement_page(shown, language, Links()))


@cache
def example(path):
    return told(read_document(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", LIVES, ids=lambda path: path.stem)
def test_every_example_life_makes_a_sound_page_in_both_languages(path):
    for language in LANGUAGES:
        found = read(example(path), language)
        assert found.faults == []
        assert len(found.ids) == len(set(found.ids))
        assert set(found.pointed) <= set(found.ids)


@pytest.mark.parametrize("path", LIVES, ids=lambda path: path.stem)
def test_every_source_is_listed_and_every_fact_names_its_own(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    items = [item for section in ("hukou", "residence", "work", "insurance") for item in document["facts"][section]]
    text = read(example(path)).text
    assert all(plain(item["source"]) in text for item in items)
    rows = [bar for lane in example(path).life.lanes for bar in lane.bars if bar.source]
    assert {bar.source for bar in rows} <= set(example(path).sources)
    assert "[1]" in text


def test_a_page_alone_has_no_link_to_another_file():
    found = read(told(whole(hukou=[hukou()])))
    assert all(address.startswith(("#", "data:,")) for _, address in found.addresses)


def test_work_after_pension_age_leaves_no_gap_and_the_age_is_an_event():
    late = told(whole(person=person(born="1960-01-10"), hukou=[hukou()], work=[job("340000", "2019-01-01")]))
    assert late.life.retires == Month("2020-01")
    assert late.life.gap_months() == 12
    assert [each.kind for each in late.life.events] == ["pension_age"]


def test_an_unknown_birth_is_asked_for_and_the_gap_then_runs_on():
    shown = told(whole(person={"id": "p", "sex": "male"}, hukou=[hukou()], work=[job("340000", "2024-11-01")]))
    retirement = next(each for each in shown.answers if each.question == "pension.retirement")
    assert retirement.certainty is Certainty.OPEN
    assert retirement.missing
    assert shown.life.gap_months() == 24
    assert plain(retirement.missing[0].en) in read(shown).text


def test_two_funds_of_a_province_stand_in_one_row_that_counts_each_month_once():
    shown = told(whole(hukou=[hukou()], insurance=[paid("440100", "2010-01", "2012-01"),
                                                    paid("440300", "2011-07", "2014-01")]))  # fmt: skip
    (held,) = shown.holdings
    assert (held.place, held.months, held.funds) == (Place("440000"), 48, (Place("440100"), Place("440300")))
    assert held.basis == "law" and held.balance
    assert "Funds: Guangzhou and Shenzhen." in read(shown).text


def test_a_month_in_two_provinces_counts_once_and_the_page_says_how_many_do():
    shown = told(whole(hukou=[hukou()], insurance=[paid("440000", "2010-01", "2012-01"),
                                                    paid("310000", "2011-10", "2013-01")]))  # fmt: skip
    assert [each.months for each in shown.holdings] == [24, 15]
    text = read(shown).text
    assert "3 months stood in two places and count once" in text
    assert shown.life.counted_months() == 36


def test_the_balance_of_an_account_is_the_laws_own_and_adds_up_to_its_answer():
    shown = told(whole(hukou=[hukou()], insurance=[paid("440000", "2010-01", "2012-01"), paid("310000", "2013-01")]))
    account = next(each for each in shown.answers if each.question == "pension.account")
    total = Money.total(each.balance for each in shown.holdings)
    assert EN.yuan(total) in account.line.en


def test_a_recorded_balance_grows_by_law_and_stays_in_the_table_as_stated():
    account = {"scheme": EMPLOYEES, "place": "310000", "on": "2024-12-31", "balance": "1000.00"}
    shown = told(whole(hukou=[hukou()], insurance=[paid("310000", "2023-01", "2025-01")], accounts=[account]))
    assert shown.holdings[0].balance > Money.yuan("1000.00")
    assert "31 December 2024 as stated 1,000.00" in read(shown).tables


def test_nothing_insured_is_a_page_with_a_gap_and_no_blame():
    shown = told(whole(hukou=[hukou()], work=[job("310000", "2020-01-01", trade="cleaning")]))
    assert gap_lines(shown.life, EN) == (
        (
            plain("January 2020 to October 2026: 6 years 10 months").replace(" 2020", "\u00a02020")
            .replace(" 2026", "\u00a02026").replace("6 years", "6\u00a0years").replace("10 months", "10\u00a0months"),
            "Cleaning in Shanghai. You were an employee; insuring you was the employer’s duty, not yours.",
        ),
    )  # fmt: skip
    assert "Social Insurance Law, article 58" in read(shown).text


def test_work_that_nobody_had_to_insure_is_told_without_a_claim():
    shown = told(whole(hukou=[hukou()], work=[job("310000", "2020-01-01", kind="informal")]))
    text = read(shown).text
    assert "Nobody was bound to insure you for this work." in text
    assert "Social Insurance Law, article 58" not in text


def test_two_registrations_follow_each_other_on_one_lane():
    moved = [hukou("340000", "1980-05-01", "2015-03-01"), hukou("310000", "2015-03-01")]
    shown = told(whole(hukou=moved, work=[job("310000", "2010-01-01")]))
    lanes = [lane for lane in shown.life.lanes if lane.kind is LaneKind.REGISTERED]
    assert [[bar.place.code for bar in lane.bars] for lane in lanes] == [["340000", "310000"]]
    assert "March 2015: your registration moved to Shanghai" in read(shown).text


def test_thirty_spells_are_all_in_the_table_and_the_picture_folds_the_oldest():
    places = ["110000", "120000", "130000", "140000", "210000", "310000", "320000", "330000", "350000", "360000",
              "370000", "410000", "420000", "440000", "510000"]  # fmt: skip
    months = [Month("2000-01") + 10 * number for number in range(30)]
    spells = [paid(places[number % 15], str(at), str(at + 10)) for number, at in enumerate(months)]
    shown = told(whole(hukou=[hukou()], insurance=spells))
    found = read(shown)
    assert shown.life.counted_months() == 300
    assert len(shown.holdings) == 15
    assert found.faults == []
    assert all(plain(EN.month(at)) in found.tables for at in months)


def test_a_registration_that_is_not_known_is_asked_for():
    shown = told(whole(insurance=[paid("310000", "2020-01", "2021-01")]))
    place = next(each for each in shown.answers if each.question == "pension.place")
    assert place.certainty is Certainty.OPEN
    assert place.missing[0].within(Language.CHINESE) in read(shown, Language.CHINESE).text


def test_a_document_of_nothing_cannot_be_drawn():
    with pytest.raises(LifeUndrawable) as refusal:
        told(whole())
    assert refusal.value.code == "WF-POR-005"


def test_in_a_decision_a_gap_in_the_law_leaves_the_answer_open_and_names_what_no_text_gives():
    shown = told(whole("decision", hukou=[hukou()], insurance=[paid("310000", "2000-01")]))
    monthly = next(each for each in shown.answers if each.question == "pension.monthly")
    assert monthly.certainty is Certainty.OPEN
    assert "No text at hand gives this yet" in monthly.missing[0].en
    assert "Mode: decision." in read(shown).text


def test_a_turn_of_the_answer_says_what_to_do_how_long_and_what_then():
    """Nine years in Shanghai, paying: one more year and Shanghai pays."""
    shown = told(whole(hukou=[hukou()], insurance=[paid("310000", "2017-11")]))
    place = next(each for each in shown.answers if each.question == "pension.place")
    assert "In Anhui." in place.line.en
    (change, *_) = place.changes
    assert plain(change.what.en) == "Go on paying where you pay now: 1 year more"
    assert (change.then.en, plain(change.takes.en), change.who.en) == ("In Shanghai.", "About 1 year", "You")
    assert plain(change.what.en) in read(shown).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_when_it_was_made_and_by_which_law(language):
    shown = told(whole(hukou=[hukou()]))
    words, text = Words(language), read(shown, language).text
    assert plain(words.say("made.when", day=words.day(MADE), asked=words.day(date(2026, 11, 1)))) in text
    assert load_rulebook().version in text
    assert words.say("made.kept") in text


def test_a_month_asked_about_that_is_past_is_not_called_today():
    shown = told(whole(on="2020-06-01", hukou=[hukou()], insurance=[paid("310000", "2010-01")]))
    assert "Today" not in read(shown).text
    assert shown.life.counted_months() == 125


def test_medical_gaps_end_at_pension_age_too():
    medical = {"scheme": "employee_medical", "place": "340000", "from": "2018-01", "to": "2019-01"}
    late = told(whole(person=person(born="1960-01-10"), hukou=[hukou()], work=[job("340000", "2018-01-01")],
                      insurance=[medical]))  # fmt: skip
    (gaps,) = [lane for lane in late.life.lanes if lane.kind is LaneKind.NOT_INSURED and lane.group is Group.MEDICAL]
    assert [bar.months.months for bar in gaps.bars] == [12]


def test_a_relation_that_was_ended_and_paid_out_is_drawn_so_and_its_months_count_no_more():
    ended = paid("440000", "1998-01", "2003-02") | {"surrendered": "2003-02-20"}
    shown = told(whole(hukou=[hukou()], insurance=[ended, paid("310000", "2004-01", "2010-01")]))
    assert shown.life.counted_months() == 72
    assert [(each.place.code, each.note) for each in shown.holdings] == [
        ("440000", "ended"), ("310000", "ordinary_kept"),
    ]  # fmt: skip
    text = read(shown).text
    assert "February 2003: your pension in Guangdong was ended" in text
    assert "ended and paid out on 20 February 2003" in text


def test_a_benefit_that_is_drawn_has_its_lane_and_nothing_more_is_reckoned_for_its_scheme():
    drawn = {"scheme": EMPLOYEES, "place": "310000", "from": "2020-03", "to": None, "monthly": "2610.00"}
    shown = told(whole(hukou=[hukou()], insurance=[paid("310000", "2000-01", "2020-03")], benefits=[drawn]))
    assert [lane.kind for lane in shown.life.lanes][-1] is LaneKind.DRAWN
    assert (shown.holdings[0].note, shown.holdings[0].balance) == ("drawn", None)
    assert "pension.account" not in [each.question for each in shown.answers]
    assert shown.ways is None
    assert "Benefit drawn SH Shanghai March 2020 still running" in read(shown).tables
    assert "2,610.00 yuan a month" in read(shown).tables


def test_a_residents_record_shows_every_amount_and_its_account_as_the_law_has_it():
    year = {"year": 2012, "contribution": "100.00", "subsidy": "30.00", "collective": "20.00"}
    record = {"scheme": "resident_pension", "place": "341225", "basis": "resident", "from": "2012-01", "to": "2013-01"}
    shown = told(whole(hukou=[hukou("341225")], insurance=[record | {"years": [year]}]))
    (held,) = shown.holdings
    assert held.balance >= Money.yuan("150.00") and held.months is None
    assert "own 100.00 a year; subsidy 30.00 a year; from the collective 20.00 a year" in read(shown).tables
    assert "pension.resident" in [each.question for each in shown.answers]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ways_from_here_stand_with_their_sums_and_what_they_assume(language):
    path = next(each for each in LIVES if each.stem == "circulating-worker-of-fuzhou")
    ways = example(path).ways
    text = read(example(path), language).text
    words = Words(language)
    assert len({way.pension for way in ways.ways if way.pension}) > 1
    for way in ways.ways:
        assert way.name.within(language) in text
        assert way.pension is None or plain(words.yuan(way.pension)) in text
    assert all(plain(each.within(language)) in text for each in (*ways.settings, *ways.changes))
    assert words.say("ways.nowhere") in text


def test_warnings_before_a_step_that_loses_stand_before_the_ways():
    path = next(each for each in LIVES if each.stem == "vegetable-seller-from-fujian-in-beijing")
    ways = example(path).ways
    assert ways.warnings and len(set(ways.warnings)) == len(ways.warnings)
    assert ways.warnings[0].zh in read(example(path), Language.CHINESE).text


def test_gaps_that_come_every_year_are_told_together():
    path = next(each for each in LIVES if each.stem == "circulating-worker-of-fuzhou")
    ((when, _),) = gap_lines(example(path).life, EN)
    assert plain(when) == "18 times between March 2005 and February 2026: 8 years 3 months together"


@pytest.mark.parametrize("path", LIVES, ids=lambda path: path.stem)
def test_a_page_stays_short_enough_to_print(path):
    """A reason told for forty years of a life is told once, with the years beside it."""
    marks = statement_page(example(path), Language.ENGLISH, Links()).count("wf-route__a")
    assert marks < 130


SPOKEN_IN_LETTERS = {"Wayfare", "English"}
"""What a Chinese page may say in letters: our name, and the link to the other language in that language."""


@pytest.mark.parametrize("path", LIVES, ids=lambda path: path.stem)
def test_a_chinese_page_has_no_english_words(path):
    shown = example(path)
    found = read(shown, Language.CHINESE)
    own = [plain(source) for source in shown.sources] + [plain(shown.made.law), plain(shown.made.program)]
    text = found.text
    for each in sorted(own, key=len, reverse=True):
        text = text.replace(each, " ")
    said = set(re.findall(r"[A-Za-z][A-Za-z_]+", text))
    assert said <= SPOKEN_IN_LETTERS


def test_whoever_will_lack_years_sees_every_open_way_with_what_it_comes_to():
    """A man of 62 who has paid for eight years in Shanghai."""
    born = person(born="1964-03-10")
    shown = told(whole(person=born, hukou=[hukou()], insurance=[paid("310000", "2018-11")]))
    short = next(each for each in shown.answers if each.question == "pension.short_years")
    names = [way.name.en for way in short.ways_on]
    assert {"Pay on", "Pay the rest at once", "The residents' scheme", "End the relation"} <= set(names)
    pay_on = {what.en: figure.en for what, figure in short.ways_on[names.index("Pay on")].results}
    assert {"Still to pay", "You pay in all", "Then, from"} == set(pay_on)
    ended = {what.en for what, _ in short.ways_on[names.index("End the relation")].results}
    assert {"Paid out in", "You are paid once", "No longer counted", "Pooled money given up"} == ended
    for language in LANGUAGES:
        text = read(shown, language).text
        assert all(way.name.within(language) in text for way in short.ways_on)


def test_who_reaches_the_years_is_not_told_of_ways_for_too_few():
    shown = told(whole(hukou=[hukou()], insurance=[paid("310000", "2000-01")]))
    assert "pension.short_years" not in [each.question for each in shown.answers]
