"""What can be wrong with a call to the pages, or with their own catalogues.

A fault here is ours: a sentence that one language lacks, a slot that nobody filled, a book that does not add up.
Nothing that a person did or is raises an error.
"""

from __future__ import annotations

from wayfare.kernel import WayfareError

__all__ = ["AssetMissing", "BookUnbalanced", "LifeUndrawable", "NotADay", "NotAnAnswer", "SlotEmpty", "TextMissing"]


class TextMissing(WayfareError):
    """A page asks for a sentence that the catalogue of its language does not have."""

    code = "WF-POR-001"


class SlotEmpty(WayfareError):
    """A sentence of a catalogue has a slot for which the page gives no value."""

    code = "WF-POR-002"


class NotAnAnswer(WayfareError):
    """The pages have no sentence for this question, so they cannot show it as an answer."""

    code = "WF-POR-003"


class BookUnbalanced(WayfareError):
    """The accounts of a fund's book do not add up to zero, so some money would be nowhere."""

    code = "WF-POR-004"


class LifeUndrawable(WayfareError):
    """A line of life is not sound: it has no lane, ends before it begins, or joins lanes that it does not have."""

    code = "WF-POR-005"


class AssetMissing(WayfareError):
    """A page links to a file that is not among the files that are served."""

    code = "WF-POR-006"


class NotADay(WayfareError):
    """A field of a form should hold a day, and what was written in it is none."""

    code = "WF-POR-007"
