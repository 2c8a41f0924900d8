"""The errors of the use cases themselves; what is wrong with facts, law or books is refused below."""

from __future__ import annotations

from wayfare.kernel.errors import WayfareError

__all__ = ["BooksDoNotClose", "Busy", "DemoDiffers"]


class DemoDiffers(WayfareError):
    """The only database at hand holds a demonstration of other lives or under another law."""

    code = "WF-APP-002"


class BooksDoNotClose(WayfareError):
    """After the demonstration the stored books of some fund, or of all funds together, do not sum to zero."""

    code = "WF-APP-003"


class Busy(WayfareError):
    """More questions are waiting for the law than can be answered in time; ask again in a few seconds."""

    code = "WF-APP-004"
