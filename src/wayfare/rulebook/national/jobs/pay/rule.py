"""What a month's work is worth: the wage of a day, pay for overtime, and whether the month was paid below the minimum.

A month has 21.75 paid days of 8 hours. Hours beyond the normal ones are paid at 150 %, on rest days at 200 % unless a
day off makes them good, on statutory holidays at 300 %. Each amount is rounded once, at its end, from the wage of the
month; nothing is computed from a rounded wage of a day or an hour.
"""

from __future__ import annotations

from wayfare.law.declare import choice, clause, expand, pick, question, total
from wayfare.law.words import DAYS_A_YEAR, MONTHS_A_YEAR, PER_100, greatest, half_up, when
from wayfare.rulebook.national.jobs.job.rule import ALL_WORKED, LABOUR_LAW, NO_HOURS, RECORD
from wayfare.rulebook.national.life.rule import ONE_MONTH

DIVISORS, HOLIDAYS = "关于职工全年月平均工作时间和工资折算问题的通知", "全国年节及纪念日放假办法"
CONVERSION = {"level": "person", "since": "2008-01-03", "at": "wage_month"}
OVERTIME = {"article": "44", "level": "person", "since": "2008-01-03", "at": "wage_month", "rank": "law"}

holiday_words = choice(
    "holiday", "new_year", "spring_festival", "qingming", "labour_day", "dragon_boat", "mid_autumn", "national_day"
)

# ---- what is recorded of the month
paid_in_month = pick(
    "pay_amount", level="person", of="pay_record", by="pay_month", where="is_of_wage_month", none="job_wage"
)
month_is_full = pick(
    "pay_is_full_month", level="person", of="pay_record", by="pay_month", where="is_of_wage_month", none=ALL_WORKED
)
overtime_hours_workday = pick(
    "pay_hours_workday", level="person", of="pay_record", by="pay_month", where="is_of_wage_month",
    none="stated_hours_workday",
)  # fmt: skip
overtime_hours_rest_day = pick(
    "pay_hours_rest_day", level="person", of="pay_record", by="pay_month", where="is_of_wage_month",
    none="stated_hours_rest_day",
)  # fmt: skip
overtime_hours_made_good = pick(
    "pay_hours_made_good", level="person", of="pay_record", by="pay_month", where="is_of_wage_month", none=NO_HOURS
)
overtime_hours_holiday = pick(
    "pay_hours_holiday", level="person", of="pay_record", by="pay_month", where="is_of_wage_month",
    none="stated_hours_holiday",
)  # fmt: skip
overtime_paid = pick(
    "pay_overtime_amount", level="person", of="pay_record", by="pay_month", where="is_of_wage_month",
    none="stated_overtime_pay",
)  # fmt: skip

# ---- the calendar of work
holiday_row = expand(
    "holiday", within="person", table="statutory_holidays", at="wage_month",
    columns={"holiday": "holiday_kind", "days": "holiday_days"},
)  # fmt: skip
holidays_year = total("holiday_days", level="person")


@clause(DIVISORS, **CONVERSION)
def hours_month(paid_days_month, hours_day):
    """Paid hours of a month: 21.75 days of 8 hours."""
    return half_up(paid_days_month * hours_day, PER_100)


@clause(DIVISORS, **CONVERSION)
def work_days_year(rest_days_year, holidays_year):
    """Days of a year that are worked: all but the rest days and the statutory holidays."""
    return DAYS_A_YEAR - rest_days_year - holidays_year


@clause(DIVISORS, **CONVERSION)
def work_days_month(work_days_year):
    """Days of a month that are worked, in the mean of the year, to two decimals."""
    return half_up(work_days_year * PER_100, MONTHS_A_YEAR)


# ---- the wage of a day and of an hour
@clause(DIVISORS, **CONVERSION)
def day_wage(job_wage, paid_days_month):
    """The wage of a day: the month's over 21.75 paid days."""
    return half_up(job_wage * PER_100, paid_days_month)


@clause(DIVISORS, **CONVERSION)
def hour_wage(job_wage, paid_days_month, hours_day):
    """The wage of an hour: the month's over 21.75 paid days and 8 hours; shown, and nothing is computed from it."""
    return half_up(job_wage * PER_100, paid_days_month * hours_day)


# ---- overtime
@clause(LABOUR_LAW, **OVERTIME)
def overtime_pay(job_wage, overtime_hours_workday, workday_rate, paid_days_month, hours_day):
    """Pay for hours beyond the normal ones on workdays, at 150 %."""
    return half_up(job_wage * overtime_hours_workday * workday_rate, paid_days_month * hours_day * PER_100)


@clause(LABOUR_LAW, **OVERTIME)
def hours_to_pay_rest_day(overtime_hours_rest_day, overtime_hours_made_good):
    """Hours of rest days for which no day off was given."""
    return greatest(overtime_hours_rest_day - overtime_hours_made_good, NO_HOURS)


@clause(LABOUR_LAW, **OVERTIME)
def overtime_pay_rest_day(job_wage, hours_to_pay_rest_day, rest_day_rate, paid_days_month, hours_day):
    """Pay for rest days that no day off made good, at 200 %."""
    return half_up(job_wage * hours_to_pay_rest_day * rest_day_rate, paid_days_month * hours_day * PER_100)


@clause(LABOUR_LAW, **OVERTIME)
def overtime_pay_holiday(job_wage, overtime_hours_holiday, holiday_rate, paid_days_month, hours_day):
    """Pay for statutory holidays, at 300 % and on top of the month's wage; no day off makes them good."""
    return half_up(job_wage * overtime_hours_holiday * holiday_rate, paid_days_month * hours_day * PER_100)


@clause(LABOUR_LAW, **OVERTIME)
def overtime_pay_total(overtime_pay, overtime_pay_rest_day, overtime_pay_holiday):
    """All pay for overtime of the month."""
    return overtime_pay + overtime_pay_rest_day + overtime_pay_holiday


@clause(LABOUR_LAW, **OVERTIME)
def overtime_shortfall(overtime_pay_total, overtime_paid):
    """Pay for overtime that is still owed for the month."""
    return greatest(overtime_pay_total - overtime_paid, 0)


@clause(LABOUR_LAW, article="41", level="person", since="1995-01-01", at="wage_month", rank="law")
def overtime_hours_over(overtime_hours_workday, hours_to_pay_rest_day, overtime_hours_holiday, overtime_hours_most):
    """Hours of overtime above the most that a month may have; they are paid all the same."""
    hours = overtime_hours_workday + hours_to_pay_rest_day + overtime_hours_holiday
    return greatest(hours - overtime_hours_most, NO_HOURS)


# ---- the minimum wage
@clause(LABOUR_LAW, article="48", level="person", since="1995-01-01", at="wage_month", rank="law")
def is_below_minimum(
    month_is_full, paid_in_month, minimum_wage_at_least, minimum_wage_at_most, minimum_wage, minimum_wage_nowhere_above,
):  # fmt: skip
    """Whether the normal hours of a month were all worked and paid below the minimum wage of the place.

    Pay below the lowest class of the province is below for certain, pay from the first class on is not; only between
    the two the class of the place decides.
    """
    is_below = (paid_in_month < minimum_wage_at_most) & (paid_in_month < minimum_wage)
    may_be = paid_in_month < minimum_wage_nowhere_above
    return month_is_full & may_be & ((paid_in_month < minimum_wage_at_least) | is_below)


@clause(LABOUR_LAW, article="48", level="person", since="1995-01-01", rank="law")
def minimum_wage_shortfall(is_below_minimum, minimum_wage, paid_in_month):
    """By how much the month's pay falls short of the minimum wage, which is to be made up."""
    return when(is_below_minimum, greatest(minimum_wage - paid_in_month, 0) * ONE_MONTH, 0)


@clause(RECORD, level="person", rank="practice")
def pay_owed(overtime_shortfall, minimum_wage_shortfall):
    """What is still owed for the month: unpaid overtime, and what is missing to the minimum wage."""
    return overtime_shortfall + minimum_wage_shortfall


pay = question(
    "work.pay", answer="day_wage",
    values=("day_wage", "hour_wage", "hours_month", "work_days_month", "work_days_year", "holidays_year",
            "holiday_kind", "holiday_days", "overtime_pay", "overtime_pay_rest_day", "overtime_pay_holiday",
            "overtime_pay_total", "overtime_shortfall", "overtime_hours_over", "is_below_minimum", "minimum_wage",
            "minimum_wage_at_least", "minimum_wage_at_most", "minimum_wage_shortfall", "pay_owed"),
    named={"monthly_wage": "job_wage", "place": "job_place", "month": "wage_month", "paid": "paid_in_month"},
    say={"en": "Is my month's pay right?", "zh": "我这个月的工资发够了吗？"},
)  # fmt: skip
