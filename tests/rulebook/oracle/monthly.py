"""The monthly pension, from Guofa [2005] 38, article 7 of Guobanfa [2009] 66 and Guobanfa [2019] 13."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial
from math import ceil

from rulebook.oracle.account import FIRST, account_balance
from rulebook.oracle.asked import Asked, once
from rulebook.oracle.numbers import NotKnown, all_of, any_of, first_of, half_up, january
from rulebook.oracle.place import place_of_benefit
from rulebook.oracle.retirement import award_age_months, award_month, minimum_months

NEW_BASES, MONTHLY_TABLE = date(2019, 5, 1), date(2025, 1, 1)
ANHUI, BEIJING, SHANGHAI, JIANGSU = "340000", "110000", "310000", "320000"
NEW_FORMULA, SHANGHAI_SINCE, JIANGSU_SINCE = date(2006, 1, 1), date(2022, 1, 1), date(2024, 1, 1)
INDEX_MOST = 20


@once
def average_index(asked: Asked) -> int:
    """The mean over all months of the wage against a twelfth of the average wage where the pension is paid.

    Months before 1984 enter at an index of their own, deemed ones where the province counts them; Shanghai has floors.
    """
    paid = [p for p in asked.record.kept if p.carries_money]
    months, total = len(paid), Fraction(0)
    for one in paid:
        if one.month < january(FIRST):
            total += asked.figure("earlier_index")
        elif one.wage > 0:
            floor = asked.figure("index_floor", one.month // 12, place=place_of_benefit(asked))
            total += max(one.wage / (index_wage(asked, one.month // 12) / 12), Fraction(floor))
    deemed = len(asked.record.kept) - months
    if deemed and asked.figure("deemed_counts_in_index", place=place_of_benefit(asked)):
        total += deemed * asked.figure("deemed_index", place=place_of_benefit(asked))
        months += deemed
    return half_up(min(total / max(months, 1), Fraction(INDEX_MOST)) * 10_000)


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
    return any_of(
        lambda: asked.record.counted_months >= minimum_months(asked), lambda: asked.record.is_empty
    )


# ---- the rules of the place that pays, of the month of retirement
def formula_day(asked: Asked) -> date:
    """The first day of the month of retirement, or of that asked about where nothing is on record."""
    return first_of(asked.record.asked if asked.record.is_empty else award_month(asked))


def of_place(asked: Asked, name: str, otherwise: Fraction | int) -> Fraction | int:
    """A figure of the place that pays; what the nation has where no place is known to ask."""
    if asked.record.is_empty and not asked.record.facts.get("hukou"):
        return otherwise
    return asked.figure(name, on=formula_day(asked), place=place_of_benefit(asked))


def rounded(asked: Asked, amount: Fraction) -> int:
    """To the fen, or to the province's own amount."""
    step = of_place(asked, "local_amount_step", 1)
    parts = amount / step
    return int((ceil(parts) if of_place(asked, "local_rounds_up", 0) else half_up(parts)) * step)


def share_of_years(asked: Asked) -> Fraction:
    """One per cent a year; Shanghai has a rate of its own for the months beyond whole years."""
    day, rate = formula_day(asked), Fraction(asked.figure("accrual_rate", on=formula_day(asked)))
    if day >= SHANGHAI_SINCE and not asked.record.is_empty and place_of_benefit(asked) == SHANGHAI:
        years, months = divmod(asked.record.counted_months, 12)
        beyond = asked.figure("month_accrual_rate", on=day, place=SHANGHAI) if months else 0
        return years * rate + months * beyond
    return Fraction(contribution_years(asked), 10_000) * rate


def index_benefit_base(asked: Asked) -> int:
    return half_up(benefit_base(asked) * of_place(asked, "local_index_base_share", 1))


@once
def basic_pension(asked: Asked) -> int:
    if not has_minimum(asked):
        return 0
    if formula_day(asked) < NEW_FORMULA:
        return half_up(benefit_base(asked) * asked.figure("basic_share", on=formula_day(asked)))
    index, line = Fraction(average_index(asked), 10_000), Fraction(of_place(asked, "local_low_index_line", 0)) / 10
    weight = index / line if index < line else 1
    base = benefit_base(asked) if index < line else index_benefit_base(asked)
    mean = (benefit_base(asked) * weight + base * index) / 2
    return rounded(asked, mean * share_of_years(asked))


def account_pension(asked: Asked) -> int:
    if not has_minimum(asked):
        return 0
    if formula_day(asked) < NEW_FORMULA:
        divisor = asked.figure("old_account_divisor", on=formula_day(asked))
        return half_up(Fraction(account_balance(asked)) / divisor)
    return rounded(asked, Fraction(account_balance(asked) * 10, payout_months(asked)))


def transitional_pension(asked: Asked) -> int:
    """For deemed months and months before the accounts; nothing without such months, or below the minimum."""
    deemed = len([p for p in asked.record.kept if not p.carries_money])
    has_early = partial(any_of, lambda: deemed > 0, lambda: early_months(asked) > 0, lambda: has_virtual(asked))
    if not all_of(lambda: has_minimum(asked), has_early):
        return 0
    place, day = place_of_benefit(asked), formula_day(asked)
    paid = early_months(asked)
    if place == SHANGHAI and day >= SHANGHAI_SINCE:
        weighted = Fraction(deemed + paid)
    elif place == BEIJING and day >= NEW_FORMULA:
        weighted = deemed + (paid * transitional_index(asked) if paid else 0)
    else:
        weighted = (deemed + paid) * transitional_index(asked)
    if has_virtual(asked):
        raise NotImplementedError  # no figure says how the sum is formed
    rate = asked.figure("transitional_rate", on=day, place=place)
    return rounded(asked, index_benefit_base(asked) * weighted / 12 * rate)


def transitional_index(asked: Asked) -> Fraction:
    """That of the whole life; Beijing and Jiangsu have one of their own, which only the award form tells."""
    place, day = place_of_benefit(asked), formula_day(asked)
    has_own = (place == BEIJING and day >= NEW_FORMULA) or (place == JIANGSU and day >= JIANGSU_SINCE)
    if has_own and asked.decides:
        raise NotKnown
    return Fraction(average_index(asked), 10_000)


@once
def early_months(asked: Asked) -> int:
    """Months paid before the accounts of the place that pays began."""
    return len([p for p in asked.record.kept if p.carries_money and is_early(asked, p.month)])


def is_early(asked: Asked, month: int) -> bool:
    months = int(asked.figure("early_months", month // 12, place=place_of_benefit(asked)))
    return bool(months >> month % 12 & 1)


def has_virtual(asked: Asked) -> bool:
    """Whether months before 1998 that are not early, for the province's accounts had begun, come back as a sum."""
    paid = [p.month for p in asked.record.kept if p.carries_money and p.month < january(1998)]
    if not [month for month in paid if not is_early(asked, month)]:
        return False
    return bool(asked.figure("virtual_account_rate", on=formula_day(asked), place=place_of_benefit(asked)))


def pension(asked: Asked) -> int:
    return basic_pension(asked) + account_pension(asked) + transitional_pension(asked)
