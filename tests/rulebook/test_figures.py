"""Every figure is dated, placed and cited; assumptions stay assumptions; a decision never rests on them."""

from __future__ import annotations

import csv
import re
from datetime import date

import pytest

from rulebook.lives import law
from wayfare.kernel.status import Mode, Rank, Status
from wayfare.law.load import read_yaml
from wayfare.law.tables import FROM_EVER, resolve
from wayfare.rulebook import FOLDER, load_rulebook
from wayfare.rulebook.assumptions import make_wage_panel

FILES = sorted(FOLDER.rglob("parameters.yaml"))
TABLES = sorted(n for n in law().parameters if n not in ("province_of", "city_of"))

TOLD_OF_A_FIGURE = ("value", "until", "status", "checked", "source", "article", "rank", "note", "why")


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.parent.name)
def test_every_value_says_since_when_how_sure_and_where_it_stands(path):
    for name, spec in read_yaml(path).items():
        assert {"en", "zh"} == set(spec["label"]), name
        assert spec.get("values") or spec.get("gaps") or spec.get("rows_from"), name
        for value in spec.get("values", ()):
            assert "from" in value or "year" in spec["by"], name
            assert value["source"]["text"] and Rank(value["source"]["rank"]) and Status(value["status"]), name
            assert date.fromisoformat(str(value["checked"])), name


@pytest.mark.parametrize("name", TABLES)
def test_a_figure_that_is_only_recalled_assumed_or_derived_never_decides(name):
    table, tree = law().parameters[name], law().tree
    cells = resolve(table, tree, Mode.DECISION)
    used = {int(i) for i in cells.row[~cells.gap].ravel()}
    assert all(cells.rows[i].status in (Status.OFFICIAL, Status.VERIFIED) for i in used)


@pytest.mark.parametrize("name", TABLES)
def test_a_pack_fills_gaps_and_replaces_nothing(name):
    bare, filled = load_rulebook(None).parameters[name], law().parameters[name]
    assert bare.rows == filled.rows and not bare.pack
    assert all(r.status is Status.ASSUMED for r in filled.pack)
    cells = resolve(filled, law().tree, Mode.ESTIMATE)
    own = resolve(bare, law().tree, Mode.ESTIMATE)
    if cells.row.shape == own.row.shape:
        kept = own.row >= 0
        assert (cells.row[kept] == own.row[kept]).all()


def test_every_assumption_says_on_what_it_rests():
    for name, values in read_yaml(FOLDER / "assumptions" / "base.yaml")["values"].items():
        for value in [values] if isinstance(values, dict) else values:
            assert value["why"].strip(), name


def test_no_figure_of_a_csv_lies_outside_its_source_or_twice():
    for path in FOLDER.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        key = [k for k in rows[0] if k not in TOLD_OF_A_FIGURE]
        found = [tuple(r[k] for k in key) for r in rows]
        assert len(set(found)) == len(found), path.name
        assert all(r["source"] and Status(r["status"]) for r in rows), path.name


def test_the_wage_panel_comes_out_the_same_each_time(tmp_path, monkeypatch):
    home = FOLDER / "assumptions"
    (tmp_path / "known_wages.csv").write_bytes((home / "known_wages.csv").read_bytes())
    monkeypatch.setattr(make_wage_panel, "HERE", tmp_path)
    make_wage_panel.main()
    for name in ("wage_panel.csv", "base_panel.csv"):
        assert (tmp_path / name).read_bytes() == (home / name).read_bytes()


def test_the_last_announced_rate_is_the_last_in_the_table():
    tables = law().parameters
    announced = {r.key[0] for r in tables["account_interest_rate"].rows}
    assert max(r.value for r in tables["last_announced_interest"].rows) == max(announced)


def test_payout_months_between_whole_ages_are_drawn_out_and_rounded_half_up():
    """The annex of 2005 at whole ages; the table of 2025 in a straight line between them, to a tenth."""
    tables = law().parameters
    whole = {r.key[0]: r.value for r in tables["payout_by_age"].rows}
    for r in tables["payout_by_month"].rows:
        age, extra = r.key
        assert r.value == (2 * (12 * whole[age] + extra * (whole[age + 1] - whole[age])) + 12) // 24


def test_the_flexible_rate_changes_on_a_first_of_january_only():
    """A temporary account's years are cut where the employer's rate changes; the flexible one is read at the cuts."""
    days = [date.fromordinal(d) for d in law().parameters["flexible_pooled_rate"].days_of_change() if d]
    assert days and all((d.month, d.day) == (1, 1) for d in days)


def test_no_page_of_the_rulebook_names_a_machine_or_a_tool_of_ours():
    for path in FOLDER.rglob("*"):
        if path.suffix in (".yaml", ".md", ".csv", ".py"):
            assert not re.search(r"find_string|/w[o]rk/|/tmp/", path.read_text(encoding="utf-8")), path.name


def test_only_year_keyed_tables_are_undated():
    for name in TABLES:
        table = law().parameters[name]
        assert "year" in table.by or all(r.since != FROM_EVER for r in table.rows), name
