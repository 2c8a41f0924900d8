"""The index leads to every page that was made, in the language it is read in."""

from __future__ import annotations

import pytest

from portals.html_reading import Page
from wayfare.portals import BothLanguages, Command, DemoIndex, Entry, KeyFigure, Language, index_page

INDEX = DemoIndex(
    figures=(KeyFigure(BothLanguages("2,014", "2,014"), BothLanguages("people", "人")),),
    statements=(
        Entry(
            BothLanguages("Guilan", "桂兰"),
            BothLanguages("Five provinces", "五个省份"),
            BothLanguages("guilan.en.html", "guilan.zh-Hans.html"),
        ),
    ),
    books=(
        Entry(
            BothLanguages("Shanghai", "上海"),
            BothLanguages("714 members", "714位参保人"),
            BothLanguages("book.en.html", "book.zh-Hans.html"),
        ),
    ),
    commands=(Command("wayfare ask <question>", BothLanguages("Ask", "问一问")),),
)


@pytest.mark.parametrize("language", list(Language))
def test_the_index_links_every_page_in_its_own_language(language):
    found = Page(index_page(INDEX, language, other_language="twin.html"))
    assert found.faults == []
    pages = {f"guilan.{language.tag}.html", f"book.{language.tag}.html", "twin.html"}
    assert {address for _, address in found.addresses} == pages | {"data:,", "#main"}
    assert INDEX.statements[0].tells.within(language) in found.text


def test_a_command_is_shown_as_it_is_typed():
    assert "wayfare ask &lt;question&gt;" in index_page(INDEX, Language.ENGLISH, other_language="twin.html")


def test_parts_that_made_nothing_are_left_out():
    found = Page(index_page(DemoIndex((), (), ()), Language.ENGLISH, other_language="twin.html"))
    assert "Statements" not in found.text and found.faults == []
