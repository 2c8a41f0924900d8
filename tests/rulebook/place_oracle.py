"""Which province pays, worked out from article 6 by walking months one by one; shares nothing with the rulebook."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Stay:
    """A run of months in a province, from `first` until before `end` (months since year 0), as recorded."""

    province: str
    first: int
    end: int
    is_temporary: bool


def age_reached(born: date, asked: date) -> int:
    """The month in which a man reaches the age of the law of the day asked about."""
    month = born.year * 12 + born.month - 1
    delay = 0
    if asked >= date(2025, 1, 1):
        for birth in range(1965 * 12, month + 1):
            delay += (birth - 1965 * 12) % 4 == 0
    return month + 720 + min(delay, 36)


def deciding_day(born: date, asked: date) -> date:
    """The birthday on which the age is reached, or the day asked about if that month has not come."""
    month = age_reached(born, asked)
    if asked.year * 12 + asked.month - 1 < month:
        return asked
    year, number = month // 12, month % 12 + 1
    return date(year, number, min(born.day, calendar.monthrange(year, number)[1]))


def paying_province(stays: list[Stay], hukou: list[tuple[str, date]], born: date, asked: date) -> str:
    """Article 6: `hukou` are provinces with the first day of each, in order."""
    day = deciding_day(born, asked)
    home, since = [(p, d) for p, d in hukou if d <= day][-1] if len(hukou) > 1 else hukou[0]
    has_settled = since.year * 12 + since.month < day.year * 12 + day.month
    seen: set[int] = set()
    months: dict[str, int] = {}
    last: dict[str, int] = {}
    here, until = home, 0
    for stay in sorted(stays, key=lambda x: (x.is_temporary, x.province)):
        mine = set(range(stay.first, stay.end)) - seen
        seen |= mine
        if stay.is_temporary and not (stay.province == home and has_settled):
            continue
        months[stay.province] = months.get(stay.province, 0) + len(mine)
        last[stay.province] = max(last.get(stay.province, 0), stay.end)
        if stay.end > until:
            here, until = stay.province, stay.end
    if here == home or months.get(here, 0) >= 120:
        return here
    ten = [p for p, n in months.items() if n >= 120]
    return max(ten, key=lambda p: (last[p], p)) if ten else home
