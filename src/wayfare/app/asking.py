"""Ask: documents as they come in, each answered or refused, and the object that goes out; nothing is kept.

The command line and the interface share it, so that both give the same answer object and the same error object to the
same text.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from wayfare.decisions import Answer, ask
from wayfare.facts import Document, FactsError, read_document, read_lines
from wayfare.kernel.errors import WayfareError
from wayfare.law import Law

__all__ = ["answered", "documents", "error_document", "read_one", "result_document", "written"]


def documents(text: bytes) -> tuple[bool, Iterator[tuple[int, Document | FactsError]]]:
    """One document, or JSON lines: lines when there are several and some line is an object by itself."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1 and not _is_object(text) and any(map(_is_object, lines)):
        return True, read_lines(io.BytesIO(text))
    return False, iter([(1, read_one(text))])


def read_one(text: bytes) -> Document | FactsError:
    """The document of a text, or why it is none."""
    try:
        return read_document(text)
    except FactsError as fault:
        return fault


def _is_object(text: bytes) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def answered(
    found: Document | WayfareError, law: Law, *, change: Mapping[str, Any] | None = None, line: int | None = None
) -> Answer | WayfareError:
    """The answer to what was read, with the fields of `change` instead of its own; or why there is none.

    Values that `change` gives stand beside those that the document gives.
    """
    if isinstance(found, WayfareError):
        return found
    changes = {k: v for k, v in (change or {}).items() if v is not None}
    if "given" in changes:
        changes["given"] = {**found.given, **changes["given"]}
    try:
        document = read_document({**found.as_document(), **changes}) if changes else found
        return ask(document, law)
    except WayfareError as fault:
        fault.line = fault.line or line
        return fault


def error_document(fault: WayfareError) -> dict[str, Any]:
    """The error object; other faults of the same document stand with it."""
    others = [o.as_document() for o in getattr(fault, "others", ())]
    return fault.as_document() | ({"others": others} if others else {})


def result_document(result: Answer | WayfareError) -> dict[str, Any]:
    """What is printed for a result: the answer object, or the error object under `error`."""
    return {"error": error_document(result)} if isinstance(result, WayfareError) else result.as_document()


def written(document: Mapping[str, Any], *, is_line: bool) -> str:
    """The object as JSON text: on one line in a stream of lines, else a field a line."""
    return json.dumps(document, ensure_ascii=False, indent=None if is_line else 1)
