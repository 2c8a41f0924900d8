"""Writes the pages of docs/ that are made from the code: docs/errors.md. Run it with the Python of .venv."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import wayfare
from wayfare.kernel.errors import WayfareError


def errors_page() -> str:
    """One section a code: its name, where it is raised, what it means."""
    for module in pkgutil.walk_packages(wayfare.__path__, "wayfare."):
        importlib.import_module(module.name)
    found, left = set(), [WayfareError]
    while left:
        left += (error := left.pop()).__subclasses__()
        if error.__module__.startswith("wayfare."):
            found.add(error)
    parts = [
        "# Errors\n\nMade from the docstrings by docs/make.py. "
        "Every message says what was found, where, and what to do next.\n"
    ]
    for error in sorted(found, key=lambda e: (e.code, e.__name__)):
        meaning = " ".join((error.__doc__ or "").split())
        parts.append(f"## {error.code} {error.__name__}\n\n{meaning}\n\n`{error.__module__}`\n")
    return "\n".join(parts)


if __name__ == "__main__":
    (Path(__file__).parent / "errors.md").write_text(errors_page(), encoding="utf-8")
