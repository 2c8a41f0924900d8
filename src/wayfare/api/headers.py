"""What every response carries: a request's number, and what a browser may do with the page.

Nothing is kept by caches unless the handler says so, for most addresses carry a person's facts. The policy allows our
own sheet, scripts and pictures, and nothing from anywhere else.
"""

from __future__ import annotations

import secrets
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["FOR_A_WHILE", "FOR_GOOD", "POLICY", "SafeHeaders", "policy", "request_id"]

FOR_GOOD: Final = "public, max-age=31536000, immutable"
FOR_A_WHILE: Final = "public, max-age=300"
_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def policy(style: str = "'self'") -> str:
    """The content security policy, with what it allows as style."""
    return (
        f"default-src 'none'; style-src {style}; img-src 'self' data:; script-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )


POLICY: Final = policy()


def request_id(scope: Scope) -> str:
    """The number under which a request is found in the log."""
    return str(scope.setdefault("state", {}).setdefault("request_id", secrets.token_hex(8)))


class SafeHeaders:
    """Puts the headers on every response, whoever made it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and completes the head of its response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number = request_id(scope)

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, held in _ALWAYS.items():
                    headers[name] = held
                headers["X-Request-ID"] = number
                headers.setdefault("Content-Security-Policy", POLICY)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, complete)
