"""`wayfare fund pay-benefits`, `benefit`, `subsidy`: an officer's work on a pension, from the award to the heirs."""

from __future__ import annotations

import contextlib
import json

import pytest
from typer.testing import CliRunner

import wayfare.storage
from scenarios.told_lives import life, paid
from wayfare.cli.main import app

FUND = ("--fund", "440000:employee_pension")


@pytest.fixture
def office(database, monkeypatch):
    """The commands work in the database of the test."""
    monkeypatch.setattr(wayfare.storage, "open_database", lambda settings: contextlib.nullcontext(database))
    return database


@pytest.fixture
def facts(tmp_path):
    """A facts document with the values of an award form."""

    def write(on: str = "2024-01-01", **given: str) -> str:
        told = life(paid("440000", "2004-03", "2015-01"), on=on).as_document()
        file = tmp_path / "facts.json"
        file.write_text(json.dumps({**told, "given": given}), encoding="utf-8")
        return str(file)

    return write


def run(*arguments):
    told = CliRunner().invoke(app, ["fund", *arguments])
    assert told.exit_code == 0, (told.output, told.exception)
    return told.stdout


def refusal_of(*arguments):
    return str(CliRunner().invoke(app, ["fund", *arguments]).exception)


def as_json(*arguments):
    return json.loads(run(*arguments, "--json"))


@pytest.fixture
def started(office, facts):
    award = facts(pension="3000.00", account_pension="900.00")
    run("benefit", "start", "p1", *FUND, "--decision", "A-1", "--facts", award, "--from", "2024-01")
    run("subsidy", *FUND, "--amount", "100000.00", "--for", "pensions", "--on", "2024-01-02")


def test_a_pension_is_decided_put_into_payment_and_paid_once(started):
    preview = as_json("pay-benefits", "2024-01", *FUND, "--preview")
    assert (preview["payable"], preview["from_pool"], preview["posted"]) == ("3000.00", "3000.00", None)
    assert "1 pension is due." in run("pay-benefits", "2024-01", *FUND)
    assert "was run before: nothing changed" in run("pay-benefits", "2024-01", *FUND)
    assert as_json("pay-benefits", "2024-01", *FUND)["is_repeat"]


def test_what_the_bank_paid_is_booked_once_with_its_day(started):
    run("pay-benefits", "2024-01", *FUND, "--yes")
    paid_out = ("pay-benefits", "2024-01", *FUND, "--paid-by", "6222-1")
    assert CliRunner().invoke(app, ["fund", *paid_out]).exit_code == 2
    assert [as_json(*paid_out, "--on", "2024-02-05")["is_new"] for _ in range(2)] == [True, False]


def test_an_adjustment_and_a_correction_come_with_the_next_payroll(started, facts):
    run("pay-benefits", "2024-01", *FUND)
    raised = facts(on="2024-08-01", adjusted_pension="3100.00")
    run("benefit", "adjust", "p1", *FUND, "--decision", "J-1", "--facts", raised)
    assert as_json("pay-benefits", "2024-02", *FUND)["for_earlier_months"] == "100.00"
    lower = facts(pension="2900.00", account_pension="870.00")
    start = ("benefit", "start", "p1", *FUND, "--decision", "B-1", "--facts", lower, "--from", "2024-01")
    assert "draws a pension" in run(*start, "--replaces", "A-1")
    assert "was recorded before" in run(*start, "--replaces", "A-1")


def test_a_suspended_pension_is_paid_again_with_what_was_lacking(started):
    run("benefit", "suspend", "p1", *FUND, "--from", "2024-01", "--paper", "no sign of life since 2023")
    assert as_json("pay-benefits", "2024-01", *FUND)["pensions"] == 0
    run("benefit", "resume", "p1", *FUND, "--from", "2024-01", "--paper", "came in person")
    found = as_json("pay-benefits", "2024-02", *FUND)
    assert (found["pensions"], found["for_earlier_months"]) == (1, "3000.00")


def test_what_was_paid_after_a_death_is_charged_paid_back_and_told(started, facts):
    for month in ("2024-01", "2024-02", "2024-03"):
        run("pay-benefits", month, *FUND)
    run("benefit", "death", "p1", *FUND, "--on", "2024-02-10", "--paper", "certificate 7")
    assert "p1 was paid 3,000.00 yuan too much" in run("pay-benefits", "2024-04", *FUND, "--preview")
    asked = ("benefit", "recover", "p1", *FUND, "--on", "2024-04-02", "--document", "agreement 12", "--reason", "death")
    assert "p1 owes 3,000.00 yuan by plan 1: it is to be paid in" in run(*asked)
    assert as_json(*asked)["batch"] is None
    back = ("--amount", "3000.00", "--bank", "6222-1", "--reference", "L1", "--on", "2024-04-20")
    assert as_json("benefit", "repay", "p1", *FUND, *back)["is_new"]
    shown = as_json("benefit", "show", "p1", *FUND)
    assert ([each["what"] for each in shown["records"]], shown["owed"]) == (["award", "death"], "0.00")
    assert "Still owed: 0.00 yuan." in run("benefit", "show", "p1", *FUND)
    left = facts(on="2024-02-10", remaining_account="0.00", drawn_months="2", urban_income="48000.00")
    told = run("benefit", "inherit", "p1", *FUND, "--decision", "S-1", "--facts", left, "--on", "2024-05-06")
    assert "Posted as batch" in told


def test_someone_who_is_alive_gets_what_was_stopped(started):
    run("benefit", "death", "p1", *FUND, "--on", "2023-12-10", "--paper", "certificate 7")
    run("pay-benefits", "2024-01", *FUND)
    run("benefit", "alive", "p1", *FUND, "--from", "2024-01", "--paper", "came in person")
    assert as_json("pay-benefits", "2024-02", *FUND)["payable"] == "6000.00"


def test_a_file_of_deaths_is_taken_in_once_and_its_bad_lines_are_told(started, tmp_path):
    file = tmp_path / "deaths.csv"
    lines = ["member,on,paper", "p1,2024-02-10,certificate 7", "p9,2024-02-11,certificate 8", "p1,10.2.2024,x"]
    file.write_text("\n".join(lines), encoding="utf-8")
    for added in (1, 0):
        told = CliRunner().invoke(app, ["fund", "benefit", "import", "deaths", str(file), *FUND, "--json"])
        found = json.loads(told.stdout)
        assert (told.exit_code, found["added"], found["repeated"]) == (2, added, 1 - added)
        assert [(each["line"], each["code"]) for each in found["problems"]] == [(3, "WF-FND-023"), (4, "WF-FND-003")]


def test_files_of_awards_and_adjustments_name_kept_decisions(started, facts, tmp_path):
    award, raised = tmp_path / "awards.csv", tmp_path / "adjustments.csv"
    award.write_text("member,decision,from\np1,A-1,2024-01\np1,A-9,2024-01\n", encoding="utf-8")
    told = CliRunner().invoke(app, ["fund", "benefit", "import", "awards", str(award), *FUND])
    assert told.exit_code == 2 and "line 3: WF-FND-004" in told.stdout
    told = facts(on="2024-08-01", adjusted_pension="3100.00")
    run("benefit", "adjust", "p1", *FUND, "--decision", "J-1", "--facts", told)
    raised.write_text("member,decision\np1,J-1\n", encoding="utf-8")
    assert "1 held already" in run("benefit", "import", "adjustments", str(raised), *FUND)


def test_the_commands_speak_chinese_too(started):
    assert "应发养老金1人" in run("pay-benefits", "2024-01", *FUND, "--lang", "zh")
    assert "养老金发到2024-02为止" in run(
        "benefit", "death", "p1", *FUND, "--on", "2024-02-10", "--paper", "x", "--lang", "zh"
    )
    assert "核定" in run("benefit", "show", "p1", *FUND, "--lang", "zh")


def test_refusals_say_what_to_do_next(office, facts):
    refusal = refusal_of("benefit", "death", "p1", *FUND, "--on", "2024-02-10", "--paper", "x")
    assert refusal.startswith("WF-FND-023") and "benefit start" in refusal
    award = facts(pension="3000.00", account_pension="900.00")
    run("benefit", "start", "p1", *FUND, "--decision", "A-1", "--facts", award, "--from", "2024-01")
    assert "The pool lacks 3,000.00 yuan" in run("pay-benefits", "2024-01", *FUND, "--preview")
    refusal = refusal_of("pay-benefits", "2024-01", *FUND)
    assert refusal.startswith("WF-FND-025") and "fund subsidy" in refusal
