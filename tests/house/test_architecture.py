"""The walls of DESIGN.md: who may import whom, how big things get, what every module says of itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "wayfare"
MODULES = sorted(SOURCE.rglob("*.py"))
FUNCTION_MOST, MODULE_MOST = 60, 400


def test_a_package_imports_only_from_below() -> None:
    command = [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def sizes(text: str) -> Iterator[tuple[str, int]]:
    """The functions of a module that are too long, and the module itself."""
    lines = text.count("\n")
    if lines > MODULE_MOST:
        yield "module", lines
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_MOST:
                yield node.name, length


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_a_function_fits_a_screen_and_a_module_has_one_subject(path: Path) -> None:
    assert list(sizes(path.read_text(encoding="utf-8"))) == []


def test_a_long_function_and_a_long_module_are_seen() -> None:
    assert dict(sizes("def f():\n" + "    x = 1\n" * 61)) == {"f": 62}
    assert dict(sizes("x = 1\n" * 401)) == {"module": 401}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_a_module_tells_its_subject(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=lambda p: p.parent.name)
def test_a_package_lists_its_public_names(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [n for n in tree.body if isinstance(n, ast.ImportFrom) and (n.module or "").startswith("wayfare")]
    names = {t.id for n in tree.body if isinstance(n, ast.Assign) for t in n.targets if isinstance(t, ast.Name)}
    assert not imports or "__all__" in names


@pytest.mark.parametrize("tool", [["ruff", "check", "src", "tests", "bench"], ["mypy"]], ids=["ruff", "mypy"])
def test_the_code_is_clean(tool: list[str]) -> None:
    found = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout[-4000:] + found.stderr[-2000:]


def test_no_registry_host_and_no_path_of_a_machine_is_tracked() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if tracked.returncode != 0:
        pytest.skip("not a git checkout")
    spelt = ("pypi .org", "python hosted", "registry.npm js", "deb.de bian", "/op t/pypi", "/wo rk/", "/fa rm/")
    hosts = [word.replace(" ", "") for word in spelt]
    found = []
    for name in tracked.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file() and path.suffix not in (".png", ".geojson"):
            text = path.read_text(encoding="utf-8", errors="replace")
            found += [f"{name}: {host}" for host in hosts if host in text]
    assert found == []
