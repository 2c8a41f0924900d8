"""Floors and moves at a terminal and for programs: shown first, asked, done once, in both languages."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from cli.test_fund_month import FUND, wayfare
from wayfare.cli.funds import common, floor, move
from wayfare.funds.reports.errors import NothingBooked

__all__ = ["wayfare"]

OTHER = "110000:employee_pension"
PREPARE = (
    "prepare", "help-1", "--fund", FUND, "--to", OTHER, "--amount", "1000.00", "--on", "2024-07-22", "--expires",
    "2024-07-30", "--document", "notice 9",
)  # fmt: skip
APPROVE = (
    "floor", "--fund", FUND, "--to", "-500.00", "--on", "2024-08-05", "--document", "notice 11", "--by", "Li",
    "--reason", "late",
)  # fmt: skip


@pytest.fixture
def fund(wayfare) -> Any:
    """Run a command of `wayfare fund` where Shanghai's book holds June and Beijing's July."""
    for name, place, month in ((FUND, "", "2024-06"), (OTHER, "beijing/", "2024-07")):
        for kind in ("employers", "enrolments", "wages"):
            wayfare("fund", "import", kind, f"examples/funds/{place}{kind}.csv", "--fund", name)
        wayfare("fund", "run-month", month, "--yes", "--fund", name)

    def run(*words: str) -> str:
        code, said = wayfare("fund", *words)
        assert code == 0, said
        return said

    return run


def waiting(fund: Any) -> list[Any]:
    return json.loads(fund("move", "list", "--fund", FUND, "--on", "2024-07-31", "--json"))


@pytest.mark.parametrize(("answer", "does"), [(True, True), (False, False)])
def test_at_a_terminal_each_step_is_shown_and_asked_before_it_is_taken(fund, monkeypatch, answer, does) -> None:
    asked: list[str] = []
    for module in (common, move, floor):
        monkeypatch.setattr(module, "is_terminal", lambda: True)
    monkeypatch.setattr(common.typer, "confirm", lambda question: asked.append(question) or answer)
    shown = fund("move", *PREPARE)
    assert "So it would stand then." in shown and ("Nothing was changed." in shown) != does
    assert [each["state"] for each in waiting(fund)] == ["open"] * does
    if does:
        fund("move", "expire", "--on", "2024-07-31")
    said = fund(*APPROVE, "--lang", "zh")
    assert ("已记账" in said, "没有记账。" in said) == (does, not does)
    questions = ["Set this money aside in Shanghai, employees’ pension?", "Let this money go?"][: 1 + does]
    assert asked == [*questions, "把这项审批记入上海市职工基本养老保险基金的账吗？"]


def test_a_program_gets_objects_and_a_repeat_says_that_it_is_none_of_its_own(fund) -> None:
    told = json.loads(fund("move", *PREPARE, "--json"))
    assert (told["amount"], told["state"], told["fresh"], told["decision"]) == (
        "1000.00", "open", True, "document:notice 9"
    )  # fmt: skip
    assert not json.loads(fund("move", *PREPARE, "--json"))["fresh"]
    confirm = ("move", "confirm", "help-1", "--fund", FUND, "--json", "--on")
    assert json.loads(fund(*confirm, "2024-07-25"))["batches"] == ["help-1:sent", "help-1:received"]
    again = json.loads(fund(*confirm, "2024-07-26"))
    assert (again["fresh"], again["confirmed"]) == (False, "2024-07-25")
    assert json.loads(fund("move", "expire", "--on", "2025-01-01", "--json")) == []
    changed = json.loads(fund(*APPROVE, "--json"))
    assert (changed["old"]["floor"], changed["new"]["floor"], changed["state"]) == ("0.00", "-500.00", "posted")
    assert json.loads(fund(*APPROVE, "--json"))["state"] == "repeated"
    assert json.loads(fund("floor", "--fund", FUND, "--json"))["approvals"][0]["by"] == "Li"


def test_figures_stay_whole_at_80_columns_in_both_languages(fund, monkeypatch) -> None:
    fund("move", *PREPARE)
    fund(*APPROVE)
    monkeypatch.setattr("wayfare.cli.console.PIPE_WIDTH", 80)
    figures = re.compile(r"-?[0-9,]+\.[0-9]{2}")
    for command in (
        ("move", "list", "--fund", FUND, "--on", "2024-07-31"), ("move", "show", "help-1", "--fund", FUND),
        ("floor", "--fund", FUND), ("ageing", "--fund", FUND, "--on", "2024-07-31"),
    ):  # fmt: skip
        said = [fund(*command, "--lang", language) for language in ("en", "zh")]
        assert "…" not in "".join(said) and figures.findall(said[0]) == figures.findall(said[1]) != []


def test_what_a_move_rests_on_is_asked_for_and_a_key_that_is_no_batch_leads_to_the_move(wayfare, fund) -> None:
    for wrong in (PREPARE[:-2], (*PREPARE, "--decision", "D-1"), (*PREPARE, "--facts", "x.json")):
        assert wayfare("fund", "move", *wrong)[0] == 2
    fund("move", *PREPARE)
    with pytest.raises(NothingBooked, match="wayfare fund move show help-1"):
        wayfare("fund", "explain", "--fund", FUND, "--batch", "help-1")
