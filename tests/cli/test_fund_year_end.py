"""Rules of `wayfare fund interest`, `checklist` and `close` at the command line."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest
from typer.testing import CliRunner

from storage.year_book import FUND, Book
from wayfare.cli.main import app


@pytest.fixture
def book(database, monkeypatch):
    @contextmanager
    def opened():
        yield database

    for command in ("interest", "close"):
        monkeypatch.setattr(f"wayfare.cli.funds.{command}.the_database", opened)
    for command in ("checklist", "explain"):
        monkeypatch.setattr(f"wayfare.cli.funds.{command}.in_books", lambda work: work(database))
    return Book(database).opened(a=100_000).close(202311)


def fund(*arguments):
    return CliRunner().invoke(app, ["fund", *arguments, "--fund", FUND])


def test_interest_is_shown_with_its_rate_and_source_and_posted_once(book):
    seen, done = fund("interest", "2023", "--preview"), fund("interest", "2023")
    again = fund("interest", "2023", "--yes")
    assert "1 member, 39.70 yuan" in seen.stdout and "Nothing was posted." in seen.stdout
    assert "Rate 0.0397 (verified): 人力资源社会保障部" in done.stdout and "Posted as one batch" in done.stdout
    assert "nothing changed." in again.stdout
    assert book.held("a") == 103_970


def test_interest_as_json_holds_the_same(book):
    found = json.loads(fund("interest", "2023", "--rate", "0.0100", "--source", "a notice", "--json").stdout)
    assert (found["state"], found["rate"], found["status"], found["credited"]) == ("posted", "0.0100", "given", "10.00")


@pytest.mark.parametrize(
    ("language", "rate", "told"),
    [
        ("en", (), "Interest of 2023 at 0.0397 (verified): 人力资源社会保障部"),
        ("zh", ("--rate", "0.0100", "--source", "沪人社〔2024〕1号"),
         "2023年利息，记账利率0.0100（经办人员按通知填写）：沪人社〔2024〕1号"),
    ],
)  # fmt: skip
def test_a_year_s_interest_is_explained_by_the_rate_it_was_credited_at_and_by_no_other(book, language, rate, told):
    fund("interest", "2023", *rate)
    seen = fund("explain", "--batch", "interest:2023", "--lang", language).stdout
    assert told in seen and "0.0612" not in seen  # the rate of 2022, which stood in the table on the day


def test_an_open_year_is_refused_with_its_code(book):
    assert "WF-FND-037" in str(fund("interest", "2024").exception)
    assert "WF-FND-038" in str(fund("interest", "2023", "--rate", "3.97", "--source", "a notice").exception)


def test_the_checklist_speaks_both_languages_and_changes_nothing(book):
    assert "stops the close" in fund("checklist", "2023-12").stdout
    assert "还不能结账。" in fund("checklist", "2023-12", "--lang", "zh").stdout
    assert "WF-FND-039" in str(fund("close", "2023-12", "--yes").exception)


def test_a_month_is_closed_with_the_name_of_who_closed_it(book):
    fund("interest", "2023")
    assert "2023-12 of 440000:employee_pension is closed, by Chen" in fund("close", "2023-12", "--by", "Chen").stdout
    assert "此前已结账：Chen" in fund("close", "2023-12", "--by", "Wu", "--lang", "zh").stdout
    kept = json.loads(fund("close", "2023-12", "--json").stdout)
    assert (kept["state"], kept["closed_by"]) == ("repeated", "Chen") and len(kept["trial_balance_hash"]) == 64
    items = json.loads(fund("checklist", "2023-12", "--json").stdout)["items"]
    assert items == kept["items"] and items[0]["item"] == "earlier_months"


def test_an_item_is_explained_at_the_command_line(book):
    done = fund("close", "2023-12", "--explain", "interest=the notice is disputed", "--by", "Chen")
    assert "is closed, by Chen" in done.stdout
    assert fund("close", "2023-12", "--explain", "interest").exit_code == 2
