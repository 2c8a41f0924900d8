"""The part for those who began before accounts, by rules of the provinces, and the pension as the sum of its parts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial

from rulebook.oracle.asked import Asked, once
from rulebook.oracle.index import average_index
from rulebook.oracle.local import NEW_FORMULA, formula_day, pays, rounded
from rulebook.oracle.monthly import (
    SHANGHAI,
    SHANGHAI_SINCE,
    account_pension,
    basic_pension,
    has_minimum,
    index_benefit_base,
)
from rulebook.oracle.numbers import NotKnown, all_of, any_of, january
from rulebook.oracle.place import place_of_benefit

BEIJING, JIANGSU = "110000", "320000"
JIANGSU_SINCE, ACCOUNTS_EVERYWHERE = date(2024, 1, 1), january(1998)


@once
def early_deemed_months(asked: Asked) -> int:
    return len([p for p in asked.record.kept if not p.carries_money])


@once
def early_paid_months(asked: Asked) -> int:
    """Months paid before the accounts of the place that pays began."""
    return len([p for p in asked.record.kept if p.carries_money and is_early(asked, p.month)])


def is_early(asked: Asked, month: int) -> bool:
    months = int(asked.figure("early_months", month // 12, place=place_of_benefit(asked)))
    return bool(months >> month % 12 & 1)


@once
def virtual_account_sum(asked: Asked) -> int:
    """What months before 1998 that are not early, for the province's accounts had begun, come back as."""
    paid = [p.month for p in asked.record.kept if p.carries_money and p.month < ACCOUNTS_EVERYWHERE]
    between = len([month for month in paid if not is_early(asked, month)])
    if not between:
        return 0
    return int(between * asked.figure("virtual_account_rate", on=formula_day(asked), place=place_of_benefit(asked)))


@once
def transitional_index(asked: Asked) -> int:
    """That of the whole life; Beijing and Jiangsu have one of their own, which only the award form tells."""
    day = formula_day(asked)
    has_own = (pays(asked, BEIJING) and day >= NEW_FORMULA) or (pays(asked, JIANGSU) and day >= JIANGSU_SINCE)
    if has_own and asked.decides:
        raise NotKnown
    found: int = average_index(asked)
    return found


@once
def transitional_pension(asked: Asked) -> int:
    """For deemed months and months before the accounts; nothing without such months, or below the minimum."""
    return transitional_on(asked, partial(index_benefit_base, asked))


def transitional_on(asked: Asked, base: partial[int]) -> int:
    """The part on a base: each early month at its index, a twelfth of a year each, times the coefficient."""
    has_early = partial(
        any_of,
        lambda: early_deemed_months(asked) > 0,
        lambda: early_paid_months(asked) > 0,
        lambda: virtual_account_sum(asked) > 0,
    )
    if not all_of(lambda: has_minimum(asked), has_early):
        return 0
    place, day = place_of_benefit(asked), formula_day(asked)
    rate = asked.figure("transitional_rate", on=day, place=place)
    amount = base() * weighted_months(asked) / 12 * rate
    if virtual_account_sum(asked):
        amount += virtual_account_sum(asked) / Fraction(asked.figure("virtual_account_divisor", on=day, place=place))
    return rounded(asked, amount)


def weighted_months(asked: Asked) -> Fraction:
    """The early months, each at its index: in Shanghai at one, in Beijing deemed ones at one."""
    deemed, paid, day = early_deemed_months(asked), early_paid_months(asked), formula_day(asked)
    if pays(asked, SHANGHAI) and day >= SHANGHAI_SINCE:
        return Fraction(deemed + paid)
    if pays(asked, BEIJING) and day >= NEW_FORMULA:
        return deemed + (Fraction(paid * transitional_index(asked), 10_000) if paid else 0)
    return Fraction((deemed + paid) * transitional_index(asked), 10_000)


@once
def pension(asked: Asked) -> int:
    found: int = basic_pension(asked) + account_pension(asked) + transitional_pension(asked)
    return found
