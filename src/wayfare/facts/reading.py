"""Reading a facts document, strictly, from bytes, text or an object.

Bytes must be UTF-8, text must be JSON that names no field twice, and the object must have the shape of `Document`. All
faults of the form are found in one pass; a document that is right in form is then held against `checks`. The first
fault is raised and carries the rest.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from wayfare.facts import errors
from wayfare.facts.checks import faults
from wayfare.facts.document import Document
from wayfare.facts.errors import FactsError, first_of
from wayfare.facts.translation import path_of, translated
from wayfare.facts.values import shown

__all__ = ["read_document"]

BYTES_MAX: Final = 4_000_000
DEPTH_MAX: Final = 32
_DIGITS_MAX: Final = 40
_BITS_MAX: Final = 128
_OTHERS_MAX: Final = 100


def read_document(source: bytes | str | Mapping[str, Any]) -> Document:
    """The document that the bytes, the text or the object holds; raises the first FactsError, its `others` attached."""
    if isinstance(source, bytes | bytearray | str):
        _raise_when_too_large(source)
        source = _parsed(_decoded(source) if not isinstance(source, str) else source)
    shape = _plain(source, (), 0)
    if not isinstance(shape, dict):
        raise errors.NotAnObject(
            f"The document is {_kind_of(shape)}, not an object.",
            next_step='Write one object in braces, with at least "question" and "on".',
        )
    try:
        document = Document.model_validate(shape)
    except ValidationError as refusal:
        raise first_of(translated(refusal)[:_OTHERS_MAX]) from None
    found = faults(document)
    if found:
        raise first_of(found[:_OTHERS_MAX])
    return document


def _raise_when_too_large(source: bytes | bytearray | str) -> None:
    if len(source) > BYTES_MAX:
        raise errors.TooLarge(
            f"The document is {len(source):,} long; the most is {BYTES_MAX:,}.",
            next_step="Send one person's facts in one document, and many people as JSON lines.",
        )


def _decoded(source: bytes | bytearray) -> str:
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = source.count(b"\n", 0, fault.start) + 1
        raise errors.WrongEncoding(
            f"Byte {fault.start + 1}, on line {line}, is not UTF-8; {_likely_encoding(source)}",
            next_step="Save the document as UTF-8 without a byte order mark.",
            line=line,
        ) from None


def _likely_encoding(source: bytes | bytearray) -> str:
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "it begins like UTF-16."
    try:
        source.decode("gb18030")
    except UnicodeDecodeError:
        return "it is no encoding in common use."
    return "it could be GBK (GB 18030)."


def _parsed(text: str) -> Any:
    if text.startswith("\ufeff"):
        raise errors.WrongEncoding(
            "The document begins with a byte order mark.", next_step="Save it as UTF-8 without one.", line=1
        )
    try:
        return json.loads(text, object_pairs_hook=_Pairs, parse_int=_integer)
    except json.JSONDecodeError as fault:
        raise errors.NotJson(
            f"This is not JSON: {fault.msg}, at line {fault.lineno}, column {fault.colno}.",
            next_step="Look just before that place for a missing comma, quotation mark or bracket.",
            line=fault.lineno,
        ) from None
    except RecursionError:
        raise _too_deep(()) from None


class _Pairs(list[tuple[str, Any]]):
    """An object as JSON wrote it: its fields in order, a field written twice still there twice."""


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _DIGITS_MAX else math.inf


def _plain(value: Any, path: tuple[str | int, ...], depth: int) -> Any:
    """The value in plain objects, lists and scalars that JSON has; what JSON does not have is refused here."""
    if depth > DEPTH_MAX:
        raise _too_deep(path)
    if isinstance(value, _Pairs | Mapping):
        return _plain_object(value, path, depth)
    if isinstance(value, list | tuple):
        return [_plain(each, (*path, number), depth + 1) for number, each in enumerate(value)]
    if isinstance(value, str):
        return _plain_text(value, path)
    if isinstance(value, float) and not math.isfinite(value):
        raise _not_finite(path)
    if isinstance(value, int) and value.bit_length() > _BITS_MAX:
        raise _not_finite(path)
    if value is None or isinstance(value, bool | int | float):
        return value
    raise errors.WrongType(
        f"{type(value).__name__} is not a value that JSON has.",
        next_step="Write days, months and money as text.",
        field=path_of(path),
    )


def _plain_object(value: _Pairs | Mapping[Any, Any], path: tuple[str | int, ...], depth: int) -> dict[str, Any]:
    shape: dict[str, Any] = {}
    for name, inner in _fields(value):
        if not isinstance(name, str):
            raise errors.WrongType(
                f"{shown(name)} names a field but is not text.", next_step="Write it as text.", field=path_of(path)
            )
        here = (*path, _plain_text(name, path))
        if name in shape:
            raise errors.DuplicateKey(
                f"{shown(name)} is written twice in one object.",
                next_step="Keep one of the two.",
                field=path_of(here),
            )
        shape[name] = _plain(inner, here, depth + 1)
    return shape


def _fields(value: _Pairs | Mapping[Any, Any]) -> Iterator[tuple[Any, Any]]:
    return iter(value) if isinstance(value, _Pairs) else iter(value.items())


def _plain_text(text: str, path: tuple[str | int, ...]) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise errors.BadText(
            "The text holds half of a character (a lone surrogate).",
            next_step="Write the whole character, or leave it out.",
            field=path_of(path),
        ) from None
    return str(text)


def _not_finite(path: tuple[str | int, ...]) -> FactsError:
    return errors.NotFinite(
        "The number is not finite, or has more digits than any fact.",
        next_step="Write the number itself; leave the field out when it is not known.",
        field=path_of(path),
    )


def _too_deep(path: tuple[str | int, ...]) -> FactsError:
    return errors.TooDeep(
        f"Objects and lists are nested more than {DEPTH_MAX} deep.",
        next_step="Write the document in the shape that the schema shows.",
        field=path_of(path[:3]),
    )


def _kind_of(shape: Any) -> str:
    names = {list: "a list", str: "text", bool: "a truth value", int: "a number", float: "a number"}
    return names.get(type(shape), "null")
