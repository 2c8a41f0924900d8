"""Facts documents as JSON lines: one document on each line.

Every line gives exactly one document or one error, in order and with its number, so an answer can be laid beside its
line, and a bad line costs nobody else theirs. A blank line between documents is an error too; blank lines at the end
are not lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wayfare.facts.document import Document
from wayfare.facts.errors import FactsError, NotJson
from wayfare.facts.reading import read_document

__all__ = ["read_lines"]


def read_lines(stream: Iterable[bytes | str]) -> Iterator[tuple[int, Document | FactsError]]:
    """Each line's number, from 1, with its document or the error that says why it is none.

    Open files in binary mode: in text mode a wrong encoding ends the whole stream instead of one line.
    """
    blank: list[int] = []
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            blank.append(number)
            continue
        yield from ((empty, _empty_line(empty)) for empty in blank)
        blank.clear()
        yield number, _read(line, number)


def _read(line: bytes | str, number: int) -> Document | FactsError:
    try:
        return read_document(line)
    except FactsError as fault:
        return fault.at_line(number)


def _empty_line(number: int) -> FactsError:
    return NotJson("The line is empty.", next_step="Write one document on each line.", line=number)
