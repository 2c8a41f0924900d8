"""Months worked without pension insurance, told in words: when, where, what work, and whose duty it was.

The person is never blamed: for work as an employee the insurance was the employer's duty, and the law at hand says what
can still be asked for; for other work nobody was bound, and that is said too.
"""

from __future__ import annotations

from collections.abc import Iterator

from wayfare.kernel import MonthSpell
from wayfare.portals.language import Words
from wayfare.portals.life_line import EMPLOYERS_DUTY, Bar, Group, LaneKind, LifeLine
from wayfare.portals.life_words import trade_name

__all__ = ["gap_lines", "has_duty"]


def gap_lines(life: LifeLine, words: Words) -> tuple[tuple[str, str], ...]:
    """For each gap its months and length, and where and in what work it was."""
    return tuple((_when(bar, life, words), _what(bar, life, words)) for bar in _gaps(life))


def has_duty(life: LifeLine) -> bool:
    """Whether some gap was an employer's duty."""
    return any(bar.notes == EMPLOYERS_DUTY for bar in _gaps(life))


def _gaps(life: LifeLine) -> Iterator[Bar]:
    for lane in life.lanes:
        if lane.kind is LaneKind.NOT_INSURED and lane.group is Group.PENSION:
            yield from lane.bars


def _when(bar: Bar, life: LifeLine, words: Words) -> str:
    length = bar.months.months_until(life.end)
    last = bar.months.last_month or bar.months.start
    form = "one" if last == bar.months.start else "many"
    return words.say(
        f"gaps.when.{form}",
        first=words.month(bar.months.start), last=words.month(last), span=words.duration(length),
    )  # fmt: skip


def _what(bar: Bar, life: LifeLine, words: Words) -> str:
    trades = dict.fromkeys(trade_name(label, words) for label in _trades(bar.months, bar, life))
    key = f"gaps.{'duty' if bar.notes == EMPLOYERS_DUTY else 'free'}.{'trade' if trades else 'work'}"
    return words.say(key, place=words.place(bar.place), trade=words.listed(list(trades)))


def _trades(months: MonthSpell, bar: Bar, life: LifeLine) -> Iterator[str]:
    """The trades of the jobs that the gap lies in, as the document names them."""
    for lane in life.lanes:
        if lane.kind is LaneKind.WORKED:
            here = (job for job in lane.bars if job.place == bar.place and job.months.overlaps(months))
            yield from (job.label for job in here if job.label)
