"""What was paid and credited by year: all of it the law's, cut into stretches that add up."""

from __future__ import annotations

import pytest

from scenarios.told_lives import life, paid
from wayfare.decisions import ask, world_of
from wayfare.kernel import Month
from wayfare.law import as_columns
from wayfare.scenarios.record import Record, money_world, read_record


def record_of(law, *documents) -> Record:
    world = money_world(as_columns(world_of(documents, law)), Month("2026-01"))
    return read_record(law, world, until=2026)


def stretches(record: Record):
    return [each for year in record.years for each in record.stretches.get(year, ())]


def test_accounts_grow_to_what_the_law_answers_for_one_person(law):
    told = life(paid("310000", "2001-03", "2009-07"), paid("440000", "2009-08", "2020-02", base="4100.00"))
    record = record_of(law, told)
    answer = ask(told.model_copy(update={"question": "pension.account"}), law)
    total = record.credits.sum() + record.on_opening.sum() + record.on_credits.sum()
    assert f"{total // 100}.{total % 100:02d}" == answer.answer.value


def test_the_parts_of_a_year_add_up_to_its_credit(law):
    record = record_of(law, life(paid("410000", "2003-02", "2024-11", base="2345.67")))
    for number, year in enumerate(record.years):
        parts = [each.account_by_employer + each.account_by_person for each in record.stretches.get(year, ())]
        assert sum(parts) == record.credits[:, number].sum()


def test_cutting_a_spell_in_two_changes_no_total(law):
    whole = record_of(law, life(paid("410000", "2003-02", "2024-11")))
    cut = record_of(law, life(paid("410000", "2003-02", "2010-06"), paid("410000", "2010-06", "2024-11")))
    assert (whole.credits == cut.credits).all() and (whole.on_opening == cut.on_opening).all()
    assert sum(each.pooled for each in stretches(whole)) == sum(each.pooled for each in stretches(cut))


def test_until_2005_the_employer_fills_the_account_up(law):
    (stretch,) = stretches(record_of(law, life(paid("410000", "2004-01", "2005-01", base="1000.00"))))
    assert (stretch.account_by_person, stretch.account_by_employer) == (96_000, 36_000)  # 8 % and 3 % of 12,000 yuan
    assert stretch.pooled == 240_000 - 36_000  # the employer's 20 % less what went into the account


def test_a_rate_that_falls_inside_a_year_cuts_the_stretch(law):
    before, after = stretches(record_of(law, life(paid("410000", "2019-01", "2020-01", base="1000.00"))))
    assert (before.first, before.months, before.pooled) == (201901, 4, 80_000)
    assert (after.first, after.months, after.pooled) == (201905, 8, 128_000)


def test_before_1998_the_rates_of_that_year_stand_and_no_pooled_money_will_follow(law):
    (stretch,) = stretches(record_of(law, life(paid("410000", "1995-01", "1996-01", base="1000.00"))))
    assert (stretch.account_by_person, stretch.account_by_employer, stretch.pooled) == (60_000, 72_000, 168_000)


def test_a_flexible_worker_pays_pool_and_account_alone(law):
    (stretch,) = stretches(record_of(law, life(paid("410000", "2015-01", "2016-01", base="1000.00", basis="flexible"))))
    assert (stretch.pooled, stretch.account_by_person, stretch.account_by_employer) == (144_000, 96_000, 0)


def test_a_gap_cuts_the_stretch_and_deemed_months_bring_no_money(law):
    told = life(
        paid("410000", "2015-01", "2015-03"), paid("410000", "2015-06", "2015-08"),
        paid("410000", "2016-01", "2016-12", kind="deemed"),
    )  # fmt: skip
    assert [(each.first, each.months) for each in stretches(record_of(law, told))] == [(201501, 2), (201506, 2)]


def test_a_month_paid_in_two_funds_is_booked_in_one(law):
    told = life(paid("310000", "2015-01", "2015-07"), paid("440000", "2015-06", "2015-09"))
    assert sum(each.months for each in stretches(record_of(law, told))) == 8


@pytest.mark.parametrize("spell", [paid("410000", "1983-01", "1983-12"), paid("410000", "2026-01", "2026-05")])
def test_months_outside_the_years_of_the_books_are_left_out(law, spell):
    inside = paid("410000", "2015-01", "2015-03")
    told = life(*sorted([inside, spell], key=lambda each: each["from"]), on="2026-07-01")
    assert [each.first for each in stretches(record_of(law, told))] == [201501]
