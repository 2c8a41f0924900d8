"""Dice that fall alike on every machine.

Only `random.Random.random` is used, seeded with text: Python keeps that sequence for ever, which it does not promise
for any of its other ways to draw. Each life has dice of its own, so lives do not depend on how they are cut in chunks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random

__all__ = ["Dice"]

PER_10_000 = 10_000


class Dice:
    """The dice of one life."""

    def __init__(self, seed: int, number: int) -> None:
        self._random = Random(f"wayfare:{seed}:{number}").random

    def below(self, end: int) -> int:
        """A whole number from 0 until before `end`."""
        return int(self._random() * end)

    def between(self, first: int, end: int) -> int:
        """A whole number from `first` until before `end`."""
        return first + self.below(end - first)

    def falls(self, share: int) -> bool:
        """Whether something with a share in ten-thousandths happens."""
        return self.below(PER_10_000) < share

    def which(self, weights: Sequence[int]) -> int:
        """The place in the list that is drawn, each as often as its weight says."""
        sums = list(accumulate(weights))
        return bisect_right(sums, self.below(sums[-1]))

    def leaning(self, low: int, usual: int, high: int) -> int:
        """A whole number from `low` to `high` that lies below `usual` half of the time, evenly on each side."""
        return self.between(low, usual) if self.falls(PER_10_000 // 2) else self.between(usual, high + 1)
