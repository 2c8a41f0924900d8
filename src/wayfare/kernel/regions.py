"""The registry of places: every region code that is or ever was, with its names.

The current list has 34 provinces, 333 prefectures and 2,847 counties; the list of codes ever used goes back to 1980,
for identity numbers and old records keep the codes of their day. `data/SOURCES.md` says where both come from.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from wayfare.kernel.errors import WayfareError
from wayfare.kernel.month import Month
from wayfare.kernel.place import NATION, Place, PlaceLevel

__all__ = [
    "DatedName",
    "Region",
    "UnknownPlace",
    "codes_ever",
    "ever_known",
    "province_iso_letters",
    "province_short_name",
    "region",
    "regions",
]

_KINDS: Final = (
    # Chinese ending, syllables it takes in pinyin, English; the longer endings first.
    ("自治县", 3, " Autonomous County"),
    ("自治旗", 3, " Autonomous Banner"),
    ("区", 1, " District"),
    ("县", 1, " County"),
    ("旗", 1, " Banner"),
    ("市", 1, ""),
)


class UnknownPlace(WayfareError):
    """A place code has the right form but stands in no list of regions since 1980."""

    code = "WF-KRN-009"


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name that a code had, from the first dated list that shows it to the last."""

    name_zh: str
    first_seen: Month
    last_seen: Month


@dataclass(frozen=True, slots=True)
class Region:
    """A place that is or was, with its latest name; a parent is the next wider place, None for the nation.

    `name_en` is the established name for provinces and prefectures and pinyin for counties; for an abolished code it is
    its Chinese name, for no other is at hand.
    """

    place: Place
    name_zh: str
    name_en: str
    level: PlaceLevel
    parent: Place | None
    is_current: bool
    names: tuple[DatedName, ...] = ()
    """Its names over time, in the order in which each was last seen."""
    pinyin: str = ""
    """Its Chinese name in letters, a syllable for each character; empty for an abolished code."""


_NATION: Final = Region(NATION, "全国", "China", PlaceLevel.NATION, parent=None, is_current=True)


def regions() -> Mapping[Place, Region]:
    """The current registry, in the order of the codes."""
    return _current()


def region(place: Place | str) -> Region:
    """The region of a code, current or abolished; the nation too. Raises NotAPlace or UnknownPlace."""
    place = place if isinstance(place, Place) else Place(place)
    found = _NATION if place == NATION else _region(place.code)
    if found is None:
        raise UnknownPlace(
            f"No region has had the code {place} since 1980.",
            next_step="Check the six digits; the current codes are in wayfare/kernel/data/regions.csv.",
        )
    return found


def ever_known(code: object) -> bool:
    """Whether a place or a six-digit text is or was the code of a region; False, never an error, for anything else."""
    text = code.code if isinstance(code, Place) else code
    return isinstance(text, str) and text in codes_ever()


@cache
def codes_ever() -> frozenset[str]:
    """Every code in any list since 1980."""
    return frozenset(_names_of_codes())


def province_short_name(place: Place) -> str:
    """The one character that stands for the province a place lies in: 沪, 粤. Raises UnknownPlace."""
    return _province_row(place)["short_name"]


def province_iso_letters(place: Place) -> str:
    """The letters of the province a place lies in, after CN- in ISO 3166-2: SH, GD. Raises UnknownPlace."""
    return _province_row(place)["iso_letters"]


def _province_row(place: Place) -> Mapping[str, str]:
    found = _provinces().get(place.province.code)
    if found is None:
        raise UnknownPlace(
            f"{place} lies in no province.", next_step="Give the code of a province, or of a place within one."
        )
    return found


@cache
def _provinces() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in _rows("provinces.csv")}


@cache
def _names_of_codes() -> Mapping[str, list[dict[str, str]]]:
    """The rows of each code that ever was."""
    names: dict[str, list[dict[str, str]]] = {}
    for row in _rows("region_codes_ever.csv"):
        names.setdefault(row["code"], []).append(row)
    return names


@cache
def _current_rows() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in _rows("regions.csv")}


@cache
def _current() -> Mapping[Place, Region]:
    found = ((code, _region(code)) for code in _current_rows())
    return MappingProxyType({Place(code): each for code, each in found if each is not None})


@cache
def _region(code: str) -> Region | None:
    """The region of a code, made when it is asked for: most questions name a few of the seven thousand."""
    rows = _names_of_codes().get(code)
    if rows is None:
        return None
    dated = (DatedName(r["name_zh"], _list_month(r["first_snapshot"]), _list_month(r["last_snapshot"])) for r in rows)
    names = tuple(sorted(dated, key=lambda name: name.last_seen))
    current = _current_rows().get(code)
    return _abolished_region(Place(code), names) if current is None else _current_region(current, names)


def _abolished_region(place: Place, names: tuple[DatedName, ...]) -> Region:
    last_name = names[-1].name_zh
    return Region(place, last_name, last_name, place.level, place.parent, is_current=False, names=names)


def _current_region(row: Mapping[str, str], names: tuple[DatedName, ...]) -> Region:
    place = Place(row["code"])
    return Region(
        place,
        row["name_zh"],
        row["name_en"] or _english(row["name_zh"], row["pinyin"]),
        PlaceLevel(row["level"]),
        Place(row["parent_code"]) if row["parent_code"] else NATION,
        is_current=True,
        names=names,
        pinyin=row["pinyin"],
    )


def _english(name_zh: str, pinyin: str) -> str:
    """A county's name in letters: 南山区 is Nanshan District."""
    syllables = pinyin.split()
    for ending, length, english in _KINDS:
        if name_zh.endswith(ending) and len(syllables) > length:
            return _joined(syllables[:-length]) + english
    return _joined(syllables)


def _joined(syllables: list[str]) -> str:
    first, *rest = syllables
    return (first + "".join(f"'{each}" if each[0] in "aeo" else each for each in rest)).capitalize()


def _list_month(text: str) -> Month:
    return Month(f"{text[:4]}-{text[4:]}")


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (resources.files("wayfare.kernel") / "data" / name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())
