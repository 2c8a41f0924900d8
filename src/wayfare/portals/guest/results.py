"""What the law answers to a life: the line of life, the pension, moving, what is open, and what can be kept.

Each page works everything out anew from the document that came with the request. An example life says that it is one;
a life that was told says so too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from wayfare.app.examples import example_lives
from wayfare.app.stating import Stated, state, ways_ahead
from wayfare.decisions import ask
from wayfare.decisions.paths.settings import declared_settings
from wayfare.decisions.services import ask_services
from wayfare.facts import Document
from wayfare.kernel import Place, ever_known
from wayfare.law import Law
from wayfare.portals.errors import LifeUndrawable
from wayfare.portals.guest.fields import PlaceField
from wayfare.portals.guest.open_here import PLACE, open_context
from wayfare.portals.guest.visit import Visit, want_of
from wayfare.portals.page import Links
from wayfare.portals.statement import Origin, Statement, statement_page, statement_view
from wayfare.portals.told_statement import told_statement
from wayfare.portals.ways import share_of, told_ways

__all__ = ["TABS", "Kept", "answers_file", "document_file", "result", "statement_file", "warm"]

TABS: Final[Mapping[str, str]] = {
    "life": "life", "pension": "life/pension", "moving": "life/moving", "open": "life/open", "keep": "life/keep",
}  # fmt: skip
"""The pages of a life, and their addresses."""

NEXT: Final = "next_place"
_FIRST: Final = {"place": "pension.place", "amount": "pension.monthly"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A file for the person to keep."""

    name: str
    media_type: str
    content: str


def result(visit: Visit, tab: str) -> str:
    """A page of a life. Raises FactsError when the life in the form cannot be read."""
    document = visit.document()
    try:
        context = _VIEWS[tab](visit, document)
    except LifeUndrawable:
        return _nothing(visit, document)
    return _page(visit, tab, document, context)


def _page(visit: Visit, tab: str, document: Document, context: dict[str, Any]) -> str:
    shared: dict[str, Any] = {
        "document": document, "tab": tab, "faults": visit.faults(), "back_at": None,
        "tabs": [(name, visit.at(path)) for name, path in TABS.items()],
        "origin": _origin(document).value, "law_values": visit.law.values, "action": visit.at(TABS[tab]),
        "asked": visit.words.say("guest.life.asked", day=visit.words.day(document.on)),
    }  # fmt: skip
    title = str(context.pop("title", "")) or visit.words.say(f"guest.{tab}.title")
    return visit.page(tab, TABS[tab], title=title, **{**shared, **context})


def _nothing(visit: Visit, document: Document) -> str:
    title = visit.words.say("guest.life.nothing.title")
    return visit.page("nothing", TABS["life"], title=title, document=document, tell_at=visit.at("tell/registered"))


def _today(document: Document) -> Document:
    """The document without what was given about the years ahead, which only the paths know."""
    given = {name: value for name, value in document.given.items() if name not in declared_settings()}
    return document if len(given) == len(document.given) else document.model_copy(update={"given": given})


def _origin(document: Document) -> Origin:
    """An example as it came is one; any life that was changed is told."""
    is_example = any(document.facts == example.facts for example in example_lives().values())
    return Origin.EXAMPLE if is_example else Origin.TOLD


def _stated(visit: Visit, document: Document) -> tuple[Stated, Statement]:
    stated = state(_today(document), visit.law)
    return stated, told_statement(stated, made_on=visit.today, origin=_origin(document))


def _life(visit: Visit, document: Document) -> dict[str, Any]:
    """The line of life with what it adds up to, and the first answers in short."""
    _, shown = _stated(visit, document)
    best = max(shown.ways.ways, key=lambda way: way.pension.amount_fen if way.pension else -1) if shown.ways else None
    return statement_view(shown, visit.words) | {
        "title": visit.words.say("statement.title"),
        "go_on": best if best and best.pension else None,
        "pension_at": visit.at(TABS["pension"]),
        "moving_at": visit.at(TABS["moving"]),
    }


def _pension(visit: Visit, document: Document) -> dict[str, Any]:
    """Every answer about the pension, the one that was wanted first."""
    _, shown = _stated(visit, document)
    view = statement_view(shown, visit.words)
    first = _FIRST.get(want_of(document))
    ordered = sorted(shown.answers, key=lambda each: each.question != first)
    return view | {"ordered": ordered, "level": 2, "moving_at": visit.at(TABS["moving"])}


def _moving(visit: Visit, document: Document) -> dict[str, Any]:
    """The directions from here, with a place to move on to when one is named."""
    field = visit.form.place("place", visit.words)
    given = {**document.given} | ({NEXT: field.place.code} if field.place else {})
    kept = document.model_copy(update={"given": given})
    paths = ways_ahead(kept, visit.law)
    code = given.get(NEXT, "")
    if not field.text and ever_known(code):
        field = PlaceField(visit.words.place(Place(code)), Place(code))
    return {"ways": told_ways(paths) if paths else None, "share": share_of, "place": field, "document": kept}


def _open(visit: Visit, document: Document) -> dict[str, Any]:
    return open_context(visit, document, _today(document))


def _keep(visit: Visit, document: Document) -> dict[str, Any]:
    names = {"page": "statement.html", "document": "life.json", "answers": "answers.json"}
    return {"files": [(key, visit.at(f"life/{name}")) for key, name in names.items()]}


_VIEWS: Final[Mapping[str, Callable[[Visit, Document], dict[str, Any]]]] = {
    "life": _life, "pension": _pension, "moving": _moving, "open": _open, "keep": _keep,
}  # fmt: skip


def warm(law: Law, stopping: Callable[[], bool]) -> None:
    """Asks everything once of an example, so that no visitor waits until the law is ready for a question.

    Between two questions it looks whether it should stop; one takes about a second.
    """
    life = next(iter(example_lives().values()))
    for given in ({}, {PLACE: "310000"}):
        asked = life.model_copy(update={"given": given})
        for step in (state, partial(ask_services, ask=ask)):
            if stopping():
                return
            step(asked, law)


def document_file(visit: Visit) -> Kept:
    """What was told, to be opened here again."""
    shape = visit.document().as_document()
    return Kept("my-life.json", "application/json", json.dumps(shape, ensure_ascii=False, indent=1) + "\n")


def answers_file(visit: Visit) -> Kept:
    """Every answer as the interface gives it, with the document it answers."""
    document = visit.document()
    asked = _today(document)
    answers = [*state(asked, visit.law).answers, ask_services(asked, visit.law, ask)]
    shape = {"document": document.as_document(), "answers": [answer.as_document() for answer in answers]}
    return Kept("my-answers.json", "application/json", json.dumps(shape, ensure_ascii=False, indent=1) + "\n")


def statement_file(visit: Visit) -> Kept:
    """The whole statement as one page that needs nothing else."""
    _, shown = _stated(visit, visit.document())
    page = statement_page(shown, visit.language, Links())
    return Kept(f"my-life.{visit.language.tag}.html", "text/html", page)
