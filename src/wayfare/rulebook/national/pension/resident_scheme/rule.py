"""The pension of residents: a basic part from the government and the account over 139 months.

It begins at sixty with fifteen years, for those who draw no other basic pension; who was past sixty when the scheme
began draws the basic part without having paid. The nation sets a least basic part and the places add to it. The
relation follows the registration as long as nothing is drawn.
"""

from __future__ import annotations

from wayfare.law.declare import clause, look_up, question, total
from wayfare.law.words import (
    PER_10_000,
    first_month,
    greatest,
    half_up,
    least,
    month_of,
    no,
    when,
)
from wayfare.rulebook.national.life.rule import EMPLOYEE_PENSION, ONE_MONTH, RESIDENT_PENSION
from wayfare.rulebook.national.residents.rule import BEGAN, SCHEME, UNIFIED_FROM

UNIFIED = "国发〔2014〕8号"


# ---- what may be paid: tiers, and the least that the government adds
@clause(SCHEME, level="resident_contribution", since=BEGAN)
def tier_month(resident_year):
    """The month whose tiers count for a year's payment: its December, for the year may be paid until its end."""
    return first_month(resident_year + 1) - ONE_MONTH


national_tier = look_up(
    "resident_tier", level="resident_contribution", at="tier_month", by={"amount": "resident_contribution"}
)
is_local_tier = look_up(
    "local_tier", level="resident_contribution", at="tier_month", where="resident_place",
    by={"amount": "resident_contribution"},
)  # fmt: skip
subsidy_minimum = look_up(
    "resident_subsidy_minimum", level="resident_contribution", at="tier_month", by={"amount": "resident_contribution"}
)


@clause(SCHEME, level="resident_contribution", since=BEGAN)
def is_lawful_tier(resident_contribution, national_tier, is_local_tier):
    """Whether the amount is one of the nation's tiers, or else of those that the place added."""
    return ((resident_contribution > 0) & (resident_contribution == national_tier)) | is_local_tier


@clause(SCHEME, level="resident_contribution", since=BEGAN)
def subsidy_is_enough(resident_subsidy, subsidy_minimum):
    """Whether the government added at least what the nation asks for the tier."""
    return resident_subsidy >= subsidy_minimum


tiers_are_lawful = total("is_lawful_tier", level="person", how="all")
subsidies_are_enough = total("subsidy_is_enough", level="person", how="all")


# ---- the right
@clause("Wayfare: reading of the record", level="benefit", rank="practice")
def is_employee_pension_now(is_drawn_now, benefit_scheme):
    """Whether an employee's pension is paid for the month asked about."""
    return is_drawn_now & (benefit_scheme == EMPLOYEE_PENSION)


@clause("Wayfare: reading of the record", level="benefit", rank="practice")
def is_resident_pension_now(is_drawn_now, benefit_scheme):
    """Whether a resident's pension is paid for the month asked about."""
    return is_drawn_now & (benefit_scheme == RESIDENT_PENSION)


draws_employee_pension = total("is_employee_pension_now", level="person", of="benefit", how="any")
draws_resident_pension = total("is_resident_pension_now", level="person", of="benefit", how="any")
unified_since = look_up("unified_day", level="person")
age_of_scheme = look_up("resident_age", level="person", at="unified_since")
local_start = look_up("resident_local_start", level="person", where="resident_home")


@clause(SCHEME, level="person", since=BEGAN)
def resident_first_month(birth_month, resident_age):
    """The month in which the age of the residents' scheme is reached."""
    return birth_month + resident_age


@clause(SCHEME, level="person", since=BEGAN)
def is_exempt(birth_month, age_of_scheme, pilot_month, unified_since, local_start, start_pays_the_old):
    """Whether the person was already sixty when the scheme began in their place, and so draws the basic part unpaid.

    Only the place's own first month can tell for those who turned sixty between the first pilot and the one scheme.
    """
    sixtieth = birth_month + age_of_scheme
    was_old = (sixtieth <= pilot_month) | (sixtieth <= local_start)
    return (sixtieth <= month_of(unified_since)) & was_old & start_pays_the_old


@clause(SCHEME, level="person", since=BEGAN)
def resident_missing_months(resident_minimum_months, resident_months):
    """Months still missing to the fifteen years."""
    return greatest(resident_minimum_months - resident_months, 0)


@clause(SCHEME, level="person", since=BEGAN)
def may_top_up(
    resident_missing_months, birth_month, age_of_scheme, pilot_month, resident_minimum_months,
    unified_since, local_start, start_allows_topping_up, is_exempt,
):  # fmt: skip
    """Whether the missing years may be paid at once: for those under fifteen years from sixty when the scheme began.

    Who was past sixty then has nothing to pay.
    """
    begins = birth_month + age_of_scheme - resident_minimum_months
    was_late = (begins < pilot_month) | (begins < local_start)
    is_young = (resident_missing_months > 0) & (begins < month_of(unified_since))
    return is_young & was_late & no(is_exempt) & start_allows_topping_up


resident_record_count = total(level="person", of="resident_record", how="count")


@clause(UNIFIED, level="person", since=UNIFIED_FROM)
def has_resident_years(
    resident_months, resident_minimum_months, is_exempt, has_paid_as_resident, resident_record_count,
    resident_account, recorded_resident_account,
):  # fmt: skip
    """Whether the fifteen years are reached or not asked; an account that is given with no record speaks for itself."""
    has_record = has_paid_as_resident | (resident_record_count > 0)
    is_given = no(has_record) & (resident_account != recorded_resident_account)
    return (resident_months >= resident_minimum_months) | is_given | is_exempt


@clause(UNIFIED, level="person", since=UNIFIED_FROM)
def is_alive(asked_month, died_day):
    """Whether the pension of the month asked about is still due: it stops with the month after a death."""
    return asked_month <= month_of(died_day)


@clause(UNIFIED, level="person", since=UNIFIED_FROM)
def has_resident_right(has_resident_years, draws_employee_pension, is_alive):
    """Whether a resident's pension is due from the age on: the years, no other basic pension, and alive."""
    return has_resident_years & no(draws_employee_pension) & is_alive


# ---- the pension
@clause(UNIFIED, level="person", since=UNIFIED_FROM, where="resident_home")
def basic_of_place(resident_basic_minimum, has_own_basic, own_basic):
    """The basic part of the place: its own where it is known to have one, else the nation's least amount."""
    return when(has_own_basic, own_basic, resident_basic_minimum)


@clause(UNIFIED, level="person", since=UNIFIED_FROM)
def resident_basic_floor(resident_basic_minimum):
    """The least that any place pays as the basic part."""
    return resident_basic_minimum + 0


@clause(UNIFIED, level="person", since=UNIFIED_FROM, where="resident_home")
def basic_is_floor(has_own_basic):
    """Whether the basic part shown is the nation's least amount, to which the place may add."""
    return no(has_own_basic)


@clause(UNIFIED, level="person", since=UNIFIED_FROM)
def resident_basic(has_resident_right, basic_of_place):
    """The basic part of the resident's pension."""
    return when(has_resident_right, basic_of_place, 0)


@clause(UNIFIED, level="person", since=UNIFIED_FROM)
def resident_account_pension(has_resident_right, resident_account, refund, resident_divisor):
    """The account, less what is refunded for months paid twice, over 139."""
    return when(has_resident_right, half_up(greatest(resident_account - refund, 0), resident_divisor), 0)


@clause(UNIFIED, level="person", since=UNIFIED_FROM)
def resident_pension(resident_basic, resident_account_pension):
    """The resident's pension of a month."""
    return resident_basic + resident_account_pension


# ---- death
@clause("Wayfare: reading of the record", level="benefit", rank="practice")
def is_resident_benefit(benefit_scheme, benefit_from, asked_month):
    """Whether a resident's pension has ever been drawn by the month asked about."""
    return (benefit_scheme == RESIDENT_PENSION) & (benefit_from <= asked_month)


drew_resident_pension = total("is_resident_benefit", level="person", of="benefit", how="any")


@clause(SCHEME, level="person", since=BEGAN)
def account_left(
    drew_resident_pension, resident_account, paid_down_share, last_balance_month, resident_account_month
):  # fmt: skip
    """What is left in the account: all of it before a pension, or what the office recorded in the last month.

    How a pension pays the account down between a record and the month asked about no text at hand tells.
    """
    paid_down = half_up(resident_account * paid_down_share, PER_10_000)
    is_older = drew_resident_pension & (last_balance_month < resident_account_month)
    return when(is_older, greatest(resident_account - paid_down, 0), resident_account)


@clause(SCHEME, level="person", since=BEGAN)
def death_day(died_day, asked_day):
    """The day whose law decides what is inherited: that of the death, or the day asked about while the person lives."""
    return least(died_day, asked_day)


@clause(SCHEME, level="person", since=BEGAN, at="death_day")
def resident_inheritance(died_day, asked_day, account_left, refund, government_part, subsidy_is_inherited):
    """What heirs receive of the account: all of it, or for a death before 21 February 2014 all but the subsidy.

    What is refunded for months paid twice comes to them apart from it.
    """
    left = greatest(account_left - refund, 0)
    found = when(subsidy_is_inherited, left, greatest(left - government_part, 0))
    return when(died_day <= asked_day, found, 0)


# ---- the relation follows the registration
last_record_province = look_up("province_of", level="person", by={"place": "relation_place"})


@clause("社会保险经办条例", article="12", level="person", rank="regulation")
def resident_relation_moves(
    has_paid_as_resident, resident_record_count, resident_home_province, last_record_province, draws_resident_pension
):  # fmt: skip
    """Whether the relation may move to the registered province: it lies elsewhere, and nothing is drawn yet."""
    has_relation = has_paid_as_resident | (resident_record_count > 0)
    return has_relation & (resident_home_province != last_record_province) & no(draws_resident_pension)


@clause(UNIFIED, level="person", since=UNIFIED_FROM)
def resident_transfer(resident_relation_moves, is_alive, resident_account, refund):
    """What moves with a living person's registration: the whole account, less the refund for months paid twice."""
    return when(resident_relation_moves & is_alive, greatest(resident_account - refund, 0), 0)


resident = question(
    "pension.resident", answer="resident_pension",
    values=("resident_pension", "resident_basic", "resident_account_pension", "resident_account",
            "resident_basic_floor", "basic_is_floor", "resident_months", "resident_missing_months", "may_top_up",
            "resident_first_month", "tiers_are_lawful", "subsidies_are_enough", "resident_inheritance",
            "resident_transfer"),
    say={"en": "How much will my residents' pension be each month?", "zh": "我的城乡居民养老金每月能领多少？"},
)  # fmt: skip
