"""Planting a fault in the engine: one function, recompiled with one line changed, wherever the engine holds it."""

from __future__ import annotations

import importlib
import inspect
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest


@dataclass(frozen=True)
class Fault:
    """A mistake that an engineer could make: in which function, what it says, and what it says by mistake."""

    told: str
    where: str  # module and function, or module, class and method
    says: str
    wrong: str
    packs: tuple[str, ...]


def planted(fault: Fault) -> Callable[..., Any]:
    """The function with the mistake."""
    module, function = _found(fault.where)
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(fault.says) == 1, f"{fault.where} no longer says {fault.says!r} once: plant {fault.told!r} anew"
    scope = dict(vars(module))
    code = "from __future__ import annotations\n" + source.replace(fault.says, fault.wrong)
    exec(compile(code, f"<{fault.told}>", "exec"), scope)
    return scope[function.__name__]


def plant(fault: Fault, patch: pytest.MonkeyPatch) -> None:
    """Puts the mistake in, everywhere the engine holds the function, until the test is over."""
    _, function = _found(fault.where)
    wrong = planted(fault)
    owner = fault.where.split(".")[1:-1]
    if owner:
        module, _ = _found(fault.where)
        patch.setattr(getattr(module, owner[0]), function.__name__, _as_held(module, owner[0], function, wrong))
        return
    for name, module in list(sys.modules.items()):
        if name.startswith("wayfare.law"):
            for held, x in list(vars(module).items()):
                if x is function:
                    patch.setattr(module, held, wrong)
                elif isinstance(x, dict):
                    for key in [k for k, v in x.items() if v is function]:
                        patch.setitem(x, key, wrong)


def _found(where: str) -> tuple[Any, Any]:
    head, *rest = where.split(".")
    module = importlib.import_module(f"wayfare.law.{head}")
    found: Any = module
    for name in rest:
        found = getattr(found, name)
    return module, found


def _as_held(module: Any, owner: str, function: Any, wrong: Any) -> Any:
    static = inspect.getattr_static(getattr(module, owner), function.__name__)
    return staticmethod(wrong) if isinstance(static, staticmethod) else wrong
