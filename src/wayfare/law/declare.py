"""What a rule file may declare: facts, clauses and the six moves between levels.

A declaration is a plain value; its name is the name of the variable (or function) that holds it, so names are the
wiring between values. Nothing is registered anywhere: `wayfare.law.load` collects the declarations of a folder, and
`wayfare.law.law.Law` puts them together and refuses what does not fit.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from wayfare.kernel.status import Rank, Status
from wayfare.law.declared import (
    Choice,
    Clause,
    Declaration,
    Distinct,
    Expand,
    Fact,
    Find,
    Given,
    Hang,
    Level,
    Lever,
    LookUp,
    Pick,
    Question,
    Scan,
    Slices,
    Source,
    Span,
    Total,
)  # fmt: skip
from wayfare.law.errors import BadDeclaration
from wayfare.law.words import EMPTY_SET, Scale, joined, without

__all__ = [
    "Choice", "Clause", "Declaration", "Distinct", "Expand", "Fact", "Find", "Given", "Hang", "Level", "Lever",
    "LookUp", "Pick", "Question", "Scan", "Slices", "Source", "Span", "Total", "choice", "clause", "distinct",
    "expand", "fact", "find", "given", "hang", "level", "lever", "look_up", "months_once", "pick", "question", "scan",
    "slices", "span", "total",
]  # fmt: skip


def choice(unit: str, *members: str) -> Choice:
    """A kind of thing; bind a member to a name in capitals (`TEMPORARY = RELATION.temporary`) to use it in a clause."""
    return Choice(unit, members)


def level(name: str, *, above: str | tuple[str, ...] = "person", most: int, stands_alone: bool = False) -> Level:
    """A level whose rows come from facts, such as the contribution runs of a person.

    With `stands_alone` a value given at the level speaks for one row where the facts have none.
    """
    return Level(name, _names(above), most, stands_alone)


def fact(
    level: str, unit: str, low: int, high: int, *, absent: int | str = "ask", ask: Mapping[str, str] | None = None,
    choices: tuple[str, ...] = (),
) -> Fact:  # fmt: skip
    """A stated value with honest bounds; a value outside them is refused when it is read."""
    return Fact(level, unit, low, high, absent, dict(ask or {}), choices)


def clause(
    text: str, *, article: str = "", level: str, at: str | None = None, where: str | tuple[str, ...] | None = None,
    since: str | None = None, until: str | None = None, place: str | tuple[str, ...] | None = None,
    value: str | None = None, rank: str = "rule", status: str = "verified",
) -> Callable[[Callable[..., Any]], Clause]:  # fmt: skip
    """Marks a function as one text of the value it is named after (or of `value`).

    `at` names the value (a day, a month or a year) whose date picks the text and the rows of its parameters; the day
    asked about unless it says otherwise. `where` names the place that picks them, or a pair of places.
    """
    source = Source(text, article, Rank(rank), Status(status))

    def keep(step: Callable[..., Any]) -> Clause:
        days = _day(since), _day(until)
        return Clause(step, value or step.__name__, level, source, *days, _names(place), at, _names(where))

    return keep


def look_up(
    table: str, *, level: str, by: Mapping[str, str] | None = None, at: str | None = None,
    where: str | tuple[str, ...] | None = None, cited: bool = False,
) -> LookUp:  # fmt: skip
    """The row of a table for the date `at`, the place `where` and the keys `by` (table key to value name).

    With `cited` the reasons of an answer tell the figure and the text it stands in.
    """
    return LookUp(table, level, dict(by or {}), at, _names(where), cited)


def find(value: str, *, of: str, key: str, by: str, level: str, none: str | int) -> Find:
    """The value of the person's own row of `of` whose `key` equals our `by`; `none` when there is no such row."""
    return Find(of, value, key, by, level, none)


def given(value: str) -> Given:
    """Whether `value` is given: a printed form speaks for itself where a record would have to be read."""
    return Given(value)


def distinct(level: str, *, of: str, by: str, within: str = "person", most: int | None = None) -> Distinct:
    """A row of `level` for each distinct value of `by` among the rows of `of` inside a row of `within`."""
    return Distinct(level, of, by, within, most)


def span(
    level: str, *, within: str = "person", low: int, high: int, since: str | None = None, until: str | None = None
) -> Span:  # fmt: skip
    """A row of `level` for each year from `low` to `high` (both in) inside each row of `within`.

    `since` and `until` name years of `within`, both in: where years before or after change nothing, a row then has only
    its own years, and a population runs as much faster. Another year is no row: what hangs on it belongs nowhere.
    """
    return Span(level, within, low, high, since, until)


def expand(
    level: str, *, within: str, table: str, columns: Mapping[str, str], by: Mapping[str, str] | None = None,
    at: str | None = None, where: str | tuple[str, ...] | None = None,
) -> Expand:  # fmt: skip
    """The table's rows for a key, a date and a place as rows of `level`; `columns`: column of the table to value name.

    Unlike a look-up, all rows in force under the narrowest place that has any are taken, in the table's order.
    """
    return Expand(level, within, table, dict(by or {}), at, _names(where), dict(columns))


def slices(
    level: str, *, of: str, start: str, end: str, key: str, by: str = "year", at_table: str | None = None,
    at_rows: tuple[str, str] | None = None, most: int | None = None,
) -> Slices:  # fmt: skip
    """Cuts the spells of `of`: at years, or by day at a table's points of change and at other rows' days.

    `at_rows` is (level, day value): rows that share the spell's row above.
    """
    if by not in ("year", "day"):
        raise BadDeclaration(f"slices cut by year or by day, not by {by}", next_step='Write by="year" or by="day".')
    return Slices(level, of, start, end, by, key, at_table, at_rows, most)


def hang(of: str, *, under: str, by: str) -> Hang:
    """Links the rows of `of` to the row of `under` (a span of years, or slices by day) that `by` falls in."""
    return Hang(of, under, by)


def total(
    value: str | None = None, *, level: str, of: str | None = None, where: str | None = None, how: str = "sum"
) -> Total:
    """Moves values up: `how` is sum, count, any, all or share (of the rows of the level, in basis points)."""
    if how not in ("sum", "count", "any", "all", "share"):
        raise BadDeclaration(f"total knows sum, count, any, all and share, not {how}", next_step="Use one of these.")
    return Total(value, of, level, where, how)


def pick(
    value: str, *, level: str, of: str | None = None, by: str | tuple[str, ...] = (), where: str | None = None,
    none: str | Scale, first: bool = False,
) -> Pick:  # fmt: skip
    """The value of the row that is greatest by `by`, later rows winning ties (least and earlier with `first`)."""
    return Pick(value, of, level, _names(by), where, none, first)


def scan(
    text: str, *, article: str = "", level: str, within: str, start: Mapping[str, Scale | str],
    order: str | tuple[str, ...] = (), leaves: Mapping[str, str] | None = None, rank: str = "rule",
    status: str = "verified",
) -> Callable[[Callable[..., Any]], Scan]:  # fmt: skip
    """Marks a step function: it takes the carry and the row's values and returns the new carry, one value each.

    The names of `start` are the carries, in the order in which the step returns them; each is a value of `level`
    after the row. A start is a scale such as `ZERO_FEN` or the name of a value of `within` (a carry may be given).
    `leaves` names the last carry as a value of `within`.
    """
    source = Source(text, article, Rank(rank), Status(status))

    def keep(step: Callable[..., Any]) -> Scan:
        return Scan(step, level, within, dict(start), _names(order), dict(leaves or {}), source)

    return keep


def months_once(
    text: str, *, article: str = "", level: str, within: str, months: str, counted: str, taken: str,
    order: str | tuple[str, ...],
) -> Scan:  # fmt: skip
    """An ordered scan that lets each month count once: `counted` is the set of months of a piece nobody had before.

    `months` is each piece's set; pieces come by `order`; `taken` names the set already counted.
    """
    start, names = {taken: EMPTY_SET, counted: EMPTY_SET}, {"taken": taken, "months": months}
    return Scan(first_come, level, within, start, _names(order), {}, Source(text, article), names)


def first_come(taken: Any, months: Any) -> tuple[Any, Any]:
    """The step of `months_once`: the months taken so far, and those of this piece that nobody took before."""
    return joined(taken, months), without(months, taken)


def lever(
    fact: str, *, to: int | None = None, by: tuple[int, ...] = (), days: int = 0, days_each: int = 0, cost: int = 0,
    who: str = "person", say: Mapping[str, str] | None = None, where: str | None = None,
) -> Lever:  # fmt: skip
    """A change of a fact that someone can make: to a value, or by each of the amounts `by`.

    `days` and `days_each` (a unit of the amount) say how long it takes, `cost` in fen, `who` can do it; `where` names
    a truth of the fact's level that says for which rows it can be done.
    """
    return Lever(fact, to, by, days, cost, who, dict(say or {}), where, days_each)


def question(
    name: str, *, answer: str, values: tuple[str, ...] = (), say: Mapping[str, str] | None = None,
    levers: tuple[str, ...] = (), named: Mapping[str, str] | None = None, goal: str | tuple[str, ...] = (),
) -> Question:  # fmt: skip
    """A question with the value that answers it and the values shown beside it.

    `named` maps public names to values, for names that several rules share (`is_eligible`); `goal` is the truth that
    `levers` try to turn, where the answer is no truth itself; of several the first for which there is a way.
    """
    goals = (goal,) if isinstance(goal, str) else goal
    return Question(name, answer, values, dict(say or {}), levers, dict(named or {}), goals)


def _names(given: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return () if given is None else (given,) if isinstance(given, str) else tuple(given)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def arguments(step: Callable[..., Any]) -> tuple[str, ...]:
    """The names that a step asks for, in order."""
    return tuple(inspect.signature(step).parameters)
