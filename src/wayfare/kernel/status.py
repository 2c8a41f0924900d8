"""How sure a value is.

Every value has exactly one status. In mode decision only `official` and `verified` count; in mode estimate the others
may be used, and the answer lists each one that was.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Mode", "Rank", "Status"]


class Status(StrEnum):
    """How sure a value is, from the surest to the least."""

    OFFICIAL = "official"
    VERIFIED = "verified"
    RECALLED = "recalled"
    DERIVED = "derived"
    ASSUMED = "assumed"
    HYPOTHETICAL = "hypothetical"

    @property
    def decides(self) -> bool:
        """Whether a decision may rest on it."""
        return self in (Status.OFFICIAL, Status.VERIFIED)


class Mode(StrEnum):
    """A decision binds and rests on sure values only; an estimate may fill gaps and says with what."""

    DECISION = "decision"
    ESTIMATE = "estimate"


class Rank(StrEnum):
    """How binding a source is, the strongest first."""

    LAW = "law"
    REGULATION = "regulation"
    RULE = "rule"
    OPINION = "opinion"
    PRACTICE = "practice"
