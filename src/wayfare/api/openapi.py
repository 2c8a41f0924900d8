"""The OpenAPI document: what the framework makes of the routes, with the facts document as the facts package tells it.

Texts are in English; where a Chinese one exists it stands beside it under `x-...-zh`, or in the same sentence.
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from wayfare import __version__
from wayfare.api import models
from wayfare.facts import Document

__all__ = ["describe"]

ABOUT: Final = """\
Social protection that moves with the person: ask the dated law of every place about a life, and read that law.
Nothing that is sent is stored or logged. Refusals have one form, `{"error": {"code", "message", "field", "line",
"request_id"}}`. Money is text in yuan with two decimals, days are `2024-06-01`, places are six digits.

跟着人走的社会保障：按各地各时期的规定回答一个人的情况，也可以查阅规定本身。发来的内容不保存、不记录。"""
TAGS: Final = [
    {"name": "ask", "description": "Put a question to the law. 提问"},
    {"name": "law", "description": "Read the law and what is covered of it. 查阅规定"},
]
_REF: Final = "#/components/schemas/{model}"


def describe(app: FastAPI) -> None:
    """Has the application tell its interface so."""

    def made() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _made(app)
        return app.openapi_schema

    app.openapi = made  # type: ignore[method-assign]


def _made(app: FastAPI) -> dict[str, Any]:
    found: dict[str, Any] = get_openapi(
        title="Wayfare", version=__version__, summary="Facts and law give decisions.", description=ABOUT,
        routes=app.routes, tags=TAGS, license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        separate_input_output_schemas=False,
    )  # fmt: skip
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    for shape in (Document, models.Answer):
        made = shape.model_json_schema(by_alias=True, mode="validation", ref_template=_REF)
        schemas |= made.pop("$defs", {}) | {shape.__name__: made}
    found["components"]["schemas"] = dict(sorted(schemas.items()))
    return found
