"""Every clause has its sentence for people, in both languages, with slots that its texts can fill."""

from __future__ import annotations

import re
import string

import pytest

from rulebook.lives import law

LANGUAGES = {"en", "zh"}
SPOKEN = sorted(n for n, v in law().values.items() if v.kind in ("clause", "scan_end"))


def forms(name: str) -> list[dict[str, str]]:
    """The sentence of a value, or its two sentences where it is a truth."""
    spoken = law().sentences.get(name, {})
    return [spoken["yes"], spoken["no"]] if set(spoken) == {"yes", "no"} else [spoken]


@pytest.mark.parametrize("name", SPOKEN)
def test_a_clause_speaks_both_languages(name):
    assert all(set(form) == LANGUAGES for form in forms(name))
    assert all(re.search("[\u4e00-\u9fff]", form["zh"]) for form in forms(name))


@pytest.mark.parametrize("name", SPOKEN)
def test_a_truth_has_a_sentence_for_yes_and_one_for_no(name):
    is_truth = law().plan([name]).units[name] == "truth"
    assert (len(forms(name)) == 2) == is_truth


@pytest.mark.parametrize("name", SPOKEN)
def test_a_slot_is_the_value_or_an_argument_of_every_text(name):
    texts = [{argument for argument, _ in text.names} for text in law().values[name].texts]
    known = set.intersection(*texts) if texts else set()
    for form in forms(name):
        for words in form.values():
            used = {slot for _, slot, _, _ in string.Formatter().parse(words) if slot}
            assert used <= known | {"value"}, words


@pytest.mark.parametrize("name", SPOKEN)
def test_a_duration_is_spoken_in_years_and_months_so_no_unit_follows_its_slot(name):
    """Values of unit months are rendered as `15 years 8 months`; a unit after the slot would be said twice."""
    arguments = {argument: value for text in law().values[name].texts for argument, value in text.names}
    units = law().plan([name]).units
    durations = [slot for slot, value in {**arguments, "value": name}.items() if units.get(value) == "months"]
    for words in (words for form in forms(name) for words in form.values()):
        assert not any(re.search(rf"\{{{slot}\}}\s*(months|个月)", words) for slot in durations), words


def test_no_sentence_speaks_of_a_value_that_is_gone():
    assert sorted(law().sentences) == SPOKEN
