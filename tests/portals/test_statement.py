"""A statement's page: whole, true to the document, in one language, and reaching for nothing outside."""

from __future__ import annotations

import base64
import re
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from portals.guilan import FACTS, KNOWN_ON, MOVED, PAID_OUT, TODAY, document, guilan
from portals.html_reading import Page, plain
from wayfare.facts import read_document
from wayfare.kernel import Money, Month, Place
from wayfare.portals import Certainty, Language, Links, MoneyMoved, Origin, Words, statement, statement_page

LANGUAGES = list(Language)
LIVES = sorted((Path(__file__).parents[2] / "examples" / "lives").glob("*.json"))
LINKS = Links("other.html", "index.html")


@cache
def page(language):
    return statement_page(guilan(), language, LINKS)


@cache
def read(language):
    return Page(page(language))


@cache
def example(path, language):
    shown = statement(read_document(path.read_text(encoding="utf-8")), known_on=KNOWN_ON, origin=Origin.EXAMPLE)
    return statement_page(shown, language, LINKS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_element_is_closed_every_id_is_single_and_every_reference_is_met(language):
    found = read(language)
    assert found.faults == []
    assert len(found.ids) == len(set(found.ids))
    assert set(found.pointed) <= set(found.ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_has_no_script_and_asks_for_nothing_outside(language):
    found = read(language)
    assert not found.tags & {"script", "iframe", "object", "embed", "img", "base", "form"}
    assert not any(name.startswith("on") or name == "style" for name in found.attributes)
    inside = {address for _, address in found.addresses if address.startswith("#")}
    assert {address.removeprefix("#") for address in inside} <= set(found.ids)
    assert {address for _, address in found.addresses} - inside == {"data:,", "other.html", "index.html"}
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", page(language))
    assert "@import" not in page(language) and "@font-face" not in page(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_policy_allows_the_one_style_block_by_its_hash_and_nothing_else(language):
    (style,) = re.findall(r"<style>(.*?)</style>", page(language), flags=re.DOTALL)
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page(language))
    assert "default-src 'none'" in policy
    assert f"style-src 'sha256-{digest}'" in policy


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_that_a_page_uses_has_its_style(language):
    (style,) = re.findall(r"<style>(.*?)</style>", page(language), flags=re.DOTALL)
    used = {name for names in re.findall(r'class="([^"]*)"', page(language)) for name in names.split()}
    plain = {"govuk-template", "wf-main", "wf-keys--3", "wf-route__mark--no", "wf-route__mark--open"}
    assert {name for name in used if f".{name}" not in style} <= plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language_and_leads_to_the_other(language):
    assert f'<html lang="{language.tag}"' in page(language)
    other = language.other
    assert f'hreflang="{other.tag}" lang="{other.tag}">{Words(other).say("page.language_name")}</a>' in page(language)


@pytest.mark.parametrize("path", LIVES, ids=lambda path: path.stem)
def test_an_example_life_makes_a_sound_page_in_both_languages(path):
    for language in LANGUAGES:
        found = Page(example(path, language))
        assert found.faults == []
        assert set(found.pointed) <= set(found.ids)


@pytest.mark.parametrize("path", LIVES, ids=lambda path: path.stem)
def test_an_english_page_has_no_chinese_but_its_language_link(path):
    han = re.findall("[一-鿿]+", Page(example(path, Language.ENGLISH)).text)
    assert han == ["中文"]


def money_in(tree):
    """Every amount in a section of the document."""
    if isinstance(tree, dict):
        return [amount for value in tree.values() for amount in money_in(value)]
    if isinstance(tree, list):
        return [amount for value in tree for amount in money_in(value)]
    return [tree] if isinstance(tree, str) and re.fullmatch(r"\d+\.\d\d", tree) else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_amount_of_the_document_stands_in_a_table(language):
    words, tables = Words(language), read(language).tables
    amounts = money_in(FACTS)
    assert len(amounts) == 20
    assert [amount for amount in amounts if words.cents(Money.yuan(amount)) not in tables] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_and_both_ends_of_every_spell_stand_in_a_table(language):
    words, tables = Words(language), read(language).tables
    facts = document().facts
    for spell in (*facts.hukou, *facts.residence, *facts.work):
        first = words.month(Month.of(spell.start)) if spell.start.day == 1 else words.day(spell.start)
        assert words.place(spell.place) in tables and plain(first) in tables
        assert spell.end is None or plain(words.month(Month.of(spell.end) - 1)) in tables
    for relation in facts.insurance:
        assert plain(words.month(relation.start)) in tables
        assert relation.end is None or plain(words.month(relation.end - 1)) in tables


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "key",
    [
        "note.hukou.agricultural",
        "note.residence.family",
        "note.residence.employer",
        "note.residence.rent",
        "note.residence.own",
        "note.lease.own",
        "note.lease.other",
        "note.work.employee",
        "note.work.self_employed",
        "note.work.informal",
        "note.contract.none",
        "note.basis.resident",
        "note.relation.temporary",
        "note.standing.proved",
        "note.employers_duty",
        "kind.back_paid",
        "trade.toys",
        "person.female",
        "person.group.female_50",
    ],
)
def test_every_further_fact_of_the_document_stands_in_a_table(language, key):
    assert Words(language).say(key) in read(language).tables


def test_an_insurance_that_has_no_lane_stands_in_the_table_of_contributions():
    injury = [{"scheme": "injury", "place": "310000", "from": "2012-03", "to": "2014-02"}]
    shown = statement(document(insurance=injury, accounts=[]), known_on=KNOWN_ON, today=TODAY)
    tables = Page(statement_page(shown, Language.ENGLISH, LINKS)).tables
    assert "Shanghai: work injury March 2012 January 2014 paid" in tables


def test_what_a_document_assumes_is_marked():
    assert "assumed: wage" in read(Language.ENGLISH).tables
    assert "假设：工资" in read(Language.CHINESE).tables


def test_a_life_begun_before_the_picture_is_whole_in_the_table():
    assert "12 May 1976" in read(Language.ENGLISH).tables


def test_words_of_a_document_are_escaped():
    assert "odd &lt;jobs&gt; &amp; more" in page(Language.ENGLISH)
    assert "<jobs>" not in page(Language.ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_forms_of_the_picture_are_named_and_described(language):
    assert page(language).count('role="img"') == 2
    for part in ("lw-t lw-d", "lt-t lt-d"):
        assert f'aria-labelledby="{part}"' in page(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_is_told_under_its_number(language):
    words = Words(language)
    told = read(language).text
    ended = {"month": words.month(PAID_OUT[0].month), "place": words.place(PAID_OUT[0].place)}
    assert plain(words.say("event.paid_out.title", **ended)) in told
    assert "7,776.00" in told
    assert page(language).count('class="wf-num"') == len(guilan().life.events)


def test_the_lead_says_since_when_where_and_what_was_built_up():
    lead = "Guilan, since 1993 you have worked in five provinces. For 20 years 4 months, money was paid in"
    assert lead in read(Language.ENGLISH).text


def test_key_figures_are_months_money_and_what_was_an_employers_duty():
    keys = guilan().keys
    assert [plain(key.figure.en) for key in keys] == ["20 years 4 months", "90,139 yuan", "8 years"]
    assert plain(keys[0].meaning.en) == "counted towards your employees’ pension. You need 15 years."
    assert "For 6 years 10 months of it, insuring you was the employer’s duty" in plain(keys[2].meaning.en)


def test_a_gap_without_an_employer_is_nobodys_fault():
    stall = [{"place": "310000", "from": "2010-01-01", "to": "2012-01-01", "kind": "informal"}]
    shown = statement(document(work=stall, insurance=[]), known_on=KNOWN_ON, today=TODAY)
    assert shown.keys[-1].meaning.en.endswith("It is not held against you, and you can still join.")


def test_holdings_take_the_ledgers_balance_before_the_documents():
    shanghai = ("employee_pension", Place("310000"))
    shown = statement(document(), known_on=KNOWN_ON, today=TODAY, balances={shanghai: Money.yuan("51400.00")})
    held = {(each.scheme, each.place): each for each in shown.holdings}
    assert (held[shanghai].balance, held[shanghai].on) == (Money.yuan("51400.00"), KNOWN_ON)
    assert held[shanghai].certainty is Certainty.DECIDED
    jiangsu = held["employee_pension", Place("320000")]
    assert (jiangsu.balance, jiangsu.on, jiangsu.certainty) == (
        Money.yuan("37940.75"),
        date(2025, 12, 31),
        Certainty.ESTIMATED,
    )


def test_holdings_say_what_became_of_each_relation():
    shown = guilan()
    assert [(each.place.code, each.note, each.months) for each in shown.holdings] == [
        ("440000", "ended", None),
        ("330000", "moved", 48),
        ("310000", "ordinary_kept", 104),
        ("341200", "residents", None),
        ("320000", "temporary_paying", 92),
    ]
    assert shown.holdings[1].moved_to == MOVED[0].destination


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_show_their_certainty_reasons_assumptions_and_changes(language):
    words, told = Words(language), read(language).text
    for shown in guilan().answers:
        assert plain(shown.line.within(language)) in told
    assert words.say("certainty.decided") in told and words.say("certainty.estimated") in told
    place = guilan().answers[0]
    for said in (place.assumed[0], place.changes[0].what, place.changes[0].then, place.warnings[0]):
        assert said.within(language) in told


def test_a_life_without_insurance_or_work_still_makes_a_page():
    shown = statement(document(work=[], insurance=[], accounts=[]), known_on=KNOWN_ON, today=TODAY)
    found = Page(statement_page(shown, Language.ENGLISH, Links("other.html")))
    assert found.faults == []
    assert "So far no month has been paid in" in found.text
    assert "no fund holds a pension record of yours yet" in found.text


def test_the_same_values_make_the_same_page():
    assert statement_page(guilan(), Language.ENGLISH, LINKS) == page(Language.ENGLISH)


def test_a_fund_that_only_received_money_is_a_holding_with_the_ledgers_balance():
    home = MoneyMoved("employee_pension", Place("320000"), Place("340000"), Month("2025-01"), Money.yuan("100.00"))
    balances = {("employee_pension", Place("340000")): Money.yuan("88.00")}
    shown = statement(document(), known_on=KNOWN_ON, today=TODAY, moved=(home,), balances=balances)
    received = shown.holdings[-1]
    assert (received.place, received.note, received.months) == (Place("340000"), "received", None)
    assert received.balance == Money.yuan("88.00")


def test_an_account_that_was_emptied_is_no_place_where_money_lies():
    emptied = {("employee_pension", Place("320000")): Money.ZERO}
    shown = statement(document(), known_on=KNOWN_ON, today=TODAY, balances=emptied)
    assert shown.keys[1].meaning.en == "in your own pension accounts, in two places"


@pytest.mark.parametrize(
    ("origin", "certainty"),
    [(Origin.RECORD, Certainty.DECIDED), (Origin.EXAMPLE, Certainty.ESTIMATED), (Origin.DRAWN, Certainty.ESTIMATED)],
)
def test_the_books_decide_for_a_record_and_hold_assumptions_for_an_example(origin, certainty):
    life = read_document(
        {"question": "pension.place", "on": "2026-01-01", "facts": {"person": {"id": "p"}, "insurance": [
            {"scheme": "employee_pension", "place": "310000", "basis": "employee", "from": "2020-01", "to": None}]}}
    )  # fmt: skip
    balances = {("employee_pension", Place("310000")): Money.yuan("12.00")}
    (held,) = statement(life, known_on=date(2026, 1, 1), balances=balances, origin=origin).holdings
    assert held.certainty is certainty
