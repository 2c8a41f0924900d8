"""Both pension schemes, linking, too few years and a surrender equal the oracle to the fen; planted faults are seen."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from rulebook.engine import column_of, figures, law, plan_and_world
from rulebook.oracle import BOTH_SCHEMES, BY_WAY, Figures, answers_of_both
from rulebook.oracle.figures import EVER, NEVER, Figure
from rulebook.resident_lives import resident_life, resident_lives
from wayfare.decisions.world import world_of
from wayfare.facts import read_document
from wayfare.kernel.status import Mode
from wayfare.law import Law, as_columns, row
from wayfare.law.words import first_month, greatest, half_up, joined, least, month_of, no, one_of, when
from wayfare.rulebook.national.life.rule import LIFETIME_MONTHS, ONE_MONTH, TWELVE_MONTHS
from wayfare.rulebook.national.pension.linking.rule import TO_EMPLOYEE
from wayfare.rulebook.national.pension.short_years.rule import END_RELATION, PAID_OUT

NAMES = (*BOTH_SCHEMES, *BY_WAY)
RATES = {"": 137, "430000": 322, "340000": 251, "440000": 408}
"""Made-up yearly rates in basis points: hardly one is known, and without interest no fault in a walk would be seen."""
YEARS = range(2009, 2061)


@cache
def with_rates() -> Law:
    """The rulebook with a rate of residents' accounts for every year, in some provinces one of their own."""
    rows = [
        row(rate + year % 5, key=year, place=int(place) if place else ())
        for place, rate in RATES.items()
        for year in YEARS
    ]
    return law().replaced(parameters={"resident_interest_rate": rows})


@cache
def figures_with_rates() -> Figures:
    """The same rates among the oracle's rows."""
    rates = {
        (year,): [Figure(Fraction(rate + year % 5, 10_000), EVER, NEVER, place, "verified", False)
                  for place, rate in RATES.items()]
        for year in YEARS
    }  # fmt: skip
    found = figures()
    return replace(found, rows={**found.rows, "resident_interest_rate": rates})


def told(document: dict[str, Any], book: Law, *, columns: bool) -> dict[str, Any]:
    """The answers to one life, by columns or by ints."""
    plan, world = plan_and_world(document, book, (*NAMES, "way"))
    return answers_of(plan.population(as_columns(world), keep=True) if columns else plan.lives(world))[0]


def of_many_lives(documents: list[dict[str, Any]], book: Law) -> list[dict[str, Any]]:
    """The answers to many lives of one mode that give nothing, in one run."""
    plan = book.plan((*NAMES, "way"), mode=Mode.ESTIMATE)
    world = world_of([read_document(document) for document in documents], book)
    return answers_of(plan.population(as_columns(world), keep=True))


def answers_of(run: Any) -> list[dict[str, Any]]:
    """Each person's values; what hangs on a way on, by the way."""
    columns = {name: column_of(run, name) for name in (*NAMES, "way")}
    code, ways = run.plan.law.tree.code, run.plan.law.choices["short_way"]
    columns["link_place"] = [None if place is None else f"{code(place):06}" for place in columns["link_place"]]
    people = [{name: columns[name][i] for name in BOTH_SCHEMES} for i in range(len(columns["refund"]))]
    for person in people:
        person.update({name: {} for name in BY_WAY})
    for i, person in enumerate(run.link("way", "person")):
        for name in BY_WAY:
            people[int(person)][name][ways[columns["way"][i]]] = columns[name][i]
    return people


@settings(max_examples=40)
@given(resident_lives())
def test_a_random_life_in_both_schemes_is_answered_alike_by_ints_by_columns_and_by_the_oracle(document):
    expected = answers_of_both(document, figures())
    assert told(document, law(), columns=False) == expected
    assert told(document, law(), columns=True) == expected


@settings(max_examples=20)
@given(resident_lives())
def test_interest_at_made_up_rates_is_walked_alike(document):
    expected = answers_of_both(document, figures_with_rates())
    assert told(document, with_rates(), columns=False) == expected


# ---- planted faults: each is a slip that somebody could make, and the comparison above must see it
def months_before_the_scheme_count(begun_set):
    return joined(begun_set, begun_set)


def refund_over_twelve_months(overlap_months, resident_contribution, resident_collective):
    both = (resident_contribution + resident_collective) * overlap_months
    return when(overlap_months > 0, half_up(both, TWELVE_MONTHS), 0)


def subsidy_forgotten(free_months, resident_contribution, resident_collective):
    return when(free_months > 0, resident_contribution + resident_collective, 0)


def interest_of_the_month_itself(line_year, resident_account_month):
    return least(greatest(resident_account_month + ONE_MONTH - first_month(line_year), 0), TWELVE_MONTHS)


def balance_is_of_its_own_month(last_balance_day):
    return month_of(last_balance_day)


def both_pensions_at_once(has_resident_years, is_alive):
    return has_resident_years & is_alive


def topping_up_for_the_exempt(resident_missing_months, start_allows_topping_up):
    return (resident_missing_months > 0) & start_allows_topping_up


def heirs_get_it_in_life(account_left, refund):
    return greatest(account_left - refund, 0)


def linked_before_the_age(draws_pension, has_employee_relation, is_alive):
    return has_employee_relation & no(draws_pension) & is_alive


def years_of_both_together(own_resident_months, counted_months):
    return least(own_resident_months + counted_months, LIFETIME_MONTHS)


def half_the_account_moves(link_direction, account_to_employee):
    return when(link_direction == TO_EMPLOYEE, account_to_employee, 0)


def missing_at_once(missing_months):
    return missing_months + 0


def rest_at_once_for_all(short_months, months_before_rest):
    return short_months > months_before_rest


def residents_keep_the_pooled(way, pooled_part):
    return when(one_of(way, END_RELATION, PAID_OUT), pooled_part, 0)


def paid_out_to_the_end_of_the_year(surrender_year, paid_out_on):
    return least(greatest(month_of(paid_out_on) + ONE_MONTH - first_month(surrender_year), 0), TWELVE_MONTHS)


CLAUSES = {
    "known_resident_set": months_before_the_scheme_count,
    "overlap_refund": refund_over_twelve_months,
    "resident_payment": subsidy_forgotten,
    "line_months": interest_of_the_month_itself,
    "last_balance_month": balance_is_of_its_own_month,
    "has_resident_right": both_pensions_at_once,
    "may_top_up": topping_up_for_the_exempt,
    "resident_inheritance": heirs_get_it_in_life,
    "can_link": linked_before_the_age,
    "resident_counted_months": years_of_both_together,
    "linked_account": half_the_account_moves,
    "short_months": missing_at_once,
    "may_pay_rest": rest_at_once_for_all,
    "way_loses_pooled": residents_keep_the_pooled,
    "surrender_interest_months": paid_out_to_the_end_of_the_year,
}
SEEN_BY = 120


@cache
def sample() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Lives that choose nothing, in mode estimate, and what the oracle says to them at the made-up rates."""
    documents = [resident_life(Random(seed)) | {"mode": "estimate", "given": {}} for seed in range(SEEN_BY)]
    return documents, [answers_of_both(document, figures_with_rates()) for document in documents]


def agrees(book: Law) -> bool:
    """Whether the rulebook answers the whole sample as the oracle does, in one run."""
    documents, expected = sample()
    return of_many_lives(documents, book) == expected


def test_the_sample_of_both_schemes_agrees_before_a_fault_is_planted():
    assert agrees(with_rates())


@pytest.mark.parametrize("name", CLAUSES)
def test_a_fault_in_a_clause_of_both_schemes_is_seen(name):
    assert not agrees(with_rates().replaced(clauses={name: CLAUSES[name]}))
