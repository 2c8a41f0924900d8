"""Ending a pension relation and taking the money out: what may be done, and what it cost those who did it.

Since 2010 nobody may end a relation before the age of benefits, except who settles abroad or in Hong Kong, Macao or
Taiwan. Before, a rural migrant could, and took home only what they had paid in themselves: the months were gone, and
the employer's money stayed in the fund.
"""

from __future__ import annotations

from wayfare.law.declare import clause, distinct, hang, look_up, months_once, pick, question, scan, slices, span, total
from wayfare.law.words import (
    MONTHS_A_YEAR,
    PER_10_000,
    first_month,
    greatest,
    half_up,
    least,
    month_of,
    month_weights,
    months_in,
    no,
    when,
    whole,
    year_of,
)
from wayfare.rulebook.national.life.rule import (
    FIRST_ACCOUNT_YEAR,
    FLEXIBLE,
    KEPT_FIRST,
    LAST_ACCOUNT_YEAR,
    ONE_MONTH,
    TWELVE_MONTHS,
    WALKED_SINCE,
)

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


# ---- what was paid out: the person's own contributions, with the interest of the account
@clause(MIGRANTS, level="surrendered_piece")
def paid_out_day(surrendered_day):
    """The day on which the relation was ended and paid out."""
    return surrendered_day


paid_out_on = distinct("surrender", of="surrendered_piece", by="paid_out_day", within="relation", most=200)
rate_of_early_part = look_up(
    "early_employee_rate", level="surrendered_piece", at="surrendered_year", where="contribution_place"
)
rate_of_flexible_part = look_up(
    "account_credit_rate", level="surrendered_piece", at="surrendered_year", where="contribution_place"
)


@clause(MIGRANTS, level="surrendered_piece", at="surrendered_year", until="2004-01-01", value="own_rate")
def own_rate_until_2003(contribution_basis, rate_of_early_part, rate_of_flexible_part):
    """The person's own part in the account: an employee's rate of the year, which still rose step by step."""
    return when(contribution_basis == FLEXIBLE, rate_of_flexible_part, rate_of_early_part)


@clause(MIGRANTS, level="surrendered_piece", at="surrendered_year", since="2004-01-01")
def own_rate(contribution_basis, employee_rate, rate_of_flexible_part):
    """The person's own part in the account: an employee's rate; all that is credited to a flexible worker."""
    return when(contribution_basis == FLEXIBLE, rate_of_flexible_part, employee_rate)


@clause(MIGRANTS, level="surrendered_piece")
def own_part(lost_wages, own_rate):
    """What the person paid into the account for the piece; rounded with the others of its year."""
    return when(lost_wages > 0, lost_wages * own_rate, 0)


@clause("劳办发〔1997〕116号", level="surrendered_piece")
def own_weighted(is_paid, base, lost_set, own_rate, surrendered_year, surrendered_day):
    """The person's own part times the months it earned interest before it was paid out."""
    passed = least(greatest(month_of(surrendered_day) - first_month(surrendered_year), 0), TWELVE_MONTHS)
    to_come = months_in(lost_set) * whole(TWELVE_MONTHS - passed, ONE_MONTH)
    weighted = base * greatest(month_weights(lost_set) - to_come, 0)
    return when(is_paid & (weighted > 0), weighted * own_rate, 0)


@clause("Wayfare: reading of the record", level="surrendered_piece", rank="practice")
def early_own_wages(lost_wages, surrendered_year):
    """Wages of surrendered months before the first year that accounts are walked through."""
    return when(surrendered_year < WALKED_SINCE, lost_wages, 0)


early_surrendered = total("early_own_wages", level="surrender")


@clause("Wayfare: reading of the record", level="surrender", rank="practice")
def early_own_part(early_surrendered, earlier_credit_rate):
    """What surrendered months before 1984 left in the account; no text at hand says how much."""
    return when(early_surrendered > 0, half_up(early_surrendered * earlier_credit_rate, PER_10_000), 0)


first_surrendered_year = pick(
    "surrendered_year", level="surrender", by="surrendered_year", first=True, none=WALKED_SINCE
)


@clause(MIGRANTS, level="surrender")
def year_paid_out(paid_out_on):
    """The year in which the relation was paid out."""
    return year_of(month_of(paid_out_on))


surrender_year = span(
    "surrender_year", within="surrender", low=FIRST_ACCOUNT_YEAR, high=LAST_ACCOUNT_YEAR,
    since="first_surrendered_year", until="year_paid_out",
)  # fmt: skip
piece_in_surrender = hang("surrendered_piece", under="surrender_year", by="surrendered_year")
year_own_part = total("own_part", level="surrender_year")
year_own_weighted = total("own_weighted", level="surrender_year")
surrender_rate = look_up(
    "account_interest_rate", level="surrender_year", by={"year": "surrender_year"}, where="relation_province"
)


@clause("劳办发〔1997〕116号", level="surrender_year")
def surrender_interest_months(surrender_year, paid_out_on):
    """Months of the year before the month of the surrender."""
    return least(greatest(month_of(paid_out_on) - first_month(surrender_year), 0), TWELVE_MONTHS)


@clause("劳办发〔1997〕116号", level="surrender_year")
def surrender_interest(year_own_weighted, surrender_rate):
    """Interest on the person's own contributions of the year, by the product of months."""
    found = half_up(year_own_weighted * surrender_rate * ONE_MONTH, MONTHS_A_YEAR * PER_10_000 * PER_10_000)
    return when(year_own_weighted > 0, found, 0)


@scan(MIGRANTS, level="surrender_year", within="surrender", start={"own_balance": "early_own_part"},
      leaves={"own_balance": "paid_out"})  # fmt: skip
def surrender_walk(own_balance, surrender_rate, surrender_interest_months, year_own_part, surrender_interest):
    """A year of the person's own part of the account until it was paid out."""
    interest = half_up(own_balance * surrender_rate * surrender_interest_months, MONTHS_A_YEAR * PER_10_000)
    earned = when((own_balance > 0) & (surrender_interest_months > 0), interest, 0)
    return (own_balance + earned + half_up(year_own_part, PER_10_000) + surrender_interest,)


surrendered_account = total("paid_out", level="person")


# ---- a surrender since 2010 is none
@clause(MEASURES, article="3", level="contribution", since="2010-01-01")
def is_unlawful_surrender(surrendered_day, no_surrender_since, asked_day):
    """Whether a fund ended the relation although it may not: the months count on, and the fund has to restore it."""
    return (month_of(surrendered_day) >= no_surrender_since) & (surrendered_day <= asked_day)


surrender = question(
    "pension.surrender", answer="may_end_relation",
    values=("may_end_relation", "refund_on_ending", "surrendered_months", "surrendered_account",
            "surrender_cost", "is_unlawful_surrender"),
    say={"en": "Can I end my pension insurance and take the money out?", "zh": "我能退保取钱吗？"},
)  # fmt: skip
