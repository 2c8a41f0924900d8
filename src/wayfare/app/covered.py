"""What the law at hand covers, as documents: each figure or text that differs by place, with its label.

A narrower place without a line of its own stands as its province, and is answered with the province's lines.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Final, TypeVar

from wayfare.kernel import Place, region
from wayfare.kernel.regions import ever_known
from wayfare.kernel.status import Status
from wayfare.law import Law
from wayfare.law.errors import UnknownValue
from wayfare.law.labels import labels_of
from wayfare.rulebook.coverage import FIRST_YEAR, Coverage, coverage, programme_of, year_by_year

__all__ = [
    "CSV_FIELDS", "GROUPS", "Counts", "counted", "counted_by_year", "coverage_csv", "coverage_document", "covered",
    "group_of", "programmes",
]  # fmt: skip

CSV_FIELDS = (
    "programme", "rule", "name", "label_en", "label_zh", "place", "place_en", "place_zh", "from", "until", "status",
    "why_en", "why_zh",
)  # fmt: skip
GROUPS: Final[Mapping[str, tuple[Status | None, ...]]] = {
    "sure": (Status.OFFICIAL, Status.VERIFIED),
    "unsure": (Status.RECALLED, Status.DERIVED, Status.HYPOTHETICAL),
    "assumed": (Status.ASSUMED,),
    "missing": (None,),
}
"""How sure a year is, as people are told it: a decision can rest on it, not yet, only an estimate, nothing at hand."""

Counts = Counter[str]
"""Years by group."""
Key = TypeVar("Key", bound=Hashable)


_GROUP_OF: Final = {status: name for name, held in GROUPS.items() for status in held}


def group_of(status: Status | None) -> str:
    """The group that a status is told in."""
    return _GROUP_OF[status]


def counted(found: Iterable[Coverage], by: Callable[[Coverage], Key]) -> dict[Key, Counts]:
    """Years by group, a figure and a place at a time, summed under what `by` makes of the line."""
    out: dict[Key, Counts] = {}
    for line in found:
        counts = out.setdefault(by(line), Counter())
        for stretch in line.stretches:
            counts[group_of(stretch.status)] += max(0, stretch.until.year - max(stretch.since.year, FIRST_YEAR))
    return out


def counted_by_year(found: Iterable[Coverage]) -> dict[tuple[int, int], Counts]:
    """How many figures stand in each group, by place and year."""
    out: dict[tuple[int, int], Counts] = {}
    for line in found:
        for year, status in year_by_year(line):
            out.setdefault((line.place, year), Counter())[_GROUP_OF[status]] += 1
    return dict(sorted(out.items()))


def programmes(law: Law) -> list[str]:
    """Every programme of the rulebook, by name."""
    return sorted({programme_of(home) for home in law.homes.values()})


def covered(law: Law, *, programme: str | None = None, place: str | None = None) -> list[Coverage]:
    """What is covered of a programme in a place, or in all. Raises UnknownValue for one that there is not."""
    if programme is not None and programme not in programmes(law):
        step = f"Name one of {', '.join(programmes(law))}."
        raise UnknownValue(f"There is no programme {programme!r}.", next_step=step, field="programme")
    if place is not None and not ever_known(place):
        raise UnknownValue(f"There is no place {place!r}.", next_step="Name a place by six digits.", field="place")
    every: tuple[Coverage, ...] = law.kept(("coverage", "of all"), lambda: coverage(law))
    found = [each for each in every if programme in (None, programme_of(each.home))]
    return found if place is None else _at(found, Place(place))


def _at(found: Iterable[Coverage], place: Place) -> list[Coverage]:
    """For each figure the line of the place, or else of the nearest place around it."""
    around = [int(wider.code) for wider in place.lineage]
    nearest: dict[tuple[str, str], Coverage] = {}
    for each in found:
        if each.place in around:
            held = nearest.get((each.home, each.name))
            if held is None or around.index(each.place) < around.index(held.place):
                nearest[each.home, each.name] = each
    return list(nearest.values())


def coverage_document(law: Law, found: Iterable[Coverage]) -> list[dict[str, Any]]:
    """Each line with what its figure is called."""
    return [{**each.as_document(), "label": labels_of(law, each.name)} for each in found]


def coverage_csv(lines: Iterable[Mapping[str, Any]]) -> str:
    """The same lines as a table, a row for each stretch of days."""
    out = io.StringIO()
    rows = csv.DictWriter(out, CSV_FIELDS, lineterminator="\n")
    rows.writeheader()
    for line in lines:
        place = region(line["place"])
        told = {
            "programme": line["programme"], "rule": line["rule"], "name": line["name"],
            "label_en": line["label"]["en"], "label_zh": line["label"]["zh"],
            "place": line["place"], "place_en": place.name_en, "place_zh": place.name_zh,
        }  # fmt: skip
        for stretch in line["stretches"]:
            why = stretch.get("why", {})
            days = {"from": stretch["from"], "until": stretch["until"], "status": stretch["status"]}
            rows.writerow(told | days | {"why_en": why.get("en", ""), "why_zh": why.get("zh", "")})
    return out.getvalue()
