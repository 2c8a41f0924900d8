"""What an answer assumed, in sentences: a line for each fact and for each kind of figure, not one for each value.

A pension may rest on two hundred assumed values, most of them one series of yearly figures. The answer itself lists
each one; a person reads which facts and which series those are, of which place and years, and between which values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from wayfare.kernel import Place
from wayfare.portals.answers import in_both
from wayfare.portals.language import BothLanguages, Words

__all__ = ["assumed_sentences", "value_label"]

_PLACE: Final = re.compile(r"\d{6}")
_YEAR: Final = re.compile(r"(19|20|21)\d\d")

PARTS_MOST: Final = 6
"""How many parts of one fact are named; of one with more, the whole of it was assumed."""

Items = list[Mapping[str, Any]]


def assumed_sentences(
    items: Iterable[Mapping[str, Any]], names: Mapping[str, BothLanguages]
) -> tuple[BothLanguages, ...]:
    """The items that an answer lists as assumed, as sentences; `names` says what its facts are called.

    An item has a `name`, a `value` and a `unit`, and either the `fact` it is a part of or what the figure is `for`.
    """
    facts: dict[str, Items] = {}
    figures: dict[tuple[str, str], Items] = {}
    for item in items:
        if "fact" in item:
            facts.setdefault(str(item["fact"]), []).append(item)
        else:
            figures.setdefault((str(item["name"]), _place(item)), []).append(item)
    return (
        *(in_both(partial(_fact, fact, of, names)) for fact, of in facts.items()),
        *(in_both(partial(_figure, name, place, of)) for (name, place), of in figures.items()),
    )


def _fact(fact: str, items: Items, names: Mapping[str, BothLanguages], words: Words) -> str:
    said = names[fact].within(words.language) if fact in names else fact
    parts = dict.fromkeys(value_label(str(item["name"]), words, item.get("label", {})) for item in items)
    if len(parts) > PARTS_MOST:
        return words.say("assumed.whole_fact", fact=said)
    return words.say("assumed.fact", fact=said, parts=words.listed(list(parts)))


def _figure(name: str, place: str, items: Items, words: Words) -> str:
    meant = [str(value) for item in items for value in item.get("for", {}).values()]
    years = sorted(value for value in meant if _YEAR.fullmatch(value))
    form = f"{'place' if place else 'nation'}_{('year' if years[0] == years[-1] else 'years') if years else 'any'}"
    return words.say(
        f"assumed.{form}",
        what=value_label(name, words, items[0].get("label", {})),
        place=words.place(Place(place)) if place else "",
        first=years[0] if years else "",
        last=years[-1] if years else "",
        values=_values(items, words),
    )


def _values(items: Items, words: Words) -> str:
    """The value, or the least and the greatest, with the unit."""
    values = sorted({str(item["value"]) for item in items}, key=lambda text: (len(text.partition(".")[0]), text))
    key = f"unit_of.{str(items[0]['unit']).replace('/', '_')}"
    unit = words.say(key) if words.says(key) else str(items[0]["unit"])
    form = "one" if len(values) == 1 else "range"
    return words.say(f"assumed.values.{form}", least=values[0], greatest=values[-1], unit=unit)


def _place(item: Mapping[str, Any]) -> str:
    """The place that a figure is for, as a code; empty when it is for none."""
    found = (str(value) for value in item.get("for", {}).values() if _PLACE.fullmatch(str(value)))
    return next(found, "")


def value_label(name: str, words: Words, label: Mapping[str, str] = MappingProxyType({})) -> str:
    """What a value of the law is called: in the catalogue, else by its own label, else by its name."""
    key = f"value.{name}"
    return words.say(key) if words.says(key) else label.get(words.language.value) or name.replace("_", " ")
