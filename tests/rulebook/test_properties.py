"""What must hold for every life, whatever the figures are: of months, of the place that pays, of money that moves.

A month more never lowers a pension under conditions that are stated where they are used; where one of them fails it
can, and that is a named case.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rulebook.engine import column_of, law
from rulebook.funds import Funds
from rulebook.histories import CITIES, histories, history, text, yuan
from wayfare.decisions.world import given_levels, read_given, world_of
from wayfare.facts import read_document

Document = dict[str, Any]
ACCOUNTS_SINCE = 1998 * 12
LEAST_INDEX, MOST_INDEX = 6_000, 30_000  # of the average wage, in basis points: between floor and ceiling of the base
HIGHEST_BASE = 20_000_000

modest = settings(max_examples=40)
seeds = st.integers(0, 2**40)


def asked(document: Mapping[str, Any], *names: str) -> Any:
    """The run of a plan that has these values."""
    book, read = law(), read_document(document)
    given = read_given(book, read.given)
    computed = [n for n in given if n not in book.values or book.values[n].kind != "fact"]
    plan = book.plan(names, given=computed, mode=read.mode, rows_given=given_levels(book, computed))
    return plan.lives(world_of([read], book, given))


def of_person(document: Mapping[str, Any], name: str) -> Any:
    return column_of(asked(document, name), name)[0]


def with_insurance(document: Document, spells: list[Document]) -> Document:
    return document | {"facts": document["facts"] | {"insurance": spells}}


# ---- months
@modest
@given(histories(), seeds)
def test_moving_never_changes_the_total_of_months(document, seed):
    spells = document["facts"]["insurance"]
    elsewhere = dict(zip(CITIES, Random(seed).sample(CITIES, len(CITIES)), strict=True))
    moved = [spell | {"place": elsewhere[spell["place"]]} for spell in spells]
    assert of_person(with_insurance(document, moved), "counted_months") == of_person(document, "counted_months")


@modest
@given(histories(), seeds)
def test_moving_in_the_middle_of_a_stay_never_changes_the_total_of_months(document, seed):
    draw, spells = Random(seed), document["facts"]["insurance"]
    whole = [i for i, spell in enumerate(spells) if "base" in spell and spell["to"] and span(spell) > 1]
    assume(whole)
    i = draw.choice(whole)
    start, end = months(spells[i])
    at = text(draw.randint(start + 1, end - 1))
    new = draw.choice(sorted({*CITIES} - {spell["place"] for spell in spells}))
    moved = [*spells[:i], spells[i] | {"to": at}, spells[i] | {"from": at, "place": new}, *spells[i + 1 :]]
    assert of_person(with_insurance(document, moved), "counted_months") == of_person(document, "counted_months")


@modest
@given(histories(), seeds)
def test_a_month_in_two_places_counts_once(document, seed):
    draw, spells = Random(seed), document["facts"]["insurance"]
    assume(spells)
    free = sorted({*CITIES} - {spell["place"] for spell in spells})
    twice = [*spells, draw.choice(spells) | {"place": draw.choice(free)}]
    assert of_person(with_insurance(document, twice), "counted_months") == of_person(document, "counted_months")


def months(spell: Document) -> tuple[int, int]:
    start, end = (int(spell[k][:4]) * 12 + int(spell[k][5:]) - 1 for k in ("from", "to"))
    return start, end


def span(spell: Document) -> int:
    start, end = months(spell)
    return end - start


# ---- the place that pays
@modest
@given(histories())
def test_a_person_with_an_employee_relation_has_exactly_one_place_that_pays(document):
    assume(any(spell["basis"] == "employee" for spell in document["facts"]["insurance"]))
    run = asked(document, "place_of_benefit", "hukou_province", "relation_province", "can_be_benefit_place")
    (place,), (home,) = column_of(run, "place_of_benefit"), column_of(run, "hukou_province")
    relations = dict(zip(column_of(run, "relation_province"), column_of(run, "can_be_benefit_place"), strict=True))
    candidates = {home, *(province for province, can in relations.items() if can)}
    assert [p for p in candidates if p == place] == [place]
    assert len(relations) == run.size["relation"]  # and no province twice


# ---- money that moves
@modest
@given(histories("estimate"))
def test_what_leaves_the_old_funds_arrives_in_the_new_one(document):
    names = (
        "account_transfer", "pooled_transfer", "destination_province", "relation_province", "relation_moves",
        "relation_transfer", "recorded_province", "record_moves", "recorded_transfer",
    )  # fmt: skip
    run = asked(document, *names)
    found = {name: column_of(run, name) for name in names}
    assume(None not in [x for column in found.values() for x in column])
    relations = zip(found["relation_province"], found["relation_moves"], found["relation_transfer"], strict=True)
    records = zip(found["recorded_province"], found["record_moves"], found["recorded_transfer"], strict=True)
    leaving = [(province, amount) for province, moves, amount in (*relations, *records) if moves]
    (account,), (pooled,) = found["account_transfer"], found["pooled_transfer"]
    assert sum(amount for _, amount in leaving) == account
    assume(leaving)
    code = run.law.tree.code
    funds = Funds(f"{code(found['destination_province'][0]):06}")
    for number, (province, amount) in enumerate(leaving):
        funds.move(f"{code(province):06}", account=amount, pooled=0 if number else pooled)
    assert funds.left == funds.arrived == {"pooled_fund": pooled, "account:life": account}
    assert funds.under_way == 0


# ---- a month more
def longer(draw: Random, document: Document, *, index: Any) -> Document | None:
    """The same life with one month more, paid in full as an employee in a month that has none; None where all have.

    `index(least)` says at which index it is paid, in basis points of the average wage that it is compared with.
    """
    facts, spells = document["facts"], document["facts"]["insurance"]
    taken = {m for spell in spells for m in range(*months(spell | {"to": spell["to"] or document["on"][:7]}))}
    born = int(facts["person"]["born"][:4]) * 12 + int(facts["person"]["born"][5:7]) - 1
    until = int(document["on"][:4]) * 12 + int(document["on"][5:7]) - 1
    free = sorted({*range(max(born + 16 * 12, ACCOUNTS_SINCE), min(until, born + 65 * 12))} - taken)
    if not free or not spells:
        return None
    month, place = draw.choice(free), draw.choice(spells)["place"]

    def paid(base: int) -> Document:
        new = {"scheme": "employee_pension", "place": place, "basis": "employee", "from": text(month),
               "to": text(month + 1), "base": yuan(base), "kind": "actual"}  # fmt: skip
        return with_insurance(document, [*spells, new])

    wage = wage_of(paid(1), place, month // 12)
    base = 0 if wage is None else -(-wage * index() // 120_000)
    return paid(base) if 0 < base <= HIGHEST_BASE else None


def wage_of(document: Document, place: str, year: int) -> int | None:
    """The average wage that a month of a year in a place is compared with."""
    run = asked(document, "index_wage", "piece_year", "contribution_place")
    wages, years, places = (column_of(run, name) for name in ("index_wage", "piece_year", "contribution_place"))
    pieces = zip(wages, years, run.link("piece", "contribution"), strict=True)
    here = run.law.tree.number(place)
    return next((wage for wage, found, up in pieces if (found, places[up]) == (year, here)), None)


PARTS = ("pension", "transitional_pension", "place_of_benefit", "average_index", "counted_months",
         "index_months", "contribution_years")  # fmt: skip


def parts(document: Document) -> dict[str, Any]:
    run = asked(document, *PARTS)
    return {name: column_of(run, name)[0] for name in PARTS}


@modest
@given(seeds)
def test_a_month_more_never_lowers_a_pension_without_a_transitional_part(seed):
    """Theorem: the place that pays stays, every month that counts is in the mean, the new one is at 0.6 or more.

    Then nothing was earned before accounts, no month is deemed, and none is only meant to be paid. And the month must
    make the years more, which in a province that counts them by tenths it may not.
    """
    draw = Random(seed)
    document = history(draw, "estimate")
    document["given"].pop("further_months", None)
    more = longer(draw, document, index=lambda: draw.randint(LEAST_INDEX, MOST_INDEX))
    assume(more is not None)
    before, after = parts(document), parts(more)
    assume(before["pension"] is not None and before["place_of_benefit"] == after["place_of_benefit"])
    assume(before["transitional_pension"] == after["transitional_pension"] == 0)
    assume(before["counted_months"] == before["index_months"])
    assume(after["contribution_years"] > before["contribution_years"])
    assert after["counted_months"] == before["counted_months"] + 1
    assert after["pension"] >= before["pension"]


@modest
@given(seeds)
def test_a_month_more_at_the_mean_index_or_above_never_lowers_a_pension(seed):
    """Theorem: the place that pays stays and the new month is at the mean of the index so far and at 0.6 or more."""
    draw = Random(seed)
    document = history(draw, "estimate")
    before = parts(document)
    assume(before["average_index"] is not None)
    least = max(LEAST_INDEX, before["average_index"] + 1)
    more = longer(draw, document, index=lambda: draw.randint(least, max(least, MOST_INDEX)))
    assume(more is not None)
    after = parts(more)
    assume(before["pension"] is not None and before["place_of_benefit"] == after["place_of_benefit"])
    assert after["pension"] >= before["pension"]


def insured_in(place: str, spells: list[Document], **given: str) -> Document:
    """A man who was always registered and insured in one place."""
    home = {"place": place, "kind": "non_agricultural", "from": "1958-03-02", "to": None}
    person = {"id": "life", "sex": "male", "born": "1958-03-02"}
    common = {"scheme": "employee_pension", "place": place, "basis": "employee"}
    return {
        "question": "pension.monthly", "on": "2018-06-15", "mode": "estimate", "given": given,
        "facts": {"person": person, "hukou": [home], "insurance": [common | spell for spell in spells]},
    }  # fmt: skip


def with_a_month_at_the_floor(document: Document) -> tuple[dict[str, Any], dict[str, Any]]:
    more = longer(Random(1), document, index=lambda: LEAST_INDEX)
    assert more is not None
    before, after = parts(document), parts(more)
    assert before["place_of_benefit"] == after["place_of_benefit"]
    assert after["counted_months"] == before["counted_months"] + 1
    assert after["average_index"] < before["average_index"]
    return before, after


def test_the_known_exception_a_month_at_the_floor_after_long_well_paid_years_before_accounts():
    """It lowers the mean index, and with it the transitional part of many years, by more than it adds."""
    years = [{"year": 1986 + k, "base": yuan(42_000 * 118**k // 100**k), "kind": "actual"} for k in range(16)]
    early = {"from": "1986-01", "to": "2002-01", "years": years}
    before, after = with_a_month_at_the_floor(insured_in("440100", [early]))
    assert before["transitional_pension"] > after["transitional_pension"] > 0
    assert after["pension"] < before["pension"]


def test_a_month_at_the_floor_lowers_the_pension_of_who_still_means_to_pay_for_long():
    """Months still to be paid count as years at the mean index; a month below it lowers the worth of all of them."""
    paid = {"from": "2005-01", "to": "2015-01", "base": "15000.00", "kind": "actual"}
    before, after = with_a_month_at_the_floor(insured_in("440100", [paid], further_months="200"))
    assert before["transitional_pension"] == after["transitional_pension"] == 0
    assert after["pension"] < before["pension"]


def test_a_month_at_the_floor_lowers_a_pension_where_years_count_by_tenths_and_the_tenth_was_full():
    """Anhui counts 15 years 5 months as 15.5 years, and 15 years 6 months too: the month only lowers the mean."""
    paid = {"from": "2003-01", "to": "2018-06", "base": "9000.00", "kind": "actual"}
    before, after = with_a_month_at_the_floor(insured_in("340100", [paid]))
    assert before["contribution_years"] == after["contribution_years"] == 155_000
    assert after["pension"] < before["pension"]
