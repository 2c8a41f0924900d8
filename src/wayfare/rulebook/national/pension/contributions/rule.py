"""Who pays what each month: the base between floor and ceiling, and the shares of employer, employee and pool.

What a fund has recorded as base is taken as recorded. Else an employee's base is the own average wage of the year
before, a flexible worker's the one chosen, both held between the floor and the ceiling of the place. Each share is
rounded to the fen once.
"""

from __future__ import annotations

from wayfare.law.declare import choice, clause, fact, look_up, pick, question, total
from wayfare.law.words import MONTHS_A_YEAR, PER_10_000, greatest, half_up, least, one_of, when, year_of
from wayfare.rulebook.national.life.rule import (
    ACTUAL,
    DEEMED,
    EMPLOYEE,
    FLEXIBLE,
    KEPT_FIRST,
    LIFETIME_MONTHS,
    NEVER_MONTH,
    work_words,
)

LAW, DECISION, OLD_DECISION = "社会保险法", "国发〔2005〕38号", "国发〔1997〕26号"
RATES, RECORD = "国办发〔2019〕13号", "Wayfare: reading of the record"
payer_words = choice("payer", "employer_and_person", "person", "government")
BOTH, PERSON, GOVERNMENT = payer_words.employer_and_person, payer_words.person, payer_words.government
HIRED, SELF_EMPLOYED, FREELANCE = work_words.employee, work_words.self_employed, work_words.flexible
OTHER_WORK = work_words.informal

last_year_wage_not_stated = fact(
    "person", "fen/months", 0, 20_000_000,
    ask={"en": "What did you earn in a month last year, on average?", "zh": "您上一年的月平均工资是多少？"},
)  # fmt: skip
chosen_base = fact(
    "person", "fen/months", 0, 20_000_000,
    ask={"en": "On what monthly amount do you want to pay contributions?", "zh": "您选择按每月多少作为缴费基数？"},
)  # fmt: skip


# ---- the run of contributions that is being paid, if any
@clause(RECORD, level="contribution", rank="practice")
def is_running(has_begun, end_month, asked_month, contribution_kind):
    """Whether contributions go on: the run holds the month asked about or the one before it."""
    return has_begun & (end_month >= asked_month) & (contribution_kind == ACTUAL)


has_running = total("is_running", level="person", of="contribution", how="any")
running_until = pick(
    "recorded_until", level="person", of="contribution", by="recorded_until", where="is_running", none=NEVER_MONTH
)


@clause(RECORD, level="contribution", rank="practice")
def is_in_force(is_running, recorded_until, running_until):
    """Whether no other of the runs that go on has a later month; where a run is cut in two changes nothing."""
    return is_running & (recorded_until == running_until)


running_basis = pick(
    "contribution_basis", level="person", by=KEPT_FIRST, where="is_in_force", first=True, none=EMPLOYEE
)


# ---- the work in force, if any
@clause(RECORD, level="work_spell", rank="practice")
def works_now(work_from, work_to, asked_day):
    """Whether the person does this work on the day asked about."""
    return (work_from <= asked_day) & (asked_day < work_to)


BY_WORK = ("work_from", "work_place")
work_now = pick("work_kind", level="person", by=BY_WORK, where="works_now", none=OTHER_WORK)
place_of_work = pick("work_place", level="person", by=BY_WORK, where="works_now", none="hukou_then")
last_year_wage = pick("monthly_wage", level="person", by=BY_WORK, where="works_now", none="last_year_wage_not_stated")
paying_place = pick(
    "contribution_place", level="person", by=KEPT_FIRST, where="is_in_force", first=True, none="place_of_work"
)


@clause(LAW, article="10", level="person", rank="law")
def pays_as_employee(has_running, running_basis, work_now):
    """Whether an employer pays with the person: by the relation that goes on, else by the work."""
    return when(has_running, running_basis == EMPLOYEE, work_now == HIRED)


@clause(LAW, article="10", level="person", rank="law")
def pays_alone(has_running, running_basis, work_now):
    """Whether the person pays alone, as a flexible worker: by the relation that goes on, else by the work."""
    return when(has_running, running_basis == FLEXIBLE, one_of(work_now, FREELANCE, SELF_EMPLOYED))


# ---- floor and ceiling
@clause(OLD_DECISION, level="person", since="1996-01-01", where="paying_place")
def reference_wage_year(asked_month, base_year_offset):
    """The year of the average wage that floor and ceiling are counted on: the one before the base year."""
    return year_of(asked_month - base_year_offset) - 1


reference_wage = look_up("average_wage", level="person", by={"year": "reference_wage_year"}, where="paying_place")


@clause(RATES, article="3", level="person", since="1996-01-01", where="paying_place")
def base_floor(announced_base_floor, reference_wage, base_floor_share):
    """The least base in a month: what the place announced, else its share of the reference wage."""
    counted = half_up(reference_wage * base_floor_share, MONTHS_A_YEAR * PER_10_000)
    return when(announced_base_floor > 0, announced_base_floor, counted)


@clause(RATES, article="3", level="person", since="1996-01-01", where="paying_place")
def base_ceiling(announced_base_ceiling, reference_wage, base_ceiling_share):
    """The greatest base in a month: what the place announced, else its multiple of the reference wage."""
    counted = half_up(reference_wage * base_ceiling_share, MONTHS_A_YEAR * PER_10_000)
    return when(announced_base_ceiling > 0, announced_base_ceiling, counted)


# ---- the base
@clause(OLD_DECISION, level="person", since="1996-01-01")
def wage_base(last_year_wage, base_floor, base_ceiling):
    """An employee's base: the own monthly average wage of the year before, held between floor and ceiling."""
    return least(greatest(last_year_wage, base_floor), base_ceiling)


@clause(DECISION, article="3", level="person", since="2006-01-01", until="2019-05-01", value="flexible_base")
def flexible_base_of_all(reference_wage):
    """Until April 2019 flexible workers paid on the average wage."""
    return half_up(reference_wage, MONTHS_A_YEAR)


@clause(RATES, article="3", level="person", since="2019-05-01")
def flexible_base(chosen_base, base_floor, base_ceiling):
    """A flexible worker's base: the one chosen, held between floor and ceiling."""
    return least(greatest(chosen_base, base_floor), base_ceiling)


@clause(OLD_DECISION, level="person", since="1996-01-01")
def unrecorded_base(pays_alone, flexible_base, wage_base):
    """The base where no fund has recorded one: of a flexible worker or of an employee."""
    return when(pays_alone, flexible_base, wage_base)


recorded_base = pick("base", level="person", by=KEPT_FIRST, where="is_in_force", first=True, none="unrecorded_base")


@clause(OLD_DECISION, level="person", since="1996-01-01")
def contribution_base(recorded_base):
    """The base of the month, as a fund has recorded it, else by the wage or the choice."""
    return recorded_base + 0


# ---- who pays what
early_rate = look_up("early_employee_rate", level="person", where="paying_place")


@clause(
    OLD_DECISION, article="3", level="person", since="1997-01-01", until="2004-01-01", value="employee_contribution"
)
def early_employee_contribution(pays_alone, contribution_base, early_rate):
    """Until 2003 the employee's rate rose step by step; the slowest lawful path where the place's own is not known."""
    return when(pays_alone, 0, half_up(contribution_base * early_rate, PER_10_000))


@clause(OLD_DECISION, article="3", level="person", since="2004-01-01")
def employee_contribution(pays_alone, contribution_base, employee_rate):
    """The employee's share, kept back from the wage by the employer; it goes into the own account."""
    return when(pays_alone, 0, half_up(contribution_base * employee_rate, PER_10_000))


rate_of_the_place = look_up("employer_rate", level="person", where="paying_place")


@clause(OLD_DECISION, article="3", level="person", since="1997-07-16")
def employer_contribution(pays_alone, contribution_base, rate_of_the_place):
    """The employer's share for this employee."""
    return when(pays_alone, 0, half_up(contribution_base * rate_of_the_place, PER_10_000))


@clause(DECISION, article="3", level="person", since="2006-01-01")
def flexible_contribution(pays_as_employee, contribution_base, flexible_rate):
    """What a flexible worker pays alone, for account and pool together."""
    return when(pays_as_employee, 0, half_up(contribution_base * flexible_rate, PER_10_000))


early_credit_rate = look_up("account_credit_rate", level="person", where="paying_place")


@clause(OLD_DECISION, article="4", level="person", since="1997-07-16", until="2006-01-01", value="account_credit")
def early_account_credit(contribution_base, early_credit_rate):
    """Until 2005 the own contribution and a part of the employer's filled the account, to 11 % in general."""
    return half_up(contribution_base * early_credit_rate, PER_10_000)


@clause(DECISION, article="6", level="person", since="2006-01-01")
def account_credit(contribution_base, employee_rate):
    """What goes into the own account in the month: since 2006 the own contribution and nothing else."""
    return half_up(contribution_base * employee_rate, PER_10_000)


@clause(OLD_DECISION, article="4", level="person", since="1997-07-16")
def employer_to_account(pays_alone, account_credit, employee_contribution):
    """The part of the employer's share that filled the account up to 11 % until 2005."""
    return when(pays_alone, 0, greatest(account_credit - employee_contribution, 0))


@clause(DECISION, article="3", level="person", since="2006-01-01")
def flexible_to_pool(pays_as_employee, flexible_contribution, account_credit):
    """The part of a flexible worker's contribution that goes into the pool: what the account does not take."""
    return when(pays_as_employee, 0, flexible_contribution - account_credit)


# ---- months for which the money came otherwise
@clause(LAW, article="13", level="contribution", rank="law")
def payer(contribution_kind, contribution_basis):
    """Who bears the contributions of a run: employer and person, the person alone, or for deemed years government."""
    return when(contribution_kind == DEEMED, GOVERNMENT, when(contribution_basis == FLEXIBLE, PERSON, BOTH))


@clause(LAW, article="13", level="contribution", rank="law")
def is_deemed(contribution_kind):
    """Whether the months are deemed: government bears what should have been paid for them."""
    return contribution_kind == DEEMED


deemed_count = total("counted", level="person", of="piece", where="is_deemed")
back_paid_count = total("counted", level="person", of="piece", where="is_back_paid")


@clause(LAW, article="13", level="person", rank="law")
def deemed_months(deemed_count):
    """Months that count although nothing was paid; their cost is borne by government."""
    return least(deemed_count, LIFETIME_MONTHS)


@clause(RECORD, level="person", rank="practice")
def back_paid_months(back_paid_count):
    """Months that were paid back later; they count and carry money."""
    return least(back_paid_count, LIFETIME_MONTHS)


contributions_of_a_month = question(
    "pension.contributions", answer="contribution_base",
    values=("base_floor", "base_ceiling", "contribution_base", "employer_contribution", "employee_contribution",
            "flexible_contribution", "account_credit", "employer_to_account", "flexible_to_pool",
            "deemed_months", "back_paid_months", "payer"),
    say={"en": "Who pays what into my pension each month?", "zh": "我的养老保险每月由谁缴、缴多少？"},
)  # fmt: skip
