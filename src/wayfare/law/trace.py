"""One call with symbols gives a clause's expression tree, and refuses what is not one straight expression.

Because a clause has no branches, the tree is the whole clause: units, bounds, unknowns, citations and shortfalls are
read off it, and no second reading of the source is needed.
"""

from __future__ import annotations

import dis
import itertools
from collections.abc import Callable, Iterator, Mapping
from types import CodeType
from typing import Any

from wayfare.law.declare import arguments
from wayfare.law.errors import ClauseError
from wayfare.law.words import BINARY, WORDS, Scale, Symbol

__all__ = ["names_in", "operations", "show", "trace"]

_SYMBOLS = frozenset(BINARY.values())


def trace(step: Callable[..., Any], renames: Mapping[str, str] | None = None) -> Any:
    """The expression tree of a clause or, for a step of a scan, a tuple of trees.

    Raises ClauseError for a branch, a loop, a number that is not a scale, a name that is no word, a closure, or an
    argument that is never used.
    """
    code = getattr(step, "__code__", None)
    if code is None:
        raise ClauseError(f"{step!r} is not a plain function.", next_step="Write the clause with def.")
    name = step.__name__
    for used in code.co_names:
        if used not in WORDS and not isinstance(step.__globals__.get(used), Scale):
            raise ClauseError(
                f"{name} reads {used}, which is neither a word nor a scale.",
                next_step="Take it as an argument; import words and scales from wayfare.law.",
            )
    _straight(name, step, code)
    names = arguments(step)
    tree = step(**{n: Symbol("name", (renames or {}).get(n, n)) for n in names})
    seen = {n for t in (tree if isinstance(tree, tuple) else (tree,)) for n in names_in(t)}
    unused = sorted({(renames or {}).get(n, n) for n in names} - seen)
    if unused:
        raise ClauseError(f"{name} never uses {', '.join(unused)}.", next_step="Drop the argument.")
    return tree


def _straight(name: str, step: Any, code: CodeType) -> None:
    odd = sorted(
        {
            i.opname
            for i in dis.get_instructions(step)
            if "JUMP" in i.opname or i.opname in ("FOR_ITER", "IS_OP", "CONTAINS_OP")
        }
    )
    if odd:
        raise ClauseError(f"{name} branches or loops ({', '.join(odd)}).", next_step="Use when, & and |.")
    if code.co_freevars or any(isinstance(c, CodeType) for c in code.co_consts):
        raise ClauseError(
            f"{name} holds or closes over another function.", next_step="Write one straight expression."
        )


def names_in(tree: Any) -> Iterator[str]:
    """The names that a tree reads, with repetitions."""
    if isinstance(tree, Symbol):
        if tree.operation == "name":
            yield tree.arguments[0]
        else:
            yield from itertools.chain.from_iterable(map(names_in, tree.arguments))


def operations(tree: Any) -> int:
    """How many operations a tree has."""
    if not isinstance(tree, Symbol) or tree.operation == "name":
        return 0
    return 1 + sum(map(operations, tree.arguments))


def show(tree: Any) -> str:
    """The tree as a lawyer would type it."""
    if isinstance(tree, tuple):
        return ", ".join(map(show, tree))
    if not isinstance(tree, Symbol):
        return str(int(tree))
    if tree.operation == "name":
        return str(tree.arguments[0]).partition("[")[0]
    inner = [show(a) for a in tree.arguments]
    if tree.operation in _SYMBOLS:
        return f"({inner[0]} {tree.operation} {inner[1]})"
    return f"{tree.operation}({', '.join(inner)})"
