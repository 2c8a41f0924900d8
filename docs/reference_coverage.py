"""The part of a reference page on places: what each covers, in which years and how surely, and what it does not.

Places that stand alike share a line, so that the table stays short and a place that differs is seen at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from wayfare.kernel import region
from wayfare.kernel.regions import province_short_name
from wayfare.kernel.status import Status
from wayfare.law import Law
from wayfare.law.labels import label_of
from wayfare.rulebook.coverage import Coverage, Stretch, coverage, years_by_status

__all__ = ["anchor", "coverage_lines", "place_name"]

COLUMNS = (Status.OFFICIAL, Status.VERIFIED, Status.RECALLED, Status.DERIVED, Status.ASSUMED, None)
HEAD = """\
For every province, and every narrower place with rows of its own: which years are at hand for what differs by place.
A year counts by its last day. *Assumed* years are filled by the assumption pack, for estimates alone; a decision takes
official and verified ones. *Not covered* means that nothing is at hand, not that the place has no rule."""


def coverage_lines(law: Law, programme: str) -> Iterator[str]:
    """The totals, then a table for each figure or text that differs by place."""
    found = coverage(law, programme)
    yield from HEAD.splitlines()
    yield ""
    yield from _totals(law, found)
    for name, each in groupby(found, key=lambda c: c.name):
        yield ""
        yield from _of_one(law, name, list(each))


def _totals(law: Law, found: Sequence[Coverage]) -> Iterator[str]:
    """Years times places of each figure by status, and their sum."""
    yield "### Totals by status, in years times places"
    yield ""
    yield "| figure or text | places | " + " | ".join(map(_status, COLUMNS)) + " |"
    yield "| --- " * (len(COLUMNS) + 2) + "|"
    sum_of_all: Counter[Status | None] = Counter()
    for name, group in groupby(found, key=lambda c: c.name):
        each = list(group)
        years: Counter[Status | None] = sum((years_by_status(c) for c in each), Counter())
        sum_of_all += years
        yield f"| [{label_of(law, name, 'en')}](#{anchor(name)}) | {len(each)} | {_cells(years)} |"
    yield f"| all | | {_cells(sum_of_all)} |"


def _cells(years: Mapping[Status | None, int]) -> str:
    return " | ".join(str(years.get(status, 0)) for status in COLUMNS)


def _status(status: Status | None) -> str:
    return status.value if status else "not covered"


def anchor(name: str) -> str:
    """Where GitHub lets a link to a figure's table lead."""
    return f"places-{name.replace('_', '-')}"


def _of_one(law: Law, name: str, found: Sequence[Coverage]) -> Iterator[str]:
    """One figure or text: a line for each group of places that stand alike."""
    yield f'<a id="{anchor(name)}"></a>'
    yield ""
    yield f"### `{name}`: {label_of(law, name, 'en')} {_chinese(law, name)}".rstrip()
    yield ""
    yield "| place | official or verified | recalled, derived | assumed | not covered |"
    yield "| --- | --- | --- | --- | --- |"
    alike: dict[tuple[Stretch, ...], list[int]] = {}
    for each in found:
        alike.setdefault(each.stretches, []).append(each.place)
    for stretches, places in sorted(alike.items(), key=lambda pair: (len(pair[1]) > 1, pair[1])):
        groups = [(Status.OFFICIAL, Status.VERIFIED), (Status.RECALLED, Status.DERIVED), (Status.ASSUMED,), (None,)]
        cells = [_years(s for s in stretches if s.status in group) for group in groups]
        yield f"| {_places(places)} | {' | '.join(cells)} |"
    yield ""
    whys = {s.why.get("en", ""): s.why for each in found for s in each.stretches if s.status is None}
    yield from (f"- Not covered: {reason} {why.get('zh', '')}".rstrip() for reason, why in whys.items() if reason)


def _chinese(law: Law, name: str) -> str:
    label = label_of(law, name, "zh")
    return "" if label == name else label


def _places(codes: Sequence[int]) -> str:
    names = ", ".join(place_name(code) for code in codes)
    return names if len(codes) == 1 else f"{names} ({len(codes)})"


def place_name(code: int) -> str:
    """A place in both languages: Shanghai 上海."""
    found = region(f"{code:06}")
    chinese = found.name_zh if code % 10_000 else province_short_name(found.place)
    return f"{found.name_en} {chinese}"


def _years(stretches: Iterable[Stretch]) -> str:
    """Years as ranges, a day where a stretch does not begin or end with a year."""
    return ", ".join(_range(s.since, s.until) for s in stretches) or "–"


def _range(since: date, until: date) -> str:
    last = until - timedelta(days=1)
    first = str(since.year) if (since.month, since.day) == (1, 1) else since.isoformat()
    end = str(last.year) if (until.month, until.day) == (1, 1) else last.isoformat()
    return first if first == end else f"{first} to {end}"
