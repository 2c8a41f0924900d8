"""Generated lives for the whole law of pensions, a chunk at a time as columns, from a seed: nothing is kept on disk.

A life has an age from 20 to 65 on the day asked about, a career of stays in provinces (12 years and 3 places in the
median), and a base for each year around the local average wage. Some months are deemed, on a temporary account or
reported by two funds; some funds recorded a balance, some people moved their registration, ended a relation, paid as
residents or draw a pension.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wayfare.law import Law, Rows
from wayfare.law.world import World

Ints = NDArray[np.int64]
Columns = dict[str, Ints]

SEED = 20260703
DAY = date(2026, 7, 3)
MONTH = DAY.year * 12 + DAY.month - 1
FIRST_YEAR, AFTER = DAY.year - 66, DAY.year + 1  # the years of these lives
STAYS = 6
DEEMED_UNTIL = 1996 * 12
DAYS_TO_BIRTHDAY = 27
OPEN_DAY, OPEN_MONTH = date(2200, 1, 1).toordinal(), 2200 * 12
NO_SURRENDER, RESIDENTS_SINCE, ALL_MONTHS = 2009 * 12, 2010, 4095
ACTUAL, DEEMED = 0, 1
EMPLOYEE, FLEXIBLE = 0, 1


@dataclass(frozen=True)
class Ground:
    """What lives stand on: the cities of each province with people, and its average wages by year, in fen a year."""

    law: Law

    @cached_property
    def provinces(self) -> Ints:
        """The provinces that have an average wage, by their number in the tree."""
        return np.flatnonzero(self._wages.any(1))

    @cached_property
    def cities(self) -> list[Ints]:
        """Up to ten places below each of these provinces."""
        tree = self.law.tree
        below = [np.flatnonzero((tree.province == p) & (tree.parents >= 0))[:10] for p in self.provinces]
        return [found if len(found) else np.array([p]) for p, found in zip(self.provinces, below, strict=True)]

    @cached_property
    def city_table(self) -> Ints:
        """The same with ten columns, cities repeating where there are fewer."""
        return np.stack([np.resize(found, 10) for found in self.cities])

    @cached_property
    def wages(self) -> Ints:
        """Average wage by province and by year since `FIRST_YEAR`, the nearest known year's where there is none."""
        table = self._wages[self.provinces]
        years = np.arange(table.shape[1])
        for wages in table:
            known = np.flatnonzero(wages)
            wages[:] = wages[known[np.abs(known[:, None] - years).argmin(0)]]
        return table

    @cached_property
    def _wages(self) -> Ints:
        table = np.zeros((len(self.law.tree), AFTER - FIRST_YEAR), np.int64)
        known = self.law.parameters["average_wage"]
        for row in (*known.pack, *known.rows):
            if row.places and FIRST_YEAR <= row.key[0] < AFTER:
                table[self.law.tree.number(row.places[0]), row.key[0] - FIRST_YEAR] = row.value
        return table


def lives(ground: Ground, chunk: int, count: int) -> dict[str, Rows]:
    """The rows of the `count` lives of a chunk; a chunk is the same whoever draws it."""
    draw = np.random.default_rng([SEED, chunk])
    people = _people(draw, count)
    stays = _stays(draw, people, ground)
    runs = _runs(draw, people, stays, ground)
    years = _resident_years(draw, people, ground)
    world: dict[str, Rows] = {"person": Rows(count, _chosen(draw, people))}
    for level, columns in (
        ("hukou_spell", _registrations(draw, people, ground)),
        ("contribution", runs),
        ("account_record", _balances(draw, runs)),
        ("work_spell", _work(draw, stays, ground)),
        ("resident_contribution", years),
        ("resident_record", _resident_balances(draw, years)),
        ("benefit", _benefits(draw, people, ground)),
    ):
        person = columns.pop("person")
        world[level] = Rows(len(person), columns, {"person": person})
    for level, info in ground.law.levels.items():  # facts that these lives have none of
        if info.maker is None and level not in world:
            world[level] = Rows(0, {}, {up: np.zeros(0, np.int64) for up in info.above})
    return world


def _people(draw: np.random.Generator, count: int) -> Columns:
    birth_month = MONTH - draw.integers(20 * 12, 65 * 12 + 1, count)
    female = (draw.random(count) < 0.47).astype(np.int64)
    return {
        "born": _first_day(birth_month) + draw.integers(0, DAYS_TO_BIRTHDAY, count),
        "birth_month": birth_month,
        "sex": female,
        "retirement_group": np.where(female == 1, 1 + (draw.random(count) < 0.6), 0),
        "asked_day": np.full(count, DAY.toordinal()),
        "asked_month": np.full(count, MONTH),
        "home": draw.integers(0, 1 << 30, count),
    }


def _chosen(draw: np.random.Generator, people: Columns) -> Columns:
    """What a person may choose or add, which few do."""
    count = len(people["born"])
    return {name: column for name, column in people.items() if name != "home"} | {
        "chosen_age_months": _some(draw, count, 0.03) * draw.integers(50 * 12, 66 * 12, count),
        "further_months": _some(draw, count, 0.5) * draw.integers(1, 241, count),
        "is_special_work": _some(draw, count, 0.01),
        "is_approved_transfer": _some(draw, count, 0.01),
        "died_day": np.where(draw.random(count) < 0.005, DAY.toordinal() - draw.integers(0, 2000, count), OPEN_DAY),
    }


def _some(draw: np.random.Generator, count: int, share: float) -> Ints:
    return (draw.random(count) < share).astype(np.int64)


def _stays(draw: np.random.Generator, people: Columns, ground: Ground) -> Columns:
    """Unbroken runs of months in one city, one after the other; a few begin before the last one has ended."""
    count = len(people["born"])
    start = people["birth_month"] + draw.integers(17 * 12, 27 * 12, count)
    start = np.minimum(start, MONTH - 2)
    room = np.minimum(MONTH + 1, people["birth_month"] + 60 * 12) - start
    each = np.minimum(draw.choice(STAYS, count, p=[0.12, 0.18, 0.28, 0.22, 0.12, 0.08]) + 1, 1 + room // 24)
    person = np.repeat(np.arange(count), each)
    number = np.arange(len(person)) - (np.cumsum(each) - each)[person]
    cuts = (number + draw.random(len(person)) * 0.8 * (number > 0)) / each[person]
    first = start[person] + (cuts * room[person]).astype(np.int64)
    last = np.append(person[1:] != person[:-1], True)
    after = np.where(last, (start + room)[person], np.append(first[1:], 0))
    length = np.maximum(((after - first) * draw.beta(2.8, 2.5, len(person))).astype(np.int64), 1)
    length = np.where(draw.random(len(person)) < 0.24, after - first, length)
    length = length + (~last & (draw.random(len(person)) < 0.08)) * draw.integers(1, 7, len(person))
    home = people["home"] % len(ground.provinces)
    at_home = draw.random(len(person)) < 0.3
    province = np.where(at_home, home[person], draw.integers(0, len(ground.provinces), len(person)))
    return {
        "person": person, "first": first, "end": np.minimum(first + np.maximum(length, 1), MONTH + 1),
        "province": province,
        "city": ground.city_table[province, draw.integers(0, 10, len(person))],
        "is_away": province != home[person],
    }  # fmt: skip


def _runs(draw: np.random.Generator, people: Columns, stays: Columns, ground: Ground) -> Columns:
    """Each stay's months by calendar year, with that year's base."""
    first, end, count = stays["first"], stays["end"], len(stays["person"])
    years = (end - 1) // 12 - first // 12 + 1
    stay = np.repeat(np.arange(count), years)
    year = np.arange(len(stay)) - (np.cumsum(years) - years - first // 12)[stay]
    person = stays["person"][stay]
    begins = np.maximum(first[stay], year * 12)
    earns = np.exp(draw.normal(-0.25, 0.35, count))[stay] * np.exp(draw.normal(0, 0.1, len(stay)))
    wage = ground.wages[stays["province"][stay], year - FIRST_YEAR] / 12
    deemed = (draw.random(count) < 0.5)[stay] & (begins < DEEMED_UNTIL - 12)
    limit = np.where(people["sex"][stays["person"]] == 1, 40 * 12, 50 * 12)
    is_late = first - people["birth_month"][stays["person"]] >= limit
    temporary = is_late & stays["is_away"] & (draw.random(count) < 0.8)
    surrenders = (end < NO_SURRENDER) & (draw.random(count) < 0.05)
    return {
        "person": person,
        "contribution_place": stays["city"][stay],
        "first_month": begins,
        "end_month": np.minimum(end[stay], year * 12 + 12),
        "base": (np.clip(earns, 0.6, 3.0) * wage).astype(np.int64),
        "contribution_basis": np.where(draw.random(count) < 0.2, FLEXIBLE, EMPLOYEE)[stay],
        "contribution_kind": np.where(deemed, DEEMED, ACTUAL),
        "is_temporary": temporary.astype(np.int64)[stay],
        "surrendered_day": np.where(surrenders, _first_day(end + 1), OPEN_DAY)[stay],
    }


def _first_day(month: Ints) -> Ints:
    """The first day of months, as the calendar has them."""
    days = [date(m // 12, m % 12 + 1, 1).toordinal() for m in range(FIRST_YEAR * 12, AFTER * 12 + 12)]
    return np.array(days)[month - FIRST_YEAR * 12]


def _work(draw: np.random.Generator, stays: Columns, ground: Ground) -> Columns:
    """The work of those who are paid for now, with its wage."""
    now = np.flatnonzero(stays["end"] > MONTH)
    wage = ground.wages[stays["province"][now], -1] / 12 * np.exp(draw.normal(-0.25, 0.35, len(now)))
    return {
        "person": stays["person"][now],
        "work_place": stays["city"][now],
        "work_kind": np.where(draw.random(len(now)) < 0.2, FLEXIBLE, EMPLOYEE),
        "work_from": _first_day(stays["first"][now]),
        "work_to": np.full(len(now), OPEN_DAY),
        "monthly_wage": wage.astype(np.int64),
    }


def _resident_years(draw: np.random.Generator, people: Columns, ground: Ground) -> Columns:
    """Years in the residents' scheme at home, for a quarter of the people."""
    each = np.where(draw.random(len(people["born"])) < 0.25, draw.integers(1, 13, len(people["born"])), 0)
    person = np.repeat(np.arange(len(each)), each)
    number = np.arange(len(person)) - (np.cumsum(each) - each)[person]
    first = draw.integers(RESIDENTS_SINCE, AFTER - 12, len(each))
    amount = draw.choice([10_000, 20_000, 50_000, 100_000, 300_000], len(person))
    return {
        "person": person,
        "resident_place": ground.city_table[people["home"] % len(ground.provinces), 0][person],
        "resident_year": first[person] + number,
        "resident_set": np.full(len(person), ALL_MONTHS),
        "resident_contribution": amount,
        "resident_subsidy": 3_000 + amount // 50,
        "resident_kind": np.full(len(person), ACTUAL),
    }


def _resident_balances(draw: np.random.Generator, years: Columns) -> Columns:
    """Balances that the residents' scheme recorded at the end of a year, with the share of subsidies."""
    chosen = np.flatnonzero(draw.random(len(years["person"])) < 0.02)
    balance = years["resident_contribution"][chosen] * draw.integers(1, 8, len(chosen))
    return {
        "person": years["person"][chosen],
        "resident_record_place": years["resident_place"][chosen],
        "resident_record_day": _first_day(years["resident_year"][chosen] * 12 + 12) - 1,
        "resident_record_balance": balance,
        "resident_record_subsidy": balance // 10,
    }


def _benefits(draw: np.random.Generator, people: Columns, ground: Ground) -> Columns:
    """Pensions that some of the older people draw already, of either scheme."""
    age = MONTH - people["birth_month"]
    person = np.flatnonzero((age >= 60 * 12) & (draw.random(len(age)) < 0.3))
    scheme = (draw.random(len(person)) < 0.5).astype(np.int64)
    return {
        "person": person,
        "benefit_scheme": scheme,
        "benefit_place": ground.city_table[people["home"][person] % len(ground.provinces), 0],
        "benefit_from": (people["birth_month"] + 60 * 12)[person],
        "benefit_to": np.full(len(person), OPEN_MONTH),
        "benefit_amount": np.where(scheme == 0, 280_000, 20_000) + draw.integers(0, 10_000, len(person)),
    }


def _registrations(draw: np.random.Generator, people: Columns, ground: Ground) -> Columns:
    """One registration since birth, or a move to another place as a grown-up."""
    count = len(people["born"])
    moved = np.flatnonzero(draw.random(count) < 0.15)
    home = ground.city_table[people["home"] % len(ground.provinces), draw.integers(0, 10, count)]
    since = people["born"][moved] + draw.integers(18 * 365, 60 * 365, len(moved))
    ends = np.full(count, OPEN_DAY)
    ends[moved] = since
    new = ground.city_table[draw.integers(0, len(ground.provinces), len(moved)), draw.integers(0, 10, len(moved))]
    person = np.concatenate([np.arange(count), moved])
    order = np.argsort(person, kind="stable")
    columns = {
        "person": person,
        "hukou_place": np.concatenate([home, new]),
        "hukou_from": np.concatenate([people["born"], since]),
        "hukou_to": np.concatenate([ends, np.full(len(moved), OPEN_DAY)]),
    }
    return {name: column[order] for name, column in columns.items()}


def _balances(draw: np.random.Generator, runs: Columns) -> Columns:
    """Balances that funds recorded at the end of a year, near what had been credited."""
    chosen = np.flatnonzero(draw.random(len(runs["person"])) < 0.012)
    months = draw.integers(12, 97, len(chosen))
    return {
        "person": runs["person"][chosen],
        "account_place": runs["contribution_place"][chosen],
        "account_day": _first_day(runs["first_month"][chosen] // 12 * 12 + 12) - 1,
        "record_balance": runs["base"][chosen] * months * 8 // 100,
    }


def places_and_years(world: World) -> tuple[float, float]:
    """The medians of places and of years with a contribution, for the report."""
    people, rows = world["person"].size, world["contribution"]
    person = np.asarray(rows.above["person"])
    length = np.bincount(person, rows.columns["end_month"] - rows.columns["first_month"], minlength=people)
    pairs = np.unique(np.stack([person, rows.columns["contribution_place"]]), axis=1)[0]
    return float(np.median(np.bincount(pairs, minlength=people))), float(np.median(length)) / 12
