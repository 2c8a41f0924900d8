"""A reason names its clause, the facts, and by how much a number fell short."""

from __future__ import annotations

import json
import pickle

import pytest

from wayfare.kernel import Rank, Reason, ReasonRefused, Shortfall, Status

TEN_YEARS = Reason(
    clause="has_ten_years",
    holds=False,
    facts=("insurance:2", "insurance:4"),
    source="国办发〔2009〕66号",
    article="6(2)",
    rank=Rank.RULE,
    status=Status.VERIFIED,
    sentence={"en": "Less than ten years were paid here.", "zh": "在本地缴费不满十年。"},
    shortfall=Shortfall(short_by=8, unit="months", found=112, asked=120),
)


def test_a_reason_tells_all_it_knows_as_a_document():
    assert TEN_YEARS.as_document() == {
        "clause": "has_ten_years",
        "holds": False,
        "facts": ["insurance:2", "insurance:4"],
        "source": "国办发〔2009〕66号",
        "article": "6(2)",
        "rank": "rule",
        "status": "verified",
        "sentence": {"en": "Less than ten years were paid here.", "zh": "在本地缴费不满十年。"},
        "shortfall": {"short_by": 8, "unit": "months", "found": 112, "asked": 120},
    }
    assert json.loads(json.dumps(TEN_YEARS.as_document())) == TEN_YEARS.as_document()


@pytest.mark.parametrize("holds", [True, False, None])
def test_what_is_not_known_is_left_out_but_never_whether_it_holds(holds):
    assert Reason(clause="art. 6(1)", holds=holds).as_document() == {"clause": "art. 6(1)", "holds": holds}


def test_a_shortfall_may_be_a_text_alone():
    assert Shortfall("no lease", "paper").as_document() == {"short_by": "no lease", "unit": "paper"}


def test_reasons_nest_and_are_walked_in_reading_order():
    last = Reason(clause="hukou", holds=None)
    here = Reason(clause="here", holds=False, children=(TEN_YEARS,))
    whole = Reason(clause="place", holds=None, children=(here, last))
    assert [reason.clause for reason in whole.walk()] == ["place", "here", "has_ten_years", "hukou"]
    assert whole.as_document()["children"][0]["children"] == [TEN_YEARS.as_document()]


def test_reasons_travel_between_processes_and_stand_in_sets():
    assert pickle.loads(pickle.dumps(TEN_YEARS)) == TEN_YEARS
    assert len({TEN_YEARS, pickle.loads(pickle.dumps(TEN_YEARS))}) == 1


@pytest.mark.parametrize("clause", ["", None])
def test_a_reason_without_a_clause_is_refused(clause):
    with pytest.raises(ReasonRefused) as refused:
        Reason(clause=clause, holds=True)
    assert str(refused.value) == (
        "WF-KRN-011  A reason names no clause.\n            Give the name of the value it decides."
    )


def test_a_bare_text_is_not_a_list_of_facts():
    with pytest.raises(ReasonRefused) as refused:
        Reason(clause="hukou", holds=True, facts="hukou:1")
    assert str(refused.value) == (
        "WF-KRN-011  The facts of the reason hukou are 'hukou:1'.\n            Give a tuple of fact ids."
    )


def test_children_are_reasons():
    with pytest.raises(ReasonRefused, match="The children of the reason hukou are"):
        Reason(clause="hukou", holds=True, children=("art. 6",))
