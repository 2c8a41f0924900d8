"""Where a person stands on the day asked about: where they work, what they pay, when the law lets them retire.

All of it is read off the facts or asked of the law; what neither says is missing and is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from wayfare.decisions.errors import OutlookTooFar
from wayfare.decisions.paths.asking_law import AskedLaw
from wayfare.facts import Document, InsuranceSpell, paid_months
from wayfare.facts.items import DaySpell
from wayfare.kernel import Month, Place
from wayfare.law.errors import GapInLaw
from wayfare.law.missing import Missing, missing
from wayfare.law.units import read_number

__all__ = ["CHOICES", "SCHEME", "Retirement", "Start", "Wages", "average_wages", "held", "retirement", "start"]

SCHEME = "employee_pension"
CHOICES = ("chosen_month", "chosen_age_months")
_RETIREMENT = ("retirement_month", "award_month", "earliest_month", "latest_month", "birth_month")
Wages = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Retirement:
    """Months by their index: the one of the law, the one chosen, and the first and last that may be chosen."""

    month: int
    award: int
    earliest: int
    latest: int
    born: int
    is_chosen: bool
    horizon: int  # the last month that can be asked about


@dataclass(frozen=True)
class Start:
    """What the facts say of today: the first month that nothing is recorded of, and the settings that follow."""

    first: int
    basis: str
    derived: Mapping[str, int]


def retirement(asked: AskedLaw, document: Document, chosen: Mapping[str, str]) -> Retirement | list[Missing]:
    """When the person retires by the law of that time, or the facts that this needs. Raises OutlookTooFar."""
    choice = {name: read_number(text, _unit(name), name=name) for name, text in chosen.items()}
    on, found = document.on, {"award_month": Month.of(document.on).index}
    while True:
        lives = asked.lives([document.model_copy(update={"on": on, "given": {}})], _RETIREMENT, person=choice)
        lacking = [m for name in _RETIREMENT for m in missing(lives, (name, "person", 0))]
        if lacking:
            return list({(m.kind, m.name): m for m in lacking}.values())
        before, found = found, {name: lives.value(name)[0] for name in _RETIREMENT}
        later = max(document.on, day_after(found["award_month"], asked))
        if later <= on or found == before:
            break
        on = later
    return Retirement(
        found["retirement_month"], found["award_month"], found["earliest_month"], found["latest_month"],
        found["birth_month"], bool(chosen), asked.law.values["asked_month"].declared.high,
    )  # fmt: skip


def _unit(name: str) -> str:
    return "month" if name == "chosen_month" else "months"


def day_after(award: int, asked: AskedLaw) -> date:
    """The first day of the month after an award. Raises OutlookTooFar past the last year of the accounts."""
    last = asked.law.values["asked_month"].declared.high
    if award + 1 > last:
        raise OutlookTooFar(
            f"Retirement falls in {Month.at(award)}; the figures and assumptions end in {Month.at(last)}.",
            next_step="Choose an earlier month (chosen_month), or ask pension.place for the present.",
            field="given.chosen_month",
        )
    return Month.at(award + 1).first_day


def average_wages(asked: AskedLaw) -> Wages:
    """Average wages in fen a year by province and year: rows of the rulebook before those of the pack."""
    table = asked.law.parameters["average_wage"]
    return {
        (row.places[0], row.key[0]): row.value for rows in (table.pack, table.rows) for row in rows if row.places
    }


def held(ratio: int, asked: AskedLaw, day: date) -> int:
    """A contribution wage against the average wage, held between the law's floor and ceiling of that day."""
    low, high = (_in_force(asked, name, day) for name in ("base_floor_share", "base_ceiling_share"))
    return min(max(ratio, low), high)


def _in_force(asked: AskedLaw, name: str, day: date) -> int:
    """The nation's row of a parameter without keys. Raises GapInLaw."""
    rows = [r for r in asked.law.parameters[name].rows if not r.places and r.since <= day.toordinal() < r.until]
    if not rows:
        raise GapInLaw(f"{name} has no value on {day}.", next_step="Ask about a later day.", field="on")
    return rows[0].value


def start(document: Document, wages: Wages) -> Start:
    """The person's standing on the day asked about."""
    now = Month.of(document.on)
    spells = [s for s in document.facts.insurance if s.scheme == SCHEME]
    months = sorted((m.month, n) for n, s in enumerate(spells) for m in paid_months(s, until=now))
    last = max((m for m in months if m[0] <= now.index), default=None)
    latest = spells[last[1]] if last else None
    derived: dict[str, int] = {}
    here = _here(document, latest)
    if here is not None:
        derived["here_place"] = here.number
    home = _at(document.facts.hukou, document)
    if home is not None:
        derived["home_place"] = home.place.number
    pays_now = last is not None and last[0] >= now.index - 1
    derived["insured_share"] = derived["home_insured_share"] = read_number(str(int(pays_now)), "basis_points", name="")
    ratio = _wage_ratio(document, latest, here, wages)
    if ratio is not None:
        derived["wage_ratio"] = ratio
    first = max(now.index, months[-1][0] + 1) if months else now.index
    return Start(first, latest.basis or "employee" if latest else "employee", derived)


def _at(spells: tuple[Any, ...], document: Document) -> DaySpell | None:
    """The latest spell that holds on the day asked about."""
    running = [s for s in spells if s.start <= document.on and (s.end is None or document.on < s.end)]
    return max(running, key=lambda s: s.start, default=None)


def _here(document: Document, latest: InsuranceSpell | None) -> Place | None:
    """Where the person works, else lives, else paid last; a fund of the same province is the place of insurance."""
    found = _at(document.facts.work, document) or _at(document.facts.residence, document)
    place = found.place if found else latest.place if latest else None
    if place is not None and latest is not None and latest.place.province == place.province:
        return latest.place
    return place


def _wage_ratio(document: Document, latest: InsuranceSpell | None, here: Place | None, wages: Wages) -> int | None:
    """The latest contribution wage, or else the wage of the work, against a month's average wage of the year before."""
    now = Month.of(document.on)
    paid = [m for m in paid_months(latest, until=now) if m.base is not None and m.month <= now.index] if latest else []
    base, year, place = getattr(_at(document.facts.work, document), "monthly_wage", None), now.year, here
    if latest is not None and paid:
        base, year, place = paid[-1].base, paid[-1].month // 12, latest.place
    if base is None or place is None:
        return None
    average = wages.get((place.province.number, year - 1))
    return None if not average else round(Fraction(base.amount_fen * 12 * 10_000, average))
