"""A reason: one clause, and whether the facts met it.

The officer's screen, the letter and the API print this one object, so it carries the article and how binding it is, the
facts looked at, and by how much a number fell short. Reasons nest: a clause that joins others holds theirs as children.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from wayfare.kernel.errors import WayfareError
from wayfare.kernel.status import Rank, Status

__all__ = ["Reason", "ReasonRefused", "Shortfall"]


_ZH: Final[Mapping[str, str]] = {"Wayfare: reading of the record": "Wayfare 对记录的读法", "annex": "附件"}
"""What a clause cites in English words, in Chinese; texts of law keep their own title in every language."""


class ReasonRefused(WayfareError):
    """A reason names no clause, or its facts or children are not tuples of their kind."""

    code = "WF-KRN-011"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """By how much a value missed what a clause asks: short by 8 months, 112 found of the 120 asked."""

    short_by: str | int
    unit: str
    found: str | int | None = None
    asked: str | int | None = None

    def as_document(self) -> dict[str, Any]:
        document = {"short_by": self.short_by, "unit": self.unit, "found": self.found, "asked": self.asked}
        return {name: value for name, value in document.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Reason:
    """One clause applied to the facts.

    `clause` is the name of the value that the clause gives, or the article when there is no such name. `holds` is None
    when a missing fact leaves it open. `facts` are ids such as "insurance:2". `sentence` gives the words for people by
    language ("en", "zh"). Raises ReasonRefused.
    """

    clause: str
    holds: bool | None
    facts: tuple[str, ...] = ()
    source: str | None = None
    """The text of law by its number or title, 国办发〔2009〕66号."""
    article: str | None = None
    rank: Rank | None = None
    status: Status | None = None
    sentence: Mapping[str, str] = field(default_factory=dict, hash=False)
    shortfall: Shortfall | None = None
    children: tuple[Reason, ...] = ()
    more: int = 0
    """How many further rows of the same clause stand beside this one and are not told."""

    def __post_init__(self) -> None:
        if not isinstance(self.clause, str) or not self.clause:
            raise ReasonRefused("A reason names no clause.", next_step="Give the name of the value it decides.")
        # A bare string would pass as a tuple of its letters.
        for name, kind in (("facts", str), ("children", Reason)):
            held = getattr(self, name)
            if not isinstance(held, tuple) or not all(isinstance(item, kind) for item in held):
                raise ReasonRefused(
                    f"The {name} of the reason {self.clause} are {held!r}.",
                    next_step=f"Give a tuple of {'fact ids' if kind is str else 'reasons'}.",
                )

    def cited(self, language: str) -> tuple[str, str]:
        """The text and the article as they are cited in a language, empty where there is none."""
        text, article = self.source or "", (self.article or "").removeprefix("art. ")
        return (_ZH.get(text, text), _ZH.get(article, article)) if language == "zh" else (text, article)

    def walk(self) -> Iterator[Reason]:
        """This reason, then all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def as_document(self) -> dict[str, Any]:
        """The reason in the answer document; what it does not know is left out, except `holds`."""
        document: dict[str, Any] = {"clause": self.clause, "holds": self.holds}
        optional = {
            "facts": list(self.facts),
            "source": self.source,
            "article": self.article,
            "rank": self.rank.value if self.rank else None,
            "status": self.status.value if self.status else None,
            "sentence": dict(self.sentence),
            "shortfall": self.shortfall.as_document() if self.shortfall else None,
            "children": [child.as_document() for child in self.children],
            "more": self.more,
        }
        return document | {name: value for name, value in optional.items() if value}
