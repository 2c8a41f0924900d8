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
    first_day,
    first_month,
    greatest,
    joined,
    least,
    month_of,
    months_in,
    no,
    shared,
    when,
    whole,
    without,
    year_of,
)  # fmt: skip
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
study_words = choice("study_level", *CHOICES["study_level"])
skill_words = choice("skill_kind", *CHOICES["skill_kind"])
conduct_words = choice("conduct_kind", *CHOICES["conduct_kind"])
OWN_HOME, RENTED, EMPLOYERS_HOME = home_words.own, home_words.rent, home_words.employer
OTHER_PAYER, TITLE_MATCHES = item_words.other_payer_months, item_words.title_matches_post
AVERAGE_BASE, NO_EDUCATION = item_words.average_base_months, item_words.education_below
FALSE, DETENTION, CRIME = conduct_words.false_documents, conduct_words.administrative_detention, conduct_words.crime
FAMILY = conduct_words.family_planning
NOTHING_MORE = 0  # "none" of a further education or skill

# ---- what people state
further_education = fact(
    "person", "study_level", 0, len(CHOICES["study_level"]) - 1, absent=NOTHING_MORE, choices=CHOICES["study_level"],
    ask={"en": "Which further level of education, with its degree, will you finish?", "zh": "您还打算取得什么学历（学位）？"},
)  # fmt: skip
further_skill = fact(
    "person", "skill_kind", 0, len(CHOICES["skill_kind"]) - 1, absent=NOTHING_MORE, choices=CHOICES["skill_kind"],
    ask={"en": "Which further qualification or title will you gain?", "zh": "您还打算取得什么职业资格或者职称？"},
)  # fmt: skip

studies = level("study", most=20)
study_level = fact("study", "study_level", *BOUNDS["study_level"])
study_degree = fact(
    "study", "truth", 0, 1,
    ask={"en": "Did this study give you the degree, not only the diploma?", "zh": "这段学习取得学位了吗（不只是毕业证书）？"},
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

evidence = level("points_evidence", most=len(CHOICES["evidence_kind"]))
evidence_kind = fact("points_evidence", "points_item", *BOUNDS["evidence_kind"])
points_amount = fact("points_evidence", "count", *BOUNDS["points_amount"])

conducts = level("conduct", most=50)
conduct_kind = fact("conduct", "conduct_kind", *BOUNDS["conduct_kind"])
conduct_day = fact("conduct", "day", *BOUNDS["conduct_day"])

# ---- which table
points_system = look_up("points_systems", level="person", at="asked_day", where="service_place")
points_text_day = look_up("points_text_days", level="person", by={"points_system": "points_system"})
points_place = look_up("points_places", level="person", by={"points_system": "points_system"})
points_province = look_up("province_of", level="person", by={"place": "points_place"})


# ---- age
@clause(SHANGHAI, article="6(1)", level="person")
def age_years(asked_day, asked_month, born, birth_month, further_months):
    """Full years of age on the day asked about, and after the further months that the person will still pay."""
    is_before = asked_day - first_day(asked_month) < born - first_day(birth_month)
    lived = asked_month - birth_month - when(is_before, ONE_MONTH, ZERO_MONTHS)
    return whole(lived + further_months, MONTHS_A_YEAR)


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
    start={"unbroken_to": NEVER_MONTH, "unbroken_from": NEVER_MONTH, "insured_sum": ZERO_MONTHS},
    leaves={"unbroken_to": "unbroken_until", "unbroken_from": "unbroken_since", "insured_sum": "insured_months_sum"},
)  # fmt: skip
def insured_walk(unbroken_to, unbroken_from, insured_sum, first_month, until_month, month_counts_for_points):
    """Walks the runs by their first month: where cover ends, where the last unbroken cover began, months once each."""
    counts = month_counts_for_points & (until_month > first_month)
    more = when(counts, greatest(until_month - greatest(first_month, unbroken_to), 0), ZERO_MONTHS)
    begins = when(counts & (first_month > unbroken_to), first_month, unbroken_from)
    return when(counts, greatest(unbroken_to, until_month), unbroken_to), begins, insured_sum + more


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
    further_months,
):  # fmt: skip
    """Months of insurance that count: in all or without a gap, less those paid by another, and those still to come."""
    in_all = greatest(insured_months_sum - other_payer_months * ONE_MONTH, 0)
    held = when(insured_months_need_no_gap, unbroken_months, in_all)
    counted = when(insured_months_sum > ZERO_MONTHS, held, ZERO_MONTHS)
    return counted + when(is_insured_for_points, further_months, ZERO_MONTHS)


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
    start={"band_to": NEVER_MONTH, "band_months_sum": ZERO_MONTHS}, leaves={"band_months_sum": "band_total_months"},
)  # fmt: skip
def band_walk(band_to, band_months_sum, band_from, band_until):
    """Adds up the months that reach a band, each once; the base of either fund will do where two report a month."""
    return greatest(band_to, band_until), band_months_sum + greatest(band_until - greatest(band_from, band_to), 0)


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


home_set = slices("home_piece", of="residence_spell", start="home_set_from", end="home_until", key="home_year", most=111)
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


own_home_months = total("own_home_in_year", level="person", of="home_year_row")
rented_home_months = total("rented_home_in_year", level="person", of="home_year_row")


# ---- studies
@clause(SHANGHAI, article="6(2)", level="study")
def study_is_done(study_done_day, asked_day):
    """Whether the study is finished by the day asked about."""
    return study_done_day <= asked_day


study_item = look_up(
    "study_items", level="study", by={"study_level": "study_level", "study_degree": "study_degree"}, at=DAY, where=PLACE
)


@clause(BEIJING, level="study", at=DAY, where=PLACE)
def study_years_excluded(
    study_years_do_not_count, study_is_done, months_for_points, own_home_months, rented_home_months
):
    """Whether counting this study's degree may cost years of insurance and residence during it: are there any?"""
    has_years = (months_for_points > ZERO_MONTHS) | (own_home_months + rented_home_months > ZERO_MONTHS)
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
own_set_then = find("own_home_set", of="home_year_row", key="home_year_key", by="study_year", level="study_piece", none=0)
any_set_then = find("any_home_set", of="home_year_row", key="home_year_key", by="study_year", level="study_piece", none=0)


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
def skill_is_held(skill_day, asked_day):
    """Whether the qualification or title is held on the day asked about."""
    return skill_day <= asked_day


skill_item = look_up("skill_items", level="skill", by={"skill_kind": "skill_kind"}, at=DAY, where=PLACE)
skill_row_item = distinct("skill_row", of="skill", by="skill_item", within="person", most=9)
skill_row_is_held = total("skill_is_held", level="skill_row", of="skill", how="any")


# ---- conduct
@clause(READING, level="conduct", rank="practice")
def conduct_months(conduct_day, asked_day, asked_month):
    """Full months since then."""
    then = month_of(conduct_day)
    is_before = asked_day - first_day(asked_month) < conduct_day - first_day(then)
    return asked_month - then - when(is_before, ONE_MONTH, ZERO_MONTHS)


@clause(SHANGHAI, level="conduct", at=DAY, where=PLACE)
def conduct_takes_points(conduct_day, asked_day, conduct_lapses, conduct_months, conduct_years):
    """Whether points are still taken off for it: it lies before the day asked about, and has not lapsed."""
    in_time = no(conduct_lapses) | (conduct_months < conduct_years * MONTHS_A_YEAR)
    return (conduct_day <= asked_day) & in_time


@clause(SHANGHAI, level="conduct", at=DAY, where=PLACE)
def conduct_refuses(conduct_day, asked_day, conduct_bars, conduct_bar_lapses, conduct_bar_years, asked_month):
    """Whether it bars an application on the day asked about: always, or in the year and some years after it."""
    years = year_of(asked_month) - year_of(month_of(conduct_day))
    return (conduct_day <= asked_day) & conduct_bars & (no(conduct_bar_lapses) | (years <= conduct_bar_years))


conduct_row_kind = distinct("conduct_row", of="conduct", by="conduct_kind", within="person", most=5)
conduct_times = total(level="conduct_row", of="conduct", where="conduct_takes_points", how="count")
is_barred = total("conduct_refuses", level="person", of="conduct", how="any")
