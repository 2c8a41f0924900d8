"""What the office's moves between funds refuse, and what to do about it."""

from __future__ import annotations

from wayfare.kernel.errors import WayfareError

__all__ = ["MoveDiffersFromDecision", "MoveIncomplete", "ReceiverNotOpen"]


class ReceiverNotOpen(WayfareError):
    """The receiving fund has no book here, or has not opened the account that the money is to arrive at.

    A move is prepared only when it can arrive.
    """

    code = "WF-FND-060"


class MoveDiffersFromDecision(WayfareError):
    """The move names another person or another amount than the decision that it rests on.

    What a decision of pension.transfer gives is moved, neither more nor less.
    """

    code = "WF-FND-061"


class MoveIncomplete(WayfareError):
    """The move says no amount, or an amount of an own account without the member whose account it is."""

    code = "WF-FND-062"
