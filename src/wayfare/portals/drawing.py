"""SVG from values: shapes with their geometry in attributes and their colour in classes, and how wide words are.

Every text is escaped here, once. The width of words is estimated from the classes of their characters, a little
generously, so that what is said to fit does fit in any of the system's fonts.
"""

from __future__ import annotations

from typing import Final
from unicodedata import east_asian_width

from markupsafe import Markup, escape

__all__ = ["TEXT_SIZE", "Drawing", "text_width"]

TEXT_SIZE: Final = 14
"""The size of words in the picture, in its own units, which are pixels at full width."""

_NARROW: Final = frozenset("iljtfrI.,'’:;|!()[]· -\u00a0")
_WIDE: Final = frozenset("mwMW%@")


def text_width(words: str) -> float:
    """About how many units the words take at 14 px, rather more than less."""
    return sum(_character_width(character) for character in words)


def _character_width(character: str) -> float:
    if east_asian_width(character) in "WF":
        return float(TEXT_SIZE)
    if character in _NARROW:
        return 4.9
    if character in _WIDE:
        return 12.2
    return 9.6 if character.isupper() else 8.0


class Drawing:
    """A growing list of shapes; what is added later lies above."""

    def __init__(self) -> None:
        self._parts: list[Markup] = []

    def add(self, tag: str, words: str | None = None, **attributes: object) -> None:
        """A shape. Numbers get one decimal; `class_` is written class, and `text_anchor` text-anchor."""
        pairs = (
            Markup(' {}="{}"').format(name.rstrip("_").replace("_", "-"), _written(value))
            for name, value in attributes.items()
            if value is not None
        )
        opening = Markup("<{}{}").format(Markup(tag), Markup("").join(pairs))
        if words is None:
            self._parts.append(opening + Markup("/>"))
        else:
            self._parts.append(opening + Markup(">") + escape(words) + Markup("</{}>").format(Markup(tag)))

    def rect(self, class_: str, x: float, y: float, width: float, height: float, rx: float = 0) -> None:
        """A rectangle with corners of radius `rx`."""
        self.add("rect", class_=class_, x=x, y=y, width=width, height=height, rx=rx or None)

    def line(self, class_: str, x1: float, y1: float, x2: float, y2: float) -> None:
        """A straight line."""
        self.add("line", class_=class_, x1=x1, y1=y1, x2=x2, y2=y2)

    def text(self, words: str, x: float, y: float, class_: str = "t", anchor: str | None = None) -> None:
        """Words with their baseline at y; `anchor` is middle or end, else they start at x."""
        self.add("text", words, class_=class_, x=x, y=y, text_anchor=anchor)

    def path(self, class_: str, d: str) -> None:
        """A free path."""
        self.add("path", class_=class_, d=d)

    def disc(self, number: int, x: float, y: float) -> None:
        """The disc of an event, with its number."""
        self.add("circle", class_="num", cx=x, cy=y, r=11)
        self.text(str(number), x, y + 4.6, "t-n", "middle")

    def markup(self) -> Markup:
        """Everything drawn so far."""
        return Markup("").join(self._parts)


def _written(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
