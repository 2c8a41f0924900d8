"""The first page, which asks what somebody wants to know, and the example lives."""

from __future__ import annotations

from collections.abc import Iterator

from wayfare.app.examples import example_lives
from wayfare.facts import Document
from wayfare.kernel import Place
from wayfare.portals.guest.telling import WANTS
from wayfare.portals.guest.visit import Visit
from wayfare.portals.life_line import TINTS

__all__ = ["examples_page", "start_page"]


def start_page(visit: Visit) -> str:
    """What do you want to know?"""
    return visit.page("start", "", title=visit.words.say("guest.start.title"), carries=False, wants=list(WANTS))


def examples_page(visit: Visit) -> str:
    """Every example by its person, with the places it crosses and its story."""
    examples = [
        (name, _named(life, visit), _about(life, visit), list(_path(life, visit)))
        for name, life in example_lives().items()
    ]
    title = visit.words.say("guest.examples.title")
    return visit.page("examples", "examples", title=title, carries=False, examples=examples)


def _named(life: Document, visit: Visit) -> str:
    name = life.facts.person.name
    return str(getattr(name, visit.language.value)) if name else visit.words.say("person.unnamed")


def _about(life: Document, visit: Visit) -> str:
    return str(getattr(life.about, visit.language.value)) if life.about else ""


def _path(life: Document, visit: Visit) -> Iterator[tuple[str, int]]:
    """The provinces of a life in the order of arrival, with their letters and colours."""
    facts = life.facts
    spells = [*facts.hukou[:1], *sorted((*facts.residence, *facts.work), key=lambda each: each.start)]
    provinces: list[Place] = list(dict.fromkeys(each.place.province for each in spells))
    for number, place in enumerate(provinces, start=1):
        yield visit.words.letters(place), min(number, TINTS)
