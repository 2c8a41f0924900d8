"""What the family gets, from Renshebufa [2021] 18 as two governments explain it and articles 14 and 17 of the law."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from rulebook.oracle.account import account_balance
from rulebook.oracle.asked import Asked, once
from rulebook.oracle.monthly import contribution_years, has_minimum
from rulebook.oracle.numbers import NotKnown, half_up
from rulebook.oracle.place import place_of_benefit
from rulebook.oracle.retirement import award_month

LAW = date(2011, 7, 1)


@once
def urban_income(asked: Asked) -> int:
    """Of the province, in the year before the death."""
    year = asked.record.asked // 12 - 1
    return int(asked.figure("urban_disposable_income", year, place=place_of_benefit))


def funeral_benefit(asked: Asked) -> int:
    return half_up(Fraction(asked.figure("funeral_months") * urban_income(asked)) / 12)


@once
def drawn_months(asked: Asked) -> int:
    """Since the month of retirement, for who had the minimum; a form without that month tells of no drawing."""
    asked.figure("funeral_months")  # before the measures nothing is known
    tells = not asked.record.is_empty or asked.given("retirement_month") is not None
    if not tells or not has_minimum(asked):
        return 0
    return max(asked.record.asked - award_month(asked), 0)


@once
def survivor_months(asked: Asked) -> int:
    """Three, six and nine to fifteen years, a month for each whole year beyond; drawing takes them away again."""
    insured = half_up(Fraction(contribution_years(asked) * 12, 10_000))
    found = asked.figure("survivor_months_by_time", insured)
    beyond = max(insured - int(asked.figure("survivor_more_from")), 0) // 12
    found = min(found + beyond * asked.figure("survivor_more_per_year"), Fraction(asked.figure("survivor_months_max")))
    drawn = drawn_months(asked)
    if drawn == 0:
        return int(found)
    less = drawn // 12 * asked.figure("survivor_less_per_year")
    return int(max(found - less, Fraction(asked.figure("survivor_months_min"))))


def survivor_lump_sum(asked: Asked) -> int:
    return half_up(Fraction(urban_income(asked) * survivor_months(asked), 12))


def survivor_benefit(asked: Asked) -> int:
    """Below five years no more than was paid in."""
    both = funeral_benefit(asked) + survivor_lump_sum(asked)
    insured = half_up(Fraction(contribution_years(asked) * 12, 10_000))
    if insured >= asked.figure("survivor_full_from"):
        return both
    own = asked.given("own_contributions")
    if own is None:
        raise NotKnown
    return int(min(both, own))


def inherited_employee_account(asked: Asked) -> int:
    """The balance; of who drew a pension what was left, which is asked for."""
    if asked.record.asked_day < LAW:
        raise NotKnown
    found = asked.given("remaining_account") if drawn_months(asked) > 0 else account_balance(asked)
    if found is None:
        raise NotKnown
    return int(found)


def disability_allowance(asked: Asked) -> int:
    return int(asked.figure("disability_amount", place=place_of_benefit))
