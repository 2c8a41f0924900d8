"""What the law says was paid and credited through the years, for many people at once on columns.

`read_record` runs the law of the individual account over everybody. It yields every relation (a person in a province)
with its credits and interest by year, and every stretch of paid months with the money it brought to pool and account.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wayfare.facts import CHOICES
from wayfare.kernel import Month, Place
from wayfare.kernel.status import Mode
from wayfare.law import Law, Rows, World
from wayfare.law.unknown import split
from wayfare.rulebook.national.life.rule import FIRST_ACCOUNT_YEAR
from wayfare.scenarios.assumptions import assumption
from wayfare.scenarios.dice import PER_10_000
from wayfare.scenarios.figures import rate_on

__all__ = ["FIRST_YEAR", "Record", "Stretch", "chosen_rows", "money_world", "read_record", "with_columns"]

Ints = NDArray[np.int64]

FIRST_YEAR: Final = FIRST_ACCOUNT_YEAR
_FLEXIBLE: Final = CHOICES["contribution_basis"].index("flexible")
_FIRST_RATES: Final = date(1998, 1, 1)  # before, local rules held; the first national rates stand for them
_FIRST_FLEXIBLE_RATE: Final = date(2006, 1, 1)
_GOALS: Final = ("relation_province", "year_credit", "credit_interest", "year_balance")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months that one person paid for in a row in one province and year, and the fen they brought.

    `first` is yyyymm. What the employer pays goes to the pool and, until 2005, in part to the account.
    """

    person: int
    province: Place
    year: int
    first: int
    months: int
    is_flexible: bool
    pooled: int
    account_by_employer: int
    account_by_person: int


@dataclass(frozen=True)
class Record:
    """Relations by row (person and province), their fen by row and year from FIRST_YEAR on, and the stretches.

    `on_opening` is a year's interest on what stood in the account when it began, `on_credits` that on the year's own.
    """

    person: Ints
    province: tuple[Place, ...]
    credits: Ints
    on_opening: Ints
    on_credits: Ints
    stretches: Mapping[int, tuple[Stretch, ...]]

    @property
    def years(self) -> range:
        """The years that the record covers."""
        return range(FIRST_YEAR, FIRST_YEAR + self.credits.shape[1])


@dataclass(frozen=True, slots=True)
class _Month:
    """A counted month: its relation, its wages and basis."""

    index: int
    base: int
    is_flexible: bool


def read_record(law: Law, world: World, *, until: int) -> Record:
    """The record of everybody in the world before the year `until`; the world asks about its first day."""
    people = law.plan(_GOALS, mode=Mode.ESTIMATE).population(world, keep=True)
    person, relations = people.link("relation", "person"), people.size["relation"]
    province = tuple(Place.numbered(law.tree.code(int(n))) for n in people.value("relation_province"))
    first = law.levels["account_year"].span
    assert first is not None
    years = slice(FIRST_YEAR - first[0], until - first[0])

    cell = people.link("account_year", "relation"), people.value("account_year") - first[0]

    def grid(name: str) -> Ints:
        cells = np.zeros((relations, first[1] - first[0] + 1), np.int64)
        cells[cell] = split(people.value(name))[0]
        return cells

    balance, credits, on_credits = grid("year_balance"), grid("year_credit"), grid("credit_interest")
    grown = np.diff(balance, axis=1, prepend=0) - credits
    stretches = _stretches(law, people, person, province, credits[:, years])
    return Record(
        person, province, credits[:, years], (grown - on_credits)[:, years], on_credits[:, years], stretches
    )


def money_world(world: World, january: Month) -> dict[str, Rows]:
    """The rows that money can be computed from, asking about the first day of a January.

    These are the contributions with a known base from the first year until that January. Recorded balances are left
    out, for the books begin with the contributions.
    """
    runs, day = world["contribution"], january.first_day.toordinal()
    base, unknown = split(runs.columns["base"])
    first = np.asarray(runs.columns["first_month"])
    kept = (first >= FIRST_YEAR * 12) & (first < january.index) & (True if unknown is None else ~unknown)
    ends = np.minimum(runs.columns["end_month"], january.index)
    records, people = world["account_record"], world["person"]
    return {
        "person": with_columns(
            people, asked_day=np.full(people.size, day), asked_month=np.full(people.size, january.index)
        ),
        "hukou_spell": with_columns(world["hukou_spell"]),
        "contribution": chosen_rows(with_columns(runs, base=base, end_month=ends), kept),
        "account_record": chosen_rows(records, np.zeros(records.size, bool)),
    }


def with_columns(rows: Rows, **columns: Any) -> Rows:
    """The rows with some columns changed, and without what a document assumes, for the money moved all the same."""
    return Rows(rows.size, {**rows.columns, **columns}, rows.above)


def chosen_rows(rows: Rows, kept: Any) -> Rows:
    """Some rows of a level, by a mask."""
    columns = {name: _chosen(column, kept) for name, column in rows.columns.items()}
    return Rows(int(kept.sum()), columns, {up: np.asarray(link)[kept] for up, link in rows.above.items()})


def _chosen(column: Any, kept: Any) -> Any:
    value, unknown = split(column)
    return value[kept] if unknown is None else type(column)(value[kept], unknown[kept])


def _stretches(
    law: Law, people: Any, person: Ints, province: tuple[Place, ...], credits: Ints
) -> dict[int, tuple[Stretch, ...]]:
    """By year, each relation's months cut where they stop, or where base, basis or rate changes."""
    found: dict[int, list[Stretch]] = {}
    rates = _Rates(law)
    for (relation, year), months in sorted(_counted_months(people).items()):
        at = year - FIRST_YEAR
        if 0 <= at < credits.shape[1]:
            member, place, credit = int(person[relation]), province[relation], int(credits[relation, at])
            found.setdefault(year, []).extend(_cut(rates, member, place, months, credit))
    return {year: tuple(each) for year, each in found.items()}


def _counted_months(people: Any) -> dict[tuple[int, int], list[_Month]]:
    """The paid months that count, by relation and year; which of two funds' months count is the law's choice."""
    relation, run = people.link("contribution", "relation"), people.link("piece", "contribution")
    sets, years = people.value("credited_set"), people.value("piece_year")
    paid, bases = people.value("is_paid", "contribution"), people.value("base")
    basis = split(people.world["contribution"].columns["contribution_basis"])[0]
    months: dict[tuple[int, int], list[_Month]] = {}
    for row, held, year in zip(run.tolist(), sets.tolist(), years.tolist(), strict=True):
        if held and paid[row]:
            base, is_flexible = int(bases[row]), bool(basis[row] == _FLEXIBLE)
            months.setdefault((int(relation[row]), year), []).extend(
                _Month(year * 12 + bit, base, is_flexible) for bit in range(12) if held >> bit & 1
            )
    return months


class _Rates:
    """Rates of a province and month in ten-thousandths: employer, worker, and a flexible worker's part for the pool."""

    def __init__(self, law: Law) -> None:
        self._law, self._known = law, dict[tuple[Place, int], tuple[int, int, int]]()
        steps = assumption("employee_rate").numbers
        self._own = list(zip(steps[::2], steps[1::2], strict=True))[::-1]

    def at(self, province: Place, month: int) -> tuple[int, int, int]:
        if (province, month) not in self._known:
            self._known[province, month] = self._find(province, date(month // 12, month % 12 + 1, 1))
        return self._known[province, month]

    def _find(self, province: Place, day: date) -> tuple[int, int, int]:
        day = max(day, _FIRST_RATES)
        own = next(rate for year, rate in self._own if year <= day.year)
        flexible = rate_on(self._law, "flexible_pooled_rate", max(day, _FIRST_FLEXIBLE_RATE), province)
        return rate_on(self._law, "employer_rate", day, province), own, flexible


def _cut(rates: _Rates, person: int, province: Place, months: list[_Month], credit: int) -> Iterator[Stretch]:
    """A year of one relation as stretches; the parts of its credit add up to the whole."""
    months = sorted(months, key=lambda month: month.index)
    wages, done, given = sum(month.base for month in months), 0, 0
    for group in _runs(rates, province, months):
        first, is_flexible = group[0].index, group[0].is_flexible
        employer, worker, flexible = rates.at(province, first)
        earned = group[0].base * len(group)
        done += earned
        account = credit * done // wages - given if wages else 0
        given += account
        own = account if is_flexible else min(account, _half_up(earned * worker))
        pooled = _half_up(earned * flexible) if is_flexible else max(_half_up(earned * employer) - account + own, 0)
        month = first // 12 * 100 + first % 12 + 1
        yield Stretch(
            person, province, first // 12, month, len(group), is_flexible, pooled, account - own, own
        )  # fmt: skip


def _runs(rates: _Rates, province: Place, months: list[_Month]) -> Iterator[list[_Month]]:
    def alike(numbered: tuple[int, _Month]) -> tuple[object, ...]:
        place, month = numbered
        return month.index - place, month.base, month.is_flexible, rates.at(province, month.index)

    for _, group in groupby(enumerate(months), key=alike):
        yield [month for _, month in group]


def _half_up(product: int) -> int:
    return (product + PER_10_000 // 2) // PER_10_000
