"""What someone can change of a life: levers say which facts, to what, how long it takes and what it costs.

A change is one lever pulled at one row by one amount. `wayfare.law.ways` tries sets of them on the evaluator itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from wayfare.law.declared import Lever
from wayfare.law.errors import UnknownValue

if TYPE_CHECKING:
    from wayfare.law.ints import Lives

__all__ = ["Change", "Way", "changes_of"]


@dataclass(frozen=True)
class Change:
    """One change to one fact of one row: to a value, or by an amount; days it takes, cost in fen, who can make it.

    `becomes` is what the fact then is, None where nobody knows what it is now.
    """

    fact: str
    row: int
    to: int | None = None
    by: int | None = None
    days: int = 0
    cost: int = 0
    who: str = "person"
    say: Mapping[str, str] = field(default_factory=dict, compare=False, hash=False)
    ref: str = ""
    becomes: int | None = field(default=None, compare=False)

    @property
    def size(self) -> int:
        return abs(self.by) if self.by is not None else 0


@dataclass(frozen=True)
class Way:
    """A set of changes that turns the answer, with the answer it gives; `days` is that of the slowest change."""

    changes: tuple[Change, ...]
    answer: int
    days: int
    cost: int


def changes_of(lives: Lives, levers: Mapping[str, Lever]) -> list[Change]:
    """The changes that levers allow in this one life: for each row of the fact, and each amount."""
    out = []
    for lever in levers.values():
        level = lives.law.values[lever.fact].level
        for row in range(lives.size[level]):
            if lever.where is not None and not _holds(lives, lever.where, level, row):
                continue
            refs = lives.world[level].refs if level in lives.world else ()
            about: dict[str, Any] = {
                "cost": lever.cost, "who": lever.who, "say": lever.say, "ref": refs[row] if row < len(refs) else "",
            }  # fmt: skip
            if lever.to is not None:
                out.append(Change(lever.fact, row, to=lever.to, days=lever.days, **about))
            out += [Change(lever.fact, row, by=n, days=lever.days + n * lever.days_each, **about) for n in lever.by]
    told = [replace(c, becomes=_after(lives, c)) for c in out]
    return [c for c in told if _is_possible(lives, c)]


def _holds(lives: Lives, where: str, level: str, row: int) -> bool:
    if (where, level) not in lives.v:
        raise UnknownValue(
            f"A lever holds where {where}, which this plan does not find.", next_step="Add it to the plan's goals."
        )
    return bool(lives.v[where, level][row])


def _is_possible(lives: Lives, change: Change) -> bool:
    """Whether the changed fact is known and stays within its bounds."""
    declared = lives.law.values[change.fact].declared
    return change.becomes is not None and int(declared.low) <= change.becomes <= int(declared.high)


def _after(lives: Lives, change: Change) -> int | None:
    """What the fact is after the change; None where nobody knows from what to count."""
    if change.to is not None:
        return change.to
    value = lives.law.values[change.fact]
    column = lives.v.get((change.fact, value.level))
    now = column[change.row] if column is not None else value.declared.absent
    return now + int(change.by or 0) if isinstance(now, int) else None
