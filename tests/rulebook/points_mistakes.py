"""The mistakes that programs of points tables are known for, each planted with the cases that must come out wrong."""

from __future__ import annotations

from dataclasses import replace

from rulebook.mistakes import Mistake, clause, figures, move
from wayfare.law.tables import Row
from wayfare.law.words import ZERO_MONTHS, Scale, greatest, least, no, when, whole
from wayfare.rulebook.national.life.rule import ACTUAL, TWELVE_MONTHS
from wayfare.rulebook.national.residence.points_score.rule import AGE, CAPPED, NO_POINTS, NONE, ONCE

TRUE, FALSE = Scale(1, "truth"), Scale(0, "truth")
DRAFT_AGE = Scale(45, "years")  # the draft of December 2015 asked for less


def all_true(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(replace(r, value=1) for r in rows)


def all_false(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(replace(r, value=0) for r in rows)


def each_for_itself(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Every indicator as its own alternative, so that both of an either-or count."""
    return tuple(replace(r, value=r.key[0]) for r in rows)


# ---- clauses as programs that made the mistake would have them
def without_a_cap(points_item, age_points, row_amount, points_counting, row_each):
    counted = when(points_counting == ONCE, row_each, row_amount * row_each)
    return when(points_item == AGE, age_points, when(row_amount > 0, counted, NO_POINTS))


def counted_each_time(points_item, age_points, row_amount, points_counting, row_each, row_cap):
    each = row_amount * row_each
    counted = when(points_counting == CAPPED, least(each, row_cap), each)
    return when(points_item == AGE, age_points, when(row_amount > 0, counted, NO_POINTS))


def counted_from_the_first_unit(row_shown, points_step):
    return whole(row_shown, points_step)


def started_units(row_shown, points_from, points_step):
    return when(row_shown >= points_from, whole(row_shown + points_step - 1, points_step), NONE)


def months_of_any_place(contribution_kind, basis_counts_for_points):
    return (contribution_kind == ACTUAL) & basis_counts_for_points


def back_paid_too(contribution_province, points_province, basis_counts_for_points):
    return (contribution_province == points_province) & basis_counts_for_points


def gaps_forgiven(is_insured_for_points, insured_months_sum):
    return when(is_insured_for_points, insured_months_sum, ZERO_MONTHS)


def payer_not_asked(insured_months_need_no_gap, unbroken_months, insured_months_sum):
    return when(insured_months_need_no_gap, unbroken_months, insured_months_sum)


def below_zero(points_sum):
    return points_sum


def study_years_kept(study_years_do_not_count):
    return study_years_do_not_count & FALSE


def homes_not_held_to_the_insurance(rented_home_months, study_years_cost, best_study_rented_home):
    cost = when(study_years_cost, best_study_rented_home, ZERO_MONTHS)
    return whole(rented_home_months - cost, TWELVE_MONTHS)


def conduct_never_lapses(conduct_day, asked_day):
    return conduct_day <= asked_day


def any_title_counts(skill_needs_base):
    return no(skill_needs_base) | TRUE


def age_bars_like_the_draft(age_years):
    return age_years < DRAFT_AGE


def age_without_a_cap(age_years, age_points_to, age_points_base, age_points_each, age_steps_below):
    more = age_points_each * greatest(age_steps_below - age_years, 0)
    return when(age_years <= age_points_to, age_points_base + more, NO_POINTS)


LAPSES = "What is taken off adds up, lapses, and the score is not under nought"
DRAFT = "Beijing's draft asked for less than 45 years of age; the final rule only takes the points for age"

MISTAKES: tuple[Mistake, ...] = (
    clause("The cap of a row is dropped", "row_points", without_a_cap, "Tax gives 120 points at most"),
    clause(
        "A row that counts once counts each time", "row_points", counted_each_time,
        "Tax gives six points once, and each breach takes twelve",
    ),
    figures("Both of an either-or count", "indicator_instead_of", each_for_itself, "Tax or jobs, not both"),
    figures(
        "Both education and qualification count", "indicator_instead_of", each_for_itself,
        "Education or qualification, not both",
    ),
    figures("The rows of one indicator are summed", "indicator_takes_best", all_false,
            "Of two awards the higher counts"),
    figures(
        "Of what is taken off only the worst counts", "indicator_takes_best", all_true,
        "A worker with a qualification, blood donations and hours as a volunteer",
    ),
    clause("Years count before the fifth", "row_amount", counted_from_the_first_unit,
           "Special public service counts once there are five years"),
    clause("A started 100,000 yuan counts", "row_amount", started_units, "Tax or jobs, not both"),
    clause("Months elsewhere count", "month_counts_for_points", months_of_any_place,
           "Months elsewhere, and months that two districts report, count once"),
    clause("Months paid back count", "month_counts_for_points", back_paid_too,
           "Months paid back do not count in Shanghai"),
    clause("Who paid is not asked", "months_for_points", payer_not_asked,
           "Months that another firm paid do not count in Shanghai"),
    clause("A gap is forgiven", "unbroken_months", gaps_forgiven,
           "A gap in the insurance starts the count anew in Beijing"),
    clause("The score falls under nought", "points", below_zero, "The score is not under nought"),
    clause("The years of the study count beside its degree", "study_years_cost", study_years_kept,
           "The years of the study do not count beside its degree"),
    clause("Homes count for more years than the insurance", "rented_home_years_counted",
           homes_not_held_to_the_insurance,
           "Years in an own home count before rented ones, and no more than the years of insurance"),
    clause("What is taken off never lapses", "conduct_takes_points", conduct_never_lapses, LAPSES),
    clause("A title counts without its conditions", "skill_condition_met", any_title_counts,
           "A senior title needs six months at the average wage and a fitting post"),
    clause("The draft's bar of 45 is applied", "age_is_open", age_bars_like_the_draft, DRAFT),
    clause("The points for age have no cap", "age_points", age_without_a_cap, "Master's degree in Shanghai"),
    move("The lowest study counts", "best_study_item", {"first": True}, "Doctor's degree in Shanghai at 58"),
)  # fmt: skip
