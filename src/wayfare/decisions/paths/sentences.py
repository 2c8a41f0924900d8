"""What paths, warnings and turnings say to people, English and Chinese; each language is written for itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from wayfare.kernel import Money, Month, Place, PlaceLevel, region
from wayfare.law.load import read_yaml

__all__ = ["place_name", "say", "sentences"]

Label = Mapping[str, str]


@cache
def sentences() -> Mapping[str, Mapping[str, Label]]:
    """The texts of `sentences.yaml` by kind and name. Raises BadRulebook."""
    found: Mapping[str, Mapping[str, Label]] = read_yaml(Path(__file__).with_name("sentences.yaml"))
    return found


def say(kind: str, name: str, **slots: object) -> Label:
    """A text by its kind (directions, warnings, turnings, notes) and name, with its slots filled."""
    return said(sentences()[kind][name], **slots)


def said(text: Label, **slots: object) -> Label:
    """A text with its slots filled in each language: places by their names, months and money as people write them."""
    return {
        language: pattern.format(**{name: _word(x, language) for name, x in slots.items()})
        for language, pattern in text.items()
    }


def place_name(place: Place, language: str) -> str:
    """The name of a place; a county with its province, for few know all counties."""
    of, province = region(place), region(place.province)
    is_county = place.level is PlaceLevel.COUNTY
    if language == "zh":
        return f"{province.name_zh}{of.name_zh}" if is_county else of.name_zh
    return f"{of.name_en} ({province.name_en})" if is_county else of.name_en


def _word(x: object, language: str) -> str:
    if isinstance(x, Place):
        return place_name(x, language)
    if isinstance(x, Month):
        return f"{x.year}年{x.number}月" if language == "zh" else str(x)
    return f"{x}" if isinstance(x, Money) else str(x)
