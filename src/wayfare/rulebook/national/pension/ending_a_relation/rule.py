"""Ending a pension relation and taking the money out: what may be done, and what it cost those who did it.

Since 2010 nobody may end a relation before the age of benefits, except who settles abroad or in Hong Kong, Macao or
Taiwan. Before, a rural migrant could, and took home only what they had paid in themselves: the months were gone, and
the employer's money stayed in the fund.
"""

from __future__ import annotations

from wayfare.law.declare import clause, distinct, months_once, question, slices, total
from wayfare.law.words import PER_10_000, half_up, month_of, months_in, no, when
from wayfare.rulebook.national.life.rule import KEPT_FIRST

MEASURES, MIGRANTS = "国办发〔2009〕66号", "劳社部发〔2001〕20号"


# ---- what may be done today
@clause(MEASURES, article="3", level="person", since="2010-01-01")
def may_end_relation(has_settled_abroad, has_reached_age, is_drawing_pension):
    """Whether the relation may be ended and paid out before the age of benefits: only who settles abroad may."""
    return has_settled_abroad & no(has_reached_age) & no(is_drawing_pension)


@clause(MEASURES, article="3", level="person", since="2010-01-01")
def refund_on_ending(may_end_relation, account_balance):
    """The individual account that is paid out when the relation is lawfully ended; pooled money is never paid out."""
    return when(may_end_relation, account_balance, 0)


# ---- what a surrender before 2010 cost
@clause(MIGRANTS, level="contribution")
def surrendered_until(is_surrendered, first_month, recorded_until):
    """The first month after those that a surrender took away."""
    return when(is_surrendered, recorded_until, first_month)


surrendered_set = slices(
    "surrendered_piece", of="contribution", start="first_month", end="surrendered_until", key="surrendered_year",
    most=111,
)  # fmt: skip
surrendered_calendar_year = distinct(
    "surrendered_calendar", of="surrendered_piece", by="surrendered_year", within="person"
)
lost_once = months_once(
    MIGRANTS, level="surrendered_piece", within="surrendered_calendar", months="surrendered_set", counted="lost_set",
    taken="lost_taken_set", order=KEPT_FIRST,
)  # fmt: skip


@clause(MIGRANTS, level="surrendered_piece")
def lost_months(lost_set):
    """Months of the piece that no longer count, each once."""
    return months_in(lost_set)


@clause(MIGRANTS, level="surrendered_piece")
def lost_wages(is_paid, base, lost_set):
    """Contribution wages of the months that no longer count."""
    return when(is_paid, base * months_in(lost_set), 0)


@clause(MEASURES, article="4(2)", level="surrendered_piece", since="2010-01-01")
def forfeited_wages(lost_wages, surrendered_year, pooled_since_year):
    """Wages whose pooled money would follow the person today, had the relation only been left asleep."""
    return when(surrendered_year >= pooled_since_year, lost_wages, 0)


surrendered_months = total("lost_months", level="person")
all_forfeited_wages = total("forfeited_wages", level="person")


@clause(MEASURES, article="4(2)", level="person", since="2010-01-01")
def surrender_cost(all_forfeited_wages, pooled_share):
    """Pooled money, in fen, that stayed in the old funds and would follow the person today."""
    return half_up(all_forfeited_wages * pooled_share, PER_10_000)


# ---- a surrender since 2010 is none
@clause(MEASURES, article="3", level="contribution", since="2010-01-01")
def is_unlawful_surrender(surrendered_day, no_surrender_since, asked_day):
    """Whether a fund ended the relation although it may not: the months count on, and the fund has to restore it."""
    return (month_of(surrendered_day) >= no_surrender_since) & (surrendered_day <= asked_day)


surrender = question(
    "pension.surrender", answer="may_end_relation",
    values=("may_end_relation", "refund_on_ending", "surrendered_months", "surrender_cost", "is_unlawful_surrender"),
    say={"en": "Can I end my pension insurance and take the money out?", "zh": "我能退保取钱吗？"},
)  # fmt: skip
