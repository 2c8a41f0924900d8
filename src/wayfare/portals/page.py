"""A whole page from a template: one file with its style inside and no script, or a page that links to our own files.

The policy in the head of a page that stands alone allows the one style block by its hash and nothing else, so it keeps
its promise even when somebody edits it; that of a served page comes with it. Templates escape every value.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from wayfare.portals.assets import asset
from wayfare.portals.language import Language, Words

__all__ = ["Links", "foreign_marked", "render"]

SHEETS: Final = ("govuk-frontend.min.css", "wayfare.css", "site.css", "lawbook.css")
SCRIPT: Final = "pages.min.js"
_WIDE: Final = "[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+"
_HAN: Final = re.compile(rf"({_WIDE}(?:[\d.]*{_WIDE})*)")
_LATIN: Final = re.compile(r"((?!Wayfare\b)[A-Za-z][A-Za-z’'-]+(?:[ ,.:;&()“”\"/-]*[A-Za-z’'-]+)*)")


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
    environment = Environment(
        loader=PackageLoader("wayfare.portals", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["foreign"] = _foreign
    environment.filters["tojson_text"] = lambda held: json.dumps(held, ensure_ascii=False, indent=1)
    return environment


@pass_context
def _foreign(context: Context, text: str) -> Markup:
    """The filter of that name, in the language of the page."""
    return foreign_marked(text, context["language"])


def foreign_marked(text: str, language: Language) -> Markup:
    """A text in which names of the other language may stand, each marked as of that language.

    A law keeps its title in every language, and a study its own; a voice that reads the page has to know.
    """
    marked = Markup('<span lang="{}">{}</span>')
    if language is Language.CHINESE and _LATIN.search(text) and not _HAN.search(text):
        return marked.format(language.other.tag, text)
    runs = _LATIN if language is Language.CHINESE else _HAN
    return Markup("").join(
        marked.format(language.other.tag, part) if runs.fullmatch(part) else part for part in runs.split(text)
    )


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
