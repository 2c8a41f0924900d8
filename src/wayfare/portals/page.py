"""A whole page from a template: one file with its style inside and no script, or a page that links to our own files.

The policy in the head of a page that stands alone allows the one style block by its hash and nothing else, so it keeps
its promise even when somebody edits it; that of a served page comes with it. Templates escape every value.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from wayfare.portals.assets import asset
from wayfare.portals.language import Words

__all__ = ["Links", "render"]

SHEETS: Final = ("govuk-frontend.min.css", "wayfare.css", "site.css", "lawbook.css")
SCRIPT: Final = "pages.min.js"


@dataclass(frozen=True, slots=True)
class Links:
    """Where the links of a page lead: the same page in the other language, and the index, when there are such.

    `switch` is for a page that carries what somebody told: the address to which its form goes in the other language.
    """

    other_language: str | None = None
    index: str | None = None
    switch: str | None = None


def render(
    template: str, *, words: Words, links: Links, title: str, served: bool = False, **context: object
) -> str:
    """The page as HTML text: one file with its style inside, or, `served`, linked to the sheets beside it."""
    style = _style()
    return _environment().get_template(template).render(
        words=words,
        say=words.say,
        links=links,
        title=title,
        language=words.language,
        other=Words(words.language.other),
        served=served,
        sheets=[asset(name) for name in SHEETS],
        script=asset(SCRIPT),
        style=Markup(style),
        style_hash=_policy_hash(style),
        **context,
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("wayfare.portals", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["tojson_text"] = lambda held: json.dumps(held, ensure_ascii=False, indent=1)
    return made


@cache
def _style() -> str:
    """The sheets of a page that stands alone, without their comments and indentation, which are not for its reader."""
    static = resources.files("wayfare.portals") / "static"
    sheet = "".join((static / name).read_text(encoding="utf-8") for name in ("alone.css", "wayfare.css"))
    parts = sheet.split("/*")
    bare = parts[0] + "".join(part.partition("*/")[2] for part in parts[1:])
    return "\n".join(line.strip() for line in bare.splitlines() if line.strip())


def _policy_hash(style: str) -> str:
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    return f"sha256-{digest}"
