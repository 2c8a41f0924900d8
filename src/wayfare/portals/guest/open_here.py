"""What is open to a person at a place: each service with its state, its next step, and who has to answer."""

from __future__ import annotations

from typing import Any

from wayfare.facts import Document
from wayfare.portals.guest.visit import Visit

__all__ = ["open_context"]

ALL = "services.all"


def open_context(visit: Visit, document: Document) -> dict[str, Any]:
    """What the page of open services shows."""
    field = visit.form.place("place", visit.words)
    return {"place": field, "is_known": ALL in visit.law.questions, "title": visit.words.say("guest.open.title_nowhere")}
