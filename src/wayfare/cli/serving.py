"""`wayfare serve`: the pages and the interface on this machine, until Ctrl-C."""

from __future__ import annotations

import webbrowser
from typing import Annotated

import typer

__all__ = ["HOST", "PORT", "serve_command"]

HOST, PORT = "127.0.0.1", 8000


def serve_command(
    host: Annotated[str, typer.Option("--host", help="Where to listen; 0.0.0.0 for every network.")] = HOST,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 lets the system choose one.")] = PORT,
    open_it: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser on it.")] = False,
) -> None:
    """Serve the pages for guests, the law browser and the JSON interface. Nothing is stored; Ctrl-C stops it."""
    from wayfare.api import bound, create_app, serve

    def ready(address: str) -> None:
        typer.echo(f"Wayfare is at {address}  (Ctrl-C stops it)")
        if open_it:
            webbrowser.open(address)

    serve(create_app(), bound(host, port), ready=ready)
    typer.echo("Stopped.", err=True)
