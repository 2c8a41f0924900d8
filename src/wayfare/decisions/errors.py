"""The errors of asking: a question nobody answers, a value that cannot be given, a replay under another law."""

from __future__ import annotations

from wayfare.kernel.errors import WayfareError

__all__ = ["BadQuestion", "OtherLaw"]


class BadQuestion(WayfareError):
    """The document asks a question that the rulebook does not answer."""

    code = "WF-DEC-001"


class OtherLaw(WayfareError):
    """A kept decision is replayed under a law that is not the one it was decided by."""

    code = "WF-DEC-002"
