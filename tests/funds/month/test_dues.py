"""What is owed: payments go against the month they name, else the oldest; what came late bears a fee by day."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from wayfare.funds.month import Charge, Payment, settle


def paid(name: str, day: str, fen: int, month: int | None = None) -> Payment:
    return Payment(name, "B", date.fromisoformat(day), fen, for_month=month)


def due(month: int) -> date:
    return date(2024, month % 100 + 1, 15)


MAY_AND_JUNE = (Charge(202405, 1_000), Charge(202406, 1_000))


def test_a_payment_goes_against_the_oldest_month_first() -> None:
    found = settle(MAY_AND_JUNE, [paid("P1", "2024-06-10", 1_300)], due=due)
    assert [(each.month, each.fen) for each in found.settled] == [(202405, 1_000), (202406, 300)]
    assert [(each.month, each.fen, each.due) for each in found.arrears] == [(202406, 700, date(2024, 7, 15))]
    assert (found.owed, found.credit) == (700, 0)


def test_a_payment_that_names_its_month_goes_there_first_and_what_is_over_to_the_oldest() -> None:
    found = settle(MAY_AND_JUNE, [paid("P1", "2024-06-10", 1_300, 202406)], due=due)
    assert [(each.month, each.fen) for each in found.settled] == [(202406, 1_000), (202405, 300)]


def test_what_is_more_than_all_months_goes_to_late_fees_and_then_stays_as_credit() -> None:
    found = settle(MAY_AND_JUNE, [paid("P1", "2024-06-10", 2_500)], late_fees=200, due=due)
    assert (found.late_fees, found.credit, found.owed) == (0, 300, 0)
    short = settle(MAY_AND_JUNE, [paid("P1", "2024-06-10", 2_050)], late_fees=200, due=due)
    assert (short.late_fees, short.credit, short.owed) == (150, 0, 150)


def test_only_what_is_settled_after_the_last_day_for_paying_is_late_and_by_its_own_days() -> None:
    payments = [paid("P1", "2024-06-15", 400), paid("P2", "2024-06-16", 100), paid("P3", "2024-07-16", 600)]
    found = settle(MAY_AND_JUNE, payments, due=due)
    assert [(fee.settled.payment.id, fee.settled.month, fee.settled.fen, fee.days) for fee in found.late] == [
        ("P2", 202405, 100, 1), ("P3", 202405, 500, 31), ("P3", 202406, 100, 1)
    ]  # fmt: skip


def test_where_no_rule_says_by_which_day_nothing_is_late() -> None:
    assert settle(MAY_AND_JUNE, [paid("P1", "2029-01-01", 400)]).late == ()


charges = st.lists(st.builds(Charge, st.sampled_from([202401, 202402, 202403]), st.integers(1, 10**9)), max_size=6)
payments = st.lists(
    st.builds(
        Payment, st.text("abc", min_size=1, max_size=3), st.just("B"), st.dates(date(2024, 1, 1), date(2025, 1, 1)),
        st.integers(1, 10**9), for_month=st.sampled_from([None, 202401, 202403, 209901]),
    ),
    max_size=6,
)  # fmt: skip


@given(charges=charges, payments=payments, late_fees=st.integers(0, 10**6))
def test_every_fen_of_charges_and_payments_is_settled_owed_or_left_over(
    charges: list[Charge], payments: list[Payment], late_fees: int
) -> None:
    found = settle(charges, payments, late_fees=late_fees)
    settled = sum(each.fen for each in found.settled)
    assert settled + sum(each.fen for each in found.arrears) == sum(each.fen for each in charges)
    assert settled + (late_fees - found.late_fees) + found.credit == sum(each.fen for each in payments)
    assert not (found.credit and found.owed)
