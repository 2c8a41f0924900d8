"""The lawful ways on for who has too few months at pension age, as a page shows them.

The law answers with a row for each way; here the open ones stand with what each asks, gives and loses. What a way
does not touch (no months to pay, nothing given up) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from wayfare.decisions.answer import Shown
from wayfare.kernel import Money, Month
from wayfare.portals.answers import WayOn, in_both
from wayfare.portals.language import BothLanguages, Words

__all__ = ["told_ways_on"]

_RESULTS: Final = ("way_months", "way_cost", "way_month", "way_pays_out", "way_loses_months", "way_loses_pooled")
_NOTHING: Final = frozenset({None, "0", "0.00"})


def told_ways_on(values: Mapping[str, Shown]) -> Iterator[WayOn]:
    """The open ways in the order of the law."""
    at = {name: {str(row["of"]): row["value"] for row in values[name].rows} for name in _RESULTS}
    for row in values["way_is_open"].rows:
        if row["value"] == "yes":
            way = str(row["of"])
            yield WayOn(_name(row), tuple(_results({name: at[name].get(way) for name in _RESULTS})))


def _name(row: Mapping[str, Any]) -> BothLanguages:
    """What the way is called, as the head of a box."""
    label = row["label"]
    return BothLanguages(label["en"][:1].upper() + label["en"][1:], label["zh"])


def _results(found: Mapping[str, str | None]) -> Iterator[tuple[BothLanguages, BothLanguages]]:
    """What the way comes to, each a word and a figure; what comes to nothing or is not known is left out."""
    is_paid_once = found["way_pays_out"] not in _NOTHING
    for name, value in found.items():
        if value is None or value in _NOTHING:
            continue
        word = "paid_month" if name == "way_month" and is_paid_once else name
        yield in_both(partial(_word, word)), in_both(partial(_figure, name, value))


def _word(name: str, words: Words) -> str:
    return words.say(f"answers.way_on.{name}")


def _figure(name: str, value: str, words: Words) -> str:
    if name == "way_month":
        return words.month(Month(value))
    return words.duration(int(value)) if name.endswith("months") else words.yuan(Money.yuan(value))
