"""Work that takes the processor, taken off the event loop: in a few threads, with a queue that has an end.

A request that finds the queue full is refused at once and told to come back, so that those already waiting are answered
in time.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar

from wayfare.app.errors import Busy

__all__ = ["WAITING_MOST", "work_out"]

THREADS = max(2, os.cpu_count() or 1)
WAITING_MOST = 64
"""How many requests may wait for a thread; an answer takes some hundredths of a second."""

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class _Queue:
    limiter: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(THREADS))
    inside: int = 0


_queue: RunVar[_Queue] = RunVar("wayfare_queue")


async def work_out(function: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
    """What the function gives, found in a thread. Raises Busy when too many are waiting."""
    queue = _of_this_loop()
    if queue.inside >= THREADS + WAITING_MOST:
        raise Busy(
            f"{WAITING_MOST} questions are waiting already.", next_step="Ask again in a few seconds; nothing is lost."
        )
    queue.inside += 1
    try:
        return await to_thread.run_sync(lambda: function(*args, **named), limiter=queue.limiter)
    finally:
        queue.inside -= 1


def _of_this_loop() -> _Queue:
    try:
        return _queue.get()
    except LookupError:
        _queue.set(made := _Queue())
        return made
