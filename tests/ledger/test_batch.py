"""Rules of accounts, transfers and batches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfare.kernel.money import Money
from wayfare.ledger import Account, Batch, Transfer, account_number, account_numbers, interest_batch
from wayfare.ledger.errors import AccountWrong, BatchEmpty, TransferWrong

FUND = "440000:employee_pension"
DAY = date(2024, 6, 30)


def batch(key="k", **more):
    return Batch(FUND, DAY, key, **more)


def sealed(*moves, **more):
    written = batch(**more)
    for debit, credit, amount in moves:
        written.move(debit=debit, credit=credit, amount=amount)
    return written.seal()


def test_a_member_has_a_positive_number_and_the_fund_a_negative_one():
    assert account_number("account:W-104") > 0 > account_number("pooled_fund")


def test_numbers_of_many_accounts_are_the_numbers_of_each():
    names = ["account:a", "suspense", "in_transit:510000"]
    assert account_numbers(names).tolist() == [account_number(name) for name in names]


def test_pooled_fund_and_members_never_go_below_zero_and_the_outside_may():
    assert [Account.named(name).floor for name in ("pooled_fund", "account:W-104", "outside:employers")] == [0, 0, None]


@pytest.mark.parametrize("name", ["", "pool", "account:", "account:a b", "pooled_fund:x", "Account:W", "in_transit"])
def test_an_account_outside_the_chart_is_refused(name):
    with pytest.raises(AccountWrong, match=r"WF-LED-001 .* is not an account name"):
        account_number(name)


def test_an_account_opens_empty_so_its_floor_is_not_above_zero():
    with pytest.raises(AccountWrong, match="suspense cannot open with a floor of 7 fen"):
        Account("suspense", 7)


@pytest.mark.parametrize("fund", ["440000", "44:employee_pension", "440000:Pension", "440000:"])
def test_a_fund_is_a_place_code_and_an_insurance(fund):
    with pytest.raises(AccountWrong, match="is not the name of a fund"):
        Batch(fund, DAY, "k")


@pytest.mark.parametrize("amount", [0, -1, 1.5, True, "5", 2**62, Money.fen(0), Money.fen(-3)])
def test_an_amount_is_a_positive_whole_number_of_fen(amount):
    with pytest.raises(TransferWrong, match=r"WF-LED-002 .* is not a positive whole number of fen"):
        batch().move(debit="outside:employers", credit="pooled_fund", amount=amount)


@pytest.mark.parametrize(
    ("debit", "credit", "more"),
    [
        ("pooled_fund", "pooled_fund", {}),
        ("account:a", "account:b", {}),
        ("pooled_fund", "account:a", {"member": "account:b"}),
        ("pooled_fund", "suspense", {"member": "rounding"}),
        ("pooled_fund", "suspense", {"effective_from": 202413}),
        ("pooled_fund", "suspense", {"effective_from": 202400}),
        ("pooled_fund", "suspense", {"effective_months": 0}),
    ],
)
def test_a_transfer_has_two_accounts_one_member_at_most_and_real_months(debit, credit, more):
    with pytest.raises(TransferWrong):
        batch().move(debit=debit, credit=credit, amount=1, **more)


def test_money_and_whole_fen_move_the_same():
    one = sealed(("outside:persons", "account:a", Money.yuan("12.34")))
    assert one.content == sealed(("outside:persons", "account:a", 1234)).content


def test_a_batch_of_nothing_is_refused():
    with pytest.raises(BatchEmpty, match=r"WF-LED-012 .* holds nothing"):
        batch().seal()


def test_rows_come_in_order_of_their_members():
    names = [f"account:{n}" for n in range(20)]
    rows = sealed(*(("outside:persons", name, 5) for name in names)).rows
    assert rows["subject"].tolist() == sorted(map(account_number, names))
    assert rows["line"].tolist() == list(range(20))


def test_totals_count_rows_and_fen():
    one = sealed(("outside:persons", "account:a", 7), ("outside:employers", "pooled_fund", 5))
    assert (one.lines, one.amount, one.period) == (2, 12, 202406)


def test_a_batch_written_as_columns_is_the_batch_written_by_name():
    one, other = batch(), batch()
    for number in range(1, 40):
        one.move(debit="outside:persons", credit=f"account:{number}", amount=number, effective_from=202401,
                 effective_months=6)  # fmt: skip
    other.move_columns(
        debit=account_number("outside:persons"),
        credit=account_numbers(f"account:{number}" for number in range(1, 40)),
        amount=np.arange(1, 40),
        effective_from=202401,
        effective_months=6,
    )
    assert one.seal().content == other.seal().content


def test_a_transfer_as_a_value_is_the_same_move():
    one = batch()
    one.transfer(Transfer("outside:employers", "pooled_fund", 9, 202406, member="account:a"))
    other = batch()
    other.move(debit="outside:employers", credit="pooled_fund", amount=9, member="account:a")
    assert one.seal().content == other.seal().content


@pytest.mark.parametrize(
    ("name", "value"),
    [("amount", 0), ("amount", -4), ("debit", 7), ("credit", 0), ("subject", -1), ("effective_from", 202413),
     ("effective_from", 0), ("effective_months", 0)],
)  # fmt: skip
def test_columns_are_held_to_the_same_rules_and_the_row_is_named(name, value):
    columns = {"debit": [-1, -1], "credit": [7, 7], "amount": [3, 3], "subject": [7, 7], "effective_from": [202406] * 2,
               "effective_months": [1, 1]}  # fmt: skip
    columns[name][1] = value
    with pytest.raises(TransferWrong, match="Row 1 is wrong"):
        batch().move_columns(**{key: np.array(column) for key, column in columns.items()})


def test_months_too_large_for_their_column_are_refused_not_wrapped():
    with pytest.raises(TransferWrong, match="out of range"):
        batch().move_columns(debit=-1, credit=-2, amount=np.array([1]), effective_months=np.array([65537]))


def test_a_sealed_batch_gives_its_rows_as_columns_and_cannot_be_changed():
    one = sealed(("outside:employers", "pooled_fund", 9))
    assert one.columns()["amount"].tolist() == [9]
    with pytest.raises(ValueError, match="read-only"):
        one.rows["amount"] = 10


def test_a_column_of_fractions_is_refused():
    with pytest.raises(TransferWrong, match="not of whole numbers"):
        batch().move_columns(debit=-1, credit=-2, amount=np.array([1.0]))


def test_a_row_is_the_bytes_of_a_binary_copy():
    row = sealed(("outside:employers", "pooled_fund", 258)).rows.tobytes()
    assert len(row) == 2 + 7 * 4 + 4 + 4 * 8 + 4 + 2
    assert row[:10] == bytes([0, 7, 0, 0, 0, 4, 0, 0, 0, 0])
    assert bytes([0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 1, 2]) in row


def test_a_batch_larger_than_the_books_can_count_is_refused():
    with pytest.raises(TransferWrong, match="more than the books can count"):
        sealed(("outside:employers", "pooled_fund", 2**61), ("outside:persons", "pooled_fund", 2**61 + 5),
               ("outside:persons", "suspense", 2**61))  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [{"key": "other"}, {"decision": "D-1"}, {"confirms": "h"}, {"reverses": "r"}],
)
def test_the_content_covers_the_header(change):
    moves = ("outside:employers", "pooled_fund", 9)
    assert sealed(moves).content != sealed(moves, **change).content


names = st.sampled_from(["pooled_fund", "suspense", "outside:employers", "account:a", "account:b"])
move = st.tuples(names, names, st.integers(1, 10**9)).filter(
    lambda m: m[0] != m[1] and not (m[0].startswith("account") and m[1].startswith("account"))
)


@given(st.lists(move, min_size=1, max_size=8), st.data())
def test_the_content_covers_every_fen_of_every_row(moves, data):
    one = sealed(*moves)
    row = data.draw(st.integers(0, len(moves) - 1))
    debit, credit, amount = moves[row]
    assert sealed(*moves[:row], (debit, credit, amount + 1), *moves[row + 1 :]).content != one.content


def test_opening_an_account_belongs_to_the_content():
    one, other = batch(), batch()
    one.open("suspense")
    other.open(replace(Account.named("suspense"), floor=0))
    assert one.seal().content != other.seal().content


def test_interest_comes_out_of_the_pool_with_its_rounding_shown():
    one = interest_batch(
        FUND, year=2023, accounts=account_numbers(["account:b", "account:a", "account:c"]),
        interest=np.array([101, 200, 0]), total=303,
    )  # fmt: skip
    moved = one.rows[["debit", "credit", "amount"]].tolist()
    pool = account_number("pooled_fund")
    assert sorted(moved) == sorted(
        [(pool, account_number("account:a"), 200), (pool, account_number("account:b"), 101),
         (pool, account_number("rounding"), 2)]
    )  # fmt: skip
    assert (one.key, one.on) == ("interest:2023", date(2023, 12, 31))
    assert set(one.rows["effective_from"]) == {202301} and set(one.rows["effective_months"]) == {12}


def test_interest_rounded_up_takes_the_residue_back_from_rounding():
    one = interest_batch(FUND, year=2023, accounts=account_numbers(["account:a"]), interest=np.array([200]), total=199)
    pool, rounding = account_number("pooled_fund"), account_number("rounding")
    assert (rounding, pool, 1) in one.rows[["debit", "credit", "amount"]].tolist()


def test_interest_that_was_too_much_is_taken_back_for_its_own_year():
    one = interest_batch(
        FUND, year=2024, accounts=account_numbers(["account:a", "account:a"]), interest=np.array([-5, 20]),
        years=np.array([2023, 2024]),
    )  # fmt: skip
    pool, member = account_number("pooled_fund"), account_number("account:a")
    assert sorted(one.rows[["debit", "credit", "amount", "effective_from"]].tolist()) == sorted(
        [(member, pool, 5, 202301), (pool, member, 20, 202401)]
    )
