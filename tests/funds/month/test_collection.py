"""The questions of collection for one employer: the late fee by day, and a month that was not declared."""

from __future__ import annotations

from datetime import date

import pytest

from wayfare.funds.month.collection import late_fee, undeclared_due
from wayfare.law import Law
from wayfare.law.errors import GapInLaw


def test_the_fee_is_five_in_ten_thousand_a_day_since_the_law_and_twenty_before(law: Law) -> None:
    assert late_fee(law, 1_000_000, 30, on=date(2024, 8, 14)) == 15_000
    assert late_fee(law, 1_000_000, 30, on=date(2010, 8, 14)) == 60_000


def test_where_no_text_is_at_hand_no_fee_is_made_up(law: Law) -> None:
    with pytest.raises(GapInLaw, match="late_fee is not known for 1998-08-14"):
        late_fee(law, 1_000_000, 30, on=date(1998, 8, 14))


def test_an_undeclared_month_costs_a_tenth_more_than_the_month_before(law: Law) -> None:
    assert undeclared_due(law, 1_000_000, on=date(2024, 6, 30)) == 1_100_000
