"""The monthly pension, from Guofa [2005] 38, article 7 of Guobanfa [2009] 66 and Guobanfa [2019] 13."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil

from rulebook.oracle.account import account_balance
from rulebook.oracle.asked import Asked, once
from rulebook.oracle.index import average_index
from rulebook.oracle.local import NEW_FORMULA, formula_day, of_place, pays, rounded
from rulebook.oracle.numbers import NotKnown, any_of, first_of, half_up
from rulebook.oracle.place import place_of_benefit
from rulebook.oracle.record import province_of
from rulebook.oracle.retirement import award_age_months, award_month, minimum_months

NEW_BASES, MONTHLY_TABLE = date(2019, 5, 1), date(2025, 1, 1)
UNIFIED = date(1997, 7, 16)  # before the unified scheme no formula is at hand
ANHUI, SHANGHAI = "340000", "310000"
SHANGHAI_SINCE = date(2022, 1, 1)


@once
def contribution_years(asked: Asked) -> int:
    """Months over twelve to four decimals; Anhui counts up to a tenth."""
    months = Fraction(asked.record.counted_months, 12)
    if province_of(place_of_benefit(asked)) == ANHUI:
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


@once
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
    """Whether the months reach the minimum; a form speaks for itself where nothing is on record or it names years."""
    return any_of(
        lambda: asked.given("contribution_years") is not None,
        lambda: asked.record.is_empty,
        lambda: asked.record.counted_months >= minimum_months(asked),
    )


def share_of_years(asked: Asked) -> Fraction:
    """One per cent a year; Shanghai has a rate of its own for the months beyond whole years."""
    day, years = formula_day(asked), Fraction(contribution_years(asked), 10_000)
    rate = Fraction(asked.figure("accrual_rate", on=day))
    if not pays(asked, SHANGHAI) or day < SHANGHAI_SINCE:
        return years * rate
    whole, months = divmod(half_up(years * 12), 12)
    return whole * rate + (months * asked.figure("month_accrual_rate", on=day, place=SHANGHAI) if months else 0)


@once
def index_benefit_base(asked: Asked) -> int:
    """The base that the index multiplies: the base itself, unless the place has two."""
    return half_up(benefit_base(asked) * of_place(asked, "local_index_base_share", 1))


@once
def basic_pension(asked: Asked) -> int:
    if formula_day(asked) < UNIFIED:
        raise NotKnown
    if not has_minimum(asked):
        return 0
    if formula_day(asked) < NEW_FORMULA:
        return half_up(benefit_base(asked) * asked.figure("basic_share", on=formula_day(asked)))
    return basic_on(asked, benefit_base(asked), index_benefit_base(asked))


def basic_on(asked: Asked, base: int, index_base: int) -> int:
    """The mean of the base and the indexed wage; below its line Guangdong counts the base for index over line."""
    index, line = Fraction(average_index(asked), 10_000), Fraction(of_place(asked, "local_low_index_line", 0)) / 10
    weight = index / line if index < line else 1
    return rounded(asked, (base * weight + index_base * index) / 2 * share_of_years(asked))


@once
def account_pension(asked: Asked) -> int:
    if formula_day(asked) < UNIFIED:
        raise NotKnown
    if not has_minimum(asked):
        return 0
    if formula_day(asked) < NEW_FORMULA:
        divisor = asked.figure("old_account_divisor", on=formula_day(asked))
        return half_up(Fraction(account_balance(asked)) / divisor)
    return rounded(asked, Fraction(account_balance(asked) * 10, payout_months(asked)))
