"""An answer: the value, what it rests on, how sure it is, what is missing and what would change it.

One object serves the officer's screen, the letter, the command line and the interface; `as_document` is its JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wayfare.kernel.reason import Reason
from wayfare.kernel.status import Mode, Status

__all__ = ["Answer", "Shown", "Turn"]

ORDER = (Status.OFFICIAL, Status.VERIFIED, Status.DERIVED, Status.RECALLED, Status.ASSUMED, Status.HYPOTHETICAL)


@dataclass(frozen=True)
class Shown:
    """A value as people read it; `rows` where there is one for each place or spell, `label` what it is called.

    A given value stands for what would have been computed, and keeps the status that this would have.
    """

    value: str | None
    unit: str
    status: Status
    rows: tuple[Mapping[str, Any], ...] = ()
    label: Mapping[str, str] = field(default_factory=dict)
    given: bool = False
    said: Mapping[str, str] = field(default_factory=dict)  # a member of a choice by its name, in each language

    def as_document(self) -> dict[str, Any]:
        out: dict[str, Any] = {"value": self.value, "unit": self.unit, "status": self.status.value}
        rows = [dict(r) for r in self.rows]
        more = {"given": self.given, "label": dict(self.label), "said": dict(self.said), "rows": rows}
        return out | {name: held for name, held in more.items() if held}


@dataclass(frozen=True)
class Turn:
    """One way to another answer: what to do, who, how many days, what it costs, and the answer it gives.

    `turns` is the value that it turns: the answer itself, or a truth beside it such as `is_eligible`.
    """

    steps: tuple[Mapping[str, Any], ...]
    answer: str
    days: int
    cost: str
    turns: str = ""

    def as_document(self) -> dict[str, Any]:
        told = {"steps": [dict(s) for s in self.steps], "answer": self.answer, "days": self.days, "cost": self.cost}
        return told | ({"turns": self.turns} if self.turns else {})


@dataclass(frozen=True)
class Answer:
    """What the law says to a question, on the facts of a document.

    `law` is the version of the rulebook and the pack. `changes` are ways to another answer; `closed` says that the
    levers were tried and none turns it, and `closed_by` where it fails when all is changed that anyone can change.
    """

    question: str
    on: str
    known_at: str | None
    mode: Mode
    answer: Shown
    values: Mapping[str, Shown]
    reasons: tuple[Reason, ...]
    assumed: tuple[Mapping[str, Any], ...]
    missing: tuple[Mapping[str, Any], ...]
    next_step: Mapping[str, str] | None
    law: str
    changes: tuple[Turn, ...] = ()
    closed: bool = False
    closed_by: tuple[Reason, ...] = ()
    say: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Mapping[str, Any], ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)  # values that stand for what would have been computed
    given_labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def as_document(self) -> dict[str, Any]:
        """The answer object of the public interface."""
        return {
            "question": self.question, "on": self.on, "known_at": self.known_at, "mode": self.mode.value,
            "answer": {"value": self.answer.value, "unit": self.answer.unit, "status": self.answer.status.value},
            "values": {n: v.as_document() for n, v in self.values.items()},
            "reasons": [r.as_document() for r in self.reasons],
            "assumed": [dict(a) for a in self.assumed], "missing": [dict(m) for m in self.missing],
            "next_step": None if self.next_step is None else dict(self.next_step),
            "changes": [c.as_document() for c in self.changes], "closed": self.closed,
            "closed_by": [r.as_document() for r in self.closed_by],
            "findings": [dict(f) for f in self.findings], "given": dict(self.given), "law": self.law,
        }  # fmt: skip
