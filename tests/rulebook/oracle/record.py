"""The raw facts document as the oracle sees it: single months, each with who reported it, and what else is stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from rulebook.oracle.numbers import NotKnown, january, month

BASES = ("employee", "flexible", "resident")


@dataclass(frozen=True)
class Paid:
    """A month that a fund reports: where, at what base in fen, and of what kind."""

    month: int
    place: str
    base: int | None
    kind: str
    basis: str | None
    temporary: bool
    kept: bool = False

    @property
    def province(self) -> str:
        return province_of(self.place)

    @property
    def rank(self) -> tuple[bool, bool, int, str, int, str]:
        """Which of two reports of a month stays: the one agreed on, the ordinary, the employee's, the first place."""
        narrowness = (len(self.place.rstrip("0")) + 1) // 2
        basis = BASES.index(self.basis or "resident")
        return not self.kept, self.temporary, basis, self.province, narrowness, self.place

    @property
    def carries_money(self) -> bool:
        return self.kind != "deemed"

    @property
    def wage(self) -> int:
        if self.base is None:
            raise NotKnown
        return self.base


def province_of(place: str) -> str:
    return place[:2] + "0000"


def fen(text: str) -> int:
    return int(Fraction(text) * 100)


@dataclass(frozen=True)
class Record:
    """One document. Months after the month asked about have not happened."""

    document: Mapping[str, Any]

    @property
    def facts(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.document.get("facts", {})
        return found

    @property
    def asked_day(self) -> date:
        return date.fromisoformat(self.document["on"])

    @property
    def asked(self) -> int:
        return month(self.document["on"])

    def person(self, name: str) -> Any:
        found = self.facts.get("person", {}).get(name)
        if found is None and name == "retirement_group" and self.facts.get("person", {}).get("sex") == "male":
            return "male"
        if found is None:
            raise NotKnown
        return found

    @property
    def born(self) -> date:
        return date.fromisoformat(self.person("born"))

    @property
    def birth_month(self) -> int:
        return month(self.person("born"))

    def given(self, name: str) -> str | None:
        found: str | None = self.document.get("given", {}).get(name)
        return found

    def says(self, name: str) -> bool:
        """Whether a truth is given; that of special work may stand with the person too."""
        if name == "is_special_work" and self.given(name) is None:
            return bool(self.facts.get("person", {}).get("special_work", False))
        return self.given(name) == "yes"

    @property
    def further_months(self) -> int:
        return int(self.given("further_months") or 0)

    @cached_property
    def reported(self) -> list[Paid]:
        """Every month of the employees' pension that some fund reports, up to the month asked about."""
        found = [paid for item in self.pensions if not self.is_surrendered(item) for paid in self.months_of(item)]
        return [p for p in found if p.month <= self.asked]

    @property
    def pensions(self) -> list[Mapping[str, Any]]:
        """The items of the employees' scheme."""
        return [item for item in self.facts.get("insurance", ()) if item["scheme"] == "employee_pension"]

    def is_surrendered(self, item: Mapping[str, Any]) -> bool:
        """Whether the relation was ended and paid out, which no law has allowed since 2010."""
        day = item.get("surrendered", "9999")
        return bool(day < "2010" and day <= self.document["on"])

    def _is_paid_out(self, account: Mapping[str, Any]) -> bool:
        """Whether a balance was paid out by a later surrender of a relation in its province."""
        ended = (x for x in self.facts.get("insurance", ()) if self.is_surrendered(x))
        alike = (x for x in ended if province_of(x["place"]) == province_of(account["place"]))
        return any(x["scheme"] == account["scheme"] and account["on"] <= x["surrendered"] for x in alike)

    @property
    def provinces(self) -> list[str]:
        """Every province that an item names, also one whose first month still lies ahead."""
        return sorted({province_of(item["place"]) for item in self.pensions})

    def months_of(self, item: Mapping[str, Any]) -> Iterator[Paid]:
        start = month(item["from"])
        end = month(item["to"]) if item.get("to") else self.asked
        years = item.get("years") or [{"months": None}]
        for year in years:
            for at in listed(year, start, end):
                base, kind = year.get("base", item.get("base")), year.get("kind", item.get("kind", "actual"))
                wage, is_temporary = None if base is None else fen(base), item.get("relation") == "temporary"
                yield Paid(at, item["place"], wage, kind, item.get("basis"), is_temporary, item.get("kept", False))

    @cached_property
    def kept(self) -> list[Paid]:
        """Each month once."""
        months: dict[int, Paid] = {}
        for paid in sorted(self.reported, key=lambda p: p.rank):
            months.setdefault(paid.month, paid)
        return [months[m] for m in sorted(months)]

    @property
    def paid_months(self) -> int:
        return len({p.month for p in self.kept if p.carries_money})

    @property
    def counted_months(self) -> int:
        if self.given("counted_months") is not None:
            return int(self.given("counted_months") or 0)
        return len({p.month for p in self.kept}) + self.further_months

    @property
    def is_empty(self) -> bool:
        """Whether neither months nor balances are on record."""
        return self.counted_months == 0 and not self.has_accounts

    @property
    def has_accounts(self) -> bool:
        """Whether a fund of the employees' scheme recorded a balance."""
        return any(a["scheme"] == "employee_pension" for a in self.facts.get("accounts", ()))

    @cached_property
    def balances(self) -> dict[str, tuple[int, int]]:
        """For each province the first month that its last recorded balance does not hold, and the balance."""
        found: dict[str, tuple[date, int]] = {}
        for account in self.facts.get("accounts", ()):
            day, where = date.fromisoformat(account["on"]), province_of(account["place"])
            if account["scheme"] != "employee_pension" or day > self.asked_day or self._is_paid_out(account):
                continue
            last, sum_of_day = found.get(where, (date.min, 0))
            if day > last:
                found[where] = day, fen(account["balance"])
            elif day == last:
                found[where] = day, sum_of_day + fen(account["balance"])
        return {where: (_month_after(day), balance) for where, (day, balance) in found.items()}


def listed(year: Mapping[str, Any], start: int, end: int) -> Iterator[int]:
    if "year" not in year:
        yield from range(start, end)
    elif year.get("months") is None:
        yield from range(max(january(year["year"]), start), min(january(year["year"] + 1), end))
    else:
        for part in year["months"].split(","):
            first, _, last = part.partition("-")
            yield from (january(year["year"]) + m - 1 for m in range(int(first), int(last or first) + 1))


def _month_after(day: date) -> int:
    """The month of the day after: a balance of the last day of a month holds that month."""
    after = date.fromordinal(day.toordinal() + 1)
    return after.year * 12 + after.month - 1
