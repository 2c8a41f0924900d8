"""A browser that walks the served pages and hears everything they do: messages, errors, requests, and what axe finds.

The server runs in a thread on a free port of this machine. A page is judged in one call, with every fold open, for what
is hidden can be wrong too.
"""

from __future__ import annotations

import re
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import uvicorn

PATIENCE = 300_000
"""Milliseconds, for a busy machine: a browser starts, or a first question loads its part of the law."""
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
LOOK = """async () => {
    document.querySelectorAll("details").forEach(each => { each.open = true; });
    const found = await axe.run(document, {resultTypes: ["violations"]});
    return {
        axe: found.violations.map(each => each.id + ": " + each.nodes.map(node => node.html.slice(0, 200)).join(" | ")),
        overflow: document.documentElement.scrollWidth - window.innerWidth,
    };
}"""
WORDS = """() => {
    const language = node => node.closest("[lang]").lang;
    const found = [];
    const walk = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const above = node.parentElement;
        if (above && !above.closest("style, script, code, pre, textarea, .wf-code, .wf-brand"))
            found.push([language(above), node.data]);
    }
    for (const each of document.querySelectorAll("[aria-label], [alt], [title], [data-label]"))
        for (const name of ["aria-label", "alt", "title", "data-label"])
            if (each.hasAttribute(name)) found.push([language(each), each.getAttribute(name)]);
    return found;
}"""
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef]")
LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES = re.compile(
    r"Wayfare|JSON( Schema)?|UTF-8|WF-[A-Z]+-\d+|A4|OpenAPI|API|CSV|\.csv|\.json|GET|POST|https?://\S+|\b[0-9a-f]{16}(/base)?\b"
)
"""What stands in Latin letters in Chinese too: our own name, formats, codes, addresses, marks of a version."""


@contextmanager
def serving(app):
    """The address at which an application answers, while the block runs."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:  # the end of the interpreter would cut a thread down that still works
        server.should_exit = True
        thread.join()


def heard(tab, address):
    """Everything that a tab will say or ask for elsewhere, as a list that grows."""
    said = []
    tab.on("console", lambda message: said.append(f"console: {message.text}"))
    tab.on("pageerror", lambda error: said.append(f"error: {error}"))
    tab.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else said.append(asked.url))
    tab.on("requestfailed", lambda asked: said.append(f"failed: {asked.url}"))
    return said


def judged(tab):
    """What is wrong with the page that a tab shows, by axe, by its width and by its language; nothing, it is hoped."""
    tab.evaluate(AXE)
    seen = tab.evaluate(LOOK)
    wrong = [f"axe {each}" for each in seen["axe"]]
    wrong += [f"{seen['overflow']} px too wide"] if seen["overflow"] > 0 else []
    return wrong + list(wrong_words(tab.evaluate(WORDS)))


def wrong_words(texts):
    """The texts that are not in the language that their element says they are."""
    for language, text in texts:
        if language == "en" and HAN.search(text):
            yield f"Chinese where English is said: {text.strip()[:80]}"
        if language == "zh-Hans" and LATIN.search(NAMES.sub("", text)):
            yield f"Latin where Chinese is said: {text.strip()[:80]}"


def gone(tab, control):
    """Clicks what leads to another page and waits until that one is there: a click alone may return before."""
    with tab.expect_navigation():
        control.click()
