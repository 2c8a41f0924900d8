"""The month on columns: the same fen as `ask` with the same facts; who cannot be assessed is told with a reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayfare.decisions import ask
from wayfare.decisions.world import read_given
from wayfare.facts import read_document
from wayfare.funds.month import Assessor, Members, current_members
from wayfare.funds.month.errors import NoClauses
from wayfare.kernel import Money, Month
from wayfare.law import Law
from wayfare.law.errors import GapInLaw
from wayfare.rulebook import load_rulebook

SHANGHAI = "310000:employee_pension"
PLACES = (310000, 310115, 110000, 110105, 440000, 440100, 440300, 330100, 320500, 620000, 120000, 510100)
PARTS = ("employer_contribution", "employee_contribution", "employer_to_account", "account_credit", "flexible_to_pool")
RULES: tuple[dict[str, str], ...] = (
    {},
    {"employer_rate": "0.14"},
    {"employer_rate": "0.16", "announced_base_floor": "4000.00", "announced_base_ceiling": "24000.00"},
)
member = st.tuples(
    st.sampled_from(PLACES), st.booleans(), st.one_of(st.none(), st.integers(0, 20_000_000), st.just(1_000_000))
)
months = st.integers(1998 * 12, 2027 * 12 - 1).map(Month.at)


def columns(lives: list[tuple[int, bool, int | None]]) -> Members:
    place, flexible, wage = zip(*lives, strict=True)
    number = np.arange(1, len(lives) + 1)
    fen = np.array([-1 if x is None else x for x in wage])
    none = np.zeros(len(lives), bool)
    return Members(number, -number, np.array(place), np.array(flexible), fen, none, none)


def asked(law: Law, month: Month, life: tuple[int, bool, int | None], rules: dict[str, str]) -> dict[str, int] | None:
    """The parts that `ask` gives in mode decision, in fen; None where it leaves one open."""
    place, flexible, wage = life
    work: dict[str, Any] = {"place": f"{place}", "from": "1990-01-01", "to": None}
    work |= {"kind": "flexible" if flexible else "employee"}
    chosen = {"chosen_base": str(Money.fen(wage))} if flexible and wage is not None else {}
    work |= {"monthly_wage": str(Money.fen(wage))} if not flexible and wage is not None else {}
    document = {"question": "pension.contributions", "on": month.last_day.isoformat(), "mode": "decision",
                "facts": {"work": [work]}, "given": {**chosen, **rules}}  # fmt: skip
    try:
        values = ask(read_document(document), law).values
    except GapInLaw:
        return None
    found = {part: values[part].value for part in PARTS}
    return None if None in found.values() else {p: Money.yuan(str(x)).amount_fen for p, x in found.items()}


def expected(parts: dict[str, int], flexible: bool) -> tuple[int, int]:
    """What goes to the pool and to the own account."""
    if flexible:
        return parts["flexible_to_pool"], parts["account_credit"]
    return (
        parts["employer_contribution"] - parts["employer_to_account"],
        parts["employee_contribution"] + parts["employer_to_account"],
    )


@settings(max_examples=40)
@given(month=months, lives=st.lists(member, min_size=1, max_size=8), rules=st.sampled_from(RULES))
def test_the_month_gives_every_member_the_fen_that_ask_gives_with_the_same_facts(
    month: Month, lives: list[tuple[int, bool, int | None]], rules: dict[str, str]
) -> None:
    law = load_rulebook()
    shares, undecided = Assessor(law, SHANGHAI, month, read_given(law, rules)).assess(columns(lives))
    columns_found = (x.tolist() for x in (shares.account, shares.pool, shares.own))
    found = {n: (p, o) for n, p, o in zip(*columns_found, strict=True)}
    left_out = {number for each in undecided for number in each.accounts}
    assert left_out.isdisjoint(found) and left_out | set(found) == set(range(1, len(lives) + 1))
    for number, life in enumerate(lives, start=1):
        parts = asked(law, month, life, rules)
        assert found.get(number) == (None if parts is None else expected(parts, life[1]))


def test_a_wage_between_the_limits_pays_its_shares_and_one_below_the_floor_pays_on_the_floor(law: Law) -> None:
    shares, undecided = Assessor(law, SHANGHAI, Month("2024-06")).assess(
        columns([(310000, False, 1_000_000), (310000, False, 300_000), (310000, True, 800_007)])
    )
    assert shares.pool.tolist() == [160_000, 116_960, 96_000]  # 16 % of 10000.00 and 7310.00; 20 % less the own 8 %
    assert shares.own.tolist() == [80_000, 58_480, 64_001] and not undecided


def test_who_cannot_be_assessed_is_told_with_the_reason_in_both_languages_and_stops_nobody(law: Law) -> None:
    shares, undecided = Assessor(law, "440000:employee_pension", Month("2025-09")).assess(
        columns([(440300, False, 1_000_000), (440300, True, 1_000_000), (440300, True, None)])
    )
    told = {each.name: each for each in undecided}
    assert shares.account.tolist() == [2]
    assert set(told) == {"employer_rate", "wage"}
    assert told["employer_rate"].accounts == [1] and told["wage"].accounts == [3]
    assert told["employer_rate"].say == {
        "en": "Employer's contribution rate of the place: the figure at hand is only assumed",
        "zh": "用人单位缴费比例：手头的数字是假设的",
    }
    assert told["wage"].say == {"en": "no wage is declared for this month", "zh": "本月没有申报缴费工资"}


def test_a_rate_that_the_office_gives_by_its_notice_decides_where_the_rulebook_has_a_gap(law: Law) -> None:
    rules = {"employer_rate": 1400}
    shares, undecided = Assessor(law, "440000:employee_pension", Month("2025-09"), rules).assess(
        columns([(440000, False, 1_000_000)])
    )
    assert shares.pool.tolist() == [140_000] and not undecided


def test_a_fund_whose_insurance_has_no_clauses_is_refused_and_gets_no_other_numbers(law: Law) -> None:
    with pytest.raises(NoClauses, match="does not say yet who pays what into a fund of employee_medical"):
        Assessor(law, "310000:employee_medical", Month("2024-06"))


ENROLLED = np.dtype([(n, ">i8") for n in ("account", "payer", "place", "is_flexible", "from_month", "fen")])


def enrolled(*rows: tuple[int, ...]) -> Any:
    return np.array([tuple(row) for row in rows], ENROLLED)


def test_of_two_enrolments_the_one_begun_last_counts() -> None:
    rows = enrolled((5, -1, 310000, 0, 202301, 7), (5, -2, 310000, 0, 202405, 7), (9, -1, 310000, 0, 202301, 8))
    members = current_members(rows)
    assert members.payer.tolist() == [-2, -1] and not members.is_twice.any()


def test_two_employers_from_the_same_month_are_told_apart_by_nothing_so_the_member_is_set_apart(law: Law) -> None:
    rows = enrolled((5, -1, 310000, 0, 202405, 800_000), (5, -2, 310000, 0, 202405, 800_000))
    shares, undecided = Assessor(law, SHANGHAI, Month("2024-06")).assess(current_members(rows))
    assert not len(shares.account)
    assert [(each.name, each.accounts) for each in undecided] == [("enrolled_twice", [5])]
