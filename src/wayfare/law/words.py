"""The words of a clause.

A clause calls the same words with Python ints (one life), with int64 NumPy columns (a population) and with symbols.
Called with symbols a word writes itself down, which gives the clause's expression tree (`trace`); from the tree come
units, bounds, unknowns, citations and shortfalls.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np

from wayfare.law.errors import ClauseError

__all__ = [
    "DAYS_A_YEAR", "EMPTY_SET", "EPOCH_YEAR", "LAST_YEAR", "MONTHS_A_YEAR", "NOT_YET", "OPERATIONS", "PER_10",
    "PER_100", "PER_10_000", "TWO", "ZERO_FEN", "ZERO_MONTHS", "Scale", "Symbol", "first_day", "first_month",
    "greatest", "half_up", "half_up_signed", "joined", "least", "month_of", "month_weights", "months_after",
    "months_in", "no", "one_of", "shared", "started", "when", "whole", "whole_months", "without", "year_of",
]  # fmt: skip

EPOCH_YEAR, LAST_YEAR = 1900, 2250  # the calendar that the engine knows


class Scale(int):
    """A named scale of units or a member of a choice: besides 0 and 1 the only numbers a clause may hold."""

    unit: str

    def __new__(cls, value: int, unit: str) -> Scale:
        self = int.__new__(cls, value)
        self.unit = unit
        return self

    def __mul__(self, other: Any) -> Any:
        if type(other) is not Scale:
            return int.__mul__(self, other)
        (a, _, b), (c, _, d) = self.unit.partition("/"), other.unit.partition("/")
        top, bottom = "*".join(filter(None, (a, c))), "*".join(filter(None, (b, d)))
        return Scale(int(self) * int(other), f"{top}/{bottom}" if bottom else top)


PER_10 = Scale(10, "tenths")
PER_100 = Scale(100, "percent")
PER_10_000 = Scale(10_000, "basis_points")
MONTHS_A_YEAR = Scale(12, "months/years")
DAYS_A_YEAR = Scale(365, "days/years")
TWO = Scale(2, "count")
ZERO_FEN = Scale(0, "fen")
ZERO_MONTHS = Scale(0, "months")
EMPTY_SET = Scale(0, "month_set")
NOT_YET = Scale(LAST_YEAR * 12 - 1, "month")  # a month that never comes: what `first` picks when there is none


class Symbol:
    """A value not known yet. It cannot be branched on, divided, rounded, compared in a chain or mixed with floats."""

    __slots__ = ("arguments", "operation")
    __hash__ = object.__hash__

    def __init__(self, operation: str, *arguments: Any) -> None:
        if operation != "name":
            for a in arguments:
                if not isinstance(a, (Symbol, Scale)) and not (type(a) is int and a in (0, 1)):
                    raise ClauseError(
                        f"{a!r} may not stand in a clause.", next_step="Make it a dated parameter, or use a scale."
                    )
        self.operation, self.arguments = operation, arguments

    def __bool__(self) -> bool:
        raise ClauseError(
            "A clause may not branch (if, and, or, not, min, max, a <= b <= c).", next_step="Use when, & and |."
        )


BINARY = {
    "add": "+", "sub": "-", "mul": "*", "and": "&", "or": "|",
    "ge": ">=", "gt": ">", "le": "<=", "lt": "<", "eq": "==", "ne": "!=",
}  # fmt: skip
COMPARISONS = frozenset({">=", ">", "<=", "<", "==", "!="})
DIVISIONS = frozenset({"half_up", "half_up_signed", "whole", "started"})
OPERATIONS: dict[str, Callable[..., Any]] = {s: getattr(operator, f"__{n}__") for n, s in BINARY.items()}


def _write_itself_down(name: str, symbol: str) -> None:
    setattr(Symbol, f"__{name}__", lambda a, b: Symbol(symbol, a, b))
    if name in ("add", "sub", "mul", "and", "or"):
        setattr(Symbol, f"__r{name}__", lambda a, b: Symbol(symbol, b, a))


for _name, _symbol in BINARY.items():
    _write_itself_down(_name, _symbol)


def _word(name: str, ints: Callable[..., Any], columns: Callable[..., Any]) -> Callable[..., Any]:
    def word(*arguments: Any) -> Any:
        for a in arguments:
            if type(a) is np.ndarray:
                return columns(*arguments)
            if type(a) is Symbol:
                return Symbol(name, *arguments)
        return ints(*arguments)

    word.__name__ = name
    OPERATIONS[name] = word
    return word


def _half_up_columns(a: Any, b: Any) -> Any:
    out = np.add(a, b // 2)
    return np.floor_divide(out, b, out=out)


def _when_columns(condition: Any, yes: Any, other: Any) -> Any:
    """The side taken, without a branch a row: a processor guesses those wrong, which costs more than both sides.

    Differences that pass 64 bits come back when the other side is added again.
    """
    if not isinstance(condition, np.ndarray):
        return yes if condition else other
    holds = condition if condition.dtype == bool else np.not_equal(condition, 0)
    if _is_zero(other):
        return np.multiply(yes, holds)
    if _is_zero(yes):
        return np.multiply(other, np.logical_not(holds))
    if _is_truth(yes) and _is_truth(other):
        return (holds & yes) | (other > holds)
    out = np.multiply(np.subtract(_number(yes), _number(other)), holds)
    return np.add(out, other, out=out)


def _is_zero(x: Any) -> bool:
    return not isinstance(x, np.ndarray) and x == 0


def _number(x: Any) -> Any:
    """A single truth as a number: NumPy takes no truth from truths."""
    return int(x) if isinstance(x, (bool, np.bool_)) else x


def _is_truth(x: Any) -> bool:
    return isinstance(x, np.ndarray) and x.dtype == bool


def _half_up_signed(a: int, b: int) -> int:
    return (a + b // 2) // b if a >= 0 else -((-a + b // 2) // b)


# half_up(a, b) is a / b with halves up; (a + b // 2) // b equals (2a + b) // 2b and needs half the bits.
half_up = _word("half_up", lambda a, b: (a + b // 2) // b, _half_up_columns)
half_up_signed = _word(
    "half_up_signed", _half_up_signed, lambda a, b: np.sign(a) * ((np.abs(a) + np.floor_divide(b, 2)) // b)
)
whole = _word("whole", operator.floordiv, operator.floordiv)
started = _word("started", lambda a, b: -(-a // b), lambda a, b: -(-a // b))
when = _word("when", lambda c, a, b: a if c else b, _when_columns)
least = _word("least", min, np.minimum)
greatest = _word("greatest", max, np.maximum)
no = _word("no", lambda a: not a, lambda a: np.equal(a, 0))  # not `~`: ~True is -2 for an int


def one_of(value: Any, *members: Any) -> Any:
    """Whether `value` equals one of the members."""
    out = value == members[0]
    for member in members[1:]:
        out = out | (value == member)
    return out


# Sets of the months of one year, bit 0 is January. They stay inside moves and their words; clauses see counts.
_COUNT = np.array([i.bit_count() for i in range(4096)], np.int64)
_WEIGHTS = np.array([sum(12 - m for m in range(12) if i >> m & 1) for i in range(4096)], np.int64)
joined = _word("joined", operator.or_, operator.or_)
shared = _word("shared", operator.and_, operator.and_)
without = _word("without", lambda a, b: a & ~b, lambda a, b: a & ~b)
months_in = _word("months_in", lambda a: int(_COUNT[a]), lambda a: _COUNT[a])
# The months that a contribution of each month of the set earns interest in its year: 12 for January, 1 for December.
month_weights = _word("month_weights", lambda a: int(_WEIGHTS[a]), lambda a: _WEIGHTS[a])

# The calendar: a day is a proleptic ordinal, a month is year * 12 + month - 1.
FIRST_DAY, FIRST_MONTH = date(EPOCH_YEAR, 1, 1).toordinal(), EPOCH_YEAR * 12
LAST_DAY, LAST_MONTH = date(LAST_YEAR, 1, 1).toordinal(), LAST_YEAR * 12
_DAY_ONE = np.array(
    [date(m // 12, m % 12 + 1, 1).toordinal() for m in range(FIRST_MONTH, LAST_MONTH + 1)], np.int64
)
_MONTH_OF = np.repeat(np.arange(FIRST_MONTH, LAST_MONTH), np.diff(_DAY_ONE))
_MONTH_OF = np.append(_MONTH_OF, LAST_MONTH)
month_of = _word("month_of", lambda d: int(_MONTH_OF[d - FIRST_DAY]), lambda d: _MONTH_OF[d - FIRST_DAY])
first_day = _word("first_day", lambda m: int(_DAY_ONE[m - FIRST_MONTH]), lambda m: _DAY_ONE[m - FIRST_MONTH])
year_of = _word("year_of", lambda m: m // 12, lambda m: m // 12)
first_month = _word("first_month", lambda y: y * 12, lambda y: y * 12)


def months_after(day: Any, months: Any) -> Any:
    """The same day of the month so many months later; where that month is too short, the first day of the next."""
    then = month_of(day) + months
    days_before = greatest(day - first_day(month_of(day)), 0)  # never negative, which intervals alone do not see
    return least(first_day(then) + days_before, first_day(then + 1))


def whole_months(start: Any, end: Any) -> Any:
    """Months complete from `start` up to `end`, which is not in: each runs up to the same day of the month after."""
    is_short = end - first_day(month_of(end)) < start - first_day(month_of(start))
    return month_of(end) - month_of(start) - when(is_short, 1, 0)


COMPOSED = frozenset({"months_after", "one_of", "whole_months"})  # written down as the words they are made of
WORDS = frozenset(OPERATIONS) - frozenset(BINARY.values()) | COMPOSED
