"""A place, by its six-digit code.

The code is that of GB/T 2260: two digits for the province, two for the prefecture, two for the county. A Place knows
only what its digits say; its names, and whether such a place exists, are in `regions`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wayfare.kernel.errors import WayfareError

__all__ = ["NATION", "NotAPlace", "Place", "PlaceLevel"]

_CODE = re.compile(r"[0-9]{6}")
_MUNICIPALITIES: Final = frozenset({"11", "12", "31", "50"})
_DIRECTLY_UNDER: Final = frozenset({"00", "90"})
"""The prefecture digits of counties that answer to the province itself; "00" only in Hainan from 1988 to 2001."""


class NotAPlace(WayfareError):
    """A text is not a place code: six digits of which the first two name a province, or 000000 for the nation."""

    code = "WF-KRN-008"


class PlaceLevel(StrEnum):
    """How wide a place is, the widest first."""

    NATION = "nation"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A place: `Place("440305")` is a district of Shenzhen; `Place("000000")` is the nation. Raises NotAPlace."""

    code: str

    def __post_init__(self) -> None:
        code = self.code
        ok = isinstance(code, str) and _CODE.fullmatch(code) is not None
        if not ok or (code[0] == "0" and code != "000000"):
            shown = repr(code)
            raise NotAPlace(
                f"{shown if len(shown) <= 40 else shown[:40] + '...'} is not a place code.",
                next_step='Give the six digits of GB/T 2260 as text, such as "440305" or "440000" for a province.',
            )

    @classmethod
    def numbered(cls, number: int) -> Place:
        """The place of a code held as a number, as in columns. Raises NotAPlace."""
        return cls(f"{number:06d}")

    @property
    def number(self) -> int:
        """The code as a number, as columns hold it."""
        return int(self.code)

    @property
    def level(self) -> PlaceLevel:
        if self.code == "000000":
            return PlaceLevel.NATION
        if self.code[2:] == "0000":
            return PlaceLevel.PROVINCE
        return PlaceLevel.PREFECTURE if self.code[4:] == "00" else PlaceLevel.COUNTY

    @property
    def province(self) -> Place:
        """The province it lies in, itself when it is one; the nation lies in itself."""
        return Place(self.code[:2] + "0000")

    @property
    def prefecture(self) -> Place | None:
        """The prefecture it lies in, or itself; None for a province, and for a county directly under one."""
        directly_under = self.code[:2] in _MUNICIPALITIES or self.code[2:4] in _DIRECTLY_UNDER
        if self.level in (PlaceLevel.NATION, PlaceLevel.PROVINCE) or directly_under:
            return None
        return Place(self.code[:4] + "00")

    @property
    def parent(self) -> Place | None:
        """The next wider place by its digits; None for the nation."""
        lineage = self.lineage
        return lineage[1] if len(lineage) > 1 else None

    @property
    def lineage(self) -> tuple[Place, ...]:
        """Itself and all that it lies in, narrowest first, up to the nation: the order in which law is looked up."""
        steps = (self, self.prefecture, self.province, NATION)
        return tuple(dict.fromkeys(place for place in steps if place is not None))

    def lies_in(self, other: Place) -> bool:
        """Whether it is the other place or a part of it."""
        return other in self.lineage

    def __str__(self) -> str:
        return self.code


NATION: Final = Place("000000")
"""The whole country, the place of national law."""
