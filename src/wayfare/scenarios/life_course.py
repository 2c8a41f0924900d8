"""One drawn life as a facts document: registration, residence, jobs and the contributions they brought.

The stays say where; here jobs follow one another in each stay, and insurance follows the jobs, with waiting months and
gaps. Bases are recorded as a fund would record them: a share of the average wage of the year before, inside the floor
and the ceiling. Every number is an assumption of `assumptions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from wayfare.kernel import Money, Month, Place, regions
from wayfare.scenarios.assumptions import assumption
from wayfare.scenarios.dice import PER_10_000, Dice
from wayfare.scenarios.figures import Wages
from wayfare.scenarios.flows import Flows
from wayfare.scenarios.stays import Start, Stay, draw_start, draw_stays

__all__ = ["draw_life"]

_LAW_IN_FORCE: Final = 2011 * 12 + 6  # the Social Insurance Law, from July 2011
_FLEXIBLE_SINCE: Final = 2006 * 12  # flexible workers by one national rule, 国发〔2005〕38号
_GROWN: Final = 18 * 12
_FIRST_JOB: Final = assumption("first_year_away").numbers[0] * 12
_TRADES: Final = ("construction", "manufacturing", "trade and catering", "services", "other")


@dataclass(frozen=True, slots=True)
class _Worker:
    """What stays the same through a working life: formal or not, wage and insurance by their shares, the last month."""

    is_formal: bool
    wage_ratio: int
    insured: int  # a lot from 0 to 9,999; whoever lies below the share of a time is insured in it
    last_month: int


@dataclass(frozen=True, slots=True)
class _Job:
    place: Place
    start: int
    end: int | None


def draw_life(number: int, *, seed: int, flows: Flows, wages: Wages, on: date) -> dict[str, Any]:
    """The facts document of life `number` (its question is the monthly pension), as it stands on the day `on`."""
    dice, until = Dice(seed, number), Month.of(on).index
    start = draw_start(dice, flows)
    group = _group(dice, start)
    born = date(start.birth_month // 12, start.birth_month % 12 + 1, dice.between(1, 29))
    stays = draw_stays(dice, start, flows, until=until)
    worker = _worker(dice, start, group)
    places = [_county(dice, stay.province) for stay in stays]
    jobs = list(_jobs(dice, stays, places, worker, until))
    facts = {
        "person": {"id": f"drawn-{seed}-{number:07d}", "sex": start.sex, "born": born.isoformat(),
                   "retirement_group": group, "source": f"drawn with seed {seed}; direction: {start.direction}"},
        "hukou": _hukou(dice, start, stays, places, born, until),
        "residence": [_residence(stay, place, born) for stay, place in zip(stays, places, strict=True)],
        "work": [_work(dice, job, worker, wages) for job in jobs],
        "insurance": list(_insurance(dice, start, jobs, worker, wages, until)),
    }  # fmt: skip
    return {"question": "pension.monthly", "on": on.isoformat(), "mode": "estimate", "facts": facts}


def _group(dice: Dice, start: Start) -> str:
    at_50 = dice.falls(assumption("women_at_50").number)
    return "male" if start.sex == "male" else "female_50" if at_50 else "female_55"


def _worker(dice: Dice, start: Start, group: str) -> _Worker:
    ages = assumption("last_age").numbers
    first, end = {"male": ages[0:2], "female_55": ages[2:4], "female_50": ages[4:6]}[group]
    return _Worker(
        is_formal=not dice.falls(assumption("informal").number),
        wage_ratio=dice.leaning(*assumption("wage_ratio").numbers),
        insured=dice.below(PER_10_000),
        last_month=start.birth_month + dice.between(first, end) * 12,
    )


@cache
def _counties(province: Place) -> tuple[Place, ...]:
    return tuple(place for place in regions() if place.province == province and place.code[4:] != "00")


def _county(dice: Dice, province: Place) -> Place:
    counties = _counties(province)
    return counties[dice.below(len(counties))]


def _jobs(
    dice: Dice, stays: list[Stay], places: list[Place], worker: _Worker, until: int
) -> Iterator[_Job]:
    for stay, place in zip(stays, places, strict=True):
        start = stay.start if stay is not stays[0] else max(stay.start + _GROWN, _FIRST_JOB)
        end = min(stay.end or until, worker.last_month, until)
        if stay is stays[0] and len(stays) > 1:
            continue  # work at home before the first move was on the land
        while start < end:
            last = min(start + dice.between(*assumption("job_months").numbers), end)
            yield _Job(place, start, None if last == until else last)
            start = last + dice.between(*assumption("gap_months").numbers)


def _hukou(
    dice: Dice, start: Start, stays: list[Stay], places: list[Place], born: date, until: int
) -> list[dict[str, Any]]:
    share, after = assumption("hukou_moved").numbers
    moved = stays[-1].start + after
    home = {"place": str(places[0]), "kind": "agricultural", "from": born.isoformat(), "to": None}
    if start.direction != "settle" or not dice.falls(share) or len(stays) == 1 or moved >= until:
        return [home]
    there = {"place": str(places[-1]), "kind": "resident", "from": _first_day(moved), "to": None}
    return [home | {"to": _first_day(moved)}, there]


def _residence(stay: Stay, place: Place, born: date) -> dict[str, Any]:
    since = born.isoformat() if stay.start == Month.of(born).index else _first_day(stay.start)
    return {"place": str(place), "from": since, "to": None if stay.end is None else _first_day(stay.end)}


def _work(dice: Dice, job: _Job, worker: _Worker, wages: Wages) -> dict[str, Any]:
    has_contract = worker.is_formal and dice.falls(assumption("contract").number)
    wage = _wage(job.place.province, job.start // 12, worker, wages)
    return {
        "place": str(job.place), "from": _first_day(job.start), "to": None if job.end is None else _first_day(job.end),
        "kind": "employee" if worker.is_formal else "informal",
        "contract": {"kind": "fixed_term" if has_contract else "none"},
        "trade": _TRADES[dice.which(assumption("trades").numbers)], "monthly_wage": str(Money.fen(wage)),
    }  # fmt: skip


def _insurance(
    dice: Dice, start: Start, jobs: list[_Job], worker: _Worker, wages: Wages, until: int
) -> Iterator[dict[str, Any]]:
    for job in jobs:
        waits = dice.between(*assumption("waiting_months").numbers)
        first, place = _insured_from(worker), job.place.province
        if not worker.is_formal:
            place = start.home
        begin = max(job.start + waits, first) if first is not None else until
        if begin < (job.end or until):
            yield _spell(place, begin, job.end, worker, wages, until)


def _insured_from(worker: _Worker) -> int | None:
    """The first month in which this worker would be insured in a job; None for never."""
    if not worker.is_formal:
        return _FLEXIBLE_SINCE if worker.insured < assumption("insured_flexible").number else None
    if worker.insured < assumption("insured_before").number:
        return assumption("first_insured_year").number * 12
    return _LAW_IN_FORCE if worker.insured < assumption("insured_since").number else None


def _spell(place: Place, begin: int, end: int | None, worker: _Worker, wages: Wages, until: int) -> dict[str, Any]:
    last_year = ((end or until) - 1) // 12
    return {
        "scheme": "employee_pension", "place": str(place), "basis": "employee" if worker.is_formal else "flexible",
        "from": str(Month.at(begin)), "to": None if end is None else str(Month.at(end)),
        "years": [{"year": year, "base": str(Money.fen(_base(place, year, worker, wages)))}
                  for year in range(begin // 12, last_year + 1)],
    }  # fmt: skip


def _wage(province: Place, year: int, worker: _Worker, wages: Wages) -> int:
    """A month's wage in whole yuan, as fen."""
    return wages[province, year] * worker.wage_ratio // (PER_10_000 * 12 * 100) * 100


def _base(province: Place, year: int, worker: _Worker, wages: Wages) -> int:
    """The base of a year: the wage of the year before inside floor and ceiling, in whole yuan, as fen."""
    floor, ceiling = assumption("base_floor").numbers
    ratio = min(max(worker.wage_ratio, floor), ceiling)
    return -(-wages[province, year - 1] * ratio // (PER_10_000 * 12 * 100)) * 100


def _first_day(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}-01"
