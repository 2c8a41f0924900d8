"""The server as a program and as a front: what a response carries, how a refusal is told, how it starts and stops."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from wayfare.api import bound, create_app, problems
from wayfare.api.errors import Fault, PortTaken
from wayfare.api.headers import POLICY
from wayfare.api.limits import BODY_MOST, LINES_BODY_MOST
from wayfare.app import lawbook
from wayfare.portals import guest
from wayfare.portals.assets import asset
from wayfare.portals.errors import AssetMissing, TextMissing

ROOT = Path(__file__).parents[2]
PATIENCE = 300  # seconds, for a machine that is busy with other things


def error(answer):
    found = answer.json()["error"]
    assert found["request_id"] == answer.headers["x-request-id"]
    assert {"code", "message", "field", "line", "request_id"} <= set(found)
    return found


@pytest.mark.parametrize("path", ["/", "/nothing", "/zh/nothing", "/api/v1/nothing"])
def test_every_response_carries_the_safe_headers_and_a_number_of_its_own(client, path):
    first, second = client.get(path, follow_redirects=False), client.get(path, follow_redirects=False)
    assert first.headers["content-security-policy"] == POLICY
    assert first.headers["x-content-type-options"] == "nosniff"
    assert first.headers["referrer-policy"] == "no-referrer"
    assert first.headers["cache-control"] == "no-store"
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def test_an_unknown_address_is_a_404_and_an_unknown_method_a_405(client):
    missing, refused = client.get("/api/v1/nothing"), client.delete("/api/v1/openapi.json")
    assert (missing.status_code, error(missing)["code"]) == (404, "WF-API-001")
    assert (refused.status_code, error(refused)["code"]) == (405, "WF-API-002")
    assert "GET" in refused.headers["allow"]


@pytest.mark.parametrize(("language", "words"), [("en", "There is no page here"), ("zh", "这里没有页面")])
def test_an_unknown_page_is_told_in_words_in_its_language(client, language, words):
    page = client.get(f"/{language}/nothing")
    assert page.status_code == 404 and page.headers["content-type"].startswith("text/html")
    assert words in page.text and page.headers["x-request-id"] in page.text
    assert "<style" not in page.text


@pytest.mark.parametrize(("path", "most"), [("/api/v1/ask", LINES_BODY_MOST), ("/en/anything", BODY_MOST)])
def test_a_body_that_says_it_is_too_large_is_not_read(client, path, most):
    said = client.post(path, content=b"{}", headers={"content-length": str(most + 1)})
    assert said.status_code == 413
    assert f"{most:,}" in said.text or path.startswith("/en")


def test_a_sheet_has_an_address_of_its_content_and_may_be_kept_for_good(client):
    found = client.get(asset("wayfare.css"))
    assert found.status_code == 200 and found.headers["content-type"].startswith("text/css")
    assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/wayfare.000000000000.css").status_code == 404
    assert client.get("/static/../errors.py").status_code == 404


def test_a_file_that_is_not_there_cannot_be_linked_to():
    with pytest.raises(AssetMissing, match="WF-POR-006"):
        asset("nothing.css")


def test_a_fault_of_ours_tells_its_number_and_neither_the_answer_nor_the_log_holds_what_it_was_about(
    client, caplog, monkeypatch
):
    def breaks(*_, **__):
        raise ValueError("Wang Guilan earns 3500 yuan")

    monkeypatch.setattr(lawbook, "law_document", breaks)
    told, page = client.get("/api/v1/law"), client.get("/zh/law")
    assert told.status_code == page.status_code == 500
    assert error(told)["code"] == Fault.code
    assert "我们这边出了问题" in page.text
    assert told.headers["x-request-id"] in caplog.text and "ValueError" in caplog.text
    assert "Guilan" not in caplog.text + told.text + page.text


def test_a_page_without_its_words_is_a_fault_of_ours_too(client, monkeypatch):
    def breaks(*_, **__):
        raise TextMissing("No sentence.", next_step="Write it.")

    monkeypatch.setattr(lawbook, "law_document", breaks)
    assert client.get("/en/law").status_code == 500


def test_a_fault_is_told_though_its_page_cannot_be_made(client, monkeypatch, caplog):
    def breaks(*_, **__):
        raise ValueError("3500 yuan")

    monkeypatch.setattr(lawbook, "law_document", breaks)
    monkeypatch.setattr(problems, "problem_page", breaks)
    told = client.get("/zh/law")
    assert (told.status_code, error(told)["code"]) == (500, Fault.code)
    assert "3500" not in caplog.text + told.text


def test_pages_of_the_demonstration_keep_their_own_style_and_nothing_else_of_the_folder_is_served(tmp_path):
    (tmp_path / "index.en.html").write_text("<style>p { color: red }</style><p>Hello", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("no", encoding="utf-8")
    with TestClient(create_app(demonstration=tmp_path)) as client:
        page = client.get("/demo/")
        assert page.status_code == 200 and "Hello" in page.text
        assert re.search(r"style-src 'self' 'sha256-[\w+/=]+'", page.headers["content-security-policy"])
        assert page.headers["cache-control"] == "no-store"
        assert {client.get(f"/demo/{name}").status_code for name in ("secret.txt", "none.html", "..%2Fx.html")} == {404}


def test_a_port_that_is_taken_is_refused_and_a_free_one_can_be_taken_instead():
    with bound("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match="WF-API-008"):
            bound("127.0.0.1", port)
        with bound("127.0.0.1", port, or_any=True) as other:
            assert other.getsockname()[1] != port


def test_the_command_prints_its_address_answers_there_and_stops_cleanly_on_ctrl_c():
    command = [sys.executable, "-c", "from wayfare.cli import main; main()", "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        address = re.search(r"http://\S+", running.stdout.readline())[0]
        assert httpx.get(address, follow_redirects=False, timeout=PATIENCE).status_code in (200, 303)
        running.send_signal(signal.SIGINT)
        assert running.wait(PATIENCE) == 0
        assert running.stderr.read() == "Stopped.\n"
    finally:
        running.kill()
        running.communicate()


def test_a_server_that_stops_at_once_leaves_no_thread_behind(monkeypatch):
    def until_told(law, stopping):
        while not stopping():
            time.sleep(0.01)

    monkeypatch.setattr(guest, "warm", until_told)
    before = set(threading.enumerate())
    with TestClient(create_app()):
        assert {each.name for each in threading.enumerate()} >= {"warm"}
    assert set(threading.enumerate()) <= before
