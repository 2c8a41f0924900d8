"""The whole law of pensions over a million generated lives: every question in one plan, on two processes.

Lives come from a seed, a chunk at a time (`pension_lives.py`), and only sums of each answer are kept, so memory is
flat. A sample is decided on ints too and must agree; a profile tells which rule folders the time goes to.
"""

from __future__ import annotations

import multiprocessing
import os
import platform
import time
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from bench import pension_lives
from bench.measure import peak_mebibytes
from wayfare.kernel.status import Mode
from wayfare.law.columns import People, as_list
from wayfare.law.plan import Plan, Step
from wayfare.law.unknown import split
from wayfare.rulebook import load_rulebook

LIVES, CHUNK, WORKERS = 1_000_000, 10_000, 2
SAMPLE = 200
SECONDS_MOST, MEBIBYTES_MOST = 40, 2048


class Sum(NamedTuple):
    """One answer over many rows: how many there are, how many are unknown, and the sum of the others."""

    rows: int
    unknown: int
    total: int


class Chunk(NamedTuple):
    """What a worker hands back for a chunk: sums by value, seconds of the processor, and its memory."""

    sums: Mapping[str, Sum]
    drawing: float
    deciding: float
    worker: int
    peak: int


@cache
def ground() -> pension_lives.Ground:
    """The rulebook with the base assumptions, as lives stand on it."""
    return pension_lives.Ground(load_rulebook())


@cache
def plan() -> Plan:
    """Everything that the questions about pensions answer with, in one plan."""
    law = ground().law
    asked = [q for name, q in law.questions.items() if name.startswith("pension.")]
    names = dict.fromkeys(name for q in asked for name in q.shown)
    found: Plan = law.plan(names, mode=Mode.ESTIMATE)
    return found


def decided(number: int) -> Chunk:
    """Draws a chunk of lives, decides all of it and adds the answers up."""
    start = time.process_time()
    world = pension_lives.lives(ground(), number, CHUNK)
    drawn = time.process_time()
    people = plan().population(world)
    sums = {name: _sum(people.value(name)) for name, _ in plan().goals}
    return Chunk(sums, drawn - start, time.process_time() - drawn, os.getpid(), peak_mebibytes())


def _sum(column: Any) -> Sum:
    value, unknown = split(column)
    known = value if unknown is None else value[~unknown]
    return Sum(len(value), len(value) - len(known), int(known.sum(dtype=np.int64)))


def added(chunks: list[Chunk]) -> dict[str, Sum]:
    """The sums of all chunks together."""
    return {
        name: Sum(*(sum(parts) for parts in zip(*(c.sums[name] for c in chunks), strict=True)))
        for name, _ in plan().goals
    }


def check_sample() -> int:
    """How many answers of a few lives were compared; raises AssertionError where ints and columns differ."""
    world = pension_lives.lives(ground(), LIVES // CHUNK, SAMPLE)
    lives, people = plan().lives(world), plan().population(world)
    compared = 0
    for name, _ in plan().goals:
        one_by_one = lives.value(name)
        assert as_list(people.value(name)) == one_by_one, f"{name} differs between ints and columns"
        compared += len(one_by_one)
    return compared


class Timed(People):
    """A run that notes the time of every step by the rule folder in which its value stands."""

    def __init__(self, *arguments: Any) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        super().__init__(*arguments)

    def _run(self, step: Step) -> None:
        start = time.process_time()
        super()._run(step)
        self.seconds[_folder(step)] += time.process_time() - start


def _folder(step: Step) -> str:
    law, value = plan().law, step.value
    kinds = [value.name, value.shown, *(str(x) for x in _declared(value))]
    return next((law.homes[name].rpartition("/")[2] for name in kinds if name in law.homes), "elsewhere")


def _declared(value: Any) -> list[Any]:
    """Names under which a value's declaration may stand: a scan gives values under names of its own."""
    x = value.declared[0] if isinstance(value.declared, tuple) else value.declared
    return [getattr(getattr(x, "step", None), "__name__", ""), getattr(x, "key", ""), x]


def shares() -> dict[str, float]:
    """Each rule folder's share of the time, over a few chunks, the greatest first."""
    spent: defaultdict[str, float] = defaultdict(float)
    for number in range(5):
        for folder, seconds in Timed(plan(), pension_lives.lives(ground(), number, CHUNK)).seconds.items():
            spent[folder] += seconds
    whole = sum(spent.values())
    return {folder: seconds / whole for folder, seconds in sorted(spent.items(), key=lambda s: -s[1])}


def main() -> None:
    start = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:  # a fork would copy the locks of other threads
        chunks = list(pool.imap_unordered(decided, range(LIVES // CHUNK)))
    wall = time.perf_counter() - start
    peaks = {c.worker: c.peak for c in chunks}
    memory = sum(max(c.peak for c in chunks if c.worker == w) for w in peaks) + peak_mebibytes()
    drawing, deciding = sum(c.drawing for c in chunks), sum(c.deciding for c in chunks)
    places, years = pension_lives.places_and_years(pension_lives.lives(ground(), 0, CHUNK))
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
    print(f"{LIVES:,} lives, medians {years:.1f} years and {places:.0f} places; {len(plan().steps)} steps, "
          f"{len(plan().goals)} answers")  # fmt: skip
    print(f"wall {wall:.1f} s (asked: {SECONDS_MOST}), {LIVES / wall:,.0f} lives a second, on {len(peaks)} processes")
    print(f"processor: drawing lives {drawing:.1f} s, deciding {deciding:.1f} s")
    print(f"memory at the most, all processes together: {memory} MiB (asked: {MEBIBYTES_MOST})")
    for name, (rows, unknown, total) in added(chunks).items():
        print(f"  {name:28} {rows:>9,} rows {unknown:>9,} unknown, sum {total:,}")
    print(f"{check_sample():,} answers of {SAMPLE} lives are the same on ints")
    for folder, share in shares().items():
        print(f"  {share:6.1%} {folder}")


if __name__ == "__main__":
    main()
