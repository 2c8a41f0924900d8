"""The walk of docs/how-to/read-and-reconcile-the-books.md, command by command, on the fund of run-a-month.md."""

from __future__ import annotations

import re
from pathlib import Path

from beancount import loader

from cli.test_fund_month import commands, wayfare

__all__ = ["wayfare"]

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "read-and-reconcile-the-books.md"
SAID = (
    "Trial balance of Shanghai, employees’ pension, 2024-06 to 2024-06",
    "2024-07-25  Contributions paid in: HOTEL-2",
    "6 new lines, 0 known before, 0 refused.",
    "F-0630-01 bank charge",
    "5 lines matched. What only one side has explains the whole difference.",
    "12.00 yuan booked to Pooled fund: bank_line:F-0630-01, 2024-06-30.",
    "Bank and book agree: 6 lines matched",
    "2024-06-20  Not yet explained  L-0620-01",
    "The members’ accounts, added one by one, are what the control accounts leave.",
    "Your share, kept back from your wage *",
    "* 单位尚未向基金缴清该月。该月已为您记账。",
    "2024-06-30  contributions:2024-06 ",
    "It rests on the law itself: pension.contributions on 2024-06-30",
    "Employer's contribution rate of the place",
)


def test_the_walk_of_the_page_does_what_the_page_says(wayfare, tmp_path) -> None:
    for command in commands():
        wayfare(*command)
    printed = []
    for line in re.findall(r"^    wayfare (.*)$", PAGE.read_text(encoding="utf-8"), re.M):
        words = [str(tmp_path / word) if word.startswith(("book.", "accounts.")) else word for word in line.split()]
        code, said = wayfare(*words)
        assert code == 0, said
        printed.append(said)
    whole = "\n".join(printed)
    assert [sentence for sentence in SAID if sentence not in whole] == []
    assert {path.name for path in tmp_path.iterdir()} == {"book.xlsx", "accounts.csv", "book.parquet", "book.beancount"}
    assert loader.load_file(str(tmp_path / "book.beancount"))[1] == []
