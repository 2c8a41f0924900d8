"""`wayfare ask` and `wayfare law` as their users call them: what is printed, where, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.calling import as_program, called

ROOT = Path(__file__).parents[2]
LIVES = ROOT / "examples" / "lives"
GOOD = {"question": "pension.retirement", "on": "2025-07-01", "facts": {"person": {"id": "a", "sex": "male", "born": "1965-03-02"}}}  # noqa: E501


def test_the_answer_comes_first_then_each_clause_with_the_fact_that_met_or_missed_it() -> None:
    done = as_program("ask", "pension.place", "--facts", str(LIVES / "street-sweeper-from-anhui-in-shanghai.json"))
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0 and not done.stderr
    assert lines[1].startswith("310000") and "Estimated" in lines[1]
    assert any("国办发〔2009〕66号 6" in line and "facts: " in line and "insurance:1" in line for line in lines)
    assert any("First month of the contributions" in line and "[assumed]" in line for line in lines)


def test_in_a_stream_every_line_gets_an_answer_or_an_error_and_good_lines_after_a_bad_one_are_answered() -> None:
    lines = ["{bad", json.dumps(GOOD), json.dumps(GOOD | {"on": "2025-13-01"}), json.dumps(GOOD | {"mode": "estimate"})]
    done = as_program("ask", given="\n".join(lines) + "\n")
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 2
    assert [next(iter(f)) for f in found] == ["error", "question", "error", "question"]
    assert [f["error"]["line"] for f in found if "error" in f] == [1, 3]
    assert found[2]["error"]["field"] == "on" and found[2]["error"]["code"].startswith("WF-FAC-")
    assert found[1]["answer"]["value"] == "2025-04"


def test_a_refused_document_names_code_field_and_next_step_on_stderr() -> None:
    slip = {"person": {"id": "a", "sex": "male", "borm": "1965-03-02"}}
    done = as_program("ask", given=json.dumps(GOOD | {"facts": slip}))
    told = done.stderr.decode()
    assert done.returncode == 2 and not done.stdout
    assert "WF-FAC-" in told and "person.borm" in told and "born" in told


@pytest.mark.parametrize(
    "text", [b"", b"\xff\xfe", "姓名".encode("gbk"), b"[]", b"null", b"{}", b"{" * 5000, b'{"on": NaN}']
)
def test_any_bytes_give_a_code_and_never_a_crash(text: bytes) -> None:
    done = called("ask", "--json", given=text)
    assert done.returncode == 2
    error = json.loads(done.stdout)["error"]
    assert error["code"].startswith("WF-FAC-") and error["message"]


def test_a_file_alone_is_asked_what_it_asks(tmp_path: Path) -> None:
    file = tmp_path / "life.json"
    document = {"question": "pension.transfer", "on": "2024-06-01", "given": {"pooled_wages": "1.00"}}
    file.write_text(json.dumps(document))
    assert called("ask", str(file)).stdout == called("ask", "--facts", str(file)).stdout != b""


def test_a_missing_file_is_a_wrong_call() -> None:
    done = called("ask", "--facts", "nowhere.json")
    assert done.returncode == 2 and "There is no file nowhere.json" in done.stderr.decode()


def test_json_is_what_the_interface_returns_and_options_override_the_document() -> None:
    done = called("ask", "pension.retirement", "--on", "2024-07-01", "--json", given=json.dumps(GOOD))
    answer = json.loads(done.stdout)
    assert done.returncode == 0 and answer["on"] == "2024-07-01" and answer["question"] == "pension.retirement"


def test_the_answer_speaks_chinese() -> None:
    done = called("ask", "--language", "zh", given=json.dumps(GOOD))
    assert "我什么时候可以退休？" in done.stdout.decode() and "理由" in done.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [(("law", "list"), "pooled_share"), (("law", "show", "pension.place"), "has_ten_years"),
     (("law", "diff", "2024-12-31", "2025-01-01"), "delay_months"),
     (("law", "diff", "2023-02-01", "2023-02-02"), "Nothing changes"),
     (("facts", "schema"), "$schema"), (("version",), "wayfare 0"),
     (("law", "list", "--json"), '"questions"'), (("law", "show", "pension.place", "--json"), '"document"'),
     (("law", "diff", "2024-12-31", "2025-01-01", "--json"), "begins")],
)  # fmt: skip
def test_the_law_can_be_read(arguments: tuple[str, ...], told: str) -> None:
    done = called(*arguments)
    assert done.returncode == 0, done.stderr.decode()
    assert told in done.stdout.decode()


def test_a_question_that_nobody_answers_is_a_wrong_call() -> None:
    done = called("law", "show", "pension.nix")
    assert done.returncode == 2 and "WF-LAW-008" in done.stderr.decode()
