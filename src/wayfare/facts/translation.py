"""From a refusal of pydantic to errors of our own, each with its code, the path of its field, and what to do next.

Pydantic finds every fault of the form in one pass. What it reports as a location becomes the path that the public
interface shows: below `facts`, with list positions in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, Final, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from wayfare.facts import errors
from wayfare.facts.document import Document, Facts
from wayfare.facts.errors import FactsError
from wayfare.facts.items import Shape, field_names
from wayfare.facts.values import shown

__all__ = ["path_of", "translated"]

Location = Sequence[str | int]

_NOT_READ_YET: Final = (
    "injuries",
    "land",
    "applications",
)

_WANTED: Final = {
    "string_type": "text",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "model_type": "an object",
    "dict_type": "an object",
    "mapping_type": "an object",
    "literal_error": "text",
}


def path_of(location: Location) -> str | None:
    """The path of a field as messages show it: ("facts", "insurance", 0, "base") is insurance[0].base.

    A step that is no plain name is shown in quotation marks, as JSON writes it.
    """
    if len(location) > 1 and location[0] == "facts":
        location = location[1:]
    path = "".join(f".{step}" if str(step).isidentifier() else f"[{shown(step)}]" for step in location)
    return path.removeprefix(".") or None


def translated(refusal: ValidationError) -> list[FactsError]:
    """Every fault of a refusal, in the order of the document's fields."""
    return [_translated(fault) for fault in refusal.errors(include_url=False)]


def _translated(fault: ErrorDetails) -> FactsError:
    location = tuple(step for step in fault["loc"] if step != "[key]")
    context: dict[str, Any] = fault.get("ctx", {})
    field = path_of(location)
    if "kind" in context:
        kind: type[FactsError] = context["kind"]
        return kind(context["found"], next_step=context["next_step"], field=field)
    if fault["type"] == "extra_forbidden":
        return errors.UnknownField(
            f"There is no field {shown(location[-1])} here.", next_step=_nearest_field(location), field=field
        )
    if fault["type"] == "missing":
        return errors.MissingField(
            f"{shown(location[-1])} is missing.", next_step="Add it; without it the item says nothing.", field=field
        )
    if fault["type"] == "too_long":
        return errors.TooMany(
            f"The list has more than {context['max_length']} items.",
            next_step="Check that this is one person's record.",
            field=field,
        )
    if fault["type"] == "literal_error" and isinstance(fault["input"], str):
        return _unknown_choice(fault["input"], context["expected"], field)
    return errors.WrongType(
        f"{shown(fault['input'])} has the wrong type.",
        next_step=f"Write {_WANTED.get(fault['type'], 'it as the schema shows')} here.",
        field=field,
    )


def _unknown_choice(word: str, expected: str, field: str | None) -> FactsError:
    words = re.findall("'([^']*)'", expected)
    near = get_close_matches(word, words, n=1)
    hint = f'Did you mean "{near[0]}"? ' if near else ""
    return errors.UnknownChoice(
        f"{shown(word)} is not a word this field knows.", next_step=f"{hint}It knows {', '.join(words)}.", field=field
    )


def _nearest_field(location: Location) -> str:
    name = str(location[-1])
    known = field_names(_shape_at(Document, [step for step in location[:-1] if isinstance(step, str)]))
    if name in _NOT_READ_YET:
        return "Wayfare does not read this section yet; leave it out."
    if len(location) == 1 and name in field_names(Facts):
        return f'It belongs inside "facts": write it as facts.{name}.'
    near = get_close_matches(name, known, n=1)
    return f'Did you mean "{near[0]}"?' if near else f"The fields here are {', '.join(known)}."


def _shape_at(shape: type[Shape], steps: Sequence[str]) -> type[Shape]:
    """The part of the document that a path leads to; list positions are left out of the path."""
    for step in steps:
        field = next(field for name, field in shape.model_fields.items() if step == (field.alias or name))
        shape = next(_shapes_in(field.annotation))
    return shape


def _shapes_in(annotation: Any) -> Iterator[type[Shape]]:
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        yield annotation
    for part in get_args(annotation):
        yield from _shapes_in(part)
