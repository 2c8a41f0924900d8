"""The values that declarations are: sources, levels, facts, clauses, moves, levers and questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wayfare.kernel.status import Rank, Status
from wayfare.law.words import Scale

__all__ = [
    "Choice", "Clause", "Declaration", "Distinct", "Expand", "Fact", "Find", "Given", "Hang", "Level", "Lever",
    "LookUp", "Pick", "Question", "Scan", "Slices", "Source", "Span", "Total",
]  # fmt: skip


@dataclass(frozen=True)
class Source:
    """Where a rule or a figure stands: the document, the article, how binding it is and how sure we are of it."""

    text: str
    article: str = ""
    rank: Rank = Rank.RULE
    status: Status = Status.VERIFIED


@dataclass(frozen=True)
class Declaration:
    """Something that a rule file declares under a name."""


@dataclass(frozen=True)
class Level(Declaration):
    """A table of rows that come from facts; each row belongs to one row of each level above. At most `most` rows.

    `stands_alone`: where the facts have no row, a value given at this level brings one row for each person with it.
    """

    name: str
    above: tuple[str, ...]
    most: int
    stands_alone: bool = False


@dataclass(frozen=True)
class Fact(Declaration):
    """A value that people state, with its unit and bounds, and what it means when nobody stated it.

    `absent` is "ask" (not known: an answer that needs it asks for it) or a number that stands for it.
    """

    level: str
    unit: str
    low: int
    high: int
    absent: int | str = "ask"
    ask: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clause(Declaration):
    """One text of one value: a function over integer-like values, in force from `since` until `until` in `place`."""

    step: Callable[..., Any]
    value: str
    level: str
    source: Source
    since: date | None
    until: date | None
    place: tuple[str, ...]
    at: str | None
    where: tuple[str, ...]

    def __call__(self, *args: Any, **named: Any) -> Any:
        return self.step(*args, **named)


@dataclass(frozen=True)
class LookUp(Declaration):
    """A row of a dated and placed table: by date, by place and by the table's own keys.

    `cited`: reasons tell the figure with the text of its row, as they do for a clause.
    """

    table: str
    level: str
    by: Mapping[str, str]
    at: str | None
    where: tuple[str, ...]
    cited: bool = False


@dataclass(frozen=True)
class Find(Declaration):
    """A look-up in the person's own facts: `value` of the row of `of` whose `key` equals our `by`."""

    of: str
    value: str
    key: str
    by: str
    level: str
    none: str | int


@dataclass(frozen=True)
class Given(Declaration):
    """Whether the document gives `value` instead of having it computed: a truth of the person, always known."""

    value: str


@dataclass(frozen=True)
class Distinct(Declaration):
    """Rows: the distinct values of `by` among the rows of a lower level, a row each; the name is the key's."""

    level: str
    of: str
    by: str
    within: str
    most: int | None


@dataclass(frozen=True)
class Span(Declaration):
    """Rows: one row for each year from `low` to `high` inside each row above; the name is the year's.

    `since` and `until` name years of the row above that narrow its own years further.
    """

    level: str
    within: str
    low: int
    high: int
    since: str | None = None
    until: str | None = None

    @property
    def narrowed(self) -> tuple[str, ...]:
        """The values that narrow the years of a row above; none where all rows have the same years."""
        return tuple(name for name in (self.since, self.until) if name)


@dataclass(frozen=True)
class Expand(Declaration):
    """Rows: the rows of a table under a key, a date and a place become a child level; `columns` become values."""

    level: str
    within: str
    table: str
    by: Mapping[str, str]
    at: str | None
    where: tuple[str, ...]
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Slices(Declaration):
    """Spells cut into disjoint pieces at years, at points of change of a table, or at days of another level's rows.

    With `by="year"` start and end are months and the name is that of each piece's set of months; `key` names its
    year. With `by="day"` start and end are days and the name is that of each piece's first day; `key` names the
    first day after it.
    """

    level: str
    of: str
    start: str
    end: str
    by: str
    key: str
    at_table: str | None
    at_rows: tuple[str, str] | None
    most: int | None


@dataclass(frozen=True)
class Hang(Declaration):
    """A link: rows of `of` belong to the row of a span, or of day slices, that the value `by` names."""

    of: str
    under: str
    by: str


@dataclass(frozen=True)
class Total(Declaration):
    """Sum, count, any, all or share of the rows below, with a condition."""

    value: str | None
    of: str | None
    level: str
    where: str | None
    how: str


@dataclass(frozen=True)
class Pick(Declaration):
    """The value of the row that comes last by `by` (row order decides ties); `none` names the value for no row."""

    value: str
    of: str | None
    level: str
    by: tuple[str, ...]
    where: str | None
    none: str | Scale
    first: bool


@dataclass(frozen=True)
class Scan(Declaration):
    """An ordered walk over the rows of `level` inside each row of `within` with a carry; recursion lives only here."""

    step: Callable[..., Any]
    level: str
    within: str
    start: Mapping[str, Scale | str]
    order: tuple[str, ...]
    leaves: Mapping[str, str]
    source: Source
    names: Mapping[str, str] = field(default_factory=dict)  # argument of the step -> value, where they differ


@dataclass(frozen=True)
class Lever(Declaration):
    """One change that someone can make to a fact: to a value or by amounts, with who can, the days and the cost."""

    fact: str
    to: int | None
    by: tuple[int, ...]
    days: int
    cost: int
    who: str
    say: Mapping[str, str]
    where: str | None = None
    days_each: int = 0


@dataclass(frozen=True)
class Question(Declaration):
    """A question that people ask: the value that answers it, and the other values the answer shows.

    `named` gives the public names under which values are shown and given, where rules share a name: public name to
    value. `goals` are the truths that the levers try to turn, where the answer is no truth itself: the first of them
    for which there is a way.
    """

    name: str
    answer: str
    values: tuple[str, ...]
    say: Mapping[str, str]
    levers: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    goals: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """The values that the answer shows, the one that answers it first."""
        return tuple(dict.fromkeys([self.answer, *self.values, *self.named.values()]))

    @property
    def turned(self) -> tuple[str, ...]:
        """The values that the levers try to turn, the first before the others."""
        return self.goals or (self.answer,)

    def public(self, value: str) -> str:
        """The public name of a value: its own, where the question gives it none."""
        return next((name for name, of in self.named.items() if of == value), value)


@dataclass(frozen=True)
class Choice(Declaration):
    """The members of a kind of thing, in their order: sex, basis, contribution kind."""

    unit: str
    members: tuple[str, ...]

    def __getattr__(self, member: str) -> Scale:
        members = object.__getattribute__(self, "members")
        if member.lower() not in members:
            raise AttributeError(member)
        return Scale(members.index(member.lower()), object.__getattribute__(self, "unit"))
