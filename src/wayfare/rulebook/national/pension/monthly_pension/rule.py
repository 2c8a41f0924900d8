"""The monthly pension: basic part, account part and, for those who began before accounts, a transitional part.

Since 2006 the basic part is the mean of the local base and the indexed wage of the person, one per cent for each year;
the account part is the balance over the payout months of the age at retirement. The index compares the wage of each
month with the average wage. Provinces differ in steps named here; a bare form is read by the national formula.
"""

from __future__ import annotations

from wayfare.law.declare import clause, given, look_up, question, total
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
from wayfare.rulebook.national.life.rule import LIFETIME_MONTHS, TWELVE_MONTHS, WALKED_SINCE

DECISION, OLD_DECISION, MEASURES = "国发〔2005〕38号", "国发〔1997〕26号", "国办发〔2009〕66号"
SHANGHAI = "沪人社规〔2021〕27号"
READING = "Wayfare: reading of the record"
FINE = PER_10_000 * PER_10  # the pieces' indices are added up this much finer than the mean is rounded
INDEX_LIMIT = Scale(200_000, "basis_points")  # 20.0: above it lies a slip; products stay in 64 bits
ONE_FEN, TENTHS = Scale(1, "fen"), Scale(10, "count")


# ---- the index: each month's wage against the average wage of its year
@clause(MEASURES, article="7", level="contribution", since="2006-01-01")
def index_province(index_by_benefit_place, place_of_benefit, contribution_province):
    """Whose average wages the index is taken with: those of the place that pays (the letter of article 7)."""
    return when(index_by_benefit_place, place_of_benefit, contribution_province)


wage_lag = look_up("index_wage_lag", level="piece", by={"year": "piece_year"}, where="index_province")
floor_of_year = look_up("index_floor", level="piece", by={"year": "piece_year"}, where="index_province")


@clause(DECISION, article="6", level="piece", since="2006-01-01", rank="rule")
def wage_year(piece_year, wage_lag):
    """The year of the average wage that the year's wages are compared with: the same, or the one before."""
    return piece_year - wage_lag


index_wage = look_up("average_wage", level="piece", by={"year": "wage_year"}, where="index_province")


@clause(DECISION, article="6", level="piece", since="2006-01-01")
def indexed_wages(is_paid, piece_year, base, counted_set):
    """Contribution wages of the months that count; deemed months have none to compare."""
    return when(is_paid & (piece_year >= WALKED_SINCE), base * months_in(counted_set), 0)


@clause(DECISION, article="6", level="piece", since="2006-01-01")
def paid_piece_months(is_paid, counted):
    """Months of the piece with a wage to compare."""
    return when(is_paid, counted, 0)


@clause(DECISION, article="6", level="piece", since="2006-01-01")
def index_of_piece(indexed_wages, index_wage, paid_piece_months, floor_of_year):
    """The piece's wages against a twelfth of the average wage: an index for each month, added up, to nine decimals.

    Where a province counts lower indices of a year as a floor, each month has at least that.
    """
    found = half_up(indexed_wages * MONTHS_A_YEAR * PER_10_000 * FINE, index_wage)
    return when(indexed_wages > 0, greatest(found, paid_piece_months * floor_of_year * FINE), 0)


@clause(READING, level="piece", rank="practice")
def earlier_piece_months(paid_piece_months, piece_year):
    """Paid months before the first year whose wages are compared."""
    return when(piece_year < WALKED_SINCE, paid_piece_months, 0)


index_sum = total("index_of_piece", level="person")
index_months = total("paid_piece_months", level="person")
earlier_paid_months = total("earlier_piece_months", level="person")


@clause(DECISION, article="6", level="person", since="2006-01-01", where="place_of_benefit")
def average_index(index_sum, index_months, earlier_paid_months, earlier_index, deemed_months, deemed_counts_in_index,
                  deemed_index):  # fmt: skip
    """The mean of the index over all months compared, rounded once to ten-thousandths.

    Whether deemed months enter it, and at which index, provinces say. What months before 1984 bring no text says.
    """
    before = least(earlier_paid_months, LIFETIME_MONTHS)
    deemed = when((deemed_months > 0) & deemed_counts_in_index, deemed_months, 0)
    early = when(before > 0, before * earlier_index * FINE, 0)
    found = index_sum + early + when(deemed > 0, deemed * deemed_index * FINE, 0)
    return least(half_up(found, greatest(index_months + deemed, 1) * FINE), INDEX_LIMIT)


# ---- whose rules, and those of when
account_record_count = total(level="person", of="account_record", how="count")
place_is_given, month_is_given = given("place_of_benefit"), given("retirement_month")
years_are_given = given("contribution_years")


@clause(READING, level="person", rank="practice")
def has_record(counted_months, account_record_count):
    """Whether anything is on record; without it the given values of an award form speak for themselves."""
    return (counted_months > 0) | (account_record_count > 0)


@clause(READING, level="person", rank="practice")
def has_place(has_record, place_is_given, hukou_count):
    """Whether there is a place whose rules may differ; a form that names none is read by the national formula."""
    return has_record | place_is_given | (hukou_count > 0)


@clause(READING, level="person", rank="practice")
def formula_month(has_record, month_is_given, award_month, asked_month):
    """The month whose formula holds: that of retirement; for a form that names none the month asked about."""
    return when(has_record | month_is_given, award_month, asked_month)


@clause(DECISION, article="6", level="person", at="formula_month", since="1997-07-16", where="place_of_benefit")
def amount_step(has_place, local_amount_step):
    """To what amount each part is rounded: a fen, or what the province says."""
    return when(has_place, local_amount_step, ONE_FEN)


@clause(DECISION, article="6", level="person", at="formula_month", since="1997-07-16", where="place_of_benefit")
def rounds_up(has_place, local_rounds_up):
    """Whether each part is rounded up to that amount; halves up unless the province says so."""
    return has_place & local_rounds_up


# ---- years
@clause(DECISION, article="6", level="person", since="1997-07-16", where="place_of_benefit")
def recorded_years(counted_months):
    """Years of the months on record: months over twelve, to four decimals."""
    return half_up(counted_months * PER_10_000, MONTHS_A_YEAR)


@clause("安徽经办做法", level="person", since="2006-01-01", where="place_of_benefit", place="340000", rank="practice",
        value="recorded_years")  # fmt: skip
def recorded_years_in_anhui(counted_months, years_step):
    """Anhui counts up to a tenth of a year: 42 years 5 months are 42.5."""
    return started(counted_months * PER_10_000, MONTHS_A_YEAR * years_step) * years_step


@clause(READING, level="person", rank="practice")
def contribution_years(recorded_years):
    """Years of contributions that the pension is computed with: those on record, unless a form gives others."""
    return recorded_years + 0


@clause(DECISION, article="6", level="person", at="formula_month", since="2006-01-01", where="place_of_benefit",
        value="local_share")  # fmt: skip
def share_by_years(contribution_years, accrual_rate):
    """One per cent for each year and in proportion for its parts."""
    return contribution_years * accrual_rate


@clause(SHANGHAI, article="5", level="person", at="formula_month", since="2022-01-01", where="place_of_benefit",
        place="310000", value="local_share")  # fmt: skip
def share_in_shanghai(contribution_years, accrual_rate, month_accrual_rate):
    """Shanghai: one per cent for each whole year and a rate of its own for each month beyond."""
    months = half_up(contribution_years * MONTHS_A_YEAR, PER_10_000)
    years = whole(months, MONTHS_A_YEAR)
    beyond = greatest(least(months - years * MONTHS_A_YEAR, TWELVE_MONTHS), 0)
    return years * accrual_rate * PER_10_000 + beyond * month_accrual_rate


@clause(DECISION, article="6", level="person", at="formula_month", since="2006-01-01")
def accrual_share(has_place, local_share, contribution_years, accrual_rate):
    """The share of the mean of base and indexed wage that the years bring, in millionths."""
    return when(has_place, local_share, contribution_years * accrual_rate)


# ---- the base
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


@clause(DECISION, article="6", level="person", at="formula_month", since="1997-07-16", where="place_of_benefit")
def index_base_share(has_place, local_index_base_share):
    """How the base that the index multiplies relates to the base: it is the same, unless the province has two."""
    return when(has_place, local_index_base_share, PER_10_000)


@clause(DECISION, article="6", level="person", since="1997-07-16")
def index_benefit_base(benefit_base, index_base_share):
    """The base that the index multiplies: the base itself, or in Henan that of the city."""
    return half_up(benefit_base * index_base_share, PER_10_000)


# ---- payout months
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
@clause("社会保险法", article="16", level="person", since="1997-07-16", rank="law")
def has_minimum(counted_months, minimum_months, has_record, years_are_given):
    """Whether the months reach the minimum, so that a monthly pension is due; years on a form stand for it.

    Months are compared, never years that a province rounds up.
    """
    return (counted_months >= minimum_months) | no(has_record) | years_are_given


@clause("粤府〔2006〕96号", level="person", at="formula_month", since="2006-01-01", where="place_of_benefit")
def low_index_line(has_place, local_low_index_line):
    """The index below which Guangdong lowers the base in proportion; nought elsewhere."""
    return when(has_place, local_low_index_line, 0)


@clause(DECISION, article="6", level="person", since="2006-01-01")
def base_weight(average_index, low_index_line):
    """How the base counts: once, or below the line for the index over the line."""
    is_low = average_index * TENTHS < low_index_line * PER_10_000
    low_index = least(average_index, whole(low_index_line * PER_10_000, TENTHS))
    return when(is_low, low_index * TENTHS, PER_10_000)


@clause(DECISION, article="6", level="person", since="2006-01-01")
def index_weight(average_index, low_index_line):
    """How the base that the index multiplies counts: for the index, below the line in the parts of `weight_divisor`."""
    is_low = average_index * TENTHS < low_index_line * PER_10_000
    low_index = least(average_index, whole(low_index_line * PER_10_000, TENTHS))
    return when(is_low, low_index * low_index_line, average_index)


@clause(DECISION, article="6", level="person", since="2006-01-01")
def weight_divisor(average_index, low_index_line):
    """What the weights are parts of: below the line its tenths, else one."""
    return when(average_index * TENTHS < low_index_line * PER_10_000, greatest(low_index_line, 1), 1)


@clause(OLD_DECISION, article="5", level="person", at="formula_month", since="1997-07-16", until="2006-01-01",
        value="basic_pension")  # fmt: skip
def basic_by_old_decision(benefit_base, basic_share, has_minimum):
    """From 1997 to 2005: a fifth of the local average monthly wage, for those with fifteen years."""
    return when(has_minimum, half_up(benefit_base * basic_share, PER_10_000), 0)


@clause(DECISION, article="6", level="person", at="formula_month", since="2006-01-01")
def basic_pension(benefit_base, base_weight, index_benefit_base, index_weight, weight_divisor, accrual_share,
                  amount_step, rounds_up, has_minimum):  # fmt: skip
    """The mean of the base and of the base times the index, one per cent for each year."""
    product = (benefit_base * base_weight + index_benefit_base * index_weight) * accrual_share
    divisor = TWO * PER_10_000 * PER_10_000 * PER_100 * weight_divisor * amount_step
    found = when(rounds_up, started(product, divisor), half_up(product, divisor)) * amount_step
    return when(has_minimum, found, 0)


@clause(OLD_DECISION, article="5", level="person", at="formula_month", since="1997-07-16", until="2006-01-01",
        value="account_pension")  # fmt: skip
def account_by_old_decision(account_balance, old_account_divisor, has_minimum):
    """From 1997 to 2005: the balance over 120."""
    return when(has_minimum, half_up(account_balance, old_account_divisor), 0)


@clause(DECISION, article="6", level="person", at="formula_month", since="2006-01-01")
def account_pension(account_balance, payout_months, amount_step, rounds_up, has_minimum):
    """The balance at retirement over the payout months of the age."""
    tenths, divisor = account_balance * PER_10, payout_months * amount_step
    found = when(rounds_up, started(tenths, divisor), half_up(tenths, divisor)) * amount_step
    return when(has_minimum, found, 0)


@clause(DECISION, article="6", level="person", since="1997-07-16")
def pension(basic_pension, account_pension, transitional_pension):
    """The pension of the first month: the sum of its parts."""
    return basic_pension + account_pension + transitional_pension


monthly = question(
    "pension.monthly", answer="pension",
    values=("pension", "basic_pension", "account_pension", "transitional_pension", "average_index", "benefit_base",
            "payout_months", "contribution_years", "index_benefit_base", "provisional_pension", "top_up",
            "top_up_total"),
    say={"en": "How much will my pension be each month?", "zh": "我每月能领多少养老金？"},
)  # fmt: skip
