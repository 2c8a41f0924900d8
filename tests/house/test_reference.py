"""The pages of docs/ that are made from the code are current, and whatever is in the law is on them."""

from __future__ import annotations

import importlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from wayfare.law.tables import Gap
from wayfare.law.units import write_number
from wayfare.rulebook import FOLDER, load_rulebook

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(set(load_rulebook().homes.values()))


@pytest.fixture
def docs(monkeypatch):
    """The programs of docs/, which are not installed."""
    monkeypatch.syspath_prepend(ROOT / "docs")
    return {name: importlib.import_module(name) for name in ("make", "reference_page")}


def page(docs, law) -> str:
    """All pages of the reference, one after another."""
    made = docs["reference_page"].reference_page
    return "\n".join(made(law, programme, programme) for programme in docs["make"].PROGRAMMES)


def test_the_made_pages_are_current(docs):
    for path, made in docs["make"].pages().items():
        assert path.read_text(encoding="utf-8") == made, f"{path.name}: run docs/make.py with the Python of .venv"


def test_every_value_figure_and_gap_of_the_programme_is_on_the_page(docs):
    law = load_rulebook()
    text = page(docs, law)
    for name in (n for n, home in law.homes.items() if home in FOLDERS):
        assert name not in {**law.values, **law.parameters} or f"`{name}`" in text, name
        for gap in law.parameters[name].gaps if name in law.parameters else ():
            assert " ".join(gap.reason.split()) in text


@pytest.mark.parametrize("home", FOLDERS)
def test_every_open_question_is_on_the_page(docs, home):
    path = FOLDER / home / "law.md"
    told = path.read_text(encoding="utf-8") if path.exists() else ""
    asked = re.findall(r"open question:(.*?)(?:\n\n|\Z)", told, re.DOTALL)
    text = page(docs, load_rulebook())
    assert all(" ".join(question.split()) in text for question in asked)


def test_every_number_is_on_the_page_or_in_a_file_that_it_links_to(docs):
    law = load_rulebook()
    text = page(docs, law)
    for name in (n for n, home in law.homes.items() if home in FOLDERS and n in law.parameters):
        table = law.parameters[name]
        section = text.partition(f"#### `{name}`:")[2].partition("\n#")[0]
        file = re.search(r"\]\((\S+\.csv)\)", section)
        if file:
            assert (ROOT / "docs" / "reference" / file[1]).exists()
        elif table.unit not in law.choices and table.unit != "place" and not table.columns:
            assert all(write_number(row.value, table.unit) in section for row in table.rows), name


def test_a_row_that_goes_a_gap_that_comes_and_a_question_that_is_asked_change_the_page(docs):
    law = load_rulebook()
    before, table = page(docs, law), law.parameters["pooled_share"]
    gap = Gap(1, 2, (), "nobody knows", {"en": "nobody knows", "zh": "没有依据"})
    changes = [replace(table, rows=()), replace(table, gaps=(gap,)), replace(table, open_question="Which share?")]
    after = [page(docs, law.replaced(parameters={"pooled_share": changed})) for changed in changes]
    assert all(text != before for text in after)
    assert "nobody knows 没有依据" in after[1] and "Which share?" in after[2]


def test_every_link_inside_the_page_leads_somewhere(docs):
    text = page(docs, load_rulebook())
    anchors = set(re.findall(r'<a id="([^"]+)">', text)) | {"coverage-by-place"}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors
    for target in re.findall(r"\]\((\.\.[^)#]+)\)", text):
        assert (ROOT / "docs" / "reference" / target).exists(), target
