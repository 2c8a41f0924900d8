"""Workload W through the engine: the rule file of `bench.workload` over chunks of lives, and over one life.

Only the plumbing is here: columns in, nine values for each person and the flows between places out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import data, workload
from bench.tables import CREDIT_PERCENT, INTEREST_BP, PAYOUT_MONTHS, PLACES, average_wages
from wayfare.law import Rows, Unsure
from wayfare.law.world import World

Ints = NDArray[np.int64]
Results = tuple[Ints, Ints]  # nine values for each person after their number, and fen by place from and to

LAW = workload.law(average_wages().tolist(), CREDIT_PERCENT, INTEREST_BP, PAYOUT_MONTHS)
PLAN = LAW.plan([*workload.GOALS, "transfer_out", "fund"])
OF_PERSON, OF_RECORD = ("hukou", "age"), ("year", "pool", "months", "wage")
UNKNOWN_EACH = 100  # one row in so many


def run(parts: Sequence[data.Part], chunk: int, unknown: str = "") -> Results:
    """Nine values for each person and the fen that moved from place to place; `unknown` names a fact to hide rows of.

    A value that is not known counts as 0.
    """
    flows = np.zeros((PLACES, PLACES), np.int64)
    results = []
    for part in parts:
        persons, records = data.read(part)
        starts = data.starts(persons, records)
        count = len(persons["person"])
        out = np.empty((count, 10), np.int64)
        out[:, 0] = persons["person"]
        for a in range(0, count, chunk):
            b = min(a + chunk, count)
            world = _world(persons, records, starts, a, b, unknown)
            out[a:b, 1:] = _pensions(world, flows)
        results.append(out)
    return np.concatenate(results), flows


def _pensions(world: World, flows: Ints) -> Ints:
    people = PLAN.population(world)
    owner = people.links["relation", "person"]
    cell = people.value("fund") * PLACES + _known(people.value("last_pool"))[owner]
    np.add.at(flows.reshape(-1), cell, _known(people.value("transfer_out")))
    return np.stack([_known(people.value(goal)) for goal in workload.GOALS], 1)


def _known(column: Any) -> Any:
    return column.value if isinstance(column, Unsure) else column


def _world(persons: data.Columns, records: data.Columns, starts: Ints, a: int, b: int, unknown: str) -> World:
    some: dict[str, Any] = {name: persons[name][a:b].astype(np.int64) for name in OF_PERSON}
    inside = slice(starts[a], starts[b])
    theirs: dict[str, Any] = {name: records[name][inside].astype(np.int64) for name in OF_RECORD}
    for columns in (some, theirs):
        if unknown in columns:
            hidden = np.arange(len(columns[unknown])) % UNKNOWN_EACH == 0
            columns[unknown] = Unsure(np.where(hidden, 0, columns[unknown]), hidden)
    owner = np.repeat(np.arange(b - a), np.diff(starts[a : b + 1]))
    return {"person": Rows(b - a, some), "record": Rows(len(owner), theirs, {"person": owner})}


def one_by_one(part: data.Part, count: int) -> Sequence[World]:
    """The first lives of a part, each as a world of its own, on lists."""
    persons, records = data.read(part)
    starts = data.starts(persons, records).tolist()
    lives = []
    for k in range(count):
        theirs = {name: records[name][starts[k] : starts[k + 1]].tolist() for name in OF_RECORD}
        own = {name: [int(persons[name][k])] for name in OF_PERSON}
        rows = starts[k + 1] - starts[k]
        lives.append({"person": Rows(1, own), "record": Rows(rows, theirs, {"person": [0] * rows})})
    return lives
