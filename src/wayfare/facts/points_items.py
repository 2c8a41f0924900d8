"""The items that only points tables ask for: amounts that nothing else in the document states, and conduct.

What the record already says (age, education, skills, insured years, homes) is never asked again here. An item of the
table that is not listed is not there: its amount is nought.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from wayfare.facts import errors
from wayfare.facts.bounds import EVIDENCE_MOST
from wayfare.facts.items import Item
from wayfare.facts.values import Day, refused, shown
from wayfare.facts.vocabulary import ConductKind, PointsEvidence

__all__ = ["Conduct", "Evidence"]

_AMOUNT: Final = "[0-9]{1,9}(\\.[0-9]{1,2})?"


def _amount(value: object) -> Decimal:
    """A whole number or decimal text: years, months, hours, yuan or times, as the item counts."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # JSON and its schema have one kind of number: 3.0 is 3.
    text = str(value) if type(value) is int else value
    if not isinstance(text, str) or re.fullmatch(_AMOUNT, text) is None:
        raise refused(
            errors.NotANumber,
            f"{shown(value)} is not an amount.",
            next_step='Write a whole number, or text with at most two decimals, as in "3".',
        )
    return Decimal(text)


def _plain(amount: Decimal) -> str:
    whole = amount.to_integral_value()
    return str(whole if amount == whole else amount.normalize())


_SHAPE: Final[dict[str, Any]] = {
    "anyOf": [
        {"type": "string", "pattern": f"^{_AMOUNT}$"},
        {"type": "integer", "minimum": 0, "maximum": EVIDENCE_MOST},
    ]
}
Amount = Annotated[Decimal, PlainValidator(_amount), PlainSerializer(_plain, return_type=str), WithJsonSchema(_SHAPE)]


class Evidence(Item):
    """What a person can show for an item of a points table; only whole units of it count."""

    item: PointsEvidence
    amount: Amount


class Conduct(Item):
    """Something that a points table takes points off for, or refuses for, on the day it was found or decided."""

    kind: ConductKind
    on: Day
