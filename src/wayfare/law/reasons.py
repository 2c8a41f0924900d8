"""Reasons from a life's values: each clause with the facts that met or missed it, and by how much.

A comparison that fails gives what was found, what is asked and the shortfall; `&` gives all failing parts, `|` each
alternative. Rows of one clause that say the same are told once, so that a person can read the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from wayfare.kernel.reason import Reason, Shortfall
from wayfare.law.labels import LANGUAGES, labels_of, written_in
from wayfare.law.missing import ref_of, told
from wayfare.law.relevance import Node, inputs_of, text_of, walk
from wayfare.law.sentences import given_sentence, sentence
from wayfare.law.trace import show
from wayfare.law.units import POINTS, spoken_unit, unit_of, write_number, write_unit
from wayfare.law.unknown import solve
from wayfare.law.words import COMPARISONS, EPOCH_YEAR, FIRST_DAY, FIRST_MONTH, Symbol

if TYPE_CHECKING:
    from wayfare.law.ints import Lives

__all__ = ["Line", "Why", "explain", "failing", "log", "reasons"]

ROWS_MOST = 4  # rows of one clause below one reason


@dataclass(frozen=True)
class Line:
    """One value of one row, with what it was made of and where the rule stands."""

    name: str
    level: str
    row: int
    value: Any
    inputs: Mapping[str, Any]
    source: str


def log(lives: Lives) -> list[Line]:
    """Every value of every row in the order in which it was found."""
    out = []
    for step in lives.plan.steps:
        if step.kind == "down":
            continue
        name, level = step.value.name, step.level
        column = lives.v.get((name, level), ())
        inputs = [(n, lives.v[n, at]) for n, at in step.needs if at == level and (n, at) in lives.v]
        which = lives.which.get(name) if step.kind == "clause" else None
        sources = [f"{t.clause.source.text} {t.clause.source.article}" for t in step.value.texts]
        for row, x in enumerate(column):
            at = which[row] if which else 0
            source = sources[at] if sources and at is not None else step.kind
            out.append(Line(name, level, row, x, {n: c[row] for n, c in inputs}, source))
    return out


@dataclass(frozen=True)
class Why:
    """Why a truth does not hold. `kind` is all, any, short, unknown or fails; numbers are in small units."""

    kind: str
    name: str
    row: int
    found: int | None = None
    asked: int | None = None
    short_by: int | None = None
    unit: str = ""
    text: str = ""
    parts: tuple[Why, ...] = ()


def explain(lives: Lives, name: str, row: int = 0, level: str | None = None) -> Why | None:
    """Why a truth does not hold or is not known; None when it holds."""
    at = level or lives.law.values[name].level
    value = lives.law.values[name]
    if lives.v[name, at][row]:
        return None
    if value.level != at:
        return explain(lives, name, lives.link(at, value.level)[row], value.level)
    if lives.plan.is_put_in(value):
        return _leaf(lives, (name, at, row))
    if value.kind == "clause":
        text = text_of(lives, (name, at, row))
        if text is None:
            return _leaf(lives, (name, at, row))
        values = {n: lives.v[n, at][row] for _, n in text.names}
        return _of_tree(lives, text.tree, values, (name, at, row))
    if value.kind == "total" and value.declared.how in ("any", "all") and value.declared.value:
        return _of_total(lives, value, (name, at, row))
    if value.kind in ("pick", "find"):
        for n in inputs_of(lives, (name, at, row)):
            if n[0] == value.declared.value and not lives.v[n[0], n[1]][n[2]]:
                return explain(lives, n[0], n[2], n[1])
    return _leaf(lives, (name, at, row))


def _leaf(lives: Lives, node: Node) -> Why:
    unknown = lives.v[node[0], node[1]][node[2]] is None
    text = f"{node[0]} {ref_of(lives, node)}".strip()
    return Why("unknown" if unknown else "fails", node[0], node[2], text=text)


def _of_total(lives: Lives, value: Any, node: Node) -> Why:
    x, of = value.declared, lives.plan.lower(value)
    rows = [i for i, up in enumerate(lives.link(of, node[1])) if up == node[2]]
    counted = [i for i in rows if not x.where or lives.v[x.where, of][i] is None or lives.v[x.where, of][i]]
    parts = [explain(lives, x.value, i, of) for i in counted]
    return _joined("any" if x.how == "any" else "all", [p for p in parts if p is not None], node)


def _joined(kind: str, parts: list[Why], node: Node) -> Why:
    return parts[0] if len(parts) == 1 else Why(kind, node[0], node[2], parts=tuple(parts))


def _of_tree(lives: Lives, tree: Any, values: Mapping[str, Any], node: Node) -> Why:
    if not isinstance(tree, Symbol):
        return _leaf(lives, node)
    if tree.operation == "name":
        return explain(lives, tree.arguments[0], node[2], node[1]) or _leaf(lives, node)
    if tree.operation in ("&", "|"):
        failing = [a for a in tree.arguments if not solve(a, values)]
        kind = "all" if tree.operation == "&" else "any"
        return _joined(kind, _flat(kind, [_of_tree(lives, a, values, node) for a in failing]), node)
    if tree.operation == "when":
        condition = solve(tree.arguments[0], values)
        if condition is not None:
            return _of_tree(lives, tree.arguments[1 if condition else 2], values, node)
    if tree.operation in COMPARISONS:
        return _comparison(lives, tree, values, node)
    return Why("unknown" if solve(tree, values) is None else "fails", node[0], node[2], text=show(tree))


def _flat(kind: str, parts: list[Why]) -> list[Why]:
    """`a & (b & c)` is one list of three."""
    return [q for p in parts for q in (p.parts if p.kind == kind else (p,))]


def _comparison(lives: Lives, tree: Symbol, values: Mapping[str, Any], node: Node) -> Why:
    left, right = (solve(a, values) for a in tree.arguments)
    if left is None or right is None:
        return Why("unknown", node[0], node[2], found=left, asked=right, text=show(tree))
    powers = [unit_of(a, lives.plan.units.__getitem__) for a in tree.arguments]
    unit = write_unit(next((p for p in powers if p is not None), {}))
    if tree.operation in ("==", "!="):
        return Why("fails", node[0], node[2], int(left), int(right), None, unit, show(tree))
    short = abs(int(right) - int(left)) + (tree.operation in "<>")
    return Why("short", node[0], node[2], int(left), int(right), short, unit, show(tree))


# ---- reasons for people
def reasons(lives: Lives, goal: Node) -> tuple[Reason, ...]:
    """The clauses behind a goal as a tree of reasons, the goal's own clause first."""
    facts = _facts_below(lives, goal)
    told_once: set[Node] = set()
    return tuple(_reasons(lives, goal, facts, told_once, depth=0))


def failing(lives: Lives, goal: Node) -> tuple[Reason, ...]:
    """The clauses and facts at which a truth fails, each with its shortfall, without what stands above them.

    What is not known stands there only where nothing is known to fail.
    """
    why = explain(lives, *_name_row_level(goal))
    found = [] if why is None else [_of_leaf(lives, leaf) for leaf in _leaves(why)]
    found = [r for r in found if r.holds is False] or found
    return tuple({(r.clause, r.facts): r for r in found}.values())


def _name_row_level(node: Node) -> tuple[str, int, str]:
    return node[0], node[2], node[1]


def _leaves(why: Why) -> list[Why]:
    return [leaf for part in why.parts for leaf in _leaves(part)] if why.parts else [why]


def _of_leaf(lives: Lives, leaf: Why) -> Reason:
    value = lives.law.values[leaf.name]
    node = leaf.name, value.level, leaf.row
    if value.kind == "clause" and not lives.plan.is_put_in(value):
        return replace(_reason(lives, node, value, _facts_below(lives, node), ()), shortfall=_shortfall(leaf))
    facts = tuple(f for f in (_fact(lives, node),) if f)
    holds = None if leaf.kind == "unknown" else False
    return Reason(value.shown, holds, facts, sentence=sentence(lives, node, None))


def _facts_below(lives: Lives, goal: Node) -> dict[Node, frozenset[str]]:
    """For each value the facts of the document that it rests on."""
    out: dict[Node, frozenset[str]] = {}
    for node, below in walk(lives, [goal]):
        mine = {_fact(lives, node)} if not below and lives.plan.is_put_in(lives.law.values[node[0]]) else set()
        out[node] = frozenset(mine.union(*(out.get(n, frozenset()) for n in below)) - {""})
    return out


def _fact(lives: Lives, node: Node) -> str:
    """The fact behind a value that was put in, or that it was given."""
    value = lives.law.values[node[0]]
    return ref_of(lives, node) if value.kind == "fact" else f"given:{value.shown}"


def _reasons(
    lives: Lives, node: Node, facts: Mapping[Node, frozenset[str]], told_once: set[Node], depth: int
) -> list[Reason]:
    """The nearest clauses at or below a value."""
    if node in told_once or depth > 40:
        return []
    told_once.add(node)
    value = lives.law.values[node[0]]
    is_text = value.kind in ("clause", "scan_end") and value.level == node[1] and not lives.plan.is_put_in(value)
    is_text = is_text and not _is_reading(lives, node, value)
    below: list[Reason] = []
    for n in inputs_of(lives, node):
        below += _reasons(lives, n, facts, told_once, depth + 1)
    if value.kind != "fact" and value.level == node[1] and lives.plan.is_put_in(value):
        return [Reason(value.shown, True, (f"given:{value.shown}",), sentence=given_sentence(lives, node))]
    if value.kind == "look_up" and value.declared.cited and value.level == node[1]:
        return [*below, *_cited(lives, node, facts)]
    if not is_text:
        return below
    return [_reason(lives, node, value, facts, _thinned(below))]


def _cited(lives: Lives, node: Node, facts: Mapping[Node, frozenset[str]]) -> list[Reason]:
    """A figure of a table with the text of its row; nothing where no row was found."""
    name, level, row = node
    finder = lives.plan.finders[name]
    cell = finder.at_ints([lives.v[key, level][row] for key in finder.names])
    if cell is None or finder.row[cell] < 0 or lives.v[name, level][row] is None:
        return []
    source = finder.cells.rows[int(finder.row[cell])].source
    unit, figure, between = lives.plan.units[name], told(lives, node), {"en": ": ", "zh": "："}
    labels = labels_of(lives.law, name)
    said = {to: labels[to] + between[to] + written_in(lives.law, unit, figure, to) for to in LANGUAGES}
    return [
        Reason(
            lives.law.values[name].shown, True, tuple(sorted(facts.get(node, frozenset()), key=_by_number)),
            source=source.text, article=source.article, rank=source.rank, status=source.status, sentence=said,
        )
    ]  # fmt: skip


def _is_reading(lives: Lives, node: Node, value: Any) -> bool:
    """Whether a clause only says how the record is read and applies no text of law."""
    text = text_of(lives, node) if value.kind == "clause" else None
    return text is not None and text.clause.source.text.startswith("Wayfare")


def _thinned(below: list[Reason]) -> tuple[Reason, ...]:
    """The last rows of one clause, and of those first the ones that rest on an item of the document.

    A year in which nothing was paid, and a year like the one before it, need not be told. The first row that is told
    says how many before it are not.
    """
    on_items = {r.clause for r in below if _rests_on_items(r)}
    below = [r for r in below if r.clause not in on_items or _rests_on_items(r)]
    every = Counter(r.clause for r in below)
    left = every.copy()
    out = []
    for r in below:
        if left[r.clause] == ROWS_MOST < every[r.clause]:
            out.append(replace(r, more=every[r.clause] - ROWS_MOST))
        elif left[r.clause] <= ROWS_MOST:
            out.append(r)
        left[r.clause] -= 1
    return tuple(out)


def _rests_on_items(r: Reason) -> bool:
    return len(r.facts) > 1 or any(":" in f for f in r.facts)


def _reason(
    lives: Lives, node: Node, value: Any, facts: Mapping[Node, frozenset[str]], below: tuple[Reason, ...]
) -> Reason:
    text = text_of(lives, node) if value.kind == "clause" else None
    declared = value.declared[0] if value.kind == "scan_end" else None
    source = text.clause.source if text else getattr(declared, "source", None)
    x = lives.v[node[0], node[1]][node[2]]
    is_truth = lives.plan.units[node[0]] == "truth"
    why = explain(lives, node[0], node[2], node[1]) if is_truth and not x else None
    return Reason(
        clause=value.shown,
        holds=(None if x is None else bool(x)) if is_truth else x is not None or None,
        facts=tuple(sorted(facts.get(node, frozenset()), key=_by_number)),
        source=source.text if source else None,
        article=source.article if source else None,
        rank=source.rank if source else None,
        status=source.status if source else None,
        sentence=sentence(lives, node, text),
        shortfall=_shortfall(why),
        children=below,
    )


def _by_number(ref: str) -> tuple[str, int, str]:
    head, _, tail = ref.partition(":")
    return (head, int(tail), "") if tail.isdigit() else (head, 0, tail)


FIRST_OF = {"day": FIRST_DAY, "month": FIRST_MONTH, "year": EPOCH_YEAR}


def _shortfall(why: Why | None) -> Shortfall | None:
    """The numbers of a comparison that failed; two days, months or years fall short by a duration."""
    if why is None or why.kind != "short" or why.short_by is None:
        return None
    if why.unit in POINTS and int(why.found or 0) <= FIRST_OF[why.unit]:
        return None  # the first day that the calendar has stands for none, and from none nothing is counted
    found, asked = (write_number(int(n or 0), why.unit) for n in (why.found, why.asked))
    lacking = POINTS.get(why.unit, why.unit)
    return Shortfall(write_number(why.short_by, lacking), spoken_unit(lacking), found, asked)
