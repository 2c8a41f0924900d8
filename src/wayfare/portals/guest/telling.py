"""A life as it is told page by page: each page adds to one facts document, which travels with the pages.

A stop is a place where somebody lived, what work they did there, and whether pension insurance was paid. It is kept as
ordinary spells of the document, marked by their names (`stop-1-home`), so that it can be told again in other words.
Every change makes a document that was read and checked anew; what it says that cannot be so raises FactsError.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from wayfare.facts import Document, read_document
from wayfare.facts.items import InsuranceSpell, ResidenceSpell, WorkSpell
from wayfare.kernel import Money, Month, Place

__all__ = [
    "CONTRACTS", "HOMES", "INSURED", "PEOPLE", "WANTS", "WORK", "Stop", "blank", "is_of_stop", "registered", "stops",
    "who", "with_child", "with_person", "with_registered", "with_stop", "without", "without_stop",
]  # fmt: skip

WANTS: Final = {
    "place": "pension.place",
    "amount": "pension.monthly",
    "moving": "pension.paths",
    "open": "services.all",
    "all": "pension.retirement",
}
"""What a guest may want to know first, and the question of the document that stands for it."""

PEOPLE: Final[Mapping[str, Mapping[str, str]]] = {
    "man": {"sex": "male", "retirement_group": "male"},
    "woman_50": {"sex": "female", "retirement_group": "female_50"},
    "woman_55": {"sex": "female", "retirement_group": "female_55"},
    "woman": {"sex": "female"},
}
WORK: Final = ("employee", "flexible", "informal", "none")
INSURED: Final = ("all", "part", "none")
HOMES: Final = ("rent", "own", "employer", "family", "other")
CONTRACTS: Final = ("fixed_term", "open_ended", "none")

_STOP: Final = re.compile(r"stop-(\d+)-(home|work|pension)")
_PENSION: Final = "employee_pension"


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of a life: since and until which month, what work, and from when to when insurance was paid.

    `end` and `paid_end` are the first month after; None is still running. `wage` is yuan a month. `home` says on what
    basis somebody lives there, and `contract` is the kind of labour contract.
    """

    number: int
    place: Place
    start: Month
    end: Month | None = None
    work: str | None = None
    insured: str | None = None
    paid_start: Month | None = None
    paid_end: Month | None = None
    wage: Money | None = None
    home: str | None = None
    lease_is_own: bool | None = None
    contract: str | None = None


def blank(want: str, on: date) -> Document:
    """A life of which nothing is known yet, asked about today; what is not confirmed may be estimated."""
    return read_document({"question": WANTS[want], "on": on.isoformat(), "mode": "estimate"})


def who(document: Document) -> str | None:
    """Which of the four answers to "who are you" the document holds."""
    person = document.facts.person
    held = {"sex": person.sex, "retirement_group": person.retirement_group}
    told = {name: value for name, value in held.items() if value}
    return next((word for word, fields in PEOPLE.items() if fields == told), None)


def with_person(document: Document, born: date | None, kind: str | None) -> Document:
    """The document with birth and kind of post; a registration since birth moves with the birth."""
    shape, facts = _shape(document)
    before = document.facts.person.birth_stated
    nobody = {"born": born.isoformat() if born else None, "sex": None, "retirement_group": None}
    told = {**nobody, **PEOPLE.get(kind or "", {})}
    person = {**facts.get("person", {}), **told}
    facts["person"] = {name: value for name, value in person.items() if value is not None}
    for spell in facts.get("hukou", [])[:1]:
        if born and ("from" in spell.get("assumed", []) or (before and spell["from"] == before.isoformat())):
            spell |= {"from": born.isoformat(), "assumed": []}
    return read_document(shape)


def registered(document: Document) -> tuple[Place | None, str | None, Month | None]:
    """Where the person is registered, of what kind, and since when if that is not birth."""
    if not document.facts.hukou:
        return None, None, None
    spell = document.facts.hukou[-1]
    born = document.facts.person.birth_stated
    since = None if spell.start == born or spell.assumes("start", "from") else Month.of(spell.start)
    return spell.place, spell.kind, since


def with_registered(document: Document, place: Place | None, kind: str | None, since: Month | None) -> Document:
    """The document with this as the registration of today; since birth, when no month is said."""
    shape, facts = _shape(document)
    earlier = facts.get("hukou", [])[:-1]
    if place is None:
        facts["hukou"] = earlier
        return read_document(shape)
    born = document.facts.person.birth_stated
    start = _first_day(since) if since else born or _earliest(document)
    spell: dict[str, Any] = {"place": place.code, "from": start.isoformat(), "to": None}
    if kind:
        spell["kind"] = kind
    if not since and not born:
        spell |= {"assumed": ["from"]}
    facts["hukou"] = [*earlier, spell]
    return read_document(shape)


def with_child(document: Document, born: date) -> Document:
    """The document with one more child of the person."""
    shape, facts = _shape(document)
    facts["people"] = [*facts.get("people", []), {"relation": "child", "born": born.isoformat()}]
    return read_document(shape)


def is_of_stop(name: str | None) -> bool:
    """Whether an item's name says that it is a part of a stop."""
    return bool(_STOP.fullmatch(name or ""))


def stops(document: Document) -> tuple[Stop, ...]:
    """The stops that were told here, in order of time."""
    parts: dict[int, dict[str, Any]] = {}
    facts = document.facts
    for spell in (*facts.residence, *facts.work, *facts.insurance):
        found = _STOP.fullmatch(spell.id or "")
        if found:
            parts.setdefault(int(found[1]), {})[found[2]] = spell
    told = (_stop(number, **each) for number, each in parts.items() if "home" in each)
    return tuple(sorted(told, key=lambda stop: (stop.start.index, stop.number)))


def _stop(
    number: int, home: ResidenceSpell, work: WorkSpell | None = None, pension: InsuranceSpell | None = None
) -> Stop:
    start, end = Month.of(home.start), Month.of(home.end) if home.end else None
    is_part = pension is not None and (pension.start, pension.end) != (start, end)
    wage = work.monthly_wage if work else None
    return Stop(
        number, home.place, start, end,
        work=work.kind if work else None,
        insured=None if pension is None else "part" if is_part else "all",
        paid_start=pension.start if pension and is_part else None,
        paid_end=pension.end if pension and is_part else None,
        wage=wage,
        home=home.basis,
        lease_is_own=home.lease_in_own_name,
        contract=work.contract.kind if work and work.contract else None,
    )  # fmt: skip


def with_stop(document: Document, stop: Stop) -> Document:
    """The document with the stop in place of the one of its number; an open stop before it ends where it begins."""
    told = [each for each in stops(document) if each.number != stop.number]
    later = [each.start for each in told if each.start > stop.start]
    if stop.end is None and later:
        stop = _ending(stop, min(later))
    closed = [_ending(each, stop.start) if each.end is None and each.start < stop.start else each for each in told]
    return _written(document, [*closed, stop])


def without_stop(document: Document, number: int) -> Document:
    """The document without that stop."""
    return _written(document, [each for each in stops(document) if each.number != number])


def without(document: Document, section: str, number: int) -> Document:
    """The document without an item of a section that was not told as a stop, by its place in the list."""
    shape, facts = _shape(document)
    facts[section] = [item for at, item in enumerate(facts.get(section, []), start=1) if at != number]
    return read_document(shape)


def _ending(stop: Stop, end: Month) -> Stop:
    paid = stop.paid_end if stop.insured != "part" or stop.paid_end else end
    return replace(stop, end=end, paid_end=paid)


def _written(document: Document, told: Iterable[Stop]) -> Document:
    shape, facts = _shape(document)
    for section in ("residence", "work", "insurance"):
        facts[section] = [item for item in facts.get(section, []) if not is_of_stop(item.get("id"))]
    for stop in sorted(told, key=lambda each: each.start.index):
        for section, item in _items(stop):
            facts[section].append(item)
    return read_document(shape)


def _items(stop: Stop) -> Iterator[tuple[str, dict[str, Any]]]:
    place = {"place": stop.place.code}
    days = {"from": _first_day(stop.start).isoformat(), "to": _first_day(stop.end).isoformat() if stop.end else None}
    wage = f"{stop.wage.amount_fen // 100}.{stop.wage.amount_fen % 100:02d}" if stop.wage else None
    home = {"basis": stop.home, "lease_in_own_name": stop.lease_is_own}
    yield "residence", {"id": f"stop-{stop.number}-home", **place, **days, **_known(home)}
    if stop.work in WORK[:-1]:
        contract = {"kind": stop.contract} if stop.contract else None
        job = {"kind": stop.work, "monthly_wage": wage, "contract": contract}
        yield "work", {"id": f"stop-{stop.number}-work", **place, **days, **_known(job)}
    if stop.insured in INSURED[:-1]:
        is_part = stop.insured == "part"
        start = stop.paid_start if is_part and stop.paid_start else stop.start
        end = stop.paid_end if is_part and stop.paid_end else stop.end
        # Contributions follow the wage; that they were paid on all of it is not known, so the base is marked.
        base = {"base": wage, "assumed": ["base"]} if wage else {}
        yield "insurance", {
            "id": f"stop-{stop.number}-pension", "scheme": _PENSION, **place,
            "basis": "employee" if stop.work == "employee" else "flexible",
            "from": str(start), "to": str(end) if end else None, **base,
        }  # fmt: skip


def _known(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _shape(document: Document) -> tuple[dict[str, Any], dict[str, Any]]:
    shape = document.as_document()
    return shape, shape.setdefault("facts", {})


def _first_day(month: Month) -> date:
    return date(month.year, month.number, 1)


def _earliest(document: Document) -> date:
    """The first day of which anything is told; the day asked about when nothing is."""
    facts = document.facts
    return min((spell.start for spell in (*facts.residence, *facts.work)), default=document.on)
