"""What a reason's facts are called: "insurance:3" is the employees' pension in Shanghai, March 2009 to June 2013.

A reason names the facts it looked at by their references in the document. A person should read which home, job or fund
that is, so each reference has its words here, in both languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from wayfare.facts import Document
from wayfare.facts.tables import reference
from wayfare.kernel import Month, Place
from wayfare.portals.answers import in_both
from wayfare.portals.language import BothLanguages, Words

__all__ = ["fact_names", "spoken"]


def fact_names(document: Document) -> Mapping[str, BothLanguages]:
    """Every fact of the document, by its reference."""
    facts = document.facts
    named = [(facts.person.id or "person", in_both(lambda words: words.say("fact.person")))]
    for number, relative in enumerate(facts.people, start=1):
        named.append((reference("people", number, relative), _relative(relative.relation or "other")))
    for section, spells in (("hukou", facts.hukou), ("residence", facts.residence), ("work", facts.work)):
        for number, spell in enumerate(spells, start=1):
            name = _named(section, spell.place, _month(spell.start), _month(spell.end))
            named.append((reference(section, number, spell), name))
    for number, relation in enumerate(facts.insurance, start=1):
        name = _named(relation.scheme, relation.place, relation.start, relation.end)
        named.append((reference("insurance", number, relation), name))
    for number, account in enumerate(facts.accounts, start=1):
        name = _named("account", account.place, Month.of(account.on), None)
        named.append((reference("accounts", number, account), name))
    for number, benefit in enumerate(facts.benefits, start=1):
        name = _named("benefit", benefit.place, benefit.start, benefit.end)
        named.append((reference("benefits", number, benefit), name))
    for number, permit in enumerate(facts.permits, start=1):
        name = _named(permit.kind, permit.place, _month(permit.start), _month(permit.end))
        named.append((reference("permits", number, permit), name))
    for section, items in (("education", facts.person.education), ("skills", facts.person.skills),
                           ("conduct", facts.conduct)):  # fmt: skip
        for number, item in enumerate(items, start=1):
            named.append((reference(section, number, item), _counted(section, number)))
    for evidence in facts.points:
        named.append((evidence.id or f"points:{evidence.item}", in_both(lambda words: words.say("fact.points"))))
    return dict(named)


def _counted(section: str, number: int) -> BothLanguages:
    return in_both(lambda words: words.say(f"fact.{section}", number=number))


def _relative(kinship: str) -> BothLanguages:
    return in_both(lambda words: words.say(f"fact.{kinship}"))


def _month(day: date | None) -> Month | None:
    return None if day is None else Month.of(day)


def _named(kind: str, place: Place, start: Month | None, end: Month | None) -> BothLanguages:
    def say(words: Words) -> str:
        form = "running" if end is None else "ended"
        what = words.say(f"fact.{kind}", place=words.place(place))
        first = words.month(start) if start else ""
        last = words.month(end - 1) if end else ""
        return words.say(f"fact.{form}", what=what, start=first, last=last)

    return in_both(say)


def spoken(references: Iterable[str], names: Mapping[str, BothLanguages], words: Words) -> Iterator[str]:
    """The facts of a reason in words; a reference that is not of the document stays as it is."""
    return (names[each].within(words.language) if each in names else each for each in references)
