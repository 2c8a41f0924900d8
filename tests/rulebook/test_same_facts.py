"""The same facts told in another way give the same answer: a spell cut in two, items in another order."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.engine import by_ints
from rulebook.histories import histories, text
from rulebook.oracle.numbers import month


@settings(max_examples=50)
@given(histories(), st.integers(0, 2**32))
def test_cutting_an_insurance_spell_in_two_changes_nothing(document, seed):
    draw = Random(seed)
    spells = document["facts"]["insurance"]
    cut = [i for i, spell in enumerate(spells) if _last(spell, document) - month(spell["from"]) > 1]
    before = by_ints(document)
    for i in cut:
        at = draw.randint(month(spells[i]["from"]) + 1, _last(spells[i], document) - 1)
        parts = [*spells[:i], *_cut(spells[i], at, _last(spells[i], document)), *spells[i + 1 :]]
        assert by_ints(_with(document, insurance=parts)) == before


def _last(spell: dict[str, Any], document: dict[str, Any]) -> int:
    return month(spell["to"] or document["on"])


def _cut(spell: dict[str, Any], at: int, end: int) -> list[dict[str, Any]]:
    """The spell until before a month and from it on; each part keeps the months of `years` that lie in it."""
    first, second = spell | {"to": text(at)}, spell | {"from": text(at)}
    if "years" in spell:
        listed = [(year, _months(year, month(spell["from"]), end)) for year in spell["years"]]
        first["years"] = [y | {"months": _text(m)} for y, months in listed if (m := [x for x in months if x < at])]
        second["years"] = [y for y, months in listed if y["year"] * 12 > at] + [
            y | {"months": _text(m)}
            for y, months in listed
            if y["year"] * 12 <= at and (m := [x for x in months if x >= at])
        ]
    return [part for part in (first, second) if part.get("years", True)]


def _months(year: dict[str, Any], start: int, end: int) -> list[int]:
    january = year["year"] * 12
    if "months" not in year:
        return list(range(max(january, start), min(january + 12, end)))
    found = []
    for part in year["months"].split(","):
        low, _, high = part.partition("-")
        found += range(january + int(low) - 1, january + int(high or low))
    return found


def _text(months: list[int]) -> str:
    return ",".join(str(m % 12 + 1) for m in months)


def _with(document: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return document | {"facts": document["facts"] | facts}


@settings(max_examples=65)
@given(histories(), st.integers(0, 2**32))
def test_the_order_of_the_items_changes_nothing(document, seed):
    draw, facts = Random(seed), document["facts"]
    shuffled = {name: draw.sample(facts[name], len(facts[name])) for name in ("hukou", "accounts", "insurance")}
    assert by_ints(_with(document, **shuffled)) == by_ints(document)


@settings(max_examples=40)
@given(histories(), st.integers(0, 2**32))
def test_what_is_listed_by_year_or_said_once_for_the_spell_is_the_same(document, seed):
    insurance = [_by_year(spell, document) for spell in document["facts"]["insurance"]]
    assert by_ints(_with(document, insurance=insurance)) == by_ints(document)


def _by_year(spell: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """A spell with one base as a list of years."""
    if "years" in spell or spell["to"] is None:
        return spell
    start, end = month(spell["from"]), month(spell["to"])
    rest = {name: value for name, value in spell.items() if name not in ("base", "kind")}
    said = {"base": spell["base"], "kind": spell["kind"]}
    return rest | {"years": [{"year": year, **said} for year in range(start // 12, (end - 1) // 12 + 1)]}
