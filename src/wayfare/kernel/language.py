"""The languages that Wayfare speaks to people in: pages, answers, reports, letters."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Language"]


class Language(StrEnum):
    """A language in which everything for people is written."""

    ENGLISH = "en"
    CHINESE = "zh"

    @property
    def tag(self) -> str:
        """The tag of the language in HTML and in file names."""
        return "zh-Hans" if self is Language.CHINESE else "en"

    @property
    def other(self) -> Language:
        """The language that a page's language link leads to."""
        return Language.ENGLISH if self is Language.CHINESE else Language.CHINESE
