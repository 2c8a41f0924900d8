"""How the benches measure: sides in turn so that the machine's mood meets all, medians, and peak memory of a process.

A machine that others use is noisy; a ratio of two sides that alternate in one run says more than two times do.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

RUNS = 5
T = TypeVar("T")


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def wall_and_processor(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock on the wall and of the processor; others' load touches the second less."""
    start, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - spent


def in_turn(sides: Mapping[str, Callable[[], T]], runs: int = RUNS) -> dict[str, list[T]]:
    """What each side says it took, `runs` times, one side after the other."""
    taken: dict[str, list[T]] = {name: [] for name in sides}
    for _ in range(runs):
        for name, side in sides.items():
            taken[name].append(side())
    return taken


def best_size(work: Callable[[int], object], sizes: Sequence[int], runs: int = 2) -> int:
    """The chunk size at which a side spends the least processor time, the least of `runs` times each."""
    taken = in_turn({str(size): lambda size=size: wall_and_processor(lambda: work(size)) for size in sizes}, runs)
    return min(sizes, key=lambda size: min(spent for _, spent in taken[str(size)]))


def told(taken: Sequence[float]) -> str:
    """Median and best of some seconds."""
    return f"{statistics.median(taken):7.3f} s (best {min(taken):.3f})"


def peak_mebibytes() -> int:
    """The most memory this process ever held; a process forgets its parent's, which getrusage does not."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def peak_of(*arguments: str) -> int:
    """What `python -m bench.law ...` prints as its peak when it runs in a process of its own."""
    done = subprocess.run([sys.executable, "-m", "bench.law", *arguments], check=True, capture_output=True, text=True)
    return int(done.stdout)


@dataclass(frozen=True)
class Figure:
    """One line of a bench's table: what was measured, what came out and what was asked.

    `number` is the plain figure (seconds, bytes, a ratio) that others reckon with, under `name`.
    """

    what: str
    measured: str
    asked: str = ""
    name: str = ""
    number: float = 0.0


def table(figures: Iterable[Figure]) -> str:
    """The figures as lines of a Markdown table."""
    lines = (f"| {each.what} | {each.measured} | {each.asked} |" for each in figures)
    return "\n".join(("| what | measured | asked |", "| --- | --- | --- |", *lines))
