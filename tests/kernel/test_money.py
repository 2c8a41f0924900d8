"""Money adds up, splits without loss, and is rounded only as it is told."""

from __future__ import annotations

import pickle
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayfare.kernel import (
    HALF_UP,
    STARTED,
    WHOLE,
    Money,
    NotARate,
    NotMoney,
    Rate,
    Rounding,
    SplitRefused,
    rounded_quotient,
)

FEN = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("61200.00", 6_120_000),
        ("61200", 6_120_000),
        ("0.3", 30),
        ("-5", -500),
        ("-0.01", -1),
        ("-0.00", 0),
        ("0009.99", 999),
        ("9999999999999999.99", 999_999_999_999_999_999),
    ],
)
def test_yuan_text_becomes_whole_fen(text, fen):
    assert Money.yuan(text).amount_fen == fen


@pytest.mark.parametrize(
    "text", ["", " 1", "1.", ".5", "1.234", "1,000.00", "+1", "1e3", "¥1", "１２", "٣", "NaN", "1" * 17, "1\n", "--1"]
)
def test_text_that_is_not_yuan_with_two_decimals_is_refused(text):
    with pytest.raises(NotMoney) as refused:
        Money.yuan(text)
    assert str(refused.value) == (
        f"WF-KRN-001  {text!r} is not an amount in yuan.\n"
        '            Write it as text with at most two decimals, such as "61200.00"; no float, sign + or comma.'
    )


@pytest.mark.parametrize("value", [612.0, 612, None, b"612", Decimal("1.00"), True])
def test_only_text_is_read_as_yuan(value):
    with pytest.raises(NotMoney):
        Money.yuan(value)


def test_a_very_long_text_is_refused_without_being_repeated():
    with pytest.raises(NotMoney) as refused:
        Money.yuan("1" * 1_000_000)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("value", [1.0, "1", True, None, Decimal(1)])
def test_fen_are_an_int_and_nothing_else(value):
    with pytest.raises(NotMoney) as refused:
        Money.fen(value)
    assert f"WF-KRN-001  {value!r} is not a whole number of fen." in str(refused.value)


@given(FEN)
def test_writing_and_reading_an_amount_gives_it_back(fen):
    assert Money.yuan(str(Money(fen))) == Money(fen)


@given(FEN)
def test_the_written_amount_is_the_fen_divided_by_a_hundred(fen):
    assert Decimal(str(Money(fen))) == Decimal(fen) / 100


@given(FEN, FEN)
def test_amounts_add_subtract_and_order_as_their_fen(left, right):
    assert Money(left) + Money(right) == Money(left + right)
    assert Money(left) - Money(right) == Money(left - right) == -Money(right - left)
    assert (Money(left) < Money(right)) == (left < right)


def test_money_does_not_mix_with_bare_numbers():
    with pytest.raises(TypeError):
        Money(1) + 1
    with pytest.raises(TypeError):
        Money(1) - 1


def test_a_total_of_nothing_is_zero_and_zero_is_false():
    assert Money.total([]) == Money.ZERO
    assert Money.total([Money(1), Money(2)]) == Money(3)
    assert not Money.ZERO
    assert Money(-1)


@pytest.mark.parametrize(
    ("dividend", "half_up", "whole", "started"),
    [(5, 1, 0, 1), (15, 2, 1, 2), (14, 1, 1, 2), (10, 1, 1, 1), (-5, -1, -1, 0), (-15, -2, -2, -1), (-14, -1, -2, -1)],
)
def test_half_up_keeps_the_sign_whole_goes_down_and_started_goes_up(dividend, half_up, whole, started):
    assert [rounded_quotient(dividend, 10, rounding) for rounding in (HALF_UP, WHOLE, STARTED)] == [
        half_up,
        whole,
        started,
    ]


@given(FEN, st.integers(1, 10**9))
def test_half_up_of_the_opposite_is_the_opposite(dividend, divisor):
    assert rounded_quotient(-dividend, divisor, HALF_UP) == -rounded_quotient(dividend, divisor, HALF_UP)


@given(FEN, st.decimals(-100, 100, places=6), st.sampled_from(Rounding))
def test_a_product_is_the_exact_one_rounded_once(fen, factor, rounding):
    product = Money(fen).times(Rate(f"{factor:f}"), rounding=rounding).amount_fen
    exact = Fraction(fen) * Fraction(factor)
    bounds = {WHOLE: (0, 1), STARTED: (-1, 0), HALF_UP: (Fraction(-1, 2), Fraction(1, 2))}
    low, high = bounds[rounding]
    assert low <= exact - product <= high
    assert abs(exact - product) < 1


def test_twelve_in_a_hundred_of_covered_wages():
    assert Money.yuan("61200.00").times(Rate("0.12"), rounding=HALF_UP) == Money.yuan("7344.00")


def test_a_product_does_not_depend_on_the_decimal_context():
    with localcontext() as context:
        context.prec = 2
        assert Money.yuan("123456789.01").times(Rate("0.12345"), rounding=WHOLE) == Money.yuan("15240740.60")


@given(FEN, st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any))
def test_the_parts_of_a_split_add_up_and_are_off_by_less_than_a_fen(fen, weights):
    parts = Money(fen).split(weights)
    assert Money.total(parts) == Money(fen)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(Fraction(fen * weight, sum(weights)) - part.amount_fen) < 1


def test_left_over_fen_go_to_the_largest_remainders_then_to_the_earlier_part():
    assert Money(10).split([1, 1, 1]) == (Money(4), Money(3), Money(3))
    assert Money(10).split([1, 2, 4]) == (Money(1), Money(3), Money(6))
    assert Money(-10).split([1, 1, 1]) == (Money(-4), Money(-3), Money(-3))


def test_a_part_without_weight_gets_nothing():
    assert Money(1).split([0, 7]) == (Money(0), Money(1))


@pytest.mark.parametrize(
    ("weights", "found"),
    [
        ([], "A split needs a weight above zero, and there is none."),
        ([0, 0], "A split needs a weight above zero, and there is none."),
        ([1, -1], "-1 is not a weight of a split."),
        ([0.5, 0.5], "0.5 is not a weight of a split."),
        ([True], "True is not a weight of a split."),
    ],
)
def test_a_split_without_sound_weights_is_refused(weights, found):
    with pytest.raises(SplitRefused) as refused:
        Money(100).split(weights)
    assert str(refused.value).startswith(f"WF-KRN-003  {found}\n")


def test_rates_of_equal_value_are_equal():
    assert Rate("0.10") == Rate("0.1") == Rate.basis_points(1000)
    assert hash(Rate("0.10")) == hash(Rate("0.1"))
    assert Rate("0.08") < Rate("0.12")
    assert str(Rate.basis_points(-1250)) == "-0.1250"
    assert repr(Rate("0.12")) == "Rate('0.12')"


NOT_RATES = ["12%", "1/3", "1e-2", "", "0,1", ".1", "NaN", "1" * 19, 0.12, 1, None, Decimal("0.1")]


@pytest.mark.parametrize("text", NOT_RATES)
def test_a_rate_is_plain_decimal_text(text):
    with pytest.raises(NotARate) as refused:
        Rate(text)
    assert str(refused.value) == (
        f"WF-KRN-002  {text!r} is not a rate.\n"
        '            Write it as decimal text, such as "0.12"; a float or a percent sign is not taken.'
    )


@pytest.mark.parametrize("points", [1.5, "12", True])
def test_basis_points_are_whole(points):
    with pytest.raises(NotARate) as refused:
        Rate.basis_points(points)
    assert str(refused.value) == (
        f"WF-KRN-002  {points!r} is not a number of basis points.\n            Give a whole number."
    )


def test_money_and_rates_travel_between_processes():
    held = (Money.yuan("1.23"), Rate("0.12"))
    assert pickle.loads(pickle.dumps(held)) == held
    assert repr(held[0]) == "Money.yuan('1.23')"
