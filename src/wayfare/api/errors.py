"""What can be wrong with a call to the interface, before any question is asked of the law."""

from __future__ import annotations

from wayfare.kernel import WayfareError

__all__ = [
    "BadParameter", "BodyTooLarge", "Fault", "MethodRefused", "NoSuchAddress", "PortTaken", "TooManyLines",
    "WrongMediaType",
]  # fmt: skip


class NoSuchAddress(WayfareError):
    """Nothing is at this address."""

    code = "WF-API-001"


class MethodRefused(WayfareError):
    """The address does not answer to this method."""

    code = "WF-API-002"


class BodyTooLarge(WayfareError):
    """The body of the request is larger than the interface reads."""

    code = "WF-API-003"


class WrongMediaType(WayfareError):
    """The body is of a kind that this address does not read."""

    code = "WF-API-004"


class BadParameter(WayfareError):
    """A parameter of the address or of the query is not of the form that the interface asks for."""

    code = "WF-API-005"


class TooManyLines(WayfareError):
    """A stream holds more lines than one request may ask."""

    code = "WF-API-006"


class Fault(WayfareError):
    """The fault is ours. The request's number, and where in the program it happened, are in the server's log."""

    code = "WF-API-007"


class PortTaken(WayfareError):
    """The port that the server should listen on cannot be had."""

    code = "WF-API-008"
