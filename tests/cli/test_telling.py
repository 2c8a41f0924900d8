"""An answer in the terminal: names instead of identifiers, nothing dropped, nothing half in another language."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from wayfare.cli.telling import tell_answer
from wayfare.decisions import ask
from wayfare.facts import read_document
from wayfare.rulebook import load_rulebook

LIVES = Path(__file__).parents[2] / "examples" / "lives"
SWEEPER = "street-sweeper-from-anhui-in-shanghai.json"
FORM = {
    "question": "pension.monthly", "on": "2024-06-01",
    "given": {"benefit_base": "7000.00", "average_index": "0.8000", "contribution_years": "20",
              "account_balance": "55600.00", "payout_months": "139", "transitional_pension": "0.00",
              "place_of_benefit": "340000", "retirement_month": "2024-06", "retirement_age_months": "720"},
}  # fmt: skip


def told(document, language: str) -> list[str]:
    out = io.StringIO()
    tell_answer(ask(read_document(document), load_rulebook()), Console(file=out, width=400, highlight=False), language)
    return out.getvalue().splitlines()


def life(question: str) -> dict:
    return read_document((LIVES / SWEEPER).read_bytes()).as_document() | {"question": question}


@pytest.mark.parametrize("question", ["pension.retirement", "pension.place", "pension.monthly", "pension.transfer"])
def test_chinese_output_holds_no_english_but_names_of_the_interface(question: str) -> None:
    left = [re.sub(r"\[事实[^]]*]|\(pension\.\w+|/base|[0-9a-f]{16}|insurance:\d|hukou:\d|yulan|Wayfare", "", line)
            for line in told(life(question), "zh")]  # fmt: skip
    assert [line for line in left if re.search("[A-Za-z]{3}", line)] == []
    assert not any(" to " in line for line in left)


def test_an_award_form_is_marked_as_given_line_by_line() -> None:
    lines = told(FORM, "en")
    assert "on given values: Benefit base (benefit_base), Average index (average_index)" in lines[1]
    assert "  Benefit base (benefit_base): 7000.00 yuan/month  [given]" in lines
    assert "  Basic part (basic_pension): 1260.00 yuan/month" in lines
    assert any("计发基数：7000.00 元/月  [给定]" in line for line in told(FORM, "zh"))


def test_rows_that_say_the_same_stand_on_one_line_with_their_number_and_how_many_are_not_told() -> None:
    lines = told(life("pension.monthly"), "en")
    assert any(re.search(r"×\d", line) for line in lines)
    assert any(re.search(r"\(and \d+ before it\)", line) for line in lines)


def test_what_is_given_and_the_ways_on_are_named_in_chinese() -> None:
    form = told(FORM, "zh")
    assert "按给定数值: 计发基数、平均缴费指数、" in form[1]
    assert re.search("[a-z]", form[1]) is None
    short = {"question": "pension.short_years", "on": "2026-11-01", "mode": "estimate", "facts": {
        "person": {"id": "p", "sex": "male", "born": "1964-03-10"},
        "hukou": [{"place": "340000", "kind": "agricultural", "from": "1964-03-10", "to": None}],
        "insurance": [{"scheme": "employee_pension", "place": "310000", "basis": "employee", "from": "2018-11",
                       "to": None, "base": "5000.00"}]}}  # fmt: skip
    lines = told(short, "zh")
    assert any("[延长缴费]" in line for line in lines)
    assert not any("pay_on" in line for line in lines)
