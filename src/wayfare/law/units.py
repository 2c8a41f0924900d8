"""Units as powers of base names, checked over expression trees, and numbers written and read in their unit.

Points in time (day, month, year) differ by durations (days, months, years) and are never multiplied; places, choices
and truths are compared only. `basis_points`, `percent` and `tenths` are factors of a unit, so that a product of
rates cannot lose its scale.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from wayfare.law.errors import BadGiven, UnitError
from wayfare.law.trace import show
from wayfare.law.words import COMPARISONS, DIVISIONS, Scale, Symbol

__all__ = ["outside", "parse_unit", "read_number", "spoken_unit", "unit_of", "write_number", "write_unit"]

POINTS = {"day": "days", "month": "months", "year": "years"}
MEASURES = frozenset({
    "fen", "months", "days", "years", "hours", "count", "points", "people", "basis_points", "percent", "tenths",
    "half_months",
})  # fmt: skip
FACTORS = {"fen": 2, "basis_points": 4, "percent": 2, "tenths": 1}  # decimals of a number written for people
_TO_UNIT = {"month_of": ("day", "month"), "first_day": ("month", "day"), "year_of": ("month", "year"),
            "first_month": ("year", "month"), "months_in": ("month_set", "months"),
            "month_weights": ("month_set", "months")}  # fmt: skip
Powers = dict[str, int]


def parse_unit(text: str) -> Powers:
    """`fen*months/years` as powers; `count` is the number without a unit."""
    return dict(_powers(text))


@cache
def _powers(text: str) -> Powers:
    top, _, bottom = text.partition("/")
    powers: Powers = {}
    for part, sign in ((top, 1), (bottom, -1)):
        for base in filter(None, part.split("*")):
            powers[base] = powers.get(base, 0) + sign
    return {b: p for b, p in powers.items() if p and b != "count"}


def write_unit(powers: Powers) -> str:
    """Powers as text, the inverse of `parse_unit`."""
    top, bottom = ("*".join(b for b, p in sorted(powers.items()) for _ in range(sign * p)) for sign in (1, -1))
    return (top or "count") + ("/" + bottom if bottom else "")


def _compared_only(powers: Powers | None) -> bool:
    return any(b not in MEASURES for b in powers or {})


def unit_of(tree: Any, unit: Callable[[str], str]) -> Powers | None:
    """Unit of a tree; None for a bare 0 or 1, which fits any unit. Raises UnitError."""
    if isinstance(tree, Scale):
        return parse_unit(tree.unit)
    if not isinstance(tree, Symbol):
        return None
    if tree.operation == "name":
        return parse_unit(unit(tree.arguments[0]))
    units = [unit_of(a, unit) for a in tree.arguments]
    if tree.operation in _TO_UNIT:
        taken, given = _TO_UNIT[tree.operation]
        if units[0] != {taken: 1}:
            raise UnitError(f"{show(tree)} asks for a {taken}.", next_step="Give it one.")
        return {given: 1}
    if tree.operation == "*" or tree.operation in DIVISIONS:
        return _product(tree, units)
    if tree.operation in "+-":
        return _sum(tree, units)
    return _same(tree, units)


def _product(tree: Symbol, units: list[Powers | None]) -> Powers:
    if any(_compared_only(u) for u in units):
        raise UnitError(
            f"{show(tree)} multiplies or divides {_told(units)}.",
            next_step="Points, places and truths are only compared.",
        )
    sign = 1 if tree.operation == "*" else -1
    a, b = units[0] or {}, units[1] or {}
    both = {base: a.get(base, 0) + sign * b.get(base, 0) for base in (*a, *b)}
    return {base: p for base, p in both.items() if p}


def _sum(tree: Symbol, units: list[Powers | None]) -> Powers | None:
    a, b = units
    for point, duration in POINTS.items():
        here, step = {point: 1}, {duration: 1}
        if tree.operation == "-" and a == here and b == here:
            return step
        if a == here and b in (step, None):
            return here
        if tree.operation == "+" and b == here and a in (step, None):
            return here
    known = [u for u in units if u is not None]
    if any(u != known[0] for u in known):
        raise UnitError(f"Units differ in {show(tree)}: {_told(units)}.", next_step="Bring both to one unit.")
    if known and _compared_only(known[0]):
        raise UnitError(f"{show(tree)} adds {_told(units)}.", next_step="Points, places and truths are not added.")
    return known[0] if known else None


def _same(tree: Symbol, units: list[Powers | None]) -> Powers | None:
    truth = {"truth": 1}
    if tree.operation == "when" and units[0] != truth:
        raise UnitError(f"when asks for a truth, not {show(tree.arguments[0])}.", next_step="Compare something first.")
    sides = units[1:] if tree.operation == "when" else units
    known = [u for u in sides if u is not None]
    if any(u != known[0] for u in known):
        raise UnitError(f"Units differ in {show(tree)}: {_told(sides)}.", next_step="Bring both to one unit.")
    if tree.operation in ("&", "|", "no") and any(u != truth for u in known):
        raise UnitError(f"{tree.operation} asks for truths in {show(tree)}.", next_step="Compare something first.")
    if tree.operation in ("joined", "shared", "without") and any(u != {"month_set": 1} for u in known):
        raise UnitError(f"{tree.operation} asks for sets of months in {show(tree)}.", next_step="Give it sets.")
    if tree.operation in COMPARISONS:
        return truth
    return known[0] if known else None


def _told(units: list[Powers | None]) -> str:
    return " and ".join("a bare number" if u is None else write_unit(u) for u in units)


def decimals_of(unit: str) -> int:
    """Decimals of a number of this unit when people write it: 2 for fen, 4 for basis points."""
    return sum(FACTORS.get(b, 0) * p for b, p in parse_unit(unit).items() if p > 0)


def spoken_unit(unit: str) -> str:
    """The unit of a number as people read it: fen becomes yuan, and factors of scale go."""
    powers = {b: p for b, p in parse_unit(unit).items() if b not in ("basis_points", "percent", "tenths")}
    if "fen" in powers:
        powers["yuan"] = powers.pop("fen")
    if not powers:
        return "decimal" if unit != "count" else "count"
    top, _, bottom = write_unit(powers).partition("/")
    return f"{top}/{bottom.removesuffix('s')}" if bottom else top


def write_number(value: int, unit: str) -> str:
    """A value as people write it: fen as yuan, basis points as a decimal, a month as 2024-06, a truth as yes or no.

    Points of a points table are written as such tables print them: 120, 10.5, 90.75.
    """
    if unit == "truth":
        return "yes" if value else "no"
    if unit == "day":
        return date.fromordinal(value).isoformat()
    if unit == "month":
        return f"{value // 12:04}-{value % 12 + 1:02}"
    places = decimals_of(unit)
    text = str(value) if not places else f"{Decimal(value).scaleb(-places):.{places}f}"
    return text.rstrip("0").rstrip(".") if places and "points" in parse_unit(unit) else text


def outside(name: str, value: int, bounds: tuple[int, int], unit: str) -> str:
    """That a fact lies outside its bounds, told in its unit: months as 2061-03, money in yuan."""
    x, low, high = (_written(n, unit) for n in (value, *bounds))
    measured = set(parse_unit(unit)) <= MEASURES
    return f"{name} is {x}, which lies outside {low} to {high}{f' {spoken_unit(unit)}' if measured else ''}."


def _written(value: int, unit: str) -> str:
    """A number as people write it; one that is no day of the calendar stays a number."""
    try:
        return write_number(value, unit)
    except (ValueError, OverflowError):
        return str(value)


def read_number(text: Any, unit: str, *, name: str) -> int:
    """The inverse of `write_number`; raises BadGiven for text that is no number of the unit or is too fine for it."""
    try:
        if unit == "truth":
            return {"yes": 1, "no": 0}[str(text)]
        if unit == "day":
            return date.fromisoformat(text).toordinal()
        if unit == "month":
            return int(text[:4]) * 12 + date.fromisoformat(f"{text}-01").month - 1
        number = Decimal(str(text)).scaleb(decimals_of(unit))
        if not number.is_finite() or number != number.to_integral_value():
            raise ValueError(text)
        return int(number)
    except (KeyError, TypeError, ValueError, InvalidOperation) as fault:
        raise BadGiven(
            f"{name} is given as {text!r}, which is no value in {unit}.",
            next_step=f"Write it as text with at most {decimals_of(unit)} decimals (yes or no for a truth).",
            field=f"given.{name}",
        ) from fault
