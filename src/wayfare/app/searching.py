"""Search in the law: questions, rules, figures and values whose name or words hold every word that was typed.

It is a plain walk over labels and sentences in both languages; the law has some thousand names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from wayfare.app.figures import figures_document
from wayfare.app.lawbook import questions_document, rules_document
from wayfare.law import Law
from wayfare.law.labels import labels_of
from wayfare.rulebook.reading import law_text

__all__ = ["FOUND_MOST", "Found", "search"]

FOUND_MOST: Final = 40
LETTERS_MOST: Final = 200
_ORDER: Final = ("question", "rule", "figure", "value")


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: a question, a rule, a figure or a value, its name and what it is called."""

    kind: str
    name: str
    label: dict[str, str]


def search(law: Law, words: str) -> list[Found]:
    """What holds every word, questions first; those that hold them in their name before the rest of their kind."""
    typed = words[:LETTERS_MOST].casefold().split()
    if not typed:
        return []
    hits = [(found, text) for found, text in _texts(law) if all(word in text for word in typed)]
    hits.sort(key=lambda hit: (_ORDER.index(hit[0].kind), not _is_named(hit[0], typed), hit[0].name))
    return [found for found, _ in hits][:FOUND_MOST]


def _is_named(found: Found, typed: list[str]) -> bool:
    named = " ".join([found.name, *found.label.values()]).casefold()
    return all(word in named for word in typed)


def _texts(law: Law) -> Iterator[tuple[Found, str]]:
    """Everything that can be found, with the text it is found by."""
    for question in questions_document(law):
        shown = " ".join(each["label"][language] for each in question["values"] for language in ("en", "zh"))
        found = Found("question", question["name"], question["say"])
        yield found, f"{question['name']} {' '.join(question['say'].values())} {shown}".casefold()
    for rule in rules_document(law):
        found = Found("rule", rule["rule"], {"en": rule["title"]})
        yield found, f"{rule['rule']} {rule['title']} {law_text(rule['rule'])}".casefold()
    figures = {figure["name"]: figure["label"] for figure in figures_document(law)}
    for name, label in figures.items():
        yield Found("figure", name, label), _spelt(name, label)
    for name in sorted({value.shown for value in law.values.values()} - figures.keys()):
        if name in law.homes:
            yield Found("value", name, labels_of(law, name)), _spelt(name, labels_of(law, name))


def _spelt(name: str, label: dict[str, str]) -> str:
    return re.sub("_", " ", name) + f" {name} {' '.join(label.values())}".casefold()
