"""A place at a public school for a child who moved: the ways a city opens, their conditions, and the papers asked for.

The law of the nation gives the child equal conditions where the parents work or live; the city says with which papers.
Each way has conditions (months of insurance, of residence, of a permit) and requirements, each met by one of several
sets of papers. A class cap is a fact about a school, never a condition.
"""

from __future__ import annotations

from datetime import date

from wayfare.law.declare import choice, clause, expand, fact, find, look_up, pick, question, total
from wayfare.law.words import Scale, first_month, greatest, month_of, no, when, year_of
from wayfare.rulebook.national.life.rule import ONE_MONTH
from wayfare.rulebook.national.services.rule import (
    CAN_BE_HAD,
    CANNOT_BE_HAD,
    HELD,
    PERSON,
    RECORD,
    TEMPORARY_PERMIT,
    kin_words,
)
from wayfare.rulebook.national.services.school_months.rule import CITY_RULES

EDUCATION = "义务教育法"
_FIRST_DAY, _OPEN_DAY = date(1900, 1, 1).toordinal(), date(2200, 1, 1).toordinal()
CHILD = kin_words.child
school_way_words = choice(
    "school_way", "beijing_papers", "shanghai_permit", "shanghai_flexible", "chengdu_permit", "chengdu_temporary",
    "none",
)  # fmt: skip
school_requirement_words = choice(
    "school_requirement", "identity", "child_permit", "parent_permit", "parent_temporary", "flexible_registration",
    "child_relation", "livelihood", "employment", "address", "stay", "insurance", "booklet", "no_guardian",
)  # fmt: skip
school_alternative_words = choice(
    "school_alternative", "identity_card", "child_permit", "residence_permit", "temporary_permit", "flexible_proof",
    "booklet", "guardianship", "contract", "licence_and_tax", "employment_proof", "address_proof", "stay_proof",
    "insurance_record", "no_guardian",
)  # fmt: skip
school_level_words = choice("school_level", "primary", "junior_middle")
BEIJING, NO_WAY = school_way_words.beijing_papers, school_way_words.none
NO_PAPERS, NO_CHILD, NOT_ASKED, FULFILLED = (
    Scale(0, "count"), Scale(0, "count"), Scale(0, "truth"), Scale(1, "truth"),
)  # fmt: skip
NO_DAYS = Scale(0, "days")

child_born = fact(  # where no child is on record
    "person", "day", _FIRST_DAY, _OPEN_DAY,
    ask={"en": "On which day was the child born?", "zh": "孩子是哪一天出生的？"},
)  # fmt: skip
school_level = fact(
    "person", "school_level", 0, 1, absent=0, choices=("primary", "junior_middle"),
    ask={"en": "Is it about a primary or a junior middle school?", "zh": "要上小学还是初中？"},
)  # fmt: skip
district_insured_months = fact(
    "person", "months", 0, 1_332,
    ask={"en": "For how many months were you insured in the district of the school?",
         "zh": "您在学校所在的区参加社会保险多少个月？"},
)  # fmt: skip


# ---- the child
@clause(RECORD, level="relative", rank="practice")
def is_child(relative_kind):
    """Whether this is a child of the person."""
    return relative_kind == CHILD


school_child = pick(
    "relative_number", level="person", of="relative", by="relative_number", where="is_child", none=NO_CHILD, first=True
)
child_birth = find(
    "relative_born", of="relative", key="relative_number", by="school_child", level="person", none="child_born"
)


@clause(EDUCATION, article="11", level="person", rank="law")
def child_can_start(child_birth, asked_month, school_age):
    """Whether the child reaches the age of compulsory schooling within the year."""
    return year_of(month_of(child_birth)) + school_age <= year_of(asked_month)


@clause(EDUCATION, article="12", level="person", rank="law")
def school_right_is_equal(is_away, lives_here, works_here):
    """Whether the place owes the child equal conditions: registered elsewhere, a parent lives or works here."""
    return is_away & (lives_here | works_here)


@clause(RECORD, level="permit", rank="practice")
def is_childs_permit(is_permit_here, permit_kind, permit_holder, school_child):
    """Whether it is the child's temporary permit of this city."""
    is_of_child = (permit_holder > PERSON) & (permit_holder == school_child)
    return is_permit_here & (permit_kind == TEMPORARY_PERMIT) & is_of_child


child_holds_temporary_permit = total("is_childs_permit", level="person", of="permit", how="any")


# ---- the ways of the place
school_way_row = expand(
    "school_way", within="person", table="school_ways", at="asked_day", where="service_place",
    columns={
        "way": "school_way", "apply_month": "school_way_apply_month", "temporary_months": "school_way_temporary_months",
        "flexible_months": "school_way_flexible_months", "insured_running": "school_way_insured_running",
        "insured_within": "school_way_insured_within", "lived_months": "school_way_lived_months",
    },
)  # fmt: skip


@clause(CITY_RULES, level="school_way")
def school_way_month(school_way_apply_month, asked_month):
    """The month for which this way is judged: its month of application this year, or the month asked about."""
    fixed = first_month(year_of(asked_month)) + school_way_apply_month - ONE_MONTH
    return when(school_way_apply_month > 0, fixed, asked_month)


@clause(CITY_RULES, level="school_way")
def school_way_is_in_time(school_way_month, asked_month):
    """Whether the month of application is not over."""
    return asked_month <= school_way_month


school_month = pick("school_way_month", level="person", of="school_way", by="school_way_month", none="asked_month")


# ---- the conditions of each way
@clause(CITY_RULES, level="school_way")
def school_way_temporary_is_met(school_way_temporary_months, temporary_permit_months):
    """Whether a temporary permit has been held for as long as the way asks."""
    return when(school_way_temporary_months > 0, temporary_permit_months >= school_way_temporary_months, FULFILLED)


@clause(CITY_RULES, level="school_way")
def school_way_flexible_is_met(school_way_flexible_months, flexible_registered_months):
    """Whether flexible work has been registered for as long as the way asks."""
    return when(school_way_flexible_months > 0, flexible_registered_months >= school_way_flexible_months, FULFILLED)


@clause(CITY_RULES, level="school_way")
def school_way_insured_running_is_met(school_way_insured_running, insured_months_running):
    """Whether insurance has run without a break for as long as the way asks, the month of application paid."""
    return when(school_way_insured_running > 0, insured_months_running >= school_way_insured_running, FULFILLED)


@clause(CITY_RULES, level="school_way")
def school_way_insured_within_is_met(school_way_insured_within, insured_months_in_window):
    """Whether enough months of insurance lie in the window that the way looks at."""
    return when(school_way_insured_within > 0, insured_months_in_window >= school_way_insured_within, FULFILLED)


@clause(CITY_RULES, level="school_way")
def school_way_lived_is_met(school_way_lived_months, months_lived_to_application):
    """Whether the person has lived in the city for as long as the way asks."""
    return when(school_way_lived_months > 0, months_lived_to_application >= school_way_lived_months, FULFILLED)


@clause("中国日报2016年1月21日的报道", level="person", where="service_place", rank="practice")
def district_is_met(school_district_asks_insurance, district_insured_months, school_district_months):
    """Whether the district's own months of insurance are there, where the district asks for them."""
    return no(school_district_asks_insurance) | (district_insured_months >= school_district_months)


@clause(CITY_RULES, level="school_way")
def school_way_district_is_met(school_way, district_is_met):
    """Some districts of Beijing ask for months of insurance in the district; elsewhere nothing of the kind is asked."""
    return when(school_way == BEIJING, district_is_met, FULFILLED)


@clause(CITY_RULES, level="school_way")
def school_way_conditions_are_met(
    school_way_is_in_time, school_way_temporary_is_met, school_way_flexible_is_met, school_way_insured_running_is_met,
    school_way_insured_within_is_met, school_way_lived_is_met, school_way_district_is_met,
):  # fmt: skip
    """Whether all conditions of the way hold."""
    permits = school_way_temporary_is_met & school_way_flexible_is_met
    insured = school_way_insured_running_is_met & school_way_insured_within_is_met & school_way_district_is_met
    return school_way_is_in_time & permits & insured & school_way_lived_is_met


# ---- papers: each requirement met by one of several sets of papers
school_requirement_row = expand(
    "school_requirement", within="school_way", table="school_requirements", by={"school_way": "school_way"},
    at="asked_day", columns={"requirement": "school_requirement"},
)  # fmt: skip
school_alternative_row = expand(
    "school_alternative", within="school_requirement", table="school_alternatives",
    by={"school_requirement": "school_requirement"}, at="asked_day", columns={"alternative": "school_alternative"},
)  # fmt: skip
school_paper_row = expand(
    "school_paper", within="school_alternative", table="school_papers",
    by={"school_alternative": "school_alternative"}, at="asked_day", columns={"paper": "school_paper"},
)  # fmt: skip
school_paper_held = find(
    "paper_in_hand", of="paper_record", key="paper_kind", by="school_paper", level="school_paper", none=NOT_ASKED
)
school_paper_can_be_sought = find(
    "paper_can_be_sought", of="paper_record", key="paper_kind", by="school_paper", level="school_paper", none=NOT_ASKED
)


@clause(CITY_RULES, level="school_paper")
def school_paper_is_lacking(school_paper_held):
    """Whether the paper is not in hand."""
    return no(school_paper_held)


@clause(CITY_RULES, level="school_paper")
def school_paper_is_out_of_reach(school_paper_held, school_paper_can_be_sought):
    """Whether the paper is not in hand and cannot be had."""
    return no(school_paper_held | school_paper_can_be_sought)


@clause(CITY_RULES, level="school_paper")
def school_paper_state(school_paper_held, school_paper_is_out_of_reach):
    """Held, can be had, or cannot be had."""
    return when(school_paper_held, HELD, when(school_paper_is_out_of_reach, CANNOT_BE_HAD, CAN_BE_HAD))


papers_of_set = total(level="school_alternative", of="school_paper", how="count")
lacking_of_set = total(level="school_alternative", of="school_paper", where="school_paper_is_lacking", how="count")
out_of_reach_of_set = total(
    level="school_alternative", of="school_paper", where="school_paper_is_out_of_reach", how="count"
)
BEST_SET = ("out_of_reach_of_set", "lacking_of_set", "school_alternative")
lacking_of_requirement = pick(
    "lacking_of_set", level="school_requirement", of="school_alternative", by=BEST_SET, none=NO_PAPERS, first=True
)
out_of_reach_of_requirement = pick(
    "out_of_reach_of_set", level="school_requirement", of="school_alternative", by=BEST_SET, none=NO_PAPERS, first=True
)
papers_of_requirement = pick(
    "papers_of_set", level="school_requirement", of="school_alternative", by="papers_of_set", none=NO_PAPERS
)


@clause(CITY_RULES, level="school_requirement")
def school_requirement_state(lacking_of_requirement, out_of_reach_of_requirement):
    """Held, can be had, or cannot be had: that of the set of papers that is easiest to complete."""
    open_state = when(out_of_reach_of_requirement > 0, CANNOT_BE_HAD, CAN_BE_HAD)
    return when(lacking_of_requirement == 0, HELD, open_state)


school_way_papers_lacking = total("lacking_of_requirement", level="school_way", of="school_requirement")
school_way_papers_out_of_reach = total("out_of_reach_of_requirement", level="school_way", of="school_requirement")
school_way_papers_most = total("papers_of_requirement", level="school_way", of="school_requirement")


# One reading of the three notices, each cited for its own place and year.
@clause(
    "北京市教委关于2016年义务教育阶段入学工作的意见", level="school_way", place="110000", where="service_place",
    since="2016-01-01", until="2017-01-01", value="school_way_is_open",
)  # fmt: skip
def beijing_way_is_open(school_way_conditions_are_met, school_way_papers_lacking):
    """Whether the conditions of the way hold and every paper it asks for is in hand, in Beijing."""
    return school_way_conditions_are_met & (school_way_papers_lacking == 0)


@clause(
    "上海市教委关于2016年义务教育阶段招生入学工作的通知", level="school_way", place="310000", where="service_place",
    since="2016-01-01", until="2017-01-01", value="school_way_is_open",
)  # fmt: skip
def shanghai_way_is_open(school_way_conditions_are_met, school_way_papers_lacking):
    """The same in Shanghai."""
    return school_way_conditions_are_met & (school_way_papers_lacking == 0)


@clause(
    "成华区2016年外来务工人员随迁子女接受义务教育的规定", level="school_way", place="510108", where="service_place",
    since="2015-12-30", until="2017-01-01", value="school_way_is_open",
)  # fmt: skip
def chenghua_way_is_open(school_way_conditions_are_met, school_way_papers_lacking):
    """The same in Chenghua district of Chengdu."""
    return school_way_conditions_are_met & (school_way_papers_lacking == 0)


@clause(CITY_RULES, level="school_way")
def school_way_is_within_reach(school_way_conditions_are_met, school_way_papers_out_of_reach):
    """Whether nothing is missing on this way but papers that can be had."""
    return school_way_conditions_are_met & (school_way_papers_out_of_reach == 0)


@clause(RECORD, level="school_way", rank="practice")
def school_way_fails_a_condition(school_way_conditions_are_met):
    """Ways whose conditions do not hold come last."""
    return no(school_way_conditions_are_met)


BEST_WAY = ("school_way_fails_a_condition", "school_way_papers_out_of_reach", "school_way_papers_lacking", "school_way")
school_way_relied_on = pick(
    "school_way", level="person", of="school_way", by=BEST_WAY, none=NO_WAY, first=True
)
school_least_lacking = pick(
    "school_way_papers_lacking", level="person", of="school_way", by=BEST_WAY, none=NO_PAPERS, first=True
)
school_papers_most = pick(
    "school_way_papers_most", level="person", of="school_way", by="school_way_papers_most", none=NO_PAPERS
)
school_any_way_is_open = total("school_way_is_open", level="person", of="school_way", how="any")
school_any_way_is_within_reach = total("school_way_is_within_reach", level="person", of="school_way", how="any")


@clause(CITY_RULES, level="person")
def school_is_eligible(child_can_start, school_any_way_is_open):
    """Whether the child has a claim to a place now: of the age, and one of the ways open with all its papers."""
    return child_can_start & school_any_way_is_open


@clause(CITY_RULES, level="person")
def school_is_within_reach(child_can_start, school_any_way_is_within_reach):
    """Whether nothing stands between the child and the place but papers that can be had."""
    return child_can_start & school_any_way_is_within_reach


@clause(CITY_RULES, level="person")
def school_papers_missing(school_any_way_is_open, school_least_lacking):
    """How many papers are missing on the way that asks for the fewest."""
    return when(school_any_way_is_open, NO_PAPERS, school_least_lacking)


# ---- the office, its day, the classes
school_office = look_up("school_office_kind", level="person", at="asked_day", where="service_place")
school_answer_due = look_up("school_answer_day", level="person", at="asked_day", where="service_place")
class_cap = look_up(
    "class_cap_pupils", level="person", by={"school_level": "school_level"}, at="asked_day", where="service_place"
)


@clause(CITY_RULES, level="person")
def school_open_after_days(school_answer_due, asked_day):
    """Days until the answer is due, where the place names its day."""
    return greatest(school_answer_due - asked_day, NO_DAYS)


school = question(
    "services.school", answer="school_is_eligible",
    named={"is_eligible": "school_is_eligible", "open_after_days": "school_open_after_days",
           "papers_missing": "school_papers_missing", "office": "school_office", "answer_due": "school_answer_due"},
    values=("service_place", "school_right_is_equal", "child_can_start", "school_is_within_reach",
            "school_way_relied_on", "school_papers_most", "class_cap", "school_way_conditions_are_met",
            "school_way_papers_lacking", "school_requirement_state", "school_paper_state"),
    levers=("get_paper", "sign_lease", "put_job_in_writing", "wait"),
    say={"en": "Can my child go to a public school here?", "zh": "我的孩子能在这里上公办学校吗？"},
)  # fmt: skip
