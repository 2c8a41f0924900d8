"""The pages of the law in a real browser: both widths, both languages; axe, width, words, and nothing from outside.

Needs Chromium and Playwright; without them the module is skipped.
"""

from __future__ import annotations

import shutil

import pytest

from portals.guest.browsing import PATIENCE, gone, heard, judged, serving
from wayfare.api import create_app
from wayfare.portals import Language
from wayfare.rulebook import load_rulebook

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("Chromium is not installed", allow_module_level=True)

LANGUAGES = [each.value for each in Language]
PAGES = {
    "index": "/law", "search": "/law?q=retirement", "question": "/law/questions/pension.retirement",
    "rule": "/law/rules/national/pension/retirement",
    "rule of a day": "/law/rules/national/pension/linking?on=2020-01-01",
    "figure": "/law/figures/employer_rate", "figure of a place": "/law/figures/average_wage?place=310000",
    "changes": "/law/changes?before=2024-12-31&after=2025-01-01", "open questions": "/law/open-questions",
    "coverage": "/coverage", "coverage of a place": "/coverage?place=440300", "interface": "/api",
    "no page": "/nothing",
}  # fmt: skip


@pytest.fixture(scope="module")
def address():
    with serving(create_app(law=load_rulebook())) as at:
        yield at


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=PATIENCE)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser):
    """Opens tabs, each in a context of its own, closed after the test."""
    contexts = []

    def opened(width, **more):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **more))
        contexts[-1].set_default_timeout(PATIENCE)
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.slow)])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_says_nothing_asks_nowhere_else_and_keeps_its_language(opened, address, name, language, width):
    tab = opened(width)
    said = heard(tab, address)
    tab.goto(f"{address}/{language}{PAGES[name]}")
    assert [each for each in said if "404" not in each] == []
    tab = opened(width, bypass_csp=True)
    tab.goto(f"{address}/{language}{PAGES[name]}")
    assert judged(tab) == []


def test_the_forms_work_without_scripts(opened, address):
    tab = opened(360, java_script_enabled=False)
    tab.goto(f"{address}/zh/law")
    tab.fill("#q", "退休年龄")
    gone(tab, tab.get_by_role("button", name="查找"))
    gone(tab, tab.get_by_role("link", name="原法定退休年龄").first)
    tab.fill("#on", "2024-06-01")
    gone(tab, tab.get_by_role("button", name="查看"))
    assert "2024年6月1日" in tab.inner_text("main")
    gone(tab, tab.get_by_role("link", name="English"))
    assert tab.url == f"{address}/en/law/figures/old_retirement_age?on=2024-06-01"


@pytest.mark.parametrize(("width", "shown"), [(360, "wf-chart__tall"), (1280, "wf-chart__wide")])
def test_one_form_of_the_picture_is_shown_at_a_time(opened, address, width, shown):
    tab = opened(width)
    tab.goto(f"{address}/en/coverage")
    seen = [each for each in ("wf-chart__tall", "wf-chart__wide") if tab.locator(f".{each}").is_visible()]
    assert seen == [shown]
