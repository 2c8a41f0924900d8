"""A clause is one straight expression over words, scales and its arguments; everything else is refused at load."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from wayfare.law.errors import ClauseError
from wayfare.law.trace import names_in, show, trace
from wayfare.law.words import MONTHS_A_YEAR, PER_100, Symbol, half_up, least, no, one_of, when

LIMITS = {"floor": 3}


def branches(a, b):
    return a if a > b else b


def loops(a):
    for _ in (0, 1):
        a = a + a
    return a


def both_by_and(a, b):
    return (a > b) and (b > a)


def chained(a, b, c):
    return a <= b <= c


def negated_by_not(a, b):
    return not a > b


def is_identical(a, b):
    return a is b


def is_member(a, b):
    return a in (a, b)


def holds_a_function(a):
    return a + (lambda: 1)()


def closes_over(limit: int) -> Callable[..., Any]:
    def over(a):
        return a + limit

    return over


REFUSED = {
    "it branches": branches,
    "it loops": loops,
    "it joins truths with and": both_by_and,
    "it chains comparisons": chained,
    "it says not": negated_by_not,
    "it asks for identity": is_identical,
    "it asks for membership": is_member,
    "it holds a number of its own": lambda a: a * 12,
    "it holds two": lambda a: a + 2,
    "it holds a float": lambda a: a + 0.5,
    "it holds a text": lambda a: a == "1",
    "it divides with a slash": lambda a, b: a / b,
    "it divides with two slashes": lambda a, b: a // b,
    "it takes a remainder": lambda a, b: a % b,
    "it takes a power": lambda a, b: a**b,
    "it takes a minus alone": lambda a: -a,
    "it inverts bits": lambda a: ~a,
    "it shifts bits": lambda a, b: a << b,
    "it calls round": lambda a: round(a),
    "it calls int": lambda a: int(a),
    "it calls abs": lambda a: abs(a),
    "it calls max": lambda a, b: max(a, b),
    "it calls another module": lambda a: when(a, math.pi, 0),
    "it reads a name outside": lambda a: a + LIMITS["floor"],
    "it leaves an argument unused": lambda a, b: a + a,
    "it closes over a value": closes_over(1),
    "it holds another function": holds_a_function,
    "it is no plain function": len,
    "it is a class": Symbol,
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_clause_is_refused_when(why: str) -> None:
    with pytest.raises((ClauseError, TypeError)):
        trace(REFUSED[why])


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (branches, "WF-LAW-003  branches branches or loops"),
        (
            lambda a: a * 12,
            "WF-LAW-003  12 may not stand in a clause.\n            Make it a dated parameter, or use a scale.",
        ),
        (lambda a: a + LIMITS["floor"], "reads LIMITS, which is neither a word nor a scale."),
        (lambda a, b: a + a, "never uses b.\n            Drop the argument."),
        (closes_over(1), "holds or closes over another function."),
        (len, "is not a plain function."),
    ],
)
def test_a_refusal_says_what_was_found_and_what_to_do(step: Callable[..., Any], text: str) -> None:
    with pytest.raises(ClauseError) as refused:
        trace(step)
    assert text in str(refused.value)


def test_the_tree_shows_as_a_lawyer_would_type_it() -> None:
    def pension(base, months, ceiling):
        return least(half_up(base * months, MONTHS_A_YEAR * PER_100), ceiling)

    assert show(trace(pension)) == "least(half_up((base * months), 1200), ceiling)"


def test_the_tree_names_what_it_reads_with_repetitions() -> None:
    def step(a, b):
        return when(no(a > b), a, b)

    assert sorted(names_in(trace(step))) == ["a", "a", "b", "b"]


def test_an_argument_may_stand_for_another_value() -> None:
    def step(rate):
        return rate + 0

    assert list(names_in(trace(step, {"rate": "rate[asked_day]"}))) == ["rate[asked_day]"]


def test_a_step_of_a_scan_gives_one_tree_for_each_carry() -> None:
    def step(used, bill):
        return used + bill, least(used, bill)

    assert [show(tree) for tree in trace(step)] == ["(used + bill)", "least(used, bill)"]


def test_a_local_name_is_written_out_where_it_is_used() -> None:
    def step(bill, deductible):
        above = bill - deductible
        return when(above > 0, above, 0)

    assert show(trace(step)) == "when(((bill - deductible) > 0), (bill - deductible), 0)"


def test_one_of_is_an_or_of_equalities() -> None:
    def step(kind, a, b):
        return one_of(kind, a, b)

    assert show(trace(step)) == "((kind == a) | (kind == b))"


def test_nought_and_one_may_stand_on_the_left_too() -> None:
    def step(a):
        return 1 - a

    assert show(trace(step)) == "(1 - a)"
