"""A place by what somebody types: Chinese, pinyin or English, alone or with the places it lies in.

"阜南", "安徽阜南县", "funan", "Funan County, Anhui" and "341225" all find the same county. A name that several
places have finds them all, and the page asks which one is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import permutations
from typing import Final

from wayfare.kernel import Place, PlaceLevel, ever_known, region, regions
from wayfare.portals.language import Language, Words

__all__ = ["CHOICES_MOST", "Found", "find_places"]

CHOICES_MOST: Final = 12
"""How many places are offered to choose from; of a name that more places have, the wider ones."""

_CLOSE: Final = 0.8
"""How alike two names in letters must be for one to be offered in place of the other, of 1."""

_LEVELS: Final = (PlaceLevel.PROVINCE, PlaceLevel.PREFECTURE, PlaceLevel.COUNTY)
_KINDS_ZH: Final = re.compile(r"(特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市|区|县|旗|盟|地区)$")
_KINDS_EN: Final = re.compile(r"\b(autonomous|county|district|city|province|prefecture|banner|municipality)\b")


@dataclass(frozen=True, slots=True)
class Found:
    """The places of a name: `one` when it is certain, `choices` when it has to be asked which."""

    one: Place | None = None
    choices: tuple[Place, ...] = ()
    more: bool = False
    """Whether further places have the name, which only a wider name beside it would find."""


def find_places(typed: str) -> Found:
    """The place that is meant, or those that may be meant, the wider first; neither for a name that is not known."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if re.fullmatch(r"\d{6}", text):
        return Found(Place(text)) if ever_known(text) else Found()
    key = _key(text)
    if not key:
        return Found()
    exact = [place for place, names in _names().items() if any(_is_meant(key, place, name) for name in names)]
    begun = exact or [place for place, names in _names().items() if any(name.startswith(key) for name in names)]
    return _found(begun or list(_alike(key)))


def _found(places: list[Place]) -> Found:
    ordered = sorted(places, key=lambda place: (_LEVELS.index(place.level), place.code))
    # A province is meant before a district of the same name; a city is not, for many people live in such a district.
    if len(ordered) == 1 or [place.level for place in ordered[:2]] == [PlaceLevel.PROVINCE, PlaceLevel.COUNTY]:
        return Found(ordered[0])
    return Found(None, tuple(ordered[:CHOICES_MOST]), len(ordered) > CHOICES_MOST)


def _is_meant(key: str, place: Place, name: str) -> bool:
    """Whether the text is this name, alone or before or after the names of what the place lies in."""
    if key == name:
        return True
    if key.startswith(name) and key[len(name) :] in _wider(place):
        return True
    return key.endswith(name) and key[: -len(name)] in _wider(place)


@cache
def _wider(place: Place) -> frozenset[str]:
    """What may stand beside a place's name: the names of its city, its province, or both."""
    above = [wider for wider in place.lineage[1:-1] if wider in _names()]
    orders = [order for length in (1, 2) for order in permutations(above, length)]
    return frozenset(text for order in orders for text in _joined(list(order)))


def _joined(places: list[Place]) -> Iterator[str]:
    first, *rest = places
    for name in _names()[first]:
        yield from (name + tail for tail in (_joined(rest) if rest else [""]))


@cache
def _names() -> Mapping[Place, frozenset[str]]:
    """What every place that is may be called, as `_key` writes it."""
    return {place: frozenset(filter(None, map(_key, _spelt(place)))) for place in regions()}


def _spelt(place: Place) -> Iterator[str]:
    found = region(place)
    everyday = _KINDS_ZH.sub("", found.name_zh) if len(found.name_zh) > 2 else found.name_zh
    syllables = found.pinyin.split()
    yield from (found.name_zh, everyday, found.name_en, "".join(syllables), "".join(syllables[: len(everyday)]))
    yield from (Words(language).own_name(place) for language in Language)


def _alike(key: str) -> Iterator[Place]:
    """Places whose name in letters is nearly the one typed."""
    near = get_close_matches(key, _letters(), n=CHOICES_MOST, cutoff=_CLOSE) if key.isascii() else []
    yield from dict.fromkeys(place for name in near for place in _letters()[name])


@cache
def _letters() -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for place, names in _names().items():
        for name in names:
            if name.isascii():
                found[name] = (*found.get(name, ()), place)
    return found


def _key(text: str) -> str:
    """The text without case, accents, marks, spaces and the English words for kinds of place."""
    plain = "".join(each for each in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(each))
    bare = "".join(each for each in _KINDS_EN.sub(" ", plain) if each.isalnum())
    return bare or "".join(each for each in plain if each.isalnum())
