"""What the law estimates for a population: where pensions are paid, how much, and how many rest on an assumption.

One run on columns answers for everybody. A second run in mode decision shows whose pension is not sure, for there
every figure that is only assumed is a gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from wayfare.kernel import Money, Place
from wayfare.kernel.status import Mode
from wayfare.law import Law, World
from wayfare.law.unknown import split

__all__ = ["Outcomes", "PensionsOfPlace", "outcomes"]

_GOALS: Final = (
    "place_of_benefit", "pension", "counted_months", "missing_months", "account_transfer", "pooled_transfer",
    "retirement_month",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PensionsOfPlace:
    """The pensions that one province would pay: to how many, and the mean a month."""

    people: int
    mean: Money


@dataclass(frozen=True)
class Outcomes:
    """The answers in sum.

    `short` have paid months but fewer than the minimum by the day asked about, `unknown` lack a fact or a figure, and
    `on_assumptions` have a pension that rests on a figure of the pack. `months` count each paid month once.
    """

    people: int
    months: int
    by_place: Mapping[Place, PensionsOfPlace]
    short: int
    unknown: int
    on_assumptions: int


def outcomes(law: Law, world: World) -> Outcomes:
    """The estimated pensions of the people of a world (on columns), each on the day they ask about."""
    found = law.plan(_GOALS, mode=Mode.ESTIMATE).population(world)
    pension, unknown = split(found.value("pension"))
    place, no_place = split(found.value("place_of_benefit"))
    months, missing = (split(found.value(name))[0] for name in ("counted_months", "missing_months"))
    doubt = np.zeros(world["person"].size, bool)
    for mask in (unknown, no_place):
        doubt |= False if mask is None else mask
    paid = ~doubt & (pension > 0)
    sure = split(law.plan(_GOALS, mode=Mode.DECISION).population(world).value("pension"))[1]
    return Outcomes(
        people=world["person"].size,
        months=int(months.sum()),
        by_place={
            Place.numbered(law.tree.code(int(at))): _of_place(pension[paid & (place == at)])
            for at in np.unique(place[paid])
        },
        short=int((~doubt & (months > 0) & (missing > 0)).sum()),
        unknown=int(doubt.sum()),
        on_assumptions=0 if sure is None else int((paid & sure).sum()),
    )


def _of_place(pensions: np.ndarray[tuple[int], np.dtype[np.int64]]) -> PensionsOfPlace:
    return PensionsOfPlace(len(pensions), Money.fen(int(pensions.sum()) // len(pensions)))
