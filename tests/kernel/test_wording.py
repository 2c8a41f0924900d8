"""The one rule for counted things: a word for one, another for none and for many."""

from __future__ import annotations

import pytest

from wayfare.kernel.wording import filled


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 employers owe"), (1, "1 employer owes"), (2, "2 employers owe"), (1000, "1,000 employers owe"),
    ],
)  # fmt: skip
def test_one_takes_the_first_word_and_every_other_count_the_second(count, said):
    assert filled("{count:,} employer{count:|s} owe{count:s|}", count=count) == said


def test_a_count_that_is_written_out_already_follows_the_rule_too():
    sentence = "{count} {count:it was|they were} sealed"
    assert [filled(sentence, count=count) for count in ("1", "1,001")] == ["1 it was sealed", "1,001 they were sealed"]


def test_a_slot_that_is_left_empty_is_an_error_and_a_slot_may_be_called_text():
    assert filled("{text}", text="a") == "a"
    with pytest.raises(KeyError):
        filled("{count:|s}")
