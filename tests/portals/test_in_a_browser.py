"""The pages in a real browser, at phone and desk width, in both languages: nothing overflows and nothing is said.

Needs Chromium and Playwright; without them the module is skipped. Every fold is opened, for what is hidden can overflow
too.
"""

from __future__ import annotations

import re
import shutil

import pytest

from portals.guest.browsing import PATIENCE
from portals.guilan import guilan
from portals.test_fund_book import book
from portals.test_index_page import INDEX
from portals.test_told_statement import LIVES, example
from wayfare.portals import Language, Links, fund_book_page, index_page, statement_page

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("Chromium is not installed", allow_module_level=True)

OVERFLOW = """() => {
    document.querySelectorAll("details").forEach(each => { each.open = true; });
    return document.documentElement.scrollWidth - window.innerWidth;
}"""
COVERED = """() => [...document.querySelectorAll("svg.wf-life__wide, svg.wf-life__tall")]
    .filter(each => getComputedStyle(each).display !== "none").length"""
TOLD = next(path for path in LIVES if path.stem == "circulating-worker-of-fuzhou")
PAGES = {
    "statement": lambda language: statement_page(guilan(), language, Links("other.html", "index.html")),
    "told": lambda language: statement_page(example(TOLD), language, Links("other.html")),
    "book": lambda language: fund_book_page(book(), language, Links("other.html", "index.html")),
    "index": lambda language: index_page(INDEX, language, other_language="other.html"),
}


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=PATIENCE)
        yield chromium
        chromium.close()


def opened(browser, source, path, *, width, scripts):
    """The page in a tab of that width, and everything that the browser said or asked for."""
    path.write_text(source, encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    context.set_default_timeout(PATIENCE)
    tab, said = context.new_page(), []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: said.append(request.url))
    tab.goto(path.as_uri())
    return tab, [each for each in said if each not in (path.as_uri(), "data:,")]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_fits_its_width_and_the_browser_has_nothing_to_say(browser, tmp_path, name, language, width):
    tab, said = opened(browser, PAGES[name](language), tmp_path / "page.html", width=width, scripts=True)
    assert tab.evaluate(OVERFLOW) <= 0
    assert said == []


@pytest.mark.parametrize("width", [360, 1280])
def test_one_form_of_the_picture_is_shown_at_a_time(browser, tmp_path, width):
    source = PAGES["statement"](Language.CHINESE)
    tab, _ = opened(browser, source, tmp_path / "page.html", width=width, scripts=True)
    assert tab.evaluate(COVERED) == 1


def test_folds_open_without_scripts(browser, tmp_path):
    source = PAGES["statement"](Language.ENGLISH)
    tab, _ = opened(browser, source, tmp_path / "page.html", width=360, scripts=False)
    cell = tab.get_by_role("cell", name="1976").first
    assert not cell.is_visible()
    tab.get_by_text("See this as a table").first.click()
    assert cell.is_visible()


@pytest.mark.parametrize("language", list(Language))
def test_a_statement_prints_on_a_few_sheets_of_paper_with_the_picture_across_one(browser, tmp_path, language):
    tab, _ = opened(browser, PAGES["told"](language), tmp_path / "page.html", width=1280, scripts=False)
    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", tab.pdf(prefer_css_page_size=True))
    across = [float(width) > float(height) for width, height in sheets]
    assert 5 <= len(sheets) <= 20
    assert not across[0] and across[1]


@pytest.mark.parametrize("life", LIVES, ids=lambda path: path.stem)
def test_every_example_life_fits_a_phone_with_every_fold_open(browser, tmp_path, life):
    source = statement_page(example(life), Language.ENGLISH, Links())
    tab, said = opened(browser, source, tmp_path / "page.html", width=360, scripts=True)
    assert tab.evaluate(OVERFLOW) <= 0
    assert said == []
