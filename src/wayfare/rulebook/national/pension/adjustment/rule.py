"""How pensions in payment rise each year: a fixed part, parts linked to years and to the amount, and a tilted part.

The centre sets an average rate for the country; each province then sets amounts of its own under it. The national rate
is no person's rate and is never applied to one; without the province's amounts nothing is computed.
"""

from __future__ import annotations

from wayfare.law.declare import clause, look_up, question
from wayfare.law.words import (
    PER_10_000,
    ZERO_MONTHS,
    Scale,
    first_month,
    greatest,
    half_up,
    least,
    when,
    whole,
    year_of,
)

INSURANCE_LAW, NOTICE = "社会保险法", "人社部、财政部历年调整退休人员基本养老金的通知"

PENSION_LIMIT = Scale(100_000_000, "fen/months")  # a million yuan a month: above it lies a slip


@clause(INSURANCE_LAW, article="18", level="person", rank="law", since="2011-07-01")
def adjustment_year(asked_month):
    """The year whose adjustment is asked about: that of the month asked about."""
    return year_of(asked_month)


@clause(NOTICE, level="person", since="2011-07-01")
def takes_part(award_month, adjustment_year):
    """Whether the pension began before the first of January from which the adjustment counts."""
    return award_month < first_month(adjustment_year)


@clause(NOTICE, level="person", since="2011-07-01")
def pension_in_payment(pension):
    """The pension of last December; unless it is given that of the first month, which earlier adjustments raised."""
    return greatest(least(pension, PENSION_LIMIT), 0)


@clause(NOTICE, level="person", since="2011-07-01")
def adjustment_age_months(birth_month, adjustment_year):
    """Age in months at the end of the year before, which the tilted part for high age asks for."""
    return greatest(first_month(adjustment_year) - birth_month, ZERO_MONTHS)


national_adjustment = look_up("national_adjustment_rate", level="person")  # shown, and never applied to anybody
tilted_by_age = look_up(
    "adjustment_by_age", level="person", by={"age_months": "adjustment_age_months"}, where="place_of_benefit"
)


@clause(NOTICE, level="person", since="2011-07-01", where="place_of_benefit")
def adjustment_fixed(adjustment_fixed_amount):
    """The fixed part, the same for everybody in the province."""
    return adjustment_fixed_amount + 0


@clause(NOTICE, level="person", since="2011-07-01", where="place_of_benefit")
def adjustment_by_years(contribution_years, adjustment_per_year):
    """The part linked to years: an amount for each whole year of contributions."""
    return whole(contribution_years, PER_10_000) * adjustment_per_year


@clause(NOTICE, level="person", since="2011-07-01", where="place_of_benefit")
def adjustment_by_amount(pension_in_payment, adjustment_amount_rate):
    """The part linked to the amount: a share of the pension in payment."""
    return half_up(pension_in_payment * adjustment_amount_rate, PER_10_000)


@clause(NOTICE, level="person", since="2011-07-01")
def adjustment_tilted(tilted_by_age):
    """The tilted part, for high age."""
    return tilted_by_age + 0


@clause(INSURANCE_LAW, article="18", level="person", rank="law", since="2011-07-01")
def adjustment(takes_part, adjustment_fixed, adjustment_by_years, adjustment_by_amount, adjustment_tilted):
    """By how much the pension rises from January of the year."""
    found = adjustment_fixed + adjustment_by_years + adjustment_by_amount + adjustment_tilted
    return when(takes_part, found, 0)


@clause(INSURANCE_LAW, article="18", level="person", rank="law", since="2011-07-01")
def adjusted_pension(pension_in_payment, adjustment):
    """The pension from January of the year on."""
    return pension_in_payment + adjustment


adjusting = question(
    "pension.adjustment", answer="adjusted_pension",
    values=("adjusted_pension", "adjustment", "adjustment_fixed", "adjustment_by_years", "adjustment_by_amount",
            "adjustment_tilted", "pension_in_payment", "takes_part", "national_adjustment"),
    say={"en": "How does my pension rise this year?", "zh": "今年我的养老金怎么调整？"},
)  # fmt: skip
