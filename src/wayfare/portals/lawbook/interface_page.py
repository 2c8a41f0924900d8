"""The page for programs: each operation of the interface with its parameters, an example and what it answers.

It is drawn from the OpenAPI document, with no script and nothing from another host.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wayfare.portals.language import Language
from wayfare.portals.lawbook.markdown import as_line
from wayfare.portals.lawbook.pages import Asked, shown

__all__ = ["interface_page"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page tells it."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[dict[str, Any]]
    answers: list[tuple[str, str]]
    examples: list[tuple[str, str]]
    command: str


def interface_page(asked: Asked, described: Mapping[str, Any], base: str) -> str:
    """The page from the OpenAPI document; `base` is the address of the server."""
    title = asked.telling.words.say("lawbook.interface.title")
    refusal = {"error": {"code": "WF-FAC-013", "message": "...", "field": "facts.insurance[0].from", "line": None,
                         "request_id": "9f2c4c1e7d3b6a80"}}  # fmt: skip
    operations = list(_operations(described, base.rstrip("/"), asked.language))
    return shown(
        asked, "interface", title, operations=operations, as_line=as_line, base=base.rstrip("/"),
        refusal=json.dumps(refusal, ensure_ascii=False, indent=1),
    )  # fmt: skip


def _operations(described: Mapping[str, Any], base: str, language: Language) -> Iterator[Operation]:
    for path, methods in described["paths"].items():
        for method, each in methods.items():
            summary = each["x-summary-zh"] if language is Language.CHINESE else each["summary"]
            answers = [(status, told.get("description", "")) for status, told in each["responses"].items()]
            yield Operation(
                each["operationId"], method.upper(), path, summary, each.get("description", ""),
                [_parameter(one) for one in each.get("parameters", ())], sorted(answers), _examples(each),
                _command(base, method, path, each),
            )  # fmt: skip


def _parameter(one: Mapping[str, Any]) -> dict[str, Any]:
    schema = one.get("schema", {})
    schema = next((each for each in schema.get("anyOf", ()) if each.get("type") != "null"), schema)
    form = schema.get("format") or schema.get("pattern") or schema.get("type", "")
    return {"name": one["name"], "where": one["in"], "form": form, "must": one.get("required", False),
            "tells": one.get("description", "")}  # fmt: skip


def _examples(each: Mapping[str, Any]) -> list[tuple[str, str]]:
    body = each.get("requestBody", {}).get("content", {}).get("application/json", {})
    return [
        (example["summary"], json.dumps(example["value"], ensure_ascii=False, indent=1))
        for example in body.get("examples", {}).values()
    ]


def _command(base: str, method: str, path: str, each: Mapping[str, Any]) -> str:
    """The operation as a line for a terminal, with its examples in it."""
    if method == "post":
        return f"curl {base}{path} -H 'Content-Type: application/json' --data @life.json"
    query = []
    for one in each.get("parameters", ()):
        example = next(iter(one.get("schema", {}).get("examples", one.get("examples", ()))), None)
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(example or one["name"]))
        elif one.get("required") and example:
            query.append(f"{one['name']}={example}")
    return f"curl '{base}{path}{'?' + '&'.join(query) if query else ''}'"
