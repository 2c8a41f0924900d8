"""What a pension fund pays when an insured person dies, and to those who can no longer work before their age.

The family gets a funeral benefit and a lump sum, both in months of the province's urban disposable income of the year
before the death; the account is inherited. The day asked about stands for the day of death. Whoever loses all capacity
to work before the age of retirement may draw an allowance, whose measures are not at hand.
"""

from __future__ import annotations

from wayfare.law.declare import clause, fact, look_up, question
from wayfare.law.words import MONTHS_A_YEAR, PER_10_000, greatest, half_up, least, when, whole, year_of

INSURANCE_LAW, MEASURES = "社会保险法", "人社部发〔2021〕18号"

own_contributions = fact(
    "person", "fen", 0, 1_000_000_000,
    ask={"en": "How much did the person pay in themselves, all in all?", "zh": "参保人个人缴费一共多少元？"},
)  # fmt: skip
remaining_account = fact(
    "person", "fen", 0, 1_000_000_000,
    ask={"en": "What was left on the account of the person who drew a pension?",
         "zh": "退休人员去世时个人账户还剩多少元？"},
)  # fmt: skip


@clause(MEASURES, level="person", since="2022-01-01")
def income_year(asked_month):
    """The year before the death, whose income counts."""
    return year_of(asked_month) - 1


income_of_province = look_up(
    "urban_disposable_income", level="person", by={"year": "income_year"}, where="place_of_benefit"
)


@clause(MEASURES, level="person", since="2022-01-01")
def urban_income(income_of_province):
    """Disposable income of the province's urban residents in the year before, a year and a head."""
    return income_of_province + 0


@clause(MEASURES, level="person", since="2022-01-01")
def funeral_benefit(urban_income, funeral_months):
    """The funeral benefit: some months of that income."""
    return half_up(urban_income * funeral_months, MONTHS_A_YEAR)


# ---- the lump sum
@clause(MEASURES, level="person", since="2022-01-01")
def survivor_insured_months(contribution_years):
    """Months of contributions that the lump sum goes by."""
    return half_up(contribution_years * MONTHS_A_YEAR, PER_10_000)


months_by_time = look_up("survivor_months_by_time", level="person", by={"insured_months": "survivor_insured_months"})


@clause(MEASURES, level="person", since="2022-01-01")
def survivor_months_at_most(survivor_insured_months, months_by_time, survivor_more_from, survivor_more_per_year,
                            survivor_months_max):  # fmt: skip
    """Months of income for the years of contributions: steps to fifteen years, then a month for each whole year."""
    years = whole(greatest(survivor_insured_months - survivor_more_from, 0), MONTHS_A_YEAR)
    return least(months_by_time + years * survivor_more_per_year, survivor_months_max)


@clause(MEASURES, level="person", since="2022-01-01")
def drawn_months(has_minimum, has_record, month_is_given, asked_month, award_month):
    """Months for which the person drew a pension; a form that names no month of retirement tells of none."""
    return when((has_record | month_is_given) & has_minimum, greatest(asked_month - award_month, 0), 0)


@clause(MEASURES, level="person", since="2022-01-01")
def survivor_months(survivor_months_at_most, drawn_months, survivor_less_per_year, survivor_months_min):
    """Months of income: of who drew a pension one less for each whole year drawn, but not below nine."""
    less = whole(drawn_months, MONTHS_A_YEAR) * survivor_less_per_year
    left = greatest(survivor_months_at_most - less, survivor_months_min)
    return when(drawn_months > 0, left, survivor_months_at_most)


@clause(MEASURES, level="person", since="2022-01-01")
def survivor_lump_sum(urban_income, survivor_months):
    """The lump sum for the family: so many months of that income."""
    return half_up(urban_income * survivor_months, MONTHS_A_YEAR)


@clause(MEASURES, level="person", since="2022-01-01")
def survivor_benefit(funeral_benefit, survivor_lump_sum, survivor_insured_months, survivor_full_from,
                     own_contributions):  # fmt: skip
    """Both together; below five years of contributions no more than the person paid in."""
    both = funeral_benefit + survivor_lump_sum
    return when(survivor_insured_months < survivor_full_from, least(both, own_contributions), both)


@clause(INSURANCE_LAW, article="14", level="person", rank="law", since="2011-07-01")
def inherited_employee_account(drawn_months, account_balance, remaining_account):
    """The balance of the account, which is inherited; of who drew a pension what was left."""
    return when(drawn_months > 0, remaining_account, account_balance)


# ---- the allowance of who can no longer work
@clause(INSURANCE_LAW, article="17", level="person", rank="law", since="2011-07-01", where="place_of_benefit")
def disability_allowance(disability_amount):
    """The allowance for who lost all capacity to work, not at work, before the age of retirement."""
    return disability_amount + 0


survivors = question(
    "pension.survivors", answer="survivor_benefit",
    values=("survivor_benefit", "funeral_benefit", "survivor_lump_sum", "survivor_months", "inherited_employee_account",
            "disability_allowance"),
    say={"en": "What does the family get from the pension fund after a death?",
         "zh": "参保人去世后，家属能从养老保险领什么？"},
)  # fmt: skip
