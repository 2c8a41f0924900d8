"""What values and members of choices are called by people: short names beside a number, in English and Chinese.

A rule folder writes them in labels.yaml; a parameter has its label with it, and a look-up goes by its table's. A name
without a label stands as it is, so that an answer never fails for want of one; a test asks for those people meet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wayfare.law.errors import BadRulebook

if TYPE_CHECKING:
    from wayfare.law.law import Law

__all__ = ["LANGUAGES", "Labels", "label_of", "labels_of", "member_of", "read_labels", "written_in"]

Label = Mapping[str, str]
LANGUAGES = ("en", "zh")
TRUTHS: dict[str, dict[str, str]] = {"en": {}, "zh": {"yes": "是", "no": "否"}}


@dataclass(frozen=True)
class Labels:
    """Labels of values by name, and of the members of choices by choice and member."""

    values: Mapping[str, Label] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, Label]] = field(default_factory=dict)

    def joined(self, other: Labels) -> Labels:
        """Both together; the later one wins."""
        return Labels({**self.values, **other.values}, {**self.choices, **other.choices})


def read_labels(spec: Any, where: str) -> Labels:
    """The labels of one folder's file, already read from YAML. Raises BadRulebook."""
    spec = spec or {}
    if not isinstance(spec, dict) or set(spec) - {"values", "choices"}:
        raise BadRulebook(f"{where} holds more than values and choices.", next_step="Write values: and choices:.")
    values, choices = spec.get("values") or {}, spec.get("choices") or {}
    each = [*values.items(), *(pair for members in choices.values() for pair in members.items())]
    for name, label in each:
        if not isinstance(label, dict) or set(label) != {"en", "zh"} or not all(label.values()):
            raise BadRulebook(f"{where}: {name} has no label in both languages.", next_step="Write {en: ..., zh: ...}.")
    return Labels(values, choices)


def label_of(law: Law, name: str, language: str) -> str:
    """What a value, or a parameter, is called; its name where nothing else is known."""
    value = law.values.get(name)
    shown = value.shown if value is not None else name
    table = value.declared.table if value is not None and value.kind in ("look_up", "expand") else name
    labels = [law.labels.values.get(shown), law.parameters[table].label if table in law.parameters else None]
    return next((label[language] for label in labels if label and language in label), shown)


def labels_of(law: Law, name: str) -> dict[str, str]:
    """What a value is called in each language."""
    return {language: label_of(law, name, language) for language in LANGUAGES}


def member_of(law: Law, choice: str, member: str, language: str) -> str:
    """What a member of a choice is called; the member where nothing else is known."""
    return law.labels.choices.get(choice, {}).get(member, {}).get(language, member)


def written_in(law: Law, unit: str, written: str, language: str) -> str:
    """A value as a list shows it: members of choices and truths in the language, all else as it is written."""
    if unit == "truth":
        return TRUTHS[language].get(written, written)
    return member_of(law, unit, written, language)
