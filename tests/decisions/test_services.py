"""`services.all`: every service of a law in its state, with what would open it, what closes it, what is not known."""

from __future__ import annotations

from typing import Any

import pytest

from wayfare.decisions import as_told, ask
from wayfare.decisions.services import SERVICES, State, ask_services, services_of, with_services
from wayfare.facts import read_document
from wayfare.law.declare import choice, clause, fact, lever, look_up, question
from wayfare.law.labels import Labels
from wayfare.law.law import Law
from wayfare.law.places import PlaceTree
from wayfare.law.tables import Gap, parameter, row
from wayfare.law.words import Scale

SHAPE = "services of a city, shape only"
CITY, ELSEWHERE = "310000", "440300"
TREE = PlaceTree.of([(310000, None), (440000, None), (440300, 440000)])

office_words = choice("office_kind", "town_hall", "library")
TOWN_HALL = office_words.town_hall
DAYS_TO_ANSWER = Scale(15, "days")

asked_day = fact("person", "day", 1, 800_000)
service_place = fact("person", "place", 0, 9, ask={"en": "Where do you live?", "zh": "您住在哪里？"})
months_here = fact("person", "months", 0, 480, absent=0)
has_form = fact("person", "truth", 0, 1, absent=0)
has_pets = fact("person", "truth", 0, 1, ask={"en": "Have you a dog?", "zh": "您养狗吗？"})
months_asked = look_up("months_asked_for", level="person", where="service_place")


@clause(SHAPE, article="1", level="person")
def card_is_open(has_form):
    return has_form == 1


@clause(SHAPE, article="1", level="person")
def card_office():
    return TOWN_HALL


@clause(SHAPE, article="1", level="person")
def card_days():
    return DAYS_TO_ANSWER


@clause(SHAPE, article="1", level="person")
def card_due(asked_day, card_days):
    return asked_day + card_days


@clause(SHAPE, article="2", level="person")
def home_is_open(months_here, months_asked):
    return months_here >= months_asked


@clause(SHAPE, article="3", level="person")
def dog_is_open(has_pets):
    return has_pets == 1


fetch_form = lever("has_form", to=1, days=3, cost=1_000, say={"en": "Fetch the form.", "zh": "去取表格。"})
wait = lever("months_here", by=(1, 6, 12), days_each=30, say={"en": "Stay on.", "zh": "继续住下去。"})
card = question(
    "city.card", answer="card_is_open", levers=("fetch_form",), say={"en": "Can I have a card?", "zh": "我能办卡吗？"},
    named={"is_eligible": "card_is_open", "office": "card_office", "open_after_days": "card_days",
           "answer_due": "card_due"},
)  # fmt: skip
home = question(
    "city.home", answer="home_is_open", named={"is_eligible": "home_is_open"}, levers=("wait",),
    say={"en": "Can I have a flat?", "zh": "我能申请住房吗？"},
)  # fmt: skip
dog = question(
    "city.dog", answer="dog_is_open", named={"is_eligible": "dog_is_open"},
    say={"en": "Can my dog have a licence?", "zh": "我的狗能上牌吗？"},
)  # fmt: skip
age = question("city.age", answer="months_here", say={"en": "How long?", "zh": "多久？"})

GAP = {"en": "Its notice is not at hand.", "zh": "没有收录当地的通知。"}
TABLES = [
    parameter("months_asked_for", "months", [row(6, place=310000), row(9, place=440000, status="recalled")])
]  # fmt: skip
"""A figure for the city, one that is only recalled for a province, and a declared gap for all other places."""


def law() -> Law:
    table = TABLES[0]
    gaps = (Gap(1, 800_000, (), GAP["en"], GAP),)
    with_gap = type(table)(**{**{f: getattr(table, f) for f in table.__dataclass_fields__}, "gaps": gaps})
    return Law.of(globals(), parameters=[with_gap], tree=TREE)


def services(*, mode: str = "decision", **given: str) -> Any:
    document = {"question": SERVICES, "on": "2025-07-01", "mode": mode, "given": given}
    return ask_services(read_document(document), law(), ask)


def service(name: str, *, mode: str = "decision", **given: str) -> Any:
    return next(s for s in services(mode=mode, **given).services if s.name == name)


def test_a_question_that_names_is_eligible_is_a_service_and_no_other() -> None:
    assert [q.name for q in services_of(law())] == ["city.card", "city.dog", "city.home"]
    assert SERVICES in with_services(law()).questions


def test_what_is_met_is_open_now_with_its_office_and_the_day_an_answer_is_due() -> None:
    found = service("city.card", has_form="yes")
    assert (found.state, found.office[0], str(found.answer_due)) == (State.OPEN, "town_hall", "2025-07-16")
    assert (found.open_after_days, found.ways, found.closed_by) == (15, (), ())


def test_what_a_step_would_open_is_open_after_it_with_its_days_and_cost() -> None:
    found = service("city.card")
    (way,) = found.ways
    assert (found.state, found.why) == (State.AFTER, {"en": "Fetch the form.", "zh": "去取表格。"})
    assert (way.turn.days, way.turn.cost, str(way.open_on)) == (3, "10.00", "2025-07-04")


def test_a_told_way_opens_it() -> None:
    document = read_document({"question": SERVICES, "on": "2025-07-01", "given": {"service_place": CITY}})
    for each in ask_services(document, law(), ask).services:
        for way in each.ways:
            again = ask_services(as_told(document, way.turn.steps, law()), law(), ask)
            assert next(s.state for s in again.services if s.name == each.name) is State.OPEN


def test_what_no_step_opens_is_closed_by_the_clause_that_fails() -> None:
    found = service("city.dog", has_pets="no")
    assert (found.state, found.ways) == (State.CLOSED, ())
    assert [r.clause for r in found.closed_by] == ["dog_is_open"]


def test_what_nobody_stated_is_asked_for() -> None:
    found = services(service_place=CITY)
    dog_licence = next(s for s in found.services if s.name == "city.dog")
    assert (dog_licence.state, dog_licence.why["zh"]) == (State.UNKNOWN, "您养狗吗？")
    assert found.next_step == {"en": "Have you a dog?", "zh": "您养狗吗？"}


@pytest.mark.parametrize(("place", "why"), [(ELSEWHERE, None), ("440000", None), ("650000", GAP)])
def test_a_place_without_a_figure_is_not_covered_and_says_why(place: str, why: dict[str, str] | None) -> None:
    tree = PlaceTree.of([(310000, None), (440000, None), (440300, 440000), (650000, None)])
    document = read_document({"question": SERVICES, "on": "2025-07-01", "given": {"service_place": place}})
    found = ask_services(document, _with_tree(tree), ask)
    flat = next(s for s in found.services if s.name == "city.home")
    assert flat.state is State.NOT_COVERED and flat.missing
    assert why is None or flat.why == why
    assert all(flat.why.values())


def _with_tree(tree: PlaceTree) -> Law:
    found = law()
    return Law.of(globals(), parameters=list(found.parameters.values()), tree=tree)


def test_an_estimate_takes_what_is_only_recalled_and_says_so() -> None:
    found = service("city.home", mode="estimate", service_place=ELSEWHERE, months_here="9")
    assert (found.state, found.status.value) == (State.OPEN, "recalled")


def test_the_answer_counts_what_is_open_and_lists_it_first() -> None:
    found = services(service_place=CITY, months_here="6", has_pets="no")
    assert [(s.name, s.state.value) for s in found.services] == [
        ("city.home", "open"), ("city.card", "after"), ("city.dog", "closed"),
    ]  # fmt: skip
    assert (found.answer.value, found.place.code) == ("1", CITY)


def test_the_document_of_an_answer_is_whole() -> None:
    document = services(service_place=CITY).as_document()
    assert (document["place"], document["place_label"]["zh"]) == (CITY, "上海市")
    assert {s["state"] for s in document["services"]} == {"after", "unknown"}
    assert all(set(s) == FIELDS for s in document["services"])
    assert document["values"]["services"]["rows"][0]["of"] == document["services"][0]["service"]


FIELDS = {
    "service", "label", "state", "state_label", "status", "why", "office", "answer_due", "open_after_days", "ways",
    "papers", "reasons", "closed_by", "missing", "assumed",
}  # fmt: skip


def test_labels_of_offices_are_those_of_the_law() -> None:
    named = Labels(choices={"office_kind": {"town_hall": {"en": "town hall", "zh": "办事大厅"}}})
    document = read_document({"question": SERVICES, "on": "2025-07-01", "given": {"has_form": "yes"}})
    found = law()
    object.__setattr__(found, "labels", named)
    (card_service,) = (s for s in ask_services(document, found, ask).services if s.name == "city.card")
    assert card_service.office == ("town_hall", {"en": "town hall", "zh": "办事大厅"})
