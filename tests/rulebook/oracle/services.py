"""Residence permits and school places worked out anew: in plain Python, from the documents and the raw tables.

Nothing of the engine or of the rules is used. Days are walked one by one, months are sets, and the best papers are
found by trying every choice; so what the rules say in one expression is said here in another way. Every fact is stated.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Document = Mapping[str, Any]
MUNICIPALITIES = ("11", "12", "31", "50")
SOCIAL = ("employee_pension", "employee_medical", "injury", "unemployment", "maternity")
HELD, CAN, CANNOT = "held", "can_be_had", "cannot_be_had"


@cache
def tables(path: Path) -> dict[str, Any]:
    """A file of parameters as it is written."""
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def city(place: str) -> str:
    """The city of a place: a municipality is one city, else the prefecture."""
    return place[:2] + "0000" if place[:2] in MUNICIPALITIES else place[:4] + "00"


def day(text: str | None) -> date:
    return date(2200, 1, 1) if text is None else date.fromisoformat(text)


def month(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def complete_months(start: date, end: date) -> int:
    """Months that are full from one day to another."""
    return (end.year * 12 + end.month) - (start.year * 12 + start.month) - (end.day < start.day)


def later(start: date, months: int) -> date:
    """So many months later; the first of the next month where that month has no such day."""
    at = start.year * 12 + start.month - 1 + months
    following = date((at + 1) // 12, (at + 1) % 12 + 1, 1)
    return min(date(at // 12, at % 12 + 1, 1) + timedelta(start.day - 1), following)


def unbroken(spells: Iterable[Mapping[str, Any]], last: date) -> date | None:
    """The first of the days, each covered by a spell, that end with the day before `last`; None when there is none."""
    covers = [(day(s["from"]), day(s.get("to"))) for s in spells]
    here = last
    while any(start < here <= end for start, end in covers):
        here -= timedelta(1)
    return here if here < last else None


def rows(table: Mapping[str, Any], on: date, *, place: str = "", key: str = "") -> list[Mapping[str, Any]]:
    """The rows of a table in force on a day for a key, of the narrowest place that has any."""
    found = [
        r
        for r in table["values"]
        if day(r["from"]) <= on < day(r.get("until")) and key in ("", r.get("key", ""))
    ]
    for at in (place, city(place) if place else "", place[:2] + "0000", ""):
        here = [r for r in found if r.get("place", "") == at]
        if here:
            return here
    return []


@dataclass(frozen=True)
class Family:
    """What a document says, with everything stated."""

    document: Document

    @property
    def asked(self) -> date:
        return date.fromisoformat(self.document["on"])

    @property
    def given(self) -> Mapping[str, str]:
        found: Mapping[str, str] = self.document.get("given", {})
        return found

    @property
    def judged(self) -> date:
        return later(self.asked, int(self.given.get("waits_months", "0")))

    @property
    def place(self) -> str:
        return self.given["service_place"]

    @property
    def city(self) -> str:
        return city(self.place)

    def section(self, name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.document["facts"].get(name, [])
        return found

    def here(self, name: str) -> list[dict[str, Any]]:
        """The items of a section whose place lies in the city."""
        return [item for item in self.section(name) if city(item["place"]) == self.city]

    def begun(self, name: str) -> list[dict[str, Any]]:
        """Those of them that have begun by the day asked about."""
        return [item for item in self.here(name) if day(item["from"]) <= self.asked]

    # ---- life here
    def now(self, name: str) -> list[dict[str, Any]]:
        """The items here that hold on the day asked about."""
        return [item for item in self.begun(name) if self.asked < day(item.get("to"))]

    @property
    def is_away(self) -> bool:
        (registered,) = [h for h in self.section("hukou") if day(h["from"]) <= self.asked < day(h.get("to"))]
        return city(registered["place"]) != self.city

    @property
    def lives_here(self) -> bool:
        return any(self.judged < day(h.get("to")) for h in self.begun("residence"))

    @property
    def months_lived(self) -> int:
        """Whole months here, walked back from the day they are judged for."""
        if not self.lives_here:
            return 0
        return complete_months(unbroken(self.begun("residence"), self.judged) or self.judged, self.judged)

    @property
    def leases(self) -> list[bool]:
        """Of each rented home here that is lived in, whether the lease is in their own name."""
        return [h["lease_in_own_name"] for h in self.now("residence") if h["basis"] == "rent"]

    @property
    def contracts(self) -> list[str]:
        return [w["contract"]["kind"] for w in self.now("work")]

    # ---- permits
    def permits(self, kind: str, holder: str | None = None) -> list[dict[str, Any]]:
        return [p for p in self.begun("permits") if p["kind"] == kind and p.get("holder") == holder]

    def runs(self, permit: Mapping[str, Any]) -> bool:
        return self.judged < day(permit.get("to"))

    def endorsed(self, permit: Mapping[str, Any]) -> tuple[bool, int]:
        """Whether the endorsement of a permit holds, and the months of residence it counts."""
        start = day(permit.get("counted_from") or permit["from"])
        covered = later(start, 12)
        if self.judged >= covered:
            last = day(permit["endorsed"])
            years = 0
            while last >= later(start, 12 * years + 11):
                years += 1
            if years and last >= later(start, 12 * years):  # too late for that year: counted anew
                start, years = last, 0
            covered = later(start, 12 * years + 12)
        holds = complete_months(start, self.judged) < complete_months(start, covered)
        return holds, complete_months(start, self.judged) if holds else 0

    @property
    def own_permits(self) -> list[dict[str, Any]]:
        return [p for p in self.permits("residence_permit") if self.runs(p)]

    @property
    def standing(self) -> str:
        if any(self.endorsed(p)[0] for p in self.own_permits):
            return "in_force"
        return "suspended" if self.own_permits else "no_permit"

    @property
    def months_counted(self) -> int:
        return max((self.endorsed(p)[1] for p in self.own_permits), default=0)

    @property
    def child(self) -> Mapping[str, Any] | None:
        return next((p for p in self.section("people") if p["relation"] == "child"), None)

    # ---- papers
    def paper(self, kind: str) -> str:
        """Held, can be had, cannot be had."""
        said = next((p for p in self.section("papers") if p["kind"] == kind), None)
        elsewhere = said is not None and "place" in said and city(said["place"]) != self.city
        if said is not None and not elsewhere:
            return HELD if said.get("held", True) else CAN if said.get("can_be_had", True) else CANNOT
        if self.proves(kind):
            return HELD
        return CANNOT if self.excludes(kind) or elsewhere else CAN

    def proves(self, kind: str) -> bool:
        """Whether the record proves what the paper says."""
        if kind in ("lease_contract", "address_proof"):
            return any(self.leases)
        if kind in ("labour_contract", "employment_proof"):
            return any(contract != "none" for contract in self.contracts)
        if kind == "residence_permit":
            return self.standing == "in_force"
        if kind == "temporary_residence_permit":
            return any(map(self.runs, self.permits("temporary_residence_permit")))
        if kind == "child_temporary_residence_permit" and self.child is not None and "id" in self.child:
            return any(map(self.runs, self.permits("temporary_residence_permit", self.child["id"])))
        return False

    def excludes(self, kind: str) -> bool:
        """Whether the record says that the paper cannot be had."""
        if kind in ("lease_contract", "address_proof"):
            return bool(self.leases) and not any(self.leases)
        if kind in ("labour_contract", "employment_proof"):
            return bool(self.contracts) and set(self.contracts) == {"none"}
        if kind in ("title_certificate", "house_purchase_contract"):
            bases = [home["basis"] for home in self.now("residence")]
            return bool(bases) and "own" not in bases
        employed = [job["kind"] == "employee" for job in self.now("work")]
        return bool(employed) and (
            (kind == "employer_proof" and not any(employed)) or (kind == "business_licence" and all(employed))
        )

    # ---- months that schools look at
    def insured(self, until: int) -> set[int]:
        """The months with social insurance here up to a month, what runs on counted to its end."""
        asked, found = self.asked.year * 12 + self.asked.month - 1, set()
        for spell in self.here("insurance"):
            if spell["scheme"] in SOCIAL:
                end = month(spell["to"]) if spell.get("to") else (until + 1 if month(spell["from"]) < asked else 0)
                found |= set(range(month(spell["from"]), min(end, until + 1)))
        return found

    def insured_running(self, until: int) -> int:
        months, count = self.insured(until), 0
        while until - count in months:
            count += 1
        return count

    @property
    def temporary_months(self) -> int:
        mine = self.permits("temporary_residence_permit")
        if not any(map(self.runs, mine)):
            return 0
        return complete_months(unbroken(mine, self.judged) or self.judged, self.judged)

    @property
    def flexible_months(self) -> int:
        since = [day(w.get("registered_flexible_from")) for w in self.now("work")]
        return max([0, *(complete_months(each, self.judged) for each in since)])

    def months_lived_to(self, end: int) -> int:
        """Whole months here to the last day of a month."""
        after = date((end + 1) // 12, (end + 1) % 12 + 1, 1)
        begun = unbroken(self.begun("residence"), after)
        return 0 if begun is None else complete_months(begun, after)


def cheapest(states: Iterable[Sequence[str]]) -> Sequence[str]:
    """Of the sets of papers the one with the fewest out of reach, then the fewest missing, the first of equals."""
    return min(states, key=lambda s: (s.count(CANNOT), len(s) - s.count(HELD)))


# ---- the permit
def permit_answer(family: Family, folder: Path) -> dict[str, Any]:
    """Everything that `residence.permit` says, from the raw tables of its folder."""
    book, on = tables(folder / "national/residence/permit/parameters.yaml"), family.asked
    asked_months = int(rows(book["permit_months_asked"], on)[0]["value"])
    due = family.is_away and family.months_lived >= asked_months
    grounds = {}
    for row in rows(book["permit_grounds"], on):
        ground = row["columns"]["ground"]
        states = list(_permit_papers(family, book, ground))
        grounds[ground] = (_lived(family, ground), states.count(CANNOT), len(states) - states.count(HELD))
    order = sorted(grounds, key=lambda g: (not grounds[g][0], *grounds[g][1:], list(grounds).index(g)))
    opened = {g for g, (lived, _, missing) in grounds.items() if lived and not missing}
    return {
        "permit_is_eligible": due and bool(opened),
        "permit_is_within_reach": due and any(lived and not out for lived, out, _ in grounds.values()),
        "permit_papers_missing": 0 if opened else grounds[order[0]][2],
        "permit_ground_relied_on": order[0],
        "permit_ground_is_open": {ground: ground in opened for ground in grounds},
        "permit_standing": family.standing,
        "permit_residence_months": family.months_counted,
    }


def _lived(family: Family, ground: str) -> bool:
    if ground == "residence":
        return family.lives_here
    return bool(family.now("work")) if ground == "employment" else family.given.get("studies_here") == "yes"


def _permit_papers(family: Family, book: Mapping[str, Any], ground: str) -> Iterator[str]:
    """The state of each requirement of a ground that is asked of the person: that of its best paper."""
    for row in rows(book["permit_requirements"], family.asked, key=ground):
        if row["columns"]["of"] == "by_guardian" and not _guardian(family, book):
            continue
        papers = rows(book["permit_papers"], family.asked, key=row["columns"]["requirement"])
        (state,) = cheapest([[family.paper(p["columns"]["paper"])] for p in papers])
        yield state


def _guardian(family: Family, book: Mapping[str, Any]) -> bool:
    age = complete_months(day(family.document["facts"]["person"]["born"]), family.asked)
    young = age < int(rows(book["guardian_age_months"], family.asked)[0]["value"])
    return family.given.get("applies_by_guardian") == "yes" and (
        young or family.given.get("is_frail_or_disabled") == "yes"
    )


# ---- the school
def school_answer(family: Family, folder: Path) -> dict[str, Any]:
    """Everything that `services.school` says, from the raw tables; all unknown where the place has no table."""
    book, on = tables(folder / "national/services/school/parameters.yaml"), family.asked
    ways = rows(book["school_ways"], on, place=family.place)
    child = family.child
    age = int(rows(book["school_age"], on)[0]["value"])
    old_enough = child is not None and day(child["born"]).year + age <= on.year
    if not ways or not ways[0].get("place"):
        unknown = dict.fromkeys(("school_papers_missing", "school_papers_most"))
        return unknown | {"school_is_eligible": None if old_enough else False, "school_way_is_open": {}}
    reach = permit_answer(family, folder)["permit_is_within_reach"]
    found = {}
    for row in ways:
        states, most = _way_papers(family, book, row["columns"]["way"], reach)
        missing = len(states) - states.count(HELD)
        found[row["columns"]["way"]] = (_conditions(family, row["columns"], book), states.count(CANNOT), missing, most)
    opened = {way for way, (met, _, missing, _) in found.items() if met and not missing}
    best = min(found.values(), key=lambda w: (not w[0], w[1], w[2]))
    return {
        "school_is_eligible": old_enough and bool(opened),
        "school_papers_missing": 0 if opened else best[2],
        "school_papers_most": max(w[3] for w in found.values()),
        "school_way_is_open": {way: way in opened for way in found},
    }


def _way_papers(family: Family, book: Mapping[str, Any], way: str, reach: bool) -> tuple[list[str], int]:
    """The states of the papers that the way asks for, each requirement by its best set, and the most papers."""
    states, most = [], 0
    for row in rows(book["school_requirements"], family.asked, key=way):
        sets = []
        for alternative in rows(book["school_alternatives"], family.asked, key=row["columns"]["requirement"]):
            kinds = rows(book["school_papers"], family.asked, key=alternative["columns"]["alternative"])
            sets.append([_reached(family, p["columns"]["paper"], reach) for p in kinds])
        most += max(map(len, sets))
        states += cheapest(sets)
    return states, most


def _reached(family: Family, kind: str, reach: bool) -> str:
    """A residence permit can be had only where its own conditions and papers can."""
    state = family.paper(kind)
    return CANNOT if state == CAN and kind == "residence_permit" and not reach else state


def _conditions(family: Family, asks: Mapping[str, str], book: Mapping[str, Any]) -> bool:
    asked = family.asked.year * 12 + family.asked.month - 1
    at = family.asked.year * 12 + int(asks["apply_month"]) - 1 if int(asks["apply_month"]) else asked
    window = rows(book["school_insured_window"], family.asked, place=family.place)
    within = [m for m in family.insured(at) if window and m > at - int(window[0]["value"])]
    has = {
        "temporary_months": family.temporary_months,
        "flexible_months": family.flexible_months,
        "insured_running": family.insured_running(at),
        "insured_within": len(within),
        "lived_months": family.months_lived_to(at),
    }
    return asked <= at and all(has[name] >= int(asks[name]) for name in has)


def answer(document: Document, folder: Path) -> dict[str, Any]:
    """What both services say to a document with every fact stated; `folder` holds the rulebook's files."""
    family = Family(document)
    return permit_answer(family, folder) | school_answer(family, folder)


def completions(document: Document, holes: Sequence[tuple[Sequence[str | int], Sequence[Any]]]) -> Iterator[Document]:
    """The document with every combination of values for the facts left open: each a path and what may stand there."""
    for values in itertools.product(*(choices for _, choices in holes)):
        filled: Any = _copied(document)
        for (path, _), value in zip(holes, values, strict=True):
            *way, last = path
            here = filled
            for step in way:
                here = here[step]
            here[last] = value
        yield filled


def _copied(x: Any) -> Any:
    if isinstance(x, dict):
        return {name: _copied(value) for name, value in x.items()}
    return [_copied(value) for value in x] if isinstance(x, list) else x
