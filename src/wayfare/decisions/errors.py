"""The errors of asking: a question nobody answers, a replay under another law, an outlook that cannot be."""

from __future__ import annotations

from wayfare.kernel.errors import WayfareError

__all__ = ["BadOutlook", "BadQuestion", "OtherLaw", "OutlookTooFar"]


class BadQuestion(WayfareError):
    """The document asks a question that the rulebook does not answer."""

    code = "WF-DEC-001"


class OtherLaw(WayfareError):
    """A kept decision is replayed under a law that is not the one it was decided by."""

    code = "WF-DEC-002"


class BadOutlook(WayfareError):
    """An assumption about the years ahead cannot be: it lies outside its bounds, or names a place without wages."""

    code = "WF-DEC-003"


class OutlookTooFar(WayfareError):
    """The person retires after the last year that the rulebook's figures and assumptions reach."""

    code = "WF-DEC-004"
