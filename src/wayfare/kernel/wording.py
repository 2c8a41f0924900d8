"""How a sentence is filled, with the one rule for counted things that English needs and Chinese does not.

A slot with two words behind its colon gives the first where the value is one, else the second:
`{count:,} employer{count:|s} owe{count:s|}` is "1 employer owes" and "2 employers owe".
"""

from __future__ import annotations

from string import Formatter
from typing import Any

__all__ = ["filled"]


def filled(text: str, /, **values: object) -> str:
    """A sentence with its slots filled; a count may be written out. Raises KeyError for a slot left empty."""
    return _FORMATTER.vformat(text, (), values)


class _Counting(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" not in format_spec:
            return str(super().format_field(value, format_spec))
        one, many = format_spec.split("|")
        return one if str(value) == "1" else many


_FORMATTER = _Counting()
