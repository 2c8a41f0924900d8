"""What a document gives in place of what would be computed, in the oracle's own units.

Money is in fen, an index and years in ten-thousandths, payout months in tenths, a rate is a fraction, a month a number.
"""

from __future__ import annotations

from fractions import Fraction

from rulebook.oracle.numbers import month

MONEY = frozenset((
    "benefit_base", "index_benefit_base", "account_balance", "basic_pension", "account_pension", "transitional_pension",
    "transitional_on_last_base", "virtual_account_sum", "last_year_wage", "chosen_base", "contribution_base",
    "average_wage", "urban_income", "own_contributions", "remaining_account", "pension_in_payment",
    "adjustment_fixed_amount", "adjustment_per_year", "adjustment_by_age",
))  # fmt: skip
SCALES = {"average_index": 10_000, "contribution_years": 10_000, "transitional_index": 10_000, "payout_months": 10}
RATES = frozenset(("employer_rate", "adjustment_amount_rate"))
MONTHS = frozenset(("retirement_month", "base_announced_month", "unemployment_benefit_ends"))
PLACES = frozenset(("place_of_benefit", "paying_place"))


def read(name: str, text: str) -> Fraction | int | str:
    """The quantity that the text means under its name."""
    if name in PLACES:
        return text
    if name in MONTHS:
        return month(text)
    if name in RATES:
        return Fraction(text)
    if text in ("yes", "no"):
        return int(text == "yes")
    return int(Fraction(text) * (100 if name in MONEY else SCALES.get(name, 1)))
