"""The application: the JSON interface, the pages, and the files they link to, behind the same safe headers.

The law is loaded once, when the server starts. There is no database: what is asked is answered and forgotten.
"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig

from wayfare import __version__
from wayfare.api import asking, files, lawbook
from wayfare.api.headers import SafeHeaders
from wayfare.api.limits import Bounded, Faults
from wayfare.api.openapi import describe
from wayfare.api.problems import handle_problems
from wayfare.law import Law
from wayfare.portals import guest
from wayfare.portals.lawbook import router as lawbook_pages
from wayfare.rulebook import load_rulebook

__all__ = ["create_app"]

SILENT: TelemetryConfig = {
    "tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False,
}  # fmt: skip
"""What the framework would record of requests, with the texts of faults, which may hold facts."""


def create_app(*, law: Law | None = None, demonstration: Path | None = None) -> FastAPI:
    """The application. `demonstration` is the folder of pages that the demo wrote, served under /demo/."""

    @asynccontextmanager
    async def start(app: FastAPI) -> AsyncIterator[None]:
        if law is not None:
            yield
            return
        app.state.law, stop = load_rulebook(), threading.Event()
        # Plans are made once; a visitor who comes meanwhile makes those of their own question.
        warming = threading.Thread(target=guest.warm, args=(app.state.law, stop.is_set), name="warm")
        warming.start()
        try:
            yield
        finally:  # never a daemon: a thread that the interpreter's end cuts down inside an extension aborts the process
            stop.set()
            warming.join()

    app = FastAPI(
        title="Wayfare", version=__version__, lifespan=start, docs_url=None, redoc_url=None,
        openapi_url="/api/v1/openapi.json", separate_input_output_schemas=False, redirect_slashes=False,
        telemetry=SILENT,
    )  # fmt: skip
    if law is not None:
        app.state.law = law
    app.add_middleware(Bounded)
    app.add_middleware(Faults)
    app.add_middleware(SafeHeaders)  # the last one added is the outermost
    handle_problems(app)
    for each in (asking.router, lawbook.router):
        app.include_router(each, prefix="/api/v1")
    describe(app)
    for pages in (files.router, lawbook_pages):
        app.include_router(pages)
    if demonstration is not None:
        app.include_router(files.demonstration(demonstration))
    app.include_router(guest.router)
    return app
