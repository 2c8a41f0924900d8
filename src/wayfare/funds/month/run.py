"""What a run of a month comes to: what payers owe by it, who is left out and why, and what does not fit any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wayfare.kernel import Money, Month
from wayfare.ledger import SealedBatch

__all__ = ["Differing", "Due", "Employer", "MonthRun", "NotAssessed", "Undeclared"]


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer as the office holds it; `payer` is the number of its clearing account."""

    id: str
    name: str
    place: int
    credit_code: str | None
    payer: int


@dataclass(frozen=True, slots=True)
class Due:
    """What a payer owes for the month, in fen, by this run; `employer` is None for the people who pay alone."""

    employer: Employer | None
    members: int
    pool: int
    own: int


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """A reason for which members cannot be assessed, in each language, and the members."""

    name: str
    say: Mapping[str, str]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Differing:
    """A member whose charge, in fen, is not what the records give now; 0 where they no longer enrol the member.

    Payers are employers by id, `alone` for people who pay alone; empty where nobody, or several, would be.
    """

    member: str
    charged: int
    now: int
    payer: str = ""
    payer_now: str = ""


@dataclass(frozen=True, slots=True)
class Undeclared:
    """An employer that declared no wage at all: what it owes for now by article 62, None where nothing says so.

    That is a share of the last month it was charged for; the sum is told and not booked, for nobody can say what of it
    is whose.
    """

    employer: Employer
    last_month: int | None
    fen: int | None


@dataclass(frozen=True)
class MonthRun:
    """What a run of a month comes to. `batch` is None where nobody is to be charged.

    `several` are members whom more than one payer enrols in the month; the one begun last is charged.
    """

    fund: str
    month: Month
    key: str
    on: date
    law: str
    enrolled: int
    charged_before: int
    dues: tuple[Due, ...]
    not_assessed: tuple[NotAssessed, ...]
    differing: tuple[Differing, ...]
    undeclared: tuple[Undeclared, ...]
    rules: Mapping[str, tuple[str, str]]
    several: tuple[str, ...]
    batch: SealedBatch | None = field(repr=False)

    @property
    def charged(self) -> int:
        """How many members this run charges."""
        return sum(due.members for due in self.dues)

    @property
    def pool(self) -> Money:
        """What goes to the pool."""
        return Money.fen(sum(due.pool for due in self.dues))

    @property
    def own(self) -> Money:
        """What goes to the members' own accounts."""
        return Money.fen(sum(due.own for due in self.dues))

    def as_document(self) -> dict[str, Any]:
        """The run as an object, amounts in yuan."""
        return {
            "fund": self.fund, "month": str(self.month), "key": self.key, "on": self.on.isoformat(), "law": self.law,
            "enrolled": self.enrolled, "charged_before": self.charged_before, "charged": self.charged,
            "pool": str(self.pool), "own_accounts": str(self.own),
            "dues": [_due_document(due) for due in self.dues],
            "not_assessed": [
                {"reason": each.name, "say": dict(each.say), "members": list(each.members)}
                for each in self.not_assessed
            ],
            "differing": [
                {"member": each.member, "charged": str(Money.fen(each.charged)), "now": str(Money.fen(each.now)),
                 "payer": each.payer, "payer_now": each.payer_now}
                for each in self.differing
            ],
            "several_payers": list(self.several),
            "undeclared": [_undeclared_document(each) for each in self.undeclared],
            "rules": [{"name": n, "value": v, "source": s} for n, (v, s) in self.rules.items()],
        }  # fmt: skip


def _undeclared_document(each: Undeclared) -> dict[str, Any]:
    last = None if each.last_month is None else f"{each.last_month // 100}-{each.last_month % 100:02}"
    owed = None if each.fen is None else str(Money.fen(each.fen))
    return {"employer": each.employer.id, "name": each.employer.name, "last_month": last, "owed_for_now": owed}


def _due_document(due: Due) -> dict[str, Any]:
    employer = {"employer": due.employer.id, "name": due.employer.name} if due.employer else {"employer": None}
    shares = {"pool": str(Money.fen(due.pool)), "own_accounts": str(Money.fen(due.own))}
    return {**employer, "members": due.members, **shares, "owed": str(Money.fen(due.pool + due.own))}
