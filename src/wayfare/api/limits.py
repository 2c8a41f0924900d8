"""How much of a request is read, and what becomes of a fault of ours.

A body that says it is too large is refused before it is read, one that does not say so is cut off where it becomes too
large. A fault answers with its request's number and writes where it happened into the log, never what it was about.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Final

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wayfare.api.errors import BodyTooLarge, Fault
from wayfare.api.headers import request_id
from wayfare.api.problems import problem

__all__ = ["BODY_MOST", "LINES_BODY_MOST", "Bounded", "Faults"]

BODY_MOST: Final = 4_000_000
"""Bytes of a body, as many as a document may have."""
LINES_BODY_MOST: Final = 16_000_000
"""Bytes of a body at the addresses that read JSON lines."""
_READS_LINES: Final = frozenset({"/api/v1/ask"})

_log = logging.getLogger("wayfare.api")


class Bounded:
    """Refuses a body of more bytes than its address reads."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on with a body that ends in time."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = LINES_BODY_MOST if scope["path"] in _READS_LINES else BODY_MOST
        stated = dict(scope["headers"]).get(b"content-length", b"0")
        if stated.isdigit() and int(stated) > most:
            await problem(_too_large(most), scope)(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise _too_large(most)
            return message

        await self.app(scope, counted, send)


def _too_large(most: int) -> BodyTooLarge:
    return BodyTooLarge(
        f"The body is larger than {most:,} bytes.", next_step="Send fewer lines at a time, or one document."
    )


class Faults:
    """Turns a fault of ours into an error object, once the response has not begun."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and catches what nobody else did."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as fault:
            number = request_id(scope)
            _log.error("request %s: %s at %s", number, type(fault).__name__, _where(fault))
            if begun:
                raise ConnectionAbortedError(f"request {number} ended early") from None
            told = Fault(
                f"This is our fault, not yours: {type(fault).__name__} in request {number}.",
                next_step="Please report that number; what you sent was not kept.",
            )
            await _told(told, scope)(scope, receive, send)


def _told(fault: Fault, scope: Scope) -> Response:
    """The refusal as its address tells it; as an object where not even the page of a refusal can be made."""
    try:
        return problem(fault, scope)
    except Exception:
        return problem(fault, {**scope, "path": "/"})


def _where(fault: Exception) -> str:
    """The places of the program that a fault went through, the last first; never its text, which may hold facts."""
    frames = traceback.extract_tb(fault.__traceback__)[-4:]
    return " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in reversed(frames))
