"""What is due when work for an employer ends: severance, payment for an unlawful ending, a month for missing notice.

Severance is a month's wage for each full year and a whole or half one for the rest; the wage is the mean of the last
twelve months, not below the minimum wage, and capped for high earners. How the work ended decides what is due.
"""

from __future__ import annotations

from wayfare.law.declare import clause, given, lever, look_up, question, total
from wayfare.law.words import (
    MONTHS_A_YEAR,
    PER_10,
    PER_10_000,
    ZERO_MONTHS,
    Scale,
    greatest,
    half_up,
    least,
    month_of,
    months_after,
    no,
    when,
    whole,
    whole_months,
    year_of,
)
from wayfare.rulebook.national.jobs.job.rule import (
    AT_END,
    CONTRACT_LAW,
    CONTRACT_REFUSED,
    CONTRACT_RULES,
    FOR_CAUSE,
    SINCE,
    UNLAWFUL,
    WITH_NOTICE,
)
from wayfare.rulebook.national.life.rule import ONE_MONTH

ARBITRATION = "劳动争议调解仲裁法"
ONE_YEAR = Scale(1, "years")
NO_SHARE = Scale(0, "months*tenths")


# ---- years with the employer
job_years_are_given = given("job_years")


@clause(CONTRACT_RULES, article="25", rank="regulation", **AT_END)
def job_months(job_from, job_end):
    """Complete months with the employer, from the first day of work."""
    return greatest(whole_months(job_from, job_end), ZERO_MONTHS)


@clause(CONTRACT_RULES, article="25", rank="regulation", **AT_END)
def job_years(job_months):
    """Years with the employer, of complete months."""
    return half_up(job_months * PER_10_000, MONTHS_A_YEAR)


@clause(CONTRACT_RULES, article="25", rank="regulation", **AT_END)
def job_full_years(job_years_are_given, job_years, job_months):
    """Full years with the employer."""
    return when(job_years_are_given, whole(job_years, PER_10_000), whole(job_months, MONTHS_A_YEAR))


@clause(CONTRACT_LAW, article="47", rank="law", **AT_END)
def has_half_year(job_years_are_given, job_years, job_months, job_full_years, half_year_months):
    """Whether the rest after the full years is six months or more."""
    given_rest = job_years - job_full_years * PER_10_000
    by_years = given_rest * MONTHS_A_YEAR >= half_year_months * PER_10_000
    return when(job_years_are_given, by_years, job_months - job_full_years * MONTHS_A_YEAR >= half_year_months)


@clause(CONTRACT_LAW, article="47", rank="law", **AT_END)
def has_rest(job_years_are_given, job_years, job_months, job_full_years, job_from, last_job_day, job_end):
    """Whether anything is left after the full years, be it a day: then the last day completed no month."""
    by_years = job_years > job_full_years * PER_10_000
    has_days = whole_months(job_from, last_job_day) == whole_months(job_from, job_end)
    return when(job_years_are_given, by_years, (job_months > job_full_years * MONTHS_A_YEAR) | has_days)


@clause(CONTRACT_RULES, article="25", rank="regulation", **AT_END)
def months_by_length(job_full_years, has_half_year, has_rest, wage_months_a_year, half_wage_month):
    """Months of wage by the whole length of the job: one a full year, and one or a half for the rest."""
    rest = when(has_half_year, wage_months_a_year * ONE_YEAR, when(has_rest, half_wage_month, NO_SHARE))
    return job_full_years * wage_months_a_year + rest


@clause(CONTRACT_LAW, article="97", rank="law", **AT_END)
def began_before_law(job_years_are_given, job_years, job_from, job_end, contract_law_day):
    """Whether the job began before the contract law of 2008, whose severance counts years only since then."""
    months_since = whole_months(contract_law_day, job_end)
    return when(job_years_are_given, job_years * MONTHS_A_YEAR > months_since * PER_10_000, job_from < contract_law_day)


older_months = look_up("severance_of_older_jobs", level="person", at="last_job_day", where="job_place")


@clause(CONTRACT_LAW, article="47", rank="law", **AT_END)
def severance_months(began_before_law, months_by_length, older_months):
    """Months of wage that severance has; for a job from before 2008 the old rules have a part in it."""
    return when(began_before_law, older_months, months_by_length)


# ---- the wage that counts
@clause(CONTRACT_RULES, article="27", level="pay_record", rank="regulation", since=SINCE)
def is_of_last_year(pay_month, pay_place, job_place, job_from, job_end, months_of_mean):
    """Whether this is pay for one of the last twelve months of the job, its first and its last part left out."""
    is_before_end = (pay_month < month_of(job_end)) & (pay_month >= month_of(job_end) - months_of_mean)
    return is_before_end & (pay_month >= month_of(job_from)) & (pay_place == job_place)


@clause(CONTRACT_RULES, article="27", level="pay_record", rank="regulation", since=SINCE)
def pay_in_all(pay_amount, pay_overtime_amount):
    """All money wages of the month, overtime included."""
    return pay_amount * ONE_MONTH + pay_overtime_amount


paid_last_year = total("pay_in_all", level="person", where="is_of_last_year")
months_recorded = total(level="person", of="pay_record", where="is_of_last_year", how="count")


@clause(CONTRACT_RULES, article="27", rank="regulation", **AT_END)
def months_to_record(job_from, job_end, months_of_mean):
    """Months of which the mean is taken: the last twelve, or all since the first day where there are fewer."""
    return greatest(least(month_of(job_end) - month_of(job_from), months_of_mean), ZERO_MONTHS)


@clause(CONTRACT_LAW, article="47", rank="law", **AT_END)
def ending_wage(months_recorded, months_to_record, paid_last_year, job_wage):
    """The mean wage of the last twelve months where all are recorded, rounded once; else the wage of the job."""
    months = months_recorded * ONE_MONTH
    is_recorded = (months == months_to_record) & (months > ZERO_MONTHS)
    return when(is_recorded, half_up(paid_last_year, greatest(months, ONE_MONTH)), job_wage)


ending_wage_class = look_up("minimum_wage_class_of_place", level="person", at="last_job_day", where="job_place")
ending_minimum_wage = look_up(
    "minimum_wage_by_class", level="person", by={"minimum_wage_class": "ending_wage_class"}, at="last_job_day",
    where="job_place",
)  # fmt: skip
ending_minimum_is_given = given("ending_minimum_wage")
ending_lowest_of_tables = look_up("minimum_wage_lowest", level="person", at="last_job_day", where="job_place")
ending_highest_of_tables = look_up("minimum_wage_highest", level="person", at="last_job_day", where="job_place")


@clause(CONTRACT_RULES, article="27", rank="regulation", **AT_END)
def ending_minimum_at_most(ending_minimum_is_given, ending_minimum_wage, ending_highest_of_tables):
    """What the minimum wage of the place is at most."""
    return when(ending_minimum_is_given, ending_minimum_wage, ending_highest_of_tables)


@clause(CONTRACT_RULES, article="27", rank="regulation", **AT_END)
def floored_wage(ending_wage, ending_minimum_at_most, ending_minimum_wage, minimum_wage_nowhere_above):
    """The wage that counts, not below the minimum wage; from the first class of the province on it cannot be below."""
    is_above = (ending_wage >= minimum_wage_nowhere_above) | (ending_wage >= ending_minimum_at_most)
    return when(is_above, ending_wage, greatest(ending_wage, ending_minimum_wage))


@clause(CONTRACT_LAW, article="47", rank="law", **AT_END)
def area_wage_year(last_job_day):
    """The year whose average wage of the area counts: the one before the job ended."""
    return year_of(month_of(last_job_day)) - 1


area_wage_of_year = look_up("average_wage", level="person", by={"year": "area_wage_year"}, where="job_place")
area_wage_is_published = look_up("area_wage_is_the_provinces", level="person", at="last_job_day", where="job_place")


@clause(CONTRACT_LAW, article="47", level="person", since=SINCE, at="last_job_day", rank="law", status="assumed")
def city_average_wage(area_wage_of_year):
    """The average wage of a city of a province, for which an estimate takes the province's."""
    return half_up(area_wage_of_year, MONTHS_A_YEAR)


@clause(CONTRACT_LAW, article="47", rank="law", **AT_END)
def area_average_wage(area_wage_is_published, area_wage_of_year, city_average_wage):
    """The average wage a month of the municipality or the city, of the year before."""
    return when(area_wage_is_published, half_up(area_wage_of_year, MONTHS_A_YEAR), city_average_wage)


@clause(CONTRACT_LAW, article="47", rank="law", **AT_END)
def ending_minimum_at_least(ending_minimum_is_given, ending_minimum_wage, ending_lowest_of_tables):
    """What the minimum wage of the place is at least; no area's average wage lies below it."""
    return when(ending_minimum_is_given, ending_minimum_wage, ending_lowest_of_tables)


@clause(CONTRACT_LAW, article="47", rank="law", **AT_END)
def is_high_earner(ending_wage, ending_minimum_at_least, area_average_wage, wage_cap_multiple):
    """Whether the wage is above three times the average wage of the area, and severance is capped.

    Who earns no more than three times the minimum wage is no high earner, whatever the average may be.
    """
    may_be = ending_wage > ending_minimum_at_least * wage_cap_multiple
    return may_be & (ending_wage > area_average_wage * wage_cap_multiple)


@clause(CONTRACT_LAW, article="47", rank="law", **AT_END)
def severance_wage(is_high_earner, area_average_wage, wage_cap_multiple, floored_wage):
    """The wage a month that severance is paid by."""
    return when(is_high_earner, area_average_wage * wage_cap_multiple, floored_wage)


# ---- the amounts
@clause(CONTRACT_LAW, article="47", rank="law", **AT_END)
def severance(is_high_earner, severance_months, severance_months_most, severance_wage):
    """Severance, rounded once; of high earners twelve months at most."""
    months = when(is_high_earner, least(severance_months, severance_months_most), severance_months)
    return half_up(months * severance_wage, PER_10)


@clause(CONTRACT_LAW, article="87", rank="law", **AT_END)
def unlawful_ending_pay(is_high_earner, months_by_length, severance_months_most, severance_wage, unlawful_multiple):
    """What an unlawful ending costs: twice the severance, with all years since the first day."""
    months = when(is_high_earner, least(months_by_length, severance_months_most), months_by_length)
    return half_up(months * severance_wage * unlawful_multiple, PER_10)


@clause(CONTRACT_LAW, article="40", rank="law", **AT_END)
def notice_pay(job_wage, wage_months_for_notice):
    """The month's wage, as it was last, that stands for notice of thirty days."""
    return job_wage * wage_months_for_notice


# ---- what is due, by the way the work ended
brings_severance = look_up(
    "ending_brings_severance", level="person", by={"ending_kind": "job_ending"}, at="last_job_day"
)


@clause(CONTRACT_LAW, article="46", rank="law", **AT_END)
def severance_is_due(job_ending, brings_severance, job_end, double_wage_from):
    """Whether severance is due; who refused a written contract gets it once the first month is over."""
    return when(job_ending == CONTRACT_REFUSED, job_end > double_wage_from, brings_severance)


@clause(CONTRACT_LAW, article="87", rank="law", **AT_END)
def unlawful_pay_is_due(job_ending):
    """Whether the employer ended the work against the law; then twice the severance is due, and no severance on top."""
    return job_ending == UNLAWFUL


@clause(CONTRACT_LAW, article="40", rank="law", **AT_END)
def notice_pay_is_due(job_ending, job_notice):
    """Whether a month's wage is due for notice that was not given."""
    return (job_ending == WITH_NOTICE) & no(job_notice)


@clause(CONTRACT_LAW, article="46", rank="law", **AT_END)
def ending_pays(severance_is_due, unlawful_pay_is_due, notice_pay_is_due):
    """Whether the employer owes anything for the way the work ended."""
    return severance_is_due | unlawful_pay_is_due | notice_pay_is_due


@clause(CONTRACT_LAW, article="46", rank="law", **AT_END)
def ending_pay(
    severance_is_due, severance, unlawful_pay_is_due, unlawful_ending_pay, notice_pay_is_due, notice_pay,
):  # fmt: skip
    """All that is due for the way the work ended."""
    unlawful = when(unlawful_pay_is_due, unlawful_ending_pay, 0)
    return when(severance_is_due, severance, 0) + unlawful + when(notice_pay_is_due, notice_pay, 0)


# ---- when
@clause(CONTRACT_LAW, article="50", rank="law", **AT_END)
def papers_due(last_job_day, leaving_papers_days):
    """The day by which file and insurance are to be passed on; the certificate is due at the ending itself."""
    return last_job_day + leaving_papers_days


@clause(ARBITRATION, article="27", level="person", since="2008-05-01", at="last_job_day", rank="law")
def claim_until(job_end, arbitration_months):
    """The first day on which a claim before the tribunal comes too late, where nothing interrupted the time."""
    return months_after(job_end, arbitration_months)


@clause(ARBITRATION, article="27", level="person", since="2008-05-01", at="last_job_day", rank="law")
def claim_is_in_time(asked_day, claim_until):
    """Whether a claim may still be brought on the day asked about."""
    return asked_day < claim_until


# ---- what can be done about it
@clause(CONTRACT_LAW, article="38", level="work_spell", rank="law", since=SINCE)
def may_leave_for_cause(is_for_employer, work_to, asked_day, is_below_minimum, overtime_shortfall):
    """Whether the job still runs and its pay was not paid in full, for which one may leave with severance."""
    return is_for_employer & (work_to > asked_day) & (is_below_minimum | (overtime_shortfall > 0))


leave_for_cause = lever(
    "ending_kind", to=FOR_CAUSE, who="person", where="may_leave_for_cause",
    say={"en": "Your pay is short. Tell your employer in writing that you leave for this reason, under article 38.",
         "zh": "您的工资没有足额发放。可以依照第三十八条，以此为由书面通知单位解除劳动合同。"},
)  # fmt: skip

ending = question(
    "work.ending", answer="severance", goal="ending_pays", levers=("leave_for_cause",),
    values=("severance", "severance_months", "unlawful_ending_pay", "notice_pay", "ending_wage", "severance_wage",
            "is_high_earner", "area_average_wage", "began_before_law", "ending_pays", "severance_is_due",
            "unlawful_pay_is_due", "notice_pay_is_due", "ending_pay", "papers_due", "claim_until", "claim_is_in_time"),
    named={"working_years": "job_years", "monthly_wage": "job_wage", "place": "job_place",
           "minimum_wage": "ending_minimum_wage", "how": "job_ending"},
    say={"en": "What am I due when the work ends?", "zh": "劳动关系结束，我该拿到什么？"},
)  # fmt: skip
