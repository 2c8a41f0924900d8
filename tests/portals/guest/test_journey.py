"""The guest's journey as a browser without scripts walks it: forms in, pages out, the life travelling in the form."""

from __future__ import annotations

import json
import re

import pytest

from portals.guest.conftest import TODAY
from portals.guest.forms import Sent, life_in, press
from portals.html_reading import Page
from wayfare.app.examples import example_lives
from wayfare.facts import read_document
from wayfare.kernel import Month
from wayfare.portals import Language
from wayfare.portals.guest.steps import STEPS
from wayfare.portals.guest.telling import stops

LANGUAGES = [each.value for each in Language]
EXAMPLE = "factory-worker-from-henan-in-dongguan"


def told(client, language="en", want="place"):
    """A life told in four pages, up to check answers."""
    page = client.get(f"/{language}/tell/you?want={want}")
    page = press(client, page, born__year="1983", born__month="3", born__day="27", who="woman_50")
    page = press(client, page, place="funan", kind="agricultural")
    page = press(client, page, place="Dongguan", start__year="2004", start__month="3")
    page = press(client, page, work="employee", insured="all", wage="5,600")
    return press(client, page, home="rent", lease="no", contract="none") if want == "open" else page


def is_sound(page):
    found = Page(page.text)
    assert page.status_code == 200
    assert (found.faults, len(found.ids)) == ([], len(set(found.ids)))
    assert {name for each in found.pointed if (name := each) not in found.ids} == set()
    return found


def test_the_first_address_leads_to_the_language_that_the_browser_asks_for(client):
    for asked, language in (("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("en-GB,zh;q=0.5", "en"), ("fr", "en"), ("", "en")):
        answer = client.get("/", headers={"Accept-Language": asked}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/{language}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_life_is_told_in_five_pages_and_answered_on_the_sixth(client, language):
    page = told(client, language)
    life = life_in(page)
    assert [each.place.code for each in life.facts.hukou] == ["341225"]
    assert life.facts.insurance[0].start == Month("2004-03")
    answers = press(client, page)
    assert answers.request.url.path == f"/{language}/life/pension"
    first = is_sound(answers).text
    assert {"en": "In Guangdong.", "zh": "在广东领。"}[language] in first


@pytest.mark.parametrize(
    ("want", "path"),
    [
        ("place", "life/pension"), ("amount", "life/pension"), ("moving", "life/moving"), ("open", "life/open"),
        ("all", "life"),
    ],
)
def test_check_answers_leads_to_what_the_guest_wanted_to_know(client, want, path):
    assert Sent(told(client, want=want).text).action == f"/en/{path}"


def test_the_answer_that_was_wanted_stands_first(client):
    answers = press(client, told(client, want="amount")).text
    lines = re.findall(r'class="wf-answer__q" id="answer-1">([^<]*)<', answers)
    assert lines == ["How much would I get each month?"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_sound_and_stores_nothing(client, language):
    page = told(client, language)
    form = {"document": Sent(page.text).fields["document"]}
    paths = [f"/{language}/tell/{step}" for step in STEPS]
    paths += [f"/{language}/life{tab}" for tab in ("", "/pension", "/moving", "/open", "/keep")]
    for path in paths:
        answer = client.post(path, data=form)
        is_sound(answer)
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers
        assert not answer.history
        assert life_in(answer).facts == life_in(page).facts


def test_nothing_has_to_be_known(client):
    page = client.get("/en/tell/you")
    for _ in range(3):
        page = press(client, page)
    assert Sent(page.text).title == "Is this your life?"
    shown = press(client, page)
    assert Sent(shown.text).title == "There is nothing to show yet"
    assert Sent(shown.text).action == "/en/tell/registered"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"born__year": "1983", "born__month": "13", "born__day": "1"}, ["born-year"]),
        ({"born__year": "83", "born__month": "1", "born__day": "1"}, ["born-year"]),
        ({"born__year": "2031", "born__month": "1", "born__day": "1"}, ["born-year"]),
    ],
)
def test_a_day_that_cannot_be_is_told_at_the_field_and_nothing_typed_is_lost(client, language, typed, fields):
    page = press(client, client.get(f"/{language}/tell/you"), who="man", **typed)
    form = Sent(page.text)
    assert re.findall(r'<li><a href="#([^"]*)"', page.text) == fields
    assert len(form.errors) == 1
    assert (form.fields["born-year"], form.fields["who"]) == (typed["born__year"], "man")
    assert form.action == f"/{language}/tell/registered"
    is_sound(page)


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"place": "Nowhereland", "start__year": "2004"}, ["place"]),
        ({"place": "Dongguan"}, ["start-year"]),
        ({"start__year": "2004"}, ["place"]),
        ({"place": "Dongguan", "start__year": "2004", "end__year": "2003"}, ["end-year"]),
        ({"place": "Dongguan", "start__year": "2004", "start__month": "x"}, ["start-year"]),
    ],
)
def test_a_place_without_its_name_or_its_year_is_asked_again(client, typed, faults):
    page = press(client, client.get("/en/tell/place"), **typed)
    assert re.findall(r'<li><a href="#([^"]*)"', page.text) == faults
    assert Sent(page.text).title == "Where did you first go to work?"
    is_sound(page)


def test_a_wage_in_words_is_asked_again_and_one_with_a_sign_is_read(client):
    page = press(client, client.get("/zh/tell/place"), place="东莞", start__year="2004")
    assert Sent(press(client, page, work="employee", wage="很多").text).fields["wage"] == "很多"
    life = life_in(press(client, page, work="employee", wage="５,６００元"))
    assert str(life.facts.work[0].monthly_wage.amount_fen) == "560000"


def test_a_name_of_several_places_is_asked_about_and_the_choice_is_taken(client):
    page = press(client, client.get("/en/tell/place"), place="suzhou", start__year="2004")
    is_sound(page)
    assert "Which one do you mean?" in page.text and "govuk-error-summary" not in page.text
    again = press(client, page)
    assert re.findall(r'<li><a href="#([^"]*)"', again.text) == ["place"]
    chosen = press(client, page, place__code="341300")
    assert stops(life_in(chosen))[0].place.code == "341300"
    assert press(client, page, place="Dongguan").text.count("What do you do in Dongguan, Guangdong?")


def test_what_cannot_be_so_is_told_with_its_code(client):
    page = press(client, client.get("/zh/tell/you"), born__year="1990", born__month="1", born__day="1")
    page = press(client, press(client, page), place="东莞", start__year="1980", start__month="1")
    assert "有一段开始在出生之前" in page.text and "WF-FAC-023" in page.text
    assert Sent(page.text).fields["start-year"] == "1980"


def test_the_language_link_keeps_the_page_the_life_and_what_is_only_typed(client):
    page = press(client, client.get("/en/tell/you"), born__year="1990", born__month="1", born__day="1")
    other = press(client, page, at="/zh/tell/registered", go="language", place="Funan, Anhui", since__year="20")
    form = Sent(other.text)
    assert (form.title, form.fields["place"], form.fields["since-year"]) == ("您的户口在哪里？", "安徽阜南县", "20")
    assert life_in(other).facts.person.born.year == 1990
    is_sound(other)


def test_going_back_keeps_what_was_typed_and_can_be_read(client):
    page = press(client, client.get("/en/tell/you"), born__year="1990", born__month="1", born__day="1")
    back = press(client, page, at="/en/tell/you", go="back", place="Funan", kind="agricultural")
    assert life_in(back).facts.hukou[0].place.code == "341225"
    assert Sent(back.text).fields["born-year"] == "1990"
    assert life_in(press(client, page, at="/en/tell/you", go="back", place="Nowhereland")).facts.hukou == ()


def test_every_line_of_check_answers_can_be_changed_and_leads_back_to_it(client):
    page = told(client)
    changed = press(client, page, at="/en/tell/you", go="change")
    assert Sent(changed.text).action == "/en/tell/check"
    page = press(client, changed, who="woman_55")
    assert life_in(page).facts.person.retirement_group == "female_55"
    place = press(client, page, at="/en/tell/place", go="change-1")
    assert Sent(place.text).fields["place"] == "Dongguan, Guangdong"
    work = press(client, place, start__year="2005")
    assert Sent(work.text).fields["wage"] == "5600"
    assert stops(life_in(work))[0].start == Month("2005-03")
    assert stops(life_in(press(client, press(client, work), at="/en/tell/check", go="remove-1"))) == ()


def test_another_place_is_added_from_the_page_of_work_and_from_check_answers(client):
    page = press(client, told(client), at="/en/tell/place", go="add")
    assert Sent(page.text).fields["stop"] == "2"
    page = press(client, page, place="Hangzhou", start__year="2020")
    page = press(client, page, at="/en/tell/place", go="add", work="flexible", insured="none")
    assert (Sent(page.text).fields["stop"], Sent(page.text).fields["place"]) == ("3", "")
    assert [each.end for each in stops(life_in(page))] == [Month("2020-01"), None]


def test_children_are_told_and_taken_out_again(client):
    page = press(client, told(client), at="/en/tell/children", go="change")
    page = press(client, page, born__year="2015", born__month="5", born__day="1")
    assert "A child, born on 1\u00a0May\u00a02015" in page.text
    assert life_in(press(client, page, at="/en/tell/check", go="drop-people-1")).facts.people == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_life_opens_and_says_that_it_is_one(client, language):
    listed = client.get(f"/{language}/examples")
    assert re.findall(rf'href="/{language}/examples/([^"]*)"', listed.text) == list(example_lives())
    page = client.get(f"/{language}/examples/{EXAMPLE}")
    found = is_sound(page)
    assert {"en": "An example.", "zh": "示例。"}[language] in found.text
    assert life_in(page) == example_lives()[EXAMPLE]
    changed = press(client, page, at=f"/{language}/tell/check", go="drop-work-1")
    assert {"en": "An example.", "zh": "示例。"}[language] not in press(client, changed).text


def test_there_is_no_example_and_no_page_of_another_name(client):
    for path in ("/en/examples/nobody", "/en/tell/nothing", "/fr", "/fr/tell/you"):
        assert client.get(path).status_code == 404
    assert client.post("/en/life/nothing", data={"document": "{}"}).status_code == 404


def test_a_life_is_not_at_an_address(client):
    answer = client.get("/en/life/pension", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/en")


def test_what_was_told_is_kept_as_a_file_and_opened_again(client):
    page = told(client)
    kept = client.post("/en/life/life.json", data={"document": Sent(page.text).fields["document"]})
    assert kept.headers["content-disposition"] == 'attachment; filename="my-life.json"'
    assert kept.headers["cache-control"] == "no-store"
    uploaded = client.post("/zh/file", files={"upload": ("my-life.json", kept.content)}, data={"paste": ""})
    pasted = client.post("/zh/file", data={"paste": kept.text})
    assert life_in(uploaded) == life_in(pasted) == life_in(page)


def test_the_answers_and_the_statement_are_kept_as_files(client):
    form = {"document": Sent(told(client).text).fields["document"]}
    answers = json.loads(client.post("/en/life/answers.json", data=form).text)
    assert read_document(answers["document"]) == read_document(form["document"])
    assert {"pension.place", "pension.monthly", "services.all"} <= {each["question"] for each in answers["answers"]}
    statement = client.post("/zh/life/statement.html", data=form)
    assert statement.headers["content-disposition"] == 'attachment; filename="my-life.zh-Hans.html"'
    assert "<style>" in statement.text and "<script" not in statement.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_file_is_told_line_by_line_with_its_code_and_stays_in_the_page(client, language):
    text = (
        '{"question": "pension.place",\n "on": "2024-13-01",\n "facts": {"work": [\n'
        '  {"place": "999999", "from": "2009-01-01",\n   "too": null}]}}'
    )
    page = client.post(f"/{language}/file", data={"paste": text})
    found = is_sound(page).text
    assert Sent(page.text).fields["paste"] == text
    line = {"en": "Line {}: In {}: ", "zh": "第{}行：{}："}[language]
    faults = (2, "on", "WF-FAC-012"), (4, "work[0].place", "WF-FAC-015"), (5, "work[0].too", "WF-FAC-008")
    bare = found.replace(" ", "")
    assert all(line.format(number, path).replace(" ", "") in bare and code in bare for number, path, code in faults)


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00", '{"a": NaN}', "x" * 2000, '{"question": "pension.place"}'])
def test_what_is_no_life_is_refused_in_words_and_nothing_is_lost(client, text):
    page = client.post("/zh/file", data={"paste": text})
    assert "请改一改" in is_sound(page).text
    assert Sent(page.text).fields["paste"] == text


def test_a_page_whose_life_was_tampered_with_opens_it_as_a_file_would(client):
    for path in ("/en/life/pension", "/en/tell/check", "/en/life/life.json"):
        page = client.post(path, data={"document": '{"question":'})
        assert "could not be read" in is_sound(page).text
        assert Sent(page.text).fields["paste"] == '{"question":'


def test_a_place_to_move_on_to_is_compared_and_remembered(client):
    page = press(client, press(client, told(client, want="moving")), place="hangzhou")
    assert "Hangzhou, Zhejiang" in page.text
    assert life_in(page).given["next_place"] == "330100"
    nowhere = press(client, page, place="Nowhereland")
    assert "We know no place of that name." in nowhere.text


def test_the_day_asked_about_is_today(client):
    assert life_in(told(client)).on == TODAY
