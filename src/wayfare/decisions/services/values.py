"""What stands open to a person at a place: a service each, with its state and what would open it.

The values are plain, so that a page, a terminal or a letter can show them; each keeps the whole answer that it was read
from. A service is in exactly one state, and says in one sentence why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from wayfare.decisions.answer import Answer, Turn
from wayfare.kernel.reason import Reason
from wayfare.kernel.status import Status

__all__ = ["STATES", "Label", "Paper", "Service", "State", "Way"]

Label = Mapping[str, str]
"""A text in both languages, by `en` and `zh`."""


class State(StrEnum):
    """How a service stands to a person; in the order in which people are told."""

    OPEN = "open"
    AFTER = "after"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    NOT_COVERED = "not_covered"


STATES: Final[Mapping[State, Label]] = {
    State.OPEN: {"en": "Open to you now", "zh": "现在就能办"},
    State.AFTER: {"en": "Open to you after some steps", "zh": "做到几步以后能办"},
    State.UNKNOWN: {"en": "Not known yet", "zh": "还差一些情况"},
    State.CLOSED: {"en": "Closed to you as things are", "zh": "目前办不了"},
    State.NOT_COVERED: {"en": "Not in the rulebook for this place", "zh": "当地的规定还没有收录"},
}
"""What each state is called."""


@dataclass(frozen=True)
class Paper:
    """A paper that is still to be had."""

    kind: str
    label: Label

    def as_document(self) -> dict[str, Any]:
        return {"kind": self.kind, "label": dict(self.label)}


@dataclass(frozen=True)
class Way:
    """One way to open a service: its steps, the days and the cost, and the day on which it would be open.

    That day is not known where no text says how long a step takes. `papers` are those that its steps ask for, by the
    fact of the step.
    """

    turn: Turn
    open_on: date | None
    papers: Mapping[str, Paper]

    def as_document(self) -> dict[str, Any]:
        """The way as answers list their changes, each step that gets a paper with the label of the paper."""
        papers = {fact: {"label": dict(paper.label)} for fact, paper in self.papers.items()}
        steps = [dict(s) | papers.get(s["fact"], {}) for s in self.turn.steps]
        return self.turn.as_document() | {"steps": steps, "open_on": self.open_on and self.open_on.isoformat()}


@dataclass(frozen=True)
class Service:
    """One service at the place asked about.

    `open_after_days` are the days that the law gives the office, `answer_due` the day by which it answers somebody who
    applies on the day asked about; both and the office are None where the rule does not say. `ways` are those that open
    the service, the cheapest first. `closed_by` are the clauses that fail
    whatever anybody does. `missing` is what has to be answered, or the declared gap. `whole` is the answer to the
    question itself, and None where the law has a gap at its start.
    """

    name: str
    label: Label
    state: State
    status: Status
    why: Label
    office: tuple[str, Label] | None = None
    answer_due: date | None = None
    open_after_days: int | None = None
    ways: tuple[Way, ...] = ()
    closed_by: tuple[Reason, ...] = ()
    missing: tuple[Mapping[str, Any], ...] = ()
    whole: Answer | None = None

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers that the first way asks for."""
        return tuple(self.ways[0].papers.values()) if self.ways else ()

    def as_document(self) -> dict[str, Any]:
        """The service in the answer object; the status is that of what the answer rests on."""
        office = None if self.office is None else {"value": self.office[0], "label": dict(self.office[1])}
        return {
            "service": self.name, "label": dict(self.label), "state": self.state.value,
            "state_label": dict(STATES[self.state]), "status": self.status.value, "why": dict(self.why),
            "office": office, "answer_due": None if self.answer_due is None else self.answer_due.isoformat(),
            "open_after_days": None if self.open_after_days is None else str(self.open_after_days),
            "ways": [w.as_document() for w in self.ways], "papers": [p.as_document() for p in self.papers],
            "reasons": [r.as_document() for r in self.whole.reasons] if self.whole else [],
            "closed_by": [r.as_document() for r in self.closed_by], "missing": [dict(m) for m in self.missing],
            "assumed": [dict(a) for a in self.whole.assumed] if self.whole else [],
        }  # fmt: skip
