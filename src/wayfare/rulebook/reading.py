"""What a rule folder holds beside the law in code: its law.md, its title, its open questions, its worked cases.

The reference of docs/, the law browser and the interface read them here, so that a folder is told alike everywhere.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

from wayfare.law import Law
from wayfare.law.load import read_yaml
from wayfare.rulebook import FOLDER

__all__ = ["ASKED", "cases_of", "law_text", "open_questions", "purpose_of", "title_of"]

ASKED = "open question:"


@cache
def law_text(home: str) -> str:
    """The law.md of a folder, empty where it has none."""
    path = FOLDER / home / "law.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""


@cache
def purpose_of(home: str) -> str:
    """What the folder's rule.py says of itself."""
    module = importlib.import_module(".".join(["wayfare.rulebook", *home.split("/"), "rule"]))
    return (module.__doc__ or "").strip()


def title_of(home: str) -> str:
    """The title of the folder's law.md; a folder that only reads the record has none, and goes by its module."""
    text = law_text(home) or "# " + purpose_of(home).partition(":")[0].rstrip(".") + "\n"
    return text.partition("\n")[0].removeprefix("# ").strip()


def open_questions(law: Law, home: str) -> list[str]:
    """The open questions of a rule folder: those of law.md, then those of its figures that say more."""
    parts = [part for part in law_text(home).split("\n\n") if part.startswith(ASKED)]
    told = [" ".join(part.removeprefix(ASKED).split()) for part in parts]
    names = (name for name, where in law.homes.items() if where == home and name in law.parameters)
    asked = [(name, law.parameters[name].open_question) for name in names]
    return told + [f"`{name}`: {' '.join(question.split())}" for name, question in asked if question]


@cache
def cases_of(home: str) -> tuple[dict[str, Any], ...]:
    """The worked cases of a folder, in everyday words."""
    path = FOLDER / home / "cases.yaml"
    return tuple(read_yaml(path) or ()) if path.exists() else ()
