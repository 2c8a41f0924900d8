"""What is open to a person at a place: each service with its state, its next step, and who has to answer.

The place is the one that was named, else where the person lives. A service that the rulebook does not hold for the
place stands at the end, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from wayfare.decisions import ask
from wayfare.decisions.services import SERVICES, Service, ServicesAnswer, State, Way, ask_services
from wayfare.facts import Document
from wayfare.kernel import Mode, Money, Place
from wayfare.law import Law
from wayfare.law.labels import LANGUAGES, label_of, member_of
from wayfare.portals.answers import Certainty
from wayfare.portals.assumptions import assumed_sentences
from wayfare.portals.fact_names import fact_names
from wayfare.portals.guest.fields import PlaceField
from wayfare.portals.guest.visit import Visit
from wayfare.portals.language import BothLanguages, Words
from wayfare.portals.reasons import ReasonView, reason_views
from wayfare.portals.told import who_does

__all__ = ["ServiceView", "WayView", "open_context"]

PLACE: Final = "service_place"
_ROSTERS: Final = {"papers": "paper_kind", "points": "points_item"}
"""Rows of the law that stand for a member of a choice, by the section that their reference names."""

_ASKS: Final = {
    "child_born": "children", "relative_born": "children", "relative_kind": "children", "contract_kind": "home",
    "lease_is_own": "home", "residence_basis": "home", "hukou_place": "registered", "born": "you",
}  # fmt: skip
"""On which page a fact is told; any other on check answers."""


@dataclass(frozen=True, slots=True)
class WayView:
    """A way to open a service: its steps with who does each, and what it takes."""

    steps: tuple[tuple[str, str], ...]
    takes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceView:
    """A service in words."""

    name: str
    question: str
    why: str
    certainty: Certainty
    ways: tuple[WayView, ...]
    answers: tuple[str, ...]
    """Who has to answer, and by which day."""
    missing: tuple[str, ...]
    asks: str
    """The page on which what is missing can be told."""
    reasons: tuple[ReasonView, ...]
    assumed: tuple[str, ...]


def open_context(visit: Visit, document: Document, asked: Document) -> dict[str, Any]:
    """What the page of open services shows; `asked` is the document as the law is asked about it."""
    words = visit.words
    field = visit.form.place("place", words)
    named = {PLACE: field.place.code} if field.place else {}
    # Whoever goes to change something from here comes back here.
    change = {"question": SERVICES}
    kept, asked = (each.model_copy(update=change | {"given": {**each.given, **named}}) for each in (document, asked))
    answer = ask_services(asked, visit.law, ask)
    place = answer.place
    title = words.say("guest.open.title", place=words.place(place)) if place else words.say("guest.open.title_nowhere")
    groups = _groups(answer, kept, visit)
    counted = [(state, len(services)) for state, services in groups if state in (State.OPEN, State.AFTER, State.CLOSED)]
    shown = field if field.text or place is None else PlaceField(words.place(place), place)
    return {"place": shown, "document": kept, "title": title, "groups": groups, "counted": counted, "where": place}


def _groups(answer: ServicesAnswer, document: Document, visit: Visit) -> list[tuple[State, list[ServiceView]]]:
    """The services by their state, in the order in which people are told; states that none is in are left out."""
    names = {**fact_names(document), **_rosters(visit.law), **_given(visit.law)}
    told: set[tuple[str, ...]] = set()
    views = [(each.state, _service(each, answer.place, names, told, visit.words)) for each in answer.services]
    return [(state, found) for state in State if (found := [view for of, view in views if of is state])]


def _service(
    service: Service, place: Place | None, names: Mapping[str, BothLanguages], told: set[tuple[str, ...]], words: Words
) -> ServiceView:
    language = words.language.value
    whole = service.whole
    reasons = service.closed_by or (whole.reasons if whole else ())
    assumed = assumed_sentences(whole.assumed, names) if whole else ()
    return ServiceView(
        name=service.name,
        question=service.label[language],
        why=_why(service, place, words),
        certainty=_certainty(service),
        ways=tuple(_way(way, words) for way in service.ways),
        answers=tuple(_answers(service, words)),
        missing=tuple(_missing(service, language)) if service.state is State.UNKNOWN else (),
        asks=next((_ASKS[name] for each in service.missing if (name := str(each["name"])) in _ASKS), "check"),
        reasons=reason_views(reasons, words, names, told),
        assumed=tuple(each.within(words.language) for each in assumed),
    )


def _why(service: Service, place: Place | None, words: Words) -> str:
    """Why a service is in its state, in one sentence; empty where what is missing says it."""
    if service.state is State.NOT_COVERED and place is not None:
        return words.say("guest.open.gap", place=words.place(place), why=service.why[words.language.value])
    if service.state is State.AFTER and service.ways:
        return words.count("guest.open.steps", len(service.ways[0].turn.steps))
    if service.state is State.UNKNOWN and any(_missing(service, words.language.value)):
        return ""
    return service.why[words.language.value]


def _certainty(service: Service) -> Certainty:
    if service.state in (State.UNKNOWN, State.NOT_COVERED) or service.whole is None:
        return Certainty.OPEN
    return Certainty.DECIDED if service.whole.mode is Mode.DECISION else Certainty.ESTIMATED


def _way(way: Way, words: Words) -> WayView:
    steps = tuple((_step(step, way, words), who_does(str(step["who"]), words)) for step in way.turn.steps)
    cost = Money.yuan(way.turn.cost)
    takes = [words.say("guest.open.takes", days=way.turn.days)] if way.turn.days else []
    takes.append(words.say("guest.open.cost", cost=words.yuan(cost)) if cost else words.say("guest.open.free"))
    return WayView(steps, tuple(takes))


def _step(step: Mapping[str, Any], way: Way, words: Words) -> str:
    """What to do; of a paper also which, where the sentence does not name it."""
    language = words.language.value
    said = str(step["say"].get(language, step["name"]))
    paper = way.papers.get(str(step["fact"]))
    if paper is None or paper.label[language].lower() in said.lower():
        return said
    return words.say("guest.open.paper", step=said.rstrip(".。"), paper=paper.label[language])


def _answers(service: Service, words: Words) -> Iterator[str]:
    if service.office:
        office = service.office[1][words.language.value]
        yield words.say("guest.open.office", office=office[:1].upper() + office[1:])
    if service.answer_due:
        yield words.say("guest.open.due", day=words.day(service.answer_due))


def _missing(service: Service, language: str) -> Iterator[str]:
    """What has to be said first, each once: the question that asks for it, else what it is called."""
    said = (each.get("ask") or each.get("label") or {} for each in service.missing)
    yield from dict.fromkeys(text for each in said if (text := each.get(language)))


def _rosters(law: Law) -> dict[str, BothLanguages]:
    """What rows are called that stand for a member of a choice: "papers:lease_contract" is the lease."""
    return {
        f"{section}:{member}": _both(choice, member, law)
        for section, choice in _ROSTERS.items()
        for member in law.choices.get(choice, ())
    }


def _both(choice: str, member: str, law: Law) -> BothLanguages:
    return BothLanguages(*(member_of(law, choice, member, language) for language in LANGUAGES))


def _given(law: Law) -> dict[str, BothLanguages]:
    """What a value is called that was given, by the person or by the service that asks another question."""
    return {f"given:{name}": BothLanguages(*(label_of(law, name, to) for to in LANGUAGES)) for name in law.values}

