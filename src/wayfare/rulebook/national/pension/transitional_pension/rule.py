"""The transitional part for those who began before individual accounts: a coefficient for each early year.

There is no national formula. The common form is base times index times early years times coefficient; early are the
deemed years and those paid before the province's accounts began. Where a province's measures are not at hand nothing is
decided, and a person who began later has no such part.
"""

from __future__ import annotations

from wayfare.law.declare import clause, look_up, total
from wayfare.law.words import (
    MONTHS_A_YEAR,
    PER_10_000,
    PER_100,
    Scale,
    greatest,
    half_up,
    least,
    months_in,
    shared,
    started,
    when,
)
from wayfare.rulebook.national.life.rule import LIFETIME_MONTHS
from wayfare.rulebook.national.pension.monthly_pension.rule import DECISION

TO_HUNDREDTHS = Scale(1_000_000, "basis_points*basis_points/percent")  # leaves hundredths of a fen
BEIJING, SHANGHAI, JIANGSU = "京劳社养发〔2007〕21号", "沪人社规〔2021〕32号", "江苏省过渡性养老金计发办法（2024年起）"

# ---- early months
early_set = look_up("early_months", level="piece", by={"year": "piece_year"}, where="place_of_benefit")


@clause(DECISION, article="6", level="piece", since="1997-07-16")
def early_piece_months(is_paid, counted_set, early_set):
    """Paid months of the piece from before the accounts of the place that pays."""
    return when(is_paid, months_in(shared(counted_set, early_set)), 0)


@clause(DECISION, article="6", level="piece", since="1997-07-16")
def bridged_piece_months(paid_piece_months, early_piece_months, piece_year, account_start_year):
    """Paid months before 1998 that are not early because the province's accounts had begun."""
    return when(piece_year < account_start_year, greatest(paid_piece_months - early_piece_months, 0), 0)


recorded_early_months = total("early_piece_months", level="person")
bridged_months = total("bridged_piece_months", level="person")


@clause(DECISION, article="6", level="person", since="1997-07-16")
def early_paid_months(recorded_early_months):
    """Months paid before individual accounts began where the pension is paid."""
    return least(recorded_early_months, LIFETIME_MONTHS)


@clause(DECISION, article="6", level="person", since="1997-07-16")
def early_deemed_months(deemed_months):
    """Deemed months, which all count as early."""
    return deemed_months + 0


# ---- the index of the early months
@clause(DECISION, article="6", level="person", at="formula_month", since="1997-07-16", where="place_of_benefit",
        value="transitional_index")  # fmt: skip
def index_of_the_whole_life(average_index):
    """The common form takes the average index of all months compared."""
    return average_index + 0


@clause(JIANGSU, level="person", at="formula_month", since="2024-01-01", where="place_of_benefit", place="320000",
        status="assumed", value="transitional_index")  # fmt: skip
def index_to_1995_in_jiangsu(average_index):
    """Jiangsu takes the index to the end of 1995; until a form gives it an estimate takes that of all months."""
    return average_index + 0


@clause(BEIJING, level="person", at="formula_month", since="2006-01-01", where="place_of_benefit", place="110000",
        status="assumed", value="transitional_index")  # fmt: skip
def index_of_paid_months_in_beijing(average_index):
    """Beijing takes the index of the paid months; until a form gives it an estimate takes that of all months."""
    return average_index + 0


@clause(DECISION, article="6", level="person", at="formula_month", since="1997-07-16", where="place_of_benefit",
        value="weighted_months")  # fmt: skip
def months_at_one_index(early_deemed_months, early_paid_months, transitional_index):
    """The early months, each at the index of the transitional part."""
    return (early_deemed_months + early_paid_months) * transitional_index


@clause(BEIJING, level="person", at="formula_month", since="2006-01-01", where="place_of_benefit", place="110000",
        value="weighted_months")  # fmt: skip
def months_in_beijing(early_deemed_months, early_paid_months, transitional_index):
    """Beijing: deemed months at an index of one, paid ones at their own."""
    paid = when(early_paid_months > 0, early_paid_months * transitional_index, 0)
    return early_deemed_months * PER_10_000 + paid


@clause(SHANGHAI, level="person", at="formula_month", since="2022-01-01", where="place_of_benefit", place="310000",
        value="weighted_months")  # fmt: skip
def months_in_shanghai(early_deemed_months, early_paid_months):
    """Shanghai: deemed months to the end of 1992 at an index of one; months from 1993 on come back as a sum."""
    return (early_deemed_months + early_paid_months) * PER_10_000


# ---- what months between the province's own start and 1998 bring
@clause(SHANGHAI, level="person", at="formula_month", where="place_of_benefit")
def virtual_account_sum(bridged_months, virtual_account_rate):
    """Shanghai's sum for 1993 to 1997, made good as if an account had been kept; it stands on the award form."""
    return when(bridged_months > 0, bridged_months * virtual_account_rate, 0)


@clause(SHANGHAI, level="person", at="formula_month", where="place_of_benefit")
def virtual_pension(virtual_account_sum, virtual_account_divisor):
    """That sum over its months, in hundredths of a fen; it is rounded with the rest of the transitional part."""
    return when(virtual_account_sum > 0, half_up(virtual_account_sum * PER_100, virtual_account_divisor), 0)


# ---- the part
@clause(DECISION, article="6", level="person", since="1997-07-16")
def has_early_months(early_deemed_months, early_paid_months, virtual_account_sum):
    """Whether anything lies before the accounts; who began later has no transitional part."""
    return (early_deemed_months > 0) | (early_paid_months > 0) | (virtual_account_sum > 0)


@clause(DECISION, article="6", level="person", at="formula_month", where="place_of_benefit")
def transitional_pension(has_early_months, index_benefit_base, weighted_months, transitional_rate, virtual_pension,
                         amount_step, rounds_up, has_minimum):  # fmt: skip
    """For months from before the accounts: base times index times years times a coefficient that provinces set."""
    product = index_benefit_base * weighted_months * transitional_rate
    whole_step = MONTHS_A_YEAR * PER_10_000 * PER_10_000 * amount_step
    fine = half_up(product, MONTHS_A_YEAR * TO_HUNDREDTHS) + virtual_pension
    alone = when(rounds_up, started(product, whole_step), half_up(product, whole_step))
    both = when(rounds_up, started(fine, PER_100 * amount_step), half_up(fine, PER_100 * amount_step))
    found = when(virtual_pension > 0, both, alone) * amount_step
    return when(has_minimum & has_early_months, found, 0)
