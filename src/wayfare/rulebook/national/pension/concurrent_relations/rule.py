"""Relations of two places at one time: transferred first, cleared afterwards (Renshebufa [2009] 187, item 3).

One relation keeps the month, and the years count once. What the cleared relation holds in the individual account for
the same months goes back to the person, with its interest; the pooled money of those months is not paid back.
"""

from __future__ import annotations

from wayfare.law.declare import clause, distinct, hang, look_up, pick, question, scan, slices, span, total
from wayfare.law.words import (
    MONTHS_A_YEAR,
    PER_10_000,
    Scale,
    first_month,
    greatest,
    half_up,
    least,
    month_weights,
    months_in,
    when,
    whole,
    without,
    year_of,
)
from wayfare.rulebook.national.life.rule import (
    FIRST_ACCOUNT_YEAR,
    LAST_ACCOUNT_YEAR,
    ONE_MONTH,
    TWELVE_MONTHS,
    WALKED_SINCE,
)

NOTICE, METHOD = "人社部发〔2009〕187号", "劳办发〔1997〕116号"

# No person has more than 200 relations; all of them could report a whole year at the highest base.
MOST_WAGES, MOST_WEIGHTED = Scale(48_000_000_000, "fen"), Scale(312_000_000_000, "fen")


# ---- the months that another relation has
@clause(NOTICE, article="3", level="piece")
def cleared_count(months, counted_set):
    """Months of the piece that are cleared because another relation keeps them."""
    return months_in(without(months, counted_set))


cleared_months = total("cleared_count", level="relation")
months_of_overlap = total("cleared_count", level="person")


@clause(NOTICE, article="3", level="piece")
def cleared_from(piece_year):
    """The first month of the year in which something is cleared."""
    return first_month(piece_year)


@clause(NOTICE, article="3", level="piece")
def cleared_until(piece_year, is_paid, cleared_count):
    """The first month after that year; a piece of which no paid month is cleared has none."""
    return first_month(when(is_paid & (cleared_count > 0), piece_year + 1, piece_year))


# Only pieces with cleared months get a row here, so a life without an overlap costs nothing.
year_with_cleared = slices(
    "cleared_piece", of="piece", start="cleared_from", end="cleared_until", key="cleared_year", most=1
)


@clause(NOTICE, article="3", level="cleared_piece")
def cleared_wages(base, months, counted_set):
    """Contribution wages of the cleared months."""
    return base * months_in(without(months, counted_set))


@clause(METHOD, level="cleared_piece")
def cleared_weighted(base, months, counted_set, passed_months):
    """Wages of the cleared months times the months they earn interest."""
    cleared_set = without(months, counted_set)
    to_come = months_in(cleared_set) * whole(TWELVE_MONTHS - passed_months, ONE_MONTH)
    return base * greatest(month_weights(cleared_set) - to_come, 0)


@clause("Wayfare: reading of the record", level="cleared_piece", rank="practice")
def cleared_in(contribution_province):
    """The province whose relation is cleared for these months."""
    return contribution_province


@clause("Wayfare: reading of the record", level="cleared_piece", rank="practice")
def early_cleared_wages(cleared_wages, cleared_year):
    """Wages of cleared months before the first year that accounts are walked through."""
    return when(cleared_year < WALKED_SINCE, cleared_wages, 0)


# ---- what stands in the account for them
cleared_province = distinct("cleared_relation", of="cleared_piece", by="cleared_in", within="relation", most=1)
early_cleared = total("early_cleared_wages", level="cleared_relation")


@clause("Wayfare: reading of the record", level="cleared_relation", rank="practice")
def early_cleared_credit(early_cleared, earlier_credit_rate):
    """What cleared months before 1984 left in the account; no text at hand says how much."""
    return when(early_cleared > 0, half_up(early_cleared * earlier_credit_rate, PER_10_000), 0)


first_cleared_year = pick("cleared_year", level="cleared_relation", by="cleared_year", first=True, none=WALKED_SINCE)
overlap_year = span(
    "overlap_year", within="cleared_relation", low=FIRST_ACCOUNT_YEAR, high=LAST_ACCOUNT_YEAR,
    since="first_cleared_year", until="asked_year",
)  # fmt: skip
piece_in_overlap = hang("cleared_piece", under="overlap_year", by="cleared_year")
overlap_wages = total("cleared_wages", level="overlap_year")
overlap_weighted = total("cleared_weighted", level="overlap_year")
overlap_credit_rate = look_up("account_credit_rate", level="overlap_year", at="overlap_year", where="cleared_province")


@clause("人社部发〔2017〕31号", since="1998-01-01", level="overlap_year")
def overlap_rate_year(overlap_year, asked_month, last_announced_interest):
    """The year whose rate applies; as for the account."""
    return when(overlap_year == year_of(asked_month), least(overlap_year, last_announced_interest), overlap_year)


overlap_rate = look_up(
    "account_interest_rate", level="overlap_year", by={"year": "overlap_rate_year"}, where="cleared_province"
)


@clause(METHOD, level="overlap_year", since="1998-01-01")
def overlap_interest_months(overlap_year, asked_month):
    """Months of the year that lie before the month asked about."""
    return least(greatest(asked_month - first_month(overlap_year), 0), TWELVE_MONTHS)


@clause("国发〔1997〕26号", article="4", level="overlap_year", since="1997-07-16")
def overlap_credit(overlap_wages, overlap_credit_rate):
    """Credits of the year for the cleared months, rounded once."""
    return when(overlap_wages > 0, half_up(least(overlap_wages, MOST_WAGES) * overlap_credit_rate, PER_10_000), 0)


@clause(METHOD, level="overlap_year", since="1998-01-01")
def overlap_interest(overlap_weighted, overlap_credit_rate, overlap_rate):
    """Interest on those credits in their own year, by the product of months."""
    product = least(overlap_weighted, MOST_WEIGHTED) * overlap_credit_rate * overlap_rate * ONE_MONTH
    return when(overlap_weighted > 0, half_up(product, MONTHS_A_YEAR * PER_10_000 * PER_10_000), 0)


@scan(METHOD, level="overlap_year", within="cleared_relation", start={"overlap_balance": "early_cleared_credit"},
      leaves={"overlap_balance": "cleared_balance"})  # fmt: skip
def overlap_walk(overlap_balance, overlap_rate, overlap_interest_months, overlap_credit, overlap_interest):
    """A year of what stands in the account for cleared months: its interest, then the year's credits."""
    interest = half_up(overlap_balance * overlap_rate * overlap_interest_months, MONTHS_A_YEAR * PER_10_000)
    earned = when((overlap_balance > 0) & (overlap_interest_months > 0), interest, 0)
    return (overlap_balance + earned + overlap_credit + overlap_interest,)


refund_of_overlap = total("cleared_balance", level="person")

overlap = question(
    "pension.overlap", answer="refund_of_overlap",
    values=("refund_of_overlap", "months_of_overlap", "cleared_months"),
    say={"en": "Two places took contributions for the same months: what do I get back?",
         "zh": "同一时间两地重复缴费，能退给我多少？"},
)  # fmt: skip
