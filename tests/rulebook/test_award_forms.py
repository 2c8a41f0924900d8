"""Award forms with random figures, part by part, against exact fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.lives import Life, law

PARTS = ("basic_pension", "account_pension", "transitional_pension", "pension")


def decimals(least: str, most: str, places: int) -> st.SearchStrategy[str]:
    return st.decimals(Decimal(least), Decimal(most), places=places, allow_nan=False).map(str)


def to_the_cent(x: Fraction) -> Decimal:
    """Halves up."""
    return (Decimal(int(x * 100 + Fraction(1, 2))) / 100).quantize(Decimal("0.01"))


@settings(max_examples=80)
@given(
    base=decimals("1500", "15000", 2), index=decimals("0.3", "3", 4), years=decimals("15", "45", 4),
    balance=decimals("0", "600000", 2), payout=decimals("56", "233", 1), transitional=decimals("0", "3000", 2),
)  # fmt: skip
def test_the_parts_of_a_form_are_exact_to_the_cent(base, index, years, balance, payout, transitional):
    form = {
        "benefit_base": base, "average_index": index, "contribution_years": years, "account_balance": balance,
        "payout_months": payout, "transitional_pension": transitional,
    }  # fmt: skip
    basic = to_the_cent(Fraction(base) * (1 + Fraction(index)) / 2 * Fraction(years) / 100)
    account = to_the_cent(Fraction(balance) / Fraction(payout))
    expected = {
        "basic_pension": str(basic), "account_pension": str(account), "transitional_pension": transitional,
        "pension": str(basic + account + Decimal(transitional)),
    }  # fmt: skip
    assert Life({"on": "2025-07-01", "given": form}, law()).ask(PARTS) == expected
