"""JSON lines: one document or one error for every line, and good lines after a bad one are still read."""

from __future__ import annotations

import io
import json

from hypothesis import given
from hypothesis import strategies as st

from facts.documents import WHOLE
from wayfare.facts import Document, read_lines
from wayfare.facts.errors import FactsError

GOOD = json.dumps(WHOLE, ensure_ascii=False).encode()


def _outcomes(stream: bytes) -> list[tuple[int, str]]:
    found = read_lines(io.BytesIO(stream))
    return [(number, "read" if isinstance(each, Document) else each.code) for number, each in found]


def test_good_lines_after_a_bad_one_are_still_read() -> None:
    stream = GOOD + b"\n{bad}\n" + "养老\n".encode("gbk") + GOOD + b"\r\n" + GOOD
    assert _outcomes(stream) == [(1, "read"), (2, "WF-FAC-002"), (3, "WF-FAC-001"), (4, "read"), (5, "read")]


def test_an_error_names_its_line() -> None:
    (_, fault), *_ = read_lines(['{"question": 1, "on": 2}\n'])
    assert isinstance(fault, FactsError)
    assert [each.line for each in fault.all()] == [1, 1]
    assert fault.as_document()["line"] == 1


def test_a_blank_line_between_documents_is_an_error_and_blank_lines_at_the_end_are_none() -> None:
    assert _outcomes(GOOD + b"\n\n" + GOOD + b"\n\n  \n") == [(1, "read"), (2, "WF-FAC-002"), (3, "read")]


def test_an_empty_stream_has_no_lines() -> None:
    assert _outcomes(b"\n\n") == []


any_line = st.binary(min_size=1, max_size=20).filter(lambda line: b"\n" not in line and line.strip() != b"")


@given(st.lists(any_line | st.just(GOOD)))
def test_every_line_gives_exactly_one_outcome(lines: list[bytes]) -> None:
    assert [number for number, _ in _outcomes(b"\n".join(lines))] == list(range(1, len(lines) + 1))
