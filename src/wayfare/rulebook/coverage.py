"""What the rulebook covers: for each figure and text that differs by place, each place and stretch of days, how surely.

A stretch without a row is told as plainly as one that has rows. What an assumption pack fills counts as assumed, for
estimates alone. The pages of docs/ and the command line show the same data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from wayfare.kernel.status import Status
from wayfare.law.law import Law
from wayfare.law.tables import FROM_EVER, Parameter, Row

__all__ = [
    "FIRST_YEAR", "Coverage", "Stretch", "coverage", "differs_by_place", "last_checked_year", "programme_of",
    "year_by_year", "years_by_status",
]  # fmt: skip

FIRST_YEAR = 1992  # with the reforms of 1992 the law of pensions that people still have rights under begins
EARLIEST_YEAR = 1949  # thresholds such as 1900 stand for every year before the first that is named
MAINLAND_BELOW = 700_000  # Hong Kong, Macau and Taiwan have systems of their own
SUREST_FIRST = tuple(Status)

Span = tuple[int, int, Status]  # first day in, first day after, how sure


@dataclass(frozen=True)
class Stretch:
    """Days from `since` to the day before `until`, and how sure the law at hand is.

    The status is None where nothing is at hand; `why` is then the reason of the declared gap, by language.
    """

    since: date
    until: date
    status: Status | None
    why: Mapping[str, str] = field(default_factory=dict, hash=False)

    def as_document(self) -> dict[str, Any]:
        status = self.status.value if self.status else "not covered"
        found = {"from": self.since.isoformat(), "until": self.until.isoformat(), "status": status}
        return found | ({"why": dict(self.why)} if self.why else {})


@dataclass(frozen=True)
class Coverage:
    """One figure or text in one place, and the rule folder it stands in; the stretches leave no hole."""

    home: str
    name: str
    place: int
    stretches: tuple[Stretch, ...]

    def as_document(self) -> dict[str, Any]:
        return {
            "programme": programme_of(self.home), "rule": self.home, "name": self.name, "place": f"{self.place:06}",
            "stretches": [s.as_document() for s in self.stretches],
        }  # fmt: skip


def programme_of(home: str) -> str:
    """The programme of a rule folder: pension for national/pension/retirement."""
    return (*home.split("/"), "")[1]


def coverage(law: Law, programme: str | None = None) -> tuple[Coverage, ...]:
    """Every figure and text of a programme, or of all, that differs by place: for each province and place named."""
    return tuple(_found(law, programme, last_checked_year(law)))


def _found(law: Law, programme: str | None, last: int) -> Iterator[Coverage]:
    for name, home in sorted(law.homes.items(), key=lambda pair: (pair[1], pair[0])):
        if programme not in (None, programme_of(home)) or not differs_by_place(law, name):
            continue
        layers = _layers(law, name)
        begins = min([date(FIRST_YEAR, 1, 1).toordinal(), *_earliest(law, name)])
        ends = date(last + 1, 1, 1).toordinal()
        for place in _places(law, layers):
            stretches = _stretches(law, layers, place, begins, ends)
            yield Coverage(home, name, place, tuple(_with_reasons(law, name, place, stretches)))


def differs_by_place(law: Law, name: str) -> bool:
    """Whether rows or texts under a name say where they hold, or the law looks the name up by place."""
    table, value = law.parameters.get(name), law.values.get(name)
    if value is not None and any(text.clause.place for text in value.texts):
        return True
    if table is None:
        return False
    asked = (v.declared for v in law.values.values() if v.kind in ("look_up", "expand") and v.declared.table == name)
    return table.places > 0 or any(declared.where for declared in asked)


def last_checked_year(law: Law) -> int:
    """The last year in which a figure of the rulebook was checked; coverage ends with it."""
    return int(law.last_checked[:4] or FIRST_YEAR)


Layers = list[Mapping[tuple[int, ...], list[Span]]]


def _layers(law: Law, name: str) -> Layers:
    """The spans of the law's own rows or texts by place, then those of the assumption pack."""
    table = law.parameters.get(name)
    if table is not None:
        return [_spans_by_place(table, table.rows), _spans_by_place(table, table.pack)]
    found: dict[tuple[int, ...], list[Span]] = {}
    for clause in (text.clause for text in law.values[name].texts):
        days = (clause.since or date.min).toordinal(), (clause.until or date.max).toordinal()
        places = tuple(law.tree.code(law.tree.number(p)) for p in clause.place)
        found.setdefault(places, []).append((*days, clause.source.status))
    return [found]


def _spans_by_place(table: Parameter, rows: Iterable[Row]) -> dict[tuple[int, ...], list[Span]]:
    found: dict[tuple[int, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(row.places, []).append(row)
    spans = _spans_of_years if "year" in table.by else _spans_of_days
    return {places: list(spans(table, mine)) for places, mine in found.items()}


def _spans_of_days(table: Parameter, rows: list[Row]) -> Iterator[Span]:
    return ((row.since, row.until, row.status) for row in rows)


def _spans_of_years(table: Parameter, rows: list[Row]) -> Iterator[Span]:
    """A row by year covers its year; under a step key it reaches to the next year named beside it."""
    at = table.by.index("year")
    others: Callable[[Row], Any] = lambda row: (row.since, row.until, row.key[:at], row.key[at + 1 :])  # noqa: E731
    for _, group in groupby(sorted(rows, key=lambda row: (others(row), row.key[at])), key=others):
        listed = list(group)
        for row, after in zip(listed, [*listed[1:], None], strict=True):
            year = row.key[at]
            until = year + 1 if "year" not in table.steps else after.key[at] if after else date.max.year
            yield date(year, 1, 1).toordinal(), date(until, 1, 1).toordinal(), row.status


def _earliest(law: Law, name: str) -> Iterator[int]:
    """First days of the law's own rows, as far as they name a real one."""
    spans = (span for layer in _layers(law, name)[:1] for found in layer.values() for span in found)
    return (since for since, _, _ in spans if since >= date(EARLIEST_YEAR, 1, 1).toordinal() and since != FROM_EVER)


def _places(law: Law, layers: Layers) -> list[int]:
    """The provinces of the mainland and every narrower place with a row of its own."""
    named = {places[0] for layer in layers for places in layer if len(places) == 1}
    provinces = {code for code, above in zip(law.tree.codes, law.tree.above, strict=True) if above < 0}
    return sorted(code for code in named | provinces if code < MAINLAND_BELOW)


def _stretches(law: Law, layers: Layers, place: int, begins: int, ends: int) -> Iterator[Stretch]:
    """What holds in a place: its own rows, then those of the places above it, the nation's, and the pack's."""
    chain = [(law.tree.code(n),) for n in law.tree.chain(law.tree.number(place))]
    spans = [layer.get(where, []) for layer in layers for where in [*chain, ()]]
    inside = {day for found in spans for since, until, _ in found for day in (since, until) if begins < day < ends}
    days = sorted({begins, ends, *inside})
    stands = [(a, b, _status_on(spans, a)) for a, b in pairwise(days)]
    for status, group in groupby(stands, key=lambda stretch: stretch[2]):
        listed = list(group)
        yield Stretch(date.fromordinal(listed[0][0]), date.fromordinal(listed[-1][1]), status)


def _with_reasons(law: Law, name: str, place: int, stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """What is not covered with the reason of the gap declared for its first day."""
    table = law.parameters.get(name)
    chain = {law.tree.code(n) for n in law.tree.chain(law.tree.number(place))}
    gaps = [gap for gap in table.gaps if chain.issuperset(gap.places)] if table else []
    for stretch in stretches:
        day = stretch.since.toordinal()
        why = next((gap.say or {"en": gap.reason} for gap in gaps if gap.since <= day < gap.until), {})
        yield replace(stretch, why=why) if stretch.status is None else stretch


def _status_on(spans: list[list[Span]], day: int) -> Status | None:
    """The least sure status of the rows in force under the narrowest place that has any."""
    for found in spans:
        in_force = [status for since, until, status in found if since <= day < until]
        if in_force:
            return max(in_force, key=SUREST_FIRST.index)
    return None


def years_by_status(found: Coverage) -> Counter[Status | None]:
    """How many years stand at each status, a year by its last day; None counts what is not covered."""
    years: Counter[Status | None] = Counter()
    for stretch in found.stretches:
        years[stretch.status] += stretch.until.year - stretch.since.year
    return years


def year_by_year(found: Coverage, first: int = FIRST_YEAR) -> Iterator[tuple[int, Status | None]]:
    """Each year from `first` with how sure it is, a year by its last day."""
    for stretch in found.stretches:
        for year in range(max(stretch.since.year, first), stretch.until.year):
            yield year, stretch.status
