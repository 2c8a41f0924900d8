"""The words of a page in one language: whole sentences, places, months, spans of time and money.

Sentences live in `text/*.yaml`, for each language files with the same keys, and are never joined from parts. What is
written differently in each language (a month, a list, an amount) is written here, so that a page only names it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

import yaml

from wayfare.kernel import (
    HALF_UP,
    Language,
    Money,
    Month,
    Place,
    PlaceLevel,
    province_iso_letters,
    province_short_name,
    region,
    regions,
    rounded_quotient,
)
from wayfare.portals.errors import SlotEmpty, TextMissing

__all__ = ["BothLanguages", "Language", "Words", "catalogue"]

_MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_SMALL: Final = {
    "en": "zero one two three four five six seven eight nine".split(),  # noqa: SIM905
    "zh": "零 一 两 三 四 五 六 七 八 九".split(),  # noqa: SIM905
}
NO_BREAK: Final = "\u00a0"
"""The space inside a month, a span or a sum, at which no line breaks."""

_FORMAL_ENDINGS: Final = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市")


@dataclass(frozen=True, slots=True)
class BothLanguages:
    """One text, written in both languages."""

    en: str
    zh: str

    def within(self, language: Language) -> str:
        """The text in that language."""
        return self.zh if language is Language.CHINESE else self.en


class Words:
    """How one language says things. `Words(Language.CHINESE).duration(52)` is 4年4个月."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._zh = language is Language.CHINESE

    def say(self, key: str, **slots: object) -> str:
        """The sentence of that key with its slots filled. Raises TextMissing and SlotEmpty."""
        sentence = catalogue(self.language).get(key)
        if sentence is None:
            raise TextMissing(
                f"The catalogue {self.language.value} has no sentence {key!r}.",
                next_step=f"Add it to portals/text/{self.language.value}.yaml, and to the other language's file.",
            )
        try:
            return sentence.format_map(slots)
        except KeyError as missing:
            raise SlotEmpty(
                f"The sentence {key!r} has a slot {missing.args[0]!r} that was given no value.",
                next_step="Pass the slot by its name, or take it out of the sentence in both languages.",
            ) from None

    def says(self, key: str) -> bool:
        """Whether the catalogue has the sentence."""
        return key in catalogue(self.language)

    def count(self, key: str, number: int, **slots: object) -> str:
        """The sentence for so many: `key.none`, `key.one` or `key.many`, with the number in words as a slot.

        The slot is `number`, or `Number` where the sentence begins with it.
        """
        form, said = {0: "none", 1: "one"}.get(number, "many"), self.number(number)
        return self.say(f"{key}.{form}", number=said, Number=said.capitalize(), **slots)

    def number(self, number: int) -> str:
        """A count: in words below ten, else in figures."""
        small = _SMALL[self.language.value]
        return small[number] if 0 <= number < len(small) else f"{number:,}"

    def listed(self, items: Sequence[str]) -> str:
        """Items in a row: "a, b and c", a、b和c."""
        if len(items) < 2:
            return "".join(items)
        *first, last = items
        return f"{'、'.join(first)}和{last}" if self._zh else f"{', '.join(first)} and {last}"

    def month(self, month: Month) -> str:
        """A month: March 2019, 2019年3月."""
        return f"{month.year}年{month.number}月" if self._zh else f"{_MONTHS[month.number - 1]}{NO_BREAK}{month.year}"

    def day(self, day: date) -> str:
        """A day: 1 March 2019, 2019年3月1日."""
        if self._zh:
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day}{NO_BREAK}{_MONTHS[day.month - 1]}{NO_BREAK}{day.year}"

    def duration(self, months: int) -> str:
        """A span of months in years and months, never decimals: 4 years 4 months, 4年4个月."""
        years, rest = divmod(months, 12)
        if self._zh:
            parts = [f"{years}年" * bool(years), f"{rest}个月" * (bool(rest) or not years)]
            return "".join(parts)
        parts = [_plural(years, "year")] * bool(years) + [_plural(rest, "month")] * (bool(rest) or not years)
        return " ".join(parts)

    def short_duration(self, months: int) -> str:
        """A span of months for inside a bar: 4 y 4 m, 4年4个月."""
        if self._zh:
            return self.duration(months)
        years, rest = divmod(months, 12)
        if not years or not rest:
            return self.duration(months)
        return NO_BREAK.join((str(years), "y", str(rest), "m"))

    def cents(self, money: Money) -> str:
        """An amount for a table, in yuan with two decimals and a true minus: 1,864.30."""
        whole, part = divmod(abs(money.amount_fen), 100)
        return f"{'−' * (money.amount_fen < 0)}{whole:,}.{part:02d}"

    def yuan(self, money: Money) -> str:
        """An amount for a sentence, in whole yuan rounded half up: 1,864 yuan, 1,864元."""
        whole = rounded_quotient(abs(money.amount_fen), 100, HALF_UP)
        return f"{'−' * (money.amount_fen < 0 and whole > 0)}{whole:,}{'元' if self._zh else NO_BREAK + 'yuan'}"

    def province(self, place: Place) -> str:
        """The everyday name of the province of a place: Guangdong, 广东."""
        found = region(place.province)
        return _everyday(found.name_zh) if self._zh else found.name_en

    def place(self, place: Place) -> str:
        """A place with the province it lies in: Funan County, Anhui; 安徽阜南县; a district with its city too."""
        wider = [self.province(place)] if place.level not in (PlaceLevel.PROVINCE, PlaceLevel.NATION) else []
        return self._nested(self.place_in_city(place), wider)

    def place_in_city(self, place: Place) -> str:
        """A district with the city it lies in, 深圳福田区; another place by its own name."""
        city = place.prefecture if place.level is PlaceLevel.COUNTY else None
        is_district = region(place).name_zh.endswith("区")
        return self._nested(self.own_name(place), [self.own_name(city)] if city and is_district else [])

    def own_name(self, place: Place) -> str:
        """The name of a place alone: Funan County, 阜南县."""
        if place.level is PlaceLevel.PROVINCE:
            return self.province(place)
        found = region(place)
        if not self._zh:
            return _name_in_letters(place)
        return found.name_zh.removesuffix("市") if len(found.name_zh) > 2 else found.name_zh

    def short_name(self, place: Place) -> str:
        """The name of a place without what kind of place it is: Funan, 阜南."""
        name = self.own_name(place)
        if self._zh:
            return name[:-1] if len(name) > 2 and name[-1] in "县区" else name
        return name.removesuffix(" County").removesuffix(" District")

    def _nested(self, narrow: str, wider: Sequence[str]) -> str:
        return "".join([*wider, narrow]) if self._zh else ", ".join([narrow, *wider])

    def letters(self, place: Place) -> str:
        """What stands for a province on a badge: GD (ISO 3166-2), 粤."""
        return province_short_name(place) if self._zh else province_iso_letters(place)


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Every sentence of a language, by its dotted key: of `en.yaml` and of files such as `guest.en.yaml` beside it."""
    folder = resources.files("wayfare.portals") / "text"
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(f"{language.value}.yaml"))
    trees = (yaml.safe_load((folder / name).read_text(encoding="utf-8")) for name in names)
    return MappingProxyType(dict(pair for tree in trees for pair in _flat(tree, "")))


def _flat(tree: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in tree.items():
        key = f"{prefix}{name}"
        pairs += _flat(value, f"{key}.") if isinstance(value, dict) else [(key, str(value))]
    return pairs


def _plural(number: int, unit: str) -> str:
    return f"{number}{NO_BREAK}{unit}{'s' * (number != 1)}"


@cache
def _name_in_letters(place: Place) -> str:
    """The English name; for an abolished code that has none, its successor's of the same stem, or the wider place's."""
    found = region(place)
    if found.name_en != found.name_zh:
        return found.name_en
    stem = found.name_zh[:-1]
    same = (each for each in regions().values() if each.place.lies_in(place.lineage[1]) and each.name_zh[:-1] == stem)
    successor = next(same, None)
    return successor.name_en if successor else _name_in_letters(place.lineage[1])


def _everyday(name_zh: str) -> str:
    for ending in _FORMAL_ENDINGS:
        if name_zh.endswith(ending):
            return name_zh.removesuffix(ending)
    return name_zh
