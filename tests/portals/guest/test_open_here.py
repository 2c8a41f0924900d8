"""What is open at a place: every service in one state, with its steps, who answers by when, and what is asked first."""

from __future__ import annotations

import re

import pytest

from portals.guest.forms import Sent, life_in, press
from portals.guest.test_journey import LANGUAGES, is_sound, told
from wayfare.app.examples import example_lives
from wayfare.decisions import ask
from wayfare.decisions.services import State, ask_services, services_of
from wayfare.rulebook import load_rulebook

LAW = load_rulebook()


def at(client, place, language="en"):
    return press(client, press(client, told(client, language, want="open")), place=place)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["310000", "510100"])
def test_every_service_of_the_law_stands_once_under_its_state(client, language, place):
    page = at(client, place, language)
    found = is_sound(page).text
    answer = ask_services(life_in(page), LAW, ask)
    assert len(answer.services) == len(services_of(LAW))
    assert all(found.count(each.label[language]) >= 1 for each in answer.services)
    states = re.findall(r'<h2 class="govuk-heading-l wf-state" id="(\w+)"', page.text)
    assert states == [state.value for state in State if state in {each.state for each in answer.services}]


def test_a_place_that_is_not_covered_says_so_and_shows_no_other_places_numbers(client):
    child = press(client, told(client, want="open"), at="/en/tell/children", go="change")
    page = press(client, press(client, child, born__year="2020", born__month="5", born__day="1"))
    page = press(client, page, place="Tibet")
    part = page.text.partition('id="not_covered"')[2]
    said = "No text at hand says this for Tibet, and we say so rather than guess. The rulebook has"
    assert said in " ".join(part.split())


def test_a_service_that_opens_after_steps_tells_who_does_them_and_who_answers_by_when(client):
    life = example_lives()["street-sweeper-from-anhui-in-shanghai"]
    page = client.post("/en/life/open", data={"document": life.as_json()})
    answer = ask_services(life, LAW, ask)
    service = next(each for each in answer.services if each.state is State.AFTER)
    text = " ".join(re.sub(r"<[^>]+>", " ", page.text).split()).replace("\u00a0", " ")
    assert all(str(step["say"]["en"]).rstrip(".") in text for step in service.ways[0].turn.steps)
    assert service.office is not None and service.office[1]["en"][1:] in text
    assert f"Answer due by {service.answer_due.day} " in text


def test_what_is_missing_leads_to_the_page_that_asks_and_back_to_the_services(client):
    unknown = press(client, told(client), at="/en/life/open")
    assert 'formaction="/en/tell/home"' in unknown.text
    asked = press(client, unknown, at="/en/tell/home", go="change")
    assert Sent(asked.text).title == "How do you live in Dongguan, Guangdong?"
    check = press(client, asked, home="rent", lease="yes", contract="fixed_term")
    assert Sent(check.text).action == "/en/life/open"
    assert life_in(check).facts.residence[0].lease_in_own_name is True


def test_the_place_is_where_the_person_lives_until_another_is_named_and_then_remembered(client):
    here = press(client, told(client, want="open"))
    assert Sent(here.text).title == "What is open to me in Dongguan, Guangdong?"
    there = press(client, here, place="Shanghai")
    assert Sent(there.text).title == "What is open to me in Shanghai?"
    assert life_in(there).given["service_place"] == "310000"


def test_papers_that_are_held_are_told_by_ticking_and_are_not_asked_for_again(client):
    page = press(client, told(client, want="open"), at="/zh/tell/papers", go="change")
    assert "居民身份证" in is_sound(page).text
    check = press(client, page, paper__identity_card="yes", paper__photograph="yes")
    assert [each.kind for each in life_in(check).facts.papers] == ["identity_card", "photograph"]
    again = press(client, check, at="/zh/tell/papers", go="change")
    assert Sent(again.text).fields["paper-photograph"] == "yes"
    form = {name: value for name, value in Sent(again.text).fields.items() if name != "paper-photograph"}
    assert [each.kind for each in life_in(client.post("/zh/tell/check", data=form)).facts.papers] == ["identity_card"]
