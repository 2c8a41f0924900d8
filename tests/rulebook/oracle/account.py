"""What stands in the account, from Guofa [1997] 26, [2005] 38 and the interest rules of Laobanfa [1997] 116.

A province's account is walked year by year: the balance earns the year's rate for the months that have passed, each of
the year's credits for the months since it was paid. Credits, their interest and the balance's are rounded once a year.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from rulebook.oracle.asked import Asked, once
from rulebook.oracle.numbers import half_up, january
from rulebook.oracle.record import Paid

FIRST, LAST = 1984, 2060
Rate = Callable[[int], Fraction | int]


@once
def announced_rate(asked: Asked, province: str, year: int) -> Fraction:
    """The rate of the year, or the last one announced by the day of a transfer."""
    known = min(year, int(asked.figure("last_announced_interest")))
    return Fraction(asked.figure("account_interest_rate", known, place=province))


@once
def interest_rate(asked: Asked, province: str, year: int) -> Fraction:
    """The rate of the year; while it runs, the last one announced."""
    known = year
    if year == asked.record.asked // 12:
        known = min(year, int(asked.figure("last_announced_interest")))
    return Fraction(asked.figure("account_interest_rate", known, place=province))


def credits(asked: Asked, province: str) -> list[Paid]:  # the word of the field
    """The months whose wages are credited one by one: kept, paid, and not yet in a recorded balance."""
    since = asked.record.balances.get(province, (0, 0))[0]
    return [p for p in asked.record.kept if p.province == province and p.carries_money and p.month >= since]


def walked(
    asked: Asked, province: str, credit_rate: Rate, *, until: int, taken: Callable[[Paid], bool] = lambda paid: True,
    rate: Callable[[Asked, str, int], Fraction] = interest_rate,
) -> int:
    """The account of a province with interest for the months before `until`; credits to the month asked about.

    Of the months since accounts are walked, only those are credited that are `taken` over.
    """
    found = credits(asked, province)
    earlier = sum(p.wage for p in found if p.month < january(FIRST))
    balance = half_up(earlier * asked.figure("earlier_credit_rate")) if earlier > 0 else 0
    found = [p for p in found if p.month < january(FIRST) or taken(p)]
    for year in range(FIRST, LAST + 1):
        opening, passed = balance, min(max(until - january(year), 0), 12)
        if opening > 0 and passed > 0:
            balance += half_up(opening * rate(asked, province, year) * Fraction(passed, 12))
        year_credits = [p for p in found if p.month // 12 == year]
        wages = sum(p.wage for p in year_credits)
        if wages > 0:
            balance += half_up(wages * Fraction(credit_rate(year)))
        standing = sum(p.wage * max(min(until, january(year + 1)) - p.month, 0) for p in year_credits)
        if standing > 0:
            balance += half_up(standing * credit_rate(year) * rate(asked, province, year) / 12)
    return balance


def grown(
    asked: Asked, province: str, *, until: int, rate: Callable[[Asked, str, int], Fraction] = interest_rate
) -> int:
    """A recorded balance with interest for the months after the record and before `until`."""
    since, balance = asked.record.balances[province]
    for year in range(FIRST, LAST + 1):
        months = min(until, january(year + 1)) - max(since, january(year))
        if balance > 0 and months > 0:
            balance += half_up(balance * rate(asked, province, year) * Fraction(months, 12))
    return balance


@once
def account_balance(asked: Asked) -> int:
    def rate(province: str) -> Rate:
        return lambda year: asked.figure("account_credit_rate", on=date(year, 1, 1), place=province)

    total = sum(walked(asked, p, rate(p), until=asked.record.asked) for p in asked.record.provinces)
    return total + sum(grown(asked, province, until=asked.record.asked) for province in asked.record.balances)
