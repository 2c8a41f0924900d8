"""An answer is one sentence in both languages, with how sure it is; reasons are said in words."""

from __future__ import annotations

import pytest

from portals.guilan import document, no_other_place
from portals.html_reading import plain
from wayfare.kernel import Mode, Reason, Shortfall, Status
from wayfare.portals import Certainty, Language, NotAnAnswer, Words, answer
from wayfare.portals.fact_names import fact_names
from wayfare.portals.reasons import reason_views

EN, ZH = Words(Language.ENGLISH), Words(Language.CHINESE)


def test_the_sentence_is_made_from_the_public_values():
    place = answer("pension.place", {"place_of_benefit": "340000"}, mode=Mode.DECISION)
    assert (place.line.en, place.line.zh) == ("In Anhui.", "在安徽领。")
    values = {"retirement_month": "2028-03", "retirement_age_months": 622}
    retirement = answer("pension.retirement", values, mode=Mode.DECISION)
    assert plain(retirement.line.en) == "In March 2028, at the age of 51 years 10 months."
    assert answer("pension.monthly", {"pension": "1702.35"}, mode=Mode.ESTIMATE).line.zh == "每月约1,702元。"


def test_a_part_that_is_not_known_shortens_the_sentence():
    said = answer("pension.retirement", {"retirement_month": "2028-03"}, mode=Mode.ESTIMATE)
    assert plain(said.line.en) == "In March 2028."


def test_without_its_leading_value_an_answer_says_that_it_is_open():
    said = answer("pension.place", {"place_of_benefit": None}, mode=Mode.DECISION).line
    assert said.en == "This cannot be said yet. Below is what is missing."


@pytest.mark.parametrize(
    ("mode", "statuses", "certainty"),
    [
        (Mode.DECISION, {"pension": Status.OFFICIAL}, Certainty.DECIDED),
        (Mode.ESTIMATE, {"pension": Status.RECALLED}, Certainty.ESTIMATED),
        (Mode.ESTIMATE, {"pension": Status.HYPOTHETICAL}, Certainty.HYPOTHETICAL),
    ],
)
def test_how_sure_an_answer_is_follows_from_its_mode_and_values(mode, statuses, certainty):
    said = answer("pension.monthly", {"pension": "1.00"}, mode=mode, statuses=statuses)
    assert said.certainty is certainty


def test_a_question_without_a_sentence_is_refused():
    with pytest.raises(NotAnAnswer) as refused:
        answer("work.pay", {"day_wage": "1.00"}, mode=Mode.DECISION)
    assert refused.value.code == "WF-POR-003"
    assert refused.value.found == "The question 'work.pay' has no sentence on the pages."


def test_reasons_keep_their_order_and_their_nesting():
    (view,) = reason_views((no_other_place(),), EN)
    assert (view.mark, [child.mark for child in view.children]) == ("yes", ["no", "no", "open"])


def test_a_reason_says_by_how_much_it_was_short():
    (view,) = reason_views((no_other_place(),), EN)
    assert plain(view.children[1].shortfall) == "1 year 4 months short: 8 years 8 months of the 10 years asked."
    (view,) = reason_views((no_other_place(),), ZH)
    assert view.children[1].shortfall == "差1年4个月：要求10年，已有8年8个月。"


@pytest.mark.parametrize(
    ("shortfall", "said"),
    [
        (Shortfall(150, "fen"), "2 yuan short."),
        (Shortfall("12.00", "yuan"), "12 yuan short."),
        (Shortfall(5, "points"), "5 points short."),
        (Shortfall("52.8001", "months"), "52.8001 months short."),
        (Shortfall("0.123", "yuan"), "0.123 short."),
        (Shortfall(5, "pieces"), "5 short."),
    ],
)
def test_a_shortfall_is_said_in_its_unit(shortfall, said):
    assert plain(reason_views((Reason("x", False, shortfall=shortfall),), EN)[0].shortfall) == said


def test_a_reason_names_its_article_and_its_facts_in_words():
    (view,) = reason_views((no_other_place(),), EN, fact_names(document()))
    second = view.children[1]
    assert second.article == "国办发〔2009〕66号, article 6(2)"
    assert tuple(plain(fact) for fact in second.facts) == (
        "Employees’ pension in Shanghai, March 2009 to June 2013",
        "Employees’ pension in Shanghai, September 2014 to December 2018",
    )
    assert [plain(fact) for fact in view.children[0].facts] == ["Registered in Funan County, Anhui, since May 1976"]


def test_a_reason_without_a_sentence_shows_its_article():
    (view,) = reason_views((no_other_place(),), ZH)
    assert view.children[0].sentence == "国办发〔2009〕66号，条文6(1)"


def test_a_fact_that_is_not_of_the_document_keeps_its_reference():
    (view,) = reason_views((Reason("x", True, facts=("paper:9",)),), EN, fact_names(document()))
    assert view.facts == ("paper:9",)


def test_a_reason_that_many_values_share_is_told_once():
    shared = Reason("temporary", True, sentence={"en": "A temporary account."})
    new = Reason("new", False, sentence={"en": "Something new."})
    first = Reason("first", False, sentence={"en": "First."}, children=(shared,))
    again = Reason("temporary", True, sentence={"en": "A temporary account."}, children=(new,))
    views = reason_views((first, again), EN)
    assert [view.sentence for view in views] == ["First.", "Something new."]
    assert [child.sentence for child in views[0].children] == ["A temporary account."]


def test_a_clause_that_denies_what_is_reached_is_not_called_short():
    denied = Reason("has_too_few_months", False, shortfall=Shortfall(53, "months", found="232.8", asked="180"))
    assert reason_views((denied,), EN)[0].shortfall == ""


def test_what_lies_deep_follows_in_a_row():
    deep = Reason("d", True, children=(Reason("e", True, children=(Reason("f", True),)),))
    (view,) = reason_views((Reason("a", True, children=(Reason("b", True, children=(Reason("c", True), deep)),)),), EN)
    below = view.children[0].children
    assert [each.sentence for each in below] == ["c", "d", "e", "f"]
    assert all(each.children == () for each in below)
