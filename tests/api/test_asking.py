"""The JSON interface asks as the command line does: the same object for the same text, and one form of refusal."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest

from cli.calling import called
from cli.test_ask import GOOD, LIVES
from wayfare.api import asking
from wayfare.api.errors import BodyTooLarge, TooManyLines, WrongMediaType
from wayfare.api.examples import ASKED
from wayfare.api.limits import BODY_MOST, LINES_BODY_MOST
from wayfare.app import working
from wayfare.app.errors import Busy

JSON, LINES = {"content-type": "application/json"}, {"content-type": "application/x-ndjson"}


def ask(client, body, kind=JSON):
    return client.post("/api/v1/ask", content=body, headers=kind)


def test_an_answer_is_what_the_command_prints(client):
    text = (LIVES / "street-sweeper-from-anhui-in-shanghai.json").read_bytes()
    assert ask(client, text).text == called("ask", "--json", given=text).stdout.decode().rstrip("\n")


def test_a_refusal_is_what_the_command_prints_with_the_number_of_the_request(client):
    text = json.dumps(GOOD | {"on": "2025-13-01", "mode": "guess"}).encode()
    told, printed = ask(client, text), json.loads(called("ask", "--json", given=text).stdout)
    number = told.headers["x-request-id"]
    assert told.status_code == 422
    assert told.json() == {"error": printed["error"] | {"request_id": number}}
    assert len(told.json()["error"]["others"]) == 1


def test_lines_are_answered_as_the_command_answers_them_one_for_each(client):
    lines = ["{bad", json.dumps(GOOD), json.dumps(GOOD | {"on": "2025-13-01"}), "", json.dumps(GOOD | {"mode": "x"})]
    text = "\n".join(lines) + "\n"
    found = [json.loads(line) for line in ask(client, text, LINES).text.splitlines()]
    printed = [json.loads(line) for line in called("ask", given=text).stdout.decode().splitlines()]
    for each in found:
        each.get("error", {}).pop("request_id", None)
    assert found == printed
    assert [f.get("error", {}).get("line") for f in found] == [1, None, 3, 4, 5]


@pytest.mark.parametrize("name", ASKED)
def test_the_examples_of_the_interface_are_answered_in_full(client, name):
    found = ask(client, json.dumps(ASKED[name]["value"])).json()
    assert found["answer"]["value"] and not found["missing"]


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"[" * 100_000, b"{bad", b"[]", b"null", b'{"on": NaN}', b'"x"'])
@pytest.mark.parametrize("kind", [JSON, LINES], ids=["json", "lines"])
def test_any_bytes_give_an_error_object_and_never_a_fault_of_ours(client, text, kind):
    told = ask(client, text, kind)
    errors = [json.loads(line)["error"] for line in told.text.splitlines()]
    assert told.status_code in ((200,) if kind is LINES else (400, 422))
    assert all(each["code"].startswith("WF-FAC-") for each in errors)
    assert len(errors) == (0 if kind is LINES and not text else 1)


@pytest.mark.parametrize("kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_another_kind_of_body_is_refused(client, kind):
    told = ask(client, json.dumps(GOOD), {"content-type": kind} if kind else {})
    assert (told.status_code, told.json()["error"]["code"]) == (415, WrongMediaType.code)


def test_a_body_that_grows_too_large_is_cut_off_though_it_did_not_say_so(client):
    def chunks():
        for _ in range(LINES_BODY_MOST // 1_000_000 + 1):
            yield b" " * 1_000_000

    told = ask(client, chunks())
    assert (told.status_code, told.json()["error"]["code"]) == (413, BodyTooLarge.code)


def test_one_document_may_not_be_larger_than_a_document_is(client):
    told = ask(client, b" " * (BODY_MOST + 1))
    assert (told.status_code, told.json()["error"]["code"]) == (413, "WF-FAC-005")


def test_a_stream_may_not_hold_more_lines_than_are_read_at_once(client):
    told = ask(client, b"{}\n" * (asking.LINES_MOST + 1), LINES)
    assert (told.status_code, told.json()["error"]["code"]) == (413, TooManyLines.code)


def test_a_line_on_which_the_program_breaks_is_an_error_line_and_the_next_is_answered(client, monkeypatch, caplog):
    good = asking.answered

    def breaks_on_the_first(found, law, line=None):
        if line == 1:
            raise ZeroDivisionError("born 1965-03-02")
        return good(found, law, line=line)

    monkeypatch.setattr(asking, "answered", breaks_on_the_first)
    told = ask(client, f"{json.dumps(GOOD)}\n{json.dumps(GOOD)}", LINES).text
    first, second = map(json.loads, told.splitlines())
    assert (first["error"]["code"], first["error"]["line"]) == ("WF-API-007", 1)
    assert second["answer"]["value"] == "2025-04"
    assert "ZeroDivisionError" in caplog.text and "1965" not in caplog.text + json.dumps(first)


def test_who_comes_when_the_queue_is_full_is_told_to_come_back(client, monkeypatch):
    monkeypatch.setattr(working, "WAITING_MOST", -working.THREADS)
    told = ask(client, json.dumps(GOOD))
    assert (told.status_code, told.json()["error"]["code"]) == (429, Busy.code)
    assert int(told.headers["retry-after"]) > 0


def test_work_is_done_in_a_few_threads_and_what_it_raises_comes_back():
    running, most = 0, 0

    def work(number):
        nonlocal running, most
        running += 1
        most = max(most, running)
        anyio.run(anyio.sleep, 0.01)
        running -= 1
        return number

    async def all_of_it():
        found = []

        async def one(number):
            found.append(await working.work_out(work, number))

        async with anyio.create_task_group() as group:
            for number in range(working.THREADS * 3):
                group.start_soon(one, number)
        return found

    assert sorted(anyio.run(all_of_it)) == list(range(working.THREADS * 3))
    assert most <= working.THREADS


def test_many_at_once_are_answered_alike(client):
    text = json.dumps(ASKED["place"]["value"])
    with ThreadPoolExecutor(8) as pool:
        found = {answer.text for answer in pool.map(lambda _: ask(client, text), range(16))}
    assert len(found) == 1 and '"330000"' in found.pop()


def test_an_answer_may_not_be_kept_and_nothing_of_it_is_logged(client, caplog):
    caplog.set_level("DEBUG")
    answer = ask(client, json.dumps(GOOD))
    assert answer.headers["cache-control"] == "no-store"
    assert "1965" not in caplog.text
