"""The five pension rules equal the oracle to the fen, on ints and on columns; planted faults are seen."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from rulebook.engine import by_columns, by_ints, figures, law, of_many
from rulebook.histories import histories, history
from rulebook.oracle import answers
from wayfare.law import Law, row
from wayfare.law.words import (
    PER_10_000,
    first_month,
    greatest,
    least,
    month_of,
    no,
    when,
    whole,
    year_of,
)  # fmt: skip
from wayfare.rulebook.national.life.rule import ONE_MONTH, ORDINARY, TEMPORARY, TWELVE_MONTHS

LIVES = sorted((Path(__file__).parents[2] / "examples" / "lives").glob("*.json"))


@settings(max_examples=250)
@given(histories())
def test_a_random_history_is_answered_alike_by_ints_by_columns_and_by_the_oracle(document):
    expected = answers(document, figures())
    assert by_ints(document) == expected
    assert by_columns(document) == expected


def stated(shape: Any) -> Any:
    """A document with its assumptions taken as stated."""
    if isinstance(shape, dict):
        return {name: stated(value) for name, value in shape.items() if name != "assumed"}
    return [stated(value) for value in shape] if isinstance(shape, list) else shape


@pytest.mark.parametrize("mode", ["estimate", "decision"])
@pytest.mark.parametrize("path", LIVES, ids=lambda path: path.stem)
def test_an_example_life_is_answered_alike_on_its_own_day_and_on_later_days(path, mode):
    document = stated(json.loads(path.read_text("utf-8")))
    for on in (document["on"], "2024-12-31", "2027-03-15", "2040-06-30"):
        asked = document | {"on": on, "mode": mode}
        expected = answers(asked, figures())
        assert by_ints(asked) == expected
        assert by_columns(asked) == expected


def test_there_are_lives_to_hold_against_the_oracle():
    assert len(LIVES) >= 12


# ---- planted faults: each is a slip that somebody could make, and the comparison above must see it
def credit_cut_off(year_wages, credit_rate):
    return when(year_wages > 0, whole(year_wages * credit_rate, PER_10_000), 0)


def interest_from_the_month_itself(asked_month, piece_year):
    return least(greatest(asked_month + ONE_MONTH - first_month(piece_year), 0), TWELVE_MONTHS)


def interest_to_the_month_of_transfer(account_year, asked_month):
    return account_year <= year_of(asked_month)



def record_holds_the_month_it_falls_in(record_day):
    return month_of(record_day) + ONE_MONTH


def deemed_months_carry_money(contribution_kind):
    return contribution_kind >= 0


def first_month_without_delay(birth_month, first_birth_month, delay_step, delay_per_step, delay_max):
    steps = greatest(whole(birth_month - first_birth_month, delay_step), 0)
    return least(steps * delay_per_step, delay_max)


def minimum_of_the_later_year(award_month, retirement_month):
    return year_of(greatest(award_month, retirement_month))


def registration_of_the_day_asked(asked_day):
    return asked_day


def temporary_for_ever(is_temporary, has_begun):
    return has_begun & no(is_temporary)


def a_run_ahead_is_current(first_month):
    return first_month >= first_month


def ten_years_before_home(current_has_ten, current_province, latest_with_ten):
    return when(current_has_ten, current_province, latest_with_ten)


def money_stays_on_temporary(relation_province, destination_province, account_kind, relation_is_ordinary):
    return (relation_province != destination_province) & (account_kind == ORDINARY) & relation_is_ordinary


def no_exemption_for_the_young(has_reached_age, latest_is_ordinary, latest_province, hukou_province):
    return when(has_reached_age | (latest_is_ordinary & (latest_province == hukou_province)), ORDINARY, TEMPORARY)




def paid_even_when_short(counted_months):
    return counted_months >= 0


CLAUSES = {
    "year_credit": credit_cut_off,
    "passed_months": interest_from_the_month_itself,
    "is_closed_year": interest_to_the_month_of_transfer,
    "record_month": record_holds_the_month_it_falls_in,
    "is_paid": deemed_months_carry_money,
    "delay_months": first_month_without_delay,
    "minimum_year": minimum_of_the_later_year,
    "decision_day": registration_of_the_day_asked,
    "counts_for_place": temporary_for_ever,
    "has_begun": a_run_ahead_is_current,
    "place_of_benefit": ten_years_before_home,
    "relation_moves": money_stays_on_temporary,
    "account_kind": no_exemption_for_the_young,
    "has_minimum": paid_even_when_short,
}
ROWS = {
    "pooled_share": [row(1100)],
    "pooled_since_year": [row(1996)],
    "benefit_place_months": [row(119)],
    "account_credit_rate": [row(1100)],
    "transfer_credit_rate": [row(800)],
    "temporary_account_age": [row(600, key=0), row(600, key=1)],
    "index_wage_lag": [row(1, key=1900)],
    "index_by_benefit_place": [row(0)],
    "interest_by_month": [row(0)],
    "delay_step": [row(4, key=k) for k in range(3)],
    "early_months": [row(4095, key=1900), row(0, key=1997)],
    "index_floor": [row(0, key=1900)],
}


ASKED = ({}, {"chosen_age_months": "690"})
Group = tuple[list[dict[str, Any]], list[dict[str, Any]]]


@cache
def sample() -> tuple[Group, ...]:
    """Two hundred lives that choose nothing and a hundred that choose an age, and what the oracle says to them."""
    groups = []
    for choice, seeds in zip(ASKED, (range(200), range(200, 300)), strict=True):
        documents = [history(Random(seed), "estimate") | {"given": choice} for seed in seeds]
        groups.append((documents, [answers(document, figures()) for document in documents]))
    return tuple(groups)


def agrees(book: Law) -> bool:
    """Whether the rulebook answers the whole sample as the oracle does."""
    return all(of_many(documents, book) == expected for documents, expected in sample())


def test_the_sample_agrees_before_a_fault_is_planted():
    assert agrees(law())


@pytest.mark.parametrize("name", CLAUSES)
def test_a_fault_in_a_clause_is_seen(name):
    assert not agrees(law().replaced(clauses={name: CLAUSES[name]}))


@pytest.mark.parametrize("name", ROWS)
def test_a_fault_in_a_figure_is_seen(name):
    assert not agrees(law().replaced(parameters={name: ROWS[name]}))
