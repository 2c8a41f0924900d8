"""What the year-end of a fund refuses, and what to do about each refusal."""

from __future__ import annotations

from wayfare.kernel.errors import WayfareError

__all__ = ["CloseStopped", "NoAccountInterest", "RateNotDecided", "RateWrong", "YearNotReady"]


class RateNotDecided(WayfareError):
    """The interest rate of a year is a gap in the law or not sure enough, and none was given with its source.

    A year's interest is a decision about every member's account, so it rests on an official or verified figure, or on
    one that an officer gives with the notice it stands in.
    """

    code = "WF-FND-035"


class NoAccountInterest(WayfareError):
    """No rule of law at hand says how members' accounts of this insurance earn interest."""

    code = "WF-FND-036"


class YearNotReady(WayfareError):
    """A year's interest waits: the year is not over, an open month would change it, or an earlier year is due."""

    code = "WF-FND-037"


class RateWrong(WayfareError):
    """A rate that was given has no source, or is not a whole number of basis points from 0 to below 100 %."""

    code = "WF-FND-038"


class CloseStopped(WayfareError):
    """The checklist of a month holds an item that must be right, or be explained, before the month can close."""

    code = "WF-FND-039"
