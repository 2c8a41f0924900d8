"""The law as lists, and what differs between two days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from law.test_plan import small_law
from wayfare.law import question, row
from wayfare.law.errors import UnknownValue
from wayfare.law.show import behind, differences, entries, facts_behind

ASKED = question("money", answer="all_transferred", values=("pooled_transfer",), say={"en": "How much?"})


def test_show_lists_every_value_behind_a_question_with_unit_clause_dates_and_status() -> None:
    found = {e.name: e for e in behind(small_law(money=ASKED), "money")}
    assert found["pooled_transfer"].text == "half_up((pooled_wages * pooled_share), 10000)"
    assert (found["pooled_transfer"].source, found["pooled_transfer"].unit) == ("no. 66 4(2)", "fen")
    assert found["pooled_share"].status == "verified, recalled" and found["pooled_share"].dates == "from 2010-01-01"
    assert set(facts_behind(small_law(money=ASKED), "money")) == {"moved", "fund_place", "wage"}
    with pytest.raises(UnknownValue, match="no question 'none'"):
        behind(small_law(), "none")


def test_list_holds_values_and_parameters() -> None:
    names = {e.name for e in entries(small_law())}
    assert {"pooled_transfer", "pooled_share", "wage", "much"} <= names


def test_diff_names_what_begins_and_what_ends_between_two_days() -> None:
    law = small_law().replaced(
        parameters={"pooled_share": [row(1200, since="2010-01-01", until="2015-01-01"), row(800, since="2015-01-01")]}
    )
    found = differences(law, date(2014, 12, 31), date(2015, 1, 1))
    assert [(d["name"], d["change"], d["text"]) for d in found] == [
        ("pooled_share", "begins", "0.0800 (test)"),
        ("pooled_share", "ends", "0.1200 until 2015-01-01 (test)"),
    ]
    assert differences(law, date(2015, 1, 1), date(2016, 1, 1)) == []


def test_many_rows_of_one_table_are_one_line() -> None:
    law = small_law()
    many = replace(law.parameters["much"], by=("n",), rows=tuple(row(n, since="2015-01-01", key=n) for n in range(9)))
    found = differences(law.replaced(parameters={"much": many}), date(2014, 1, 1), date(2016, 1, 1))
    assert [d["text"] for d in found if d["name"] == "much"] == ["9 rows: 0.00 for 0 (test) ... 0.08 for 8 (test)"]
