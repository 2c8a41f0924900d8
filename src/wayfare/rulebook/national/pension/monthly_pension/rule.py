"""The monthly pension: basic part, account part and, for those who began before accounts, a transitional part.

Since 2006 the basic part is the mean of the local base and the indexed wage of the person, one per cent for each year;
the account part is the balance over the payout months of the age at retirement. The index compares the wage of each
month with the average wage.
"""

from __future__ import annotations

from wayfare.law.declare import clause, look_up, question, total
from wayfare.law.words import (
    MONTHS_A_YEAR,
    PER_10,
    PER_10_000,
    PER_100,
    TWO,
    Scale,
    greatest,
    half_up,
    least,
    months_in,
    no,
    started,
    when,
    whole,
    year_of,
)
from wayfare.rulebook.national.life.rule import LIFETIME_MONTHS, WALKED_SINCE

DECISION, OLD_DECISION, MEASURES = "国发〔2005〕38号", "国发〔1997〕26号", "国办发〔2009〕66号"
HIGHEST_WAGES = Scale(240_000_000, "fen")  # twelve months at the highest base; months count once
FINE = PER_10_000 * PER_10  # the years' indices are added up this much finer than the mean is rounded
INDEX_LIMIT = Scale(200_000, "basis_points")  # 20.0: above it lies a slip; products stay in 64 bits


# ---- the index: each month's wage against the average wage of its year
@clause(MEASURES, article="7", level="account_year", since="2006-01-01")
def index_province(index_by_benefit_place, place_of_benefit, relation_province):
    """Whose average wages the index is taken with: those of the place that pays (the letter of article 7)."""
    return when(index_by_benefit_place, place_of_benefit, relation_province)


wage_lag = look_up("index_wage_lag", level="account_year", by={"year": "account_year"}, where="index_province")


@clause(DECISION, article="6", level="account_year", since="2006-01-01", rank="rule")
def wage_year(account_year, wage_lag):
    """The year of the average wage that the year's wages are compared with: the same, or the one before."""
    return account_year - wage_lag


index_wage = look_up("average_wage", level="account_year", by={"year": "wage_year"}, where="index_province")


@clause(DECISION, article="6", level="piece", since="2006-01-01")
def indexed_wages(is_paid, base, counted_set):
    """Contribution wages of the months that count; deemed months have none to compare."""
    return when(is_paid, base * months_in(counted_set), 0)


@clause(DECISION, article="6", level="piece", since="2006-01-01")
def indexed_piece_months(is_paid, counted):
    """Months with a wage to compare; deemed months do not move the mean."""
    return when(is_paid, counted, 0)


index_year_wages = total("indexed_wages", level="account_year")
index_year_months = total("indexed_piece_months", level="account_year")
relation_index_months = total("index_year_months", level="relation")
index_months = total("relation_index_months", level="person")


@clause(DECISION, article="6", level="account_year", since="2006-01-01")
def index_of_year(index_year_wages, index_wage):
    """The year's wages against a twelfth of the average wage: an index for each month, added up, to nine decimals."""
    found = half_up(least(index_year_wages, HIGHEST_WAGES) * MONTHS_A_YEAR * PER_10_000 * FINE, index_wage)
    return when(index_year_wages > 0, found, 0)


@clause("Wayfare: reading of the record", level="piece", rank="practice")
def earlier_piece_months(indexed_piece_months, piece_year):
    """Paid months before the first year whose wages are compared."""
    return when(piece_year < WALKED_SINCE, indexed_piece_months, 0)


relation_index_sum = total("index_of_year", level="relation")
index_sum = total("relation_index_sum", level="person")
earlier_paid_months = total("earlier_piece_months", level="person")


@clause(DECISION, article="6", level="person", since="2006-01-01")
def average_index(index_sum, index_months, earlier_paid_months, earlier_index):
    """The mean of the index over all months compared, rounded once to ten-thousandths.

    What months before 1984 bring to the mean no text at hand says.
    """
    before = least(earlier_paid_months, LIFETIME_MONTHS)
    found = index_sum + when(before > 0, before * earlier_index * FINE, 0)
    return least(half_up(found, greatest(index_months + before, 1) * FINE), INDEX_LIMIT)


# ---- years, base and payout months
@clause(DECISION, article="6", level="person", since="1997-07-16", where="place_of_benefit")
def recorded_years(counted_months):
    """Years of the months on record: months over twelve, to four decimals."""
    return half_up(counted_months * PER_10_000, MONTHS_A_YEAR)


@clause("安徽经办做法", level="person", since="2006-01-01", where="place_of_benefit", place="340000", rank="practice",
        value="recorded_years")  # fmt: skip
def recorded_years_in_anhui(counted_months, years_step):
    """Anhui counts up to a tenth of a year: 42 years 5 months are 42.5."""
    return started(counted_months * PER_10_000, MONTHS_A_YEAR * years_step) * years_step


@clause("Wayfare: reading of the record", level="person", rank="practice")
def contribution_years(recorded_years):
    """Years of contributions that the pension is computed with: those on record, unless a form gives others."""
    return recorded_years + 0


@clause(DECISION, article="6", level="person", since="1997-07-16")
def award_year(award_month):
    """The year of retirement, whose base counts."""
    return year_of(award_month)


@clause(DECISION, article="6", level="person", since="1997-07-16")
def year_before_award(award_year):
    """The year before retirement, whose average wage counted until bases were announced."""
    return award_year - 1


wage_before_award = look_up("average_wage", level="person", by={"year": "year_before_award"}, where="place_of_benefit")
announced_base = look_up("announced_benefit_base", level="person", by={"year": "award_year"}, where="place_of_benefit")


@clause(DECISION, article="6", level="person", at="award_month", since="1997-07-16", until="2019-05-01",
        value="benefit_base")  # fmt: skip
def average_wage_as_base(wage_before_award):
    """Until the calibre changed in May 2019: the local average wage of the year before, a month."""
    return half_up(wage_before_award, MONTHS_A_YEAR)


@clause("国办发〔2019〕13号", article="3", level="person", at="award_month", since="2019-05-01")
def benefit_base(announced_base):
    """Since May 2019: the base that the province announces for the year of retirement; it is not the index's wage."""
    return announced_base + 0


@clause(DECISION, article="annex", level="person", at="award_month", since="2006-01-01")
def payout_age(award_age_months, payout_age_min, payout_age_max):
    """Whole years of age at retirement, inside the table."""
    return least(greatest(whole(award_age_months, MONTHS_A_YEAR), payout_age_min), payout_age_max)


@clause(DECISION, article="annex", level="person", at="award_month", since="2006-01-01")
def payout_extra(award_age_months, payout_age, payout_age_max):
    """Months of age beyond the whole years; none at the ends of the table."""
    extra = greatest(award_age_months - payout_age * MONTHS_A_YEAR, 0)
    return when(payout_age >= payout_age_max, 0, extra)


whole_payout = look_up("payout_by_age", level="person", at="award_month", by={"age": "payout_age"})
monthly_payout = look_up(
    "payout_by_month", level="person", at="award_month", by={"age": "payout_age", "extra": "payout_extra"}
)


@clause(DECISION, article="annex", level="person", at="award_month", since="2006-01-01", until="2025-01-01",
        value="payout_months")  # fmt: skip
def payout_by_whole_age(whole_payout):
    """Until 2024: the months of the whole age reached."""
    return whole_payout + 0


@clause("2025年起经办做法", level="person", at="award_month", since="2025-01-01", rank="practice")
def payout_months(payout_extra, whole_payout, monthly_payout):
    """Since 2025: by years and months of age, to a tenth of a month."""
    return when(payout_extra > 0, monthly_payout, whole_payout)


# ---- the parts
account_record_count = total(level="person", of="account_record", how="count")


@clause("Wayfare: reading of the record", level="person", rank="practice")
def has_record(counted_months, account_record_count):
    """Whether anything is on record; without it the given values of an award form speak for themselves."""
    return (counted_months > 0) | (account_record_count > 0)


@clause("社会保险法", article="16", level="person", since="1997-07-16", rank="law")
def has_minimum(counted_months, minimum_months, has_record, contribution_years, recorded_years):
    """Whether the months reach the minimum, so that a monthly pension is due; years on a form stand for it.

    Months are compared, never years that a province rounds up.
    """
    is_given = no(has_record) | (contribution_years != recorded_years)
    return (counted_months >= minimum_months) | is_given


@clause(OLD_DECISION, article="5", level="person", since="1997-07-16", until="2006-01-01", value="basic_pension")
def basic_by_old_decision(benefit_base, basic_share, has_minimum):
    """From 1997 to 2005: a fifth of the local average monthly wage, for those with fifteen years."""
    return when(has_minimum, half_up(benefit_base * basic_share, PER_10_000), 0)


@clause(DECISION, article="6", level="person", since="2006-01-01")
def basic_pension(benefit_base, average_index, contribution_years, accrual_rate, has_minimum):
    """The mean of the base and of the base times the index, one per cent for each year."""
    product = benefit_base * (PER_10_000 + average_index) * contribution_years * accrual_rate
    return when(has_minimum, half_up(product, TWO * PER_10_000 * PER_10_000 * PER_100), 0)


@clause(OLD_DECISION, article="5", level="person", since="1997-07-16", until="2006-01-01", value="account_pension")
def account_by_old_decision(account_balance, old_account_divisor, has_minimum):
    """From 1997 to 2005: the balance over 120."""
    return when(has_minimum, half_up(account_balance, old_account_divisor), 0)


@clause(DECISION, article="6", level="person", since="2006-01-01")
def account_pension(account_balance, payout_months, has_minimum):
    """The balance at retirement over the payout months of the age."""
    return when(has_minimum, half_up(account_balance * PER_10, payout_months), 0)


early_paid = total("early_piece_months", level="person")


@clause(DECISION, article="6", level="piece", since="1997-07-16")
def early_piece_months(counted, is_paid, piece_year, account_start_year):
    """Months that count from before individual accounts: deemed ones, and paid ones before 1998."""
    return when(is_paid & (piece_year >= account_start_year), 0, counted)


@clause(DECISION, article="6", level="person", since="1997-07-16")
def transitional_pension(early_paid, benefit_base, average_index, transitional_rate, has_minimum):
    """For months from before the accounts: base times index times years times a coefficient that provinces set."""
    product = benefit_base * average_index * least(early_paid, LIFETIME_MONTHS) * transitional_rate
    found = half_up(product, MONTHS_A_YEAR * PER_10_000 * PER_10_000)
    return when(has_minimum & (early_paid > 0), found, 0)


@clause(DECISION, article="6", level="person", since="1997-07-16")
def pension(basic_pension, account_pension, transitional_pension):
    """The pension of the first month: the sum of its parts."""
    return basic_pension + account_pension + transitional_pension


monthly = question(
    "pension.monthly", answer="pension",
    values=("pension", "basic_pension", "account_pension", "transitional_pension", "average_index", "benefit_base",
            "payout_months", "contribution_years"),
    say={"en": "How much will my pension be each month?", "zh": "我每月能领多少养老金？"},
)  # fmt: skip
