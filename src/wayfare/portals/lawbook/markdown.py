"""law.md as HTML: headings below those of the page, tables that scroll, and Chinese marked as Chinese.

Raw HTML in the source is shown as text. The texts are ours, but a page that shows a file should not have to trust it.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from functools import cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup

from wayfare.portals.language import Language
from wayfare.portals.page import foreign_marked

__all__ = ["as_html", "as_line"]

_CLASSES: Final = {
    "paragraph_open": "govuk-body", "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number", "table_open": "govuk-table",
    "thead_open": "govuk-table__head", "tbody_open": "govuk-table__body",
    "th_open": "govuk-table__header", "td_open": "govuk-table__cell", "tr_open": "govuk-table__row",
    "blockquote_open": "govuk-inset-text", "link_open": "govuk-link",
}  # fmt: skip
_LEVELS_DOWN: Final = 1
"""A page has its own first two headings; the second of law.md becomes the third of the page."""


def as_html(text: str) -> Markup:
    """A text without its first heading and its open questions, as HTML; safe, whatever the text holds."""
    parts = text.partition("\n")[2].strip().split("\n\n")
    kept = "\n\n".join(part for part in parts if not part.startswith("open question:"))
    tokens = _reader().parse(kept)
    for token in tokens:
        _dress(token)
    return Markup(_reader().renderer.render(tokens, _reader().options, {}))


def as_line(text: str) -> Markup:
    """A sentence with its code and emphasis, as HTML."""
    return Markup(_reader().renderInline(text))


def _dress(token: Token) -> None:
    if token.type in _CLASSES:
        token.attrJoin("class", _CLASSES[token.type])
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{min(int(token.tag[1]) + _LEVELS_DOWN, 6)}"
        if token.nesting > 0:
            token.attrJoin("class", "govuk-heading-m")
    for child in token.children or ():
        _dress(child)


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("text", _text)
    reader.add_render_rule("table_open", _table_open)
    reader.add_render_rule("table_close", _table_close)
    return reader


Environment = MutableMapping[str, Any]


def _text(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Environment) -> str:
    return str(foreign_marked(tokens[at].content, Language.ENGLISH))


def _table_open(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Environment) -> str:
    return f'<div class="wf-scroll" tabindex="0">{self.renderToken(tokens, at, options, env)}'


def _table_close(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Environment) -> str:
    return self.renderToken(tokens, at, options, env) + "</div>"
