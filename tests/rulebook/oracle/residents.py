"""What a document says of the residents' scheme: payments by calendar year, recorded balances, pensions, registration.

Written from the pages on a resident's account and pension and from articles 7 and 12 of the texts that they name. A
payment is one year in one place with its months; a month after the one asked about has not happened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from rulebook.oracle.asked import Asked, once
from rulebook.oracle.numbers import NotKnown, half_up, january, month
from rulebook.oracle.record import fen, listed, province_of

SCHEME = "resident_pension"
LINKING, UNIFIED = date(2014, 7, 1), date(2014, 2, 21)


@dataclass(frozen=True)
class Payment:
    """One year in one place: the months it is for, and the amounts in fen, None where nobody states them."""

    place: str
    year: int
    months: tuple[int, ...]
    contribution: int | None
    subsidy: int | None
    collective: int

    @property
    def province(self) -> str:
        return province_of(self.place)


@dataclass(frozen=True)
class Balance:
    """A balance that an office wrote down, and how much of it is the government's, None where it is not stated."""

    place: str
    day: date
    amount: int
    subsidy: int | None

    @property
    def first_free_month(self) -> int:
        """The month of the day after: a balance of the last day of a month holds that month."""
        after = date.fromordinal(self.day.toordinal() + 1)
        return after.year * 12 + after.month - 1


def known(amount: int | None) -> int:
    if amount is None:
        raise NotKnown
    return amount


@once
def payments(asked: Asked) -> list[Payment]:
    """Every year that a residents' spell records; without `years`, those that it covers, their amounts not known."""
    found = []
    for spell in asked.record.facts.get("insurance", ()):
        if spell["scheme"] != SCHEME:
            continue
        start, end = month(spell["from"]), month(spell["to"]) if spell.get("to") else asked.record.asked
        bare = [{"year": year} for year in range(start // 12, (end - 1) // 12 + 1)] if start < end else []
        for year in spell.get("years") or bare:
            months = tuple(listed(year, start, end))
            if months or not spell.get("years"):
                found.append(_payment(spell["place"], year, months))
    return found


def _payment(place: str, year: Any, months: tuple[int, ...]) -> Payment:
    amounts = [None if year.get(name) is None else fen(year[name]) for name in ("contribution", "subsidy")]
    return Payment(place, year["year"], months, amounts[0], amounts[1], fen(year.get("collective", "0")))


def begun(asked: Asked, payment: Payment) -> list[int]:
    return [m for m in payment.months if m <= asked.record.asked]


def in_scheme(asked: Asked, payment: Payment) -> list[int]:
    """The months that can count: none from before the year in which the scheme began."""
    return begun(asked, payment) if payment.year >= asked.figure("resident_first_year") else []


@once
def balances(asked: Asked) -> list[Balance]:
    """All that are on record, in the document's order."""
    found = [a for a in asked.record.facts.get("accounts", ()) if a["scheme"] == SCHEME]
    days = [date.fromisoformat(a["on"]) for a in found]
    parts = [fen(a["subsidy"]) if "subsidy" in a else None for a in found]
    return [Balance(a["place"], on, fen(a["balance"]), part) for a, on, part in zip(found, days, parts, strict=True)]


@once
def latest_balances(asked: Asked) -> list[Balance]:
    """The balances of the latest day by the day asked about; they stand for all that came before."""
    past = [b for b in balances(asked) if b.day <= asked.record.asked_day]
    last = max((b.day for b in past), default=date.min)
    return [b for b in past if b.day == last]


# ---- months
@once
def employee_months(asked: Asked) -> set[int]:
    return {p.month for p in asked.record.kept}


@once
def resident_months(asked: Asked) -> int:
    """Each month once, whoever reports it; since July 2014 none that was paid as an employee too."""
    months = {m for payment in payments(asked) for m in in_scheme(asked, payment)}
    return len(months - employee_months(asked) if asked.record.asked_day >= LINKING else months)


@once
def has_relation(asked: Asked) -> bool:
    """Whether anything was paid in the scheme or stands on its record, whether or not its months count."""
    return any(in_scheme(asked, payment) for payment in payments(asked)) or bool(balances(asked))


def overlap(asked: Asked, payment: Payment) -> int:
    return len(set(in_scheme(asked, payment)) & employee_months(asked))


@once
def refund(asked: Asked) -> int:
    """Of each year's contribution and collective subsidy the months paid twice over all months of the record."""
    if asked.record.asked_day < LINKING:
        return 0
    twice = [(p, overlap(asked, p)) for p in payments(asked)]
    return sum(
        half_up(Fraction((known(p.contribution) + p.collective) * n, len(p.months))) for p, n in twice if n
    )


# ---- places
@once
def home(asked: Asked) -> str:
    """Where the person is registered on the day asked about; with no registration, where the relation was last seen."""
    spells, day = asked.record.facts.get("hukou", ()), asked.record.document["on"]
    now = [s for s in spells if (len(spells) <= 1 or s["from"] <= day) and (s.get("to") is None or day < s["to"])]
    return max(now, key=lambda s: s["from"])["place"] if now else last_seen(asked)


@once
def last_seen(asked: Asked) -> str:
    """The place of the latest payment, or of a balance recorded after the year of it."""
    paid = [p for p in payments(asked) if p.year <= asked.record.asked // 12]
    written = latest_balances(asked)
    if written and written[0].day.year > max((p.year for p in paid), default=0):
        return written[0].place
    if paid:
        return max(paid, key=lambda p: (p.year, len(p.place.rstrip("0")) > 4, p.place)).place
    hukou_not_known = "registered_place"
    found = asked.record.given(hukou_not_known)
    if found is None:
        raise NotKnown
    return found


# ---- pensions drawn, and death
def drawn(asked: Asked, scheme: str) -> list[tuple[int, int | None, str]]:
    """The benefits of a scheme: first month, first month without it, place."""
    found = [b for b in asked.record.facts.get("benefits", ()) if b["scheme"] == scheme]
    return [(month(b["from"]), month(b["to"]) if b.get("to") else None, b["place"]) for b in found]


def draws(asked: Asked, scheme: str) -> bool:
    """Whether one is paid for the month asked about."""
    now = asked.record.asked
    return any(start <= now and (end is None or now < end) for start, end, _ in drawn(asked, scheme))


def drew(asked: Asked, scheme: str) -> bool:
    return any(start <= asked.record.asked for start, _, _ in drawn(asked, scheme))


def died(asked: Asked) -> date | None:
    day = asked.record.facts.get("person", {}).get("died")
    return None if day is None else date.fromisoformat(day)


def is_alive(asked: Asked) -> bool:
    """Whether a pension of the month asked about is still due: it stops with the month after a death."""
    day = died(asked)
    return day is None or asked.record.asked <= january(day.year) + day.month - 1


def account_end(asked: Asked) -> int:
    """The first month without interest: the one asked about, or the one after a death before it."""
    day = died(asked)
    return min(asked.record.asked, january(day.year) + day.month) if day else asked.record.asked
