"""Money in whole fen, and exact rates.

An amount is an integer number of fen, so adding never loses anything. A rate is an exact decimal built from text. Only
multiplying can leave a part of a fen, and whoever multiplies names the rounding that the law asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Final

from wayfare.kernel.errors import WayfareError

__all__ = [
    "HALF_UP",
    "STARTED",
    "WHOLE",
    "Money",
    "NotARate",
    "NotMoney",
    "Rate",
    "Rounding",
    "SplitRefused",
    "rounded_quotient",
]

_FEN_IN_A_YUAN: Final = 100
_SHOWN: Final = 40  # how much of a refused text a message repeats

# Sixteen digits of yuan are the most whose fen still fit a 64-bit column.
_YUAN = re.compile(r"(-?)([0-9]{1,16})(?:\.([0-9]{1,2}))?")
_RATE = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")


class NotMoney(WayfareError):
    """A text or value is not an amount of money in yuan with at most two decimals, or not a whole number of fen."""

    code = "WF-KRN-001"


class NotARate(WayfareError):
    """A text is not an exact decimal rate such as "0.12"."""

    code = "WF-KRN-002"


class SplitRefused(WayfareError):
    """The weights of a split are not whole numbers of at least zero with at least one above it."""

    code = "WF-KRN-003"


class Rounding(StrEnum):
    """How a part of a unit becomes a whole one.

    HALF_UP rounds the absolute value, a half upwards, and keeps the sign: -0.5 becomes -1, so that a correction undoes
    exactly what it corrects. WHOLE counts completed units only (floor, towards minus infinity). STARTED counts each
    unit begun (ceiling, towards plus infinity).
    """

    HALF_UP = "half_up"
    WHOLE = "whole"
    STARTED = "started"


HALF_UP: Final = Rounding.HALF_UP
WHOLE: Final = Rounding.WHOLE
STARTED: Final = Rounding.STARTED


def rounded_quotient(dividend: int, divisor: int, rounding: Rounding) -> int:
    """`dividend / divisor` in whole units; the divisor is positive."""
    if rounding is Rounding.WHOLE:
        return dividend // divisor
    if rounding is Rounding.STARTED:
        return -(-dividend // divisor)
    size = (2 * abs(dividend) + divisor) // (2 * divisor)
    return size if dividend >= 0 else -size


@dataclass(frozen=True, order=True, init=False, slots=True)
class Rate:
    """An exact share or factor, such as `Rate("0.12")` for twelve in a hundred; "0.1" and "0.10" are the same rate."""

    value: Decimal

    def __init__(self, text: str) -> None:
        """Raises NotARate for anything but plain decimal text of at most 18 digits on either side of the point."""
        if not isinstance(text, str) or _RATE.fullmatch(text) is None:
            raise NotARate(
                f"{_shown(text)} is not a rate.",
                next_step='Write it as decimal text, such as "0.12"; a float or a percent sign is not taken.',
            )
        object.__setattr__(self, "value", Decimal(text))

    @classmethod
    def basis_points(cls, points: int) -> Rate:
        """The rate of so many ten-thousandths: 1200 is 0.12. Raises NotARate when `points` is not a whole number."""
        if not _is_whole(points):
            raise NotARate(f"{_shown(points)} is not a number of basis points.", next_step="Give a whole number.")
        sign, size = "-" if points < 0 else "", abs(points)
        return cls(f"{sign}{size // 10_000}.{size % 10_000:04d}")

    def __str__(self) -> str:
        return f"{self.value:f}"

    def __repr__(self) -> str:
        return f"Rate({str(self)!r})"


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount in fen, owed or held; negative amounts are lawful.

    Raises NotMoney when the amount is not an int, for a float has already lost what a fund must account for.
    """

    amount_fen: int

    ZERO: ClassVar[Money]

    def __post_init__(self) -> None:
        if not _is_whole(self.amount_fen):
            raise NotMoney(
                f"{_shown(self.amount_fen)} is not a whole number of fen.",
                next_step='Give an int, or use Money.yuan with text such as "61200.00".',
            )

    @classmethod
    def fen(cls, amount: int) -> Money:
        """So many fen."""
        return cls(amount)

    @classmethod
    def yuan(cls, text: str) -> Money:
        """The amount written in yuan: `"61200.00"`, `"-5"`, `"0.3"`. Raises NotMoney for anything else."""
        found = _YUAN.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            raise NotMoney(
                f"{_shown(text)} is not an amount in yuan.",
                next_step='Write it as text with at most two decimals, such as "61200.00"; no float, sign + or comma.',
            )
        sign, whole, part = found.groups(default="")
        size = int(whole) * _FEN_IN_A_YUAN + int(part.ljust(2, "0"))
        return cls(-size if sign else size)

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        """The sum of the amounts; nothing sums to zero."""
        return cls(sum(amount.amount_fen for amount in amounts))

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.amount_fen + other.amount_fen)

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.amount_fen - other.amount_fen)

    def __neg__(self) -> Money:
        return Money(-self.amount_fen)

    def __bool__(self) -> bool:
        return self.amount_fen != 0

    def times(self, rate: Rate, *, rounding: Rounding) -> Money:
        """The amount times an exact rate, brought to whole fen by the rounding that the caller's clause asks for."""
        numerator, denominator = rate.value.as_integer_ratio()
        return Money(rounded_quotient(self.amount_fen * numerator, denominator, rounding))

    def split(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """Parts in proportion to the weights, in their order, adding up to the whole.

        Each part first gets its completed fen; the fen left over go one each to the largest remainders, and among equal
        remainders to the earlier part. A negative amount is split as its absolute value. Raises SplitRefused.
        """
        weight_sum = _weight_sum(weights)
        size = abs(self.amount_fen)
        shares = [divmod(size * weight, weight_sum) for weight in weights]
        left_over = size - sum(share for share, _ in shares)
        by_remainder = sorted(range(len(shares)), key=lambda part: -shares[part][1])
        rounded_up = frozenset(by_remainder[:left_over])
        sign = -1 if self.amount_fen < 0 else 1
        return tuple(Money(sign * (share + (part in rounded_up))) for part, (share, _) in enumerate(shares))

    def __str__(self) -> str:
        whole, part = divmod(abs(self.amount_fen), _FEN_IN_A_YUAN)
        return f"{'-' if self.amount_fen < 0 else ''}{whole}.{part:02d}"

    def __repr__(self) -> str:
        return f"Money.yuan({str(self)!r})"


def _weight_sum(weights: Sequence[int]) -> int:
    weight_sum = 0
    for weight in weights:
        if not _is_whole(weight) or weight < 0:
            raise SplitRefused(
                f"{_shown(weight)} is not a weight of a split.", next_step="Give whole numbers of at least zero."
            )
        weight_sum += weight
    if weight_sum == 0:
        raise SplitRefused(
            "A split needs a weight above zero, and there is none.", next_step="Say who takes a part and how much."
        )
    return weight_sum


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _shown(value: object) -> str:
    text = repr(value) if not isinstance(value, int) or value.bit_length() < 200 else "a very large number"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


Money.ZERO = Money(0)
