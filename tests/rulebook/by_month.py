"""The account, the transfer and the months, worked out another way: month by month, in exact fractions.

Nothing here is shared with the rulebook; the figures are typed in again from the sources. It knows only what its tests
need: paid months, ordinary accounts, one province at a time, rates since 2016 as they are announced each June.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

RATES = {
    2016: "8.31", 2017: "7.12", 2018: "8.29", 2019: "7.61", 2020: "6.04", 2021: "6.69", 2022: "6.12", 2023: "3.97",
    2024: "2.62", 2025: "1.50",
}  # fmt: skip
SHARE_SINCE_2006 = Fraction(8, 100)


@dataclass(frozen=True)
class Run:
    """Months from `first` until before `end` (year, month) with one base in fen, in a province."""

    province: str
    first: tuple[int, int]
    end: tuple[int, int]
    base: int

    def months(self) -> list[tuple[int, int]]:
        start, stop = self.first[0] * 12 + self.first[1] - 1, self.end[0] * 12 + self.end[1] - 1
        return [(i // 12, i % 12 + 1) for i in range(start, stop)]


def announced(asked: tuple[int, int]) -> int:
    """The last year whose rate is announced in the month asked about."""
    return asked[0] - 1 if asked[1] >= 6 else asked[0] - 2


def rounded(x: Fraction) -> int:
    """Halves up, to whole fen."""
    return int(x + Fraction(1, 2)) if x >= 0 else -int(-x + Fraction(1, 2))


def kept(runs: Iterable[Run]) -> dict[tuple[int, int], Run]:
    """Each month with the run in which it counts: the first in the order given."""
    out: dict[tuple[int, int], Run] = {}
    for run in runs:
        for month in run.months():
            out.setdefault(month, run)
    return out


def balance(runs: list[Run], province: str, asked: tuple[int, int], *, in_running_year: bool = True) -> int:
    """The account of a province in fen before the month asked about; without the running year's interest if so said."""
    mine = {m: run for m, run in kept(runs).items() if run.province == province and m < asked}
    total = 0
    for year in range(2016, asked[0] + 1):
        passed = 12 if year < asked[0] else asked[1] - 1
        is_open = year == asked[0] or not in_running_year
        rate = Fraction(RATES[min(year, announced(asked)) if is_open else year]) / 100
        credits = {month: run.base for (y, month), run in mine.items() if y == year}
        earning = passed == 12 or in_running_year
        opening = rounded(total * rate * passed / 12) if earning else 0
        weights = sum(base * (passed - month + 1) for month, base in credits.items())
        own = rounded(weights * SHARE_SINCE_2006 * rate / 12) if earning else 0
        total += opening + rounded(sum(credits.values()) * SHARE_SINCE_2006) + own
    return total


def pooled(runs: list[Run], province: str) -> int:
    """Twelve per cent of the wages of a province, in fen, rounded once."""
    return rounded(sum(run.base for run in kept(runs).values() if run.province == province) * Fraction(12, 100))
