"""What the record says for a points table: age, years of insurance, homes, studies, skills and conduct.

Which table it is follows from the place and the day; the table's own date and place pick every figure here. Months of
insurance count once, and only those that the table counts; months of a home and of a study are sets by year, so that
the months that both cover can be told.
"""

from __future__ import annotations

from wayfare.facts import BOUNDS, CHOICES
from wayfare.law.declare import choice, clause, distinct, expand, fact, find, level, look_up, scan, slices, total
from wayfare.law.words import (
    EMPTY_SET,
    MONTHS_A_YEAR,
    PER_10_000,
    ZERO_MONTHS,
    Scale,
    first_month,
    greatest,
    joined,
    least,
    month_of,
    months_in,
    no,
    when,
    without,
)
from wayfare.rulebook.national.life.rule import ACTUAL, BACK_PAID, NEVER_MONTH
from wayfare.rulebook.national.services.rule import home_words

SHANGHAI, BEIJING = "上海市居住证积分管理办法", "京政办发〔2016〕39号"
READING = "Wayfare: reading of the record"
DAY, PLACE = "points_text_day", "points_place"
ONE_MONTH, ONE_YEAR = Scale(1, "months"), Scale(1, "years")

system_words = choice(
    "points_system", "shanghai_2015", "shanghai_2018", "beijing_2016", "guangdong_2010", "guangzhou_2010", "shenzhen"
)
item_words = choice(
    "points_item", *CHOICES["evidence_kind"],
    "age", "insured_years", "home_own_years", "home_rented_years",
    "education_below", "education_junior_middle", "education_senior_middle", "education_college",
    "education_bachelor_diploma", "education_bachelor", "education_master", "education_doctor", "education_university",
    "skill_none", "skill_level_5", "skill_level_4", "skill_level_3", "skill_level_2", "skill_level_1",
    "false_documents", "administrative_detention", "crime", "serious_crime", "family_planning",
)  # fmt: skip
OWN_HOME, RENTED, EMPLOYERS_HOME = home_words.own, home_words.rent, home_words.employer
OTHER_PAYER, TITLE_MATCHES = item_words.other_payer_months, item_words.title_matches_post
AVERAGE_BASE = item_words.average_base_months

# ---- what people can show
evidence = level("points_evidence", most=len(CHOICES["evidence_kind"]))
evidence_kind = fact("points_evidence", "points_item", *BOUNDS["evidence_kind"])
points_amount = fact("points_evidence", "count", *BOUNDS["points_amount"])

# ---- which table
points_system = look_up("points_systems", level="person", at="asked_day", where="service_place")
points_text_day = look_up("points_text_days", level="person", by={"points_system": "points_system"})
points_place = look_up("points_places", level="person", by={"points_system": "points_system"})
points_province = look_up("province_of", level="person", by={"place": "points_place"})


# ---- months of insurance that the table counts
@clause(SHANGHAI, article="6(4)", level="contribution", at=DAY, where=PLACE)
def month_counts_for_points(
    contribution_province, points_province, contribution_kind, back_paid_counts_for_points, basis_counts_for_points
):
    """Whether the table's place insured these months in time, and on a basis that counts there."""
    is_in_time = (contribution_kind == ACTUAL) | ((contribution_kind == BACK_PAID) & back_paid_counts_for_points)
    return (contribution_province == points_province) & is_in_time & basis_counts_for_points


@scan(
    SHANGHAI, article="6(4)", level="contribution", within="person", order=("first_month", "until_month"),
    start={"unbroken_to": NEVER_MONTH, "unbroken_from": NEVER_MONTH, "unbroken_sum": ZERO_MONTHS},
    leaves={"unbroken_to": "unbroken_until", "unbroken_from": "unbroken_since", "unbroken_sum": "insured_months_sum"},
)  # fmt: skip
def insured_walk(unbroken_to, unbroken_from, unbroken_sum, first_month, until_month, month_counts_for_points):
    """Walks the runs by their first month: where cover ends, where the last unbroken cover began, months once each."""
    counts = month_counts_for_points & (until_month > first_month)
    more = when(counts, greatest(until_month - greatest(first_month, unbroken_to), 0), ZERO_MONTHS)
    begins = when(counts & (first_month > unbroken_to), first_month, unbroken_from)
    return when(counts, greatest(unbroken_to, until_month), unbroken_to), begins, unbroken_sum + more


@clause(SHANGHAI, level="person")
def is_insured_for_points(unbroken_until, asked_month):
    """Whether the table's place insures the person now: the last month paid is the one before, or this one."""
    return unbroken_until >= asked_month


@clause(BEIJING, level="person")
def unbroken_months(is_insured_for_points, unbroken_until, unbroken_since):
    """Months of insurance without a gap up to now; none where the insurance has ended."""
    return when(is_insured_for_points, unbroken_until - unbroken_since, ZERO_MONTHS)


@clause(READING, level="points_evidence", rank="practice")
def is_other_payer(evidence_kind):
    """Whether this row states the months that somebody other than the contract's employer paid."""
    return evidence_kind == OTHER_PAYER


other_payer_months = total("points_amount", level="person", where="is_other_payer")


@clause(SHANGHAI, article="6(4)", level="person", at=DAY, where=PLACE)
def months_for_points(
    insured_months_need_no_gap, unbroken_months, insured_months_sum, other_payer_months, is_insured_for_points,
    waits_months,
):  # fmt: skip
    """Months of insurance that count: in all or without a gap, less those paid by another, and those still to come."""
    in_all = greatest(insured_months_sum - other_payer_months * ONE_MONTH, 0)
    held = when(insured_months_need_no_gap, unbroken_months, in_all)
    counted = when(insured_months_sum > ZERO_MONTHS, held, ZERO_MONTHS)
    return counted + when(is_insured_for_points, waits_months, ZERO_MONTHS)


# ---- months at a base of at least a share of the city's average wage
band_row = expand(
    "band", within="piece", table="base_bands", at=DAY, where=PLACE,
    columns={"item": "band_item", "floor": "band_floor", "window": "band_window"},
)  # fmt: skip


@clause(SHANGHAI, level="piece")
def points_wage_year(piece_year):
    """The year before: its average wage is the one that the base of a month is held against."""
    return piece_year - ONE_YEAR


points_wage = look_up("average_wage", level="piece", by={"year": "points_wage_year"}, where="points_place")


@clause(READING, level="piece", rank="practice")
def year_begins(piece_year):
    """The January of the piece's year."""
    return first_month(piece_year)


@clause(READING, level="piece", rank="practice")
def year_ends(piece_year):
    """The January after the piece's year."""
    return first_month(piece_year + ONE_YEAR)


@clause(SHANGHAI, level="band")
def band_from(first_month, year_begins, asked_month, band_window):
    """The first month of the piece that lies inside the months looked at."""
    return greatest(greatest(first_month, year_begins), asked_month - band_window)


@clause(SHANGHAI, level="band")
def band_until(
    band_from, until_month, year_ends, asked_month, month_counts_for_points, base, points_wage, band_floor
):
    """The first month after those of the piece that count and whose base reaches the band."""
    last = greatest(least(least(until_month, year_ends), asked_month), band_from)
    inside = when(month_counts_for_points, last, band_from)
    reaches = base * MONTHS_A_YEAR * PER_10_000 >= points_wage * band_floor
    return when(inside > band_from, when(reaches, inside, band_from), band_from)


band_total_item = distinct("band_total", of="band", by="band_item", within="person", most=6)


@scan(
    SHANGHAI, level="band", within="band_total", order=("band_from", "band_until"),
    start={"band_reached": NEVER_MONTH, "band_months_sum": ZERO_MONTHS},
    leaves={"band_months_sum": "band_total_months"},
)  # fmt: skip
def band_walk(band_reached, band_months_sum, band_from, band_until):
    """Adds up the months that reach a band, each once; the base of either fund will do where two report a month."""
    more = greatest(band_until - greatest(band_from, band_reached), 0)
    return greatest(band_reached, band_until), band_months_sum + more


@clause(READING, level="person", rank="practice")
def average_base_item():
    """The item of months at the average wage or more."""
    return AVERAGE_BASE


months_at_average = find(
    "band_total_months", of="band_total", key="band_total_item", by="average_base_item", level="person", none=0
)


@clause(READING, level="points_evidence", rank="practice")
def is_average_base(evidence_kind):
    """Whether this row states the months of the last year at the average wage or more."""
    return evidence_kind == AVERAGE_BASE


stated_months_at_average = total("points_amount", level="person", where="is_average_base")


@clause(READING, level="points_evidence", rank="practice")
def is_title_evidence(evidence_kind):
    """Whether this row says that the qualification or title matches the post."""
    return evidence_kind == TITLE_MATCHES


title_matches_post = total("points_amount", level="person", where="is_title_evidence")

# ---- homes, as sets of months by year
home_province = look_up("province_of", level="residence_spell", by={"place": "residence_place"})


@clause(BEIJING, level="residence_spell")
def home_counts(home_province, points_province, residence_basis):
    """Whether this is a home in the table's place that is the person's own, rented, or their employer's."""
    is_home = (residence_basis == OWN_HOME) | (residence_basis == RENTED) | (residence_basis == EMPLOYERS_HOME)
    return (home_province == points_province) & is_home


@clause(READING, level="residence_spell", rank="practice")
def home_from(residence_from):
    """The first month of a home: the month of moving in."""
    return month_of(residence_from)


@clause(READING, level="residence_spell", rank="practice")
def home_until(residence_to, asked_month, home_from):
    """The first month after a home: that of moving out, or the one asked about."""
    return greatest(least(month_of(residence_to), asked_month), home_from)


@scan(
    BEIJING, level="residence_spell", within="person", order=("home_from", "home_until"),
    start={"home_to": NEVER_MONTH, "home_run_from": NEVER_MONTH},
    leaves={"home_to": "homes_until", "home_run_from": "homes_since"},
)  # fmt: skip
def home_walk(home_to, home_run_from, home_from, home_until, home_counts):
    """Walks the homes by their first month: where they end, and where the last unbroken stay began."""
    begins = when(home_counts & (home_from > home_to), home_from, home_run_from)
    return when(home_counts, greatest(home_to, home_until), home_to), begins


@clause(BEIJING, level="residence_spell")
def home_set_from(home_from, home_until, homes_since, homes_until, asked_month, home_counts):
    """The first month of the home that counts: inside the unbroken stay that lasts until now."""
    counts = home_counts & (homes_until >= asked_month)
    return when(counts, least(greatest(home_from, homes_since), home_until), home_until)


home_set = slices(
    "home_piece", of="residence_spell", start="home_set_from", end="home_until", key="home_year", most=111
)
home_year_key = distinct("home_year_row", of="home_piece", by="home_year", within="person", most=111)


@scan(
    BEIJING, level="home_piece", within="home_year_row",
    start={"own_months": EMPTY_SET, "any_months": EMPTY_SET},
    leaves={"own_months": "own_home_set", "any_months": "any_home_set"},
)  # fmt: skip
def home_sets(own_months, any_months, home_set, residence_basis):
    """The months of a year in an own home, and in any home that counts; a month in both is one in the own home."""
    return when(residence_basis == OWN_HOME, joined(own_months, home_set), own_months), joined(any_months, home_set)


@clause(BEIJING, level="home_year_row")
def own_home_in_year(own_home_set):
    """Months of the year in an own home."""
    return months_in(own_home_set)


@clause(BEIJING, level="home_year_row")
def rented_home_in_year(own_home_set, any_home_set):
    """Months of the year in a rented home or one of the employer's."""
    return months_in(without(any_home_set, own_home_set))


own_home_recorded = total("own_home_in_year", level="person", of="home_year_row")
rented_home_recorded = total("rented_home_in_year", level="person", of="home_year_row")


@clause(BEIJING, level="residence_spell")
def is_own_home_now(home_counts, residence_basis, residence_from, residence_to, asked_day):
    """Whether the person lives in this home of their own on the day asked about."""
    return home_counts & (residence_basis == OWN_HOME) & (residence_from <= asked_day) & (asked_day < residence_to)


@clause(BEIJING, level="residence_spell")
def is_rented_home_now(home_counts, residence_basis, residence_from, residence_to, asked_day):
    """Whether the person lives in this rented home, or home of the employer's, on the day asked about."""
    return home_counts & (residence_basis != OWN_HOME) & (residence_from <= asked_day) & (asked_day < residence_to)


lives_in_own_home = total("is_own_home_now", level="person", of="residence_spell", how="any")
lives_in_rented_home = total("is_rented_home_now", level="person", of="residence_spell", how="any")


@clause(BEIJING, level="person")
def own_home_months(own_home_recorded, lives_in_own_home, waits_months):
    """Months in an own home, with those that someone who waits there will have."""
    return own_home_recorded + when(lives_in_own_home, waits_months, ZERO_MONTHS)


@clause(BEIJING, level="person")
def rented_home_months(rented_home_recorded, lives_in_rented_home, lives_in_own_home, waits_months):
    """Months in a rented home or the employer's, with those that someone who waits there will have."""
    return rented_home_recorded + when(lives_in_rented_home & no(lives_in_own_home), waits_months, ZERO_MONTHS)
