"""Files as they are: the sheet and scripts of the pages under addresses that never change, and the demo's pages.

The demo's pages hold their style inside, so the policy of each allows that one style by its hash.
"""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from wayfare.api.errors import NoSuchAddress
from wayfare.api.headers import FOR_GOOD, policy
from wayfare.portals.assets import ASSETS_AT, assets

__all__ = ["demonstration", "router"]

router = APIRouter(include_in_schema=False)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@router.get(ASSETS_AT + "/{name:path}")
async def static_file(name: str) -> Response:
    """A file that pages link to."""
    found = assets().get(f"{ASSETS_AT}/{name}")
    if found is None:
        raise NoSuchAddress(f"There is no file {name}.", next_step="Reload the page that linked to it.")
    return Response(found.content, headers={"Cache-Control": FOR_GOOD}, media_type=found.media_type)


def demonstration(folder: Path) -> APIRouter:
    """The pages that the demo wrote into a folder, under /demo/."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/demo")
    @pages.get("/demo/")
    async def index() -> Response:
        return RedirectResponse("/demo/index.en.html", 303)

    @pages.get("/demo/{name}")
    def page(name: str) -> Response:
        path = folder / name
        if not name.endswith(".html") or name.startswith(".") or path.parent != folder or not path.is_file():
            raise NoSuchAddress(f"The demo wrote no page {name}.", next_step="Open /demo/ for the list of its pages.")
        text = path.read_text(encoding="utf-8")
        return HTMLResponse(text, headers={"Content-Security-Policy": policy(_styles(text))})

    return pages


def _styles(text: str) -> str:
    found = [base64.b64encode(sha256(style.encode()).digest()).decode() for style in _STYLE.findall(text)]
    return " ".join(["'self'", *(f"'sha256-{each}'" for each in found)])
