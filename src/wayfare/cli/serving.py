"""`wayfare serve`: the pages and the interface on this machine, until Ctrl-C."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["HOST", "PORT", "serve_command", "serve_pages"]

HOST, PORT = "127.0.0.1", 8000


def serve_command(
    host: Annotated[str, typer.Option("--host", help="Where to listen; 0.0.0.0 for every network.")] = HOST,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 lets the system choose one.")] = PORT,
    open_it: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser on it.")] = False,
) -> None:
    """Serve the pages for guests, the law browser and the JSON interface. Nothing is stored; Ctrl-C stops it."""
    serve_pages(port, host=host, open_it=open_it)


def serve_pages(
    port: int, *, host: str = HOST, open_it: bool = False, demonstration: Path | None = None, or_any: bool = False
) -> None:
    """Serves until it is interrupted, with the demo's pages where there are such; `or_any` when the port is taken."""
    from wayfare.api import bound, create_app, serve

    def ready(address: str) -> None:
        typer.echo(f"Wayfare is at {address}  (Ctrl-C stops it)")
        if demonstration is not None:
            typer.echo(f"What the demo made is at {address}demo/")
        if open_it:
            webbrowser.open(address)

    serve(create_app(demonstration=demonstration), bound(host, port, or_any=or_any), ready=ready)
    typer.echo("Stopped.", err=True)
