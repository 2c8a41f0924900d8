"""What a value rests on: for each value of a life the inputs that mattered, and nothing else.

The side of a `when` that was not taken, a part of an `&` that did not decide, what was multiplied by nothing and a row
that did not count are left out; so what an answer lists as used, assumed or missing is what moved it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from wayfare.law.unknown import solve
from wayfare.law.words import Symbol

if TYPE_CHECKING:
    from wayfare.law.ints import Lives
    from wayfare.law.law import Text

__all__ = ["Node", "inputs_of", "is_put_in", "needed", "text_of", "walk"]

Node = tuple[str, str, int]  # value, level, row


def needed(tree: Any, values: Mapping[str, Any]) -> list[str]:
    """The names that a tree's value rests on, given the values of its names."""
    if not isinstance(tree, Symbol):
        return []
    if tree.operation == "name":
        return [tree.arguments[0]]
    if tree.operation == "when":
        condition = solve(tree.arguments[0], values)
        taken = [] if condition is None else needed(tree.arguments[1 if condition else 2], values)
        return [*needed(tree.arguments[0], values), *taken]
    if tree.operation in ("*", "shared"):
        factors = [solve(part, values) for part in tree.arguments]
        if None not in factors and 0 in factors:
            return needed(tree.arguments[factors.index(0)], values)
    if tree.operation in ("&", "|"):
        decides = tree.operation == "|"
        for part in tree.arguments:
            found = solve(part, values)
            if found is not None and bool(found) == decides:
                return needed(part, values)
    return [n for a in tree.arguments for n in needed(a, values)]


def is_put_in(lives: Lives, node: Node) -> bool:
    """Whether the value at this level is a fact or was given."""
    value = lives.law.values[node[0]]
    return value.level == node[1] and lives.plan.is_put_in(value)


def text_of(lives: Lives, node: Node) -> Text | None:
    """The text of a clause in force for a row; None in a gap."""
    value = lives.law.values[node[0]]
    which = lives.which.get(value.name)
    if which is None:
        return value.texts[0]
    at = which[node[2]]
    return None if at is None else value.texts[at]


def inputs_of(lives: Lives, node: Node) -> list[Node]:
    """The values that a value rests on, one step down."""
    name, level, row = node
    value = lives.law.values[name]
    if value.level != level:
        up = lives.link(level, value.level)[row]
        return [(name, value.level, up)] if up >= 0 else []
    if lives.plan.is_put_in(value):
        return []
    found: list[Node] = _INPUTS[value.kind](lives, value, node)
    return found


def _clause(lives: Lives, value: Any, node: Node) -> list[Node]:
    _, level, row = node
    finder = lives.plan.finders.get(value.name)
    keys = [] if finder is None else [(k, level, row) for k in finder.names]
    text = text_of(lives, node)
    if text is None:
        return keys
    values = {n: lives.v[n, level][row] for _, n in text.names}
    return [*((n, level, row) for n in dict.fromkeys(needed(text.tree, values))), *keys]


def _look_up(lives: Lives, value: Any, node: Node) -> list[Node]:
    level = value.declared.within if value.kind == "expand" else node[1]
    row = lives.link(node[1], level)[node[2]] if value.kind == "expand" else node[2]
    return [(k, level, row) for k in lives.plan.finders[value.name].names]


def _find(lives: Lives, value: Any, node: Node) -> list[Node]:
    x, (_, level, row) = value.declared, node
    by, person = lives.v[x.by, level][row], lives.link(level, "person")[row]
    out: list[Node] = [(x.by, level, row)]
    is_found = False
    for i, (p, key) in enumerate(zip(lives.link(x.of, "person"), lives.v[x.key, x.of], strict=True)):
        if p == person and (key is None or key == by):
            is_found = is_found or key == by
            out += [(x.key, x.of, i), (x.value, x.of, i)]
    return out if is_found or not isinstance(x.none, str) else [*out, (x.none, level, row)]


def _distinct(lives: Lives, value: Any, node: Node) -> list[Node]:
    x = value.declared
    return [(x.by, x.of, i) for i, up in enumerate(lives.link(x.of, node[1])) if up == node[2]]


def _slices(lives: Lives, value: Any, node: Node) -> list[Node]:
    x = value.declared
    row = lives.link(node[1], x.of)[node[2]]
    return [(x.start, x.of, row), (x.end, x.of, row)]


def _column(lives: Lives, value: Any, node: Node) -> list[Node]:
    return [(value.declared[0], node[1], node[2])]


def _total(lives: Lives, value: Any, node: Node) -> list[Node]:
    x, of = value.declared, lives.plan.lower(value)
    answer = lives.v[value.name, node[1]][node[2]]
    out: list[Node] = []
    for i, up in enumerate(lives.link(of, node[1])):
        if up != node[2]:
            continue
        counts = lives.v[x.where, of][i] if x.where else 1
        holds = lives.v[x.value, of][i] if x.value else 1
        if _decides_alone(x.how, answer) and not (counts and (holds if x.how == "any" else not holds)):
            continue
        if x.where:
            out.append((x.where, of, i))
        if x.value and (counts or counts is None):
            out.append((x.value, of, i))
    return out


def _decides_alone(how: str, answer: Any) -> bool:
    """One row that holds makes `any`, one that fails breaks `all`; then only such rows matter."""
    return (how == "any" and bool(answer)) or (how == "all" and answer is not None and not answer)


def _pick(lives: Lives, value: Any, node: Node) -> list[Node]:
    x, of, (_, level, row) = value.declared, lives.plan.lower(value), node
    out: list[Node] = []
    best: tuple[list[Any], int] | None = None
    for i, up in enumerate(lives.link(of, level)):
        if up != row:
            continue
        counts = lives.v[x.where, of][i] if x.where else 1
        out += [(x.where, of, i)] if x.where else []
        key = [lives.v[k, of][i] for k in x.by]
        if not counts:
            continue
        out += [(k, of, i) for k in x.by]
        if None not in key and (best is None or (key < best[0] if x.first else key >= best[0])):
            best = key, i
    if best is not None:
        return [*out, (x.value, of, best[1])]
    return [*out, (x.none, level, row)] if isinstance(x.none, str) else out


def _scan(lives: Lives, value: Any, node: Node) -> list[Node]:
    x, (name, level, row) = value.declared, node
    return _walked_back(lives, value, level, lives.link(level, x.within)[row], name, row)


def _scan_end(lives: Lives, value: Any, node: Node) -> list[Node]:
    x, carry = value.declared
    return _walked_back(lives, lives.law.values[carry], x.level, node[2], carry, None)


def _walked_back(
    lives: Lives, value: Any, level: str, group: int, carry: str, upto: int | None
) -> list[Node]:
    """The inputs of a scan's steps that a carry rests on, from its row back to the start."""
    x, names = value.declared, list(value.declared.start)
    rows = _in_order(lives, x, level, group)
    rows = rows[: rows.index(upto) + 1] if upto is not None and upto in rows else rows
    out: list[Node] = [(k, level, i) for i in rows for k in x.order]
    wanted = {carry}
    for at in range(len(rows) - 1, -1, -1):
        row = rows[at]
        before = {k: lives.v[k, level][rows[at - 1]] if at else _start(lives, x, k, group) for k in names}
        now = before | {n: lives.v[n, level][row] for n in x.names.values() if n not in names}
        found = [n for k in wanted for n in needed(value.tree[names.index(k)], now)]
        out += [(n, level, row) for n in dict.fromkeys(found) if n not in names]
        wanted = {n for n in found if n in names}
    return [*out, *((s, x.within, group) for k, s in x.start.items() if k in wanted and isinstance(s, str))]


def _in_order(lives: Lives, x: Any, level: str, group: int) -> list[int]:
    rows = [i for i, up in enumerate(lives.link(level, x.within)) if up == group]
    orders = [lives.v[k, level] for k in x.order]
    if any(k[i] is None for k in orders for i in rows):
        return rows
    return sorted(rows, key=lambda i: [k[i] for k in orders])


def _start(lives: Lives, x: Any, carry: str, group: int) -> Any:
    start = x.start[carry]
    return lives.v[start, x.within][group] if isinstance(start, str) else int(start)


def _nothing(lives: Lives, value: Any, node: Node) -> list[Node]:
    return []


_INPUTS: dict[str, Any] = {
    "clause": _clause, "given": _nothing, "look_up": _look_up, "expand": _look_up, "find": _find, "distinct": _distinct,
    "slices": _slices, "slice_key": _slices, "column": _column, "total": _total, "pick": _pick, "scan": _scan,
    "scan_end": _scan_end, "span": _nothing, "hang": _nothing, "fact": _nothing,
}  # fmt: skip


def walk(lives: Lives, goals: list[Node]) -> Iterator[tuple[Node, list[Node]]]:
    """Every value that the goals rest on, each once, after what it rests on."""
    seen: set[Node] = set()
    stack: list[tuple[Node, list[Node] | None]] = [(g, None) for g in reversed(goals)]
    while stack:
        node, below = stack.pop()
        if below is not None:
            yield node, below
        elif node not in seen:
            seen.add(node)
            below = inputs_of(lives, node)
            stack.append((node, below))
            stack += [(n, None) for n in reversed(below) if n not in seen]
