"""The residence permit: who may have one, with which papers, from which office and by when, and how it stays in force.

Since 2016 a person who has lived in another city than that of their registration for half a year may have a permit on
one of three grounds: stable work, a stable home, or study. Only the papers of the ground relied on are asked for.
"""

from __future__ import annotations

from wayfare.law.declare import choice, clause, expand, fact, find, look_up, pick, question, total
from wayfare.law.words import (
    MONTHS_A_YEAR,
    ZERO_MONTHS,
    Scale,
    greatest,
    least,
    months_after,
    no,
    when,
    whole,
    whole_months,
)
from wayfare.rulebook.national.life.rule import LIFETIME_MONTHS
from wayfare.rulebook.national.services.rule import (
    CAN_BE_HAD,
    CANNOT_BE_HAD,
    HELD,
    NOT_ASKED_FOR,
    PERSON,
    RECORD,
    RESIDENCE_PERMIT,
)

PERMITS = "居住证暂行条例"
permit_ground_words = choice("permit_ground", "residence", "employment", "study", "none")
permit_requirement_words = choice(
    "permit_requirement", "identity", "photograph", "guardian", "address", "employment", "study"
)
permit_asked_words = choice("permit_asked_of", "everyone", "by_guardian")
permit_standing_words = choice("permit_standing", "no_permit", "in_force", "suspended")
RESIDENCE, EMPLOYMENT, STUDY, NO_GROUND = (
    permit_ground_words.residence, permit_ground_words.employment, permit_ground_words.study, permit_ground_words.none,
)  # fmt: skip
BY_GUARDIAN = permit_asked_words.by_guardian
NO_PERMIT, IN_FORCE, SUSPENDED = (
    permit_standing_words.no_permit, permit_standing_words.in_force, permit_standing_words.suspended,
)  # fmt: skip
NO_PAPERS, NOT_ASKED = Scale(0, "count"), Scale(0, "truth")

studies_here = fact(
    "person", "truth", 0, 1, absent=0,
    ask={"en": "Do you go to school here without a break?", "zh": "您在这里连续上学吗？"},
)  # fmt: skip
applies_by_guardian = fact(
    "person", "truth", 0, 1, absent=0,
    ask={"en": "Does a guardian or close relative apply for you?", "zh": "由监护人或者近亲属代您办理吗？"},
)  # fmt: skip
is_frail_or_disabled = fact(
    "person", "truth", 0, 1, absent=0,
    ask={"en": "Are you disabled, or old and not able to move about easily?",
         "zh": "您是残疾人，或者是行动不便的老年人吗？"},
)  # fmt: skip
endorses_now = fact(
    "person", "truth", 0, 1, absent=0,
    ask={"en": "Do you have the permit endorsed now?", "zh": "您现在去补办签注吗？"},
)  # fmt: skip


# ---- who may have one
@clause(PERMITS, article="2", level="person", rank="regulation")
def permit_months_are_reached(months_lived, permit_months_asked):
    """Whether the person has lived in the city for half a year."""
    return months_lived >= permit_months_asked


permit_way_row = expand(
    "permit_way", within="person", table="permit_grounds", at="asked_day", columns={"ground": "permit_ground"}
)


@clause(PERMITS, article="2", level="permit_way", rank="regulation")
def permit_ground_is_lived(permit_ground, lives_here, works_here, studies_here):
    """Whether the person's life has this ground: a home, work or study in the city."""
    home, work = (permit_ground == RESIDENCE) & lives_here, (permit_ground == EMPLOYMENT) & works_here
    return home | work | ((permit_ground == STUDY) & studies_here)


# ---- papers: of each ground, with alternatives
@clause(PERMITS, article="9", level="person", rank="regulation")
def permit_may_be_applied_for_by_guardian(born, asked_day, guardian_age_months, is_frail_or_disabled):
    """Whether a guardian or close relative may apply: under sixteen, frail with age, or disabled."""
    return is_frail_or_disabled | (whole_months(born, asked_day) < guardian_age_months)


@clause(PERMITS, article="9", level="person", rank="regulation")
def permit_is_by_guardian(applies_by_guardian, permit_may_be_applied_for_by_guardian):
    """Whether a guardian or close relative applies, with both identity papers."""
    return applies_by_guardian & permit_may_be_applied_for_by_guardian


permit_requirement_row = expand(
    "permit_requirement", within="permit_way", table="permit_requirements", by={"permit_ground": "permit_ground"},
    at="asked_day", columns={"requirement": "permit_requirement", "of": "permit_asked_of"},
)  # fmt: skip
permit_paper_row = expand(
    "permit_paper", within="permit_requirement", table="permit_papers",
    by={"permit_requirement": "permit_requirement"}, at="asked_day", columns={"paper": "permit_paper"},
)  # fmt: skip
permit_paper_held = find(
    "paper_in_hand", of="paper_record", key="paper_kind", by="permit_paper", level="permit_paper", none=NOT_ASKED
)
permit_paper_can_be_got = find(
    "paper_can_be_got", of="paper_record", key="paper_kind", by="permit_paper", level="permit_paper", none=NOT_ASKED
)
permit_paper_state = find(
    "paper_state", of="paper_record", key="paper_kind", by="permit_paper", level="permit_paper", none=CAN_BE_HAD
)
permit_one_held = total("permit_paper_held", level="permit_requirement", of="permit_paper", how="any")
permit_one_can_be_got = total("permit_paper_can_be_got", level="permit_requirement", of="permit_paper", how="any")


@clause(PERMITS, article="9", level="permit_requirement", rank="regulation")
def permit_is_asked_for(permit_asked_of, permit_is_by_guardian):
    """Whether this is asked for: the guardian's identity paper only where a guardian applies."""
    return (permit_asked_of != BY_GUARDIAN) | permit_is_by_guardian


@clause(PERMITS, article="9", level="permit_requirement", rank="regulation")
def permit_is_lacking(permit_is_asked_for, permit_one_held):
    """Whether this is asked for and none of its papers is in hand."""
    return permit_is_asked_for & no(permit_one_held)


@clause(PERMITS, article="9", level="permit_requirement", rank="regulation")
def permit_is_out_of_reach(permit_is_lacking, permit_one_can_be_got):
    """Whether this is lacking and none of its papers can be had."""
    return permit_is_lacking & no(permit_one_can_be_got)


@clause(PERMITS, article="9", level="permit_requirement", rank="regulation")
def permit_requirement_state(permit_is_asked_for, permit_is_lacking, permit_is_out_of_reach):
    """Held, can be had, cannot be had, or not asked for."""
    lacking = when(permit_is_out_of_reach, CANNOT_BE_HAD, CAN_BE_HAD)
    return when(permit_is_asked_for, when(permit_is_lacking, lacking, HELD), NOT_ASKED_FOR)


permit_lacking = total(level="permit_way", of="permit_requirement", where="permit_is_lacking", how="count")
permit_out_of_reach = total(level="permit_way", of="permit_requirement", where="permit_is_out_of_reach", how="count")


@clause(PERMITS, article="9", level="permit_way", rank="regulation")
def permit_ground_is_open(permit_ground_is_lived, permit_lacking):
    """Whether the person's life has this ground and every paper of it is in hand."""
    return permit_ground_is_lived & (permit_lacking == 0)


@clause(PERMITS, article="9", level="permit_way", rank="regulation")
def permit_ground_is_within_reach(permit_ground_is_lived, permit_out_of_reach):
    """Whether the person's life has this ground and every paper of it is in hand or can be had."""
    return permit_ground_is_lived & (permit_out_of_reach == 0)


@clause(RECORD, level="permit_way", rank="practice")
def permit_ground_is_not_lived(permit_ground_is_lived):
    """The grounds that the person's life does not have come last."""
    return no(permit_ground_is_lived)


CHEAPEST = ("permit_ground_is_not_lived", "permit_out_of_reach", "permit_lacking", "permit_ground")
permit_ground_relied_on = pick(
    "permit_ground", level="person", of="permit_way", by=CHEAPEST, none=NO_GROUND, first=True
)
permit_least_lacking = pick(
    "permit_lacking", level="person", of="permit_way", by=CHEAPEST, none=NO_PAPERS, first=True
)
permit_any_ground_is_open = total("permit_ground_is_open", level="person", of="permit_way", how="any")
permit_any_ground_is_within_reach = total("permit_ground_is_within_reach", level="person", of="permit_way", how="any")


@clause(PERMITS, article="2", level="person", rank="regulation")
def permit_is_due(is_away, permit_months_are_reached):
    """Whether the person has left the place of registration and lived in another city for half a year."""
    return is_away & permit_months_are_reached


@clause(PERMITS, article="2", level="person", rank="regulation")
def permit_is_eligible(permit_is_due, permit_any_ground_is_open):
    """Whether the permit must be issued now: a ground of article 2 with the papers of article 9."""
    return permit_is_due & permit_any_ground_is_open


@clause(PERMITS, article="2", level="person", rank="regulation")
def permit_is_within_reach(permit_is_due, permit_any_ground_is_within_reach):
    """Whether nothing stands between the person and the permit but papers that can be had."""
    return permit_is_due & permit_any_ground_is_within_reach


@clause(PERMITS, article="9", level="person", rank="regulation")
def permit_papers_missing(permit_any_ground_is_open, permit_least_lacking):
    """How many papers are missing on the ground that asks for the fewest."""
    return when(permit_any_ground_is_open, NO_PAPERS, permit_least_lacking)


# ---- the office, its days, what it costs
permit_office = look_up("permit_office_kind", level="person", at="asked_day")
permit_open_after_days = look_up("permit_issue_days", level="person", at="asked_day")
permit_open_after_days_most = look_up("permit_issue_days_most", level="person", at="asked_day")
permit_first_fee = look_up("permit_first_fee_amount", level="person", at="asked_day")
permit_endorsement_fee = look_up("permit_endorsement_fee_amount", level="person", at="asked_day")
permit_replacement_is_charged = look_up("permit_replacement_has_fee", level="person", at="asked_day")


@clause(PERMITS, article="9", level="person", rank="regulation")
def permit_answer_due(asked_day, permit_open_after_days):
    """The day by which the permit is due, counted from an application on the day asked about."""
    return asked_day + permit_open_after_days


@clause(PERMITS, article="20", level="person", rank="regulation")
def permit_refusal_is_unlawful(permit_is_eligible, permit_refusal_is_disciplined):
    """Whether an office that refuses the application would break the law."""
    return permit_is_eligible & permit_refusal_is_disciplined


# ---- a permit that is held: endorsement, and the years it counts
@clause(RECORD, level="permit", rank="practice")
def is_own_permit(is_permit_here, permit_kind, permit_holder):
    """Whether it is the person's own residence permit of this city."""
    return is_permit_here & (permit_kind == RESIDENCE_PERMIT) & (permit_holder == PERSON)


@clause(PERMITS, article="10", level="permit", rank="regulation")
def is_in_first_year(permit_counted_from, judged_day, endorsement_cycle):
    """Whether no endorsement has been due yet."""
    return whole_months(permit_counted_from, judged_day) < endorsement_cycle


@clause(PERMITS, article="10", level="permit", rank="regulation")
def months_to_endorsement(permit_counted_from, permit_endorsed):
    """Whole months from the day that years are counted from to the last endorsement."""
    return whole_months(permit_counted_from, permit_endorsed)


@clause(PERMITS, article="10", level="permit", rank="regulation")
def endorsed_years(months_to_endorsement, endorsement_cycle, endorsement_window):
    """For which full year the last endorsement was made: the month before it counts as its own."""
    return greatest(whole(months_to_endorsement + endorsement_window, endorsement_cycle), 0)


@clause(PERMITS, article="10", level="permit", rank="regulation")
def is_endorsed_late(months_to_endorsement, endorsed_years, endorsement_cycle):
    """Whether the last endorsement came after the full year it was for."""
    return (endorsed_years > 0) & (months_to_endorsement >= endorsed_years * endorsement_cycle)


@clause(PERMITS, article="10", level="permit", rank="regulation")
def permit_years_from(is_in_first_year, is_endorsed_late, permit_endorsed, permit_counted_from, judged_day):
    """The day from which years of residence count: that of a late endorsement, else that of the permit."""
    late = when(is_endorsed_late, permit_endorsed, permit_counted_from)
    return least(when(is_in_first_year, permit_counted_from, late), judged_day)


@clause(PERMITS, article="10", level="permit", rank="regulation")
def permit_endorsed_for(is_in_first_year, is_endorsed_late, endorsed_years, endorsement_cycle):
    """Months from that day for which the permit is endorsed."""
    further = when(is_endorsed_late, endorsement_cycle, endorsed_years * endorsement_cycle + endorsement_cycle)
    return when(is_in_first_year, endorsement_cycle, further)


@clause(PERMITS, article="10", level="permit", rank="regulation")
def is_endorsed_now(permit_years_from, judged_day, permit_endorsed_for):
    """Whether the permit's endorsement still holds."""
    return whole_months(permit_years_from, judged_day) < permit_endorsed_for


@clause(PERMITS, article="10", level="permit", rank="regulation")
def is_usable_permit(is_own_permit, is_endorsed_now, endorses_now):
    """Whether the permit can be used: endorsed in time, or endorsed late and so restored."""
    return is_own_permit & (is_endorsed_now | endorses_now)


@clause(PERMITS, article="10", level="permit", rank="regulation")
def permit_months_counted(is_own_permit, is_endorsed_now, permit_years_from, judged_day):
    """Months of residence that the permit counts; none while its function is suspended."""
    months = whole_months(permit_years_from, judged_day)
    return when(is_own_permit & is_endorsed_now, greatest(months, ZERO_MONTHS), ZERO_MONTHS)


@clause(PERMITS, article="10", level="permit", rank="regulation")
def endorse_before(is_own_permit, permit_years_from, permit_endorsed_for, permit_to):
    """The day before which the next endorsement has to be made; of a permit that needs none, the end of its term."""
    due = months_after(permit_years_from, least(permit_endorsed_for, LIFETIME_MONTHS))
    return when(is_own_permit, least(due, permit_to), permit_to)


holds_residence_permit = total("is_usable_permit", level="person", of="permit", how="any")
owns_residence_permit = total("is_own_permit", level="person", of="permit", how="any")
permit_residence_months = pick(
    "permit_months_counted", level="person", of="permit", by="permit_months_counted", where="is_own_permit",
    none=ZERO_MONTHS,
)  # fmt: skip


@clause(PERMITS, article="10", level="person", rank="regulation")
def permit_residence_years(permit_residence_months):
    """Full years of residence that the permit counts, anew from a late endorsement."""
    return whole(permit_residence_months, MONTHS_A_YEAR)


@clause(PERMITS, article="10", level="person", rank="regulation")
def permit_standing(owns_residence_permit, holds_residence_permit):
    """Whether there is a permit and whether it can be used."""
    return when(holds_residence_permit, IN_FORCE, when(owns_residence_permit, SUSPENDED, NO_PERMIT))


permit = question(
    "residence.permit", answer="permit_is_eligible",
    named={"is_eligible": "permit_is_eligible", "open_after_days": "permit_open_after_days",
           "papers_missing": "permit_papers_missing", "office": "permit_office", "answer_due": "permit_answer_due"},
    values=("service_place", "is_away", "months_lived", "permit_ground_relied_on", "permit_is_within_reach",
            "permit_open_after_days_most", "permit_first_fee", "permit_endorsement_fee",
            "permit_replacement_is_charged", "permit_refusal_is_unlawful", "permit_standing",
            "permit_residence_years", "endorse_before", "permit_ground_is_open", "permit_requirement_state",
            "permit_paper_state"),
    levers=("get_paper", "sign_lease", "put_job_in_writing", "wait"),
    say={"en": "Can I have a residence permit here?", "zh": "我能在这里办居住证吗？"},
)  # fmt: skip
