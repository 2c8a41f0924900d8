"""What the funds recorded, run by run: months, kind and base, and the yearly money of residents' records.

The picture draws months; this list holds their amounts, for the second table of a statement. A running spell is listed
up to the month that is running.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wayfare.facts import ContributionYear, InsuranceSpell
from wayfare.facts.contributions import months_in_year, runs
from wayfare.kernel import Month, MonthSpell
from wayfare.portals.life_funds import SCHEMES
from wayfare.portals.life_line import Contribution, stretches

__all__ = ["contributions"]

DRAWN = frozenset(scheme for schemes in SCHEMES.values() for scheme in schemes)


def contributions(spells: Sequence[InsuranceSpell], today: Month) -> tuple[Contribution, ...]:
    """Every run of every spell, in order of time."""
    listed = [each for spell in spells for each in _of_spell(spell, today)]
    return tuple(sorted(listed, key=lambda each: (each.months.start, each.scheme)))


def _of_spell(spell: InsuranceSpell, today: Month) -> Iterator[Contribution]:
    yearly = [year for year in spell.years if year.contribution is not None or year.subsidy is not None]
    for year in yearly:
        yield from _of_year(spell, year, today)
    yearly_months = {month for year in yearly for month in months_in_year(spell, year, until=today)}
    for run in runs(spell, until=today):
        # Pensions and medical insurance have their bars; of other schemes this list is all there is.
        if (run.base is not None or spell.scheme not in DRAWN) and run.first not in yearly_months:
            months = MonthSpell(Month.at(run.first), Month.at(run.end))
            yield Contribution(
                spell.scheme, spell.place, months, run.kind, base=run.base, is_assumed=bool(run.assumed),
                source=spell.source,
            )


def _of_year(spell: InsuranceSpell, year: ContributionYear, today: Month) -> Iterator[Contribution]:
    for months in stretches(months_in_year(spell, year, until=today)):
        yield Contribution(
            spell.scheme,
            spell.place,
            months,
            year.kind or spell.kind,
            contribution=year.contribution,
            subsidy=year.subsidy,
            collective=year.collective,
            is_assumed=bool(year.assumed) or spell.assumes("years"),
            source=year.source or spell.source,
        )
