"""What the protocols between funds refuse. A message that is merely late or repeated is not an error."""

from __future__ import annotations

from wayfare.kernel.errors import WayfareError

__all__ = ["MoveDiffers", "OutOfTurn"]


class MoveDiffers(WayfareError):
    """A message about the moving of a relation states other funds, amounts or months than this side has on file."""

    code = "WF-SET-001"


class OutOfTurn(WayfareError):
    """A message that cannot follow what this side has done, whatever was lost, repeated or late on the way."""

    code = "WF-SET-002"
