"""`services.all` as an answer like every other: each service of the law at a place, with its state.

No list of services is kept: a question that names `is_eligible` is one. A service added to the rulebook appears here by
itself, at every place, if only as one that the rulebook does not cover there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wayfare.decisions.answer import ORDER, Answer, Shown
from wayfare.decisions.services.finding import ELIGIBLE, Ask, service_of
from wayfare.decisions.services.values import Label, Service, State
from wayfare.decisions.world import read_given, world_of
from wayfare.decisions.written import finding_document
from wayfare.facts import Document, findings
from wayfare.kernel import Place
from wayfare.kernel.regions import region
from wayfare.kernel.status import Status
from wayfare.law import Law, Question

__all__ = ["SAY", "SERVICES", "ServicesAnswer", "ask_services", "services_of", "with_services"]

SERVICES = "services.all"
SAY: Label = {"en": "What is open to me here?", "zh": "我在这里能办哪些事？"}
PLACE = "service_place"
TOLD = list(State)


@dataclass(frozen=True)
class ServicesAnswer(Answer):
    """The answer to `services.all`: how many services are open now, and each service with its state.

    `place` is where they are asked for; None where neither the question nor the record says.
    """

    place: Place | None = None
    services: tuple[Service, ...] = ()

    def as_document(self) -> dict[str, Any]:
        """The answer object of the public interface, with each service whole under `services`."""
        return super().as_document() | {
            "place": self.place.code if self.place else None, "place_label": _place_label(self.place),
            "services": [s.as_document() for s in self.services],
        }  # fmt: skip


def services_of(law: Law) -> tuple[Question, ...]:
    """The questions of the law that are services, by name."""
    found = (q for q in law.questions.values() if ELIGIBLE in q.named)
    return tuple(sorted(found, key=lambda q: q.name))


def with_services(law: Law) -> Law:
    """The law with `services.all` among its questions, for lists of what can be asked."""
    services = services_of(law)
    if not services:
        return law
    rests_on = tuple(dict.fromkeys(q.named[ELIGIBLE] for q in services))
    question = Question(SERVICES, rests_on[0], rests_on, SAY)
    return replace(law, questions={**law.questions, SERVICES: question})


def ask_services(document: Document, law: Law, ask: Ask) -> ServicesAnswer:
    """The answer about all services; `ask` answers the question of each. Raises what it raises, but for gaps."""
    found = sorted((service_of(q, document, law, ask) for q in services_of(law)), key=lambda s: TOLD.index(s.state))
    place = _place(document, law)
    rows = tuple({"of": s.name, "label": dict(s.label), "value": s.state.value} for s in found)
    status = max((s.status for s in found), key=ORDER.index, default=Status.VERIFIED)
    lacking = _once([m for s in found if s.state is State.UNKNOWN for m in s.missing])
    return ServicesAnswer(
        question=SERVICES, on=document.on.isoformat(),
        known_at=document.known_at.isoformat() if document.known_at else None, mode=document.mode,
        answer=Shown(str(sum(s.state is State.OPEN for s in found)), "count", status),
        values={"services": Shown(None, "state", status, rows, label=SAY)}, reasons=(),
        assumed=_once([a for s in found if s.whole for a in s.whole.assumed]), missing=lacking,
        next_step=_next_step(found, lacking), law=law.version, say=SAY, given=dict(document.given),
        findings=tuple(finding_document(f) for f in findings(document)), place=place, services=tuple(found),
    )  # fmt: skip


def _place(document: Document, law: Law) -> Place | None:
    """The place that the services are asked for: the one given, else where the person lives."""
    if PLACE not in law.values:
        return None
    given = read_given(law, {name: text for name, text in document.given.items() if name == PLACE})
    lives = law.plan([PLACE], given=list(given), mode=document.mode).lives(world_of([document], law, given))
    found = lives.value(PLACE)[0]
    return None if found is None else Place(f"{law.tree.code(found):06}")


def _place_label(place: Place | None) -> dict[str, str]:
    return {} if place is None else {"en": region(place.code).name_en, "zh": region(place.code).name_zh}


def _once(items: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """Each item once, however many services name it."""
    return tuple({repr(sorted(item.items(), key=str)): item for item in items}.values())


def _next_step(found: Sequence[Service], lacking: Sequence[Mapping[str, Any]]) -> Label | None:
    """The first question to answer, else the first step to a service that is not open yet."""
    asked = next((dict(m["ask"]) for m in lacking if m.get("ask")), None)
    return asked or next((dict(s.why) for s in found if s.state is State.AFTER), None)
