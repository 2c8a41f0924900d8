"""When a person may retire: the age of the law, its delay since 2025, the choice around it, the months needed.

Until the end of 2024 the old ages held. Since 2025 each group's age rises by a month for every few months of birth. A
person may go up to three years earlier, not before the old age and only with the minimum months, or up to three years
later.
"""

from __future__ import annotations

from wayfare.law.declare import clause, look_up, pick, question
from wayfare.law.words import ZERO_MONTHS, greatest, least, when, whole, year_of
from wayfare.rulebook.national.life.rule import NEVER_MONTH, NO_MONTH, OPEN_MONTH, UNEMPLOYMENT

OLD_RULE, REFORM = "国发〔1978〕104号", "国务院关于渐进式延迟法定退休年龄的办法"
FLEXIBLE_RULE = "实施弹性退休制度暂行办法"


@clause(OLD_RULE, level="person", since="1978-06-02", until="2025-01-01", rank="regulation", value="delay_months")
def delay_before_reform():
    """Before 2025 nobody's age was delayed."""
    return ZERO_MONTHS


@clause(REFORM, article="1", level="person", since="2025-01-01", rank="law")
def delay_months(birth_month, first_birth_month, delay_step, delay_per_step, delay_max):
    """Months of delay: the first month of birth named already has one, each further step of births one more."""
    steps = greatest(whole(birth_month - first_birth_month, delay_step) + 1, 0)
    return least(steps * delay_per_step, delay_max)


@clause(OLD_RULE, level="person", since="1978-06-02", rank="regulation")
def retirement_age_months(is_special_work, special_retirement_age, old_retirement_age, delay_months):
    """The age of the law in months: the group's old age and the delay; special work keeps its own age."""
    return when(is_special_work, special_retirement_age, old_retirement_age + delay_months)


@clause(OLD_RULE, level="person", since="1978-06-02", rank="regulation")
def retirement_month(birth_month, retirement_age_months):
    """The month in which the age of the law is reached."""
    return birth_month + retirement_age_months


@clause(OLD_RULE, level="person", since="1978-06-02", rank="regulation")
def has_reached_age(asked_month, birth_month, youngest_retirement_age, is_special_work, retirement_month):
    """Whether the age of the law is reached; below the youngest age of all the group does not matter."""
    may_have = (asked_month >= birth_month + youngest_retirement_age) | is_special_work
    return may_have & (asked_month >= retirement_month)


@clause(OLD_RULE, level="person", since="1978-06-02", rank="regulation")
def award_month(chosen_month, chosen_age_months, birth_month, retirement_month):
    """The month of retirement: the one chosen, or the one of the age chosen, or else the one of the law."""
    by_age = when(chosen_age_months > 0, birth_month + chosen_age_months, retirement_month)
    return when(chosen_month > NO_MONTH, greatest(chosen_month, NEVER_MONTH), by_age)


@clause(OLD_RULE, level="person", since="1978-06-02", rank="regulation")
def award_age_months(chosen_month, chosen_age_months, birth_month, retirement_age_months):
    """The age at retirement in months, as chosen or by the law."""
    by_age = when(chosen_age_months > 0, chosen_age_months, retirement_age_months)
    return when(chosen_month > NO_MONTH, chosen_month - birth_month, by_age)


# ---- the choice around the age of the law
@clause(OLD_RULE, level="person", since="1978-06-02", until="2025-01-01", rank="regulation", value="earliest_month")
def earliest_before_reform(retirement_month):
    """Before 2025 there was no choice: the month of the law."""
    return retirement_month


@clause(REFORM, article="3", level="person", since="2025-01-01", rank="law")
def earliest_month(birth_month, old_retirement_age, retirement_month, early_months_max):
    """The earliest month a person may choose: three years before, but not below the old age."""
    return least(greatest(birth_month + old_retirement_age, retirement_month - early_months_max), retirement_month)


@clause(OLD_RULE, level="person", since="1978-06-02", until="2025-01-01", rank="regulation", value="latest_month")
def latest_before_reform(retirement_month):
    """Before 2025 there was no choice: the month of the law."""
    return retirement_month


@clause(REFORM, article="3", level="person", since="2025-01-01", rank="law")
def latest_month(retirement_month, late_choice_since, late_months_max, late_months_before_reform):
    """The latest month that can be agreed with the employer: three years later.

    What those may agree who reached the age of the law before 2025 the text does not say.
    """
    is_within = retirement_month >= late_choice_since
    return retirement_month + when(is_within, late_months_max, late_months_before_reform)


# ---- the months of contributions needed
@clause(FLEXIBLE_RULE, level="person", rank="rule", since="1997-07-16")
def minimum_year(award_month, retirement_month):
    """The year whose minimum counts: of the month chosen if early, of the age of the law if late."""
    return year_of(least(award_month, retirement_month))


minimum_months = look_up("minimum_contribution", level="person", by={"year": "minimum_year"})


@clause("社会保险法", article="16", level="person", rank="law", since="1997-07-16")
def missing_months(minimum_months, counted_months):
    """Months still missing to the minimum, with what is counted by the day asked about."""
    return greatest(minimum_months - counted_months, 0)


@clause(OLD_RULE, level="person", since="1978-06-02", until="2025-01-01", rank="regulation", value="chosen_is_allowed")
def choice_before_reform(award_month, retirement_month):
    """Before 2025 only the month of the law was open."""
    return award_month == retirement_month


@clause(REFORM, article="3", level="person", since="2025-01-01", rank="law")
def chosen_is_allowed(award_month, earliest_month, latest_month, retirement_month, counted_months, minimum_months):
    """Whether the month chosen is open: within the three years around, and with the minimum months if it is early."""
    has_months = (award_month >= retirement_month) | (counted_months >= minimum_months)
    is_not_late = (award_month <= retirement_month) | (award_month <= latest_month)
    return (award_month >= earliest_month) & is_not_late & has_months


# ---- when to say so
@clause(FLEXIBLE_RULE, level="person", since="2025-01-01")
def notice_month(award_month, retirement_month, earliest_month, notice_months):
    """The last month to give the employer notice of going early: in the month chosen, else in the earliest one."""
    return when(award_month < retirement_month, award_month, earliest_month) - notice_months


@clause(FLEXIBLE_RULE, level="person", since="2025-01-01")
def agreement_month(retirement_month, agreement_months):
    """The last month to agree with the employer in writing on going late."""
    return retirement_month - agreement_months


# ---- the older unemployed: the article is recalled, and so are its figures, on which no decision rests
@clause("Wayfare: reading of the record", level="benefit", rank="practice")
def is_unemployment_benefit(benefit_scheme, benefit_from, asked_month):
    """Whether this is unemployment benefit that has begun."""
    return (benefit_scheme == UNEMPLOYMENT) & (benefit_from <= asked_month)


unemployment_benefit_ends = pick(
    "benefit_to", level="person", of="benefit", by="benefit_to", where="is_unemployment_benefit", none=NEVER_MONTH
)


@clause("Wayfare: reading of the record", level="person", rank="practice")
def draws_unemployment(unemployment_benefit_ends, asked_month):
    """Whether unemployment benefit is drawn in the month asked about."""
    return unemployment_benefit_ends > asked_month


@clause("Wayfare: reading of the record", level="person", rank="practice")
def unemployment_benefit_until(unemployment_benefit_ends, asked_month):
    """The first month without unemployment benefit as granted; where no end is stated, the one asked about."""
    is_open = unemployment_benefit_ends >= OPEN_MONTH
    return when(is_open, asked_month, greatest(unemployment_benefit_ends, asked_month))


@clause(REFORM, article="7", level="person", since="2025-01-01", rank="law")
def is_older_unemployed(draws_unemployment, unemployment_benefit_until, retirement_month, older_unemployed_months):
    """Whether unemployment benefit runs out with less than a year left to the age of the law."""
    left = retirement_month - unemployment_benefit_until
    return draws_unemployment & (left > 0) & (left < older_unemployed_months)


@clause(REFORM, article="7", level="person", since="2025-01-01", rank="law")
def unemployment_benefit_extended_until(is_older_unemployed, retirement_month, unemployment_benefit_until):
    """The first month without unemployment benefit: of the older unemployed the month of the age of the law."""
    return when(is_older_unemployed, retirement_month, unemployment_benefit_until)


@clause(REFORM, article="7", level="person", since="2025-01-01", rank="law")
def fund_pays_contributions(is_older_unemployed, fund_pays_during_reform):
    """Whether the unemployment fund pays the pension contributions: for the older unemployed while the ages rise."""
    return is_older_unemployed & fund_pays_during_reform


retirement = question(
    "pension.retirement", answer="retirement_month",
    values=("delay_months", "retirement_age_months", "retirement_month", "minimum_months", "earliest_month",
            "latest_month", "chosen_is_allowed", "missing_months", "notice_month", "agreement_month",
            "is_older_unemployed", "unemployment_benefit_extended_until", "fund_pays_contributions"),
    say={"en": "When can I retire?", "zh": "我什么时候可以退休？"},
)  # fmt: skip
