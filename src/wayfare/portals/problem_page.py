"""The page of a refusal: what happened, in words, what to do now, and the number under which we can find it."""

from __future__ import annotations

from wayfare.kernel import WayfareError
from wayfare.portals.language import Language, Words
from wayfare.portals.page import Links, render

__all__ = ["problem_page"]

_TOLD = {404: "not_found", 405: "not_found", 413: "too_large", 429: "busy", 500: "fault", 503: "busy"}


def problem_page(language: str, *, status: int, told: WayfareError, number: str) -> str:
    """The page in a language, by its two letters."""
    words = Words(Language(language))
    kind = _TOLD.get(status, "refused")
    return render(
        "problem.html.jinja", words=words, links=Links(), title=words.say(f"problem.{kind}.title"), served=True,
        kind=kind, told=told, number=number,
    )  # fmt: skip
