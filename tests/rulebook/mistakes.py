"""The mistakes that programs of this law are known for, planted one by one into the rulebook.

A mistake is the law as a program that made it would have it, with the worked cases that must then come out wrong. They
are written as clauses, figures and moves of the law, so that they run through the same engine as the law itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from rulebook.lives import law
from wayfare.law import Law, Row, row
from wayfare.law.words import (
    MONTHS_A_YEAR,
    PER_10_000,
    first_month,
    greatest,
    half_up,
    least,
    months_in,
    no,
    when,
    whole,
    year_of,
)
from wayfare.rulebook.national.life.rule import ONE_MONTH, TWELVE_MONTHS
from wayfare.rulebook.national.pension.monthly_pension.rule import FINE


@dataclass(frozen=True)
class Mistake:
    """What a program does wrong, the law as it would then stand, and the cases that come out wrong."""

    told: str
    planted: Callable[[], Law]
    caught_by: tuple[str, ...]


def clause(told: str, name: str, step: Callable[..., Any], *cases: str) -> Mistake:
    """A clause that is wrong: another function in the place of all its texts."""
    return Mistake(told, lambda: law().replaced(clauses={name: step}), cases)


def figures(told: str, name: str, rows: Callable[[tuple[Row, ...]], tuple[Row, ...]], *cases: str) -> Mistake:
    """Figures that are wrong: other rows, made from the true ones; nothing is left to assume."""
    return Mistake(told, lambda: law().replaced(parameters={name: rows(law().parameters[name].rows)}), cases)


def move(told: str, name: str, changes: dict[str, Any], *cases: str) -> Mistake:
    """A move that is wrong: another order or another condition."""

    def planted() -> Law:
        value = law().values[name]
        wrong = replace(value, declared=replace(value.declared, **changes))
        return replace(law(), values={**law().values, name: wrong}, _plans={})

    return Mistake(told, planted, cases)


def always(value: int) -> Callable[[tuple[Row, ...]], tuple[Row, ...]]:
    """One value at all times, in the place of every row there is."""
    return lambda rows: (row(value, since="1900-01-01"),)


def a_month_sooner(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Every row with a value one less: a month sooner where the unit is a month."""
    return tuple(replace(r, value=r.value - 1) for r in rows)


def each_place_alone(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Every place as its own province."""
    return tuple(replace(r, value=r.key[0]) for r in rows)


# ---- clauses as programs that made the mistake would have them
def delayed_without_the_first_month(birth_month, first_birth_month, delay_step, delay_per_step, delay_max):
    return least(greatest(whole(birth_month - first_birth_month, delay_step), 0) * delay_per_step, delay_max)


def year_of_the_month_chosen(award_month):
    return year_of(award_month)


def year_of_the_month_of_the_law(retirement_month):
    return year_of(retirement_month)


def counts_without_deemed_years(has_begun, is_temporary, is_paid):
    return has_begun & is_paid & no(is_temporary)


def counts_on_any_account(has_begun):
    return has_begun & has_begun


def home_has_no_precedence(current_has_ten, current_province, latest_with_ten):
    return when(current_has_ten, current_province, latest_with_ten)


def deemed_years_carry_money(piece_year, pooled_since_year, base, counted_set):
    return when(piece_year >= pooled_since_year, base * months_in(counted_set), 0)


def pooled_money_earns_interest(pooled_wages, pooled_share, excess_of_temporary):
    principal = half_up(pooled_wages * pooled_share + excess_of_temporary, PER_10_000)
    return principal + half_up(principal * pooled_share, PER_10_000)  # any rate above nothing


def temporary_passes_on_the_usual_share(rated_wages, unit_rate):
    return when(rated_wages > 0, rated_wages * greatest(unit_rate - unit_rate, 0), 0)


def the_year_of_transfer_is_closed(account_year, asked_month):
    return account_year <= year_of(asked_month)


def interest_to_the_day_of_transfer(record_year, record_month, asked_month):
    end = least(asked_month, first_month(record_year + 1))
    return least(greatest(end - greatest(record_month, first_month(record_year)), 0), TWELVE_MONTHS)


def base_is_the_wage_of_the_index(wage_before_award):
    return half_up(wage_before_award, MONTHS_A_YEAR)


def payout_by_whole_age_for_ever(whole_payout):
    return whole_payout + 0


def passed_on_as_recorded(year_wages, credit_rate):
    return when(year_wages > 0, half_up(year_wages * credit_rate, PER_10_000), 0)


def years_to_four_decimals_everywhere(counted_months):
    return half_up(counted_months * PER_10_000, MONTHS_A_YEAR)


def judged_on_rounded_years(contribution_years, minimum_months):
    return contribution_years * MONTHS_A_YEAR >= minimum_months * PER_10_000


def judged_without_the_form(counted_months, minimum_months):
    return counted_months >= minimum_months


def no_record_without_months(counted_months):
    return counted_months > 0


def whatever_lies_ahead_has_begun(first_month):
    return first_month >= first_month


def each_year_rounded(indexed_wages, index_wage):
    found = half_up(indexed_wages * MONTHS_A_YEAR * PER_10_000, index_wage)
    return when(indexed_wages > 0, found * FINE, 0)


def resident_years_are_added(recorded_months, further_months, resident_recorded_months):
    return recorded_months + further_months + resident_recorded_months


def own_years_alone(own_resident_months):
    return own_resident_months + 0


def links_at_any_age(draws_pension, has_employee_relation):
    return has_employee_relation & no(draws_pension)


def refunded_with_the_subsidy(
    overlap_months, resident_set, resident_contribution, resident_collective, resident_subsidy
):  # fmt: skip
    paid = (resident_contribution + resident_collective + resident_subsidy) * overlap_months
    return when(overlap_months > 0, half_up(paid, greatest(months_in(resident_set), ONE_MONTH)), 0)


def refunded_by_year(overlap_months, resident_contribution, resident_collective):
    return when(overlap_months > 0, resident_contribution + resident_collective, 0)


def months_paid_twice_count(resident_own_set):
    return months_in(resident_own_set)


def never_moves(resident_months):
    return resident_months < 0


def moves_with_the_job(latest_province, last_record_province):
    return latest_province != last_record_province


def rates_of_employees(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rates of employees' accounts, as a program that knows one kind of account would take them."""
    return law().parameters["account_interest_rate"].rows


PITFALLS: dict[str, list[Mistake]] = {
    "the first affected month of birth already has one month of delay": [
        clause("the formula without its plus one", "delay_months", delayed_without_the_first_month,
               "The first month of births that is delayed already has one month"),
        figures("births counted from the month before", "first_birth_month", a_month_sooner,
                "A man born the month before is not delayed"),
    ],
    "early retirement takes the minimum of the year chosen, late retirement that of the year of the law": [
        clause("the year of the law for all", "minimum_year", year_of_the_month_of_the_law,
               "Who leaves early needs the months of the year chosen"),
        clause("the year chosen for all", "minimum_year", year_of_the_month_chosen,
               "Who leaves late needs only the months of the year of the law"),
    ],
    "the place that pays counts provinces, deemed years, and no temporary account; home beats all": [
        figures("each city by itself", "province_of", each_place_alone, "The cities of one province add up"),
        clause("paid years alone", "counts_for_place", counts_without_deemed_years,
               "Deemed years count for the province where they were worked"),
        clause("a temporary account counts", "counts_for_place", counts_on_any_account,
               "A temporary account never makes a place pay"),
        clause("ten years elsewhere beat home", "place_of_benefit", home_has_no_precedence,
               "Home wins when the relation lies there, however few the years"),
    ],
    "pooled money is 12 % of actual wages since 1998 without interest, more only from temporary accounts": [
        figures("the employer's rate", "pooled_share", always(2_000), "Twelve per cent whatever the employer paid"),
        clause("interest is added", "pooled_transfer", pooled_money_earns_interest, "The cook's months one by one"),
        figures("years before 1998 too", "pooled_since_year", always(1_990), "Deemed years carry no pooled money"),
        clause("deemed years too", "pooled_piece", deemed_years_carry_money,
               "Years deemed after 1998 carry no pooled money either"),
        clause("twelve per cent of a temporary account", "temporary_excess", temporary_passes_on_the_usual_share,
               "A temporary account passes on what was really paid if that is more"),
    ],
    "interest on a transfer stops at the end of the year before": [
        clause("the year of the transfer earns", "is_closed_year", the_year_of_transfer_is_closed,
               "Interest stops at the end of the year before the transfer"),
        clause("a recorded balance earns to the day", "closed_interest_months", interest_to_the_day_of_transfer,
               "What a fund recorded is passed on with interest to the end of the year before"),
    ],
    "after a move the index is taken with the wages of the place that pays": [
        figures("the wages of the place that was paid", "index_by_benefit_place", always(0),
                "After a move the index is taken with the wages of the place that pays"),
    ],
    "the benefit base is not the wage of the index": [
        clause("the average wage of the year before", "benefit_base", base_is_the_wage_of_the_index,
               "Guangdong's base of 2025 is not the wage of the index"),
    ],
    "payout months of odd months have a decimal since 2025": [
        clause("whole ages for ever", "payout_months", payout_by_whole_age_for_ever,
               "Payout months of sixty years and a month"),
    ],
    "eleven and eight per cent decide the amount transferred; pilots were on eight earlier": [
        figures("eight per cent of all years", "transfer_credit_rate", always(800),
                "A transferred account has eleven per cent until 2005 and eight since"),
        clause("what was recorded", "transferred_credit", passed_on_as_recorded,
               "What a pilot credited at eight per cent is passed on at eleven"),
    ],
    "linking is symmetric for money, asymmetric for years, and waits for the age of the employees' scheme": [
        clause("a resident's years count as an employee's", "counted_months", resident_years_are_added,
               "With fifteen years as an employee the residents' account moves and no year does"),
        clause("an employee's years are lost on the way out", "resident_counted_months", own_years_alone,
               "Without the fifteen years the employee's account moves, and the years count for residents"),
        clause("linking at any age", "can_link", links_at_any_age,
               "Linking waits for the age of the employees' scheme"),
    ],
    "an overlap is refunded by month: contribution and collective subsidy go back, the government's subsidy stays": [
        clause("the government's subsidy goes back too", "overlap_refund", refunded_with_the_subsidy,
               "Months paid in both schemes count as an employee's, and the person gets them back",
               "The overlap is refunded by month, and the subsidy stays"),
        clause("the whole year goes back", "overlap_refund", refunded_by_year,
               "The overlap is refunded by month, and the subsidy stays"),
        clause("months paid twice count twice", "resident_row_months", months_paid_twice_count,
               "The overlap is refunded by month, and the subsidy stays"),
    ],
    "a residents' relation follows the registration, an employee's the job": [
        clause("it stays where it was opened", "resident_relation_moves", never_moves,
               "The residents' relation follows the registration, with the whole account"),
        clause("it follows the job", "resident_relation_moves", moves_with_the_job,
               "A job elsewhere moves no residents' relation"),
    ],
    "the government's part of a resident's account is inherited only since 21 February 2014": [
        figures("inherited at all times", "subsidy_is_inherited", always(1),
                "A death before that leaves the government's subsidy to the fund"),
        figures("never inherited", "subsidy_is_inherited", always(0),
                "The heirs receive the whole account since 21 February 2014"),
    ],
    "the employees' interest is not the residents', and the nation's basic part is not what a place pays": [
        figures("the employees' rate", "resident_interest_rate", rates_of_employees,
                "Elsewhere the interest is a gap, and the employees' rate never fills it"),
        figures("the nation's amount everywhere", "has_own_basic", always(0),
                "A place with a basic part of its own never shows the nation's as what it pays"),
    ],
    "rounding is local": [
        clause("four decimals everywhere", "recorded_years", years_to_four_decimals_everywhere,
               "Anhui counts up to a tenth of a year"),
    ],
    "eligibility is judged on months, never on years that were rounded": [
        clause("years as printed", "has_minimum", judged_on_rounded_years,
               "One month short of the minimum is short, though the years are counted up to fifteen"),
        clause("the record against the form", "has_minimum", judged_without_the_form,
               "Years on a form that differ from those on record speak for themselves"),
        clause("a balance is no record", "has_record", no_record_without_months,
               "A balance without months is no ground for a pension"),
    ],
    "what lies after the month asked about says nothing about today": [
        clause("what is to come counts", "has_begun", whatever_lies_ahead_has_begun,
               "A relation that still lies ahead is not the current one",
               "Nothing moves to a relation that still lies ahead"),
    ],
    "the order of a document's items decides nothing": [
        move("the relation listed first is the current one", "current_province", {"by": ("until_month",)},
             "Two open relations, listed one way"),
        move("the one listed last is", "current_province", {"by": ("until_month",), "first": False},
             "Two open relations, listed the other way"),
    ],
    "a mean is rounded once": [
        clause("each year's index is rounded", "index_of_piece", each_year_rounded,
               "The mean of the index is rounded once, not year by year"),
    ],
    "what nobody knows is not nothing": [
        figures("nothing was left in the account", "earlier_credit_rate", always(0),
                "What was paid before 1984 is not known, so a decision stays open"),
        figures("early months at the average wage", "earlier_index", always(10_000),
                "How months before 1984 enter the index is not known"),
    ],
}  # fmt: skip
"""Each pitfall of the fact base, and those that we met ourselves, with the mistakes that fall into it."""
