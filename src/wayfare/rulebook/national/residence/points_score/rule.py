"""The score of a points table: what each row gives, and which rows make the total.

The rows of the table in force count what the record or the person's evidence shows. Of one indicator the best row
counts, or their sum; of indicators that exclude each other the better one; what is taken off adds up. Where a degree
costs the years of its study, the study that gives most is the one that counts.
"""

from __future__ import annotations

from wayfare.law.declare import choice, clause, distinct, expand, find, look_up, pick, total
from wayfare.law.words import ZERO_MONTHS, Scale, greatest, least, no, when, whole
from wayfare.rulebook.national.life.rule import TWELVE_MONTHS
from wayfare.rulebook.national.residence.points_person.rule import CRIME, DETENTION, FALSE, FAMILY, NO_EDUCATION
from wayfare.rulebook.national.residence.points_record.rule import (
    BEIJING,
    DAY,
    PLACE,
    READING,
    SHANGHAI,
    item_words,
)

NO_POINTS = Scale(0, "percent*points")
NONE, ONE_UNIT, ONE_MONTH = Scale(0, "count"), Scale(1, "count"), Scale(1, "months")
ONE_YEAR = Scale(1, "years")
WITH_DEGREE = Scale(1, "truth")
indicator_words = choice(
    "points_indicator", "age", "education", "skill", "insured_years", "plus", "firm_tax", "firm_jobs", "insurance_base",
    "award", "spouse", "home", "moved", "innovation", "tax_paid", "tax_violation", "service", "conduct", "application",
)  # fmt: skip
counting_words = choice("points_counting", "once", "capped", "each")
verdict_words = choice(
    "points_verdict", "counted", "nothing", "better_of_its_kind", "either_or", "another_study", "condition"
)
EDUCATION, SKILL, CONDUCT = indicator_words.education, indicator_words.skill, indicator_words.conduct
BASE = indicator_words.insurance_base
ONCE, CAPPED = counting_words.once, counting_words.capped
COUNTED, NOTHING, BETTER = verdict_words.counted, verdict_words.nothing, verdict_words.better_of_its_kind
EITHER_OR, ANOTHER_STUDY, CONDITION = verdict_words.either_or, verdict_words.another_study, verdict_words.condition
FALSE_ROW, DETENTION_ROW = item_words.false_documents, item_words.administrative_detention
CRIME_ROW = item_words.crime
AGE, INSURED_YEARS = item_words.age, item_words.insured_years
OWN_HOME_YEARS, RENTED_HOME_YEARS = item_words.home_own_years, item_words.home_rented_years

# ---- the rows of the table
points_row_number = expand(
    "points_row", within="person", table="points_items", at=DAY, where=PLACE,
    columns={"item": "points_item", "indicator": "points_indicator", "counting": "points_counting",
             "step": "points_step", "from": "points_from"},
)  # fmt: skip
row_each = look_up("points_each", level="points_row", by={"points_item": "points_item"}, at=DAY, where=PLACE)
row_cap = look_up("points_most", level="points_row", by={"points_item": "points_item"}, at=DAY, where=PLACE)
row_evidence = find(
    "points_amount", of="points_evidence", key="evidence_kind", by="points_item", level="points_row", none=0
)
row_months_at_base = find(
    "band_total_months", of="band_total", key="band_total_item", by="points_item", level="points_row", none=0
)


@clause(SHANGHAI, article="10", level="points_row")
def row_conduct_kind(points_item):
    """The kind of conduct that this row takes points off for."""
    return when(
        points_item == FALSE_ROW, FALSE,
        when(points_item == DETENTION_ROW, DETENTION,
             when(points_item == CRIME_ROW, CRIME, FAMILY)),
    )  # fmt: skip


row_conduct_times = find(
    "conduct_times", of="conduct_row", key="conduct_row_kind", by="row_conduct_kind", level="points_row", none=0
)
row_education = find(
    "education_is_held", of="education", key="education_item", by="points_item", level="points_row", none=0
)
row_skill = find(
    "skill_row_is_held", of="skill_row", key="skill_row_item", by="points_item", level="points_row", none=0
)


# ---- further education and skills, which ways to more points can add
@clause(READING, level="person", rank="practice")
def further_degree():
    """A further level of education is told with its degree."""
    return WITH_DEGREE


further_study_item = look_up(
    "study_items", level="person", by={"study_level": "further_education", "study_degree": "further_degree"}, at=DAY,
    where=PLACE,
)  # fmt: skip
further_skill_item = look_up("skill_items", level="person", by={"skill_kind": "further_skill"}, at=DAY, where=PLACE)
further_gain = find("row_each", of="points_row", key="points_item", by="further_study_item", level="person", none=0)


# ---- years, and what the years of a study are worth
@clause(SHANGHAI, article="6(4)", level="points_row")
def is_insured_row(points_item):
    """Whether the row is that of the years of insurance."""
    return points_item == INSURED_YEARS


@clause(BEIJING, level="points_row")
def is_own_home_row(points_item):
    """Whether the row is that of years in an own home."""
    return points_item == OWN_HOME_YEARS


@clause(BEIJING, level="points_row")
def is_rented_home_row(points_item):
    """Whether the row is that of years in a rented home."""
    return points_item == RENTED_HOME_YEARS


each_insured_year = total("row_each", level="person", of="points_row", where="is_insured_row")
each_own_year = total("row_each", level="person", of="points_row", where="is_own_home_row")
each_rented_year = total("row_each", level="person", of="points_row", where="is_rented_home_row")


@clause(BEIJING, level="person")
def year_points_all(
    months_for_points, own_home_months, rented_home_months, each_insured_year, each_own_year, each_rented_year
):
    """What all years give where no degree counts; homes count for no more years than the insurance."""
    insured = whole(months_for_points, TWELVE_MONTHS)
    own = least(whole(own_home_months, TWELVE_MONTHS), insured)
    rented = least(whole(rented_home_months, TWELVE_MONTHS), insured - own)
    return each_insured_year * insured + each_own_year * own + each_rented_year * rented


@clause(BEIJING, level="study")
def year_points_left(
    months_for_points, own_home_months, rented_home_months, insured_during_study, own_home_during_study,
    rented_home_during_study, each_insured_year, each_own_year, each_rented_year,
):  # fmt: skip
    """What the years give without those of the study."""
    insured = whole(greatest(months_for_points - insured_during_study, 0), TWELVE_MONTHS)
    own = least(whole(own_home_months - own_home_during_study, TWELVE_MONTHS), insured)
    rented = least(whole(rented_home_months - rented_home_during_study, TWELVE_MONTHS), insured - own)
    return each_insured_year * insured + each_own_year * own + each_rented_year * rented


study_each = find("row_each", of="points_row", key="points_item", by="held_study_item", level="study", none=0)


@clause(BEIJING, level="study")
def study_gain(study_is_done, study_each, study_years_excluded, year_points_all, year_points_left):
    """What counting this study's education gives, less the years that it costs."""
    cost = when(study_years_excluded, year_points_all - year_points_left, NO_POINTS)
    return when(study_is_done, study_each - cost, NO_POINTS)


@clause(BEIJING, level="study")
def study_pays(study_gain):
    """Whether counting it gives more than it costs."""
    return study_gain > NO_POINTS


best_study_gain = pick(
    "study_gain", level="person", of="study", by="study_gain", where="study_pays", none=NO_POINTS
)
best_study_item = pick(
    "held_study_item", level="person", of="study", by="study_gain", where="study_pays", none=NO_EDUCATION
)
best_study_months = pick(
    "insured_during_study", level="person", of="study", by="study_gain", where="study_pays", none=ZERO_MONTHS
)
best_study_own_home = pick(
    "own_home_during_study", level="person", of="study", by="study_gain", where="study_pays", none=ZERO_MONTHS
)
best_study_rented_home = pick(
    "rented_home_during_study", level="person", of="study", by="study_gain", where="study_pays", none=ZERO_MONTHS
)


@clause(SHANGHAI, article="10", level="person")
def counted_study_item(further_gain, best_study_gain, further_study_item, best_study_item):
    """The level of education that counts: only one does, the one that gives most."""
    return when(further_gain > best_study_gain, further_study_item, best_study_item)


@clause(SHANGHAI, article="6(4)", level="person")
def insured_years_counted(months_for_points, study_years_cost, best_study_months):
    """Full years of insurance that count, without those of the study whose degree counts."""
    cost = when(study_years_cost, best_study_months, ZERO_MONTHS)
    return whole(greatest(months_for_points - cost, 0), TWELVE_MONTHS)


@clause(BEIJING, level="person", at=DAY, where=PLACE)
def study_years_cost(study_years_do_not_count, further_gain, best_study_gain):
    """Whether the years of the best study are lost: where the table says so and its degree is the one that counts."""
    return study_years_do_not_count & (further_gain <= best_study_gain)


@clause(BEIJING, level="person")
def own_home_years_counted(own_home_months, study_years_cost, best_study_own_home, insured_years_counted):
    """Full years in an own home that count, no more than those of insurance."""
    cost = when(study_years_cost, best_study_own_home, ZERO_MONTHS)
    return least(whole(own_home_months - cost, TWELVE_MONTHS), insured_years_counted)


@clause(BEIJING, level="person")
def rented_home_years_counted(
    rented_home_months, study_years_cost, best_study_rented_home, insured_years_counted, own_home_years_counted
):
    """Full years in a rented home that count, no more than the years of insurance that the own home leaves."""
    cost = when(study_years_cost, best_study_rented_home, ZERO_MONTHS)
    return least(whole(rented_home_months - cost, TWELVE_MONTHS), insured_years_counted - own_home_years_counted)


# ---- what each row shows and gives
@clause(SHANGHAI, article="6(1)", level="person", at=DAY, where=PLACE)
def age_points(
    age_years, age_points_to, age_points_base, age_has_steps, age_points_each, age_steps_below, age_points_most
):
    """Points for age: the base up to an age, and in Shanghai more for each year younger than another."""
    more = age_points_each * greatest(age_steps_below - age_years, 0)
    stepped = when(age_has_steps, least(age_points_base + more, age_points_most), age_points_base)
    return when(age_years <= age_points_to, stepped, NO_POINTS)


@clause(SHANGHAI, article="6(3)", level="points_row", at=DAY, where=PLACE)
def skill_condition_met(
    skill_needs_base, skill_base_months_needed, stated_months_at_average, months_at_average, title_matches_post
):
    """Whether a high qualification may count: insured at the average wage for months enough, and fit for the post."""
    months = stated_months_at_average * ONE_MONTH
    at_average = (months >= skill_base_months_needed) | (months_at_average >= skill_base_months_needed)
    return no(skill_needs_base) | (at_average & (title_matches_post > 0))


@clause(READING, level="points_row", rank="practice")
def skill_is_shown(row_skill, points_item, further_skill_item):
    """Whether the qualification or title of this row is held, or will be gained."""
    return row_skill | (points_item == further_skill_item)


@clause(READING, level="points_row", rank="practice")
def education_is_shown(row_education, points_item, further_study_item):
    """Whether the level of education of this row is held, or will be finished."""
    return row_education | (points_item == further_study_item)


@clause(READING, level="points_row", rank="practice")
def years_shown(
    points_item, age_years, insured_years_counted, own_home_years_counted, rented_home_years_counted, row_evidence
):
    """Full years of age, of insurance or of a home, from the record; of other rows the amount of the evidence."""
    other = when(points_item == AGE, whole(age_years, ONE_YEAR), row_evidence)
    home = when(points_item == OWN_HOME_YEARS, own_home_years_counted,
                when(points_item == RENTED_HOME_YEARS, rented_home_years_counted, other))  # fmt: skip
    return when(points_item == INSURED_YEARS, insured_years_counted, home)


@clause(READING, level="points_row", rank="practice")
def base_months_shown(row_evidence, row_months_at_base):
    """Months at the base of this row: as stated, or else as the record of bases shows."""
    return when(row_evidence > 0, row_evidence, whole(row_months_at_base, ONE_MONTH))


@clause(READING, level="points_row", rank="practice")
def row_shown(
    points_indicator, education_is_shown, skill_is_shown, skill_condition_met, row_conduct_times, base_months_shown,
    years_shown,
):  # fmt: skip
    """What there is for the row, in its own unit: years, months, yuan, times."""
    skill = when(skill_is_shown, when(skill_condition_met, ONE_UNIT, NONE), NONE)
    return when(
        points_indicator == EDUCATION, when(education_is_shown, ONE_UNIT, NONE),
        when(points_indicator == SKILL, skill,
             when(points_indicator == CONDUCT, row_conduct_times,
                  when(points_indicator == BASE, base_months_shown, years_shown))),
    )  # fmt: skip


@clause(SHANGHAI, article="11", level="points_row")
def row_amount(row_shown, points_from, points_step):
    """Whole units of the row: nothing below what it counts from."""
    return when(row_shown >= points_from, whole(row_shown, points_step), NONE)


@clause(SHANGHAI, article="11", level="points_row")
def row_points(points_item, age_points, row_amount, points_counting, row_each, row_cap):
    """What the row would give alone: once, or for each unit, up to its cap."""
    each = row_amount * row_each
    by_unit = when(points_counting == CAPPED, least(each, row_cap), each)
    counted = when(points_counting == ONCE, row_each, by_unit)
    return when(points_item == AGE, age_points, when(row_amount > 0, counted, NO_POINTS))


@clause(SHANGHAI, article="10", level="points_row")
def row_is_open(points_indicator, points_item, counted_study_item):
    """Whether the row may count: of education only the level that was chosen."""
    return (points_indicator != EDUCATION) | (points_item == counted_study_item)


# ---- of one indicator the best or the sum; of indicators that exclude each other the better
scored_indicator = distinct("scored", of="points_row", by="points_indicator", within="person", most=18)
takes_best = look_up("indicator_takes_best", level="scored", by={"points_indicator": "scored_indicator"}, at=DAY,
                     where=PLACE)  # fmt: skip
head_indicator = look_up("indicator_instead_of", level="scored", by={"points_indicator": "scored_indicator"}, at=DAY,
                         where=PLACE)  # fmt: skip
indicator_best = pick(
    "row_points", level="scored", of="points_row", by="row_points", where="row_is_open", none=NO_POINTS
)
indicator_best_item = pick(
    "points_item", level="scored", of="points_row", by="row_points", where="row_is_open", none=NO_EDUCATION
)
indicator_sum = total("row_points", level="scored", of="points_row", where="row_is_open")


@clause(SHANGHAI, article="10", level="scored")
def indicator_points(takes_best, indicator_best, indicator_sum):
    """What an indicator gives: its best row, or all its rows."""
    return when(takes_best, indicator_best, indicator_sum)


head = distinct("head", of="scored", by="head_indicator", within="person", most=18)
head_points = pick("indicator_points", level="head", of="scored", by="indicator_points", none=NO_POINTS)
head_best_indicator = pick("scored_indicator", level="head", of="scored", by="indicator_points", none=EDUCATION)
points_sum = total("head_points", level="person", of="head")


@clause(SHANGHAI, article="10", level="scored")
def indicator_counts(indicator_points, scored_indicator, head_best_indicator):
    """Whether the indicator adds to the score."""
    return (indicator_points > NO_POINTS) & (scored_indicator == head_best_indicator)


@clause(SHANGHAI, article="10", level="points_row")
def row_counts(row_is_open, row_points, takes_best, points_item, indicator_best_item, points_indicator,
               head_best_indicator):  # fmt: skip
    """Whether the row is among those that make the score."""
    is_best = no(takes_best) | (points_item == indicator_best_item)
    return row_is_open & (row_points != NO_POINTS) & is_best & (points_indicator == head_best_indicator)


@clause(SHANGHAI, article="11", level="points_row")
def points_counted(row_counts, row_points):
    """What the row adds to the score."""
    return when(row_counts, row_points, NO_POINTS)


@clause(READING, level="points_row", rank="practice")
def points_verdict(
    row_counts, row_points, points_indicator, skill_is_shown, row_is_open, takes_best, points_item, indicator_best_item
):
    """Why the row counts or does not."""
    beaten = when(takes_best & (points_item != indicator_best_item), BETTER, EITHER_OR)
    nothing = when(points_indicator == SKILL, when(skill_is_shown, CONDITION, NOTHING), NOTHING)
    other = when(row_points == NO_POINTS, nothing, when(row_is_open, beaten, ANOTHER_STUDY))
    return when(row_counts, COUNTED, other)


# ---- the score and the line
@clause(SHANGHAI, article="11", level="person", at=DAY, where=PLACE)
def points(points_sum, points_not_below_zero):
    """The score: what counts less what is taken off; not under nought where the table says so."""
    return when(points_sum >= NO_POINTS, points_sum, when(points_not_below_zero, NO_POINTS, points_sum))
