"""The yearly rise of a pension in payment: only what a province's notice, given with the question, says."""

from __future__ import annotations

from datetime import date

from rulebook.oracle.asked import Asked, once
from rulebook.oracle.monthly import contribution_years
from rulebook.oracle.numbers import NotKnown, half_up, january
from rulebook.oracle.place import place_of_benefit
from rulebook.oracle.retirement import award_month
from rulebook.oracle.transitional import pension

SINCE = date(2011, 7, 1)  # the Social Insurance Law, article 18


def takes_part(asked: Asked) -> bool:
    """Whether the pension began by the end of the year before."""
    if asked.record.asked_day < SINCE:
        raise NotKnown
    return award_month(asked) < january(asked.record.asked // 12)


@once
def pension_in_payment(asked: Asked) -> int:
    if asked.record.asked_day < SINCE:
        raise NotKnown
    found: int = pension(asked)
    return found


def adjustment_fixed(asked: Asked) -> int:
    return int(asked.figure("adjustment_fixed_amount", place=place_of_benefit))


def adjustment_by_years(asked: Asked) -> int:
    """Only whole years bring anything."""
    return contribution_years(asked) // 10_000 * int(asked.figure("adjustment_per_year", place=place_of_benefit))


def adjustment_by_amount(asked: Asked) -> int:
    return half_up(pension_in_payment(asked) * asked.figure("adjustment_amount_rate", place=place_of_benefit))


def adjustment_tilted(asked: Asked) -> int:
    """By the age at the end of the year before."""
    given = asked.given("adjustment_by_age")
    if given is not None:
        return int(given)
    age = january(asked.record.asked // 12) - asked.record.birth_month
    return int(asked.figure("adjustment_by_age", age, place=place_of_benefit))


def adjustment(asked: Asked) -> int:
    if not takes_part(asked):
        return 0
    parts = (adjustment_fixed, adjustment_by_years, adjustment_by_amount, adjustment_tilted)
    return sum(part(asked) for part in parts)


def adjusted_pension(asked: Asked) -> int:
    return int(pension_in_payment(asked)) + adjustment(asked)
