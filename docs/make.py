"""Writes the pages of docs/ that are made from the code: errors.md and reference/. Run it with the Python of .venv."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from reference_page import reference_page

import wayfare
from wayfare.kernel.errors import WayfareError
from wayfare.rulebook import load_rulebook
from wayfare.rulebook.coverage import programme_of

DOCS = Path(__file__).parent
PROGRAMMES = {
    "pension": "The law of old-age pensions 养老保险",
    "residence": "Residence permits and points 居住证与积分",
    "services": "Public services where one lives 公共服务",
    "medical": "Medical insurance away from home 异地就医",
    "jobs": "Wages and the end of a job 工资与离职",
    "collection": "Contributions that are not paid in time 社会保险费征缴",
}


def pages() -> dict[Path, str]:
    """Every made page by its path."""
    law = load_rulebook()
    there = {programme_of(home) for home in law.homes.values()}
    reference = {
        DOCS / "reference" / f"{programme}.md": reference_page(law, programme, title)
        for programme, title in PROGRAMMES.items() if programme in there
    }  # fmt: skip
    return {DOCS / "errors.md": errors_page(), **reference}


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
    for path, page in pages().items():
        path.write_text(page, encoding="utf-8")
