"""Unit and bounds of every value of a plan, each by the kind of thing that gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wayfare.law.bounds import LIMIT, Interval, bounds
from wayfare.law.errors import BadDeclaration, BoundsError, UnitError
from wayfare.law.trace import names_in
from wayfare.law.units import parse_unit, unit_of, write_unit
from wayfare.law.words import Scale, Symbol, year_of

if TYPE_CHECKING:
    from wayfare.law.law import Value
    from wayfare.law.plan import Plan

__all__ = ["bound", "unit"]


def unit(plan: Plan, value: Value) -> str:
    """The unit of a value, its parts in order; raises UnitError where texts, steps or `none` do not agree."""
    return write_unit(parse_unit(_unit(plan, value)))


def _unit(plan: Plan, value: Value) -> str:
    of, x = plan.units.__getitem__, value.declared
    if value.kind == "fact":
        return str(x.unit)
    if value.kind == "clause":
        return _one_unit(value, [_written(t.tree, of) for t in value.texts])
    if value.kind == "look_up":
        return plan.law.parameters[x.table].unit
    if value.kind == "given":
        return "truth"
    if value.kind == "column":
        maker, column = x
        return dict(plan.law.parameters[plan.law.values[maker].declared.table].columns)[column]
    if value.kind == "total":
        summed = of(x.value) if x.value else "count"
        return {"sum": summed, "share": "basis_points", "count": "count"}.get(x.how, "truth")
    if value.kind in ("pick", "find"):
        none = of(x.none) if isinstance(x.none, str) else getattr(x.none, "unit", of(x.value))
        return _one_unit(value, [of(x.value), none])
    if value.kind == "scan":
        return _scan_unit(plan, value)
    if value.kind == "scan_end":
        return of(x[1])
    if value.kind in ("slices", "slice_key"):
        by_year = {"slices": "month_set", "slice_key": "year"}
        return by_year[value.kind] if x.by == "year" else "day"
    return "year" if value.kind == "span" else "count" if value.kind in ("hang", "expand") else of(x.by)


def _written(tree: Any, of: Any) -> str:
    found = unit_of(tree, of)
    return "count" if found is None else write_unit(found)


def _one_unit(value: Value, found: list[str]) -> str:
    found = [write_unit(parse_unit(u)) for u in found]
    if len(set(found)) > 1:
        raise UnitError(f"{value.shown} is given in {' and in '.join(sorted(set(found)))}.", next_step="Use one unit.")
    return found[0]


def _scan_unit(plan: Plan, value: Value) -> str:
    x = value.declared
    written = {k: s.unit if isinstance(s, Scale) else plan.units[s] for k, s in x.start.items()}
    starts = {k: write_unit(parse_unit(u)) for k, u in written.items()}
    plan.units.update(starts)
    for (carry, begun), tree in zip(starts.items(), value.tree, strict=True):
        found = unit_of(tree, plan.units.__getitem__)
        if found is not None and write_unit(found) != begun:
            raise UnitError(
                f"The step of {carry} gives {write_unit(found)}, but it starts in {begun}.", next_step="Use one unit."
            )
    return starts[value.name]


def bound(plan: Plan, value: Value) -> Interval:
    """Least and greatest number that a value can have; raises BoundsError."""
    of, x = plan.bounds.__getitem__, value.declared
    if value.kind == "fact":
        return (min(x.low, x.absent), max(x.high, x.absent)) if isinstance(x.absent, int) else (x.low, x.high)
    if value.kind == "clause":
        found = [bounds(t.tree, of) for t in value.texts]
        return min(f[0] for f in found), max(f[1] for f in found)
    if value.kind == "look_up":
        return _wider(plan.finders[value.name].cells.bounds(), plan.law.parameters[x.table].bounds)
    if value.kind == "given":
        return 0, 1
    if value.kind == "column":
        return _column_bound(plan, x)
    if value.kind == "total":
        return _total_bound(plan, value)
    if value.kind in ("pick", "find"):
        none = of(x.none) if isinstance(x.none, str) else (int(x.none), int(x.none))
        return min(of(x.value)[0], none[0]), max(of(x.value)[1], none[1])
    if value.kind == "scan":
        return _scan_bound(plan, value)
    if value.kind == "scan_end":
        return _with_start(plan, x[0], x[1])
    if value.kind in ("slices", "slice_key"):
        return _slice_bound(plan, value)
    if value.kind == "span":
        return x.low, x.high
    return (0, 0) if value.kind in ("hang", "expand") else of(x.by)


def _wider(found: Interval, stated: Interval | None) -> Interval:
    """The bounds of the rows and those that the table states for what may be given in their stead."""
    return found if stated is None else (min(found[0], stated[0]), max(found[1], stated[1]))


def _column_bound(plan: Plan, x: tuple[str, str]) -> Interval:
    table = plan.law.parameters[plan.law.values[x[0]].declared.table]
    at = [c for c, _ in table.columns].index(x[1])
    found = [r.columns[at] for r in table.rows] or [0]
    return min(found), max(found)


def _total_bound(plan: Plan, value: Value) -> Interval:
    x = value.declared
    if x.how in ("any", "all"):
        return 0, 1
    if x.how == "share":
        return 0, 10_000
    most = plan.law.most(plan.lower(value), value.level)
    low, high = plan.bounds[x.value] if x.value and x.how == "sum" else (1, 1)
    out = min(low, 0) * most, max(high, 0) * most
    if out[0] < -LIMIT or out[1] >= LIMIT:
        raise BoundsError(
            f"{value.name} adds up to {most} rows of at most {high}, which passes 64 bits.",
            next_step="Narrow the bounds or the most rows of the level.",
        )
    return out


def _slice_bound(plan: Plan, value: Value) -> Interval:
    x, of = value.declared, plan.bounds.__getitem__
    if x.by == "day":
        return of(x.start)[0], of(x.end)[1]
    if value.kind == "slices":
        return 0, 4095
    return int(year_of(of(x.start)[0])), int(year_of(of(x.end)[1]))


def _scan_bound(plan: Plan, value: Value) -> Interval:
    """Walks the bounds as often as there can be rows, or until they no longer move."""
    if value.name in plan.bounds:
        return plan.bounds[value.name]
    x = value.declared
    start = {k: (int(s), int(s)) if isinstance(s, Scale) else plan.bounds[s] for k, s in x.start.items()}
    box, trees = dict(start), dict(zip(start, value.tree, strict=True))
    seen: dict[str, Interval] = {}
    left = plan.law.most(value.level, x.within)
    while left > 0:
        step = _stepped(plan, trees, box)
        wider = {k: _hull(seen.get(k, r), r) for k, r in step.items()}
        if wider == seen and all(box[k] == r for k, r in step.items()):
            break
        if left > 2 and _are_sums(trees, {k for k, r in step.items() if box[k] != r}):
            step = {k: _moved(box[k], r, left - 1) for k, r in step.items()}  # the last row itself is walked below
            wider, left = {k: _hull(wider[k], r) for k, r in step.items()}, 2
        seen, box, left = wider, step, left - 1
    if not seen:
        raise BadDeclaration(f"The scan of {value.name} has no rows.", next_step="Say most= for its level.")
    plan.bounds.update(seen)
    return seen[value.name]


def _stepped(plan: Plan, trees: dict[str, Any], box: dict[str, Interval]) -> dict[str, Interval]:
    """The bounds of the carries after one more row."""
    return {k: bounds(tree, lambda n: box[n] if n in box else plan.bounds[n]) for k, tree in trees.items()}


def _are_sums(trees: dict[str, Any], moving: set[str]) -> bool:
    """Whether carries that still move only add up: each is itself plus what no such carry is in, and nothing reads it.

    Their bounds then move by the same amount with every row, so that the rows between need no walk.
    """
    for k, tree in trees.items():
        rest = [tree]
        if k in moving:
            if not isinstance(tree, Symbol) or tree.operation != "+":
                return False
            rest = [a for a in tree.arguments if not _is_name(a, k)]
            if len(rest) != 1:
                return False
        if moving.intersection(names_in(rest[0])):
            return False
    return True


def _is_name(tree: Any, name: str) -> bool:
    return isinstance(tree, Symbol) and tree.operation == "name" and tree.arguments[0] == name


def _moved(before: Interval, after: Interval, rows: int) -> Interval:
    """Bounds after `rows` rows, the first of which led from `before` to `after`."""
    return before[0] + rows * (after[0] - before[0]), before[1] + rows * (after[1] - before[1])


def _hull(a: Interval, b: Interval) -> Interval:
    return min(a[0], b[0]), max(a[1], b[1])


def _with_start(plan: Plan, x: Any, carry: str) -> Interval:
    start = x.start[carry]
    begin = (int(start), int(start)) if isinstance(start, Scale) else plan.bounds[start]
    return min(plan.bounds[carry][0], begin[0]), max(plan.bounds[carry][1], begin[1])
