"""What an insurance spell recorded, month by month and in runs.

A run is a stretch of consecutive months of one spell with one base and one kind. It is what the law's tables hold, so
cutting a spell in two changes how many runs there are and nothing else: the months stay the same. Residents pay by the
year, so a residents' spell is read year by year, each with its set of months and what was paid for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from wayfare.facts.items import ContributionYear, InsuranceSpell
from wayfare.facts.vocabulary import ContributionKind
from wayfare.kernel import Money, Month

__all__ = ["PaidMonth", "ResidentYear", "Run", "months_in_year", "paid_months", "resident_years", "runs"]


@dataclass(frozen=True, slots=True)
class PaidMonth:
    """One recorded month, by its index; `assumed` names what the source does not state: month, base, kind."""

    month: int
    base: Money | None
    kind: ContributionKind
    assumed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive months with one base and kind, from `first` until before `end`, both month indexes."""

    first: int
    end: int
    base: Money | None
    kind: ContributionKind
    assumed: frozenset[str]


@dataclass(frozen=True, slots=True)
class ResidentYear:
    """What a residents' spell records of one calendar year: its months, and what was paid for them.

    `months` is a set as a number whose bit 0 is January; an amount that is None is not known. `assumed` names what the
    source does not state: month, kind, contribution, subsidy, collective.
    """

    year: int
    months: int
    contribution: Money | None
    subsidy: Money | None
    collective: Money | None
    kind: ContributionKind
    assumed: frozenset[str]


def months_in_year(spell: InsuranceSpell, year: ContributionYear, *, until: Month) -> range | tuple[int, ...]:
    """The month indexes a year lists, or else all that the spell covers in it, before `until` while it runs."""
    if year.months is not None:
        return tuple(year.year * 12 + number - 1 for number in year.months)
    end = (spell.end or until).index
    return range(max(year.year * 12, spell.start.index), min(year.year * 12 + 12, end))


def paid_months(spell: InsuranceSpell, *, until: Month) -> list[PaidMonth]:
    """Every month the spell records, in order of time; a running spell without years ends before `until`."""
    if not spell.years:
        assumed = _flags(month=spell.assumes("from", "to"), base=spell.assumes("base"), kind=spell.assumes("kind"))
        end = (spell.end or until).index
        return [PaidMonth(month, spell.base, spell.kind, assumed) for month in range(spell.start.index, end)]
    by_year = (_year_months(spell, year, until=until) for year in spell.years)
    return sorted(chain.from_iterable(by_year), key=lambda paid: paid.month)


def _year_months(spell: InsuranceSpell, year: ContributionYear, *, until: Month) -> Iterator[PaidMonth]:
    all_assumed = spell.assumes("years")
    assumed = _flags(
        month=all_assumed or year.assumes("year", "months"),
        base=all_assumed or (spell.assumes("base") if year.base is None else year.assumes("base")),
        kind=all_assumed or (spell.assumes("kind") if year.kind is None else year.assumes("kind")),
    )
    base = spell.base if year.base is None else year.base
    kind = spell.kind if year.kind is None else year.kind
    return (PaidMonth(month, base, kind, assumed) for month in months_in_year(spell, year, until=until))


def _flags(**assumed: bool) -> frozenset[str]:
    return frozenset(name for name, is_assumed in assumed.items() if is_assumed)


def runs(spell: InsuranceSpell, *, until: Month) -> list[Run]:
    """The spell's months as runs, in order of time; a run is assumed where any of its months is."""
    found: list[Run] = []
    for paid in paid_months(spell, until=until):
        last = found[-1] if found else None
        if last and (last.end, last.base, last.kind) == (paid.month, paid.base, paid.kind):
            found[-1] = Run(last.first, paid.month + 1, last.base, last.kind, last.assumed | paid.assumed)
        else:
            found.append(Run(paid.month, paid.month + 1, paid.base, paid.kind, paid.assumed))
    return found


def resident_years(spell: InsuranceSpell, *, until: Month) -> list[ResidentYear]:
    """The years that a residents' spell records, in order; without `years`, those it covers, their amounts unknown."""
    if not spell.years:
        end = (spell.end or until).index
        years = range(spell.start.year, (end - 1) // 12 + 1) if spell.start.index < end else range(0)
        bare = [ContributionYear(year=year) for year in years]
        flags = _flags(month=spell.assumes("from", "to"), kind=spell.assumes("kind"))
        return [_resident_year(spell, year, until, flags) for year in bare]
    found = [_resident_year(spell, year, until, _resident_flags(spell, year)) for year in spell.years]
    return sorted((year for year in found if year.months), key=lambda each: (each.year, each.months))


def _resident_year(spell: InsuranceSpell, year: ContributionYear, until: Month, flags: frozenset[str]) -> ResidentYear:
    return ResidentYear(
        year=year.year,
        months=sum(1 << month % 12 for month in months_in_year(spell, year, until=until)),
        contribution=year.contribution,
        subsidy=year.subsidy,
        collective=year.collective,
        kind=spell.kind if year.kind is None else year.kind,
        assumed=flags,
    )


def _resident_flags(spell: InsuranceSpell, year: ContributionYear) -> frozenset[str]:
    everything = spell.assumes("years")
    return _flags(
        month=everything or year.assumes("year", "months"),
        kind=everything or (spell.assumes("kind") if year.kind is None else year.assumes("kind")),
        contribution=everything or year.assumes("contribution"),
        subsidy=everything or year.assumes("subsidy"),
        collective=everything or (year.collective is not None and year.assumes("collective")),
    )
