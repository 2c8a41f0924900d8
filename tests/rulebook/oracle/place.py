"""Which province pays, from article 6 of Guobanfa [2009] 66 and the opinions of 2010 and 2016."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from rulebook.oracle.asked import Asked, once
from rulebook.oracle.numbers import NotKnown, any_of
from rulebook.oracle.record import Paid, province_of
from rulebook.oracle.retirement import has_reached_age, retirement_month


@once
def decision_day(asked: Asked) -> date:
    """The birthday in the month in which the age is reached, the last of the month where there is no such day."""
    if not has_reached_age(asked):
        return asked.record.asked_day
    year, number = divmod(retirement_month(asked), 12)
    return date(year, number + 1, min(asked.record.born.day, monthrange(year, number + 1)[1]))


@once
def registration(asked: Asked) -> tuple[str, date]:
    """The registered province on the day that decides and since when."""
    place, since = registered(asked)
    return province_of(place), since


def registration_place(asked: Asked) -> str:
    return registered(asked)[0]


@once
def registered(asked: Asked) -> tuple[str, date]:
    """The registration on the day that decides and since when; a single one held all along, unless it ended."""
    spells = [(s["place"], date.fromisoformat(s["from"]), s.get("to")) for s in asked.record.facts.get("hukou", ())]
    has_ended = any(s[2] is not None and date.fromisoformat(s[2]) <= asked.record.asked_day for s in spells)
    if len(spells) > 1 or has_ended:
        day = decision_day(asked)
        spells = [s for s in spells if s[1] <= day and (s[2] is None or day < date.fromisoformat(s[2]))]
    if len(spells) != 1:
        raise NotKnown
    place, since, _ = spells[0]
    return place, since


def home(asked: Asked) -> str:
    return registration(asked)[0]


@once
def lies_on_temporary(asked: Asked, paid: Paid) -> bool:
    """A temporary account is ordinary from the month after the registration moved to its province."""

    def has_settled() -> bool:
        province, since = registration(asked)
        if paid.province != province:
            return False
        day = decision_day(asked)
        return (since.year, since.month) < (day.year, day.month)

    return paid.temporary and not has_settled()


def last_report(reports: list[Paid]) -> Paid | None:
    last = max((p.month for p in reports), default=0)
    return min((p for p in reports if p.month == last), key=lambda p: p.rank, default=None)


def ordinary(asked: Asked, reports: list[Paid]) -> list[Paid]:
    return [p for p in reports if not lies_on_temporary(asked, p)]


@once
def current_province(asked: Asked) -> str:
    """Where the last contribution on an ordinary account was paid; with none, the registered province."""
    last = last_report(ordinary(asked, asked.record.reported))
    return home(asked) if last is None else last.province


@once
def place_months(asked: Asked, province: str) -> int:
    """Months paid or deemed in all cities of the province on ordinary accounts, and those still to come there."""
    counted = len({p.month for p in asked.record.kept if p.province == province and not lies_on_temporary(asked, p)})
    to_come = asked.record.further_months
    return counted + (to_come if to_come and current_province(asked) == province else 0)


def has_ten_years(asked: Asked, province: str) -> bool:
    return place_months(asked, province) >= asked.figure("benefit_place_months")


def can_be_benefit_place(asked: Asked, province: str) -> bool:
    return any_of(lambda: province == home(asked), lambda: has_ten_years(asked, province))


@once
def place_of_benefit(asked: Asked) -> str:
    """Home if the relation lies there; here with ten years; the last place before with ten years; else home."""
    here = current_province(asked)
    if any_of(lambda: here == home(asked), lambda: has_ten_years(asked, here)):
        return here
    before = [last for last in _last_elsewhere(asked, here) if has_ten_years(asked, last.province)]
    return max((last.month, last.province) for last in before)[1] if before else home(asked)


def _last_elsewhere(asked: Asked, here: str) -> list[Paid]:
    found = ordinary(asked, asked.record.reported)
    lasts = (last_report([p for p in found if p.province == province]) for province in asked.record.provinces)
    return [last for last in lasts if last is not None and last.province != here]


