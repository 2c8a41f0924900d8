"""Months worked without pension insurance, told in words: when, where, what work, and whose duty it was.

The person is never blamed: for work as an employee the insurance was the employer's duty, and the law at hand says what
can still be asked for; for other work nobody was bound, and that is said too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from wayfare.kernel import MonthSpell
from wayfare.portals.language import Words
from wayfare.portals.life_line import EMPLOYERS_DUTY, Bar, Group, LaneKind, LifeLine
from wayfare.portals.life_words import trade_name

__all__ = ["gap_lines", "has_duty"]


ALIKE_MOST: Final = 2
"""How many stretches of the same work at the same place are told one by one; more are told together."""


def gap_lines(life: LifeLine, words: Words) -> tuple[tuple[str, str], ...]:
    """For each gap its months and length, and where and in what work it was; gaps that come every year together."""
    alike: dict[str, list[Bar]] = {}
    for bar in _gaps(life):
        alike.setdefault(_what(bar, life, words), []).append(bar)
    lines: list[tuple[str, str]] = []
    for what, bars in alike.items():
        if len(bars) > ALIKE_MOST:
            lines.append((_together(bars, life, words), what))
        else:
            lines += [(_when(bar, life, words), what) for bar in bars]
    return tuple(lines)


def _together(bars: Sequence[Bar], life: LifeLine, words: Words) -> str:
    last = bars[-1].months.last_month or life.end - 1
    length = sum(bar.months.months_until(life.end) for bar in bars)
    return words.say(
        "gaps.when.often",
        count=words.number(len(bars)), first=words.month(bars[0].months.start), last=words.month(last),
        span=words.duration(length),
    )  # fmt: skip


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
