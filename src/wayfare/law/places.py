"""The tree of places that the law knows: nation above provinces above prefectures above counties.

Inside the engine a place is its number in the tree, so that columns can gather; outside it is its six-digit code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wayfare.law.errors import BadFact

__all__ = ["PlaceTree"]

MUNICIPALITIES = frozenset({110_000, 120_000, 310_000, 500_000})  # provinces by rank and each one city (GB/T 2260)


@dataclass(frozen=True)
class PlaceTree:
    """Codes in order, and for each the number of the place above it (-1 below the nation)."""

    codes: tuple[int, ...]
    above: tuple[int, ...]
    _numbers: dict[int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_numbers", {code: i for i, code in enumerate(self.codes)})

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int | None]]) -> PlaceTree:
        """From (code, code of the place above or None); a place comes after the one above it."""
        numbers: dict[int, int] = {}
        above = []
        for code, parent in pairs:
            above.append(-1 if parent is None else numbers[parent])
            numbers[code] = len(numbers)
        return cls(tuple(numbers), tuple(above))

    @classmethod
    def flat(cls, count: int) -> PlaceTree:
        """`count` provinces whose codes are their numbers: for small packs and benches."""
        return cls(tuple(range(count)), (-1,) * count)

    def __len__(self) -> int:
        return len(self.codes)

    def number(self, code: Any) -> int:
        """Number of a code; raises BadFact for a place that the law does not know."""
        try:
            return self._numbers[int(code)]
        except (KeyError, ValueError, TypeError) as fault:
            raise BadFact(
                f"{code!r} is no place that the law knows.", next_step="Use a six-digit code of GB/T 2260."
            ) from fault

    def code(self, number: int) -> int:
        """Code of a number."""
        return self.codes[number]

    def chain(self, number: int) -> list[int]:
        """The place and those above it, the narrowest first."""
        out = []
        while number >= 0:
            out.append(number)
            number = self.above[number]
        return out

    @cached_property
    def parents(self) -> NDArray[np.int64]:
        """For each place the number of the place above it, -1 below the nation."""
        return np.array(self.above, np.int64)

    @cached_property
    def province(self) -> NDArray[np.int64]:
        """For each place the number of its province."""
        return np.array([self.chain(i)[-1] for i in range(len(self))], np.int64)

    @cached_property
    def city(self) -> NDArray[np.int64]:
        """For each place the number of its city: of a municipality itself, else the place just below the province."""
        out = self.province.copy()
        for i in range(len(self)):
            chain = self.chain(i)
            if len(chain) > 1 and self.codes[chain[-1]] not in MUNICIPALITIES:
                out[i] = chain[-2]
        return out

    @cached_property
    def by_code(self) -> NDArray[np.int64]:
        """Number of each code for columns of codes, -1 where there is none."""
        out = np.full(max(self.codes, default=0) + 1, -1, np.int64)
        out[list(self.codes)] = np.arange(len(self.codes))
        return out
