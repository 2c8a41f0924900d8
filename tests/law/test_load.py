"""Reading rule folders: what is refused, with the file and the name, and what a table may look like."""

# ruff: noqa: E501  the refused texts are one line each
from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from wayfare.kernel.status import Status
from wayfare.law import Law, PlaceTree, fact, parameter, row
from wayfare.law.errors import BadRulebook
from wayfare.law.labels import read_labels
from wayfare.law.load import load_folders, read_pack, read_parameters, read_yaml

TREE = PlaceTree.of([(310000, None), (440000, None), (440300, 440000)])
CHOICES = {"group": ("men", "women")}
SOURCE = "source: {text: law 1, article: '2', rank: rule}, status: verified"


def parameters(tmp_path: Path, text: str):
    path = tmp_path / "rule" / "parameters.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(dedent(text), encoding="utf-8")
    return {p.name: p for p in read_parameters(path, CHOICES, TREE)}


def test_a_table_is_read_with_dates_places_keys_and_sources(tmp_path: Path) -> None:
    found = parameters(
        tmp_path,
        f"""
        rate:
          label: {{en: Rate, zh: 费率}}
          unit: basis_points
          by: [group]
          values:
            - {{from: 2010-01-01, until: 2020-01-01, table: {{men: "0.12", women: 1100}}, {SOURCE}}}
            - {{from: 2020-01-01, place: "440300", key: [men], value: 900, {SOURCE}, note: a city}}
          gaps:
            - {{until: 2010-01-01, reason: nobody knows}}
        """,
    )["rate"]
    assert [(r.value, r.key, r.places) for r in found.rows] == [(1200, (0,), ()), (1100, (1,), ()), (900, (0,), (440300,))]
    assert found.rows[0].since == date(2010, 1, 1).toordinal()
    assert found.rows[0].status is Status.VERIFIED
    assert found.gaps[0].reason == "nobody knows"


def test_a_gap_tells_its_reason_in_both_languages(tmp_path: Path) -> None:
    head = "rate: {label: {en: Rate, zh: 费率}, unit: months, values: [], gaps: [{reason: "
    gap = parameters(tmp_path, head + "{en: nobody knows, zh: 没有依据}}]}")["rate"].gaps[0]
    assert gap.reason == "nobody knows" and gap.say["zh"] == "没有依据"
    for wrong in ("{zh: 没有依据}", "{en: nobody knows, fr: personne}", '""'):
        with pytest.raises(BadRulebook, match="gap without a reason"):
            parameters(tmp_path, head + wrong + "}]}")


def test_labels_stand_in_both_languages_or_are_refused() -> None:
    found = read_labels({"values": {"pay": {"en": "Pay", "zh": "工资"}}}, "pay/labels.yaml")
    assert found.values["pay"]["zh"] == "工资" and not found.choices
    for wrong in ({"values": {"pay": {"en": "Pay"}}}, {"choices": {"sex": {"male": "man"}}}, {"names": {}}, []):
        with pytest.raises(BadRulebook, match=r"pay/labels\.yaml"):
            read_labels(wrong or ["pay"], "pay/labels.yaml")


def test_a_table_states_what_may_be_given_where_it_has_no_row(tmp_path: Path) -> None:
    found = parameters(tmp_path, 'x: {unit: fen, label: {en: a, zh: b}, bounds: ["0.50", "20.00"], values: []}')["x"]
    assert found.bounds == (50, 2000)


def test_two_keys_may_stand_as_a_list_and_rows_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "rule").mkdir()
    (tmp_path / "rule" / "wages.csv").write_text(
        "place,year,value,status,source\n310000,2010,46757,verified,yearbook\n", encoding="utf-8"
    )
    found = parameters(
        tmp_path,
        f"""
        payout:
          label: {{en: Months, zh: 月数}}
          unit: months*tenths
          by: [age, months]
          values:
            - {{from: 2025-01-01, table: {{60: ["139", "138.4"]}}, {SOURCE}}}
        wage:
          label: {{en: Wage, zh: 工资}}
          unit: fen/years
          by: [year]
          rows_from: wages.csv
        """,
    )
    assert [(r.key, r.value) for r in found["payout"].rows] == [((60, 0), 1390), ((60, 1), 1384)]
    assert [(r.places, r.key, r.value) for r in found["wage"].rows] == [((310000,), (2010,), 4_675_700)]


REFUSED = {
    "a bare yes": ("x: {unit: fen, label: {en: a, zh: b}, values: [{from: 2010-01-01, value: yes}]}", "a bare yes"),
    "a float": ("x: {unit: fen, label: {en: a, zh: b}, values: [{from: 2010-01-01, value: 0.12}]}", "the float 0.12"),
    "an undated number": (f"x: {{unit: fen, label: {{en: a, zh: b}}, values: [{{value: 1, {SOURCE}}}]}}", "first day"),
    "an uncited number": (
        "x: {unit: fen, label: {en: a, zh: b}, values: [{from: 2010-01-01, value: 1, status: verified}]}", "source",
    ),
    "no status": (
        "x: {unit: fen, label: {en: a, zh: b}, values: [{from: 2010-01-01, value: 1, source: {text: a}}]}", "unknown word",
    ),
    "bounds that are no pair": ("x: {unit: fen, label: {en: a, zh: b}, bounds: ['1.00'], values: []}", "Write bounds: [least, greatest]"),
    "an unknown field": ("x: {unit: fen, label: {en: a, zh: b}, valeus: []}", "unknown field valeus"),
    "a name twice": ("x: {unit: fen}\nx: {unit: fen}", "x stands twice"),
    "no label": ("x: {unit: fen, values: []}", "no label in both languages"),
    "an end before the start": (
        f"x: {{unit: fen, label: {{en: a, zh: b}}, values: [{{from: 2010-01-01, until: 2009-01-01, value: 1, {SOURCE}}}]}}",
        "ends before it begins",
    ),
    "a gap without a reason": ("x: {unit: fen, label: {en: a, zh: b}, gaps: [{until: 2010-01-01}]}", "gap without a reason"),
    "a text that is no number": (
        f'x: {{unit: fen, label: {{en: a, zh: b}}, values: [{{from: 2010-01-01, value: "1.234", {SOURCE}}}]}}', "no number in fen",
    ),
    "a wrong key": (
        f"x: {{unit: fen, by: [group], label: {{en: a, zh: b}}, values: [{{from: 2010-01-01, key: [boys], value: 1, {SOURCE}}}]}}",
        "the key 'boys'",
    ),
    "too few keys": (
        f"x: {{unit: fen, by: [a, b], label: {{en: a, zh: b}}, values: [{{from: 2010-01-01, key: [1], value: 1, {SOURCE}}}]}}",
        "asks for the keys a, b",
    ),
    "a wrong day": (
        f'x: {{unit: fen, label: {{en: a, zh: b}}, values: [{{from: "2010-13-01", value: 1, {SOURCE}}}]}}', "the day '2010-13-01'",
    ),
    "no YAML": ("x: {", "is not YAML"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_a_slip_of_the_pen_is_refused_with_file_and_name(kind: str, tmp_path: Path) -> None:
    text, told = REFUSED[kind]
    with pytest.raises(BadRulebook, match=r"parameters\.yaml|rule/") as refusal:
        parameters(tmp_path, text)
    assert told in str(refusal.value)
    assert refusal.value.code == "WF-LAW-009" and refusal.value.next_step


def test_a_pack_takes_units_and_keys_from_the_law_and_fills_only_what_exists(tmp_path: Path) -> None:
    law = Law.of({"n": fact("person", "count", 0, 9)}, parameters=[parameter("wage", "fen", [row(5, key=2010)], by="year")])
    path = tmp_path / "base.yaml"
    path.write_text('name: base\nvalues:\n  wage:\n    - {table: {2011: "1.00"}, why: a guess}\n', encoding="utf-8")
    found = read_pack(path, law)["wage"]
    assert [(r.value, r.key, r.status) for r in found] == [(100, (2011,), Status.ASSUMED)]
    path.write_text("name: base\nvalues:\n  wages: []\n", encoding="utf-8")
    with pytest.raises(BadRulebook, match="fills wages, which is no parameter"):
        read_pack(path, law)


def test_a_rule_folder_becomes_law_and_a_name_in_two_folders_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, value in (("one", "a"), ("two", "b")):
        home = tmp_path / "rules_of_test" / folder
        home.mkdir(parents=True)
        (home / "__init__.py").write_text("")
        (home / "rule.py").write_text(
            f"from wayfare.law import clause, fact\n{value} = fact('person', 'count', 0, 9)\n", encoding="utf-8"
        )
        (home / "say.yaml").write_text(f'{value}: {{en: "{value} is {{value}}", zh: "{value}"}}\n', encoding="utf-8")
    (tmp_path / "rules_of_test" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    law = load_folders(tmp_path / "rules_of_test", "rules_of_test", tree=TREE)
    assert set(law.values) == {"a", "b"} and law.homes["b"] == "two" and law.sentences["a"]["zh"] == "a"
    assert law.version == law.fingerprint()
    for folder in ("one", "two"):
        text = f"x: {{unit: fen, label: {{en: a, zh: b}}, values: [{{from: 2010-01-01, value: 1, {SOURCE}}}]}}"
        (tmp_path / "rules_of_test" / folder / "parameters.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadRulebook, match="x stands in one and in two"):
        load_folders(tmp_path / "rules_of_test", "rules_of_test", tree=TREE)


def test_true_and_false_stay_truths(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("a: true\nb: 'yes'\n", encoding="utf-8")
    assert read_yaml(path) == {"a": True, "b": "yes"}
