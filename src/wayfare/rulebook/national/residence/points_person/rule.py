"""What the record says of a person for a points table: age, studies, skills and conduct.

A study counts once it is finished. Where a table does not count the years of a study beside its degree, the months of
insurance and of homes that lie inside the study are told for each study.
"""

from __future__ import annotations

from wayfare.facts import BOUNDS, CHOICES
from wayfare.law.declare import choice, clause, distinct, fact, find, level, look_up, slices, total
from wayfare.law.words import (
    MONTHS_A_YEAR,
    ZERO_MONTHS,
    greatest,
    least,
    month_of,
    months_in,
    no,
    shared,
    when,
    whole,
    whole_months,
    without,
    year_of,
)
from wayfare.rulebook.national.life.rule import NEVER_MONTH
from wayfare.rulebook.national.residence.points_record.rule import (
    BEIJING,
    DAY,
    PLACE,
    SHANGHAI,
    item_words,
)

study_words = choice("study_level", *CHOICES["study_level"])
skill_words = choice("skill_kind", *CHOICES["skill_kind"])
conduct_words = choice("conduct_kind", *CHOICES["conduct_kind"])
FALSE, DETENTION, CRIME = conduct_words.false_documents, conduct_words.administrative_detention, conduct_words.crime
FAMILY = conduct_words.family_planning
NO_EDUCATION = item_words.education_below
NOTHING_MORE = 0  # "none" of a further education or skill

# ---- what people state
further_education = fact(
    "person", "study_level", 0, len(CHOICES["study_level"]) - 1, absent=NOTHING_MORE, choices=CHOICES["study_level"],
    ask={"en": "Which further level of education, with its degree, will you finish?",
         "zh": "您还打算取得什么学历（学位）？"},
)  # fmt: skip
further_skill = fact(
    "person", "skill_kind", 0, len(CHOICES["skill_kind"]) - 1, absent=NOTHING_MORE, choices=CHOICES["skill_kind"],
    ask={"en": "Which further qualification or title will you gain?", "zh": "您还打算取得什么职业资格或者职称？"},
)  # fmt: skip

studies = level("study", most=20)
study_level = fact("study", "study_level", *BOUNDS["study_level"])
study_degree = fact(
    "study", "truth", 0, 1,
    ask={"en": "Did this study give you the degree, not only the diploma?",
         "zh": "这段学习取得学位了吗（不只是毕业证书）？"},
)  # fmt: skip
study_from = fact(
    "study", "day", *BOUNDS["study_from"],
    ask={"en": "On which day did this study begin?", "zh": "这段学习从哪一天开始？"},
)  # fmt: skip
study_to = fact(
    "study", "day", *BOUNDS["study_to"],
    ask={"en": "On which day did this study end?", "zh": "这段学习到哪一天结束？"},
)  # fmt: skip
study_done_day = fact("study", "day", *BOUNDS["study_done_day"])

skills = level("skill", most=50)
skill_kind = fact("skill", "skill_kind", *BOUNDS["skill_kind"])
skill_day = fact("skill", "day", *BOUNDS["skill_day"])

conducts = level("conduct", most=50)
conduct_kind = fact("conduct", "conduct_kind", *BOUNDS["conduct_kind"])
conduct_day = fact("conduct", "day", *BOUNDS["conduct_day"])


# ---- age
@clause(SHANGHAI, article="6(1)", level="person")
def age_years(born, judged_day):
    """Full years of age on the day asked about, or after the months that someone waits."""
    return whole(whole_months(born, judged_day), MONTHS_A_YEAR)


# ---- studies
@clause(SHANGHAI, article="6(2)", level="study")
def study_is_done(study_done_day, judged_day):
    """Whether the study is finished by the day asked about."""
    return study_done_day <= judged_day


study_item = look_up(
    "study_items", level="study", by={"study_level": "study_level", "study_degree": "study_degree"}, at=DAY, where=PLACE
)


@clause(BEIJING, level="study", at=DAY, where=PLACE)
def study_years_excluded(
    study_years_do_not_count, study_is_done, months_for_points, own_home_recorded, rented_home_recorded
):
    """Whether counting this study's degree may cost years of insurance and residence during it: are there any?"""
    has_years = (months_for_points > ZERO_MONTHS) | (own_home_recorded + rented_home_recorded > ZERO_MONTHS)
    return study_years_do_not_count & study_is_done & has_years


@clause(BEIJING, level="study")
def study_first(study_from, study_years_excluded):
    """The first month of the study that would not count together with the degree."""
    return when(study_years_excluded, month_of(study_from), NEVER_MONTH)


@clause(BEIJING, level="study")
def study_until(study_to, study_years_excluded, study_first):
    """The first month after the study."""
    return when(study_years_excluded, greatest(month_of(study_to), study_first), NEVER_MONTH)


@clause(BEIJING, level="study")
def insured_during_study(study_first, study_until, unbroken_since, unbroken_until):
    """Months of the unbroken insurance that lie inside the study."""
    return greatest(least(study_until, unbroken_until) - greatest(study_first, unbroken_since), 0)


study_set = slices("study_piece", of="study", start="study_first", end="study_until", key="study_year", most=111)
own_set_then = find(
    "own_home_set", of="home_year_row", key="home_year_key", by="study_year", level="study_piece", none=0
)
any_set_then = find(
    "any_home_set", of="home_year_row", key="home_year_key", by="study_year", level="study_piece", none=0
)


@clause(BEIJING, level="study_piece")
def own_home_then(study_set, own_set_then):
    """Months of the study's year in an own home."""
    return months_in(shared(study_set, own_set_then))


@clause(BEIJING, level="study_piece")
def rented_home_then(study_set, own_set_then, any_set_then):
    """Months of the study's year in a rented home."""
    return months_in(shared(study_set, without(any_set_then, own_set_then)))


own_home_during_study = total("own_home_then", level="study")
rented_home_during_study = total("rented_home_then", level="study")


@clause(SHANGHAI, article="6(2)", level="study")
def held_study_item(study_is_done, study_item):
    """What the study counts as; as long as it is not finished it counts as nothing."""
    return when(study_is_done, study_item, NO_EDUCATION)


education_item = distinct("education", of="study", by="held_study_item", within="person", most=9)
education_is_held = total("study_is_done", level="education", of="study", how="any")


# ---- skills
@clause(SHANGHAI, article="6(3)", level="skill")
def skill_is_held(skill_day, judged_day):
    """Whether the qualification or title is held on the day asked about."""
    return skill_day <= judged_day


skill_item = look_up("skill_items", level="skill", by={"skill_kind": "skill_kind"}, at=DAY, where=PLACE)
skill_row_item = distinct("skill_row", of="skill", by="skill_item", within="person", most=9)
skill_row_is_held = total("skill_is_held", level="skill_row", of="skill", how="any")


# ---- conduct
@clause(SHANGHAI, level="conduct", at=DAY, where=PLACE)
def conduct_takes_points(conduct_day, asked_day, judged_day, conduct_lapses, conduct_years):
    """Whether points are still taken off for it: it lies before the day asked about, and has not lapsed."""
    in_time = no(conduct_lapses) | (whole_months(conduct_day, judged_day) < conduct_years * MONTHS_A_YEAR)
    return (conduct_day <= asked_day) & in_time


@clause(SHANGHAI, level="conduct", at=DAY, where=PLACE)
def conduct_refuses(conduct_day, asked_day, judged_day, conduct_bars, conduct_bar_lapses, conduct_bar_years):
    """Whether it bars an application on the day asked about: always, or in the year and some years after it."""
    years = year_of(month_of(judged_day)) - year_of(month_of(conduct_day))
    return (conduct_day <= asked_day) & conduct_bars & (no(conduct_bar_lapses) | (years <= conduct_bar_years))


conduct_row_kind = distinct("conduct_row", of="conduct", by="conduct_kind", within="person", most=5)
conduct_times = total(level="conduct_row", of="conduct", where="conduct_takes_points", how="count")
is_barred = total("conduct_refuses", level="person", of="conduct", how="any")
