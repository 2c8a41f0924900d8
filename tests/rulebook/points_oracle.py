"""A points table in plain Python, by exhaustive search over the lawful choices of items.

It reads the raw YAML rows and imports nothing of the law or the rulebook. Months are written out one by one; which
degree counts, and which rows count, is found by trying every choice that the table allows and keeping the best total.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

NATIONAL = Path(__file__).parents[2] / "src/wayfare/rulebook/national"
FOLDERS = sorted((NATIONAL / "residence").glob("points*"))
WIDER = {"440100": "440000"}
NO_DEGREE = ("primary", "junior_middle", "senior_middle", "college")
BANDS = ("base_months_08", "base_months_10", "base_months_20", "base_months_30")
CONDUCT = ("false_documents", "administrative_detention", "crime", "serious_crime", "family_planning")


class Unknown(Exception):
    """The facts or the table do not say what the score needs."""


@cache
def tables() -> dict[str, dict[str, Any]]:
    """Every table of the folders, as it is written."""
    out: dict[str, dict[str, Any]] = {}
    for folder in FOLDERS:
        out |= yaml.safe_load((folder / "parameters.yaml").read_text(encoding="utf-8"))
    return out


@cache
def average_wages() -> dict[tuple[str, int], Decimal]:
    path = NATIONAL / "pension/monthly_pension/average_wage.csv"
    with path.open(encoding="utf-8", newline="") as text:
        lines = list(csv.DictReader(text))
    return {(x["place"], int(x["year"])): Decimal(x["value"]) for x in lines if x["status"] == "verified"}


@dataclass(frozen=True)
class Table:
    """The rows of one table: of its place, in force on the day of its text, and verified."""

    system: str

    @property
    def day(self) -> str:
        return str(self._by_system("points_text_days"))

    @property
    def place(self) -> str:
        return str(self._by_system("points_places"))

    def _by_system(self, name: str) -> Any:
        return next(v["table"][self.system] for v in tables()[name]["values"] if self.system in v["table"])

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows in force of the narrowest place that has any."""
        for place in filter(None, (self.place, WIDER.get(self.place))):
            found = [v for v in tables()[name]["values"] if v.get("place") == place and self._is_in_force(v)]
            if found:
                return found
        return []

    def _is_in_force(self, row: Mapping[str, Any]) -> bool:
        return str(row["from"]) <= self.day and ("until" not in row or self.day < str(row["until"]))

    def figure(self, name: str, *keys: Any) -> Any:
        """One figure; Unknown where the table has none that a decision may rest on."""
        for row in self.rows(name):
            value = self._of_row(row, keys)
            if value is not None and row["status"] == "verified":
                return value
        raise Unknown(name, keys)

    @staticmethod
    def _of_row(row: Mapping[str, Any], keys: tuple[Any, ...]) -> Any:
        if "key" in row:
            return row["value"] if list(keys) == list(row["key"]) else None
        if "table" not in row:
            return row["value"]
        value = row["table"].get(keys[0])
        return value[keys[1]] if isinstance(value, list) else value


def months(start: str, end: str) -> Iterable[int]:
    return range(month(start), month(end))


def month(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def full_months(since: str, until: str) -> int:
    """Whole months between two days."""
    return month(until) - month(since) - (int(until[8:]) < int(since[8:]))


@dataclass(frozen=True)
class Applicant:
    """A document's facts, read for one table."""

    document: Mapping[str, Any]
    table: Table

    @property
    def on(self) -> str:
        return str(self.document["on"])

    def section(self, name: str) -> list[dict[str, Any]]:
        return list(self.document["facts"].get(name, []))

    @property
    def person(self) -> dict[str, Any]:
        return dict(self.document["facts"].get("person", {}))

    def evidence(self, item: str) -> int:
        return next((int(Decimal(str(e["amount"]))) for e in self.section("points") if e["item"] == item), 0)

    def age(self) -> int:
        if "born" not in self.person:
            raise Unknown("born")
        return full_months(self.person["born"], self.on) // 12

    # ---- months
    def insured(self) -> dict[int, set[Decimal | None]]:
        """Each month that counts, with the bases that funds report for it."""
        out: dict[int, set[Decimal | None]] = defaultdict(set)
        for spell in self.section("insurance"):
            if spell["place"][:2] == self.table.place[:2] and self._counts(spell):
                base = Decimal(spell["base"]) if "base" in spell else None
                for m in range(month(spell["from"]), self._recorded_until(spell)):
                    out[m].add(base)
        return out

    def _counts(self, spell: Mapping[str, Any]) -> bool:
        kind = spell.get("kind", "actual")
        in_time = kind == "actual" or (kind == "back_paid" and self.table.figure("back_paid_counts_for_points"))
        if not in_time:
            return False
        if "basis" not in spell:
            raise Unknown("basis")
        return bool(self.table.figure("basis_counts_for_points", spell["basis"]))

    def _recorded_until(self, spell: Mapping[str, Any]) -> int:
        """A running spell is recorded up to the month asked about; one with an end may hold that month too."""
        now = month(self.on)
        return now if spell["to"] is None else min(month(spell["to"]), now + 1)

    def counted_months(self) -> set[int]:
        """The months of insurance that the table counts."""
        found = set(self.insured())
        if found and self.table.figure("insured_months_need_no_gap"):
            return self._unbroken(found)
        return found

    def _unbroken(self, found: set[int]) -> set[int]:
        now = month(self.on)
        run, at = {now} & found, now - 1
        while at in found:
            run.add(at)
            at -= 1
        return run if now - 1 in found else set()

    def homes(self) -> tuple[set[int], set[int]]:
        """Months in an own home, and in any home, without a gap up to now."""
        own: set[int] = set()
        every: set[int] = set()
        for home in self.section("residence"):
            if home["place"][:2] != self.table.place[:2]:
                continue
            if "basis" not in home:
                raise Unknown("residence basis")
            if home["basis"] in ("own", "rent", "employer"):
                held = set(months(home["from"], min(home["to"] or self.on, self.on)))
                every |= held
                own |= held if home["basis"] == "own" else set()
        run = self._unbroken(every)
        return own & run, run

    def months_at(self, floor: Decimal, window: int) -> int:
        now, count = month(self.on), 0
        for m, bases in self.insured().items():
            if now - window <= m < now:
                wage = average_wages().get((self.table.place, m // 12 - 1))
                if None in bases or wage is None:
                    raise Unknown("base or average wage")
                count += any(base * 12 >= wage * floor for base in bases if base is not None)
        return count

    # ---- studies: what each counts as, and the months it costs
    def studies(self) -> list[tuple[str, set[int] | None]]:
        """Finished levels of education with the months of the study; None where its days are not known."""
        out = []
        for study in self.person.get("education", []):
            if not self._is_finished(study):
                continue
            if "degree" not in study and study["level"] not in NO_DEGREE:
                raise Unknown("degree")
            item = self.table.figure("study_items", study["level"], int(study.get("degree", False)))
            days = set(months(study["from"], study["to"])) if "from" in study and "to" in study else None
            out.append((item, days))
        return out

    def _is_finished(self, study: Mapping[str, Any]) -> bool:
        """A study without days is finished; one that has begun and has no end is not."""
        end = study.get("to")
        return "from" not in study if end is None else bool(end <= self.on)

    # ---- rows
    def shown(self, item: str, indicator: str) -> int:
        if indicator == "skill":
            return int(self.shows_skill(item))
        if indicator == "conduct":
            return self.times(item)
        if item in BANDS:
            return self.evidence(item) or self.months_at(*self.band(item))
        return self.evidence(item)

    def band(self, item: str) -> tuple[Decimal, int]:
        row = next(r["columns"] for r in self.table.rows("base_bands") if r["columns"]["item"] == item)
        return Decimal(row["floor"]), row["window"]

    def shows_skill(self, item: str) -> bool:
        held = [s for s in self.person.get("skills", []) if self.table.figure("skill_items", s["kind"]) == item]
        if not any(s.get("on", "1900-01-01") <= self.on for s in held):
            return False
        if not self.table.figure("skill_needs_base", item):
            return True
        if not self.evidence("title_matches_post"):
            return False
        needed = self.table.figure("skill_base_months_needed")
        if self.evidence("average_base_months") >= needed:
            return True
        return self.months_at(*self.band("average_base_months")) >= needed

    def times(self, kind: str) -> int:
        return sum(self._takes_points(c) for c in self.section("conduct") if c["kind"] == kind)

    def _takes_points(self, conduct: Mapping[str, Any]) -> bool:
        if conduct["on"] > self.on:
            return False
        if not self.table.figure("conduct_lapses", conduct["kind"]):
            return True
        return full_months(conduct["on"], self.on) < 12 * self.table.figure("conduct_years", conduct["kind"])

    def age_points(self) -> Decimal:
        age, figure = self.age(), self.table.figure
        if age > figure("age_points_to"):
            return Decimal(0)
        base = Decimal(figure("age_points_base"))
        if self.table.place != "310000":
            return base
        more = Decimal(figure("age_points_each")) * max(figure("age_steps_below") - age, 0)
        return min(base + more, Decimal(figure("age_points_most")))

    def worth(self, row: Mapping[str, Any], shown: int) -> Decimal:
        """Points of one row for what there is of it."""
        amount = shown // row["step"] if shown >= row["from"] else 0
        if not amount:
            return Decimal(0)
        each = Decimal(self.table.figure("points_each", row["item"]))
        if row["counting"] == "once":
            return each
        if row["counting"] == "capped":
            return min(amount * each, Decimal(self.table.figure("points_most", row["item"])))
        return amount * each


Row = tuple[str, str, Decimal]
"""Indicator, item and points."""


def score(document: Mapping[str, Any], system: str) -> Decimal | None:
    """The best total over every lawful choice; None where the facts or the table leave it open."""
    table = Table(system)
    applicant = Applicant(document, table)
    try:
        if not table.rows("points_items"):
            return None
        total = max(_best(applicant, study) for study in [None, *applicant.studies()])
        return total if total >= 0 else Decimal(0) if table.figure("points_not_below_zero") else total
    except Unknown:
        return None


def _best(applicant: Applicant, study: tuple[str, set[int] | None] | None) -> Decimal:
    """The best total if this study is the one that counts."""
    table = applicant.table
    insured = applicant.counted_months()
    rows = [r["columns"] for r in table.rows("points_items")]
    has_homes = any(r["item"] == "home_own_years" for r in rows)
    own, every = applicant.homes() if has_homes else (set(), set())
    if study is not None and (insured or every) and table.figure("study_years_do_not_count"):
        if study[1] is None:
            raise Unknown("days of the study")
        insured, own, every = insured - study[1], own - study[1], every - study[1]
    years = _years(applicant, len(insured), len(own), len(every - own))
    found: list[Row] = []
    for row in rows:
        if row["indicator"] == "age":
            points = applicant.age_points()
        elif row["indicator"] == "education":
            points = applicant.worth(row, int(study is not None and study[0] == row["item"]))
        else:
            shown = years[row["item"]] if row["item"] in years else applicant.shown(row["item"], row["indicator"])
            points = applicant.worth(row, shown)
        found.append((row["indicator"], row["item"], points))
    return max(_totals(table, [r for r in found if r[2]]))


def _years(applicant: Applicant, insured: int, own: int, rented: int) -> dict[str, int]:
    """Full years of insurance and of homes; homes count for no more years than the insurance."""
    if not applicant.table.rows("points_items") or applicant.table.place != "110000":
        insured = max(insured - applicant.evidence("other_payer_months"), 0)
    years = insured // 12
    own_years = min(own // 12, years)
    return {
        "insured_years": years,
        "home_own_years": own_years,
        "home_rented_years": min(rented // 12, years - own_years),
    }


def _totals(table: Table, rows: list[Row]) -> Iterator[Decimal]:
    """The total of every lawful set of rows; what is taken off is in each."""
    taken_off = sum((points for _, _, points in rows if points < 0), Decimal(0))
    chosen_from = [r for r in rows if r[2] > 0]
    for size in range(len(chosen_from) + 1):
        for chosen in combinations(chosen_from, size):
            if _is_lawful(table, chosen):
                yield sum((points for _, _, points in chosen), taken_off)


def _is_lawful(table: Table, chosen: tuple[Row, ...]) -> bool:
    """At most one row of an indicator that takes the best, and one indicator of those that exclude each other."""
    by_head: dict[str, set[str]] = defaultdict(set)
    count: dict[str, int] = defaultdict(int)
    for indicator, _, _ in chosen:
        count[indicator] += 1
        by_head[table.figure("indicator_instead_of", indicator)].add(indicator)
    single = all(n == 1 or not table.figure("indicator_takes_best", i) for i, n in count.items())
    return single and all(len(indicators) == 1 for indicators in by_head.values())

