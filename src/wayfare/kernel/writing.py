"""Slips of the keyboard in typed numbers: spaces, hyphens, full-width characters, small letters.

A number has one standard writing, so that records join on it. What a person typed otherwise is looked through and
named, and the standard writing is offered.
"""

from __future__ import annotations

import string
from typing import Final

__all__ = ["FULL_WIDTH", "SEPARATORS", "is_oddly_written", "standard_writing"]

SEPARATORS: Final = " \t\n\r\v\f-\u00a0\u2009\u200b\u2010\u2011\u2013\u3000\ufeff"
_PLAIN: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
FULL_WIDTH: Final = "".join(chr(ord(character) + 0xFEE0) for character in _PLAIN)

_STANDARD: Final = str.maketrans(
    FULL_WIDTH + string.ascii_lowercase, _PLAIN.upper() + string.ascii_uppercase, SEPARATORS
)
_ODD: Final = frozenset(SEPARATORS + FULL_WIDTH)


def is_oddly_written(text: str, *, lower_case: str) -> bool:
    """Whether the text has separators, full-width characters, or small letters that its standard writes large."""
    return not (_ODD.isdisjoint(text) and set(lower_case).isdisjoint(text))


def standard_writing(text: str) -> str:
    """The text without separators, in plain characters and capital letters."""
    return text.translate(_STANDARD)
