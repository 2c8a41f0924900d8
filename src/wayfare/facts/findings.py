"""What stands out in a person's facts: overlaps, gaps and disagreements, as values.

A finding is no fault. Two funds that both report a month, a month worked and not insured, a day without a known
registration: each can be so, and a rule of law, or an officer, says what follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, compress
from types import MappingProxyType
from typing import Final

from wayfare.facts.contributions import paid_months
from wayfare.facts.document import Document, Facts
from wayfare.facts.items import DaySpell, InsuranceSpell, Person
from wayfare.facts.tables import reference
from wayfare.kernel import Month, MonthSpell

__all__ = ["FINDINGS", "Finding", "findings"]

FINDINGS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "two_funds": {
            "en": "Two funds of one scheme record the same months.",
            "zh": "同一险种有两个统筹地区记录了相同的月份。",
        },
        "two_bases": {
            "en": "One fund records the same months on two bases.",
            "zh": "同一统筹地区对相同的月份有两种参保身份的记录。",
        },
        "two_schemes": {
            "en": "Two schemes that exclude each other record the same months.",
            "zh": "两种不能同时参加的保险记录了相同的月份。",
        },
        "worked_not_insured": {
            "en": "Months worked as an employee have no employees' pension insurance.",
            "zh": "有些月份在单位工作，却没有职工养老保险。",
        },
        "hukou_unknown": {
            "en": "The household registration is not known in these months.",
            "zh": "这些月份的户籍所在地不清楚。",
        },
        "two_pensions": {
            "en": "Pensions are drawn from two schemes, or in two places, in the same months.",
            "zh": "相同的月份在两种保险或两个地方领取养老金。",
        },
        "after_death": {
            "en": "Something is recorded for months after the person's death.",
            "zh": "去世以后的月份仍有记录。",
        },
        "identity_differs": {
            "en": "The identity number says another birth date or sex than the document.",
            "zh": "身份证号码中的出生日期或性别与材料不一致。",
        },
    }
)
"""What each finding's code means."""

_RIVALS: Final = (
    frozenset({"employee_pension", "resident_pension"}),
    frozenset({"employee_medical", "resident_medical", "rural_medical"}),
)
"""Schemes of which a person can be in only one at a time: pensions, and medical insurance."""

_PENSIONS: Final = _RIVALS[0]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that stands out: its code, the months it touches, and the facts it is about (`insurance:2`)."""

    code: str
    months: tuple[MonthSpell, ...]
    items: tuple[str, ...]


def findings(document: Document) -> tuple[Finding, ...]:
    """All that stands out in a document's facts, up to the month asked about."""
    facts, until = document.facts, Month.of(document.on)
    return (
        *_overlaps(facts, until),
        *_not_insured(facts, until),
        *_hukou_unknown(facts, until),
        *_two_pensions(facts, until),
        *_after_death(facts, until),
        *_identity(facts.person),
    )


def _overlaps(facts: Facts, until: Month) -> Iterator[Finding]:
    recorded = [
        (reference("insurance", number, spell), spell, {paid.month for paid in paid_months(spell, until=until)})
        for number, spell in enumerate(facts.insurance, start=1)
    ]
    for (first_ref, first, first_months), (ref, second, months) in combinations(recorded, 2):
        code = _overlap_code(first, second)
        shared = first_months & months if code else None
        if code and shared:
            yield Finding(code, _stretches(shared), (first_ref, ref))


def _overlap_code(first: InsuranceSpell, second: InsuranceSpell) -> str | None:
    if first.scheme == second.scheme:
        return "two_funds" if first.place != second.place else "two_bases"
    exclude = any({first.scheme, second.scheme} <= rivals for rivals in _RIVALS)
    return "two_schemes" if exclude else None


def _not_insured(facts: Facts, until: Month) -> Iterator[Finding]:
    pensions = (spell for spell in facts.insurance if spell.scheme == "employee_pension")
    insured = {paid.month for spell in pensions for paid in paid_months(spell, until=until)}
    for number, work in enumerate(facts.work, start=1):
        missed = _months_of(work, until) - insured if work.kind == "employee" else set()
        if missed:
            yield Finding("worked_not_insured", _stretches(missed), (reference("work", number, work),))


def _hukou_unknown(facts: Facts, until: Month) -> Iterator[Finding]:
    starts = [spell.start for spell in facts.hukou]
    since = facts.person.birth_stated or (min(starts) if starts else None)
    if since is None:
        return
    known = {month for spell in facts.hukou for month in _months_of(spell, until)}
    unknown = set(range(Month.of(since).index, until.index)) - known
    if unknown:
        yield Finding("hukou_unknown", _stretches(unknown), (facts.person.id or "person",))


def _two_pensions(facts: Facts, until: Month) -> Iterator[Finding]:
    pensions = [benefit.scheme in _PENSIONS for benefit in facts.benefits]
    drawn = compress(_drawn(facts, until), pensions)
    for (first_ref, first), (ref, second) in combinations(drawn, 2):
        if first & second:
            yield Finding("two_pensions", _stretches(first & second), (first_ref, ref))


def _drawn(facts: Facts, until: Month) -> Iterator[tuple[str, set[int]]]:
    """The months for which each benefit was drawn, before `until`."""
    for number, spell in enumerate(facts.benefits, start=1):
        yield reference("benefits", number, spell), set(range(spell.start.index, (spell.end or until).index))


def _after_death(facts: Facts, until: Month) -> Iterator[Finding]:
    if facts.person.died is None:
        return
    last = Month.of(facts.person.died).index
    recorded = [
        (reference("insurance", number, spell), {paid.month for paid in paid_months(spell, until=until)})
        for number, spell in enumerate(facts.insurance, start=1)
    ]
    recorded += list(_drawn(facts, until))
    for ref, months in recorded:
        after = {month for month in months if month > last}
        if after:
            yield Finding("after_death", _stretches(after), (ref,))


def _identity(person: Person) -> Iterator[Finding]:
    number = person.identity
    if number is not None and (person.birth_stated, person.sex_stated) != (number.born, number.sex):
        yield Finding("identity_differs", (), (person.id or "person",))


def _months_of(spell: DaySpell, until: Month) -> set[int]:
    """The months a spell of days touches, before `until`."""
    last_day = spell.spell.last_day
    end = until.index if last_day is None else min(Month.of(last_day).index + 1, until.index)
    return set(range(Month.of(spell.start).index, end))


def _stretches(months: Iterable[int]) -> tuple[MonthSpell, ...]:
    """Months as stretches without a gap, the earliest first."""
    bounds: list[list[int]] = []
    for month in sorted(months):
        if bounds and bounds[-1][1] == month:
            bounds[-1][1] = month + 1
        else:
            bounds.append([month, month + 1])
    return tuple(MonthSpell(Month.at(first), Month.at(end)) for first, end in bounds)
