"""What people meet beside a number has its name in both languages."""

from __future__ import annotations

import re

import pytest

from rulebook.lives import law
from wayfare.law.labels import label_of, member_of

SHOWN = sorted(
    {name for q in law().questions.values() for name in q.shown}
    | {name for name, value in law().values.items() if value.kind == "fact"}
)
MEMBERS = sorted((choice, member) for choice, members in law().choices.items() for member in members)


def is_chinese(text: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]", text))


@pytest.mark.parametrize("name", SHOWN)
def test_a_value_that_people_meet_has_a_name_in_both_languages(name):
    assert label_of(law(), name, "en") != name
    assert is_chinese(label_of(law(), name, "zh"))


@pytest.mark.parametrize(("choice", "member"), MEMBERS)
def test_a_member_of_a_choice_has_a_name_in_both_languages(choice, member):
    assert choice in law().labels.choices and member in law().labels.choices[choice]
    assert is_chinese(member_of(law(), choice, member, "zh"))


def test_no_label_names_what_is_gone():
    assert set(law().labels.values) <= set(law().values)
    assert {(c, m) for c, members in law().labels.choices.items() for m in members} <= set(MEMBERS)


def test_a_look_up_goes_by_the_label_of_its_table_and_an_unknown_name_by_itself():
    assert label_of(law(), "delay_step", "en") == "Months of birth that share one month of delay"
    assert label_of(law(), "delay_step[retirement_group, asked_day]", "zh") == "每延迟一个月对应的出生月数"
    assert label_of(law(), "no_such_value", "zh") == "no_such_value"
    assert member_of(law(), "sex", "neither", "zh") == "neither"
