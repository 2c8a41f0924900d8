"""Linking the employees' and the residents' pension scheme (Renshebufa [2014] 17), both ways.

It happens once, at the age of the employees' scheme: with the years of that scheme into it, else out of it. The whole
account moves either way; an employee's months count for residents, a resident's never for employees. Whoever draws a
pension already links no more; who drew both gives the resident's basic part back.
"""

from __future__ import annotations

from wayfare.law.declare import choice, clause, look_up, pick, question, slices, total
from wayfare.law.words import (
    MONTHS_A_YEAR,
    NOT_YET,
    ZERO_FEN,
    first_day,
    greatest,
    half_up,
    least,
    month_of,
    no,
    when,
    whole,
)
from wayfare.rulebook.national.life.rule import (
    EMPLOYEE_PENSION,
    LIFETIME_MONTHS,
    NEVER_DAY,
    NEVER_MONTH,
    ONE_MONTH,
    RESIDENT_PENSION,
)
from wayfare.rulebook.national.residents.rule import LINKING

SINCE = "2014-07-01"
directions = choice("link_direction", "none", "to_employee", "to_resident")
NOWHERE, TO_EMPLOYEE, TO_RESIDENT = directions.none, directions.to_employee, directions.to_resident


# ---- whether, when and which way
@clause(LINKING, article="3", level="person", since=SINCE)
def link_minimum_months(link_years_minimum, link_follows_minimum, minimum_months):
    """The months that decide the way: fifteen years by the text, or the rising minimum of the pension since 2030."""
    is_more = link_follows_minimum & (minimum_months > link_years_minimum)
    return when(is_more, minimum_months, link_years_minimum)


@clause(LINKING, article="2", level="person", since=SINCE)
def draws_pension(draws_employee_pension, draws_resident_pension):
    """Whether a pension of either scheme is being drawn; such a person links no more."""
    return draws_employee_pension | draws_resident_pension


@clause(LINKING, article="2", level="person", since=SINCE)
def has_resident_relation(has_paid_as_resident, resident_record_count, resident_account, recorded_resident_account):
    """Whether there is a relation with the residents' scheme; an account that is given speaks for one.

    Where all months were paid twice, the government's subsidy and the interest still stand in the account.
    """
    is_given = resident_account != recorded_resident_account
    return has_paid_as_resident | (resident_record_count > 0) | is_given


@clause(LINKING, article="2", level="person", since=SINCE)
def has_employee_relation(counted_months, account_record_count):
    """Whether there is a relation with the employees' scheme."""
    return (counted_months > 0) | (account_record_count > 0)


@clause(LINKING, article="3", level="person", since=SINCE)
def link_month(retirement_month):
    """The month in which linking opens: that of the age of the employees' scheme."""
    return retirement_month


@clause(LINKING, article="3", level="person", since=SINCE)
def can_link(has_reached_age, draws_pension, has_employee_relation, is_alive):
    """Whether the schemes may be linked now: at the age of the employees' scheme, and while nothing is drawn."""
    return has_employee_relation & has_reached_age & no(draws_pension) & is_alive


@clause(LINKING, article="3", level="person", since=SINCE)
def link_direction(can_link, counted_months, link_minimum_months, has_resident_relation):
    """Which way: with the years into the employees' scheme, if there is anything to bring; without them out of it."""
    into = when(has_resident_relation, TO_EMPLOYEE, NOWHERE)
    return when(can_link, when(counted_months >= link_minimum_months, into, TO_RESIDENT), NOWHERE)


# ---- money
@clause(LINKING, article="5", level="person", since=SINCE)
def account_to_employee(resident_account, refund):
    """A resident's account as it goes to the employees' scheme: whole, less what is refunded for months paid twice."""
    return greatest(resident_account - refund, 0)


@clause(LINKING, article="5-6", level="person", since=SINCE)
def linked_account(link_direction, account_to_employee, account_balance):
    """The account that moves: whole, either way; pooled money never moves."""
    to_resident = when(link_direction == TO_RESIDENT, account_balance, 0)
    return when(link_direction == TO_EMPLOYEE, account_to_employee, to_resident)


@clause(LINKING, article="5-6", level="person", since=SINCE)
def account_after_link(link_direction, account_to_employee, account_balance):
    """What the account holds where the money goes, with what stood there before; nothing when nothing is linked."""
    return when(link_direction == NOWHERE, ZERO_FEN, account_to_employee + account_balance)


# ---- months
@clause(LINKING, article="5-6", level="person", since=SINCE)
def resident_counted_months(link_direction, own_resident_months, counted_months):
    """Months that count for a resident's pension: an employee's come to them on the way out, each month once."""
    brought = when(link_direction == TO_RESIDENT, counted_months, 0)
    return least(own_resident_months + brought, LIFETIME_MONTHS)


@clause(LINKING, article="7", level="person", since=SINCE, where="resident_home")
def own_resident_months(resident_months, overlap_months_of_person, drops_part_years):
    """A resident's own months, none paid as an employee too; some places keep only whole years after a refund."""
    whole_years = whole(resident_months, MONTHS_A_YEAR) * MONTHS_A_YEAR
    return when((overlap_months_of_person > 0) & drops_part_years, whole_years, resident_months)


# ---- the resident's pension after linking out of the employees' scheme
@clause(LINKING, article="6", level="person", since=SINCE)
def has_linked_years(resident_counted_months, resident_minimum_months):
    """Whether the months suffice for a resident's pension once an employee's have come to them."""
    return resident_counted_months >= resident_minimum_months


@clause(LINKING, article="6", level="person", since=SINCE)
def linked_pension(link_direction, has_linked_years, account_after_link, resident_divisor, basic_of_place, is_alive):
    """The resident's pension of a month after linking out of the employees' scheme, due from the residents' age on."""
    amount = half_up(account_after_link, resident_divisor) + basic_of_place
    return when((link_direction == TO_RESIDENT) & has_linked_years & is_alive, amount, 0)


# ---- where and how long
@clause(LINKING, article="4", level="person", since=SINCE, status="recalled")
def link_place(link_direction, place_of_benefit, resident_home):
    """Where to apply: for the employees' scheme at its place that pays, for the residents' where one is registered."""
    return when(link_direction == TO_EMPLOYEE, place_of_benefit, resident_home)


@clause(LINKING, article="9", level="person", since=SINCE)
def link_days(letter_days, sending_days, closing_days):
    """Working days for the whole: the letter to the other place, its data and money, and the closing."""
    return letter_days + sending_days + closing_days


# ---- both pensions drawn
employee_pension_from = pick(
    "benefit_from", level="person", of="benefit", by="benefit_from", where="is_employee_pension", first=True,
    none=NOT_YET,
)  # fmt: skip
employee_pension_to = pick(
    "benefit_to", level="person", of="benefit", by="benefit_to", where="is_employee_pension", none=NEVER_MONTH
)


@clause("Wayfare: reading of the record", level="benefit", rank="practice")
def is_employee_pension(benefit_scheme):
    """Whether the benefit is an employee's pension."""
    return benefit_scheme == EMPLOYEE_PENSION


@clause(LINKING, article="8", level="benefit", since=SINCE)
def double_from(benefit_from, employee_pension_from):
    """The first month in which a resident's pension was drawn beside an employee's."""
    return greatest(benefit_from, employee_pension_from)


@clause(LINKING, article="8", level="benefit", since=SINCE)
def double_until(benefit_scheme, benefit_to, employee_pension_to, asked_month, double_from):
    """The first month after them; none but a resident's pension is looked at."""
    end = least(least(benefit_to, employee_pension_to), asked_month + ONE_MONTH)
    return when(benefit_scheme == RESIDENT_PENSION, greatest(end, double_from), double_from)


@clause(LINKING, article="8", level="benefit", since=SINCE)
def double_from_day(double_from):
    """Its first day."""
    return first_day(double_from)


@clause(LINKING, article="8", level="benefit", since=SINCE)
def double_until_day(double_until):
    """The first day after."""
    return first_day(double_until)


basic_since = slices(
    "basic_part", of="benefit", start="double_from_day", end="double_until_day", by="day", key="basic_to",
    at_table="resident_basic_minimum", most=20,
)  # fmt: skip


@clause(LINKING, article="8", level="basic_part", since=SINCE)
def double_months(basic_since, basic_to):
    """Months of both pensions at one basic part."""
    return month_of(greatest(basic_to, NEVER_DAY)) - month_of(greatest(basic_since, NEVER_DAY))


basic_then = look_up("resident_basic_minimum", level="basic_part", at="basic_since")
had_own_basic = look_up("has_own_basic", level="basic_part", at="basic_since", where="benefit_place")
own_basic_then = look_up("own_basic", level="basic_part", at="basic_since", where="benefit_place")


@clause(LINKING, article="8", level="basic_part", since=SINCE)
def basic_drawn(double_months, basic_then, had_own_basic, own_basic_then):
    """The resident's basic part drawn in these months."""
    return greatest(double_months, 0) * when(had_own_basic, own_basic_then, basic_then)


basic_to_return = total("basic_drawn", level="person")
doubled_months = total("double_months", level="person")


@clause(LINKING, article="8", level="person", since=SINCE)
def double_refund(doubled_months, account_left, refund, government_part):
    """What is paid out when the resident's relation ends for a double pension: the account without the subsidy.

    What was refunded for months paid twice is off the account before.
    """
    return when(doubled_months > 0, greatest(greatest(account_left - refund, 0) - government_part, 0), 0)


link = question(
    "pension.link", answer="linked_account",
    values=("linked_account", "refund", "counted_months", "resident_counted_months", "link_direction", "can_link",
            "link_month", "link_minimum_months", "account_after_link", "linked_pension", "link_place", "link_days",
            "basic_to_return", "double_refund"),
    say={"en": "Can my two pension schemes be joined, and what moves?",
         "zh": "我的职工和居民养老保险能衔接吗？哪些会转过去？"},
)  # fmt: skip
