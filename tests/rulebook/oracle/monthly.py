"""The monthly pension, from Guofa [2005] 38, article 7 of Guobanfa [2009] 66 and Guobanfa [2019] 13."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil

from rulebook.oracle.account import FIRST, account_balance
from rulebook.oracle.asked import Asked, once
from rulebook.oracle.numbers import any_of, first_of, half_up, january
from rulebook.oracle.place import place_of_benefit
from rulebook.oracle.retirement import award_age_months, award_month, minimum_months

NEW_BASES, MONTHLY_TABLE = date(2019, 5, 1), date(2025, 1, 1)
ANHUI = "340000"
INDEX_MOST = 20


@once
def average_index(asked: Asked) -> int:
    """The mean over all paid months of the wage against a twelfth of the average wage where the pension is paid.

    Months before 1984 enter at an index of their own.
    """
    paid = [p for p in asked.record.kept if p.carries_money]
    total = Fraction(0)
    for one in paid:
        if one.month < january(FIRST):
            total += asked.figure("earlier_index")
        elif one.wage > 0:
            total += one.wage / (index_wage(asked, one.month // 12) / 12)
    return half_up(min(total / max(len(paid), 1), Fraction(INDEX_MOST)) * 10_000)


@once
def index_wage(asked: Asked, year: int) -> Fraction:
    place = place_of_benefit(asked)
    lag = int(asked.figure("index_wage_lag", year, place=place))
    return Fraction(asked.figure("average_wage", year - lag, place=place))


def contribution_years(asked: Asked) -> int:
    """Months over twelve to four decimals; Anhui counts up to a tenth."""
    months = Fraction(asked.record.counted_months, 12)
    if place_of_benefit(asked) == ANHUI:
        step = asked.figure("years_step", place=ANHUI)
        return int(ceil(months / step) * step * 10_000)
    return half_up(months * 10_000)


@once
def benefit_base(asked: Asked) -> int:
    """To April 2019 the average wage of the year before, since then the base announced for the year of retirement."""
    award, place = award_month(asked), place_of_benefit(asked)
    asked.figure("account_start_year", on=first_of(award))  # before the unified scheme there is none
    if first_of(award) < NEW_BASES:
        return half_up(Fraction(asked.figure("average_wage", award // 12 - 1, place=place)) / 12)
    return int(asked.figure("announced_benefit_base", award // 12, place=place))


def payout_months(asked: Asked) -> int:
    """In tenths of a month: by whole age to 2024, by age and months since; ages outside the table take its end."""
    day = first_of(award_month(asked))
    low, high = (int(asked.figure(f"payout_age_{end}", on=day)) for end in ("min", "max"))
    years, extra = divmod(award_age_months(asked), 12)
    if not low <= years < high:
        years, extra = max(low, min(years, high)), 0
    if extra and day >= MONTHLY_TABLE:
        return int(asked.figure("payout_by_month", years, extra, on=day) * 10)
    return int(asked.figure("payout_by_age", years, on=day) * 10)


@once
def has_minimum(asked: Asked) -> bool:
    """Whether the months reach the minimum; a form's values speak for themselves where nothing is on record."""

    def years_are_given() -> bool:
        return contribution_years(asked) < 0  # never in these documents, but to see it the place has to be known

    return any_of(
        lambda: asked.record.counted_months >= minimum_months(asked), lambda: asked.record.is_empty, years_are_given
    )


def basic_pension(asked: Asked) -> int:
    if not has_minimum(asked):
        return 0
    indexed = (1 + Fraction(average_index(asked), 10_000)) / 2 * benefit_base(asked)
    return half_up(indexed * Fraction(contribution_years(asked), 10_000) * asked.figure("accrual_rate"))


def account_pension(asked: Asked) -> int:
    return half_up(Fraction(account_balance(asked) * 10, payout_months(asked))) if has_minimum(asked) else 0


def transitional_pension(asked: Asked) -> int:
    """For deemed months and months before the accounts, by the common form; nothing without such months."""
    start = asked.figure("account_start_year")
    early = len([p for p in asked.record.kept if not p.carries_money or p.month // 12 < start])
    if early == 0 or not has_minimum(asked):
        return 0
    indexed = benefit_base(asked) * Fraction(average_index(asked), 10_000)
    return half_up(indexed * Fraction(early, 12) * asked.figure("transitional_rate"))


def pension(asked: Asked) -> int:
    return basic_pension(asked) + account_pension(asked) + transitional_pension(asked)
