"""The published JSON Schema of the facts document (draft 2020-12).

It is made from the models that read, so it cannot drift from them. It holds the form; what the form cannot say (a day
that exists, a place that is, spells that exclude each other) is refused by reading alone.
"""

from __future__ import annotations

from typing import Any, Final

from wayfare.facts.document import Document

__all__ = ["SCHEMA_ID", "schema"]

SCHEMA_ID: Final = "urn:wayfare:facts:1"


def schema() -> dict[str, Any]:
    """The schema as an object, ready to be written as JSON."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **Document.model_json_schema(by_alias=True, mode="validation"),
        "title": "Wayfare facts document",
    }
