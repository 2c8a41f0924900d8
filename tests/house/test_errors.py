"""Every error has one code, a page made from its docstring, and a test that triggers it."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import wayfare
from wayfare.kernel.errors import WayfareError

ROOT = Path(__file__).parents[2]


def every_error() -> list[type[WayfareError]]:
    for module in pkgutil.walk_packages(wayfare.__path__, "wayfare."):
        importlib.import_module(module.name)
    found, left = [], [WayfareError]
    while left:
        left += (error := left.pop()).__subclasses__()
        found.append(error)
    return sorted({e for e in found if e.__module__.startswith("wayfare.")}, key=lambda e: (e.code, e.__name__))


def test_no_two_errors_share_a_code() -> None:
    codes = [e.code for e in every_error()]
    assert sorted(set(codes)) == codes


def test_every_code_has_its_page() -> None:
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    missing = [e.code for e in every_error() if f"## {e.code} " not in page]
    assert missing == [], "run: .venv/bin/python docs/make.py"
    for error in every_error():
        assert error.__doc__ and " ".join(error.__doc__.split()) in page, error.code


def test_every_code_is_triggered_by_a_test() -> None:
    tests = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "tests").rglob("*.py"))
    untested = [f"{e.code} {e.__name__}" for e in every_error() if e.code not in tests and f"{e.__name__}" not in tests]
    assert untested == []
