"""The calendar month, which is what contributions are counted in.

A month is written "2024-06" and knows its index, year times twelve plus month less one, so months subtract to a whole
number. The years taken are 1900 to 2199: the earliest birth a number can carry, and the longest outlook needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, overload

from wayfare.kernel.errors import WayfareError

__all__ = ["FIRST_MONTH", "LAST_MONTH", "Month", "MonthOutOfRange", "NotAMonth"]

_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199
_TEXT = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class NotAMonth(WayfareError):
    """A text is not a month such as "2024-06"."""

    code = "WF-KRN-004"


class MonthOutOfRange(WayfareError):
    """A month lies outside the years 1900 to 2199 that Wayfare counts in."""

    code = "WF-KRN-005"


@dataclass(frozen=True, order=True, init=False, slots=True)
class Month:
    """A calendar month; `Month("2024-06") + 7` is January 2025.

    Raises NotAMonth for other text, and MonthOutOfRange outside 1900 to 2199, also as the outcome of arithmetic.
    """

    index: int
    """Year times twelve plus the month less one: 24293 for 2024-06."""

    def __init__(self, text: str) -> None:
        found = _TEXT.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            shown = repr(text)
            raise NotAMonth(
                f"{shown if len(shown) <= 40 else shown[:40] + '...'} is not a month.",
                next_step='Write it as text: year, hyphen, month in two digits, such as "2024-06".',
            )
        object.__setattr__(self, "index", _in_range(int(found[1]) * 12 + int(found[2]) - 1))

    @classmethod
    def at(cls, index: int) -> Month:
        """The month with this index. Raises MonthOutOfRange."""
        month = object.__new__(cls)
        object.__setattr__(month, "index", _in_range(index))
        return month

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that a day lies in."""
        return cls.at(day.year * 12 + day.month - 1)

    @property
    def year(self) -> int:
        return self.index // 12

    @property
    def number(self) -> int:
        """The month within its year, 1 to 12."""
        return self.index % 12 + 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        # The month after the last of all has no Month, but it has a first day.
        return date((self.index + 1) // 12, (self.index + 1) % 12 + 1, 1) - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many days the month has."""
        return self.last_day.day

    def __add__(self, months: int) -> Month:
        if not isinstance(months, int):
            return NotImplemented
        return Month.at(self.index + months)

    @overload
    def __sub__(self, other: Month) -> int: ...
    @overload
    def __sub__(self, other: int) -> Month: ...
    def __sub__(self, other: Month | int) -> int | Month:
        if isinstance(other, Month):
            return self.index - other.index
        if isinstance(other, int):
            return Month.at(self.index - other)
        return NotImplemented

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def __repr__(self) -> str:
        return f"Month({str(self)!r})"


def _in_range(index: int) -> int:
    if not _FIRST_YEAR <= index // 12 <= _LAST_YEAR:
        year = str(index // 12) if abs(index) < 10**9 else "far away"
        raise MonthOutOfRange(
            f"Month {index % 12 + 1} of year {year} is outside {_FIRST_YEAR} to {_LAST_YEAR}.",
            next_step="Check the year; a spell that has no end is written with the end left open.",
        )
    return index


FIRST_MONTH: Final = Month.at(_FIRST_YEAR * 12)
LAST_MONTH: Final = Month.at(_LAST_YEAR * 12 + 11)
