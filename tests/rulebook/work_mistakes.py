"""The mistakes that programs of labour law are known for, planted one by one, with the cases that must catch them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rulebook.mistakes import Mistake, clause, figures
from wayfare.law import Row
from wayfare.law.words import MONTHS_A_YEAR, PER_10, PER_100, Scale, greatest, half_up, least, no, when
from wayfare.rulebook.national.jobs.job.rule import UNLAWFUL, ending_words
from wayfare.rulebook.national.life.rule import ONE_MONTH

ALL_YEARS = Scale(2_000, "months*tenths")
ENDING_KINDS = ending_words.members


def overtime_by_the_rounded_hour(hour_wage, overtime_hours_workday, workday_rate):
    return half_up(hour_wage * overtime_hours_workday * workday_rate, PER_100 * PER_100)


def no_pay_above_the_limit(job_wage, overtime_hours_workday, overtime_hours_over, workday_rate, paid_days_month,
                           hours_day):  # fmt: skip
    hours = greatest(overtime_hours_workday - overtime_hours_over, 0)
    return half_up(job_wage * hours * workday_rate, paid_days_month * hours_day * PER_100)


def days_off_make_nothing_good(overtime_hours_rest_day):
    return overtime_hours_rest_day + 0


def days_off_make_holidays_good(job_wage, overtime_hours_holiday, overtime_hours_made_good, holiday_rate,
                                paid_days_month, hours_day):  # fmt: skip
    hours = greatest(overtime_hours_holiday - overtime_hours_made_good, 0)
    return half_up(job_wage * hours * holiday_rate, paid_days_month * hours_day * PER_100)


def every_month_counts(paid_in_month, minimum_wage):
    return paid_in_month < minimum_wage


def first_class_for_all(month_is_full, paid_in_month, minimum_wage_at_most):
    return month_is_full & (paid_in_month < minimum_wage_at_most)


def days_are_no_rest(job_months, job_full_years):
    return job_months > job_full_years * MONTHS_A_YEAR


def everybody_is_capped_at_twelve(severance_months, severance_months_most, severance_wage):
    return half_up(least(severance_months, severance_months_most) * severance_wage, PER_10)


def old_years_count_alike(months_by_length):
    return months_by_length + 0


def no_floor(ending_wage):
    return ending_wage + 0


def mean_of_what_is_recorded(months_recorded, paid_last_year, job_wage):
    months = months_recorded * ONE_MONTH
    return when(months_recorded > 0, half_up(paid_last_year, greatest(months, ONE_MONTH)), job_wage)


def notice_pay_for_every_dismissal(job_ending, job_notice):
    return (job_ending == UNLAWFUL) | no(job_notice)


def double_wage_from_the_first_day(contract_counts_from):
    return contract_counts_from + 0


def double_wage_without_end(without_contract_until, double_wage_from):
    return greatest(without_contract_until, double_wage_from)


def never_deemed(double_wage_until, without_contract_until):
    return double_wage_until > without_contract_until


def also_on_top(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Severance for an unlawful ending too."""
    unlawful = ENDING_KINDS.index("unlawful")
    return tuple(replace(r, value=1) if r.key == (unlawful,) else r for r in rows)


def to(value: int) -> Any:
    return lambda rows: tuple(replace(r, value=value) for r in rows)


RATES, DIVISORS = "Overtime is paid at 150, 200 and 300 per cent", "A month of 4350 yuan is 200 a day and 25 an hour"
CAPPED = "Above three times the average wage the wage is capped and so are the months"
WORK_PITFALLS: dict[str, list[Mistake]] = {
    "overtime": [
        figures("the month's wage already pays a third of a holiday", "holiday_rate", to(200), RATES),
        figures("paid days are working days", "paid_days_month", to(2083), DIVISORS),
        clause("the wage of an hour is rounded first", "overtime_pay", overtime_by_the_rounded_hour,
               "Nothing is computed from a rounded wage of an hour"),
        clause("hours above the limit are not paid", "overtime_pay", no_pay_above_the_limit,
               "Forty hours of overtime are four above the limit, and all forty are paid"),
        clause("days off are forgotten", "hours_to_pay_rest_day", days_off_make_nothing_good,
               "Days off make good what was worked on rest days, not on statutory holidays"),
        clause("days off make holidays good", "overtime_pay_holiday", days_off_make_holidays_good,
               "Days off make good what was worked on rest days, not on statutory holidays"),
    ],
    "the minimum wage": [
        clause("part of a month counts as a month", "is_below_minimum", every_month_counts,
               "A month that was not worked in full is not held against the minimum wage"),
        clause("the first class holds in the whole province", "is_below_minimum", first_class_for_all,
               "Between the two nothing is said"),
    ],
    "severance": [
        figures("half a year is half a month", "half_year_months", to(7),
                "Four full years and half a year make five months of wage"),
        figures("any rest is a year", "half_wage_month", to(10), "A day less than half a year makes half a month"),
        clause("days count for nothing", "has_rest", days_are_no_rest, "A day over four years makes half a month more"),
        clause("twelve months are the most for all", "severance", everybody_is_capped_at_twelve,
               "Just at three times nothing is capped"),
        figures("only the wage is capped", "severance_months_most", to(int(ALL_YEARS)), CAPPED),
        figures("capped at twice the average", "wage_cap_multiple", to(2), "Just at three times nothing is capped"),
        clause("years before 2008 count alike", "severance_months", old_years_count_alike,
               "For a job from before 2008 severance stays open, an unlawful ending does not"),
        clause("a low wage is not raised", "floored_wage", no_floor,
               "Severance is not paid by less than the minimum wage"),
        clause("one recorded month is a mean", "ending_wage", mean_of_what_is_recorded,
               "With a month missing the wage of the job counts"),
    ],
    "what an ending brings": [
        figures("severance comes on top of twice the severance", "ending_brings_severance", also_on_top,
                "An unlawful ending costs twice the severance, and no severance on top"),
        clause("every dismissal asks for notice", "notice_pay_is_due", notice_pay_for_every_dismissal,
               "An unlawful ending costs twice the severance, and no severance on top"),
    ],
    "work without a contract": [
        clause("the first month is due twice too", "double_wage_from", double_wage_from_the_first_day,
               "A contract signed in the fourth month ends it"),
        clause("it runs on after a year", "double_wage_until", double_wage_without_end,
               "Without a contract for years the wage is due twice for eleven months"),
        clause("no contract is ever deemed signed", "is_deemed_open_ended", never_deemed,
               "A contract signed after more than a year leaves the open-ended one standing"),
    ],
}  # fmt: skip
"""What goes wrong with pay and endings, with the mistakes that fall into it."""
