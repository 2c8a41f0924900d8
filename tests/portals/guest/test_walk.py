"""Every page in a real browser: at phone and desk width, in both languages, with scripts and without.

Needs Chromium and Playwright; without them the module is skipped. With scripts, axe judges each page; without them, the
journey has to come to the same answer.
"""

from __future__ import annotations

import shutil

import pytest

from portals.guest.browsing import PATIENCE, gone, heard, judged, serving, wrong_words
from wayfare.portals import Language

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("Chromium is not installed", allow_module_level=True)

LANGUAGES = [each.value for each in Language]
EXAMPLES = ("circulating-worker-of-fuzhou", "woman-from-anhui-in-hangzhou")
MAIN = "main .govuk-button:not(.govuk-button--secondary)"
LIFE = {
    "you": {"born-year": "1983", "born-month": "3", "born-day": "27", "who": "woman_50"},
    "registered": {"place": "341225", "kind": "agricultural"},
    "place": {"place": "320500", "start-year": "2004", "start-month": "3"},
    "work": {"work": "employee", "insured": "part", "paid_start-year": "2006", "paid_start-month": "1", "wage": "5600"},
}
HOME = {"home": "rent", "lease": "no", "contract": "none"}

CHOSEN = ("who", "kind", "work", "insured")
"""Fields that are ticked, not typed."""

in_each_language_and_width = pytest.mark.parametrize(
    ("tab", "language"),
    [pytest.param((width, True), language, id=f"{width}-{language}", marks=pytest.mark.slow if more else ())
     for width, language, more in ((360, "en", False), (360, "zh", False), (1280, "zh", False), (1280, "en", True))],
    indirect=["tab"],
)  # fmt: skip


@pytest.fixture(scope="module")
def address(served):
    with serving(served) as at:
        yield at


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=PATIENCE)
        yield chromium
        chromium.close()


@pytest.fixture
def tab(browser, request):
    width, scripts = getattr(request, "param", (360, True))
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts, bypass_csp=True,
        extra_http_headers={"Accept-Language": "en"},
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def fill(tab, fields):
    """Types into the page's fields, ticks and chooses, as a person would; the number of fields that took typing."""
    typed = 0
    for name, value in fields.items():
        if tab.locator(f'input[type=radio][name="{name}"]').count():
            tab.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            tab.locator(f'[name="{name}"]').fill(value)
            typed += 1
    return typed


def walk(tab, address, language):
    """Every page of the journey in turn, each by its name, the last one showing the open services."""
    tab.goto(f"{address}/{language}")
    yield "start"
    gone(tab, tab.locator(".wf-choices a").first)
    for step, fields in LIFE.items():
        yield step
        fill(tab, fields)
        gone(tab, tab.locator(MAIN))
    yield "check"
    for at in ("tell/papers", "tell/children"):
        button = tab.locator(f'[formaction="/{language}/{at}"]')
        if button.count():
            gone(tab, button)
            yield at
            gone(tab, tab.locator(MAIN))
    gone(tab, tab.locator(MAIN))
    yield "life/pension"
    for path in ("life", "life/moving", "life/open", "life/keep"):
        gone(tab, tab.locator(f'nav [formaction="/{language}/{path}"]'))
        yield path
    gone(tab, tab.locator(f'nav [formaction="/{language}/life/open"]'))
    gone(tab, tab.locator(f'[formaction="/{language}/tell/home"]').first)
    fill(tab, HOME)
    yield "tell/home"
    gone(tab, tab.locator(MAIN))
    gone(tab, tab.locator(MAIN))
    yield "life/open, with a home"


@in_each_language_and_width
def test_every_page_of_the_journey_is_fit_for_everybody(tab, address, language):
    said, wrong = heard(tab, address), {}
    for name in walk(tab, address, language):
        wrong |= {name: found} if (found := judged(tab)) else {}
    assert wrong == {}
    assert said == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tab", [(360, False)], indirect=True, ids=["360"])
def test_the_journey_comes_to_the_same_answers_without_scripts(tab, address, language):
    said = heard(tab, address)
    pages = {name: tab.locator("main").inner_text() for name in walk(tab, address, language)}
    assert {"en": "In Jiangsu.", "zh": "在江苏领。"}[language] in pages["life/pension"]
    assert said == []


def addresses(language):
    """The pages that need no life: files and examples; the pages of the law are walked beside their own tests."""
    yield from (f"/{language}/{path}" for path in ("file", "examples"))
    yield from (f"/{language}/examples/{name}" for name in EXAMPLES)


@in_each_language_and_width
def test_every_other_page_is_fit_for_everybody(tab, address, language):
    said, wrong = heard(tab, address), {}
    for path in addresses(language):
        tab.goto(address + path)
        wrong |= {path: found} if (found := judged(tab)) else {}
    assert wrong == {}
    assert said == []


@in_each_language_and_width
def test_a_page_that_asks_again_is_fit_for_everybody(tab, address, language):
    said, wrong = heard(tab, address), {}
    for path, fields in (
        ("tell/you", {"born-year": "1983", "born-month": "13", "born-day": "1"}),
        ("tell/place", {"place": "suzhou", "start-year": "2004"}),
        ("tell/place", {"place": "nowhereland"}),
        ("file", {"paste": '{"question": 1}'}),
    ):
        tab.goto(f"{address}/{language}/{path}")
        fill(tab, fields)
        gone(tab, tab.locator(MAIN))
        assert tab.locator(".govuk-error-summary, #place-which").count()
        wrong |= {path: found} if (found := judged(tab)) else {}
    assert wrong == {}
    assert said == []


@pytest.mark.parametrize("tab", [(360, True)], indirect=True, ids=["360"])
def test_a_first_answer_about_ones_own_life_takes_few_pages_and_few_keys(tab, address):
    tab.goto(f"{address}/zh")
    gone(tab, tab.locator(".wf-choices a").first)
    typed, keys = 0, 0
    for fields in LIFE.values():
        typed += fill(tab, fields)
        keys += sum(len(value) for name, value in fields.items() if name not in CHOSEN)
        gone(tab, tab.locator(MAIN))
    gone(tab, tab.locator(MAIN))
    assert tab.locator(".wf-answer__line").first.inner_text() == "在江苏领。"
    # Two minutes hold seven pages and some forty keys on a phone; more would not be a first answer.
    assert (typed, keys) <= (12, 45)


@pytest.mark.parametrize("tab", [(360, True)], indirect=True, ids=["360"])
def test_enter_in_a_field_goes_on_and_never_changes_the_language(tab, address):
    tab.goto(f"{address}/en/tell/registered")
    tab.locator("#place").fill("Funan")
    with tab.expect_navigation():
        tab.locator("#place").press("Enter")
    assert tab.locator("html").get_attribute("lang") == "en"
    assert tab.url.endswith("/en/tell/place")


@pytest.mark.parametrize("tab", [(360, True)], indirect=True, ids=["360"])
def test_what_is_wrong_takes_the_focus_and_a_question_that_depends_on_another_waits_for_it(tab, address):
    tab.goto(f"{address}/en/tell/place")
    gone(tab, tab.locator(MAIN))
    tab.goto(f"{address}/en/tell/place")
    fill(tab, {"start-year": "2004"})
    gone(tab, tab.locator(MAIN))
    assert tab.evaluate("document.activeElement.className") == "govuk-error-summary"
    fill(tab, LIFE["place"])
    gone(tab, tab.locator(MAIN))
    assert not tab.locator("#paid_start-year").is_visible()
    tab.locator('[name=insured][value="part"]').check()
    assert tab.locator("#paid_start-year").is_visible()


def test_a_text_in_the_other_language_is_seen():
    texts = [["en", "Pension 养老金"], ["zh-Hans", "养老金 pension"], ["zh-Hans", "Wayfare 是 A4"], ["en", "Fine"]]
    assert len(list(wrong_words(texts))) == 2
