"""The server as a program: a socket bound before anything else, so its address is known, and a clean stop.

Uvicorn runs it in one process; its access log stays off, for addresses may say what somebody asked about.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from wayfare.api.errors import PortTaken

__all__ = ["address", "bound", "serve"]

CLOSING_SECONDS = 5


def bound(host: str, port: int, *, or_any: bool = False) -> socket.socket:
    """A socket that listens at a host and port, 0 for a free one; `or_any` takes a free one when the port is taken.

    Raises PortTaken.
    """
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, kind, protocol)
    except OSError as refusal:
        raise _taken(host, port, refusal) from None
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(where)
        found.listen(128)
    except OSError as refusal:
        found.close()
        if or_any and port:
            return bound(host, 0)
        raise _taken(host, port, refusal) from None
    return found


def _taken(host: str, port: int, refusal: OSError) -> PortTaken:
    return PortTaken(
        f"{host}, port {port}, cannot be listened on: {refusal.strerror}.",
        next_step="Name another with --port, or let the system choose one with --port 0.",
    )


def address(listening: socket.socket) -> str:
    """Where a browser finds it."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def serve(app: FastAPI, listening: socket.socket, *, ready: Callable[[str], None]) -> None:
    """Serves until it is interrupted; `ready` is called with the address once requests are answered."""
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, lifespan="on", ws="none",
        timeout_graceful_shutdown=CLOSING_SECONDS,
    )  # fmt: skip
    with listening, contextlib.suppress(KeyboardInterrupt):
        _Server(config, lambda: ready(address(listening))).run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that says when it has begun."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begins to listen, then says so."""
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()
