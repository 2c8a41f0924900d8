"""The claims about the engine of the law, measured side by side: `python -m bench law`.

Workload W by hand, through the engine, and in OpenFisca-Core on the same rows; one life with every value told; unknown
wages; months counted once; texts by date and place. README.md tells the method and holds the last figures.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from bench import by_hand, careers, data, engine
from bench.measure import RUNS, best_size, in_turn, peak_mebibytes, peak_of, seconds, told, wall_and_processor
from bench.openfisca_process import NotToBeHad, OpenFisca
from wayfare.law import Law
from wayfare.law.reasons import log

LIVES = 1_000_000
LIVES_IN_OPENFISCA = 200_000
LIVES_ONE_BY_ONE = 500
SPELLS = 2_500_000
CHUNKS = (3_125, 6_250, 12_500)  # parts of 62,500 and of 12,500 lives divide evenly
CHUNK = 6_250  # where nothing is searched for

SIDES = {"engine": engine.run, "by_hand": by_hand.run}


def workload() -> dict[str, int]:
    """W at a million lives by hand and through the engine; gives each side's best chunk size."""
    parts = data.lives(LIVES)
    (ours, our_flows), (theirs, their_flows) = engine.run(parts, CHUNK), by_hand.run(parts, CHUNK)
    _must_be_equal((ours, our_flows), (theirs, their_flows))
    del ours, theirs
    best = {name: best_size(lambda size, run=run: run(parts, size), CHUNKS) for name, run in SIDES.items()}
    both = in_turn({
        "by hand": lambda: wall_and_processor(lambda: by_hand.run(parts, best["by_hand"])),
        "engine": lambda: wall_and_processor(lambda: engine.run(parts, best["engine"])),
        "unknown": lambda: wall_and_processor(lambda: engine.run(parts, best["engine"], "wage")),
        "reading": lambda: wall_and_processor(lambda: [data.read(part) for part in parts]),
    })  # fmt: skip
    taken = {name: [wall for wall, _ in times] for name, times in both.items()}
    middle = {name: statistics.median(times) for name, times in taken.items()}
    spent = {name: statistics.median(processor for _, processor in times) for name, times in both.items()}
    print(f"W, {LIVES:,} lives; every row and flow is equal")
    print(f"  by hand, chunks of {best['by_hand']:>6,}   {told(taken['by hand'])}")
    print(f"  engine, chunks of  {best['engine']:>6,}   {told(taken['engine'])}")
    _ratio("  engine's share of the speed by hand", middle["by hand"] / middle["engine"], "at least 0.80")
    _ratio("  the same by processor time", spent["by hand"] / spent["engine"], "")
    print(f"  engine, 1 % of the wages unknown  {told(taken['unknown'])}")
    _ratio("  times the time without unknowns", middle["unknown"] / middle["engine"], "less than 1.70")
    print(f"  reading the Parquet alone         {told(taken['reading'])}")
    return best


def memory(best: dict[str, int]) -> None:
    """The peak of each side in a process of its own."""
    for name, limit in (("engine", "less than 450"), ("by_hand", "")):
        _ratio(f"  peak memory of {name}, MiB", peak_of("peak", name, str(best[name])), limit)


def openfisca() -> None:
    """The engine against OpenFisca-Core, which is installed on demand; says so where it cannot be had."""
    parts = data.lives(LIVES_IN_OPENFISCA)
    try:
        with OpenFisca(LIVES_IN_OPENFISCA) as other:
            _must_be_equal(engine.run(parts, CHUNK), (other.rows, other.flows))
            chunk = best_size(lambda size: engine.run(parts, size), CHUNKS)
            taken = in_turn({
                "OpenFisca-Core": other.seconds,
                "engine": lambda: seconds(lambda: engine.run(parts, chunk)),
            })  # fmt: skip
    except (NotToBeHad, OSError) as problem:
        print(f"OpenFisca-Core was not measured: {problem}")
        return
    print(f"W, {LIVES_IN_OPENFISCA:,} lives, OpenFisca-Core in {data.PARTS} pieces; every row and flow is equal")
    for name, times in taken.items():
        print(f"  {name:<33} {told(times)}")
    middle = {name: statistics.median(times) for name, times in taken.items()}
    _ratio("  times OpenFisca-Core's speed", middle["OpenFisca-Core"] / middle["engine"], "at least 8")


def one_life() -> None:
    """One person on Python ints with a line for every value; the plan is made before."""
    decided, explained, lines = [], [], []
    for world in engine.one_by_one(data.lives(LIVES)[0], LIVES_ONE_BY_ONE):
        start = time.perf_counter()
        lives = engine.PLAN.lives(world)
        decided.append(time.perf_counter() - start)
        lines.append(len(log(lives)))
        explained.append(time.perf_counter() - start)
    print(f"One life on ints, median of {LIVES_ONE_BY_ONE}")
    print(f"  decided                           {statistics.median(decided) * 1e3:7.3f} ms")
    print(f"  with every value told             {statistics.median(explained) * 1e3:7.3f} ms   asked: less than 1 ms")
    print(f"  lines told                        {statistics.median(lines):7.0f}, at most {max(lines)}")


def months_once() -> None:
    """Overlapping monthly spells cut at years, each month counted once; the drawing of lives is not timed."""
    plan = careers.months_law().plan(["paid_months"])

    def counted() -> float:
        draw = np.random.default_rng(careers.FIRST)
        spells, taken = 0, 0.0
        while spells < SPELLS:
            world = careers.spells(draw, CHUNK)
            spells += world["spell"].size
            taken += seconds(lambda world=world: plan.population(world))
        return taken

    times = in_turn({"months": counted})["months"]
    print(f"Months reported by several funds, {SPELLS:,} spells")
    print(f"  counted once                      {told(times)}   asked: less than 5 s")


def texts() -> None:
    """A clause with a text by date and place, and a dated and placed table, per million rows."""
    print("Texts in force by date and place, ms for a million rows, facts taken in and checked")
    for periods, places in ((1, ()), (5, ()), (5, range(0, 31, 4)), (5, range(31))):
        shown = f"{periods} of the nation" + (f" and of {len(places)} places" if places else "")
        print(f"  {shown:<33} {_per_million(careers.awards_law(periods=periods, places=places), 'award'):7.1f}")
    print(f"  {'a row by date and place':<33} {_per_million(careers.awards_law(periods=5), 'supplement'):7.1f}")


def _per_million(law: Law, goal: str) -> float:
    plan = law.plan([goal])
    world = careers.retired(np.random.default_rng(1), CHUNK)
    times = [seconds(lambda: plan.population(world)) for _ in range(20 * RUNS)]
    return statistics.median(times) * 1e3 * 1_000_000 / CHUNK


def _must_be_equal(ours: engine.Results, theirs: engine.Results) -> None:
    if not all(np.array_equal(mine, other) for mine, other in zip(ours, theirs, strict=True)):
        sys.exit("The two sides do not give the same rows and flows, so their speed says nothing.")


def _ratio(what: str, found: float, asked: str) -> None:
    shown = f"{found:7.0f}" if found >= 100 else f"{found:7.2f}"
    print(f"{what:<35} {shown}{'     asked: ' + asked if asked else ''}")


def peak(side: str, chunk: str) -> None:
    """Runs one side once and prints this process's peak, in MiB."""
    SIDES[side](data.lives(LIVES), int(chunk))
    print(peak_mebibytes())


def main() -> None:
    best = workload()
    memory(best)
    openfisca()
    for job in (one_life, months_once, texts):
        job()


if __name__ == "__main__":
    jobs: dict[str, Callable[..., None]] = {"peak": peak, "": main}
    jobs[sys.argv[1] if len(sys.argv) > 1 else ""](*sys.argv[2:])
