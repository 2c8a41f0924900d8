"""What law.md quotes stands so in a text at hand; what it cannot quote it says it paraphrases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wayfare.rulebook import FOLDER

TEXTS = FOLDER / "texts"
PAGES = sorted(FOLDER.rglob("law.md"))
PLACE = re.compile(r"\((?P<file>\w+\.md) (?P<article>第[一二三四五六七八九十百]+条)\)")


def quotes(page: Path) -> list[tuple[str, str, str]]:
    """Each quoted line with the file and the article that follow it."""
    lines = page.read_text(encoding="utf-8").splitlines()
    found = []
    for i, line in enumerate(lines):
        if line.startswith("> "):
            after = next((x for x in lines[i + 1 :] if x.strip()), "")
            place = PLACE.fullmatch(after.strip())
            found.append((line[2:].strip(), place["file"] if place else "", place["article"] if place else ""))
    return found


def article_of(text: str, number: str) -> str:
    """The paragraphs of an article, to the next article or heading."""
    found = re.search(rf"^{number} (.*?)(?=^第[一二三四五六七八九十百]+条 |^#|\Z)", text, re.M | re.S)
    return found[1] if found else ""


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.parent.name)
def test_a_quoted_line_stands_in_the_article_it_names(page):
    for words, file, number in quotes(page):
        assert file, f"{words[:20]} names no place"
        text = (TEXTS / file).read_text(encoding="utf-8")
        assert words in article_of(text, number), f"{file} {number}: {words[:20]}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.parent.name)
def test_a_page_says_what_it_paraphrases_and_what_stays_open(page):
    text = page.read_text(encoding="utf-8")
    assert "paraphrase" in text
    questions = re.findall(r"^open question: .*?(?=\n\n|\Z)", text, re.M | re.S)
    assert questions
    assert all("would settle" in " ".join(question.split()) for question in questions)


def test_every_rule_of_the_pension_has_its_page_and_its_cases():
    folders = [p.parent for p in FOLDER.rglob("rule.py") if "pension" in p.parts]
    assert folders
    for folder in folders:
        assert {"law.md", "cases.yaml", "say.yaml"} <= {p.name for p in folder.iterdir()}


def test_every_text_at_hand_is_listed_with_its_origin():
    listed = (TEXTS / "SOURCES.md").read_text(encoding="utf-8")
    assert all(p.name in listed for p in TEXTS.glob("*.md") if p.name != "SOURCES.md")
