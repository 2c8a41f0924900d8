"""What is paid until the base of the year of retirement is announced, and what is topped up afterwards.

Most provinces announce the year's base in autumn. Who retires before is paid on last year's base; then the basic and
the transitional part are computed again and the difference is paid. The account part does not depend on the base.
"""

from __future__ import annotations

from wayfare.law.declare import clause, fact, given, look_up
from wayfare.law.words import (
    MONTHS_A_YEAR,
    PER_10_000,
    PER_100,
    TWO,
    ZERO_MONTHS,
    greatest,
    half_up,
    no,
    started,
    when,
)  # fmt: skip
from wayfare.rulebook.national.life.rule import ONE_MONTH
from wayfare.rulebook.national.pension.transitional_pension.rule import TO_HUNDREDTHS

PRACTICE = "各省经办做法"

transitional_is_given = given("transitional_pension")
transitional_on_last_base = fact(
    "person", "fen/months", 0, 20_000_000,
    ask={"en": "What was the transitional part on last year's base?", "zh": "按上一年基数，过渡性养老金是多少元？"},
)  # fmt: skip
announced_in = look_up("base_announcement", level="person", by={"year": "award_year"}, where="place_of_benefit")
base_of_last_year = look_up(
    "announced_benefit_base", level="person", by={"year": "year_before_award"}, where="place_of_benefit"
)


@clause(PRACTICE, level="person", since="2019-05-01", rank="practice")
def base_announced_month(announced_in):
    """The month in which the base of the year of retirement was announced; long ago where no month is known."""
    return announced_in + ZERO_MONTHS


@clause(PRACTICE, level="person", since="2019-05-01", rank="practice")
def base_is_announced(base_announced_month, asked_month):
    """Whether the base of the year of retirement is announced by the month asked about."""
    return base_announced_month <= asked_month


@clause(PRACTICE, level="person", since="2019-05-01", rank="practice")
def is_provisional(base_is_announced, base_announced_month, award_month):
    """Whether the pension was, or still is, paid on last year's base."""
    return no(base_is_announced) | (base_announced_month > award_month)


@clause(PRACTICE, level="person", since="2019-05-01", rank="practice")
def provisional_base(base_of_last_year):
    """The base of the year before retirement, on which the pension is paid until the new one is announced."""
    return base_of_last_year + 0


@clause(PRACTICE, level="person", since="2019-05-01", rank="practice")
def provisional_index_base(provisional_base, index_base_share):
    """The same for the base that the index multiplies."""
    return half_up(provisional_base * index_base_share, PER_10_000)


@clause(PRACTICE, level="person", since="2019-05-01", rank="practice")
def provisional_basic(provisional_base, base_weight, provisional_index_base, index_weight, weight_divisor,
                      accrual_share, amount_step, rounds_up, has_minimum):  # fmt: skip
    """The basic part on last year's base."""
    product = (provisional_base * base_weight + provisional_index_base * index_weight) * accrual_share
    divisor = TWO * PER_10_000 * PER_10_000 * PER_100 * weight_divisor * amount_step
    found = when(rounds_up, started(product, divisor), half_up(product, divisor)) * amount_step
    return when(has_minimum, found, 0)


@clause(PRACTICE, level="person", at="formula_month", rank="practice", where="place_of_benefit")
def provisional_transitional(transitional_is_given, transitional_on_last_base, has_early_months, provisional_index_base,
                             weighted_months, transitional_rate, virtual_pension, amount_step, rounds_up,
                             has_minimum):  # fmt: skip
    """The transitional part on last year's base; where a form gives it, the earlier form has to."""
    product = provisional_index_base * weighted_months * transitional_rate
    whole_step = MONTHS_A_YEAR * PER_10_000 * PER_10_000 * amount_step
    fine = half_up(product, MONTHS_A_YEAR * TO_HUNDREDTHS) + virtual_pension
    alone = when(rounds_up, started(product, whole_step), half_up(product, whole_step))
    both = when(rounds_up, started(fine, PER_100 * amount_step), half_up(fine, PER_100 * amount_step))
    found = when(virtual_pension > 0, both, alone) * amount_step
    computed = when(has_minimum & has_early_months, found, 0)
    return when(transitional_is_given, transitional_on_last_base, computed)


@clause(PRACTICE, level="person", since="2019-05-01", rank="practice")
def provisional_pension(is_provisional, provisional_basic, account_pension, provisional_transitional, pension):
    """The pension paid until the base is announced: two parts on last year's base, the account part as it is."""
    return when(is_provisional, provisional_basic + account_pension + provisional_transitional, pension)


@clause(PRACTICE, level="person", since="2019-05-01", rank="practice")
def top_up(is_provisional, pension, provisional_pension):
    """What each month is short until the pension is computed again on the announced base."""
    return when(is_provisional, pension - provisional_pension, 0)


@clause(PRACTICE, level="person", since="2019-05-01", rank="practice")
def provisional_months(is_provisional, base_is_announced, base_announced_month, asked_month, award_month):
    """Months paid on last year's base: until the month of the announcement, so far with the month asked about."""
    so_far = when(base_is_announced, base_announced_month, asked_month + ONE_MONTH) - award_month
    return when(is_provisional, greatest(so_far, 0), 0)


@clause(PRACTICE, level="person", since="2019-05-01", rank="practice")
def top_up_total(is_provisional, top_up, provisional_months):
    """What is paid afterwards for all the months on last year's base."""
    return when(is_provisional, top_up * provisional_months, 0)
