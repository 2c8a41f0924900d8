"""How the demo ends: at a terminal it serves its pages until Ctrl-C, without one it ends by itself, unless told.

The demonstration itself is stood in for by one that is done; tests/app runs the real one.
"""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
DONE = """
import sys
from dataclasses import fields
from pathlib import Path
from wayfare.app import demo
from wayfare.app.demo_summary import DemoSummary
from wayfare.kernel import Money

given = {field.name: 0 for field in fields(DemoSummary)}
given |= {name: Money.ZERO for name, field in DemoSummary.__dataclass_fields__.items() if field.type == "Money"}
given |= {"pensions": {}, "folder": Path(sys.argv.pop(1)), "pages": ("index.en.html",)}
demo.run_demo = lambda *_, **__: DemoSummary(**given)
from wayfare.cli import main
main()
"""
PATIENCE = 300  # seconds, for a machine that is busy with other things


@pytest.fixture
def pages(tmp_path):
    (tmp_path / "index.en.html").write_text("<!DOCTYPE html><title>Made</title>", encoding="utf-8")
    return tmp_path


@contextmanager
def demo(pages, *options, terminal):
    """The demo as a process, and what reads what it prints: at a terminal of its own, or through a pipe."""
    command = [sys.executable, "-c", DONE, str(pages), "demo", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1", "COLUMNS": "200"}
    ours, theirs = pty.openpty() if terminal else os.pipe()
    given = theirs if terminal else subprocess.DEVNULL
    running = subprocess.Popen(
        command, stdin=given, stdout=theirs, stderr=subprocess.DEVNULL, env=environment, start_new_session=True,
        preexec_fn=(lambda: os.close(os.open(os.ttyname(1), os.O_RDWR))) if terminal else None,
    )  # fmt: skip
    os.close(theirs)
    try:
        yield running, ours
    finally:
        running.kill()
        running.wait()
        os.close(ours)


def printed(ours, until):
    """What is printed up to a line that the pattern finds; all of it when the process ends first."""
    text, end = "", time.monotonic() + PATIENCE
    while not re.search(until, text) and time.monotonic() < end:
        if select.select([ours], [], [], 0.2)[0]:
            try:
                read = os.read(ours, 4096)
            except OSError:  # a terminal whose other end was closed
                break
            if not read:
                break
            text += read.decode()
    return text


@pytest.mark.parametrize(("options", "terminal"), [((), True), (("--serve",), False)])
def test_the_demo_serves_its_pages_and_stops_on_ctrl_c(pages, options, terminal):
    with demo(pages, *options, terminal=terminal) as (running, ours):
        found = re.search(r"(http://\S+/)demo/\r?\n", printed(ours, r"/demo/\r?\n"))
        assert found
        assert "Made" in httpx.get(f"{found[1]}demo/", follow_redirects=True, timeout=PATIENCE).text
        assert httpx.get(f"{found[1]}en/law", timeout=PATIENCE).status_code == 200
        if terminal:
            os.write(ours, b"\x03")
        else:
            running.send_signal(2)
        assert running.wait(PATIENCE) == 0


@pytest.mark.parametrize(("options", "terminal"), [((), False), (("--no-serve",), True)])
def test_the_demo_ends_by_itself(pages, options, terminal):
    with demo(pages, *options, terminal=terminal) as (running, ours):
        text = printed(ours, r"cores")
        assert running.wait(PATIENCE) == 0
        assert "http://" not in text + printed(ours, "http://")
