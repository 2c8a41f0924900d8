"""The pages that ask: who you are, where you are registered, where you lived and worked, papers, children, and check.

Each page sends itself to the next one with what was typed; the next one keeps it in the document, or shows the page
again with what is wrong beside the field. A page can be left at any time, in either direction and in either language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from wayfare.facts import Document
from wayfare.facts.errors import FactsError
from wayfare.kernel import Month
from wayfare.portals.guest.checking import check_context
from wayfare.portals.guest.fields import Fault, PlaceField
from wayfare.portals.guest.papers import held_papers, paper_choices, with_papers
from wayfare.portals.guest.telling import (
    CONTRACTS,
    HOMES,
    INSURED,
    PEOPLE,
    WANTS,
    WORK,
    Stop,
    blank,
    registered,
    stops,
    who,
    with_child,
    with_person,
    with_registered,
    with_stop,
    without,
    without_stop,
)  # fmt: skip
from wayfare.portals.guest.visit import Visit, fault_of, typed, want_of

__all__ = ["RESULTS", "STEPS", "tell"]

RESULTS: Final = {
    "place": "life/pension", "amount": "life/pension", "moving": "life/moving", "open": "life/open", "all": "life",
}  # fmt: skip
"""Where check answers leads, by what the guest wanted to know."""

_KINDS: Final = ("agricultural", "non_agricultural", "resident")


@dataclass(frozen=True)
class Step:
    """A page that asks: what it shows of a document, and how what was typed changes the document."""

    show: Callable[[Visit, Document, bool], Mapping[str, Any]]
    save: Callable[[Visit, Document], Document]
    then: str = "check"
    back: str = "check"


def tell(visit: Visit, step: str) -> str:
    """The page of a step, or the page before it when what was typed there cannot be so. Raises FactsError."""
    want = visit.form.word("want", tuple(WANTS)) or "all"
    document = visit.document() if visit.sent else blank(want, visit.today)
    origin = visit.form.text("from")
    if visit.go.startswith(("remove-", "drop-")):
        return _shown(visit, _removed(document, visit.go), step)
    if visit.go == "language" or origin not in STEPS:
        return _shown(visit, document, step, is_typed=origin == step)
    if visit.go == "back":
        return _shown(visit, _kept(visit, document, origin), step)
    if visit.go.startswith("change"):
        return _shown(visit, document, step)
    try:
        document = STEPS[origin].save(visit, document)
    except FactsError as error:
        visit.form.faults += [fault_of(each, "main", visit.words) for each in error.all()]
    if visit.form.is_open:
        return _shown(visit, document, origin, is_typed=True)
    has_stop = any(str(stop.number) == visit.form.text("stop") for stop in stops(document))
    return _shown(visit, document, "check" if step == "work" and not has_stop else step)


def _kept(visit: Visit, document: Document, origin: str) -> Document:
    """What was typed on a page that is left backwards, as far as it can be read; its faults can wait."""
    try:
        kept = STEPS[origin].save(visit, document)
    except FactsError:
        kept = document
    is_sound = not visit.form.is_open
    visit.form.faults.clear()
    return kept if is_sound else document


def _removed(document: Document, go: str) -> Document:
    kind, *rest = go.split("-")
    if kind == "remove" and rest[0].isdigit():
        return without_stop(document, int(rest[0]))
    if kind == "drop" and len(rest) == 2 and rest[1].isdigit():
        return without(document, rest[0], int(rest[1]))
    return document


def _shown(visit: Visit, document: Document, name: str, *, is_typed: bool = False) -> str:
    if name in ("work", "home") and _asked_stop(visit, document) is None:
        name = "check"
    step = STEPS[name]
    then = visit.form.word("then", tuple(STEPS)) if is_typed else None
    # What is changed leads back to check answers; a place only after the work there.
    then = then or ("check" if visit.go == "change" else step.then)
    if name == "work" and want_of(document) == "open" and not is_typed:
        then = "home"  # services ask how somebody lives; a pension does not
    context: dict[str, Any] = {"why": visit.words.say(f"guest.{name}.why")}
    context |= {"values": visit.form.fields if is_typed else {}, **step.show(visit, document, is_typed)}
    title = context.pop("title", None) or visit.words.say(f"guest.{name}.title")
    return visit.page(
        name, f"tell/{name}", title=title, document=document, step=name, then=then, faults=visit.faults(),
        next_at=visit.at(RESULTS[want_of(document)] if name == "check" else f"tell/{then}"),
        back_at=visit.at(f"tell/{_back(step, then, document)}") if step.back else None,
        back_link=visit.at(""), **context,
    )  # fmt: skip


def _back(step: Step, then: str, document: Document) -> str:
    has_stops = bool(stops(document))
    if (then == "check" and step.then != "check") or (step is STEPS["place"] and has_stops):
        return "check"
    return "registered" if step is STEPS["check"] and not has_stops else step.back


def _you(visit: Visit, document: Document, is_typed: bool) -> Mapping[str, Any]:
    if is_typed:
        return {}
    born = document.facts.person.birth_stated
    parts = {"year": born.year, "month": born.month, "day": born.day} if born else {}
    return {"values": typed({"who": who(document), **{f"born-{name}": value for name, value in parts.items()}})}


def _save_you(visit: Visit, document: Document) -> Document:
    born = visit.form.day("born", visit.today)
    kind = visit.form.word("who", tuple(PEOPLE))
    return document if visit.form.faults else with_person(document, born, kind)


def _registered(visit: Visit, document: Document, is_typed: bool) -> Mapping[str, Any]:
    if is_typed:
        return {"place": _typed_place(visit)}
    place, kind, since = registered(document)
    shown = PlaceField(visit.words.place(place), place) if place else PlaceField()
    return {"place": shown, "values": typed({"kind": kind, **_parts("since", since)})}


def _save_registered(visit: Visit, document: Document) -> Document:
    place = visit.form.place("place", visit.words)
    since = visit.form.month("since", visit.today)
    kind = visit.form.word("kind", _KINDS)
    return document if visit.form.is_open else with_registered(document, place.place, kind, since)


def _place(visit: Visit, document: Document, is_typed: bool) -> Mapping[str, Any]:
    told = stops(document)
    if is_typed:
        stop, place, values = visit.form.text("stop"), _typed_place(visit), visit.form.fields
    else:
        found = _asked_stop(visit, document)
        stop = str(found.number if found else max((each.number for each in told), default=0) + 1)
        place = PlaceField(visit.words.place(found.place), found.place) if found else PlaceField()
        parts = _parts("start", found.start) | _parts("end", found.end - 1 if found.end else None) if found else {}
        values = typed(parts)
    is_told = any(str(each.number) == stop for each in told)
    title = "title_change" if is_told else "title" if told else "title_first"
    return {"stop": stop, "place": place, "values": values, "title": visit.words.say(f"guest.place.{title}")}


def _asked_stop(visit: Visit, document: Document) -> Stop | None:
    """The stop that a page is about: the one to change, or the one told last; none when another is added."""
    told = stops(document)
    number = visit.go.removeprefix("change-") if visit.go.startswith("change-") else visit.form.text("stop")
    found = next((stop for stop in told if str(stop.number) == number), None)
    return None if visit.go == "add" else found or (told[-1] if told else None)


def _save_place(visit: Visit, document: Document) -> Document:
    place = visit.form.place("place", visit.words)
    start, end = visit.form.month("start", visit.today), visit.form.month("end", visit.today)
    number = visit.form.text("stop")
    if visit.form.is_open or not (place.text or start or end) or not number.isdigit():
        return document
    if place.place is None or start is None or (end and end < start):
        missing = (place.place is None, "place", "place_missing"), (start is None, "start-year", "start_missing")
        found = [Fault(name, key) for is_so, name, key in missing if is_so] or [Fault("end-year", "end")]
        visit.form.faults += found
        return document
    new = Stop(int(number), place.place, start)
    before = next((stop for stop in stops(document) if stop.number == new.number), new)
    return with_stop(document, replace(before, place=place.place, start=start, end=end + 1 if end else None))


def _work(visit: Visit, document: Document, is_typed: bool) -> Mapping[str, Any]:
    stop = _asked_stop(visit, document)
    if stop is None:
        return {"stop": "", "add_at": visit.at("tell/place")}
    values: Mapping[str, str] = visit.form.fields
    if not is_typed:
        paid = _parts("paid_start", stop.paid_start) | _parts("paid_end", stop.paid_end - 1 if stop.paid_end else None)
        wage = visit.words.cents(stop.wage).removesuffix(".00").replace(",", "") if stop.wage else None
        values = typed({"work": stop.work, "insured": stop.insured, "wage": wage, **paid})
    title = "title" if stop.end else "title_now"
    place = visit.words.place(stop.place)
    return {
        "stop": str(stop.number), "values": values, "add_at": visit.at("tell/place"),
        "title": visit.words.say(f"guest.work.{title}", place=place),
    }  # fmt: skip


def _save_work(visit: Visit, document: Document) -> Document:
    form = visit.form
    stop = next((each for each in stops(document) if str(each.number) == form.text("stop")), None)
    work, insured = form.word("work", WORK), form.word("insured", INSURED)
    start, end = form.month("paid_start", visit.today), form.month("paid_end", visit.today)
    wage = form.yuan("wage")
    if insured == "part" and start and end and end < start:
        form.faults.append(Fault("paid_end-year", "end"))
    if form.faults or stop is None:
        return document
    is_part = insured == "part"
    return with_stop(document, replace(
        stop, work=work, insured=insured, wage=wage, paid_start=start if is_part else None,
        paid_end=end + 1 if is_part and end else None,
    ))  # fmt: skip


def _home(visit: Visit, document: Document, is_typed: bool) -> Mapping[str, Any]:
    stop = _asked_stop(visit, document)
    if stop is None:
        return {"stop": ""}
    lease = {True: "yes", False: "no", None: None}[stop.lease_is_own]
    told = typed({"home": stop.home, "lease": lease, "contract": stop.contract})
    return {
        "stop": str(stop.number), "values": visit.form.fields if is_typed else told,
        "title": visit.words.say("guest.home.title", place=visit.words.place(stop.place)),
        "is_employee": stop.work == "employee",
    }  # fmt: skip


def _save_home(visit: Visit, document: Document) -> Document:
    form = visit.form
    stop = next((each for each in stops(document) if str(each.number) == form.text("stop")), None)
    home, contract = form.word("home", HOMES), form.word("contract", CONTRACTS)
    lease = {"yes": True, "no": False}.get(form.text("lease")) if home == "rent" else None
    if stop is None:
        return document
    return with_stop(document, replace(stop, home=home, lease_is_own=lease, contract=contract))


def _papers(visit: Visit, document: Document, is_typed: bool) -> Mapping[str, Any]:
    choices = paper_choices(visit.law, visit.language)
    ticked = {kind for kind, _ in choices if visit.form.text(f"paper-{kind}")}
    return {"papers": choices, "held": ticked if is_typed else held_papers(document)}


def _save_papers(visit: Visit, document: Document) -> Document:
    kinds = [kind for kind, _ in paper_choices(visit.law, visit.language)]
    return with_papers(document, {kind: bool(visit.form.text(f"paper-{kind}")) for kind in kinds})


def _children(visit: Visit, document: Document, is_typed: bool) -> Mapping[str, Any]:
    return {"add_at": visit.at("tell/children")}


def _save_child(visit: Visit, document: Document) -> Document:
    born = visit.form.day("born", visit.today)
    return document if visit.form.faults or born is None else with_child(document, born)


def _check(visit: Visit, document: Document, is_typed: bool) -> Mapping[str, Any]:
    return check_context(document, visit.words, visit.law) | {
        "button": visit.words.say(f"guest.check.button.{want_of(document)}")
    }


def _as_it_is(visit: Visit, document: Document) -> Document:
    return document


def _typed_place(visit: Visit) -> PlaceField:
    """The place as typed; the choices are offered again when it is not certain."""
    known = list(visit.form.faults)
    found = visit.form.place("place", visit.words)
    visit.form.faults[:] = known
    return found


def _parts(name: str, month: Month | None) -> dict[str, object]:
    return {f"{name}-year": month.year, f"{name}-month": month.number} if month else {}


STEPS: Final[Mapping[str, Step]] = {
    "you": Step(_you, _save_you, then="registered", back=""),
    "registered": Step(_registered, _save_registered, then="place", back="you"),
    "place": Step(_place, _save_place, then="work", back="registered"),
    "work": Step(_work, _save_work, then="check", back="place"),
    "home": Step(_home, _save_home, then="check", back="work"),
    "papers": Step(_papers, _save_papers),
    "children": Step(_children, _save_child),
    "check": Step(_check, _as_it_is, back="work"),
}
"""The pages by name, in the order in which a life is told."""
