"""What the demo made: a few figures, and links to every statement and every fund's book.

It is the first page a newcomer opens, so it says what came out before it says how to ask for more.
"""

from __future__ import annotations

from dataclasses import dataclass

from wayfare.portals.language import BothLanguages, Language, Words
from wayfare.portals.page import Links, render
from wayfare.portals.statement import KeyFigure

__all__ = ["Command", "DemoIndex", "Entry", "index_page"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that was made: its name, what it tells, and where it is in each language."""

    name: BothLanguages
    tells: BothLanguages
    href: BothLanguages


@dataclass(frozen=True, slots=True)
class Command:
    """Something to type, and what it does."""

    text: str
    does: BothLanguages


@dataclass(frozen=True, slots=True)
class DemoIndex:
    """All that the index shows."""

    figures: tuple[KeyFigure, ...]
    statements: tuple[Entry, ...]
    books: tuple[Entry, ...]
    commands: tuple[Command, ...] = ()


def index_page(index: DemoIndex, language: Language, *, other_language: str) -> str:
    """The index as one self-contained HTML file; `other_language` is where its twin is."""
    words = Words(language)
    title = words.say("demo.title")
    return render("index.html.jinja", words=words, links=Links(other_language), title=title, index=index)
