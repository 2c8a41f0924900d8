"""Check answers: what a document says about a life, line by line, with what can be changed or taken out again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from wayfare.facts import Document
from wayfare.facts.tables import reference
from wayfare.law import Law
from wayfare.portals.fact_names import fact_names
from wayfare.portals.guest.papers import held_papers, paper_choices
from wayfare.portals.guest.telling import Stop, is_of_stop, registered, stops, who
from wayfare.portals.language import Words

__all__ = ["check_context"]

_SECTIONS: Final = ("hukou", "residence", "work", "insurance", "accounts", "benefits")


def check_context(document: Document, words: Words, law: Law) -> dict[str, Any]:
    """What the page of check answers shows."""
    choices = dict(paper_choices(law, words.language))
    return {
        "you": list(_you(document, words)),
        "registered": list(_registered(document, words)),
        "stops": [_stop(stop, words) for stop in stops(document)],
        "others": list(_others(document, words)),
        "has_papers": bool(choices),
        "papers": [choices[kind] for kind in choices if kind in held_papers(document)],
    }


def _you(document: Document, words: Words) -> Iterator[str]:
    born, kind = document.facts.person.birth_stated, who(document)
    if born:
        yield words.say("person.born", day=words.day(born))
    if kind:
        yield words.say(f"guest.you.{kind}")


def _registered(document: Document, words: Words) -> Iterator[str]:
    place, kind, since = registered(document)
    if place:
        yield words.place(place)
    if kind:
        yield words.say(f"guest.registered.{kind}")
    if since:
        yield words.say("guest.check.since", first=words.month(since))


def _stop(stop: Stop, words: Words) -> dict[str, Any]:
    first = words.month(stop.start)
    span = words.say("guest.check.span", first=first, last=words.month(stop.end - 1)) if stop.end else ""
    return {
        "number": stop.number,
        "place": words.place(stop.place),
        "when": span or words.say("guest.check.since", first=first),
        "lines": [line for line in (_work(stop, words), _paid(stop, words)) if line],
    }


def _work(stop: Stop, words: Words) -> str:
    said = [words.say(f"guest.work.{stop.work}")] if stop.work else []
    if stop.wage:
        said.append(words.say("guest.check.wage", amount=words.yuan(stop.wage)))
    return words.say("table.between").join(said)


def _paid(stop: Stop, words: Words) -> str:
    if stop.insured != "part":
        return words.say(f"guest.check.paid.{stop.insured or 'none'}") if stop.work or stop.insured else ""
    first = words.month(stop.paid_start or stop.start)
    if stop.paid_end is None:
        return words.say("guest.check.paid.running", first=first)
    return words.say("guest.check.paid.part", first=first, last=words.month(stop.paid_end - 1))


def _others(document: Document, words: Words) -> Iterator[dict[str, Any]]:
    """What the document says beside the stops: earlier registrations, and what a file brought along."""
    names = fact_names(document)
    for section in _SECTIONS:
        items = getattr(document.facts, section)
        for number, item in enumerate(items, start=1):
            is_shown = is_of_stop(item.id) or (section == "hukou" and number == len(items))
            if not is_shown:
                what = names[reference(section, number, item)].within(words.language)
                yield {"section": section, "number": number, "what": what}
    for number, child in enumerate(document.facts.people, start=1):
        if child.relation == "child" and child.born:
            what = words.say("guest.check.child", day=words.day(child.born))
            yield {"section": "people", "number": number, "what": what}
