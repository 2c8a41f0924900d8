"""When a person may retire, from the Standing Committee's decision of 2024-09-13 and the State Council's measures."""

from __future__ import annotations

from datetime import date

from rulebook.oracle.asked import Asked, once
from rulebook.oracle.numbers import NotKnown, all_of, any_of, month

REFORM = date(2025, 1, 1)
OPEN, LONG_AGO = 2200 * 12, 1900 * 12


def delay_months(asked: Asked) -> int:
    """The first month of birth named already has one month; each further step of births one more, up to the most."""
    if asked.record.asked_day < REFORM:
        return 0
    group = asked.group
    late = asked.record.birth_month - asked.figure("first_birth_month", group)
    if late < 0:
        return 0
    steps = int(late // asked.figure("delay_step", group)) + 1
    return int(min(steps * asked.figure("delay_per_step"), asked.figure("delay_max", group)))


@once
def retirement_age_months(asked: Asked) -> int:
    if asked.record.says("is_special_work"):
        return int(asked.figure("special_retirement_age", asked.group))
    return int(asked.figure("old_retirement_age", asked.group)) + delay_months(asked)


@once
def retirement_month(asked: Asked) -> int:
    return asked.record.birth_month + retirement_age_months(asked)


@once
def has_reached_age(asked: Asked) -> bool:
    """Below the youngest age of all groups nobody has, whatever the group."""
    record = asked.record
    youngest = asked.figure("youngest_retirement_age")
    return all_of(
        lambda: any_of(
            lambda: record.says("is_special_work"), lambda: record.asked >= record.birth_month + youngest
        ),
        lambda: record.asked >= retirement_month(asked),
    )  # fmt: skip


def award_month(asked: Asked) -> int:
    """The month chosen, or that of the age chosen, or that of the law."""
    chosen = asked.record.given("chosen_month")
    if chosen is not None:
        return month(chosen)
    age = asked.record.given("chosen_age_months")
    return retirement_month(asked) if age is None else asked.record.birth_month + int(age)


def award_age_months(asked: Asked) -> int:
    """The age at the month chosen, or the age chosen, or that of the law."""
    chosen, age = asked.record.given("chosen_month"), asked.record.given("chosen_age_months")
    if chosen is not None:
        return month(chosen) - asked.record.birth_month
    return retirement_age_months(asked) if age is None else int(age)


def earliest_month(asked: Asked) -> int:
    """Three years before the age of the law, not below the old age; that of special work is never put off by this."""
    own = retirement_month(asked)
    if asked.record.asked_day < REFORM:
        return own
    old = asked.record.birth_month + int(asked.figure("old_retirement_age", asked.group))
    return min(own, max(old, own - int(asked.figure("early_months_max"))))


def latest_month(asked: Asked) -> int:
    own = retirement_month(asked)
    if asked.record.asked_day < REFORM:
        return own
    is_within = own >= int(asked.figure("late_choice_since"))
    return own + int(asked.figure("late_months_max" if is_within else "late_months_before_reform"))


def minimum_months(asked: Asked) -> int:
    """The minimum of the year chosen for those who go early, of the year of the law's age for those who go late."""
    year = min(award_month(asked), retirement_month(asked)) // 12
    return int(asked.figure("minimum_contribution", year))


def missing_months(asked: Asked) -> int:
    return max(minimum_months(asked) - asked.record.counted_months, 0)


def chosen_is_allowed(asked: Asked) -> bool:
    award, own = award_month(asked), retirement_month(asked)
    if asked.record.asked_day < REFORM:
        return award == own
    return all_of(
        lambda: award >= earliest_month(asked),
        lambda: any_of(lambda: award <= own, lambda: award <= latest_month(asked)),
        lambda: any_of(lambda: award >= own, lambda: asked.record.counted_months >= minimum_months(asked)),
    )


# ---- notice and agreement
def notice_month(asked: Asked) -> int:
    """Three months before the month chosen, or before the earliest when none earlier than the law's is chosen."""
    months = int(asked.figure("notice_months"))
    early = award_month(asked) < retirement_month(asked)
    return (award_month(asked) if early else earliest_month(asked)) - months


def agreement_month(asked: Asked) -> int:
    return retirement_month(asked) - int(asked.figure("agreement_months"))


# ---- the older unemployed
@once
def unemployment_benefit_ends(asked: Asked) -> int:
    """The first month without the benefit, of those on record that have begun the last; long ago where there is none.

    A benefit without an end is open for ever.
    """
    benefits = [x for x in asked.record.facts.get("benefits", ()) if x["scheme"] == "unemployment"]
    begun = [x for x in benefits if month(x["from"]) <= asked.record.asked]
    return max((OPEN if x.get("to") is None else month(x["to"]) for x in begun), default=LONG_AGO)


def unemployment_benefit_until(asked: Asked) -> int:
    """As granted; where no end is stated the time left is counted from the month asked about."""
    ends = unemployment_benefit_ends(asked)
    return asked.record.asked if ends >= OPEN else max(ends, asked.record.asked)


def is_older_unemployed(asked: Asked) -> bool:
    if asked.record.asked_day < REFORM:
        raise NotKnown

    def left() -> int:
        return retirement_month(asked) - unemployment_benefit_until(asked)

    return all_of(
        lambda: unemployment_benefit_ends(asked) > asked.record.asked,
        lambda: left() > 0,
        lambda: left() < asked.figure("older_unemployed_months"),
    )


def unemployment_benefit_extended_until(asked: Asked) -> int:
    return retirement_month(asked) if is_older_unemployed(asked) else unemployment_benefit_until(asked)


def fund_pays_contributions(asked: Asked) -> bool:
    if asked.record.asked_day < REFORM:
        raise NotKnown
    return all_of(lambda: is_older_unemployed(asked), lambda: bool(asked.figure("fund_pays_during_reform")))
