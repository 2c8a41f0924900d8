"""Reimbursement once more, in fractions and plain dates, from the raw rows: nothing of the engine or the rules is used.

It answers documents in which everything that matters is stated; where the figures have a gap the answer is None.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[3] / "src" / "wayfare" / "rulebook" / "national" / "medical"
SCHEMES = ("employee_medical", "resident_medical", "rural_medical")
LEVELS = ("community", "primary", "secondary", "tertiary")
CLASSES = (*LEVELS, "outside_filed", "outside_unfiled")
MUNICIPALITIES = ("11", "12", "31", "50")
NEVER = date(2200, 1, 1)
NO_END = 10**15


class Gap(Exception):
    """No figure at hand that the mode may use."""


# ---- figures
@cache
def tables() -> dict[str, tuple[dict[str, Any], ...]]:
    """Every table's rows: place, first day, first day after, key, value, whether a decision may rest on it."""
    out: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in FOLDER.rglob("parameters.yaml"):
        for name, spec in yaml.safe_load(path.read_text("utf-8")).items():
            out[name] += [_row(value, value.get("key", []), spec["unit"]) for value in spec.get("values", ())]
            if "rows_from" in spec:
                out[name] += list(_csv(path.parent / spec["rows_from"], spec))
    return {name: tuple(rows) for name, rows in out.items()}


def _row(value: Mapping[str, Any], key: list[Any], unit: str) -> dict[str, Any]:
    found = value.get("columns") or value["value"]
    if isinstance(found, dict):
        found = {name: _number(x, "fen") for name, x in found.items()}
    return {
        "place": str(value.get("place", "")), "from": value["from"], "until": value.get("until") or NEVER,
        "key": tuple(key), "value": found if isinstance(found, dict) else _number(found, unit),
        "decides": value["status"] in ("official", "verified"),
    }  # fmt: skip


def _csv(path: Path, spec: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for line in csv.DictReader(path.read_text("utf-8").splitlines()):
        key = [int(line[k]) if line[k].isdigit() else line[k] for k in spec["by"]]
        days = {k: date.fromisoformat(line[k]) if line[k] else None for k in ("from", "until")}
        value = int(Fraction(line["value"]) * 10_000)
        yield _row({**line, **days, "value": value}, key, spec["unit"])


def _number(x: Any, unit: str) -> Any:
    return int(Fraction(x) * 100) if isinstance(x, str) and unit.startswith("fen") else x


def city(place: str) -> str:
    return place if place.endswith("0000") else province(place) if place[:2] in MUNICIPALITIES else place[:4] + "00"


def province(place: str) -> str:
    return place[:2] + "0000"


@dataclass(frozen=True)
class Asked:
    """Where and when figures are asked for, and whether only sure ones count."""

    place: str
    on: date
    is_decision: bool

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows in force under the narrowest place that has any under the key tried."""
        return [r for r in tables()[name] if r["from"] <= self.on < r["until"]]

    def figure(self, name: str, *key: Any) -> Any:
        found = [r for r in self.rows(name) if r["key"] == key]
        return self._narrowest(found)["value"]

    def stepped(self, name: str, exact: tuple[Any, ...], steps: tuple[int, ...]) -> Any:
        """The row with the greatest steps not above; the last step (a band) goes before the others."""
        found = []
        for r in self.rows(name):
            has = _steps(r["key"][len(exact) :])
            if r["key"][: len(exact)] == exact and all(a <= b for a, b in zip(has, steps, strict=True)):
                found.append((has, r))
        by_place = self._chain([r for _, r in found])
        mine = [(has, r) for has, r in found if r in by_place]
        if not mine:
            raise Gap
        best = max(mine, key=lambda pair: (pair[0][3:], pair[0][:3]))[1]
        return self._sure(best)["value"]

    def bands(self, scheme: str) -> list[tuple[int, int]]:
        """Where each band begins and ends; one without end where the ratio does not change with the spending."""
        if not self.figure("bands_differ", scheme):
            return [(0, NO_END)]
        return [(self.figure("band_start", scheme, n), self.figure("band_end", scheme, n)) for n in (1, 2)]

    def _chain(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for place in (self.place, city(self.place), province(self.place), ""):
            if mine := [r for r in rows if r["place"] == place]:
                return mine
        return []

    def _narrowest(self, rows: list[dict[str, Any]]) -> dict[str, Any]:
        mine = self._chain(rows)
        if not mine:
            raise Gap
        assert len(mine) == 1
        return self._sure(mine[0])

    def _sure(self, row: dict[str, Any]) -> dict[str, Any]:
        if self.is_decision and not row["decides"]:
            raise Gap
        return row


def _steps(key: tuple[Any, ...]) -> tuple[int, ...]:
    retired, level, grade, *band = key
    return retired, CLASSES.index(level), "abc".index(grade), *band


# ---- one stay
@dataclass
class Stay:
    """A claim with what follows from the record: the insurance, the zone, the filing."""

    claim: Mapping[str, Any]
    number: int
    start: date
    settled: date
    scheme: str | None
    place: str | None
    is_retired: bool
    filing: str = "none"
    zone: str = ""
    out: dict[str, int | None] = field(default_factory=dict)

    @property
    def is_rural(self) -> bool:
        return self.scheme == "rural_medical"

    def fen(self, name: str) -> int:
        return int(Fraction(self.claim[name]) * 100)


def read(document: Mapping[str, Any]) -> list[Stay]:
    asked, facts = date.fromisoformat(document["on"]), document["facts"]
    pensions = [b["from"] for b in facts.get("benefits", ()) if b["scheme"] == "employee_pension"]
    stays = []
    for number, claim in enumerate(facts.get("claims", ()), start=1):
        start = date.fromisoformat(claim["from"])
        end = date.fromisoformat(claim["to"]) if claim.get("to") else NEVER
        settled = max(start, asked) if end > max(asked, start) else end
        scheme, place = _insured(facts, claim, start)
        retired = bool(pensions) and claim["from"][:7] >= min(pensions)
        stay = Stay(claim, number, start, settled, scheme, place, retired)
        if place is not None:
            _file(stay, facts, end)
        stays.append(stay)
    return stays


def _insured(facts: Mapping[str, Any], claim: Mapping[str, Any], start: date) -> tuple[str | None, str | None]:
    month = f"{start:%Y-%m}"
    running = [
        (SCHEMES.index(x["scheme"]), x["from"], x["place"])
        for x in facts.get("insurance", ())
        if x["scheme"] in SCHEMES and x["from"] <= month < (x.get("to") or "9999-12")
    ]
    scheme, place = (SCHEMES[min(running)[0]], min(running)[2]) if running else (None, None)
    return claim.get("scheme", scheme), claim.get("insured_place", place)


def _file(stay: Stay, facts: Mapping[str, Any], end: date) -> None:
    there, home = stay.claim["place"], str(stay.place)
    same = province(there) == province(home)
    stay.zone = "home" if city(there) == city(home) else "in_province" if same else "outside"
    in_time = [
        x for x in facts.get("filings", ())
        if date.fromisoformat(x["from"]) <= end and stay.start < (date.fromisoformat(x["to"]) if x.get("to") else NEVER)
    ]  # fmt: skip
    here = {x["category"] for x in in_time if city(x["place"]) == city(there) or x["place"] == province(there)}
    here |= {"emergency"} if stay.claim.get("is_emergency") else set()
    here |= {"referred"} if stay.claim.get("is_referred") else set()
    if stay.zone != "outside":
        here = {"long_term"} & {x["category"] for x in in_time}
    order = ("long_term", "emergency", "referred", "other_temporary", "none")
    found = next(name for name in order if name in here or name == "none")
    stated = stay.claim.get("filed_as", "as_filed")
    stay.filing = found if stated == "as_filed" else stated


def half_up(x: Fraction) -> int:
    return int(x + Fraction(1, 2))


def survey(stay: Stay, is_decision: bool) -> None:
    """The rural scheme: a ratio of the whole bill."""
    name, place = (
        ("surveyed_home_ratio", stay.place) if stay.zone == "home" else ("surveyed_away_ratio", stay.claim["place"])
    )
    fund = None
    with suppress(Gap):
        fund = half_up(Fraction(stay.fen("bill") * Asked(str(place), stay.settled, is_decision).figure(name), 10_000))
    own = None if fund is None else stay.fen("bill") - fund
    stay.out = {"fund": fund, "supplement": 0, "own": own}


# ---- a year of one fund and scheme
class Year:
    """The walk of a year's stays: deductible, bands, cap, supplement."""

    def __init__(self, used: Mapping[str, int], is_decision: bool) -> None:
        self.is_decision = is_decision
        self.stays, self.deductible = used.get("stays", 0), used.get("deductible_borne", 0)
        self.spent = max(used.get("eligible", 0) - self.deductible, 0)
        self.fund = used.get("fund_paid", 0)
        self.own = max(used.get("eligible", 0) - self.fund, 0)
        self.supplement = used.get("supplement_paid", 0)
        self.is_lost = self.supplement_is_lost = False

    def settle(self, stay: Stay) -> None:
        stay.out = {"fund": None, "supplement": None, "own": None}
        asked = Asked(str(stay.place), stay.settled, self.is_decision)
        if self.is_lost:
            return
        try:
            scope, fund, above, cut = self._fund(stay, asked)
        except Gap:
            self.is_lost = True
            return
        stay.out["fund"] = fund
        own = scope - fund
        try:
            if not self.supplement_is_lost:
                paid = self._supplement(stay, asked, own, above + cut)
                stay.out |= {"supplement": paid, "own": stay.fen("bill") - fund - paid}
        except Gap:
            self.supplement_is_lost = True
        self.own += own

    def _fund(self, stay: Stay, asked: Asked) -> tuple[int, int, int, int]:
        if stay.zone == "outside" and not stay.claim.get("in_network", True):
            raise Gap
        inside = stay.fen("bill") - sum(stay.fen(x) for x in ("outside_catalogue", "over_limit", "own_share_first"))
        first = half_up(Fraction(inside * asked.figure("first_share", stay.zone, stay.filing), 10_000))
        scope, terms = inside - first, self._terms(stay, asked)
        due = min(self._deductible(stay, asked, terms), scope)
        above = scope - due
        ratio, paid, banded = Fraction(0), Fraction(0), 0
        before = self.spent if asked.figure("bands_differ", stay.scheme) else 0
        for begins, ends in asked.bands(str(stay.scheme)):
            ratio_here = asked.stepped("ratio_by_band", ("inpatient", stay.scheme), (*terms, begins))
            amount = max(min(before + above, ends) - max(before, begins), 0)
            paid, banded = paid + Fraction(amount * ratio_here, 10_000), banded + amount
            ratio = Fraction(ratio_here, 10_000) if begins <= before else ratio
        network = int(stay.claim.get("in_network", True))
        covered = half_up(paid * asked.figure("share_of_due", stay.zone, stay.filing, network) / 10_000)
        fund = min(covered, max(asked.figure("yearly_cap", stay.scheme) - self.fund, 0))
        self.stays, self.deductible, self.spent = self.stays + 1, self.deductible + due, self.spent + above
        self.fund += fund
        return scope, fund, above - banded, half_up(Fraction(covered - fund) / ratio)

    def _terms(self, stay: Stay, asked: Asked) -> tuple[int, int, int]:
        level, grade = stay.claim["hospital_level"], "A"
        if stay.zone == "home":
            if asked.figure("tertiary_grades_differ") and level == 3:
                grade = stay.claim["hospital_grade"]
        elif asked.figure("outside_terms") == "as_tertiary":
            level = 3
        return int(stay.is_retired), level, "ABC".index(grade)

    def _deductible(self, stay: Stay, asked: Asked, terms: tuple[int, int, int]) -> int:
        full = asked.stepped("stay_deductible", ("inpatient", stay.scheme), terms)
        if asked.figure("deductible_is_yearly", stay.scheme):
            return max(int(full) - self.deductible, 0)
        differs = asked.figure("later_stays_differ", stay.scheme)
        if differs and self.stays >= asked.figure("stays_with_known_deductible", stay.scheme):
            raise Gap
        return max(int(full) - self.stays * int(asked.figure("deductible_step", stay.scheme)), 0)

    def _supplement(self, stay: Stay, asked: Asked, own: int, above_cap: int) -> int:
        kind, base = asked.figure("supplement_kind", stay.scheme), 0
        if kind in ("own_part", "either"):
            begins = asked.figure("supplement_threshold", stay.scheme)
            base += max(self.own + own - begins, 0) - max(self.own - begins, 0)
        if kind in ("above_cap", "either"):
            base += above_cap
        cap = asked.figure("supplement_cap", stay.scheme)
        part = half_up(Fraction(base * asked.figure("supplement_share", stay.scheme), 10_000)) if base else 0
        paid = min(part, max(cap - self.supplement, 0))
        self.supplement += paid
        return int(paid)


def answers(document: Mapping[str, Any]) -> dict[str, Any]:
    """What fund, supplement and person pay, by claim and in all, in fen; None where it is not known."""
    is_decision = document.get("mode", "decision") == "decision"
    stays = read(document)
    unsure = any(stay.scheme is None or stay.place is None for stay in stays)
    used = dict(document["facts"].get("this_year", {}))
    carry_year = used.pop("year", date.fromisoformat(document["on"]).year)
    spent = {name: x if name == "stays" else int(Fraction(x) * 100) for name, x in used.items()}
    years: dict[Any, Year] = {}
    for stay in sorted(stays, key=lambda s: (s.settled, s.number)):
        key = stay.settled.year, stay.place, stay.scheme
        year = years.setdefault(key, Year(spent if key[0] == carry_year else {}, is_decision))
        if stay.is_rural and stay.place is not None:
            survey(stay, is_decision)
        elif unsure:
            stay.out = {"fund": None, "supplement": None, "own": None}
        else:
            year.settle(stay)
    out: dict[str, Any] = {name: [stay.out[name] for stay in stays] for name in ("fund", "supplement", "own")}
    for total, parts in (("fund_pays", "fund"), ("supplement_pays", "supplement"), ("person_pays", "own")):
        known = stays and None not in out[parts]
        out[total] = sum(out[parts]) if known else None
    return out
