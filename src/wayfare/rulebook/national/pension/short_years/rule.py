"""Too few months at the age of the law: every lawful way on, with its months, the month it leads to, and its cost.

Whoever lacks months may pay on, since 2025 pay at once or agree to retire later; or move to the residents' scheme; or
end the relation and take the account out. Costs are counted at today's floor of the base in the place that pays.
"""

from __future__ import annotations

from wayfare.law.declare import choice, clause, expand, look_up, pick, question, total
from wayfare.law.words import (
    MONTHS_A_YEAR,
    NOT_YET,
    PER_10_000,
    ZERO_FEN,
    ZERO_MONTHS,
    greatest,
    half_up,
    least,
    one_of,
    when,
    year_of,
)
from wayfare.rulebook.national.life.rule import LIFETIME_MONTHS

LAW, ORDER, MEASURES = "社会保险法", "人社部令第13号", "国务院关于渐进式延迟法定退休年龄的办法"
TRANSFER, RATES, READING = "国办发〔2009〕66号", "国办发〔2019〕13号", "Wayfare: reading of the record"
SINCE = "2011-07-01"
way_words = choice(
    "short_way", "pay_on", "pay_on_then_rest", "pay_at_once", "retire_late", "residents", "end_relation", "paid_out"
)
PAY_ON, PAY_ON_THEN_REST, PAY_AT_ONCE = way_words.pay_on, way_words.pay_on_then_rest, way_words.pay_at_once
RETIRE_LATE, RESIDENTS = way_words.retire_late, way_words.residents
END_RELATION, PAID_OUT = way_words.end_relation, way_words.paid_out


# ---- how much is missing, and from when it can be made up
@clause(LAW, article="16", level="person", rank="law", since="1997-07-16")
def short_months(missing_months, retirement_month, asked_month):
    """Months that lack at the age of the law, even if every month until then is paid."""
    return greatest(missing_months - greatest(retirement_month - asked_month, 0), 0)


@clause(READING, level="person", rank="practice")
def start_month(asked_month, retirement_month):
    """The month from which the ways on are counted: of the age of the law, or today when that lies behind."""
    return greatest(asked_month, retirement_month)


@clause(READING, level="contribution", rank="practice")
def has_been_paid(has_begun, is_paid):
    """Whether money was paid for the run by now."""
    return has_begun & is_paid


insured_since = pick(
    "first_month", level="person", of="contribution", by="first_month", where="has_been_paid", first=True, none=NOT_YET
)


@clause(ORDER, article="2", level="person", since=SINCE)
def may_pay_rest(insured_since, insured_before, short_months, months_before_rest):
    """Whether the rest may be paid in one sum after five years more: who was insured before July 2011 and needs it."""
    return (insured_since < insured_before) & (short_months > months_before_rest)


@clause(MEASURES, article="3", level="person", rank="law", since="2025-01-01")
def may_retire_late(short_months, asked_month, agreement_month, latest_month, retirement_month):
    """Whether retiring later by agreement closes the gap: the agreement is still in time and the months suffice."""
    has_time = (asked_month <= agreement_month) & (short_months <= latest_month - retirement_month)
    return (short_months > 0) & has_time


# ---- what a month costs at the floor of the place that pays
@clause(RATES, article="3", level="person", since="2010-01-01", where="place_of_benefit")
def floor_wage_year(asked_month, base_year_offset):
    """The year of the average wage that the floor in the place that pays is counted on."""
    return year_of(asked_month - base_year_offset) - 1


floor_wage = look_up("average_wage", level="person", by={"year": "floor_wage_year"}, where="place_of_benefit")


@clause(RATES, article="3", level="person", since="2010-01-01", where="place_of_benefit")
def floor_of_benefit_place(announced_base_floor, floor_wage, base_floor_share):
    """Today's least base in the place that pays, where one goes on paying (order 13, article 4)."""
    counted = half_up(floor_wage * base_floor_share, MONTHS_A_YEAR * PER_10_000)
    return when(announced_base_floor > 0, announced_base_floor, counted)


@clause("国发〔2005〕38号", article="3", level="person", since="2010-01-01")
def cost_of_a_month(floor_of_benefit_place, flexible_rate):
    """What one month costs who pays alone at the floor."""
    return half_up(floor_of_benefit_place * flexible_rate, PER_10_000)


@clause("国发〔1997〕26号", article="3", level="person", since="2010-01-01")
def employee_cost_of_a_month(floor_of_benefit_place, employee_rate):
    """What one month costs an employee at the floor; the employer pays the rest."""
    return half_up(floor_of_benefit_place * employee_rate, PER_10_000)


# ---- what an end loses
wages_of_all = total("relation_wages", level="person")


@clause(TRANSFER, article="4(2)", level="person", since="2010-01-01")
def pooled_part(wages_of_all, pooled_share):
    """Pooled money that stands behind the months; it stays with the funds when a relation ends."""
    return half_up(wages_of_all * pooled_share, PER_10_000)


# ---- the ways of the day asked about
way_row = expand("way", within="person", table="short_years_ways", at="asked_day", columns={"way": "way"})


@clause(LAW, article="16", level="way", rank="law", since="1997-07-16", until=SINCE, value="way_is_open")
def early_way_is_open(short_months):
    """Before July 2011 the account was paid out to whoever lacked months."""
    return short_months > 0


@clause(LAW, article="16", level="way", rank="law", since=SINCE, until="2025-01-01", value="way_is_open")
def way_was_open(way, short_months, may_pay_rest):
    """Whether the way is open: some months must be missing, and for one sum at the end more than five years of them."""
    return when(way == PAY_ON_THEN_REST, may_pay_rest, short_months > 0)


@clause(LAW, article="16", level="way", rank="law", since="2025-01-01")
def way_is_open(way, short_months, may_pay_rest, may_retire_late):
    """Whether the way is open: some months must be missing, and the way's own conditions met."""
    others = when(way == RETIRE_LATE, may_retire_late, short_months > 0)
    return when(way == PAY_ON_THEN_REST, may_pay_rest, others)


@clause(LAW, article="16", level="way", rank="law", since="1997-07-16", until=SINCE, value="way_months")
def early_way_months():
    """Before July 2011 nothing was paid on."""
    return ZERO_MONTHS


@clause(LAW, article="16", level="way", rank="law", since=SINCE)
def way_months(way, short_months, months_before_rest):
    """Months to pay on before the pension can begin."""
    paid_on = when(one_of(way, PAY_ON, RETIRE_LATE), short_months, 0)
    return when(way == PAY_ON_THEN_REST, least(short_months, months_before_rest), paid_on)


@clause(LAW, article="16", level="way", rank="law", since="1997-07-16", until=SINCE, value="way_month")
def early_way_month(start_month):
    """The month of the one payment."""
    return start_month + 0


@clause(LAW, article="16", level="way", rank="law", since=SINCE)
def way_month(way, start_month, way_months, resident_first_month):
    """The month in which the pension can begin, or the account is paid out; a residents' pension begins at sixty."""
    return when(way == RESIDENTS, greatest(start_month, resident_first_month), start_month + way_months)


@clause(LAW, article="16", level="way", rank="law", since="1997-07-16", until=SINCE, value="way_cost")
def early_way_cost():
    """Before July 2011 nothing was paid on."""
    return ZERO_FEN


@clause(LAW, article="16", level="way", rank="law", since=SINCE)
def way_cost(way, short_months, cost_of_a_month, employee_cost_of_a_month):
    """What the person pays on this way at today's floor: alone, or as an employee who retires later."""
    alone = when(one_of(way, PAY_ON, PAY_ON_THEN_REST, PAY_AT_ONCE), short_months * cost_of_a_month, 0)
    return when(way == RETIRE_LATE, short_months * employee_cost_of_a_month, alone)


@clause(ORDER, article="3", level="way", since="1997-07-16")
def way_pays_out(way, account_balance):
    """What is paid out once: the account when the relation ends, on written request and after a written warning."""
    return when(one_of(way, END_RELATION, PAID_OUT), account_balance, 0)


@clause(ORDER, article="3", level="way", since="1997-07-16")
def way_loses_months(way, counted_months):
    """Months that no longer count when the relation ends."""
    return when(one_of(way, END_RELATION, PAID_OUT), least(counted_months, LIFETIME_MONTHS), 0)


@clause(ORDER, article="3", level="way", since="2010-01-01")
def way_loses_pooled(way, pooled_part):
    """Pooled money that is given up: when the relation ends, or goes to the residents' scheme with the account only."""
    return when(one_of(way, END_RELATION, PAID_OUT, RESIDENTS), pooled_part, 0)


short_years = question(
    "pension.short_years", answer="short_months",
    values=("short_months", "minimum_months", "counted_months", "start_month", "place_of_benefit", "way_is_open",
            "way_months", "way_month", "way_cost", "way_pays_out", "way_loses_months", "way_loses_pooled"),
    say={"en": "I have too few years for a pension: what can I do?", "zh": "到退休时缴费年限不够，怎么办？"},
)  # fmt: skip
