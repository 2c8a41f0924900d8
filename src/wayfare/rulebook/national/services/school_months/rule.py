"""The months that a school place is judged by: of insurance, of living in the city, of permits, of registered work.

Runs that follow each other without a gap are one, and a month that two schemes report counts once. Where a place names
a month of application, what goes on is counted up to it.
"""

from __future__ import annotations

from wayfare.law.declare import clause, look_up, pick, scan
from wayfare.law.words import ZERO_MONTHS, first_day, greatest, least, one_of, when, whole_months
from wayfare.rulebook.national.life.rule import NEVER_DAY, NEVER_MONTH, ONE_MONTH, scheme_words
from wayfare.rulebook.national.services.rule import PERSON, RECORD, TEMPORARY_PERMIT

CITY_RULES = "义务教育入学的地方规定"
PENSION, MEDICAL, MATERNITY = scheme_words.employee_pension, scheme_words.employee_medical, scheme_words.maternity
INJURY, UNEMPLOYMENT = scheme_words.injury, scheme_words.unemployment

# ---- months of insurance in the city, to the month of application, going on as now
insured_city = look_up("city_of", level="insured_run", by={"place": "insured_place"})


@clause(CITY_RULES, level="insured_run")
def is_social_insurance_here(insured_scheme, insured_city, service_city):
    """Whether the run is of an employee's social insurance in the city, no housing fund, no residents' scheme."""
    is_social = one_of(insured_scheme, PENSION, MEDICAL, INJURY, UNEMPLOYMENT, MATERNITY)
    return is_social & (insured_city == service_city)


@clause(RECORD, level="insured_run", rank="practice")
def insured_until(insured_from, insured_to, insured_goes_on, school_month):
    """The first month of the run that does not count: what goes on counts to the month of application."""
    until = when(insured_goes_on, school_month + ONE_MONTH, insured_to)
    return greatest(insured_from, least(until, school_month + ONE_MONTH))


@clause(CITY_RULES, level="person", where="service_place")
def insured_window_from(school_month, school_insured_window):
    """The first month of the window in which months are counted together."""
    return school_month + ONE_MONTH - school_insured_window


@scan(
    RECORD, level="insured_run", within="person", order=("insured_from", "insured_until", "insured_scheme"),
    start={"insured_since_so_far": NEVER_MONTH, "insured_through": NEVER_MONTH}, rank="practice",
    leaves={"insured_since_so_far": "insured_without_break_since", "insured_through": "insured_to_month"},
)  # fmt: skip
def insurance_joined(insured_since_so_far, insured_through, is_social_insurance_here, insured_from, insured_until):
    """Runs that follow each other without a gap are one; a month that two schemes report counts once."""
    counts = is_social_insurance_here & (insured_until > insured_from)
    since = when(insured_from <= insured_through, insured_since_so_far, insured_from)
    return (
        when(counts, since, insured_since_so_far),
        when(counts, greatest(insured_through, insured_until), insured_through),
    )


@scan(
    RECORD, level="insured_run", within="person", order=("insured_from", "insured_until", "insured_scheme"),
    start={"window_through": "insured_window_from", "window_so_far": ZERO_MONTHS}, rank="practice",
    leaves={"window_so_far": "insured_months_in_window"},
)  # fmt: skip
def window_counted(window_through, window_so_far, is_social_insurance_here, insured_from, insured_until):
    """The months of the window, each once however many schemes report it."""
    new = greatest(insured_until - greatest(insured_from, window_through), ZERO_MONTHS)
    return (
        when(is_social_insurance_here, greatest(window_through, insured_until), window_through),
        window_so_far + when(is_social_insurance_here, new, ZERO_MONTHS),
    )


@clause(CITY_RULES, level="person")
def insured_months_running(insured_to_month, insured_without_break_since, school_month):
    """Months of insurance without a break up to the month of application, that month paid too; else none."""
    is_paid_up = insured_to_month == school_month + ONE_MONTH
    return when(is_paid_up, insured_to_month - insured_without_break_since, ZERO_MONTHS)


# ---- months of residence, of a temporary permit, of registered flexible work
@clause(CITY_RULES, level="person")
def months_lived_to_application(lived_since, lived_until, school_month):
    """Whole months of living in the city without a break up to the last day of the month of application."""
    after = first_day(school_month + ONE_MONTH)
    return when(lived_until >= after, greatest(whole_months(lived_since, after), ZERO_MONTHS), ZERO_MONTHS)


@clause(RECORD, level="permit", rank="practice")
def is_temporary_permit_of_city(permit_city, service_city, permit_kind, permit_holder, permit_from, asked_day):
    """Whether it is the person's own temporary permit of this city, past or present."""
    mine = (permit_kind == TEMPORARY_PERMIT) & (permit_holder == PERSON)
    return mine & (permit_city == service_city) & (permit_from <= asked_day)


@scan(
    RECORD, level="permit", within="person", order=("permit_from", "permit_to"), rank="practice",
    start={"temporary_since_so_far": NEVER_DAY, "temporary_until_so_far": NEVER_DAY},
    leaves={"temporary_since_so_far": "temporary_since", "temporary_until_so_far": "temporary_until"},
)  # fmt: skip
def temporary_permits_joined(
    temporary_since_so_far, temporary_until_so_far, is_temporary_permit_of_city, permit_from, permit_to
):
    """Temporary permits that follow each other without a gap are one."""
    since = when(permit_from <= temporary_until_so_far, temporary_since_so_far, permit_from)
    return (
        when(is_temporary_permit_of_city, since, temporary_since_so_far),
        when(is_temporary_permit_of_city, greatest(temporary_until_so_far, permit_to), temporary_until_so_far),
    )


@clause(CITY_RULES, level="person")
def temporary_permit_months(temporary_since, temporary_until, judged_day):
    """Whole months for which a temporary permit of the city is held."""
    held = whole_months(temporary_since, judged_day)
    return when(temporary_until > judged_day, held, ZERO_MONTHS)


@clause(RECORD, level="work_spell", rank="practice")
def flexible_months(is_job_here, flexible_registered_day, judged_day):
    """Whole months for which running work in the city is registered as flexible employment."""
    months = greatest(whole_months(flexible_registered_day, judged_day), ZERO_MONTHS)
    return when(is_job_here, months, ZERO_MONTHS)


flexible_registered_months = pick(
    "flexible_months", level="person", of="work_spell", by="flexible_months", none=ZERO_MONTHS
)
