"""What a person paid into the residents' pension scheme, year by year, and the months of it that count.

A record is one calendar year in one place, with its months and what was paid for them; a balance that an office wrote
down stands beside. Months that two places report count once, and months paid as an employee count only there.
"""

from __future__ import annotations

from datetime import date

from wayfare.law.declare import clause, distinct, fact, find, level, look_up, months_once, pick, scan, total
from wayfare.law.words import (
    EMPTY_SET,
    EPOCH_YEAR,
    ZERO_FEN,
    Scale,
    first_month,
    greatest,
    half_up,
    joined,
    least,
    month_of,
    months_in,
    shared,
    when,
    without,
    year_of,
)
from wayfare.rulebook.national.life.rule import LIFETIME_MONTHS, ONE_MONTH, TWELVE_MONTHS

SCHEME, LINKING = "国发〔2009〕32号、国发〔2011〕18号、国发〔2014〕8号", "人社部发〔2014〕17号"
BEGAN, UNIFIED_FROM = "2009-09-01", "2014-02-21"  # the rural pilot; the pilots of both kinds joined into one scheme
_FIRST_DAY, _OPEN_DAY = date(1900, 1, 1).toordinal(), date(2200, 1, 1).toordinal()
_MOST_PLACES, _MOST_A_YEAR, _MOST_IN_ACCOUNT = 9_999, 20_000_000, 1_000_000_000

# ---- what was paid: a record of a calendar year, and its months as a set
resident_records_of_years = level("resident_contribution", above="person", most=200)
resident_place = fact("resident_contribution", "place", 0, _MOST_PLACES)
resident_year = fact("resident_contribution", "year", 1950, 2199)
resident_set = fact("resident_contribution", "month_set", 0, 4095)
resident_contribution = fact(
    "resident_contribution", "fen", 0, _MOST_A_YEAR,
    ask={"en": "How much did you pay into the residents' pension scheme that year?",
         "zh": "那一年城乡居民养老保险您缴了多少？"},
)  # fmt: skip
resident_subsidy = fact(
    "resident_contribution", "fen", 0, _MOST_A_YEAR,
    ask={"en": "How much did the government add that year?", "zh": "那一年政府补贴了多少？"},
)  # fmt: skip
resident_collective = fact(
    "resident_contribution", "fen", 0, _MOST_A_YEAR, absent=0,
    ask={"en": "How much did the village collective add that year?", "zh": "那一年集体补助了多少？"},
)  # fmt: skip
resident_kind = fact(
    "resident_contribution", "contribution_kind", 0, 3, choices=("actual", "deemed", "back_paid", "lump_sum"), absent=0
)

# ---- balances that an office has recorded
resident_records = level("resident_record", above="person", most=200)
resident_record_place = fact("resident_record", "place", 0, _MOST_PLACES)
resident_record_day = fact("resident_record", "day", _FIRST_DAY, _OPEN_DAY)
resident_record_balance = fact("resident_record", "fen", 0, _MOST_IN_ACCOUNT)
resident_record_subsidy = fact(
    "resident_record", "fen", 0, _MOST_IN_ACCOUNT,
    ask={"en": "How much of this balance is the government's subsidy with its interest?",
         "zh": "这笔余额中政府补贴及其利息是多少？"},
)  # fmt: skip


# ---- months
@clause("Wayfare: reading of the record", level="resident_contribution", rank="practice")
def resident_months_begun(asked_month, resident_year):
    """Months of the year that have begun by the month asked about, that month included; what lies ahead is not paid."""
    return least(greatest(asked_month - first_month(resident_year) + ONE_MONTH, 0), TWELVE_MONTHS)


ahead_set = look_up("months_after", level="resident_contribution", by={"months_passed": "resident_months_begun"})


@clause("Wayfare: reading of the record", level="resident_contribution", rank="practice")
def begun_set(resident_set, ahead_set):
    """The months of the record that do not lie ahead."""
    return without(resident_set, ahead_set)


@clause("国发〔2009〕32号", level="resident_contribution", since=BEGAN)
def known_resident_set(begun_set, resident_year, resident_first_year):
    """The months of the record that can count: none from before the scheme."""
    return when(resident_year >= resident_first_year, begun_set, EMPTY_SET)


resident_calendar_year = distinct("resident_calendar", of="resident_contribution", by="resident_year", within="person")
resident_once = months_once(
    SCHEME, level="resident_contribution", within="resident_calendar", months="known_resident_set",
    counted="resident_own_set", taken="resident_taken_set", order=("resident_place",),
)  # fmt: skip


@scan(LINKING, article="7", level="piece", within="calendar", start={"employee_taken_set": EMPTY_SET},
      leaves={"employee_taken_set": "employee_set"})  # fmt: skip
def employee_months_of_year(employee_taken_set, counted_set):
    """The months of a calendar year that count as an employee, over all funds."""
    return (joined(employee_taken_set, counted_set),)


employee_set_of_year = find(
    "employee_set", of="calendar", key="calendar_year", by="resident_year", level="resident_contribution", none=0
)


@clause(SCHEME, level="resident_contribution", since=BEGAN, until="2014-07-01", value="resident_row_months")
def months_before_linking(resident_own_set):
    """Before the two schemes were linked: all months of the record that no other place reported."""
    return months_in(resident_own_set)


@clause(LINKING, article="7", level="resident_contribution", since="2014-07-01")
def resident_row_months(resident_own_set, employee_set_of_year):
    """Months of the record that count for residents: not those in which the person paid as an employee too."""
    return months_in(without(resident_own_set, employee_set_of_year))


resident_recorded_months = total("resident_row_months", level="person")


@clause(SCHEME, level="resident_contribution", since=BEGAN)
def is_of_scheme(known_resident_set):
    """Whether something was paid in the scheme for the year, whether or not its months count here."""
    return months_in(known_resident_set) > 0


has_paid_as_resident = total("is_of_scheme", level="person", how="any")


@clause(SCHEME, level="person", since=BEGAN)
def resident_months(resident_recorded_months):
    """Months that count in the residents' scheme by what was paid there."""
    return least(resident_recorded_months, LIFETIME_MONTHS)


# ---- months paid in both schemes
@clause(LINKING, article="7", level="resident_contribution", since="2014-07-01")
def overlap_months(known_resident_set, employee_set_of_year):
    """Months of the record in which the person paid as an employee too."""
    return months_in(shared(known_resident_set, employee_set_of_year))


@clause(SCHEME, level="resident_contribution", since=BEGAN, until="2014-07-01", value="overlap_refund")
def no_refund_before_linking():
    """Before the two schemes were linked months counted in both, and nothing went back."""
    return ZERO_FEN


@clause(LINKING, article="7", level="resident_contribution", since="2014-07-01")
def overlap_refund(overlap_months, resident_set, resident_contribution, resident_collective):
    """Of the year's contribution and collective subsidy the part of the months paid twice; it goes back to the person.

    The text counts by months and is silent on a year's payment; we take the months paid twice over all months of the
    record, and round once.
    """
    both = (resident_contribution + resident_collective) * overlap_months
    return when(overlap_months > 0, half_up(both, greatest(months_in(resident_set), ONE_MONTH)), 0)


overlap_months_of_person = total("overlap_months", level="person")
refund = total("overlap_refund", level="person")


# ---- the place that keeps the relation: where the person is registered
@clause("社会保险经办条例", article="12", level="hukou_spell", rank="regulation")
def is_registered_now(hukou_count, hukou_from, hukou_to, asked_day):
    """Whether this registration holds on the day asked about; the only one there is holds unless it has ended."""
    return (asked_day < hukou_to) & ((hukou_count <= 1) | (hukou_from <= asked_day))


@clause("Wayfare: reading of the record", level="resident_contribution", rank="practice")
def resident_has_begun(asked_month, resident_year):
    """Whether the year of the record has begun."""
    return resident_year <= year_of(asked_month)


last_balance_place = pick(
    "resident_record_place", level="person", of="resident_record", by="resident_record_day",
    where="resident_record_is_known", none="registered_place",
)  # fmt: skip
last_resident_place = pick(
    "resident_place", level="person", of="resident_contribution", by=("resident_year", "resident_place"),
    where="resident_has_begun", none="last_balance_place",
)  # fmt: skip
last_resident_year = pick(
    "resident_year", level="person", of="resident_contribution", by="resident_year", where="resident_has_begun",
    none=Scale(EPOCH_YEAR, "year"),
)  # fmt: skip


@clause("Wayfare: reading of the record", level="person", rank="practice")
def relation_place(last_resident_year, last_balance_day, last_resident_place, last_balance_place):
    """Where the relation was last seen: by the latest payment, or by a balance recorded after the year of it."""
    is_later = year_of(month_of(last_balance_day)) > last_resident_year
    return when(is_later, last_balance_place, last_resident_place)


resident_home = pick(
    "hukou_place", level="person", of="hukou_spell", by="hukou_from", where="is_registered_now", none="relation_place"
)


@clause("Wayfare: reading of the record", level="resident_record", rank="practice")
def resident_record_is_known(resident_record_day, asked_day):
    """Whether the balance was recorded by the day asked about."""
    return resident_record_day <= asked_day


# ---- pensions drawn
@clause("Wayfare: reading of the record", level="benefit", rank="practice")
def is_drawn_now(benefit_from, benefit_to, asked_month):
    """Whether the benefit is paid for the month asked about."""
    return (benefit_from <= asked_month) & (asked_month < benefit_to)
