"""Points: how far the score is from the line, what else has to hold, and what would lead there.

In Shanghai the points are a claim to services, in Beijing and in the towns of Guangdong to registration. A line that a
city publishes only as a ranking is known after its round, and not before.
"""

from __future__ import annotations

from wayfare.facts import CHOICES
from wayfare.law.declare import choice, clause, expand, find, lever, look_up, question, total
from wayfare.law.words import Scale, greatest, no, one_of, when
from wayfare.rulebook.national.residence.points_record.rule import (
    BEIJING,
    DAY,
    PLACE,
    READING,
    SHANGHAI,
    item_words,
)
from wayfare.rulebook.national.residence.points_score.rule import NO_POINTS, NONE, indicator_words
from wayfare.rulebook.national.services.papers.rule import OWN_PERMIT

OPEN = Scale(1, "truth")
claim_words = choice("points_claim", "services", "registration", "town_registration")
SERVICES, REGISTRATION = claim_words.services, claim_words.registration
TOWN_REGISTRATION = claim_words.town_registration
APPLICATION = indicator_words.application
JOBS, VOLUNTEER, BLOOD = item_words.firm_local_jobs, item_words.volunteer_hours, item_words.blood_donations

points_line = look_up("points_lines", level="person", by={"points_system": "points_system"}, at="asked_day")
points_claim = look_up("points_claims", level="person", by={"points_system": "points_system"})
line_is_yearly = look_up("lines_are_yearly", level="person", by={"points_system": "points_system"})


@clause(SHANGHAI, level="person")
def points_reached(points, points_line):
    """Whether the score reaches the line."""
    return points >= points_line


@clause(SHANGHAI, level="person")
def points_needed(points_line, points):
    """What is missing to the line."""
    return greatest(points_line - points, NO_POINTS)


# ---- what has to hold beside the score
@clause(SHANGHAI, level="person", at=DAY, where=PLACE)
def has_months_for_points(months_for_points, points_months_needed):
    """Whether the months of insurance that the table asks for are there."""
    return months_for_points >= points_months_needed


@clause(BEIJING, level="person", at=DAY, where=PLACE)
def age_is_open(retirement_age_closes, asked_month, retirement_month):
    """Whether the age allows an application: in Beijing not beyond the age of retirement of the law."""
    return when(retirement_age_closes, asked_month <= retirement_month, OPEN)


@clause(SHANGHAI, level="person")
def is_not_barred(is_barred):
    """Whether nothing on the record bars an application."""
    return no(is_barred)


# ---- papers: those of every application, and those of what counts
points_paper_row = expand(
    "points_paper", within="person", table="points_papers", at=DAY, where=PLACE,
    columns={"paper": "points_paper", "of": "points_paper_of"},
)  # fmt: skip
points_paper_counts = find(
    "indicator_counts", of="scored", key="scored_indicator", by="points_paper_of", level="points_paper", none=0
)
points_paper_held = find(
    "paper_in_hand", of="paper_record", key="paper_kind", by="points_paper", level="points_paper", none=0
)


@clause(SHANGHAI, level="points_paper")
def points_paper_lacks(points_paper_of, points_paper_counts, points_paper_held):
    """Whether this paper is asked for, of everyone or for something that counts, and is not in hand."""
    return ((points_paper_of == APPLICATION) | points_paper_counts) & no(points_paper_held)


points_papers_missing = total(level="person", of="points_paper", where="points_paper_lacks", how="count")


@clause(READING, level="paper_record", rank="practice")
def is_permit_in_hand(paper_kind, paper_in_hand):
    """Whether this is a residence permit in hand: on record, or shown as a paper."""
    return (paper_kind == OWN_PERMIT) & paper_in_hand


permit_in_hand = total("is_permit_in_hand", level="person", of="paper_record", how="any")


@clause(SHANGHAI, level="person")
def points_conditions_hold(
    permit_in_hand, is_insured_for_points, has_months_for_points, age_is_open, is_not_barred
):
    """Whether all that has to hold beside the score holds: permit, insurance, age, and nothing that bars."""
    return permit_in_hand & is_insured_for_points & has_months_for_points & age_is_open & is_not_barred


@clause(READING, level="person", rank="practice")
def has_points_table(points_claim):
    """Whether points lead to a claim here; where no table is at hand, nobody knows, and nothing is refused."""
    return one_of(points_claim, SERVICES, REGISTRATION, TOWN_REGISTRATION)


@clause(SHANGHAI, level="person")
def points_is_eligible(has_points_table, points_reached, points_conditions_hold, points_papers_missing):
    """Whether the claim is open now: the line is reached, the conditions hold and every paper is in hand."""
    is_open = points_reached & points_conditions_hold & (points_papers_missing == NONE)
    return when(has_points_table, is_open, points_reached)


points_office = look_up("points_offices", level="person", by={"points_system": "points_system"})
points_open_after_days = look_up("points_answer_days", level="person", at=DAY, where=PLACE)


# ---- what can be done about it
evidence_in_table = find(
    "points_step", of="points_row", key="points_item", by="evidence_kind", level="points_evidence", none=0
)


@clause(READING, level="points_evidence", rank="practice")
def can_hire(evidence_kind, evidence_in_table):
    """Whether jobs of an own firm count in this table."""
    return (evidence_kind == JOBS) & (evidence_in_table > 0)


@clause(READING, level="points_evidence", rank="practice")
def can_volunteer(evidence_kind, evidence_in_table):
    """Whether hours as a volunteer count in this table."""
    return (evidence_kind == VOLUNTEER) & (evidence_in_table > 0)


@clause(READING, level="points_evidence", rank="practice")
def can_give_blood(evidence_kind, evidence_in_table):
    """Whether blood donations count in this table."""
    return (evidence_kind == BLOOD) & (evidence_in_table > 0)


LEVELS, SKILLS = CHOICES["study_level"], CHOICES["skill_kind"]
finish_college = lever(
    "further_education", to=LEVELS.index("college"),
    say={"en": "Finish a junior college; how long that takes depends on the course.",
         "zh": "取得大专学历；需要多长时间取决于所读课程。"},
)  # fmt: skip
finish_bachelor = lever(
    "further_education", to=LEVELS.index("bachelor"),
    say={"en": "Finish a bachelor's course with its degree; how long that takes depends on the course.",
         "zh": "取得本科学历和学士学位；需要多长时间取决于所读课程。"},
)  # fmt: skip
finish_master = lever(
    "further_education", to=LEVELS.index("master"),
    say={"en": "Finish a master's degree; how long that takes depends on the course.",
         "zh": "取得硕士学历学位；需要多长时间取决于所读课程。"},
)  # fmt: skip
gain_skill = lever(
    "further_skill", to=SKILLS.index("skill_3"),
    say={"en": "Pass the national qualification of level 3 (senior worker).", "zh": "考取国家职业资格三级（高级工）。"},
)  # fmt: skip
gain_middle_title = lever(
    "further_skill", to=SKILLS.index("skill_2"),
    say={"en": "Pass the national qualification of level 2 (technician).", "zh": "考取国家职业资格二级（技师）。"},
)  # fmt: skip
go_on_for_years = lever(
    "waits_months", by=(12, 24, 36, 48, 60, 84, 120), days_each=31,
    say={"en": "Stay and go on as now, insured, for {by} more.", "zh": "照现在这样继续居住并参保{by}。"},
)  # fmt: skip
hire = lever(
    "points_amount", by=(10, 20, 30, 40, 50, 60, 80, 100, 120), where="can_hire",
    say={"en": "With a firm of your own: employ {by} more people registered here.",
         "zh": "自办企业的：再聘用{by}名本市户籍人员。"},
)  # fmt: skip
volunteer = lever(
    "points_amount", by=(50, 100, 150, 250, 500), where="can_volunteer",
    say={"en": "Serve {by} more hours as a volunteer.", "zh": "再做{by}小时志愿服务。"},
)  # fmt: skip
give_blood = lever(
    "points_amount", by=(1, 2, 3, 5), where="can_give_blood",
    say={"en": "Give blood {by} more times.", "zh": "再献血{by}次。"},
)  # fmt: skip

endorse = lever(
    "endorses_now", to=1,
    say={"en": "Have your residence permit endorsed; that is free.", "zh": "去办居住证签注，不收费。"},
)  # fmt: skip

points_question = question(
    "residence.points", answer="points", goal=("points_is_eligible", "points_reached"),
    named={"is_eligible": "points_is_eligible", "open_after_days": "points_open_after_days",
           "papers_missing": "points_papers_missing", "office": "points_office"},
    values=("points_line", "points_needed", "points_reached", "points_system", "points_claim", "line_is_yearly",
            "points_counted", "row_points", "row_shown", "points_verdict", "points_conditions_hold",
            "permit_in_hand", "is_insured_for_points", "has_months_for_points", "age_is_open",
            "is_not_barred"),
    levers=("finish_college", "finish_bachelor", "finish_master", "gain_skill", "gain_middle_title",
            "go_on_for_years", "hire", "volunteer", "give_blood", "get_paper", "sign_lease", "put_job_in_writing",
            "endorse"),
    say={"en": "How many points do I have, and what is missing?", "zh": "我有多少积分，还差多少？"},
)  # fmt: skip
