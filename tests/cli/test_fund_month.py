"""The walk of docs/how-to/run-a-month.md, command by command, and what its commands print and return."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from psycopg.conninfo import make_conninfo
from typer.testing import CliRunner

from wayfare.cli.funds import common
from wayfare.cli.funds.benefit_words import BenefitWords
from wayfare.cli.funds.month_words import MonthWords
from wayfare.cli.funds.move_words import MoveWords
from wayfare.cli.main import app
from wayfare.funds.month.errors import MonthNotAssessed

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "run-a-month.md"
FUND = "310000:employee_pension"


@pytest.fixture
def wayfare(database, monkeypatch) -> Any:
    """The command line on the test's database; gives the exit code and what was printed."""
    monkeypatch.setenv("WAYFARE_DATABASE", make_conninfo(**database.parameters))
    monkeypatch.chdir(ROOT)

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, list(arguments))
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    return run


def commands() -> list[list[str]]:
    """The commands of the page, in order."""
    return [line.split()[1:] for line in re.findall(r"^    (wayfare .*)$", PAGE.read_text(encoding="utf-8"), re.M)]


def month(wayfare: Any, *more: str) -> Any:
    code, printed = wayfare("fund", "run-month", "2024-06", "--fund", FUND, "--json", *more)
    assert code == 0
    return json.loads(printed)


def test_the_walk_of_the_page_does_what_the_page_says(wayfare) -> None:
    printed = []
    for command in commands():
        code, said = wayfare(*command)
        assert code == 0, said
        printed.append(said)
    whole = "\n".join(printed)
    assert "39 enrolled, 0 charged before, 38 to charge" in whole and "Nothing was posted." in whole
    assert "1 cannot be assessed: no wage is declared for this month\n  SH-0027" in whole
    assert "Posted as batch 3 of 310000:employee_pension, contributions:2024-06:late-1" in whole
    assert "L-0620-01: 29,895.37 yuan, payer '临港建筑', matches no payer" in whole
    assert "29,895.37 yuan to BUILD-3, booked as match:L-0620-01:3: an earlier booking no longer holds." in whole
    assert "BUILD-3 paid late: 74.74 yuan of late fee." in whole
    assert "MILL-1 申江棉纺厂 Shenjiang Cotton Mill has paid 392.61 yuan more than is due." in whole
    owed = json.loads(printed[-1])
    assert [each["employer"] for each in owed["employers"]] == ["BUILD-3"] and owed["owed"] == "31509.07"


@pytest.fixture
def stocked(wayfare) -> Any:
    for kind in ("employers", "enrolments", "wages"):
        wayfare("fund", "import", kind, f"examples/funds/{kind}.csv", "--fund", FUND)
    return wayfare


def test_a_preview_posts_nothing_a_run_posts_and_a_repeat_says_that_there_is_nothing_to_do(stocked) -> None:
    assert month(stocked, "--preview")["posted"] is None
    assert month(stocked)["posted"] == {"batch": 1}
    assert month(stocked)["posted"] is None
    assert "Nothing to do" in stocked("fund", "run-month", "2024-06", "--fund", FUND)[1]


def test_a_month_that_has_not_begun_is_no_month_to_run(stocked) -> None:
    with pytest.raises(MonthNotAssessed, match="2098-06 has not begun"):
        stocked("fund", "run-month", "2098-06", "--fund", FUND)


def test_the_same_file_again_says_so_and_a_bad_line_is_told_and_exits_with_two(stocked, tmp_path: Path) -> None:
    code, printed = stocked("fund", "import", "wages", "examples/funds/wages.csv", "--fund", FUND)
    assert code == 0 and "This file was taken in before." in printed and "Nothing was added." in printed
    bad = tmp_path / "wages.csv"
    bad.write_text("member,month,wage\nSH-0001,2024-07,4500\n", encoding="utf-8")
    code, printed = stocked("fund", "import", "wages", str(bad), "--fund", FUND)
    assert code == 2 and "line 2: WF-FND-003  wage: '4500' is no amount." in printed
    code, printed = stocked("fund", "import", "wages", str(bad), "--fund", FUND, "--json")
    assert code == 2 and json.loads(printed)["problems"][0]["line"] == 2


def test_a_payment_in_json_says_where_it_went(stocked) -> None:
    month(stocked)
    code, printed = stocked("fund", "import", "payments", "examples/funds/payments.csv", "--fund", FUND, "--json")
    found = json.loads(printed)
    assert code == 0 and found["added"] == 5 and found["repeated"] == 1
    assert {each["id"]: each["employer"] for each in found["posted"]}["L-0620-01"] is None
    assert found["late_fees"] == {}  # without a rule of the office on the day no late fee is counted


def test_the_office_works_in_chinese_too(stocked) -> None:
    _, printed = stocked("fund", "run-month", "2024-06", "--fund", FUND, "--lang", "zh")
    assert "310000:employee_pension，2024-06：参保39人，已核定0人，本次核定38人。" in printed
    assert "1人无法核定：本月没有申报缴费工资\n  SH-0027" in printed
    _, printed = stocked("fund", "import", "payments", "examples/funds/payments.csv", "--fund", FUND, "--lang", "zh")
    assert "银行到账共6行：新增5行" in printed and "付款人“临港建筑”，对不上缴费人" in printed
    _, printed = stocked("fund", "owed", "--fund", FUND, "--on", "2024-07-31", "--lang", "zh")
    assert "MILL-1 申江棉纺厂 Shenjiang Cotton Mill多缴" in printed and "暂收待查：L-0620-01" in printed


@pytest.mark.parametrize("words", [MonthWords, BenefitWords, MoveWords])
def test_every_sentence_of_the_office_has_the_same_slots_and_columns_in_both_languages(words) -> None:
    for name, languages in words.SENTENCES.items():
        plain = [re.sub(r"{\w+:[^}|]*\|[^}]*}", "", text) for text in languages]  # without the words of a count
        slots = [{slot for _, slot, _, _ in Formatter().parse(text) if slot} for text in plain]
        assert slots[0] == slots[1] and plain[0].count("|") == plain[1].count("|"), name


@pytest.mark.parametrize(("answer", "posts"), [("y", True), ("n", False)])
def test_at_a_terminal_a_run_asks_before_it_posts(stocked, monkeypatch, answer: str, posts: bool) -> None:
    asked: list[str] = []
    monkeypatch.setattr(common, "is_terminal", lambda: True)
    monkeypatch.setattr(common.typer, "confirm", lambda question: asked.append(question) or answer == "y")
    _, printed = stocked("fund", "run-month", "2024-06", "--fund", FUND)
    assert asked == [f"Post contributions:2024-06 to {FUND}?"]
    assert ("Posted as batch 1" in printed) == posts and ("Nothing was posted." in printed) == (not posts)
    assert month(stocked, "--preview")["charged_before"] == (38 if posts else 0)


def test_a_payment_is_matched_to_one_payer(stocked) -> None:
    for whose in ((), ("--employer", "MILL-1", "--member", "SH-0036")):
        code, printed = stocked("fund", "match", "L-0620-01", "--fund", FUND, *whose)
        assert code == 2 and "Say whose the payment is" in printed


def test_a_correction_shows_whose_charge_no_longer_fits_and_posts_the_month_anew(stocked, tmp_path: Path) -> None:
    month(stocked)
    (tmp_path / "w.csv").write_text("member,month,wage\nSH-0001,2024-06,9999.00\n", encoding="utf-8")
    stocked("fund", "import", "wages", str(tmp_path / "w.csv"), "--fund", FUND)
    _, printed = stocked("fund", "run-month", "2024-06", "--fund", FUND)
    assert "1 is charged for another amount, or to another payer, than the records give now: SH-0001." in printed
    _, printed = stocked("fund", "run-month", "2024-06", "--fund", FUND, "--correct", "--preview")
    assert "SH-0001       2,984.07        2,399.76  MILL-1         MILL-1" in printed
    assert "2024-06 posted anew would be:" in printed and "38 to charge" in printed and "Nothing to do" not in printed
    _, printed = stocked("fund", "run-month", "2024-06", "--fund", FUND, "--correct")
    assert "Taken back: contributions:2024-06." in printed
    assert "Posted as batch 3 of 310000:employee_pension, contributions:2024-06:late-1" in printed
    assert month(stocked)["differing"] == []


def test_today_is_the_day_of_the_clock_on_the_wall_and_not_that_of_greenwich(wayfare, monkeypatch) -> None:
    greenwich = datetime.now(UTC)
    monkeypatch.setenv("TZ", "Etc/GMT-14" if greenwich.hour >= 12 else "Etc/GMT+12")  # where it is another day now
    time.tzset()
    try:
        code, said = wayfare("fund", "owed", "--fund", FUND, "--json")
        assert (code, json.loads(said)["on"]) == (0, date.today().isoformat())
        assert date.today() != greenwich.date()
    finally:
        monkeypatch.undo()
        time.tzset()
